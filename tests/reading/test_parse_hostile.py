"""Feeds in wrong encodings, broken feeds, and feeds that mean harm."""

import gc
import gzip
import json
import time
import zlib

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


@pytest.mark.parametrize(
    "declared, title",
    [
        pytest.param('<!ENTITY x "&#163;">', "a £ b", id="a character"),
        pytest.param("<!ENTITY x '&#163;5'>", "a £5 b", id="a character and text"),
        pytest.param('<!ENTITY y "&#163;"><!ENTITY x "words">', "a words b", id="two"),
        pytest.param('<!ENTITY y "words"><!ENTITY x "&y;&y;">', "a &x; b", id="of others"),
        pytest.param('<!ENTITY y "words">\n<!ENTITY x "&y;&y;">', "a &x; b", id="of others, each on a line"),
        pytest.param('<!ENTITY x "&x;">', "a &x; b", id="of itself"),
    ],
)
def test_what_a_feed_declares(declared, title):
    body = rss(item(title="a &x; b")).replace("<rss", f"<!DOCTYPE r [{declared}]><rss", 1)
    assert only(body).title == title


def test_a_bomb_of_declarations_is_not_lit():
    began = time.process_time()
    assert only(lol()).title == "&l9;"
    assert time.process_time() - began < 1


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


@settings(max_examples=150)
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


@settings(max_examples=150)
@given(st.lists(json_values | st.dictionaries(names, json_values), max_size=4))
def test_whatever_json_is_sent_there_is_an_answer(items):
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    assert isinstance(read(body), ParsedFeed)


FEED = rss(
    item(title="Chief’s £9m cut", description="The force’s “last” desk will go"),
    item(link="https://example.org/2"),
)


@pytest.mark.parametrize(
    "broken, damaged",
    [
        pytest.param(b"caf\xe9", "caf�", id="a byte of Latin-1"),
        pytest.param(b"its\xe2\x80", "its�", id="a quote that was cut"),
        pytest.param(b"now \x99", "now �", id="the end of a quote"),
    ],
)
def test_one_broken_byte_is_one_damaged_sign(broken, damaged):
    first, second = read(FEED.encode().replace(b" go<", b" go " + broken + b"<")).entries
    assert (first.title, first.summary) == ("Chief’s £9m cut", f"The force’s “last” desk will go {damaged}")
    assert second.title == "T"


def test_entities_that_were_escaped_twice():
    (entry,) = read(
        rss(
            item(
                title="<![CDATA[Chief&amp;#039;s &amp;pound;1m &amp;quot;cut&amp;quot; &amp;amp; desk]]>",
                description="<![CDATA[&lt;p&gt;The force&amp;rsquo;s desk.&lt;/p&gt;]]>",
            )
        )
    ).entries
    assert (entry.title, entry.summary) == ('Chief\'s £1m "cut" & desk', "The force’s desk.")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(gzip.compress(FEED.encode()), id="gzip"),
        pytest.param(zlib.compress(FEED.encode()), id="zlib"),
        pytest.param(gzip.compress(gzip.compress(FEED.encode())), id="gzip twice"),
        pytest.param(gzip.compress(FEED.encode("utf-16")), id="UTF-16 in gzip"),
    ],
)
def test_a_packed_feed_is_read(body):
    assert read(body) == read(FEED)


@pytest.mark.parametrize(
    "body, reason",
    [
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0\0\x03none", "compressed, and damaged", id="damaged"),
        pytest.param(bytes(range(256)), "neither text nor compressed in a way that can be read", id="bytes"),
        pytest.param(gzip.compress(bytes(6_000_000)), "larger than 5 MB", id="a bomb"),
        pytest.param(b"PK\x03\x04", "a ZIP archive", id="ZIP"),
    ],
)
def test_what_cannot_be_unpacked_says_why(body, reason):
    assert read(body) == ParseFailed(reason=reason)


@pytest.mark.parametrize(
    "link",
    [
        "<link>https://example.org/?a=1&b=2&copy=3&section=4</link>",
        "<link>https://example.org/?a=1&amp;b=2&amp;copy=3&amp;section=4</link>",
        "<link><![CDATA[https://example.org/?a=1&b=2&copy=3&section=4]]></link>",
        "<guid>7&8</guid><link>\n https://example.org/?a=1&b=2&amp;copy=3&#38;section=4\n</link>",
        "<atom:link href='https://no.example/?a=1&b'/><link>https://example.org/?a=1&b=2&copy=3&section=4</link>",
    ],
)
def test_a_bare_ampersand_in_a_link_is_meant(link):
    (entry,) = read(rss(f"<item><title>A & B</title>{link}</item>")).entries
    assert (entry.title, entry.url) == ("A & B", "https://example.org/?a=1&b=2&copy=3&section=4")
