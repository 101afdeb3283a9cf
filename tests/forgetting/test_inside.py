"""The text inside the files that we write, and those that people make of them."""

import gzip
import json
import sqlite3
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from monitor.forgetting.inside import edition_in_name, inside


def packed(way: int = ZIP_STORED, **members: bytes) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", way) as file:
        for name, content in members.items():
            file.writestr(name.replace("_", "/"), content)
    return whole.getvalue()


def word(text: str) -> bytes:
    return packed(word_document=f"<w:document><w:p>{text}</w:p></w:document>".encode())


def mailed(attached: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Topical Issues"
    message["From"] = "monitor@example.org"
    message.set_content("Ann=\nquoted printable ü" + " word" * 40 + " Ann Hale", cte="quoted-printable")
    message.add_attachment(attached, maintype="application", subtype="octet-stream", filename="d.docx")
    return message.as_bytes()


NAMED = "Ann Hale"


@pytest.mark.parametrize(
    "kind, content",
    [
        ("plain text", b"x Ann Hale x"),
        ("plain text of before UTF-8", b"caf\xe9 Ann Hale"),
        ("plain text of Windows", "Ann Hale".encode("utf-16")),
        ("two runs of Word", word("<w:r><w:t>Ann Ha</w:t></w:r><w:r><w:t>le</w:t></w:r>")),
        ("a field of Word", packed(word__rels=b'<R Target="https://x.example/Ann Hale"/>')),
        ("a page", b"<p>Ann <b>Ha</b>le</p>"),
        ("entities", b"<p>Ann&nbsp;H&#97;le</p>"),
        ("JSON", json.dumps({"heading": "Ann Hale"}).encode()),
        ("JSON in escapes", rb'{"heading": "Ann \u0048ale"}'),
        ("a zip of Word documents", packed(draft_one=word("Ann Hale"))),
        ("an e-mail", mailed(b"")),
        ("an attachment", mailed(word("Ann Hale")).replace(b"Ann Hale", b"")),
        ("the name of a member", packed(**{"Ann Hale.docx": b""})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_it_says_is_seen(kind, content):
    texts = [" ".join(text.split()) for text in inside(content).texts]
    assert any(NAMED in text for text in texts), texts


@pytest.mark.parametrize("apart", ["<w:p>Ann</w:p><w:p>Hale</w:p>", "<p>Ann</p><p>Hale</p>"])
def test_two_paragraphs_are_two(apart):
    assert all("AnnHale" not in text for text in inside(apart.encode()).texts)


def test_a_copy_of_the_archive_is_known_packed_and_plain(tmp_path):
    with sqlite3.connect(tmp_path / "x.db") as opened:
        opened.execute("CREATE TABLE t (a)")
    opened.close()
    content = (tmp_path / "x.db").read_bytes()
    assert inside(content).is_archive and inside(packed(archive=content)).is_archive
    assert not inside(word("x")).is_archive


def test_so_is_its_log_and_one_that_is_damaged_or_larger_than_is_looked_through(monkeypatch):
    """A log holds pages, in which a name may stand in pieces; and an archive is large after a year."""
    assert inside(b"\x37\x7f\x06\x82" + b"\0" * 28).is_archive
    assert inside(hit(packed(**{"archive.db": b"\0" * 4_000}, way=ZIP_DEFLATED), "archive.db")).is_archive
    monkeypatch.setattr("monitor.forgetting.inside.MOST", 100)
    assert inside(packed(x=b"SQLite format 3\0" + b"\0" * 400)).is_archive


def hit(whole: bytes, name: str) -> bytes:
    """With wrong letters in what is packed, of which what unpacks it says, not zipfile."""
    begins = whole.index(name.encode()) + len(name)
    return whole[:begins] + b"\xff" + whole[begins + 1 : begins + 4] + b"\xff" * 12 + whole[begins + 16 :]


DARK = {
    "a PDF": b"%PDF-1.7 \x00\xff",
    "the beginning of a zip": b"PK\x03\x04 broken",
    "a zip that is cut": packed(a=b"x")[:-30],
    "deflated, with wrong letters": hit(packed(story=b"Ann Hale" * 99, way=ZIP_DEFLATED), "story"),
    "bzip2, with wrong letters": hit(packed(story=b"Ann Hale" * 99, way=ZIP_BZIP2), "story"),
    "LZMA, with wrong letters": hit(packed(story=b"Ann Hale" * 99, way=ZIP_LZMA), "story"),
    "packed otherwise": gzip.compress(b"Ann Hale" * 99, mtime=0),
    "a .doc of before 2007": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0" + "Ann Hale".encode("utf-16-le"),
}


@pytest.mark.parametrize("content", DARK.values(), ids=DARK)
def test_what_cannot_be_looked_into_is_said_to_be_dark(content):
    """It hurts nobody, and is never said to be free of a name."""
    assert inside(content).is_dark


@pytest.mark.parametrize(
    "content",
    [b"", b"x", "Ann Hale, Ö".encode(), "é".encode("cp1252"), word("x"), packed()],
    ids=["nothing", "a letter", "text", "text of Windows", "a Word document", "a folder that is packed"],
)
def test_what_is_read_is_not(content):
    assert not inside(content).is_dark


@pytest.mark.parametrize(
    "name, number",
    [
        ("topical-issues-draft-3.docx", 3),
        ("topical-issues-2026-11-27-draft-12-notes.html", 12),
        ("topical-issues-draft-3-2.json", 3),
        (".topical-issues-draft-3.docx.part", 3),
        ("topical-issues.3.20261116T070000.eml", None),
        ("my-draft-3.docx", None),
        ("topical-issues-public.docx", None),
    ],
)
def test_which_draft_a_file_of_ours_is_of(name, number):
    assert edition_in_name(name) == number
