"""Ticks in the working notes, as a click, a key or LibreOffice leaves them; and further stories copied into the report."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from bigdraft import first_draft, later_draft, story
from conftest import NOW
from converting import as_libreoffice_saves, libreoffice_converts
from docx import Document
from docx.oxml.ns import qn
from editions import edition, item, link, near_miss
from officer import (
    Officer,
    Ticker,
    as_word_saves,
    learned,
    shelf,
    told,
)

from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.model import Dropped, Source
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.accessible import flaws
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.documents.word.notes import write_notes
from monitor.reporting.learning.lines import Line, Target
from monitor.reporting.learning.ticks import ticked
from monitor.reporting.notes import working_notes

CONFIG = read_config(defaults_folder())


def linked(outlet: str, number: int):
    address = f"https://{outlet.lower().replace(' ', '')}.example/news/{number}"
    return link(outlet, url=address, article=shelf().identify(address))


ONE = item("aaaaaaaaaaaa", heading="Force overspends on overtime", links=(linked("Thames Courier", 1),))
FURTHER = item(
    "ffffffffffff",
    heading="Precept to rise by £14",
    links=(linked("Thames Courier", 2), linked("Vale FM", 3)),
)
OTHER = item("eeeeeeeeeeee", heading="Speed camera moved", links=(linked("Thames Courier", 4),))
MISS = near_miss(
    title="Officer dismissed after hearing",
    url="https://gazette.example/5",
    story=shelf().identify("https://gazette.example/5"),
    articles=(shelf().identify("https://gazette.example/5"),),
)
STRUCK = Dropped(heading="Crash shuts road", edition=2, links=(linked("Thames Courier", 6),))
MADE = replace(edition(ONE, near=(MISS,), dropped=(STRUCK,)), further=(FURTHER, OTHER))
NOTES = write_notes(working_notes(MADE, (), CONFIG, None))
REPORT = write_word(MADE)


def said(written: bytes, made=MADE, newest: int = 3) -> list[tuple[str, str]]:
    found = ticked(
        made, read_back(written, "notes.docx").lines, shelf(), learned=NOW, digest="d", newest=newest
    )
    return [(one.said.value, one.drafted) for one in found.learned.decisions]


TAKEN = [("taken", "Precept to rise by £14")]
WAYS = {
    "nothing": (lambda t: t, []),
    "a click": (lambda t: t.click("Precept"), TAKEN),
    "x over the box": (lambda t: t.show("Precept", "x"), TAKEN),
    "X over the box": (lambda t: t.show("Precept", "X"), TAKEN),
    "✓ over the box": (lambda t: t.show("Precept", "✓"), TAKEN),
    "☑ over the box": (lambda t: t.show("Precept", "☑"), TAKEN),
    "x beside the box": (lambda t: t.type_first("Precept", "x "), TAKEN),
    "the box deleted, x for it": (lambda t: t.type_first("Precept", "x").delete_box("Precept"), TAKEN),
    "the box deleted": (lambda t: t.delete_box("Precept"), []),
    "a dash": (lambda t: t.show("Precept", "-"), []),
    "clicked, its sign no letter": (lambda t: t.click("Precept").picture_of_a_box("Precept"), TAKEN),
    "not clicked, its sign no letter": (lambda t: t.picture_of_a_box("Precept"), []),
    "two": (lambda t: t.click("Speed").click("Precept"), [*TAKEN, ("taken", "Speed camera moved")]),
    "drop written before it": (lambda t: t.type_first("Precept", "drop "), [("dropped", "Precept to rise by £14")]),
    "a near miss taken": (lambda t: t.click("Officer", 0), [("taken", "Officer dismissed after hearing")]),
    "a near miss dismissed": (lambda t: t.click("Officer", 1), [("dropped", "Officer dismissed after hearing")]),
    "x over dismiss": (lambda t: t.show("Officer", "x", 1), [("dropped", "Officer dismissed after hearing")]),
    "both ticked": (lambda t: t.click("Officer", 0).click("Officer", 1), [("taken", "Officer dismissed after hearing")]),
    "its links flattened": (lambda t: t.click("Precept").strip("w:hyperlink"), TAKEN),
    "the tag alone left": (lambda t: t.click("Precept").strip("w:hyperlink", "w:bookmarkStart"), TAKEN),
    "bookmarks and tags gone": (lambda t: t.click("Precept").strip("w:bookmarkStart", "w:tag"), TAKEN),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_the_notes_say_after(way):
    do, expected = WAYS[way]
    assert said(do(Ticker(NOTES)).saved()) == expected


@pytest.mark.parametrize("way", ["nothing", "a click", "x over the box", "two", "a near miss dismissed"])
def test_what_they_say_when_word_has_saved_them(way):
    do, expected = WAYS[way]
    assert said(as_word_saves(do(Ticker(NOTES)).saved())) == expected


@pytest.mark.libreoffice
@pytest.mark.slow
def test_what_they_say_when_libreoffice_has_saved_them(tmp_path):
    ways = Ticker(NOTES).click("Precept").show("Speed", "✓").click("Officer", 1)
    (saved,) = as_libreoffice_saves([ways.saved()], tmp_path)
    assert said(saved) == [
        *TAKEN,
        ("taken", "Speed camera moved"),
        ("dropped", "Officer dismissed after hearing"),
    ]
    returned = read_back(saved, "notes.docx")
    assert (returned.source, returned.number) == (Source.NOTES, 3)
    again = Ticker(saved).click("Precept")  # it is a box still
    assert said(again.saved())[0] == TAKEN[0]


def test_a_line_whose_heading_alone_is_left_is_known_by_it():
    line = Line(text="☒ Precept to rise by £14 (Thames Courier, 12 Nov)", rest="")
    found = ticked(MADE, [line], shelf(), learned=NOW, digest="d", newest=3)
    assert [one.story for one in found.learned.decisions] == ["ffffffffffff"]


def test_a_tick_of_nothing_that_is_known_is_named():
    strange = Line(
        text="☒ Zebra crossing", rest="☒ ", links=(Target("Zebra crossing", "https://zoo.example/1"),)
    )
    found = ticked(MADE, [strange], shelf(), learned=NOW, digest="d", newest=3)
    assert (found.learned.decisions, found.unknown) == ((), ("☒ Zebra crossing",))


def test_notes_say_that_they_are_notes_and_of_which_draft():
    returned = read_back(NOTES, "notes.docx")
    assert (returned.source, returned.number, returned.made) == (Source.NOTES, 3, MADE.made.isoformat())
    forgetful = read_back(Officer(NOTES).forget_edition().saved(), "notes.docx")
    assert (forgetful.source, forgetful.number, forgetful.made) == (Source.NOTES, 3, None)
    assert read_back(REPORT, "report.docx").source is Source.REPORT


def test_each_box_is_a_control_with_its_story_as_tag_and_a_bookmark_beside_it():
    document = Document(BytesIO(NOTES))
    tags = [each.get(qn("w:val")) for each in document.element.iter(qn("w:tag"))]
    assert tags == ["ffffffffffff", "eeeeeeeeeeee", MISS.story, f"drop {MISS.story}"]
    names = [each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))]
    assert names == ["story_ffffffffffff", "story_eeeeeeeeeeee", f"story_{MISS.story}"]
    numbers = [
        each.get(qn("w:val")) for sdt in document.element.iter(qn("w:sdtPr")) for each in sdt.iter(qn("w:id"))
    ]
    assert len(set(numbers)) == 4
    assert [flaw for flaw in flaws(document) if "table" not in flaw] == []


# ── the report: what is copied into it ──────────────────────────────────────────────────────────────────────────


def after(officer: Officer):
    return [line for line in told(learned(MADE, officer.saved(), NOW)) if line[0] != "kept"]


def bare(heading: str) -> list[tuple]:
    return [("taken", heading, {"moved": True})]


@pytest.mark.parametrize(
    "edit, expected",
    [
        pytest.param(lambda o: o, [], id="nothing: a further story is not dropped for not being there"),
        pytest.param(lambda o: o.add("Precept to rise by £14"), bare("Precept to rise by £14"), id="its heading"),
        pytest.param(lambda o: o.add("", "https://thamescourier.example/news/2"), bare("Precept to rise by £14"), id="its link"),
        pytest.param(lambda o: o.add("", "https://valefm.example/news/3?utm_source=x"), bare("Precept to rise by £14"), id="another outlet's link to it"),
        pytest.param(lambda o: o.add("Precept to rise by £14", "https://thamescourier.example/news/2"), bare("Precept to rise by £14"), id="heading and link"),
        pytest.param(lambda o: o.add("Bills up", "https://thamescourier.example/news/2"), [("taken", "Precept to rise by £14", {"moved": True, "heading": "Bills up"})], id="under a heading of hers"),
        pytest.param(lambda o: o.add("Precept to rise by £14", "https://thamescourier.example/news/2", "See the budget paper."), [("taken", "Precept to rise by £14", {"moved": True, "excerpt": ("See the budget paper.",), "note": ("See the budget paper.",)})], id="with words of hers"),
        pytest.param(lambda o: o.add("Officer dismissed after hearing", "https://gazette.example/5"), bare("Officer dismissed after hearing"), id="a near miss"),
        pytest.param(lambda o: o.add("Crash shuts road", "https://thamescourier.example/news/6"), bare("Crash shuts road"), id="what was dropped"),
        pytest.param(lambda o: o.strike("Force"), [("dropped", "Force overspends on overtime", {})], id="only items are dropped"),
        pytest.param(lambda o: o.add("Zebra crossing", "https://zoo.example/1"), [("added", "Zebra crossing", {"excerpt": (), "links": ["https://zoo.example/1"]})], id="a story of nobody's is her own"),
    ],
)  # fmt: skip
def test_what_is_copied_into_the_report_is_taken(edit, expected):
    assert after(edit(Officer(REPORT))) == expected


@pytest.mark.parametrize("where", ["below the last item", "as a heading"])
def test_a_whole_line_of_the_notes_copied_into_the_report_is_taken(where):
    officer = Officer(REPORT)
    line = Ticker(NOTES).line("Precept")
    for relation in [each for each in line.iter(qn("w:hyperlink"))]:
        url = "https://thamescourier.example/news/2"
        relation.set(qn("r:id"), officer.document.part.relate_to(url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True))  # fmt: skip
    officer.document.element.body.insert(-1, line)
    if where == "as a heading":
        line.find(qn("w:pPr")).find(qn("w:pStyle")).set(qn("w:val"), "Heading2")
    assert after(officer) == bare("Precept to rise by £14")


def test_a_further_story_s_link_put_below_an_item_s_own_makes_one_of_two():
    officer = Officer(REPORT)
    officer.add("", "https://thamescourier.example/news/2")
    last = officer.document.paragraphs[-1]
    officer.paragraph("Thames Courier, 12")._p.addnext(last._p)
    (kept,) = told(learned(MADE, officer.saved(), NOW))
    assert (kept[0], kept[2]["links"]) == ("kept", ["https://thamescourier.example/news/2"])


# ── how long the notes are ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.arial
@pytest.mark.libreoffice
@pytest.mark.slow
def test_the_notes_on_a_first_draft_are_two_pages_and_a_later_week_s_one(tmp_path):
    written = {
        "first": write_notes(working_notes(first_draft(), (), CONFIG, None)),
        "later": write_notes(working_notes(later_draft(), (first_draft(),), CONFIG, None)),
    }
    files = [tmp_path / f"{name}.docx" for name in written]
    for path, content in zip(files, written.values(), strict=True):
        path.write_bytes(content)
    printed = libreoffice_converts("pdf", files, tmp_path / "printed")
    pages = {path.stem: _pages(path.read_bytes()) for path in printed}
    assert pages == {"first": 2, "later": 1}


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_notes_name_every_further_story_first_and_later_what_is_new_and_the_likeliest():
    def named(notes):
        (found,) = [part for part in notes.parts if part.heading == "Further stories"]
        return [line.story for line in found.lines], found.closing

    first, later = first_draft(), later_draft()
    assert named(working_notes(first, (), CONFIG, None)) == ([one.story for one in first.further], "")
    stories, closing = named(working_notes(later, (first,), CONFIG, None))
    assert stories == [one.story for one in later.further[:12]]
    assert closing == "73 other further stories stand, with their boxes, in the notes on the earlier drafts."
    pushed = replace(later, further=(*later.further[12:], story(110)))
    assert named(working_notes(pushed, (first,), CONFIG, None))[0][-1] == story(110).story
