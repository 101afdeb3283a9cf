"""What stands around and inside the items of an edited document, read as a person would."""

import pytest
from conftest import NOW
from editions import edition, item, link
from officer import shelf, told

from monitor.reporting.learning.compare import understand
from monitor.reporting.learning.frame import framed
from monitor.reporting.learning.lines import Line, Target
from monitor.reporting.learning.match import Known
from monitor.reporting.wording import bookmark


def url(number: int) -> str:
    return f"https://www.echo.example/news/{number}"


def made(number: int, heading: str, *excerpt: str):
    return item(
        f"story{number}",
        heading=heading,
        links=(link("Echo", url=url(number), article=f"a{number}"),),
        excerpt=excerpt,
    )


A, B, C = "Precept to rise by £14", "Waits for 101 cut by half", "Date for the inspection is set"
EDITION = edition(
    made(1, A, "Households pay more.", "Date: the vote is in February.", "The panel can veto it once."),
    made(2, B, "Calls were answered in two minutes.", "It took five a year ago."),
    made(3, C, "Inspectors come in May."),
)
HEAD = ("Report to the Thames Valley Police & Crime Panel", "Title: Topical Issues", "Date: 27 November 2026")
AUTHOR = "Author: Scrutiny Officer, Thames Valley Police & Crime Panel"


def line(text: str, level: int = 0, **changes) -> Line:
    return Line(**{"text": text, "rest": text, "level": level, **changes})


def linked(address: str, text: str = "Echo, 12 November 2026") -> Line:
    return Line(text=text, rest="", links=(Target(text, address),))


def drafted(number: int, *, styled: bool = True, marked: bool = True) -> list[Line]:
    one = EDITION.items[number - 1]
    marks = (bookmark(one.story),) if marked else ()
    return [
        line(one.heading, 2 if styled else 0, marks=marks, bold=not styled),
        linked(url(number)),
        *map(line, one.excerpt),
    ]


def head(*, styled: bool = True) -> list[Line]:
    return [line(HEAD[0], 1 if styled else 0), line(HEAD[1]), line(HEAD[2]), line(AUTHOR)]


def report(*, styled: bool = True, marked: bool = True) -> list[Line]:
    items = [one for number in (1, 2, 3) for one in drafted(number, styled=styled, marked=marked)]
    return [*head(styled=styled), *items]


def put(lines: list[Line], at: int, *new: Line) -> list[Line]:
    return [*lines[:at], *new, *lines[at:]]


KEPT = [("kept", A, {}), ("kept", B, {}), ("kept", C, {})]
OWN = ("added", "Stations to close", {"excerpt": ("Two counters close.",), "note": ("Two counters close.",)})
OWN_LINKED = (*OWN[:2], {**OWN[2], "links": [url(9)]})
STATIONS = (line("Stations to close", 2), linked(url(9)), line("Two counters close."))


def noted(number: int, at: int, *notes: str):
    one = EDITION.items[number - 1]
    return ("kept", one.heading, {"excerpt": (*one.excerpt[:at], *notes, *one.excerpt[at:]), "note": notes})


A_AT, A_END = 4, 9  # where the first item begins, and the second
CONTACT = (line("Jo Bloggs, Scrutiny Officer"), line("01296 000000"), line("jo.bloggs@council.example"))
SITUATIONS = {
    "as drafted": (report(), KEPT, ()),
    # the head
    "details as plain lines, without bookmarks": (report(styled=False, marked=False), KEPT, ()),
    "an agenda of forty lines above": ([*(line(f"Agenda item {at}") for at in range(40)), *report()], KEPT, ()),
    "a cover page with its own date and author": (
        [line("Topical Issues", 1), line("Date: 27 November 2026"), line("Author: the clerk"), line("Part I", 1), *report()],
        KEPT,
        (),
    ),
    "a council's own head instead": (
        [line("Council of the Vale", 1), line("Title: What the papers say"), line("Date: soon"), line("Author: us"), *report()[4:]],
        KEPT,
        (),
    ),
    "no head at all": (report()[4:], KEPT, ()),
    "no head, and an item's own title and author": (
        put(report()[4:], 2, line("Title: the bill’s own."), line("Author: the clerk.")),
        [noted(1, 0, "Title: the bill’s own.", "Author: the clerk."), *KEPT[1:]],
        (),
    ),
    "a head without a date": ([report()[0], report()[1], *report()[3:]], KEPT, ()),
    "the author over three lines": ([*report()[:3], line("Author: Scrutiny"), line("Officer, Thames Valley Police"), line("& Crime Panel"), *report()[4:]], KEPT, ()),
    "an own item right below the head": (put(report(), A_AT, *STATIONS), [OWN_LINKED, *KEPT], ()),
    "an own item above, with a date in it": (
        put(report(), A_AT, line("Meeting with inspectors", 2), line("Date: 4 December.")),
        [("added", "Meeting with inspectors", {"excerpt": ("Date: 4 December.",), "note": ("Date: 4 December.",)}), *KEPT],
        (),
    ),
    "the same without a head": (
        put(report()[4:], 0, line("Meeting with inspectors", 2), line("Date: 4 December.")),
        [("added", "Meeting with inspectors", {"excerpt": ("Date: 4 December.",), "note": ("Date: 4 December.",)}), *KEPT],
        (),
    ),
    "a note that begins with Author": (put(report(), A_END, line("Author: a councillor asked who wrote it.")), [noted(1, 3, "Author: a councillor asked who wrote it."), *KEPT[1:]], ()),
    "a note that begins with Title, without bookmarks": (
        put(report(styled=False, marked=False), A_AT + 2, line("Title: the bill’s own.")),
        [noted(1, 0, "Title: the bill’s own."), *KEPT[1:]],
        (),
    ),
    "an introduction below the head": (put(report(), A_AT, line("Since the last meeting the papers wrote of this.")), KEPT, ()),
    # contents
    "contents typed by hand, with pages": (
        put(report(), A_AT, line("Contents", 2), line(f"{A} ..... 1"), line(f"{B}\t2".replace("\t", " ")), line(f"{C} 12")),
        KEPT,
        ("Contents", f"{A} ..... 1", f"{B} 2", f"{C} 12"),
    ),
    "contents typed by hand, without pages": (put(report(), A_AT, line("In this report", 2), line(A), line(B), line(C)), KEPT, ()),
    # inside an item
    "a heading of lower rank inside": (put(report(), A_AT + 3, line("What was asked", 3)), [noted(1, 1, "What was asked"), *KEPT[1:]], ()),
    "one of the same rank inside": (put(report(), A_AT + 3, line("What was asked", 2)), [noted(1, 1, "What was asked"), *KEPT[1:]], ()),
    "one with a note below it, and the item goes on": (
        put(report(), A_AT + 3, line("What was asked", 2), line("Why so much?")),
        [noted(1, 1, "What was asked", "Why so much?"), *KEPT[1:]],
        (),
    ),
    "one of lower rank at the end of it": (put(report(), A_END, line("What was asked", 3), line("Why so much?")), [noted(1, 3, "What was asked", "Why so much?"), *KEPT[1:]], ()),
    "one of the same rank at the end of it": (
        put(report(), A_END, line("Stations to close", 2), line("Two counters close.")),
        [KEPT[0], OWN, *KEPT[1:]],
        (),
    ),
    "an own item of lower rank, with its link": (put(report(), A_END, line("Stations to close", 3), *STATIONS[1:]), [KEPT[0], OWN_LINKED, *KEPT[1:]], ()),
    "a bold line inside, where no heading has a style": (put(report(styled=False), A_AT + 3, line("A question:", bold=True)), [noted(1, 1, "A question:"), *KEPT[1:]], ()),
    "a bold own item, where no heading has a style": (
        put(report(styled=False), A_END, line("Stations to close", bold=True), line("Two counters close.")),
        [KEPT[0], OWN, *KEPT[1:]],
        (),
    ),
    "a bold line at the end of an item, where headings have styles": (
        put(report(), A_END, line("For the chair", bold=True), line("Ask for dates.")),
        [noted(1, 3, "For the chair", "Ask for dates."), *KEPT[1:]],
        (),
    ),
    "a bold own item with its link": (put(report(), A_END, line("Stations to close", bold=True), *STATIONS[1:]), [KEPT[0], OWN_LINKED, *KEPT[1:]], ()),
    "headings of groups": (put(put(report(), A_END, line("Performance", 1)), A_AT, line("Finance", 1)), KEPT, ("Finance", "Performance")),
    # the end
    "contact lines": ([*report(), *CONTACT], KEPT, tuple(one.text for one in CONTACT)),
    "contact lines with a heading like the items'": ([*report(), line("Contact", 2), *CONTACT], KEPT, ("Contact", *(one.text for one in CONTACT))),
    "a section of higher rank": ([*report(), line("Background papers", 1), line("None.")], KEPT, ("Background papers", "None.")),
    "contact lines and what is below them": ([*report(), CONTACT[2], line("Background papers: none")], KEPT, (CONTACT[2].text, "Background papers: none")),
    "a note, and contact lines below it": ([*report(), line("The chair will be there."), *CONTACT], [*KEPT[:2], noted(3, 1, "The chair will be there.")], tuple(one.text for one in CONTACT)),
    "a note with a mailbox in it": ([*report(), line("Write to panel@council.example before Friday.")], [*KEPT[:2], noted(3, 1, "Write to panel@council.example before Friday.")], ()),
    "a note with figures": ([*report(), line("It rose from 1,204 to 2016 2017")], [*KEPT[:2], noted(3, 1, "It rose from 1,204 to 2016 2017")], ()),
    "an own item at the end": ([*report(), *STATIONS], [*KEPT, OWN_LINKED], ()),
    "an own item below the contact lines": ([*report(), *CONTACT, *STATIONS], [*KEPT, OWN_LINKED], tuple(one.text for one in CONTACT)),
    "an own item without a link at the end": ([*report(), STATIONS[0], STATIONS[2]], [*KEPT, OWN], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_read_as_a_person_would(name):
    lines, decisions, around = SITUATIONS[name]
    given = understand(EDITION, lines, shelf(), learned=NOW, digest="ab" * 32)
    assert told(given) == decisions
    frame = framed(lines, Known(EDITION, shelf(), offers=True))
    assert tuple(one.text for one in frame.around) == around
