"""No text takes longer than its length: ten times as much takes some ten times as long, whatever is in it."""

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

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
from monitor.text import sentences

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://courier.example/"
LINEAR = (
    30  # times as long for ten times as much; ten, and what a busy machine adds. A square would be a hundred.
)


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
    "sentences: full stops": (2_000, lambda n: list(sentences("." * n))),
}


def seconds(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return time.process_time() - begun


@pytest.mark.parametrize("name", GROWING)
def test_ten_times_as_much_takes_ten_times_as_long(name):
    size, work = GROWING[name]
    work(size)
    while (short := min(seconds(work, size) for _ in range(3))) < 0.002 and size < 200_000:
        size *= 2
    long = min(seconds(work, 10 * size) for _ in range(2))
    assert long < LINEAR * max(short, 0.002)


def test_a_packed_sitemap_gives_no_more_than_real_ones_do():
    body = gzip.compress(sitemap("<a/>" * 5_000_000))
    assert len(body) < 100_000
    found = parse_sitemap(body, URL, SEEN)
    assert found.reason == "a sitemap that is larger than 20 MB, or than 100 times what it is packed"
