"""No text takes longer than its length: ten times as much takes some ten times as long, whatever is in it."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from growth import grows_with_its_length
from lxml.html import document_fromstring

from monitor.addresses.quoting import quoted
from monitor.lengths import shortened, shortened_text
from monitor.reading.feeds.links import feed_links
from monitor.reading.feeds.listing import parse_listing
from monitor.reading.feeds.newest import newest_entries
from monitor.reading.feeds.opml import read_opml
from monitor.reading.feeds.own import only_own
from monitor.reading.feeds.parse import parse
from monitor.reading.feeds.sitemap import parse_sitemap
from monitor.reading.feeds.sitemap_index import Named, best_parts
from monitor.reading.letters import decoded
from monitor.reading.markup import paragraphs
from monitor.reading.packed import unpacked
from monitor.reading.pages.days import page_days
from monitor.reading.pages.written import address_day, written_day
from monitor.terminal import printable
from monitor.text import sentences

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://courier.example/"


def entry(text: str) -> bytes:
    item = f"<item><title>A</title><link>{URL}1</link><description>{text}</description></item>"
    return f"<rss version='2.0'><channel><title>Courier</title>{item}</channel></rss>".encode()


def titled(text: str) -> bytes:
    item = f"<item><title>{text}</title><link>{URL}1</link></item>"
    return f"<rss version='2.0'><channel><title>Courier</title>{item}</channel></rss>".encode()


def atom(attributes: str) -> bytes:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><entry {attributes}><title>A</title>"
        f"<link href='{URL}1'/></entry></feed>"
    ).encode()


def feed(body: bytes) -> object:
    return parse(body, None, URL, SEEN)


def days(head: str = "", under: str = "") -> object:
    body = f"<html><head><title>A</title>{head}</head><body><h1>A</h1>{under}<p>A story.</p></body></html>"
    return page_days(document_fromstring(body), URL, SEEN)


def sitemap(inner: str) -> bytes:
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</urlset>".encode()


GROWING: dict[str, tuple[int, Callable[[int], object]]] = {
    "markup: an open tag": (2_000, lambda n: paragraphs("<" + "a" * n)),
    "markup: many open tags": (2_000, lambda n: paragraphs("<a " * n)),
    "markup: an escaped tag": (2_000, lambda n: paragraphs("&lt;" + "a" * n)),
    "markup: blanks and blocks": (1_000, lambda n: paragraphs(" " * 10 * n + "<p>" * n)),
    "markup: inline tags": (1_000, lambda n: paragraphs("a<b>" * n)),
    "markup: comments": (1_000, lambda n: paragraphs("<!-" * n + "<p>")),
    "markup: scripts that do not end": (1_000, lambda n: paragraphs("<script>" + "</script " * n)),
    "markup: ampersands": (5_000, lambda n: paragraphs("&" * n + "<p>")),
    "feed: a description with an escaped tag": (4_000, lambda n: feed(entry("&amp;lt;" + "a" * n))),
    "feed: appeared first on": (500, lambda n: feed(entry("The post a" + " appeared first on b" * n))),
    "feed: a title of ampersands": (500, lambda n: feed(titled("&" * n))),
    "feed: a title of escaped ampersands": (2_000, lambda n: feed(titled("&amp;" * n))),
    "feed: attributes": (400, lambda n: feed(atom(" ".join(f"a{i}='1'" for i in range(n))))),
    "feed: a source in a title": (500, lambda n: feed(entry("a - " * n))),
    "sitemap: elements of no use": (2_000, lambda n: parse_sitemap(sitemap("<a/>" * n), URL, SEEN)),
    "sitemap: elements in an address": (
        2_000,
        lambda n: parse_sitemap(sitemap(f"<url>{'<a/>' * n}</url>"), URL, SEEN),
    ),
    "sitemap: addresses": (
        300,
        lambda n: parse_sitemap(sitemap(f"<url><loc>{URL}news/1</loc></url>" * n), URL, SEEN),
    ),
    "listing: links": (200, lambda n: parse_listing(f"<a href='/news/a-{n}'>A</a>".encode() * n, None, URL)),
    "listing: open tags": (500, lambda n: parse_listing(b"<a href='" * n, None, URL)),
    "feed: pictures that do not end": (
        1_000,
        lambda n: only_own(b"<item><title/>" + b"<media:group><x>" * n),
    ),
    "feed: entries without an end": (1_000, lambda n: only_own(b"<item>" * n)),
    "feed: dates that do not end": (1_000, lambda n: newest_entries(b"<item><date " * n, 500, SEEN)),
    "letters: quotes cut short": (2_000, lambda n: decoded(b"\xe2\x80" * n)),
    "letters: Windows'": (2_000, lambda n: decoded(b"\xa3" * n)),
    "packed: files without end": (1_000, lambda n: unpacked(gzip.compress(b"") * n, 1_000)),
    "links: feeds": (200, lambda n: feed_links(b"<link rel=alternate type=text/xml href=/a>" * n, URL)),
    "sitemap: parts": (
        200,
        lambda n: best_parts([Named(f"{URL}post-{k}.xml", None) for k in range(n)], SEEN),
    ),
    "markup: entities escaped twice": (1_000, lambda n: paragraphs("&amp;#" * n + "&amp;lt;b" * n)),
    "OPML: quotes": (1_000, lambda n: read_opml(b"<opml><outline text=" + b'"a ' * n + b">")),
    "OPML: outlines that do not end": (500, lambda n: read_opml(b"<opml>" + b"<outline " * n)),
    "OPML: a long name": (2_000, lambda n: read_opml(b"<opml><outline " + b"a" * n + b">")),
    "OPML: ampersands": (2_000, lambda n: read_opml(b"<opml>" + b"&" * n + b"</opml>")),
    "days: times": (500, lambda n: days(under="<time datetime='2024-03-01'>x</time>" * n)),
    "days: nested times": (50, lambda n: days(under="<div><time>" * min(n, 200))),
    "days: meta": (
        500,
        lambda n: days(head="<meta property='article:published_time' content='2024-03-01'>" * n),
    ),
    "days: marked": (500, lambda n: days(under="<b itemprop='datePublished'>1 May 2024</b>" * n)),
    "days: JSON-LD": (
        300,
        lambda n: days(head=f"<script type='application/ld+json'>[{'{},' * n}{{}}]</script>"),
    ),
    "days: broken JSON-LD": (
        500,
        lambda n: days(head="<script type='application/ld+json'>" + '"datePublished" :' * n + "</script>"),
    ),
    "days: nested JSON-LD": (
        500,
        lambda n: days(head=f"<script type='application/ld+json'>{'[' * n}{']' * n}</script>"),
    ),
    "days: a dateline without end": (2_000, lambda n: days(under=f"<p class='date'>{'1 ' * n}</p>")),
    "written: figures": (5_000, lambda n: written_day("1/1/" * n, SEEN.date())),
    "address: figures": (5_000, lambda n: address_day("https://a.example" + "/2024/03" * n, SEEN.date())),
    "address: control signs": (5_000, lambda n: quoted("https://a.example/" + "\x1b" * n)),
    "terminal: control signs": (2_000, lambda n: printable("\x1b" * n)),
    "lengths: a text": (5_000, lambda n: shortened("a " * n, 500)),
    "lengths: paragraphs": (5_000, lambda n: shortened_text(("a",) * n)),
    "sentences: full stops": (2_000, lambda n: list(sentences("." * n))),
}


@pytest.mark.parametrize("name", GROWING)
def test_ten_times_as_much_takes_ten_times_as_long(name):
    size, work = GROWING[name]
    assert grows_with_its_length(work, size)


def test_a_packed_sitemap_gives_no_more_than_real_ones_do():
    body = gzip.compress(sitemap("<a/>" * 5_000_000))
    assert len(body) < 100_000
    found = parse_sitemap(body, URL, SEEN)
    assert found.reason == "a sitemap that is larger than 20 MB, or than 100 times what it is packed"
