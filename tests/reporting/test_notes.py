"""The working notes: each part from a table of situations, then their three forms, which say the same."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from converting import libreoffice_shows
from docx import Document
from editions import HOSTILE, MADE, edition, item, link, near_miss, printed
from lxml import etree, html

from monitor.model import Development, Doubt, Dropped, Ground, KeptEdition, Window
from monitor.reporting.documents.page import write_notes_html
from monitor.reporting.documents.word.accessible import flaws
from monitor.reporting.documents.word.notes import write_notes
from monitor.reporting.learning.suggest import Suggestion
from monitor.reporting.notes import earlier_wanted, working_notes
from monitor.reporting.notes.plain import write_plain
from monitor.reporting.notes.weeks import TINTS, topics_over_weeks
from monitor.reporting.wording import one_line
from monitor.settings import (
    Config,
    Council,
    Gazetteer,
    Network,
    Panel,
    PanelArea,
    Rules,
    Topic,
)

NEXT, LAST = date(2026, 11, 27), date(2026, 9, 11)  # two meetings
CONFIG = Config(
    network=Network(user_agent="Test/1 (+mailto:a@desk.example)"),
    feeds=(),
    rules=Rules(
        topics=(
            Topic(id="finance", name="Budget and precept", strong=()),
            Topic(id="roads", name="Speeding", strong=()),
        )
    ),
    gazetteer=Gazetteer(
        councils=tuple(
            Council(id=id, name=name, county="x", unit="x", places=())
            for id, name in (
                ("alder", "Alder Council"),
                ("birch", "Birch Council"),
                ("cedar", "Cedar Council"),
            )
        )
    ),
    panel=Panel(
        panel="P", force="F", area=PanelArea(id="f", name="F"), report_to="To", title="T", author="A"
    ),
)


def story(name, day=12, *, month=11, also=(), later=(), **changes):
    """An item of one article, and of further ones."""
    published = date(2026, month, day)
    links = tuple(
        link(article=article, published=published, later=article in later) for article in (name, *also)
    )
    return item(name, heading=f"Heading {name}", links=links, **changes)


def notes(made, *earlier, beginning=None, suggestions=()):
    return working_notes(made, earlier, CONFIG, beginning, suggestions)


def part(heading, made, *earlier, **named):
    """The lines of a part, as text."""
    (found,) = [part for part in notes(made, *earlier, **named).parts if part.heading.startswith(heading)]
    return [f"{line.lead} {line.text}".strip() for line in found.lines]


def of_meeting(made, meeting, number=1):
    return replace(made, number=number, header=replace(made.header, meeting=meeting))


# ── the parts ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_parts_are_these_in_this_order():
    made = notes(edition(story("a")))
    assert made.title == "Working notes on draft 3, meeting of 27 November 2026"
    assert [part.heading for part in made.parts] == [
        "What changed since the last draft",
        "Near misses",
        "What this draft rests on",
        "Councils with nothing this week",
        "Topics over the weeks",
    ]


EVERYTHING = replace(
    edition(
        story("a", cautions=("Proceedings may be live.", "The page of Vale Gazette has changed.")),
        near=(near_miss(),),
        dropped=(Dropped(heading="Crash shuts road", edition=2, links=(link(article="x"),)),),
        further=(
            story(
                "further",
                why=(
                    Ground(points=3, says="figures (“per cent”)"),
                    Ground(points=-2, says="it speaks of one town or district"),
                    Ground(points=1, says="help for victims (“support”)"),
                ),
            ),
        ),
        doubts=(
            Doubt(story="a", heading="Heading a", other="B", other_story=None, reason="both name 733, bins"),
        ),
        developments=(
            Development(
                heading="CCTV moves",
                reported=LAST,
                links=(link("Vale Gazette", article="y"), link("No Link", url="javascript:x", article="z")),
            ),
        ),
    ),
    made=MADE,
)
SUGGESTION = Suggestion(
    rule="cue raise watch", phrase="Community Speedwatch", dropped=6, gained=1, lost=7, lost_dropped=6
)


def test_whatever_there_is_to_say_is_said_in_a_part_of_its_own_and_once():
    before = of_meeting(edition(story("a"), story("x")), NEXT)
    made = notes(EVERYTHING, before, suggestions=(SUGGESTION,))
    said = {part.heading: [f"{line.lead} {line.text}".strip() for line in part.lines] for part in made.parts}
    assert list(said) == [
        "What changed since the last draft, draft 1 of 16 November 2026",
        "Check before publishing",
        "Further stories",
        "Near misses",
        "Perhaps one event",
        "Developments of reported stories",
        "What this draft rests on",
        "Suggestions",
        "Councils with nothing this week",
        "Topics over the weeks",
    ]
    assert said["Further stories"] == [
        "Heading further (Thames Courier, 12 Nov, new): figures; help for victims"
    ]
    assert said["Check before publishing"] == [
        "Heading a: Proceedings may be live.",
        "Heading a: The page of Vale Gazette has changed.",
    ]
    assert said["Perhaps one event"] == [
        "Heading a: with the near miss “B” (both name 733, bins).",
        "To make one of two, put the links of both under one heading and strike the other item.",
    ]
    assert said["Developments of reported stories"] == [
        "Vale Gazette, 12 November 2026 on “CCTV moves”, in the report of 11 September 2026.",
        "No Link, 12 November 2026 on “CCTV moves”, in the report of 11 September 2026.",
    ]
    assert said["Suggestions"] == [
        "Dropped 6 of 6 with ‘Community Speedwatch’ (cue raise watch). Without that phrase the stored articles would "
        "lose 7 articles, 6 of them of stories that you dropped and 1 of others, and gain 1.",
        "Nothing changes by itself: whoever tunes topics.yaml may do it, or leave it.",
    ]
    assert said["What changed since the last draft, draft 1 of 16 November 2026"] == [
        "Developed since it was reported: CCTV moves: Vale Gazette, 12 November 2026, No Link, 12 November 2026",
        "Dropped by you: Crash shuts road",
    ]
    lines = [line for each in said.values() for line in each]
    assert len(set(lines)) == len(lines)
    assert made.summary.endswith("; 1 item has something to check before publishing.")


def test_developments_lead_to_their_pages_and_to_nothing_else():
    (found,) = [each for each in notes(EVERYTHING).parts if each.heading.startswith("Developments")]
    assert [line.address for line in found.lines] == ["https://valegazette.example/news/1", None]


def test_near_misses_have_their_link_and_their_reason():
    made = edition(near=(near_miss(), near_miss(title="No link", url="javascript:alert(1)")))
    (found,) = [part for part in notes(made).parts if part.heading == "Near misses"]
    assert [(line.lead, line.address, line.text) for line in found.lines] == [
        (
            "Officer dismissed after hearing",
            "https://gazette.example/2",
            "(Vale Gazette, 11 Nov): One case, though it puts the force itself in question.",
        ),
        (
            "No link",
            None,
            "(Vale Gazette, 11 Nov): One case, though it puts the force itself in question.",
        ),
    ]


@pytest.mark.parametrize(
    "stories, said",
    [
        pytest.param((), "names Alder Council, Birch Council or Cedar Council.", id="no story"),
        pytest.param(
            (story("a", councils=("birch",)),), "names Alder Council or Cedar Council.", id="one named"
        ),
        pytest.param(
            (story("a", 10, councils=("alder", "birch")),),
            "names Cedar Council.",
            id="the first of seven days",
        ),
        pytest.param(
            (story("a", 9, councils=("birch", "cedar", "alder")),),
            "names Alder Council, Birch Council or Cedar Council.",
            id="eight days ago",
        ),
        pytest.param(
            (story("a", councils=("alder", "cedar")), story("b", councils=("birch",))),
            "None: each is named by a story from 10 November 2026 to 16 November 2026.",
            id="all named",
        ),
    ],
)
def test_councils_with_nothing_this_week(stories, said):
    (line,) = part("Councils", edition(*stories))
    assert line.endswith(said)
    assert "from 10 November 2026 to 16 November 2026" in line


@pytest.mark.parametrize(
    "before, now, lines",
    [
        pytest.param([story("a")], [story("a")], ["Nothing, against draft 1 of 16 November 2026."], id="nothing"),
        pytest.param([], [story("a")], ["New: Heading a"], id="new"),
        pytest.param(
            [story("a")],
            [story("a", also=("b",))],
            ["Grown: Heading a: also Thames Courier, 12 November 2026"],
            id="grown",
        ),
        pytest.param(
            [story("a", also=("b",))],
            [replace(story("b", also=("a",)), story="b", heading="Renamed")],
            ["Nothing, against draft 1 of 16 November 2026."],
            id="another lead and heading",
        ),
        pytest.param(
            [story("a")], [], ["Gone: Heading a: outside the time that this draft looks at"], id="gone with time"
        ),
        pytest.param(
            [replace(story("a"), links=())], [replace(story("a"), links=())],
            ["Nothing, against draft 1 of 16 November 2026."],
            id="without a link",
        ),
        pytest.param(
            [], [story("a", decided=1)], ["Nothing, against draft 1 of 16 November 2026."], id="her own is not new to her"
        ),
        pytest.param(
            [], [replace(story("a"), heading="")], ["New: First paragraph."], id="without a heading"
        ),
        pytest.param(
            [story("a")],
            edition(dropped=(Dropped(heading="Heading a", edition=1, links=story("a").links),)),
            ["Dropped by you: Heading a"],
            id="dropped, and not gone",
        ),
        pytest.param(
            [story("a")],
            [story("a", also=("b",), later=("b",))],
            ["Grown: Heading a: also Thames Courier, 12 November 2026"],
            id="grown by what is marked as later",
        ),
        pytest.param(
            [],
            edition(developments=(Development(heading="CCTV moves", reported=LAST, links=(link(article="y"),)),)),
            ["Developed since it was reported: CCTV moves: Thames Courier, 12 November 2026"],
            id="developed",
        ),
        pytest.param(
            edition(dropped=(Dropped(heading="Heading a", edition=1, links=story("a").links),)),
            edition(dropped=(Dropped(heading="Heading a", edition=1, links=story("a").links),)),
            ["Nothing, against draft 1 of 16 November 2026."],
            id="dropped before: told once",
        ),
        pytest.param(
            edition(further=(story("a"),)), [story("a")],
            ["Now in the report, before among the further stories: Heading a"],
            id="risen",
        ),
        pytest.param(
            edition(further=(story("a"),)), [story("a", decided=1, taken=True)],
            ["Taken in by you: Heading a"],
            id="taken in",
        ),
        pytest.param(
            [story("a", points=2)],
            edition(story("a", points=2, decided=1), further=(story("b", points=9), story("c", points=2))),
            ["New, and weightier than some that you left; tick it below to take it in: Heading b"],
            id="waiting, for what she left keeps its place",
        ),
        pytest.param(
            [story("a", points=2)], edition(story("a", points=2), further=(story("b", points=1),)),
            ["Nothing, against draft 1 of 16 November 2026."],
            id="nothing waits where nothing was left by her",
        ),
        pytest.param(
            [story("a", points=2)], edition(story("b", points=3), further=(story("a", points=2),)),
            ["New: Heading b", "No longer in the report: Heading a; before it now: “Heading b”"],
            id="fallen, for a weightier one",
        ),
        pytest.param(
            [story("a", points=2), story("c", topics=("roads",), points=2)],
            edition(story("b", points=3), story("d", topics=("roads",), points=4), further=(story("a", points=2), story("c", topics=("roads",), points=2))),
            ["New: Heading b", "New: Heading d", "No longer in the report: Heading a; before it now: “Heading b”", "No longer in the report: Heading c; before it now: “Heading d”"],
            id="fallen, each for one of its topic",
        ),
        pytest.param(
            [story("a", points=2)], edition(further=(story("a", points=2, outside="it lacks a place"),)),
            ["No longer in the report: Heading a; it lacks a place"],
            id="fallen, for no new one",
        ),
    ],
)  # fmt: skip
def test_what_changed_since_the_last_draft(before, now, lines):
    made = edition(*now) if isinstance(now, list) else now
    last = edition(*before) if isinstance(before, list) else before
    assert part("What changed", made, of_meeting(last, NEXT)) == lines


def test_why_an_item_is_gone_is_read_from_this_draft():
    before = of_meeting(edition(story("a"), story("b")), NEXT)
    miss = near_miss(url=story("a").links[0].url)
    now = edition(near=(miss,), articles=("a", "b"))
    assert part("What changed", now, before) == [
        "Gone: Heading a: a near miss now",
        "Gone: Heading b: a near miss now",  # the builder gives all links of an outlet one address
    ]
    assert part("What changed", replace(now, near_misses=()), before)[0] == "Gone: Heading a: left out now"


def test_a_development_is_told_as_a_change_only_once():
    assert part("What changed", EVERYTHING, of_meeting(EVERYTHING, NEXT)) == [
        "Nothing, against draft 1 of 16 November 2026."
    ]


def test_a_draft_for_another_meeting_is_no_last_draft():
    said = part("What changed", edition(story("a")), of_meeting(edition(story("b")), LAST))
    assert said == ["This is the first draft for this meeting, so every item is new."]


def test_which_kept_editions_are_looked_back_at():
    def kept(number, meeting, days_ago):
        until = MADE - timedelta(days=days_ago)
        return KeptEdition(
            number=number, made=until, window=Window(since=None, until=until), meeting=meeting, items=1
        )

    assert earlier_wanted([], NEXT, MADE) == ()
    every = [
        kept(1, date(2026, 6, 5), 100),  # older than the chart
        kept(2, LAST, 56 + 1),
        kept(3, LAST, 50),  # the last for its meeting
        kept(4, NEXT, 14),
        kept(5, NEXT, 7),  # the one to compare with
    ]
    assert earlier_wanted(every, NEXT, MADE) == (3, 5)
    assert earlier_wanted([kept(1, NEXT, 99)], NEXT, MADE) == (1,)  # however old: it is this meeting's


# ── topics over the weeks ───────────────────────────────────────────────────────────────────────────────────────


def chart(made, *others):
    found = topics_over_weeks(made, others, {"finance": "Budget", "roads": "Speeding"})
    return found and (found.columns, {row.name: row.counts for row in found.rows}, found.all_topics.counts)


@pytest.mark.parametrize(
    "made, others, expected",
    [
        pytest.param(edition(), [], None, id="nothing to count"),
        pytest.param(
            edition(story("a", 16), story("b", 10)), [], (("10 Nov",), {"Budget": (2,)}, (2,)), id="one week"
        ),
        pytest.param(
            edition(story("a", 9), story("b", 16, topics=("roads", "finance")), story("c", 3, topics=())),
            [],
            (
                ("3 Nov", "10 Nov"),
                {"Budget": (1, 0), "Speeding": (0, 1), "No topic": (1, 0)},
                (2, 1),
            ),
            id="by first topic, in weeks that end on the last day",
        ),
        pytest.param(
            edition(story("a", 16), story("b", 20, month=9), story("c", 1, month=8)),
            [],
            (
                ("Older", "22 Sep", "29 Sep", "6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov", "10 Nov"),
                {"Budget": (2, 0, 0, 0, 0, 0, 0, 0, 1)},
                (2, 0, 0, 0, 0, 0, 0, 0, 1),
            ),
            id="more than eight weeks",
        ),
        pytest.param(
            edition(story("a", 16), story("b", 3)),
            [of_meeting(edition(story("x", 3), story("y", 3, also=("b",), topics=("roads",))), LAST)],
            (("3 Nov", "10 Nov"), {"Budget": (1, 1), "Speeding": (1, 0)}, (2, 1)),
            id="an earlier meeting's, and once each",
        ),
        pytest.param(
            edition(story("a", 20), replace(story("b"), links=())),
            [],
            (("10 Nov",), {"Budget": (1,)}, (1,)),
            id="a date to come, and none at all",
        ),
    ],
)
def test_topics_over_the_weeks(made, others, expected):
    assert chart(made, *others) == expected


def test_the_figures_add_up_and_the_tints_follow_them():
    stories = [
        story(f"s{number}", 1 + number % 16, topics=(("finance", "roads", "x")[number % 3],))
        for number in range(25)
    ]
    found = topics_over_weeks(edition(*stories), [], {})
    assert found.all_topics.total == sum(row.total for row in found.rows) == 25
    assert [found.tint(count) for count in (0, 1, found.most)] == [TINTS[0], TINTS[1], TINTS[-1]]
    depths = [TINTS.index(found.tint(count)) for count in range(found.most + 1)]
    assert depths == sorted(depths)


def test_the_time_before_reading_began_is_said():
    began = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
    made = edition(story("a", 3), story("b", 12))
    assert part("Topics", made, beginning=began)[1] == (
        "Reading began on 5 November 2026: of the time before, there is only what the feeds still carried."
    )
    assert len(part("Topics", made, beginning=began - timedelta(days=9))) == 1


# ── their forms ─────────────────────────────────────────────────────────────────────────────────────────────────

FULL = notes(
    edition(
        story("a", 3, also=("b",), cautions=("Proceedings may be live.",)),
        story("c", topics=("roads",)),
        near=(near_miss(),),
    ),
    of_meeting(edition(story("a", 3)), NEXT),
    suggestions=(SUGGESTION,),
)


def word(made):
    return Document(io.BytesIO(write_notes(made)))


def test_the_three_forms_say_the_same():
    lines = [f"{line.lead} {line.text}".strip() for part in FULL.parts for line in part.lines]
    page = html.document_fromstring(write_notes_html(FULL))
    in_page = [" ".join(each.text_content().split()) for each in page.xpath("//p | //li")][1:]
    in_word = [each.text for each in word(FULL).paragraphs if each.style.name in ("Normal", "List Bullet")]
    assert in_page == lines
    assert [text for text in in_word[1:] if text] == lines
    plain = write_plain(FULL).replace(" <https://gazette.example/2>", "")
    assert [line for line in lines if line not in plain] == []
    headings = [FULL.title, *(part.heading for part in FULL.parts)]
    assert [each.text for each in page.xpath("//h1 | //h2")] == headings
    assert [each.text for each in word(FULL).paragraphs if each.style.name.startswith("Heading")] == headings


TABLE = [
    ["Topic", "3 Nov", "10 Nov", "All"],
    ["Budget and precept", "1", "0", "1"],
    ["Speeding", "0", "1", "1"],
    ["All topics", "1", "1", "2"],
]


def test_the_chart_is_a_table_in_each_form():
    page = html.document_fromstring(write_notes_html(FULL))
    rows = [
        [each.xpath("string(text())").strip() or each.text_content().strip() for each in row]
        for row in page.xpath("//tr")
    ]
    assert rows == TABLE
    (table,) = word(FULL).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == TABLE
    assert [line.split("  ") for line in write_plain(FULL).splitlines() if line.startswith("All topics")]
    assert "Topic               3 Nov  10 Nov  All\nBudget and precept      1       0    1\n" in write_plain(
        FULL
    )


def test_the_chart_can_be_read_by_anybody():
    page = html.document_fromstring(write_notes_html(FULL))
    assert [each.get("scope") for each in page.xpath("//thead//th")] == ["col"] * 4
    assert [each.get("scope") for each in page.xpath("//tbody/tr/th")] == ["row"] * 3
    assert page.xpath("//svg/@role") == ["img", "img"]
    assert page.xpath("//svg/title/text()")[0] == "Budget and precept, week by week: 1, 0"
    assert page.get("lang") == "en-GB" and page.xpath("//*[@class or @src]") == []
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(write_notes(FULL))).read("word/document.xml"))
    names = {"w": body.nsmap["w"]}
    assert len(body.xpath("//w:tr[1]/w:trPr/w:tblHeader", namespaces=names)) == 1
    assert body.xpath("string(//w:tblCaption/@w:val)", namespaces=names) == "Stories by topic and week"
    fills = body.xpath("//w:tr[2]//w:shd/@w:fill", namespaces=names)
    assert fills == [TINTS[-1], TINTS[0]]


def test_the_page_leads_to_near_misses_and_nowhere_else():
    page = html.document_fromstring(write_notes_html(FULL))
    assert [(each.text, each.get("href")) for each in page.xpath("//a")] == [
        ("Officer dismissed after hearing", "https://gazette.example/2")
    ]
    relations = word(FULL).part.rels.values()
    assert [each.target_ref for each in relations if each.is_external] == ["https://gazette.example/2"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_from_the_web_is_only_text(name):
    given, wanted = HOSTILE[name][0], printed(name)
    made = notes(
        edition(story("a", topics=(given,), reason=given), near=(near_miss(title=given, reason=given),))
    )
    page = html.document_fromstring(write_notes_html(made))
    shown = " ".join(wanted.split())
    assert shown in " ".join(page.text_content().split())
    assert page.xpath("//script") == []
    assert wanted in write_plain(made)
    assert wanted in "\n".join(each.text for each in word(made).paragraphs)


def test_anybody_can_read_them():
    """The chart is a real table, which a report has none of."""
    assert flaws(word(FULL)) == flaws(word(notes(EVERYTHING))) == ("There is a table.",)


def test_the_documents_own_properties_are_set():
    properties = word(FULL).core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Working notes on draft 3, meeting of 27 November 2026",
        "Scrutiny Officer, Thames Valley Police & Crime Panel",
        "en-GB",
    )


def test_notes_on_an_empty_draft_are_whole():
    made = notes(edition())
    assert made.summary == "0 stories in the draft; no near miss."
    assert part("Topics", edition()) == ["There is no story to count."]
    assert part("Near", edition()) == ["None."]
    assert word(made).tables == []


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_opens_them_with_every_line(tmp_path):
    misses = tuple(near_miss(title=given, url=f"https://a.example/{given}") for given, _ in HOSTILE.values())
    made = notes(edition(*(story(f"s{number}", 1 + number) for number in range(12)), near=misses))
    shown = [line.removeprefix("• ") for line in libreoffice_shows(write_notes(made), tmp_path)]
    lines = [f"{line.lead} {line.text}".strip() for part in made.parts for line in part.lines]
    assert [line for line in lines if one_line(line) not in shown] == []
    # Of a table one LibreOffice shows a cell a line, a later one a row a line.
    (table,) = word(made).tables
    rows = [" ".join(cell.text for cell in row.cells) for row in table.rows]
    assert [row[0] for row in map(str.split, rows)] == ["Topic", "Budget", "All"]
    assert " ".join(rows) in " ".join(shown)
