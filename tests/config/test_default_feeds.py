"""The files that come with the program: right, whole, and wide enough."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from urllib.parse import urlsplit

import pytest
from where import ROOT

from monitor.config.folder import FILES, read_config
from monitor.config.schemas import schemas
from monitor.settings import ArticleFrom, Feed, FeedKind, Publisher

CONFIG = read_config(ROOT)
ON = [feed for feed in CONFIG.feeds if feed.paused is None]

OURS = {"Berkshire", "Buckinghamshire", "Milton Keynes", "Oxfordshire", "Thames Valley", "National"}
NEIGHBOURS = {
    "Bedfordshire",
    "Gloucestershire",
    "Hampshire",
    "Hertfordshire",
    "London",
    "Northamptonshire",
    "Wiltshire",
}


def test_forty_feeds_and_more_are_on():
    assert len(ON) >= 40


@pytest.mark.parametrize(
    "area, least",
    [
        ("Berkshire", 8),
        ("Buckinghamshire", 6),
        ("Milton Keynes", 3),
        ("Oxfordshire", 10),
        ("Thames Valley", 4),
        ("National", 10),
    ],
)
def test_every_county_is_read(area, least):
    assert Counter(feed.area for feed in ON)[area] >= least


def test_every_feed_says_where_it_is_and_only_ours_are_on():
    assert {feed.area for feed in ON} == OURS
    assert {feed.area for feed in CONFIG.feeds} == OURS | NEIGHBOURS


def test_no_address_stands_twice_and_each_is_secure():
    addresses = Counter(feed.url for feed in CONFIG.feeds)
    assert [url for url, count in addresses.items() if count > 1] == []
    assert all(url.startswith("https://") for url in addresses)


def test_one_server_speaks_for_one_outlet():
    names: dict[str, set[str]] = defaultdict(set)
    for feed in CONFIG.feeds:
        names[urlsplit(feed.url).hostname or ""].add(feed.name)
    assert {host for host, outlets in names.items() if len(outlets) > 1} == {"www.gov.uk"}


def test_most_addresses_are_known_to_have_answered():
    assert sum(feed.verified for feed in ON) >= 30


@pytest.mark.parametrize(
    "name",
    [
        "BBC News",
        "Oxford Mail",
        "Reading Chronicle",
        "Bucks Free Press",
        "Milton Keynes Citizen",
        "Newbury Today",
        "Thames Valley Police",
        "Thames Valley Police and Crime Commissioner",
        "HMICFRS",
        "Home Office",
        "National Police Chiefs' Council",
        "The Guardian",
    ],
)
def test_what_the_panel_cannot_do_without_is_read(name):
    assert any(feed.name == name for feed in ON)


def test_a_search_is_paused_and_its_links_are_not_followed():
    searches = [feed for feed in CONFIG.feeds if "news.google" in feed.url or "bing.com" in feed.url]
    assert len(searches) == 7
    assert all(feed.paused and feed.article is ArticleFrom.FEED for feed in searches)


def test_the_weeklies_without_a_feed_are_read_from_their_pages():
    listings = [feed for feed in ON if feed.kind is FeedKind.LISTING]
    assert [feed.name for feed in listings] == ["Maidenhead Advertiser", "Slough Express", "Windsor Express"]
    assert not any(feed.verified for feed in listings)


def publisher(name: str) -> Publisher:
    return next(found for found in CONFIG.publishers if found.name == name)


@pytest.mark.parametrize(
    "group, address, number",
    [
        ("newsquest", "https://www.oxfordmail.co.uk/news/19492044.police-launch-new-team/", "19492044"),
        (
            "newsquest",
            "https://www.readingchronicle.co.uk/news/19492044.police-launch-team/?ref=rss",
            "19492044",
        ),
        ("newsquest", "https://www.oxfordmail.co.uk/news/crime/rss/", None),
        (
            "nationalworld",
            "https://www.miltonkeynes.co.uk/news/people/boss-backs-neighbourhood-watch-4054006",
            "4054006",
        ),
        (
            "nationalworld",
            "https://www.bucksherald.co.uk/news/boss-backs-neighbourhood-watch-4054006?utm=x",
            "4054006",
        ),
        ("nationalworld", "https://www.bucksherald.co.uk/news/150000-tickets-in-two-years", None),
        ("nationalworld", "https://www.bucksherald.co.uk/news/more-than-150000-tickets", None),
        ("baylis", "https://www.sloughexpress.co.uk/news/slough/204229/council-moves-cctv.html", "204229"),
        (
            "baylis",
            "https://www.windsorexpress.co.uk/gallery/windsor/204229/council-moves-cctv.html",
            "204229",
        ),
    ],
)
def test_a_group_knows_its_articles_by_their_number(group, address, number):
    found = re.search(publisher(group).same_article, address)
    assert (found and found[1]) == number


@pytest.mark.parametrize(
    "host, group",
    [
        ("oxfordmail.co.uk", "newsquest"),
        ("sloughobserver.co.uk", "newsquest"),
        ("heraldseries.co.uk", "newsquest"),
        ("bucksherald.co.uk", "nationalworld"),
        ("banburyguardian.co.uk", "nationalworld"),
        ("windsorexpress.co.uk", "baylis"),
    ],
)
def test_titles_of_a_group_share_their_publisher(host, group):
    feed: Feed = next(feed for feed in CONFIG.feeds if urlsplit(feed.url).hostname == f"www.{host}")
    assert feed.publisher == publisher(group)


def test_no_person_stands_on_the_report():
    assert CONFIG.panel.author == "Scrutiny Officer, Thames Valley Police & Crime Panel"
    assert CONFIG.panel.report_to == "Report to the Thames Valley Police & Crime Panel"
    assert CONFIG.panel.title == "Topical Issues"


def test_the_known_meetings_are_there():
    """The panel meets on Fridays."""
    assert len(CONFIG.panel.meetings) >= 30
    assert {date(2021, 9, 10), date(2023, 3, 24), date(2026, 1, 23)} <= set(CONFIG.panel.meetings)
    assert {day.weekday() for day in CONFIG.panel.meetings} == {4}


# ── schemas ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_its_schema_in_its_first_line(name):
    first, _, _ = (ROOT / name).read_text("utf-8").partition("\n")
    assert first == f"# yaml-language-server: $schema=schemas/{name.removesuffix('.yaml')}.schema.json"


def test_schemas_are_up_to_date():
    written = {path.name: path.read_text("utf-8") for path in (ROOT / "schemas").glob("*.json")}
    assert written == schemas(), "run `python -m monitor.config.schemas`"


def test_a_schema_says_what_an_editor_needs():
    feeds = json.loads(schemas()["feeds.schema.json"])
    feed = feeds["$defs"]["FeedSection"]
    assert feed["required"] == ["name", "url"] and feed["additionalProperties"] is False
    assert feed["properties"]["status"] == {
        "description": "paused needs a reason.",
        "enum": ["on", "paused"],
        "title": "Status",
        "type": "string",
    }
