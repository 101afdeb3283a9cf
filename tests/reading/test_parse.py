"""Feeds of every kind, and what is no feed."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from feedtext import SEEN, item, only, read, rss
from where import DATA

from monitor.model import Entry, ParsedFeed, ParseFailed

FEEDS = DATA / "feeds"
MORNING = datetime(2026, 11, 13, 8, 15, tzinfo=UTC)


# ── the formats ─────────────────────────────────────────────────────────────────────────────────────────────────

FORMATS = {
    "rss20.xml": ParsedFeed(
        title="Loddon Bridge Gazette | News",
        entries=(
            Entry(
                id="https://gazette.example/news/25612345.police-council-plan/",
                url="https://gazette.example/news/25612345.police-council-plan/?ref=rss",
                title="Police & council agree on “safer streets” plan",
                summary="A plan for safer streets has been agreed.",
                published=MORNING,
            ),
            Entry(
                id="25612346",
                url="https://www.example.org/news/25612346.bakery/",
                title="Bakery to close after forty years",
                summary="The ovens go out on Friday, says the owner’s son.",
                paragraphs=(
                    "The ovens go out on Friday, says the owner’s son.",
                    "Bread was sold here from 1986.",
                ),
                published=datetime(2026, 6, 12, 9, tzinfo=UTC),  # old, and told so
            ),
        ),
    ),
    "atom.xml": ParsedFeed(
        title="Ridgeway Post",
        entries=(
            Entry(
                id="tag:ridgeway.example,2026:1",
                url="https://ridgeway.example/2026/call-handling",
                title="Inspectors praise force’s call handling",
                summary="Calls are answered sooner.",
                paragraphs=(
                    "Calls are answered sooner, inspectors found.",
                    "- Nine in ten within ten seconds",
                    "- Two in a hundred given up",
                    "The force welcomed the report.",
                ),
                published=MORNING - timedelta(hours=1),
            ),
        ),
    ),
    "rdf.xml": ParsedFeed(
        title="Weir FM",
        entries=(
            Entry(
                id="https://weir.example/n/1",
                url="https://weir.example/n/1",
                title="Fines of £80 for dropped litter",
                summary="The café's rubbish began it.",
                published=MORNING,
            ),
        ),
    ),
    "rss091.xml": ParsedFeed(
        title="Parish news",
        entries=(
            Entry(
                id="https://parish.example/speed-watch.html",
                url="https://parish.example/speed-watch.html",
                title="Speed watch wants volunteers",
                summary="",
            ),
        ),
    ),
    "wordpress.xml": ParsedFeed(
        title="Commissioner’s office",
        entries=(
            Entry(
                id="https://office.example/?p=812",
                url="https://office.example/grants/",
                title="Grants for youth work open",
                summary="Groups may ask for up to £5,000. […]",
                paragraphs=("Groups may ask for up to £5,000.", "The fund is open until 18 December."),
                published=MORNING,
            ),
        ),
    ),
    "aggregator.xml": ParsedFeed(
        title='"police and crime panel" - News',
        entries=(
            Entry(
                id="CBMiAbc",
                url="https://aggregator.example/rss/articles/CBMiAbc?oc=5",
                title="Panel backs rise in precept",
                summary="",
                published=MORNING,
                source="Loddon Bridge Gazette",
            ),
        ),
    ),
    "feed.json": ParsedFeed(
        title="Otmoor Clarion",
        entries=(
            Entry(
                id="7",
                url="https://www.example.org/2026/precept",
                title="Precept & panel: what next",
                summary="The panel meets in January.",
                paragraphs=("The panel meets in January.", "It will hear the budget."),
                published=MORNING,
            ),
            Entry(
                id="8",
                url="https://elsewhere.example/a",
                title="",
                summary="One line only.",
                paragraphs=("One line only.",),
                published=datetime(2026, 11, 13, tzinfo=UTC),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content_type", ["application/xml", "text/html; charset=us-ascii", None])
def test_formats(name, content_type):
    assert read((FEEDS / name).read_bytes(), content_type) == FORMATS[name]


def test_every_format_has_its_expectation():
    assert {path.name for path in FEEDS.iterdir()} == set(FORMATS)


# ── what is no feed ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body, reason",
    [
        (b"", "empty"),
        (b" \n\xef\xbb\xbf", "not XML"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<!DOCTYPE html><html><body><p>Welcome</p></body></html>", "an HTML page, not a feed"),
        (b"<html><head><title>404</title></head></html>", "an HTML page, not a feed"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "a sitemap, not a feed: give it `kind: sitemap`"),
        (b"<?xml version='1.0'?><opml/>", "XML, but not a feed"),
        (b"User-agent: *", "not XML"),
        (b"%PDF-1.7 ...", "not XML"),
        (b"{", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"items": []}', "JSON, but not a JSON Feed"),
        (b'["https://jsonfeed.org/version/1"]', "JSON, but not a JSON Feed"),
        (b"<rss version='2.0'>" + b"<a>" * 60_001, "more than 60,000 elements: no feed has so many"),
    ],
)
def test_no_feed(body, reason):
    assert read(body) == ParseFailed(reason=reason)


def test_a_feed_without_entries_is_a_feed():
    assert read(rss()) == ParsedFeed(title="F", entries=())


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "link, url",
    [
        ("https://example.org/1", "https://example.org/1"),
        ("  https://example.org/1\n ", "https://example.org/1"),
        ("/1", "https://www.example.org/1"),
        ("1?a=b", "https://www.example.org/news/rss/1?a=b"),
        ("//other.org/1", "https://other.org/1"),
        ("HTTP://example.org/1", "HTTP://example.org/1"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("mailto:desk@example.org", None),
        ("javascript:alert(1)", None),
        ("http://", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_links(link, url):
    entries = read(rss(item(link=link))).entries
    assert [entry.url for entry in entries] == ([url] if url else [])


def test_without_a_guid_the_link_is_the_id():
    assert only(rss(item())).id == "https://example.org/1"


def test_a_guid_that_is_a_link_is_the_link():
    assert only(rss(item(link="", guid="https://example.org/7"))).url == "https://example.org/7"


def test_a_guid_that_is_none_is_not():
    assert read(rss('<item><title>T</title><guid isPermaLink="false">7</guid></item>')).entries == ()


def test_the_same_id_twice_counts_once():
    entries = read(
        rss(item(guid="a", title="1"), item(guid="a", title="2"), item(guid="b", title="3"))
    ).entries
    assert [entry.title for entry in entries] == ["1", "3"]


def test_a_feed_with_one_guid_for_all_is_read_by_its_links():
    items = [item(guid="same", link=f"https://example.org/{number}") for number in range(3)]
    entries = read(rss(*items)).entries
    assert [entry.url[-1] for entry in entries] == ["0", "1", "2"]
    assert [entry.id for entry in entries] == [entry.url for entry in entries], "it is none"


@pytest.mark.parametrize(
    "link, titles, shared",
    [
        pytest.param("https://example.org/alerts", ["Burglary", "Road closed"], True, id="a page of alerts"),
        pytest.param("https://example.org/", ["Burglary", "Road closed"], True, id="the front page"),
        pytest.param("https://example.org/alerts", ["Burglary"], False, id="one title"),
        pytest.param("https://example.org/news/25612345", ["Panel asks"], False, id="an article"),
    ],
)
def test_many_entries_may_share_a_link(link, titles, shared):
    given = titles if shared else [titles[0], titles[0]]
    items = [item(guid=str(number), link=link, title=title) for number, title in enumerate(given)]
    assert [(entry.title, bool(entry.mark)) for entry in read(rss(*items)).entries] == [
        (title, shared) for title in titles
    ]


def test_the_cap():
    items = [item(guid=str(number), link=f"https://example.org/{number}") for number in range(20_000)]
    began = time.process_time()
    entries = read(rss(*items, "<image><url>https://example.org/logo.png</url></image>")).entries
    ends = [*range(250), *range(19_750, 20_000)]
    assert [entry.id for entry in entries] == [str(number) for number in ends]
    assert time.process_time() - began < 4, "the rest is not even parsed"


@pytest.mark.parametrize(
    "date, published",
    [
        ("Fri, 13 Nov 2026 08:15:00 GMT", MORNING),
        ("Fri, 13 Nov 2026 08:15:00 +0000", MORNING),
        ("Fri, 13 Nov 2026 09:15:00 BST", MORNING),
        ("13 Nov 2026 09:15 BST", MORNING),
        ("Fri, 13 Nov 2026 03:15:00 EST", MORNING),
        ("2026-11-13T08:15:00Z", MORNING),
        ("2026-11-13T09:15:00+01:00", MORNING),
        ("2026-11-13 08:15:00", MORNING),
        ("Tue, 17 Nov 2026 07:00:00 GMT", SEEN + timedelta(days=1)),
        ("Tue, 17 Nov 2026 07:00:01 GMT", None),
        ("Thu, 17 Sep 2026 07:00:00 GMT", SEEN - timedelta(days=60)),
        ("Thu, 17 Sep 2026 06:59:59 GMT", SEEN - timedelta(days=60, seconds=1)),
        ("Fri, 01 Mar 2024 09:00:00 GMT", datetime(2024, 3, 1, 9, tzinfo=UTC)),
        ("1 Mar 2024 09:00:00 GMT", datetime(2024, 3, 1, 9, tzinfo=UTC)),
        ("Fri, 13 Nov 2025 08:15:00 GMT", None),  # a Thursday: the year is a slip
        ("Tue, 01 Jan 2019 00:00:00 GMT", None),  # a year alone
        ("2019-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Fri, 13 Nov 2099 08:15:00 GMT", None),
        ("1759744800", None),
        ("yesterday", None),
        ("BST", None),
        ("32 Nov 2026 99:99 BST", None),
        ("9999-99-99T99:99:99Z", None),
        ("", None),
    ],
)
def test_dates(date, published):
    assert only(rss(item(pubDate=date))).published == published


def test_a_date_beside_the_publication():
    assert only(rss(item(pubDate="nonsense", updated="2026-11-13T08:15:00Z"))).published == MORNING


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Plain", "Plain"),
        ("Crime &amp; courts", "Crime & courts"),
        ("Crime &amp;amp; courts", "Crime & courts"),
        ("<![CDATA[<b>Bold</b> &#8216;claim&#8217;]]>", "Bold ‘claim’"),
        ("Two\n  lines\t", "Two lines"),
        ("Reads \u202ebackwards", "Reads backwards"),
        ("", ""),
    ],
)
def test_titles(title, expected):
    assert only(rss(item(title=title))).title == expected


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Panel meets - The Post", "Panel meets"),
        ("Panel meets – The Post", "Panel meets"),
        ("Panel meets | The Post", "Panel meets"),
        ("Panel meets - The Gazette", "Panel meets - The Gazette"),
        ("The Post", "The Post"),
        ("Panel meets The Post", "Panel meets The Post"),
    ],
)
def test_an_aggregators_outlet_is_taken_off_the_title(title, expected):
    entry = only(rss(item(title=title, source="The Post", description="A summary")))
    assert (entry.title, entry.source, entry.summary) == (expected, "The Post", "A summary")


PASSED_ON = "https://www.example.org/url?url=https%3A%2F%2Fpaper.example%2Fnews%2F1"


@pytest.mark.parametrize(
    "link, url, is_passed_on",
    [
        pytest.param(PASSED_ON, "https://paper.example/news/1", True, id="by the feed's own site"),
        pytest.param(
            "https://l.social.example/l.php?u=https%3A%2F%2Fwww.example.org%2F1",
            "https://www.example.org/1",
            False,
            id="its own",
        ),
        pytest.param(
            "https://l.social.example/l.php?u=https%3A%2F%2Fpaper.example%2F1",
            "https://paper.example/1",
            False,
            id="by a third",
        ),
        pytest.param("https://example.org/1", "https://example.org/1", False, id="not wrapped"),
        pytest.param(
            "/url?q=https://paper.example/news/1", "https://paper.example/news/1", True, id="a relative link"
        ),
    ],
)
def test_a_redirector_s_link_is_the_one_that_it_carries(link, url, is_passed_on):
    found = only(rss(item(link=link.replace("&", "&amp;"))))
    assert (found.url, found.id, found.is_passed_on) == (url, url, is_passed_on)


def test_the_outlet_that_a_news_search_names():
    found = only(
        '<rss version="2.0" xmlns:News="urn:n"><channel><item><title>Panel meets - The Post</title>'
        f"<link>{PASSED_ON}</link><News:Source>The Post</News:Source></item></channel></rss>"
    )
    assert (found.source, found.title) == ("The Post", "Panel meets")


@pytest.mark.parametrize(
    "items, marks",
    [
        pytest.param([("a", "One", "x"), ("b", "Two", "y")], ["a", "b"], id="by their guids"),
        pytest.param([("", "One", "x"), ("", "Two", "y")], ["One", "Two"], id="by their titles"),
        pytest.param([("", "One", "x"), ("", "One", "y")], ["One", " One y"], id="by what they say"),
        pytest.param([("", "One", "x"), ("", "One", "x"), ("", "Two", "y")], ["One", "Two"], id="each once"),
        pytest.param([("a", "One", "x"), ("a", "One", "x")], [""], id="one"),
    ],
)
def test_what_tells_those_apart_that_share_a_page(items, marks):
    written = [item(guid=guid, title=title, description=text) for guid, title, text in items]
    assert [entry.mark for entry in read(rss(*written)).entries] == marks


def test_an_update_at_an_article_s_own_address_is_no_second_one():
    items = [
        item(
            guid=guid,
            title=title,
            link="https://example.org/news/25612345",
            description="Six words that say the same here",
        )
        for guid, title in (("1", "Police panel asks"), ("2", "Police panel asks again"))
    ]
    assert only(rss(*items)).title == "Police panel asks"


@pytest.mark.slow
def test_many_entries_on_one_page_are_told_apart_quickly():
    items = [
        item(title=f"Notice {number} of the day", description="Words " * 50 + str(number))
        for number in range(500)
    ]
    began = time.process_time()
    assert len(read(rss(*items)).entries) == 500
    assert time.process_time() - began < 3
