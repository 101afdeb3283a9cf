"""Feeds of every kind, and what is no feed."""

import gc
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.model import Entry, ParsedFeed, ParseFailed
from monitor.reading.parse import feed_links, parse

FEEDS = Path(__file__).parent / "data" / "feeds"
SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://www.example.org/news/rss/"
MORNING = datetime(2026, 11, 13, 8, 15, tzinfo=UTC)


def read(body: bytes | str, content_type: str | None = "application/rss+xml", seen: datetime = SEEN):
    return parse(body.encode() if isinstance(body, str) else body, content_type, URL, seen)


def rss(*items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>'
    )


def item(**parts: str) -> str:
    given = {"title": "T", "link": "https://example.org/1"} | parts
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in given.items() if text) + "</item>"


def only(body: bytes | str, **named) -> Entry:
    (entry,) = read(body, **named).entries
    return entry


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
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "XML, but not a feed"),
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


def test_many_entries_may_share_a_link():
    assert len(read(rss(item(guid="a"), item(guid="b"))).entries) == 2


def test_the_cap():
    items = [item(guid=str(number), link=f"https://example.org/{number}") for number in range(700)]
    entries = read(rss(*items)).entries
    assert [entry.id for entry in entries] == [str(number) for number in range(500)]


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
        ("Thu, 17 Sep 2026 06:59:59 GMT", None),
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


# ── encodings, and worse ────────────────────────────────────────────────────────────────────────────────────────

PRICED = rss(item(title="Fines of £80 – ‘enough’")).replace('"1.0"', '"1.0" encoding="DECLARED"')


@pytest.mark.parametrize(
    "declared, header, really",
    [
        pytest.param("utf-8", "application/xml", "utf-8", id="as it says"),
        pytest.param("iso-8859-1", "application/xml", "utf-8", id="UTF-8 that says Latin-1"),
        pytest.param(
            "utf-8", "text/xml; charset=iso-8859-1", "utf-8", id="UTF-8, and a server that says Latin-1"
        ),
        pytest.param("utf-8", "text/xml", "utf-8-sig", id="with a byte order mark"),
        pytest.param("windows-1252", "text/xml", "cp1252", id="Windows"),
        pytest.param("utf-8", "text/xml; charset=utf-8", "cp1252", id="Windows that says UTF-8"),
        pytest.param("utf-16", "text/xml", "utf-16", id="UTF-16"),
        pytest.param("klingon", "text/xml; charset=klingon", "utf-8", id="an encoding nobody knows"),
    ],
)
def test_encodings(declared, header, really):
    body = PRICED.replace("DECLARED", declared).encode(really)
    assert only(body, content_type=header).title == "Fines of £80 – ‘enough’"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\n\n  " + rss(item()), id="white space before it"),
        pytest.param(rss(item())[: -len("</channel></rss>")], id="cut short after an entry"),
        pytest.param(rss(item(), "<item><title>half an en"), id="cut short in an entry"),
        pytest.param(
            rss(item()).replace("<channel>", "<channel><description>fish & chips</description>"), id="bare &"
        ),
        pytest.param(rss(item()).replace("F<", "F\x00\x0b<"), id="control characters"),
        pytest.param(rss(item()).replace("F<", "F&nbsp;&bogus;<"), id="entities XML has not"),
        pytest.param(rss(item()).replace("<channel>", "<channel><a><b></a>"), id="tags crossed"),
        pytest.param(
            rss(item()).replace("F<", "&#55357;&#56832;&#xD800;&#0;&#99999999999;<"),
            id="no characters' numbers",
        ),
        pytest.param("<!-- made by hand -->" + rss(item())[21:], id="no declaration"),
    ],
)
def test_what_can_be_read_is_read(body):
    assert read(body).entries[0].url == "https://example.org/1"


def test_an_external_entity_is_not_followed():
    body = rss(item(title="a &x; b")).replace(
        "<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1
    )
    assert "root:" not in only(body).title


def lol() -> str:
    rungs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return rss(item(title="&l9;")).replace("<rss", f'<!DOCTYPE r [<!ENTITY l0 "lol">{rungs}]><rss', 1)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lol(), id="entity bomb"),
        pytest.param(rss("<a>" * 2000 + "x" + "</a>" * 2000), id="2,000 deep"),
        pytest.param(rss("<a>" * 20_000), id="20,000 deep and open"),
        pytest.param(rss(item(description="&lt;div&gt;" * 50_000)), id="50,000 deep in a description"),
        pytest.param(
            rss(*[item(guid=str(n), description="word " * 40) for n in range(20_000)]), id="20,000 entries"
        ),
        pytest.param(rss(item(description="word " * 900_000)), id="one entry of 4.5 MB"),
        pytest.param("<" * 1_000_000, id="a million <"),
        pytest.param("<rss>" + "<!ENTITY a 'b'>" * 50_000, id="declarations"),
        pytest.param(rss(item(title="&amp;" * 100_000)), id="a title of ampersands"),
        pytest.param(rss(item(pubDate="1 " * 100_000)), id="a date of 200 kB"),
        pytest.param("<!doctype html>" + "<p>x</p>" * 100_000, id="a long HTML page"),
        pytest.param(json.dumps({"a": "x" * 4_000_000}), id="4 MB of JSON"),
    ],
)
def test_hostile_feeds_end_soon(body):
    began = time.process_time()
    assert isinstance(read(body), ParsedFeed | ParseFailed)
    assert time.process_time() - began < 8
    gc.collect()  # feedparser's parsers hold themselves in circles; leave none for a test that counts memory


fragments = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "http://e.org/1",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
    ]
    + [
        "&#xD800;",
        "&bogus;",
        "<pubDate>",
        "</pubDate>",
        "BST",
        "<entry>",
        "</entry>",
        "<guid>",
        "</guid>",
        "\x00",
        "\x0c",
    ]
    + [
        "<content:encoded>",
        "</content:encoded>",
        "<source>",
        "</source>",
        "<!--",
        "-->",
        "<?xml",
        "<!DOCTYPE x [",
        "é",
        " ",
    ]
    + [
        "<rss version='2.0'>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<channel>",
        "xml:base='http://['",
        "<a",
        ">",
        '"',
    ]
    + [
        "<link href='",
        "' rel='alternate'/>",
        "<xhtml:div>",
        "<summary type='base64'>",
        "</summary>",
        "Fri, 13 Nov 2026 25:61:00",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(fragments | st.text(max_size=4), max_size=30).map("".join))
@example(
    "<rss version='2.0'><channel><item><link>http://e.org/1</link><pubDate>Fri, 13 Nov 0000 08:15:00 BST"
)
def test_whatever_is_sent_there_is_an_answer(body):
    answer = read(body.encode("utf-8", "surrogatepass"))
    if isinstance(answer, ParsedFeed):
        for entry in answer.entries:
            assert entry.url.lower().startswith(("http://", "https://"))
            assert "\n" not in entry.title + entry.summary


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just("https://e.org/1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published"]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(json_values | st.dictionaries(names, json_values), max_size=4))
def test_whatever_json_is_sent_there_is_an_answer(items):
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    assert isinstance(read(body), ParsedFeed)


# ── pages that name feeds ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head, links",
    [
        pytest.param("", (), id="none"),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="RSS",
        ),
        pytest.param(
            "<LINK REL='Alternate home' TYPE='application/atom+xml' HREF='https://a.org/f' />",
            ("https://a.org/f",),
            id="Atom",
        ),
        pytest.param(
            "<link rel=alternate type=application/feed+json href=feed.json>",
            ("https://www.example.org/news/rss/feed.json",),
            id="JSON",
        ),
        pytest.param(
            '<link rel="alternate" type="text/html" hreflang="cy" href="/cy">', (), id="another language"
        ),
        pytest.param(
            '<link rel="stylesheet" type="application/rss+xml" href="/rss">', (), id="not alternate"
        ),
        pytest.param('<link rel="alternate" type="application/rss+xml">', (), id="no address"),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/rss">' * 2,
            ("https://www.example.org/rss",),
            id="twice",
        ),
    ],
)
def test_feed_links(head, links):
    assert feed_links(f"<!doctype html><html><head>{head}</head></html>".encode(), URL) == links
