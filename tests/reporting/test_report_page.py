"""docs/report.md says what is read back and what is not: each of its lines is done to a draft here."""

import re
from dataclasses import replace

import pytest
from conftest import NOW
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from editions import edition, item, link
from officer import Officer, learned, shelf, told
from test_opened import OLE, packed
from where import ROOT

from monitor.app.learning import learn_documents
from monitor.errors import InputError
from monitor.pipeline.learn import edition_of
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.documents.word.opened import LARGEST_PART
from monitor.reporting.learning.frame import framed
from monitor.reporting.learning.match import Known
from monitor.reporting.learning.say import beside

PAGE = (ROOT / "docs" / "report.md").read_text("utf-8")


def part(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


ROWS = re.findall(
    r"^\| (?!in Word|---)(.+?) \|", part("What you can do, and what is read back"), re.MULTILINE
)
BULLETS = [
    " ".join(one.split())
    for one in re.findall(r"^- ((?:.+\n)(?:  .+\n)*)", part("What is not read back"), re.MULTILINE)
]


def made(number: int, heading: str):
    url = f"https://echo.example/news/{number}"
    return item(
        f"story{number}",
        heading=heading,
        links=(link("Echo", url=url, article=f"a{number}"),),
        excerpt=(f"One of {heading}.", f"Two of {heading}."),
    )


A, B, C = "Precept", "Waits", "Custody"
EDITION = edition(made(1, A), made(2, B), made(3, C))
DRAFT = write_word(EDITION)
KEPT = [("kept", name, {}) for name in (A, B, C)]
OWN = "https://gazette.example/own"
SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgazette.example%2Fown&data=05%7C02%7Cofficer%40council.example%7C0"


def but(place: int, **changes):
    return [*KEPT[:place], ("kept", (A, B, C)[place], changes), *KEPT[place + 1 :]]


def noted(place: int, at: int, *notes: str):
    excerpt = EDITION.items[place].excerpt
    return but(place, excerpt=(*excerpt[:at], *notes, *excerpt[at:]), note=notes)


def own(*links: str):
    return (
        "added",
        "Stations",
        {"excerpt": ("They close.",), "note": ("They close.",), **({"links": [*links]} if links else {})},
    )


def cross(officer: Officer, *, tag: str = "w:strike") -> Officer:
    """All of the second item."""
    for each in officer.item(B):
        for run in each._p.iter(qn("w:r")):
            run.get_or_add_rPr().append(OxmlElement(tag))
    return officer


def above(officer: Officer, beginning: str, text: str, style: str = "Normal") -> Officer:
    new = officer.document.add_paragraph(text, style=style)
    officer.paragraph(beginning)._p.addprevious(new._p)
    return officer


def give_links(officer: Officer) -> Officer:
    officer.item(A)[1]._p.addnext(officer.item(B)[1]._p)
    return officer.strike(B)


def contents(officer: Officer) -> Officer:
    for text, kind in (("Contents", None), ("Precept", "begin"), ("Waits", None), ("Custody", "end")):
        new = officer.document.add_paragraph(
            style="Heading 2" if kind is None and text == "Contents" else None
        )
        if kind == "begin":
            for sign in ("begin", "code", "separate"):
                new._p.append(_sign(sign))
        new.add_run(text)
        if kind == "end":
            new._p.append(_sign("end"))
        officer.heading(A)._p.addprevious(new._p)
    return officer


def _sign(kind: str):
    run = OxmlElement("w:r")
    sign = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
    if kind == "code":
        sign.text = ' TOC \\o "1-3" '
    else:
        sign.set(qn("w:fldCharType"), kind)
    run.append(sign)
    return run


def cover(officer: Officer) -> Officer:
    top = officer.document.paragraphs[0]
    for text, style in (
        ("Council of the Vale", "Heading 1"),
        ("Date: soon", "Normal"),
        ("Agenda item 7", "Heading 2"),
    ):
        top._p.addprevious(officer.document.add_paragraph(text, style=style)._p)
    return officer


def end(officer: Officer, *lines: str, heading: str) -> Officer:
    officer.document.add_paragraph(heading, style="Heading 1")
    for line in lines:
        officer.document.add_paragraph(line)
    return officer


# What each row says, done: to the draft, what is understood, and what `learn` says besides.
DONE = {
    "delete an item": (lambda o: o.strike(B), [KEPT[0], KEPT[2], ("dropped", B, {})], []),
    "strike an item, a paragraph, a link or a word through, or hide it": (
        cross,
        [KEPT[0], KEPT[2], ("dropped", B, {})],
        ["Struck through, and so taken as struck: “Waits”, “Echo, 12 November 2026”, “One of Waits.” and 1 more."],
    ),
    "leave an item": (lambda o: o, KEPT, []),
    "move an item": (lambda o: o.move_to_top(C), [("kept", C, {"moved": True}), KEPT[0], KEPT[1]], []),
    "rewrite a heading, or delete it": (
        lambda o: o.retitle(A, "Tax").untitle(C),
        [("kept", A, {"heading": "Tax"}), KEPT[1], ("kept", C, {"heading": ""})],
        [],
    ),
    "shorten, edit or delete paragraphs": (
        lambda o: o.cut("One of Precept").rewrite("One of Waits", "One."),
        [("kept", A, {"excerpt": ("Two of Precept.",)}), ("kept", B, {"excerpt": ("One.", "Two of Waits."), "note": ("One.",)}), KEPT[2]],
        [],
    ),
    "write a paragraph into an item": (lambda o: o.note("One of Waits", "Members asked."), noted(1, 1, "Members asked."), []),
    "write a heading inside an item, of lower rank than the item's or with the item's own text below it": (
        lambda o: above(above(o, "Two of Waits", "What was asked", "Heading 2"), "Custody", "And now", "Heading 3"),
        but(1, excerpt=("One of Waits.", "What was asked", "Two of Waits.", "And now"), note=("What was asked", "And now")),
        [],
    ),
    "delete a link with its address, or add one": (
        lambda o: [o.item(B)[1]._p.getparent().remove(o.item(B)[1]._p)] and o,
        but(1, without=("a2",)),
        [],
    ),
    "put an item's links below those of another, and delete the rest of it": (
        give_links,
        [("kept", A, {"links": ["https://echo.example/news/2"]}), KEPT[2]],
        [],
    ),
    "write an item of your own (a heading, or a link, and text)": (lambda o: o.add("Stations", OWN, "They close."), [*KEPT, own(OWN)], []),
    "paste a link as Outlook, a mail filter or a search engine shows it": (lambda o: o.add("Stations", SAFE, "They close."), [*KEPT, own(OWN)], []),
    "put in a table of contents, or type one with pages": (contents, KEPT, []),
    "put a cover page or an agenda above": (cover, KEPT, []),
    "put a heading of higher rank over some items": (
        lambda o: above(o, B, "Performance", "Heading 1"),
        KEPT,
        ["Read as the report's own lines, not as items: “Performance”."],
    ),
    "write contact lines at the end, or a section of higher rank": (
        lambda o: end(o, "Jo Bloggs, jo@council.example", heading="Contact"),
        KEPT,
        ["Read as the report's own lines, not as items: “Contact”, “Jo Bloggs, jo@council.example”."],
    ),
}  # fmt: skip


def test_each_row_is_done_here():
    assert list(DONE) == ROWS


@pytest.mark.parametrize("row", DONE)
def test_what_is_read_back(row):
    change, decisions, remarks = DONE[row]
    written = change(Officer(DRAFT)).saved()
    assert told(learned(EDITION, written, NOW)) == decisions
    returned = read_back(written, "edited.docx")
    around = framed(returned.lines, Known(EDITION, shelf(), offers=True)).around
    assert list(beside(returned, around)) == remarks


# ── what is not read back ───────────────────────────────────────────────────────────────────────────────────────


def looks(officer: Officer) -> Officer:
    run = officer.paragraph("One of Waits").runs[0]
    run.underline = run.italic = True
    run.font.name = "Courier"
    section = officer.document.sections[0]
    section.header.paragraphs[0].text = "Draft, not for publication"
    box, content = OxmlElement("w:pict"), OxmlElement("w:txbxContent")
    content.append(officer.document.add_paragraph("In a box")._p)
    box.append(content)
    run._r.append(box)
    return officer


def comment(officer: Officer) -> Officer:
    officer.document.add_comment(officer.paragraph("One of Waits").runs, "What of this?", author="Chair")
    return above(officer, "Precept", "These are the papers since the last meeting.")


def placeholder(officer: Officer) -> Officer:
    control, properties, content = (OxmlElement(f"w:{tag}") for tag in ("sdt", "sdtPr", "sdtContent"))
    properties.append(OxmlElement("w:showingPlcHdr"))
    content.append(officer.document.add_paragraph("Click here to enter text.")._p)
    control.extend((properties, content))
    officer.paragraph("One of Waits")._p.addnext(control)
    return officer


def plain_own(officer: Officer) -> Officer:
    officer.document.add_paragraph("Stations")
    officer.document.add_paragraph("They close.")
    return officer


def is_read_as(change, expected):
    def check(tmp_path):
        assert told(learned(EDITION, change(Officer(DRAFT)).saved(), NOW)) == expected

    return check


def is_refused(*contents: bytes):
    def check(tmp_path):
        for content in contents:
            with pytest.raises(InputError, match="e.docx (is|unpacks)"):
                read_back(content, "e.docx")

    return check


def public_is_refused(store):
    public = write_word(replace(EDITION, number=0), comments=False)
    returned = read_back(public, "public.docx")
    with pytest.raises(InputError, match="public.docx is a public version"):
        edition_of(store, returned, shelf(), "public.docx")


def open_one_is_refused(tmp_path):
    (path := tmp_path / "draft.docx").write_bytes(DRAFT)
    (tmp_path / "~$draft.docx").touch()
    with pytest.raises(InputError, match="is open in another program"):
        learn_documents(tmp_path, tmp_path, [path])


ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text"})
BOMB = packed({"word/document.xml": bytes(LARGEST_PART + 1)})
# By the first words of each.
NOT_READ = {
    "Looks": is_read_as(looks, KEPT),
    "What you write into comments": is_read_as(comment, KEPT),
    "What a content control shows": is_read_as(placeholder, KEPT),
    "An item of your own without a link": is_read_as(plain_own, noted(2, 2, "Stations", "They close.")),
    "A document with a password": is_refused(OLE, ODT, b"{\\rtf1", b"%PDF-1.7", b"<html>", packed({"a.docx": DRAFT})),
    "A document that unpacks": is_refused(BOMB),
    "A public version": public_is_refused,
    "A document that is still open": open_one_is_refused,
}  # fmt: skip


def test_each_bullet_is_done_here():
    assert len(BULLETS) == len(NOT_READ)
    assert [
        bullet for bullet, words in zip(BULLETS, NOT_READ, strict=True) if not bullet.startswith(words)
    ] == []


@pytest.mark.parametrize("words", NOT_READ)
def test_what_is_not_read_back(words, tmp_path, request):
    check = NOT_READ[words]
    check(request.getfixturevalue("store") if check is public_is_refused else tmp_path)
