"""A sitemap to entries: how an outlet without a feed tells search engines what is new (sitemaps.org 0.9).

1. A sitemap may be gzipped (`sitemap.xml.gz`); it is decompressed up to 20 MB, and up to a hundred times its size
   (real ones give ten to twenty; one of 19 kB that gave 20 MB took 8 s and 648 MB). It is read element by element, without
   entities, DTDs or the network; what is broken off gives what can be read.
2. A *news sitemap* (Google's `news:` elements) names each article with its title and the time of its publication: an
   entry as a feed's. It holds two days of articles.
3. A *plain sitemap* names every page of the site. Of these, an article is one whose address looks like one
   (`shape.py`) and whose `lastmod` is within seven days; not one whose address bears an older day than 60 days. `lastmod`
   is the day of any change, so it is not believed as the day of publication; the page says that.
4. A *sitemap index* names sitemaps. At most three are read: those that speak of news or posts before others, of these
   the ones changed last; without dates, the last named, where new sitemaps are added.
5. Newest first; the first 500 are read, as of a feed.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from lxml import etree

from monitor.addresses.quoting import quoted
from monitor.lengths import LONGEST_TITLE, shortened
from monitor.model import Entry, Fetched, FetchFailed, FetchResult, ParsedFeed, ParseFailed
from monitor.reading.feeds.parse import EARLIEST, FURTHEST, MOST_ENTRIES, OLDEST
from monitor.reading.feeds.shape import shape
from monitor.reading.markup import one_line, plain
from monitor.reading.urls import host

MOST_BYTES = 20_000_000  # after decompression
MOST_TIMES, SURELY_FINE = 100, 1_000_000  # times its size, unless it stays below so many bytes
MOST_PARTS = 3
RECENT = timedelta(days=7)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
ABOUT_NEWS = ("news", "post", "article", "stor")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """A sitemap of sitemaps."""

    parts: tuple[str, ...]  # the addresses worth reading, best first; at most MOST_PARTS


Part = tuple[FetchResult, ParsedFeed | SitemapIndex | ParseFailed | None]
"""One of an index's sitemaps: how it was answered, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One `url` or `sitemap` element, as text."""

    address: str
    changed: datetime | None
    title: str = ""
    published: datetime | None = None
    is_news: bool = False


def parse_sitemap(body: bytes, final_url: str, seen: datetime) -> ParsedFeed | SitemapIndex | ParseFailed:
    """The entries of a sitemap as fetched from `final_url`, or the sitemaps of an index; `seen` is now."""
    text = _unzipped(body)
    if text is None:
        return ParseFailed(
            reason=f"a sitemap larger than {MOST_BYTES / 1_000_000:g} MB, or broken or endless gzip"
        )
    is_index, is_sitemap, places = False, False, []
    for name, place in _places(text):
        is_index |= name in ("sitemapindex", "sitemap")
        is_sitemap |= name in ("urlset", "url")
        if place is not None and host(place.address):
            places.append(place)
    if is_index:
        return SitemapIndex(parts=_best_parts(places))
    if not is_sitemap:
        return ParseFailed(reason="not a sitemap")
    entries = [entry for place in places if (entry := _entry(place, seen))]
    return ParsedFeed(title=host(final_url), entries=tuple(entry for _, entry in _newest(entries)))


def joined(parts: Iterable[ParsedFeed]) -> ParsedFeed:
    """The parts of an index as one; an address that stands in two counts once."""
    parts = tuple(parts)
    entries = {entry.id: entry for part in parts for entry in part.entries}
    return ParsedFeed(title=parts[0].title if parts else "", entries=tuple(entries.values())[:MOST_ENTRIES])


def _unzipped(body: bytes) -> bytes | None:
    if not body.startswith(b"\x1f\x8b"):
        return body
    squeezed = zlib.decompressobj(31)
    try:
        most = min(MOST_BYTES, max(SURELY_FINE, MOST_TIMES * len(body)))
        text = squeezed.decompress(body, most)
    except zlib.error:
        return None
    return None if squeezed.unconsumed_tail else text


def _places(text: bytes) -> Iterator[tuple[str, _Place | None]]:
    """The root's name, then each element that names an address; what is read is let go of."""
    reading = etree.iterparse(
        BytesIO(text),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in reading:
            name = _local(element.tag)
            if event == "start":
                if element.getparent() is None:
                    yield name, None
                continue
            if name in ("url", "sitemap"):
                yield name, _place(element)
            if name in ("url", "sitemap") or _is_under_root(element):
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def _is_under_root(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _place(element: Any) -> _Place:
    given: dict[str, str] = {}
    for child in element.iter():
        if child.text:
            given.setdefault(_local(child.tag), child.text)
    news = any(isinstance(child.tag, str) and "sitemap-news" in child.tag for child in element.iter())
    return _Place(
        address=quoted(one_line(given.get("loc", ""))) or "",
        changed=_moment(given.get("lastmod", "")),
        title=shortened(plain(given.get("title", "")), LONGEST_TITLE) if news else "",
        published=_moment(given.get("publication_date", "")),
        is_news=news,
    )


def _local(tag: object) -> str:
    """A tag without its namespace, or without a prefix that was never declared; "" for a comment."""
    return re.split("[}:]", tag)[-1] if isinstance(tag, str) else ""


def _moment(text: str) -> datetime | None:
    """W3C Datetime: a day, or a day and a time with its offset."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _best_parts(places: Iterable[_Place]) -> tuple[str, ...]:
    ranked = sorted(
        enumerate(places),
        key=lambda found: (
            any(
                word in found[1].address.lower().rpartition("//")[2].partition("/")[2] for word in ABOUT_NEWS
            ),
            found[1].changed or LONG_AGO,
            found[0],
        ),
        reverse=True,
    )
    return tuple(dict.fromkeys(place.address for _, place in ranked))[:MOST_PARTS]


def _entry(place: _Place, seen: datetime) -> tuple[datetime, Entry] | None:
    """The entry of a place with the moment to sort by; None for what is no article, or not a recent one."""
    moment = place.published or place.changed
    if place.is_news:
        believed = moment if moment and EARLIEST <= moment <= seen + FURTHEST else None
        return moment or LONG_AGO, _named(place, believed)
    if moment is None or not seen - RECENT <= moment <= seen + FURTHEST:
        return None
    form = shape(place.address)
    if not form.is_article or (form.day and form.day < (seen - OLDEST).date()):
        return None
    return moment, _named(place, None)


def _named(place: _Place, published: datetime | None) -> Entry:
    return Entry(id=place.address, url=place.address, title=place.title, summary="", published=published)


def _newest(entries: list[tuple[datetime, Entry]]) -> list[tuple[datetime, Entry]]:
    once = {entry.id: (moment, entry) for moment, entry in entries}
    return sorted(once.values(), key=lambda found: found[0], reverse=True)[:MOST_ENTRIES]


def whole_of(
    result: Fetched, index: SitemapIndex, parts: Mapping[str, Part]
) -> tuple[Fetched, ParsedFeed | ParseFailed]:
    """An index with its sitemaps as one answer. Its validators speak for the index alone, so they are not kept."""
    bodies, found, reason = [], [], "it names none"
    for answer, read in (parts[url] for url in index.parts):
        if isinstance(answer, Fetched) and isinstance(read, ParsedFeed):
            bodies.append(answer.body)
            found.append(read)
        elif failure := next(
            (one for one in (answer, read) if isinstance(one, FetchFailed | ParseFailed)), None
        ):
            reason = failure.reason
    whole = replace(result, etag=None, last_modified=None, body=b"".join(bodies))
    return whole, joined(found) if found else ParseFailed(
        reason=f"none of its sitemaps could be read: {reason}"
    )
