"""How the report says things, and what a draft says that it rests on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from editions import HOSTILE, MADE, WEEK, edition, health, item, link, near_miss, printed
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import ArticleChange, FeedTrouble, Kinship, ReadingHealth, Window
from monitor.reporting.edition.basis import basis_lines, changed_lines, say_nothing
from monitor.reporting.wording import (
    Passage,
    day_in_london,
    item_name,
    link_lines,
    link_remark,
    link_text,
    one_line,
    passages,
    say_count,
    say_day,
    say_meeting,
    say_moment,
    say_ordinal,
    web_address,
)
from monitor.settings import LinksAs


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_keeps_all_that_can_be_seen(name):
    assert one_line(HOSTILE[name][0]) == printed(name)


@given(st.text(st.characters()))
def test_one_line_is_one_line_and_stays_so(text):
    line = one_line(text)
    assert one_line(line) == line
    assert line.splitlines() in ([], [line])
    line.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Mn"])))
def test_letters_figures_and_marks_are_never_lost(text):
    assert one_line(text) == text


@pytest.mark.parametrize(
    "moment, words",
    [
        pytest.param(datetime(2026, 11, 16, 7, 0, tzinfo=UTC), "Monday 16 November 2026, 07:00", id="winter"),
        pytest.param(
            datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "Wednesday 1 July 2026, 00:30", id="summer, next day"
        ),
    ],
)
def test_moments_are_said_in_london(moment, words):
    assert say_moment(moment) == words
    assert say_day(day_in_london(moment)) in words


@pytest.mark.parametrize(
    "meeting, words", [(date(2021, 9, 10), "10 September 2021"), (None, "to be confirmed")]
)
def test_the_meeting_is_said(meeting, words):
    assert say_meeting(meeting) == words


@pytest.mark.parametrize("number, words", [(0, "0 stories"), (1, "1 story"), (1204, "1,204 stories")])
def test_counts_agree_with_their_noun(number, words):
    assert say_count(number, "story", "stories") == words


@pytest.mark.parametrize(
    "changes, words",
    [
        pytest.param({}, "Thames Courier, 12 November 2026", id="quoted"),
        pytest.param({"kinship": Kinship.REPORT}, "Thames Courier, 12 November 2026", id="own report"),
        pytest.param({"kinship": Kinship.COPY}, "Thames Courier, 12 November 2026 (same text)", id="copy"),
        pytest.param(
            {"published_is_guess": True}, "Thames Courier, seen 12 November 2026", id="day is a guess"
        ),
    ],
)
def test_a_link_is_called_by_outlet_and_day(changes, words):
    called = link(**changes)
    assert f"{link_text(called)} {link_remark(called)}".rstrip() == words


NAME, ADDRESS = "Thames Courier, 12 November 2026", "https://thamescourier.example/news/1"


@pytest.mark.parametrize(
    "links, changes, lines",
    [
        pytest.param("title", {}, [(NAME, ADDRESS, "", "", False)], id="outlet and day"),
        pytest.param("address", {}, [(ADDRESS, ADDRESS, NAME, "", True)], id="the address alone"),
        pytest.param(
            "both",
            {},
            [(NAME, ADDRESS, "", "", False), (ADDRESS, None, "", "", True)],
            id="the address beneath, which is text",
        ),
        pytest.param(
            "both",
            {"kinship": Kinship.COPY, "url": f"{ADDRESS}?ref=rss"},
            [(NAME, ADDRESS, "", "(same text)", False), (ADDRESS, None, "", "", True)],
            id="without tracking, and a copy marked once",
        ),
        pytest.param(
            "address",
            {"kinship": Kinship.COPY, "later": True},
            [(ADDRESS, ADDRESS, "Also reported on 12 November 2026: Thames Courier", "", True)],
            id="the address alone says nothing else",
        ),
        pytest.param(
            "address", {"url": "file:///a"}, [(NAME, None, "", "", False)], id="no web address: its name"
        ),
        pytest.param("both", {"url": ""}, [(NAME, None, "", "", False)], id="likewise, and once"),
    ],
)
def test_a_link_is_printed_as_the_panel_has_it(links, changes, lines):
    printed = link_lines(link(**changes), LinksAs(links))
    assert [(one.text, one.address, one.tip, one.remark, one.is_address) for one in printed] == lines


WORDS = "One two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    "heading, excerpt, links, name",
    [
        pytest.param("Heading", (WORDS,), (link(),), "Heading", id="its heading"),
        pytest.param("", (f"{WORDS} eleven.", "More."), (link(),), f"{WORDS} …", id="its first words"),
        pytest.param("", (WORDS,), (link(),), WORDS, id="all its words"),
        pytest.param("", ("- one of a list",), (), "one of a list", id="without a list's dash"),
        pytest.param("", ("", "Second."), (), "Second.", id="the first that there are"),
        pytest.param("", (), (link(), link("Echo")), NAME, id="no words: its first link"),
        pytest.param("", (), (), "An item without words", id="nothing at all"),
    ],
)
def test_an_item_without_a_heading_is_called_by_its_first_words(heading, excerpt, links, name):
    assert item_name(item(heading=heading, excerpt=excerpt, links=links)) == name


@pytest.mark.parametrize(
    "number, words",
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_days_are_said_as_people_say_them(number, words):
    assert say_ordinal(number) == words


@pytest.mark.parametrize(
    "url, address",
    [
        ("https://courier.example/news/1?a=1&b=(2)", "https://courier.example/news/1?a=1&b=(2)"),
        (
            "https://courier.example/news/1?ref=rss#top",
            "https://courier.example/news/1#top",
        ),  # see pipeline/places
        ("http://courier.example/", "http://courier.example/"),
        ("HTTPS://courier.example/", "https://courier.example/"),
        ("https://courier.example/caf\u00e9", "https://courier.example/caf\u00e9"),
        ('https://courier.example/a b"<c>', "https://courier.example/a%20b%22%3Cc%3E"),
        ("https://courier.example/a\u00a0b", "https://courier.example/a%C2%A0b"),
        ("https://courier.example/\x00a\x1f", "https://courier.example/a"),
        ("javascript:alert(1)", None),
        ("java\x00script:alert(1)", None),
        (" javascript:alert(1)", None),
        ("javascript://courier.example/%0aalert(1)", None),
        ("file://server/share", None),
        ("ftp://courier.example/1", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("mailto:someone@example.org", None),
        ("https:///no-host", None),
        ("http://[oops", None),
        ("//courier.example/1", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url, address):
    assert web_address(url) == address


@pytest.mark.parametrize(
    "excerpt, wanted",
    [
        pytest.param((), (), id="nothing"),
        pytest.param(("One.", "Two."), (Passage(False, ("One.", "Two.")),), id="running text"),
        pytest.param(
            ("To:", "- one", "• two", "End - with a dash."),
            (
                Passage(False, ("To:",)),
                Passage(True, ("one", "two")),
                Passage(False, ("End - with a dash.",)),
            ),
            id="a list in the middle",
        ),
        pytest.param(
            ("-5 degrees", "– he said"), (Passage(False, ("-5 degrees", "– he said")),), id="no bullets"
        ),
    ],
)
def test_lists_are_told_from_text(excerpt, wanted):
    assert passages(excerpt) == wanted


def test_what_a_draft_rests_on():
    assert basis_lines(edition(item(), near=(near_miss(), near_miss()), out=1201)) == (
        "Made Monday 16 November 2026, 07:00, London time, by the rules abababababab.",
        "Stories first seen from Monday 9 November 2026, 07:00 until Monday 16 November 2026, 07:00.",
        "6 feeds on, 5 of them read in this time; when last asked 1 failing, 0 silent. 0 paused.",
        "Feeds last read Monday 16 November 2026, 06:50.",
        "1,209 articles in 1,204 stories: 1 in the draft, 2 near misses, 1,201 left out.",
        "Failing: Chiltern Echo (https://echo.example/rss): 404 Not Found.",
    )


def test_failing_and_silent_feeds_are_named_and_the_others_counted():
    trouble = [FeedTrouble(outlet=name, url=f"https://{name}.example/", what="why") for name in "abcd"]
    troubled = health(failing=(trouble[0],), silent=(trouble[1],), moved=(trouble[2],), paused=(trouble[3],))
    drafted = edition(item())
    lines = basis_lines(replace(drafted, basis=replace(drafted.basis, health=troubled)))
    assert (
        lines[2]
        == "6 feeds on, 5 of them read in this time; when last asked 1 failing, 1 silent, 1 moved. 1 paused."
    )
    assert lines[5:] == (
        "Failing: a (https://a.example/): why.",
        "Silent: b (https://b.example/): why.",
    )


def test_many_feeds_with_the_same_trouble_share_a_sentence():
    """Without the network each of fifty fails alike, and who is told so fifty times reads none."""
    alike = [FeedTrouble(outlet=name, url=f"https://{name}.example/", what="no network") for name in "abcda"]
    other = FeedTrouble(outlet="e", url="https://e.example/", what="404 Not Found")
    drafted = edition(item())
    troubled = health(failing=(*alike[:2], other, *alike[2:]), silent=tuple(alike[:3]))
    lines = basis_lines(replace(drafted, basis=replace(drafted.basis, health=troubled)))
    assert lines[5:] == (
        "Failing: 5 feeds, no network: a, b, c, d.",
        "Failing: e (https://e.example/): 404 Not Found.",
        "Silent: a (https://a.example/): no network.",
        "Silent: b (https://b.example/): no network.",
        "Silent: c (https://c.example/): no network.",
    )


def test_what_has_become_of_pages_is_told_to_the_terminal():
    change = ArticleChange(outlet="Vale Gazette", title="Force\npraised", url="https://g.example/1", what="")
    basis = replace(edition().basis, changed=(replace(change, what="its page is gone"),), unchecked=(change,))
    assert changed_lines(basis) == (
        "Changed since we read it: Vale Gazette, “Force praised” (https://g.example/1): its page is gone.",
        "Could not be read again: Vale Gazette, “Force praised” (https://g.example/1).",
    )


@pytest.mark.parametrize(
    "changes, words",
    [
        pytest.param(
            {},
            "No topical issues were found in the news read from 9 November 2026 to 16 November 2026.",
            id="quiet",
        ),
        pytest.param(
            {"window": Window(since=None, until=MADE)},
            "No topical issues were found in the news read to 16 November 2026.",
            id="from the beginning",
        ),
        pytest.param(
            {"health": ReadingHealth()},
            "No feed was read in this time, so this draft does not show what was in the news.",
            id="dead collector",
        ),
        pytest.param(
            {"articles": 0},
            "The feeds were read and brought no article: this is not usual, even for a quiet week.",
            id="nothing came",
        ),
    ],
)
def test_a_quiet_week_is_not_a_dead_collector(changes, words):
    empty = edition(out=0)
    basis = replace(empty.basis, **changes)
    assert basis.window.until == WEEK.until
    assert say_nothing(basis) == words
    assert (words in basis_lines(replace(empty, basis=basis))) == ("No topical" not in words)
