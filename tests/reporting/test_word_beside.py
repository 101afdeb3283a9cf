"""What a document carries beside the report: comments, the edition it is of; and that anybody can read it."""

from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pytest
from converting import as_libreoffice_saves
from docx import Document
from docx.oxml.ns import qn
from editions import MADE, edition, item, link
from hypothesis import given, settings
from hypothesis import strategies as st
from officer import Officer

from monitor.errors import InputError
from monitor.reporting.documents.beside import beside
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.accessible import flaws
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.documents.word.mark import Mark, read_mark

MADE_OF = edition(
    item("aaaaaaaaaaaa", heading="Force publishes figures", cautions=("Proceedings may be live.",)),
    item("bbbbbbbbbbbb", heading="", excerpt=("An item without a heading.",)),
    item("cccccccccccc", heading="", links=(), excerpt=("Only words.",)),
)
WRITTEN = write_word(MADE_OF)


def opened(written: bytes):
    return Document(BytesIO(written))


def texts(written: bytes) -> list[str]:
    return [each.text for each in opened(written).paragraphs]


# ── comments ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_item_has_a_comment_with_all_that_stands_beside_it():
    comments = list(opened(WRITTEN).comments)
    assert [each.text for each in comments] == ["\n".join(beside(one, MADE_OF)) for one in MADE_OF.items]
    assert {(each.author, each.timestamp.isoformat()) for each in comments} == {
        ("Topical Issues monitor", MADE.isoformat())
    }


def test_a_comment_hangs_on_the_heading_else_on_the_first_line():
    ranges = opened(WRITTEN).element.iter(qn("w:commentRangeStart"))
    lines = [next(each.iterancestors(qn("w:p"))) for each in ranges]
    shown = ["".join(text.text for text in line.iter(qn("w:t"))) for line in lines]
    assert shown == ["Force publishes figures", "Thames Courier, 12 November 2026", "Only words."]


def test_without_its_comments_it_is_the_publishable_report():
    bare = Officer(WRITTEN).strip("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference").saved()
    assert texts(bare) == texts(WRITTEN)
    beside_only = ("Why it is here", "Check before", "draft", "live")
    assert not any(word in line for line in texts(WRITTEN) for word in beside_only)


# ── which edition it is of ──────────────────────────────────────────────────────────────────────────────────────


def test_it_says_which_edition_it_is_of():
    assert read_mark(WRITTEN) == Mark(3, MADE)
    returned = read_back(WRITTEN, "draft.docx")
    assert (returned.number, returned.made) == (3, MADE.isoformat())


def test_a_template_s_own_properties_stay_and_an_older_mark_goes(tmp_path):
    (tmp_path / "template.docx").write_bytes(WRITTEN)  # a draft taken for a template
    again = write_word(replace(MADE_OF, number=9), tmp_path / "template.docx")
    assert read_mark(again) == Mark(9, MADE)


@pytest.mark.parametrize(
    "value", ["", "nine of May", "9 of May", "9 of 2026-11-16T07:00:00", "99999999999 of " + MADE.isoformat()]
)
def test_a_mark_that_is_none_is_no_mark(value):
    spoiled = WRITTEN_WITH(value)
    assert read_mark(spoiled) is None


def WRITTEN_WITH(value: str) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(WRITTEN)) as parts, ZipFile(whole := BytesIO(), "w") as archive:
        for name in parts.namelist():
            blob = parts.read(name)
            if name == "docProps/custom.xml":
                blob = blob.replace(f"3 of {MADE.isoformat()}".encode(), value.encode())
            archive.writestr(name, blob)
    return whole.getvalue()


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_keeps_the_mark_the_bookmarks_and_the_comments(tmp_path):
    (saved,) = as_libreoffice_saves([WRITTEN], tmp_path)
    assert read_mark(saved) == Mark(3, MADE)
    marks = [mark for line in read_back(saved, "").lines for mark in line.marks]
    assert marks == ["story_aaaaaaaaaaaa", "story_bbbbbbbbbbbb", "story_cccccccccccc"]
    assert [each.text for each in opened(saved).comments] == [each.text for each in opened(WRITTEN).comments]


# ── who can read it ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_has_no_flaw():
    assert flaws(opened(WRITTEN)) == ()


@pytest.mark.parametrize(
    "spoil, flaw",
    [
        pytest.param(lambda d: d.add_heading("Deep", 4), "The heading “Deep” is of level 4 and follows one of level 2.", id="a level left out"),
        pytest.param(lambda d: d.add_heading("", 2), "A heading is empty.", id="an empty heading"),
        pytest.param(lambda d: d.add_table(1, 1), "There is a table.", id="a table"),
        pytest.param(lambda d: setattr(d.core_properties, "title", " "), "The document has no title.", id="no title"),
        pytest.param(lambda d: next(d.element.iter(qn("w:hyperlink")))[0].find(qn("w:t")).__setattr__("text", "https://a.example/1"), "The link “https://a.example/1” does not say where it leads.", id="an address for a link"),
        pytest.param(lambda d: [each.getparent().remove(each) for each in list(d.styles.element.iter(qn("w:lang")))], "No style names the language.", id="no language"),
    ],
)  # fmt: skip
def test_a_flaw_is_named(spoil, flaw):
    document = opened(write_word(edition(item())))
    spoil(document)
    assert flaws(document) == (flaw,)


def test_an_outlet_named_by_its_address_is_no_flaw():
    assert flaws(opened(write_word(edition(item(links=(link("https://courier.example"),)))))) == ()


# ── what cannot be read back ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content, message",
    [
        pytest.param(b"", "e.docx is empty", id="empty"),
        pytest.param(b"Dear officer", "e.docx is not a Word document", id="plain text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "e.docx is protected with a password", id="password"),
        pytest.param(WRITTEN[: len(WRITTEN) // 2], "e.docx is no whole Word document", id="half saved"),
        pytest.param(b"PK\x03\x04" + bytes(50), "e.docx is no whole Word document", id="another zip"),
    ],
)  # fmt: skip
def test_it_is_said_in_one_line_that(content, message):
    with pytest.raises(InputError, match=message) as said:
        read_back(content, "e.docx")
    assert "\n" not in str(said.value)


@given(st.floats(0, 1), st.binary(max_size=40))
@settings(max_examples=150)
def test_a_document_that_broke_off_anywhere_is_said_to_be_no_whole_one(share, rest):
    """Half saved, half copied, or with something else at its end: in one line, whatever the place."""
    broken = WRITTEN[: int(share * (len(WRITTEN) - 30))] + rest
    with pytest.raises(InputError) as said:
        read_back(broken, "e.docx")
    assert "\n" not in str(said.value) and str(said.value).startswith("e.docx is ")


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=150)
@pytest.mark.slow
def test_a_damaged_document_is_read_or_refused_and_nothing_else(damages):
    broken = bytearray(WRITTEN)
    for share, byte in damages:
        broken[int(share * len(broken))] = byte
    with suppress(InputError):
        assert isinstance(read_back(bytes(broken), "e.docx").lines, tuple)
