"""Feeds in wrong encodings, broken feeds, and feeds that mean harm."""

import gc
import json
import time

import pytest
from feedtext import item, only, read, rss
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.model import ParsedFeed, ParseFailed

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
