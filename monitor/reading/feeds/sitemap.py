"""A sitemap to entries: how an outlet without a feed tells search engines what is new (sitemaps.org 0.9).

1. A sitemap may be gzipped (`sitemap.xml.gz`); it is decompressed up to 20 MB, and up to a hundred times its size
   (real ones give ten to twenty; one of 19 kB that gave 20 MB took 8 s and 648 MB). It is read element by element,
   without entities, DTDs or the network; what is broken off gives what can be read. A page's address, day and
   headline are the element's own: pictures, films and other languages in it have theirs.
2. A *news sitemap* (Google's `news:` elements) names each article with its title and the time of its publication: an
   entry as a feed's. It holds two days of articles.
3. A *plain sitemap* names every page of the site. Of these, an article is one whose address looks like one
   (`shape.py`) and whose `lastmod` is within seven days; not one whose address bears an older day than 60 days.
   `lastmod` is the day of any change, so it is not believed as the day of publication; the page says that. Without
   it the day in an address says what is recent. Where no article bears either, fifty are read, half from each end
   (of these the page says how old they are); beside others that do, one without cannot be told to be new, and that
   is said.
4. A *sitemap index* names sitemaps; which of them are read says `sitemap_index.py`.
5. Newest first; the first 500 are read, as of a feed, and what is left out is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from monitor.addresses.quoting import quoted
from monitor.lengths import LONGEST_TITLE, shortened
from monitor.model import Entry, Fetched, FetchFailed, FetchResult, ParsedFeed, ParseFailed
from monitor.reading.feeds.newest import EARLIEST, FURTHEST, MOST_ENTRIES, OLDEST
from monitor.reading.feeds.shape import shape
from monitor.reading.feeds.sitemap_index import Named, best_parts
from monitor.reading.letters import decoded
from monitor.reading.markup import one_line, plain
from monitor.reading.packed import Sealed, unpacked
from monitor.reading.urls import host

MOST_BYTES = 20_000_000  # after decompression
MOST_TIMES, SURELY_FINE = 100, 1_000_000  # times its size, unless it stays below so many bytes
RECENT = timedelta(days=7)
MOST_UNDATED = 50
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """A sitemap of sitemaps."""

    parts: tuple[str, ...]  # the addresses worth reading, best first
    left_out: str | None = None  # what is said of the others of their kind


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
    text = _readable(body)
    if isinstance(text, ParseFailed):
        return text
    is_index, is_sitemap, places = False, False, []
    for name, place in _places(text, final_url):
        is_index |= name in ("sitemapindex", "sitemap")
        is_sitemap |= name in ("urlset", "url")
        if place is not None and host(place.address):
            places.append(place)
    if is_index:
        return _index(places, seen)
    if not is_sitemap:
        return ParseFailed(reason="not a sitemap")
    return _sitemap(places, final_url, seen)


def _index(places: Sequence[_Place], seen: datetime) -> SitemapIndex | ParseFailed:
    parts, left_out = best_parts([Named(place.address, place.changed) for place in places], seen)
    if places and not parts:
        return ParseFailed(reason="an index of sitemaps, none of them of articles")
    return SitemapIndex(parts=parts, left_out=left_out)


def _sitemap(places: Sequence[_Place], final_url: str, seen: datetime) -> ParsedFeed:
    found = {entry.id: (moment, entry) for place in places for moment, entry in _entry(place, seen)}
    newest = [entry for _, entry in sorted(found.values(), key=lambda one: one[0], reverse=True)]
    undated = {place.address: _named(place, None) for place in places if _is_undated(place)}
    said = []
    if len(newest) > MOST_ENTRIES:
        said.append(f"the newest {MOST_ENTRIES} of its {len(newest):,} recent articles are read")
    if undated and len(undated) == sum(_is_article(place) for place in places):
        newest, left_out = _ends(list(undated.values()))
        said += left_out
    elif undated:
        said.append(
            f"{len(undated):,} of its articles bear no date, so that none of them can be told to be new"
        )
    return ParsedFeed(
        title=host(final_url), entries=tuple(newest[:MOST_ENTRIES]), left_out="; ".join(said) or None
    )


def _ends(entries: list[Entry]) -> tuple[list[Entry], list[str]]:
    """Of articles that bear no date those at both ends: sitemaps grow at one of them, and nothing says at which."""
    if len(entries) <= MOST_UNDATED:
        return entries, []
    half = MOST_UNDATED // 2
    return [*entries[:half], *entries[-half:]], [
        f"of its {len(entries):,} articles, which bear no dates, {MOST_UNDATED} are read: half from each end"
    ]


def joined(parts: Iterable[ParsedFeed]) -> ParsedFeed:
    """The parts of an index as one; an address that stands in two counts once."""
    parts = tuple(parts)
    entries = {entry.id: entry for part in parts for entry in part.entries}
    said = [part.left_out for part in parts if part.left_out]
    if len(entries) > MOST_ENTRIES:
        said.append(f"{MOST_ENTRIES} of its {len(entries):,} recent articles are read")
    return ParsedFeed(
        title=parts[0].title if parts else "",
        entries=tuple(entries.values())[:MOST_ENTRIES],
        left_out="; ".join(dict.fromkeys(said)) or None,
    )


def _readable(body: bytes) -> bytes | ParseFailed:
    """A sitemap in UTF-8, unpacked, with the `&` that people leave bare in addresses written as XML wants it."""
    most = min(MOST_BYTES, max(SURELY_FINE, MOST_TIMES * len(body)))
    content = unpacked(body, most)
    if isinstance(content, Sealed):
        size = f"larger than {MOST_BYTES / 1_000_000:g} MB, or than {MOST_TIMES} times what it is packed"
        return ParseFailed(reason=f"a sitemap that is {size if content.is_too_large else content.reason}")
    return BARE_AMPERSAND.sub(b"&amp;", decoded(content).encode("utf-8", "replace"))


def _places(text: bytes, base: str) -> Iterator[tuple[str, _Place | None]]:
    """The root's name, then each element that names an address; what is read is let go of."""
    reading = etree.iterparse(
        BytesIO(text),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding="utf-8",
    )
    try:
        for event, element in reading:
            name = _local(element.tag)
            if event == "start":
                if element.getparent() is None:
                    yield name, None
                continue
            if name in ("url", "sitemap"):
                yield name, _place(element, base)
            if name in ("url", "sitemap") or _is_under_root(element):
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def _is_under_root(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _place(element: Any, base: str) -> _Place:
    """What an element says of itself: its own children, not those of the pictures and films in it."""
    own: dict[str, str] = {}
    news = None
    for child in element:
        name = _local(child.tag)
        if name == "news":
            news = child
        elif _space(child.tag) == _space(element.tag):
            own.setdefault(name, _text(child))
    told = {_local(child.tag): _text(child) for child in news.iter()} if news is not None else {}
    return _Place(
        address=_joined_to(base, one_line(own.get("loc", ""))),
        changed=_moment(own.get("lastmod", "")),
        title=shortened(plain(told.get("title", "")), LONGEST_TITLE),
        published=_moment(told.get("publication_date", "")),
        is_news=news is not None,
    )


def _text(element: Any) -> str:
    """Its own text, around comments and whatever else stands in it."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _joined_to(base: str, address: str) -> str:
    try:
        return quoted(urljoin(base, address)) or "" if address else ""
    except ValueError:
        return ""


def _space(tag: object) -> str:
    """A tag's namespace, or the prefix that was never declared."""
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[0] or tag.rpartition(":")[0]


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


def _entry(place: _Place, seen: datetime) -> Iterator[tuple[datetime, Entry]]:
    """The entry of a place with the moment to sort by; nothing for what is no article, or not a recent one."""
    if place.is_news:
        moment = place.published or place.changed
        believed = moment if moment and EARLIEST <= moment <= seen + FURTHEST else None
        yield moment or LONG_AGO, _named(place, believed)
        return
    form = shape(place.address)
    moment = place.changed or _day(form.day, seen)
    if moment is None or not seen - RECENT <= moment <= seen + FURTHEST:
        return
    if form.is_article and not (form.day and form.day < (seen - OLDEST).date()):
        yield moment, _named(place, None)


def _day(day: date | None, seen: datetime) -> datetime | None:
    """The day in an address as a moment; of a month alone the last that it can mean."""
    if day is None:
        return None
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    is_recent_month = day.day == 1 and (seen - RECENT).date().replace(day=1) <= day <= seen.date()
    return seen if is_recent_month else moment


def _is_undated(place: _Place) -> bool:
    return _is_article(place) and place.changed is None and shape(place.address).day is None


def _is_article(place: _Place) -> bool:
    return not place.is_news and shape(place.address).is_article


def _named(place: _Place, published: datetime | None) -> Entry:
    return Entry(id=place.address, url=place.address, title=place.title, summary="", published=published)


def whole_of(
    result: Fetched, index: SitemapIndex, parts: Mapping[str, Part]
) -> tuple[Fetched, ParsedFeed | ParseFailed]:
    """An index with its sitemaps as one answer. Its validators speak for the index alone, so they are not kept."""
    bodies, found, reasons = [], [], []
    for answer, read in (parts[url] for url in index.parts):
        if isinstance(answer, Fetched) and isinstance(read, ParsedFeed):
            bodies.append(answer.body)
            found.append(read)
        else:
            failure = next(
                (one for one in (answer, read) if isinstance(one, FetchFailed | ParseFailed)), None
            )
            reasons.append(
                failure.reason if failure else "it is an index of its own: name it instead of this one"
            )
    whole = replace(result, etag=None, last_modified=None, body=b"".join(bodies))
    if not found:
        why = reasons[-1] if reasons else "it names none"
        return whole, ParseFailed(reason=f"none of its sitemaps could be read: {why}")
    read = joined(found)
    said = [index.left_out, read.left_out]
    if reasons:
        said.append(f"{len(reasons)} of them could not be read: {reasons[-1]}")
    return whole, replace(read, left_out="; ".join(one for one in said if one) or None)
