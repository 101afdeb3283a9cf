"""Sitemaps: news, plain, indexes; recent articles only, and nothing hostile."""

import gzip
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from feedtext import SEEN
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Entry, FailureKind, Fetched, FetchFailed, ParsedFeed, ParseFailed
from monitor.reading.feeds.sitemap import SitemapIndex, joined, parse_sitemap, whole_of

URL = "https://www.weekly.example/sitemap.xml"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(body: bytes | str):
    return parse_sitemap(body.encode() if isinstance(body, str) else body, URL, SEEN)


def urlset(*urls: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><urlset {NAMESPACES}>{''.join(urls)}</urlset>"


def place(url: str, lastmod: str = "", inside: str = "", name: str = "url") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<{name}><loc>{url}</loc>{changed}{inside}</{name}>"


def news(title: str, day: str) -> str:
    return (
        "<news:news><news:publication><news:name>Weekly</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>{day}</news:publication_date><news:title>{title}</news:title>"
        "</news:news><image:image><image:loc>https://i.example/1.jpg</image:loc><image:title>A</image:title></image:image>"
    )


ARTICLE = "https://www.weekly.example/news/196842/police-praised"


def test_a_news_sitemap():
    body = urlset(
        place(ARTICLE, inside=news("Police praised &amp; thanked", "2026-11-15T08:15:00+01:00")),
        place("https://www.weekly.example/new", inside=news("Newer", "2026-11-16T05:00:00Z")),
        place("https://www.weekly.example/odd", inside=news("No date", "yesterday")),
    )
    assert read(body) == ParsedFeed(
        title="www.weekly.example",
        entries=(
            Entry(
                id="https://www.weekly.example/new",
                url="https://www.weekly.example/new",
                title="Newer",
                summary="",
                published=datetime(2026, 11, 16, 5, tzinfo=UTC),
            ),
            Entry(
                id=ARTICLE,
                url=ARTICLE,
                title="Police praised & thanked",
                summary="",
                published=datetime(2026, 11, 15, 7, 15, tzinfo=UTC),
            ),
            Entry(
                id="https://www.weekly.example/odd",
                url="https://www.weekly.example/odd",
                title="No date",
                summary="",
            ),
        ),
    )


@pytest.mark.parametrize(
    "url, lastmod, is_read",
    [
        pytest.param(ARTICLE, "2026-11-15", True, id="changed yesterday"),
        pytest.param(ARTICLE, "2026-11-09T08:00:00Z", True, id="within a week"),
        pytest.param(ARTICLE, "2026-11-09T06:00:00Z", False, id="more than a week ago"),
        pytest.param(ARTICLE, "2026-12-24", False, id="in the future"),
        pytest.param(ARTICLE, "", True, id="no date anywhere"),
        pytest.param("https://www.weekly.example/about-us", "2026-11-15", False, id="no article"),
        pytest.param(
            "https://www.weekly.example/2021/03/fete", "2026-11-15", False, id="an old article, edited"
        ),
        pytest.param(
            "https://www.weekly.example/2026/11/fete", "2026-11-15", True, id="this month's article"
        ),
        pytest.param("ftp://www.weekly.example/news/196842", "2026-11-15", False, id="no web address"),
    ],
)
def test_a_plain_sitemap_gives_recent_articles_without_a_date_or_title(url, lastmod, is_read):
    entries = read(urlset(place(url, lastmod))).entries
    assert entries == ((Entry(id=url, url=url, title="", summary=""),) if is_read else ())


def test_an_index_names_the_sitemaps_worth_reading():
    parts = [
        place("https://w.example/pages.xml", "2026-11-16", name="sitemap"),
        place("https://w.example/news-1.xml", "2026-10-01", name="sitemap"),
        place("https://w.example/news-2.xml", "2026-11-15", name="sitemap"),
        place("https://w.example/tags.xml", name="sitemap"),
    ]
    assert read(f"<sitemapindex {NAMESPACES}>{''.join(parts)}</sitemapindex>") == SitemapIndex(
        parts=("https://w.example/news-2.xml", "https://w.example/news-1.xml")
    )


def test_an_index_without_articles_says_so():
    part = place("https://w.example/post_tag-sitemap.xml", name="sitemap")
    assert read(f"<sitemapindex {NAMESPACES}>{part}</sitemapindex>") == ParseFailed(
        reason="an index of sitemaps, none of them of articles"
    )


IMAGE = "<image:image><image:loc>https://i.example/van-1234567.jpg</image:loc><image:title>Stock</image:title></image:image>"
VIDEO = (
    "<video:video><video:title>Stock</video:title><video:publication_date>2020-01-01</video:publication_date>"
    "<video:content_loc>https://v.example/1</video:content_loc></video:video>"
)
CHOICE = "<xhtml:link rel='alternate' hreflang='cy' href='https://www.weekly.example/cy/196842'/>"
WELSH = "<loc xmlns='http://www.google.com/schemas/sitemap-image/1.1'>https://i.example/9.jpg</loc>"
MORE = (
    f'{NAMESPACES} xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
NAMED = (
    "<news:news><news:publication><news:name>Weekly</news:name></news:publication>"
    "<news:publication_date>2026-11-15T07:00:00Z</news:publication_date><news:title>Police praised</news:title></news:news>"
)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<loc>{ARTICLE}</loc>{NAMED}{IMAGE}", id="a picture after"),
        pytest.param(f"<loc>{ARTICLE}</loc>{IMAGE}{NAMED}", id="a picture before"),
        pytest.param(f"{IMAGE}<loc>{ARTICLE}</loc>{NAMED}", id="a picture first"),
        pytest.param(f"{VIDEO}<loc>{ARTICLE}</loc>{NAMED}{VIDEO}", id="films"),
        pytest.param(f"{CHOICE}<loc>{ARTICLE}</loc>{CHOICE}{NAMED}", id="other languages"),
        pytest.param(
            f"<image:loc>https://i.example/1.jpg</image:loc><loc>{ARTICLE}</loc>{NAMED}", id="a bare picture"
        ),
        pytest.param(f"{WELSH}<loc>{ARTICLE}</loc>{NAMED}", id="a picture by its own namespace"),
        pytest.param(
            f"<!-- a --><loc><!-- canonical -->{ARTICLE}<!-- b --></loc>{NAMED}<!-- c -->", id="comments"
        ),
        pytest.param(f"<loc><![CDATA[{ARTICLE}]]></loc>{NAMED}", id="CDATA"),
        pytest.param(f"<loc>\n    {ARTICLE}\n</loc>{NAMED}", id="blanks"),
        pytest.param(f"<loc>/news/196842/police-praised</loc>{NAMED}", id="a relative address"),
        pytest.param(
            f"<image:image>{NAMED}</image:image><loc>{ARTICLE}</loc>{NAMED}", id="news of a picture"
        ),
        pytest.param(
            f"<loc>{ARTICLE}</loc>{NAMED.replace('Police praised', '<!-- x -->Police <b/>praised')}",
            id="in a title",
        ),
    ],
)
@pytest.mark.parametrize("spaces", [MORE, ""], ids=["declared", "undeclared"])
def test_an_address_and_a_headline_are_the_elements_own(inside, spaces):
    entry = Entry(
        id=ARTICLE,
        url=ARTICLE,
        title="Police praised",
        summary="",
        published=datetime(2026, 11, 15, 7, tzinfo=UTC),
    )
    if "xmlns='http" in inside and not spaces:
        return  # then nothing tells the two apart
    assert read(f"<urlset {spaces}><url>{inside}</url></urlset>").entries == (entry,)


def test_a_prefix_for_everything_is_no_matter():
    inside = f"<s:loc>{ARTICLE}</s:loc><s:lastmod>2026-11-15</s:lastmod>"
    body = (
        f"<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'><s:url>{inside}</s:url></s:urlset>"
    )
    assert [entry.url for entry in read(body).entries] == [ARTICLE]


def test_a_bare_ampersand_stays_in_an_address():
    address = "https://www.weekly.example/story.aspx?articleid=55123&copy=2"
    for written in (address, address.replace("&", "&amp;")):
        assert [entry.url for entry in read(urlset(place(written, "2026-11-15"))).entries] == [address]


@pytest.mark.parametrize(
    "url, is_read",
    [
        ("https://www.weekly.example/2026/11/15/police-desk", True),
        ("https://www.weekly.example/2026/11/police-desk", True),
        ("https://www.weekly.example/2026/10/police-desk", False),
        ("https://www.weekly.example/2026/11/02/police-desk", False),
        ("https://www.weekly.example/2026/12/01/police-desk", False),
        ("https://www.weekly.example/2019/05/06/police-desk", False),
    ],
)
def test_without_a_date_of_its_own_the_addresss_day_says_what_is_recent(url, is_read):
    found = read(urlset(place(url)))
    assert ([entry.url for entry in found.entries] == [url]) is is_read
    assert found.left_out is None


def test_an_article_without_a_date_beside_others_that_have_one_is_said():
    found = read(
        urlset(place(ARTICLE), place(f"{ARTICLE}-2", "2026-11-15"), place("https://www.weekly.example/about"))
    )
    assert [entry.url for entry in found.entries] == [f"{ARTICLE}-2"]
    assert found.left_out == "1 of its articles bear no date, so that none of them can be told to be new"


def test_where_no_article_bears_a_date_both_ends_are_read():
    found = read(urlset(*[place(f"{ARTICLE}-{number}") for number in range(200)]))
    read_of = [int(entry.url.rpartition("-")[2]) for entry in found.entries]
    assert read_of == [*range(25), *range(175, 200)]
    assert found.left_out == "of its 200 articles, which bear no dates, 50 are read: half from each end"
    few = read(urlset(*[place(f"{ARTICLE}-{number}") for number in range(50)]))
    assert (len(few.entries), few.left_out) == (50, None)


def test_more_articles_than_are_read_are_said():
    days = [f"2026-11-{day:02}" for day in (10, 15)]
    found = read(urlset(*[place(f"{ARTICLE}-{number}", days[number >= 100]) for number in range(600)]))
    assert len(found.entries) == 500
    assert {int(entry.url.rpartition("-")[2]) for entry in found.entries} == set(range(100, 600))
    assert found.left_out == "the newest 500 of its 600 recent articles are read"


ROOT = Fetched(url="https://w.example/index.xml", final_url="https://w.example/index.xml", body=b"")
PART = Fetched(url="https://w.example/posts.xml", final_url="https://w.example/posts.xml", body=b"x")
GONE = FetchFailed(url="https://w.example/2.xml", kind=FailureKind.SOFT, reason="404 Not Found", status=404)
LISTED = ParsedFeed(title="W", entries=(Entry(id=ARTICLE, url=ARTICLE, title="", summary=""),))


@pytest.mark.parametrize(
    "parts, left_out, expected",
    [
        pytest.param([(PART, LISTED)], None, None, id="all of it"),
        pytest.param(
            [(PART, LISTED)], "1 of its 9 sitemaps are read", "1 of its 9 sitemaps are read", id="not all"
        ),
        pytest.param(
            [(PART, LISTED), (GONE, None)],
            None,
            "1 of them could not be read: 404 Not Found",
            id="one that is gone",
        ),
        pytest.param(
            [(PART, LISTED), (PART, SitemapIndex(parts=()))],
            "2 of its 3 sitemaps are read",
            "2 of its 3 sitemaps are read; 1 of them could not be read: it is an index of its own: name it instead of "
            "this one",
            id="an index in an index",
        ),
    ],
)
def test_what_of_an_index_is_not_read_is_said(parts, left_out, expected):
    named = {str(number): part for number, part in enumerate(parts)}
    _, read_whole = whole_of(ROOT, SitemapIndex(parts=tuple(named), left_out=left_out), named)
    assert read_whole == replace(LISTED, left_out=expected)


def test_an_index_of_which_nothing_can_be_read_says_why():
    _, failed = whole_of(ROOT, SitemapIndex(parts=("1",)), {"1": (PART, SitemapIndex(parts=()))})
    assert failed == ParseFailed(
        reason="none of its sitemaps could be read: it is an index of its own: name it instead of this one"
    )


def test_parts_are_joined_once_each():
    one, two = (read(urlset(place(ARTICLE, day))) for day in ("2026-11-15", "2026-11-14"))
    assert len(joined([one, two]).entries) == 1
    assert joined([]).entries == ()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(gzip.compress(urlset(place(ARTICLE, "2026-11-15")).encode()), id="gzipped"),
        pytest.param(urlset(place(ARTICLE, "2026-11-15")).encode()[:-20], id="cut short"),
        pytest.param(
            urlset(place(ARTICLE, "2026-11-15"), place(ARTICLE, "2026-11-14")).encode(), id="named twice"
        ),
        pytest.param(
            urlset(place(ARTICLE, "2026-11-15")).replace(f" {NAMESPACES}", "").encode(),
            id="without a namespace",
        ),
        pytest.param(
            urlset(place(ARTICLE, "2026-11-15"))
            .replace("<urlset", '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset')
            .encode(),
            id="with a document type",
        ),
    ],
)
def test_what_can_be_read_is_read(body):
    assert [entry.url for entry in read(body).entries] == [ARTICLE]


def test_an_external_entity_is_not_followed():
    body = urlset(place(ARTICLE, inside=news("a &x; b", "2026-11-15"))).replace(
        "<urlset", '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset'
    )
    assert "root:" not in repr(read(body))


@pytest.mark.parametrize(
    "body, reason",
    [
        pytest.param(b"", "not a sitemap", id="nothing"),
        pytest.param("<!doctype html><html><body>No</body></html>", "not a sitemap", id="a page"),
        pytest.param("<rss version='2.0'/>", "not a sitemap", id="a feed"),
        pytest.param(
            gzip.compress(bytes(20_000_001), 1),
            "a sitemap that is larger than 20 MB, or than 100 times what it is packed",
            id="a bomb",
        ),
        pytest.param(b"\x1f\x8bnone", "a sitemap that is compressed, and damaged", id="gzip that is none"),
    ],
)
def test_no_sitemap(body, reason):
    assert read(body) == ParseFailed(reason=reason)


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f'<!DOCTYPE u [<!ENTITY l0 "lol">{ENTITIES}]><urlset><url><loc>&l9;</loc></url>', id="entity bomb"
        ),
        pytest.param("<urlset>" + "<url>" * 100_000, id="100,000 deep"),
        pytest.param(
            urlset(*[place(f"{ARTICLE}/{n}", "2026-11-15") for n in range(5_000)]), id="5,000 addresses"
        ),
    ],
)
@pytest.mark.slow
def test_hostile_sitemaps_end_soon(body):
    began = time.process_time()
    assert isinstance(read(body), ParsedFeed | ParseFailed)
    assert time.process_time() - began < 4


fragments = st.sampled_from(
    [
        "<urlset>",
        "<url>",
        "</url>",
        "<loc>",
        "</loc>",
        ARTICLE,
        "<lastmod>",
        "2026-11-15",
        "<sitemapindex>",
        "<sitemap>",
    ]
    + ["http://[", "<news:news>", "&x;", "\x00", "<!DOCTYPE u [", "\x1f\x8b", "</lastmod>"]
)


@settings(max_examples=150)
@given(st.lists(fragments | st.text(max_size=4), max_size=30).map("".join))
@pytest.mark.slow
def test_whatever_is_sent_there_is_an_answer(body):
    assert isinstance(read(body.encode("utf-8", "surrogatepass")), ParsedFeed | SitemapIndex | ParseFailed)
