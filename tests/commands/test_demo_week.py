"""The sample week, read as a poll reads it: over HTTP, from this machine."""

import http.client
import io
import json
import re
import socket
import time
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from itertools import combinations
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.demo.outlets import OUTLETS
from monitor.demo.server import Week, serve
from monitor.demo.stories import Label, PageAnswer, read_stories

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
SILENT, BROKEN = "Otmoor Bulletin", "Wycombe Lantern"
TOPICS = """
neighbourhood-policing workforce finance technology public-contact serious-violence drugs-county-lines
organised-crime vawg-domestic-abuse fraud-cyber acquisitive-crime anti-social-behaviour rural-crime
roads encampments stop-search-race standards-complaints inspection criminal-justice governance
public-order
"""
# Titles that are or were published in the Thames Valley and at its borders, and the broadcasters heard there.
REAL_OUTLETS = """
BBC Oxford; ITV News Meridian; B Radio Berkshire; Banbury Cake; Banbury Guardian; Swindon Advertiser;
Basingstoke Gazette; Bedford Today; BerkshireLive; GetReading; Bicester Advertiser; Bracknell News;
Buckingham & Winslow Advertiser; BuckinghamshireLive; Bucks Free Press; Bucks Herald; Bucks Radio;
Cherwell; Daventry Express; Henley Herald; Heart Thames Valley; Henley Standard; Herald Series;
Hillingdon & Uxbridge Times; Kennet Radio; Leighton Buzzard Observer; MKFM; Maidenhead Advertiser;
Milton Keynes Citizen; Mix 96; Newbury Today; Newbury Weekly News; Oxford Clarion; Oxford Mail; Oxford
Student; Oxford Times; OxfordshireLive; Penny Post; Reading Chronicle; Reading Today; Red Kite Radio;
Royal Borough Observer; Secklow Sounds; Slough Express; Slough Observer; Thame Gazette; This Is
Oxfordshire; Watford Observer; Wendover News; Wilts & Glos Standard; Windsor Express; Witney Gazette;
Wokingham Today
"""


@pytest.fixture(scope="module")
def week():
    with serve(NOW) as served:
        yield served


def get(week: Week, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request by way of the week's proxy, redirects not followed."""
    connection = http.client.HTTPConnection(urlsplit(week.proxy).netloc, timeout=5)
    try:
        connection.request("GET", url, headers=headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def feed_of(week: Week, name: str) -> str:
    return next(feed.url for feed in week.feeds if feed.name == name)


def read_feed(week: Week, url: str) -> feedparser.FeedParserDict:
    status, headers, body = get(week, url)
    if status == 301:
        return read_feed(week, headers["Location"])
    return feedparser.parse(io.BytesIO(body))


def words(text: str) -> list[str]:
    return re.findall(r"[\w£’]+", text.lower())


# ── the feeds ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name, status, version, entries",
    [
        ("The Thames Courier", 200, "rss20", 13),
        ("Kennet & Loddon Gazette", 200, "rss20", 10),
        ("Chiltern Vale Messenger", 200, "atom10", 11),
        ("The Spires Recorder", 301, "rss20", 12),
        ("Grid Square News", 200, "rss20", 12),
        ("Towpath FM", 200, "rss20", 11),
        ("Otmoor Bulletin", 200, "atom10", 2),
        ("Wycombe Lantern", 200, "", 0),
    ],
)
def test_a_feed_answers_as_its_note_says(week, name, status, version, entries):
    url = feed_of(week, name)
    parsed = read_feed(week, url)
    assert (get(week, url)[0], parsed.version, len(parsed.entries)) == (status, version, entries)


def test_a_moved_feed_says_where_it_is_now(week):
    moved_to = get(week, feed_of(week, "The Spires Recorder"))[1]["Location"]
    assert get(week, moved_to)[0] == 200


def test_only_the_conditional_feed_knows_what_the_reader_has(week):
    tagged = {feed.name: get(week, feed.url)[1].get("ETag") for feed in week.feeds}
    assert [name for name, etag in tagged.items() if etag] == ["Grid Square News"]
    url, etag = feed_of(week, "Grid Square News"), tagged["Grid Square News"]
    status, headers, body = get(week, url, **{"If-None-Match": etag})
    assert (status, headers["ETag"], body) == (304, etag, b"")
    assert get(week, url, **{"If-None-Match": '"another"'})[0] == 200


def test_the_broken_feed_is_a_page_that_breaks_off(week):
    _, headers, body = get(week, feed_of(week, BROKEN))
    assert headers["Content-Type"].startswith("text/html")
    assert b"</body>" not in body


def test_the_silent_feed_says_nothing_for_40_days(week):
    newest = max(story.published for story in week.stories if story.outlet == SILENT)
    assert newest == datetime(
        2026, 10, 7, 9, 0, tzinfo=UTC
    )  # 10:00 in London, where it was still summer time


def test_a_feed_gives_each_story_once_with_its_headline_summary_and_time(week):
    for feed in week.feeds:
        own = [story for story in week.stories if story.outlet == feed.name]
        entries = read_feed(week, feed.url).entries
        assert [(entry.link, entry.title) for entry in entries] == [(s.url, s.headline) for s in own]
        assert all(s.paragraphs[0] in unescape(e.summary) for s, e in zip(own, entries, strict=True))
        read = [datetime(*entry.published_parsed[:6], tzinfo=UTC) for entry in entries]
        assert read == [story.published for story in own]


def test_summer_times_are_written_by_name_of_zone():
    with serve(datetime(2026, 7, 6, 7, 0, tzinfo=UTC)) as summer:
        body = get(summer, feed_of(summer, "Towpath FM"))[2]
    assert re.search(rb"<pubDate>Sun, 05 Jul 2026 06:05:00 BST</pubDate>", body)


def test_robots_may_read_everything(week):
    for feed in week.feeds:
        home = feed.url.removesuffix("rss")
        assert get(week, home + "robots.txt")[::2] == (200, b"User-agent: *\nAllow: /\n")
        assert get(week, home + "nothing-here")[0] == 404


def test_no_address_of_the_week_can_be_taken_for_a_real_one(week):
    """`.example` is kept free for such uses (RFC 2606), so a link in a draft leads nowhere, and to nobody."""
    hosts = {
        urlsplit(address).hostname
        for address in [*(f.url for f in week.feeds), *(s.url for s in week.stories)]
    }
    assert len(hosts) == len(OUTLETS)
    assert all(host.endswith(".example") for host in hosts)


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_whole_page_holds_each_paragraph(week):
    for story in week.stories:
        if story.page is PageAnswer.WHOLE:
            status, headers, body = get(week, story.url)
            page = unescape(body.decode())
            assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
            assert [p for p in story.paragraphs if f">{p.removeprefix('- ')}<" not in page] == []


@pytest.mark.parametrize(
    "outlet, page, status, says",
    [
        ("Kennet & Loddon Gazette", PageAnswer.CONSENT, 200, "We value your privacy"),
        ("Towpath FM", PageAnswer.MISSING, 404, "we cannot find that page"),
    ],
)
def test_two_pages_are_not_the_story(week, outlet, page, status, says):
    (story,) = [story for story in week.stories if story.page is page]
    answered, _, body = get(week, story.url)
    assert (story.outlet, answered) == (outlet, status)
    assert says in body.decode()
    assert story.paragraphs[0] not in unescape(body.decode())


@pytest.mark.parametrize(
    "outlet, furniture",
    [
        (
            "The Thames Courier",
            ["nav-list", "Read more:", "newsletter-signup", "cookie-banner", "comments-prompt"],
        ),
        ("Chiltern Vale Messenger", ["<nav", "application/ld+json", "Related stories", 'class="newsletter"']),
        (
            "Towpath FM",
            ["<table", "Menu", "More Local News", "Published 15 November 2026, 06:05", "uses cookies"],
        ),
    ],
)
def test_a_layout_surrounds_the_story(week, outlet, furniture):
    own = [story for story in week.stories if story.outlet == outlet]
    page = unescape(get(week, own[0].url)[2].decode())
    assert [box for box in furniture if box not in page] == []
    assert own[1].headline in page  # a teaser


def test_teasers_and_forms_of_the_newspaper_group_stand_among_the_paragraphs(week):
    story = next(story for story in week.stories if story.outlet == "The Thames Courier")
    page = unescape(get(week, story.url)[2].decode())
    marks = [story.paragraphs[1], "Read more:", story.paragraphs[2], "newsletter-signup", story.paragraphs[4]]
    places = [page.rindex(mark) for mark in marks]
    assert places == sorted(places)


def test_the_json_ld_of_every_journal_page_can_be_read(week):
    for story in week.stories:
        if story.outlet in ("Chiltern Vale Messenger", "The Spires Recorder", "Grid Square News"):
            found = re.search(
                r'<script type="application/ld\+json">(.*?)</script>',
                get(week, story.url)[2].decode(),
                re.DOTALL,
            )
            said = json.loads(found[1])
            assert said["headline"] == story.headline
            assert datetime.fromisoformat(said["datePublished"]) == story.published


# ── the stories ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_week_is_as_large_as_promised(week):
    current = [story for story in week.stories if story.outlet != SILENT]
    assert len({story.outlet for story in current}) == 6
    assert len({story.url for story in week.stories}) == len(week.stories) == 71
    assert [len(week.labelled(label)) for label in Label] == [25, 4, 42]  # wanted, borderline, unwanted
    assert len({story.event for story in week.labelled(Label.WANTED)}) == 16


def test_no_outlet_is_named_like_a_real_one(week):
    for ours in (feed.name.lower().removeprefix("the ") for feed in week.feeds):
        for real in " ".join(REAL_OUTLETS.lower().split()).split("; "):
            assert ours not in real and real not in ours


def test_wanted_stories_touch_every_topic(week):
    assert {topic for story in week.labelled(Label.WANTED) for topic in story.topics} == set(TOPICS.split())
    assert {topic for story in week.stories for topic in story.topics} <= set(TOPICS.split())


def test_all_stories_of_an_event_have_its_label_and_first_topic(week):
    for event in {story.event for story in week.stories}:
        assert len({(s.label, s.topics[:1]) for s in week.stories if s.event == event}) == 1


def test_a_story_is_as_long_as_a_local_story(week):
    for story in week.stories:
        text = [p for p in story.paragraphs if not p.startswith("- ")]
        assert 4 <= len(text) <= 8, story.headline
        assert 110 <= len(" ".join(story.paragraphs).split()) <= 260, story.headline


@pytest.mark.parametrize(
    "what, least, pattern",
    [
        ("a headline with an ampersand", 1, r"^.*&.*\n"),
        ("a headline with quotation marks", 1, r"^.*‘.+’.*\n"),
        ("a list", 2, r"\n- .*\n- "),
        ("money", 20, r"£\d"),
        ("speech", 50, r"“[^”]+”"),
    ],
)
def test_the_stories_hold(week, what, least, pattern):
    texts = ["\n".join((story.headline, *story.paragraphs)) for story in week.stories]
    assert sum(bool(re.search(pattern, text)) for text in texts) >= least, what


def shared(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """How much of the shorter text stands in the longer, in runs of four words."""
    runs = [
        {tuple(spoken[n : n + 4]) for n in range(len(spoken) - 3)}
        for spoken in (words(" ".join(text)) for text in (one, two))
    ]
    return len(runs[0] & runs[1]) / min(map(len, runs))


@pytest.mark.slow
def test_two_stories_are_copies_or_reports_of_one_event_or_strangers(week):
    """Nothing lies between: a pair shares nearly all of its text, or next to none."""
    kinds = Counter()
    for one, two in combinations(week.stories, 2):
        share = shared(one.paragraphs, two.paragraphs)
        assert share > 0.85 or share < 0.15, (one.url, two.url, share)
        if one.event == two.event:
            assert one.outlet != two.outlet
            kinds["copies" if share > 0.85 else "reports", one.label] += 1
        else:
            assert share < 0.05, (one.url, two.url, share)
    assert kinds == {("copies", Label.WANTED): 4, ("copies", Label.UNWANTED): 1, ("reports", Label.WANTED): 6}


# Where it is already tomorrow, and just after a clock change in London.
@example(datetime(2026, 11, 16, 0, 30, tzinfo=timezone(timedelta(hours=14))))
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
@settings(max_examples=30)
@given(st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.timezones()))
@pytest.mark.slow
def test_every_story_lies_in_the_seven_days_before(now):
    for outlet in OUTLETS:
        for story in read_stories(outlet, now, "http://outlet.example/"):
            if outlet.name == SILENT:
                assert now - story.published > timedelta(days=39)
            else:
                assert timedelta(0) < now - story.published < timedelta(days=7)


# ── the server ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_the_block_nothing_answers_and_an_idle_reader_does_not_delay_it():
    with serve(NOW) as served:
        parts = urlsplit(served.proxy)
        idle = socket.create_connection((parts.hostname, parts.port), timeout=5)
        began = time.monotonic()
    try:
        assert time.monotonic() - began < 2
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((parts.hostname, parts.port), timeout=5).close()
    finally:
        idle.close()
