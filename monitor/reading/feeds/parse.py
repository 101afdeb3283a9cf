"""Feed bytes to entries.

1. What is packed is unpacked (`packed.py`), and its letters are what its bytes say (`letters.py`). RSS 0.9x to 2.0, RDF
   and Atom are read by feedparser (plain RSS by `plain_rss.py`, which is quicker), JSON Feed by `json_feed.py`. What
   has no version and no entries is no feed; it is said what it looks like instead. A feed that is broken off or badly
   formed gives what can be read. Only an entry's own elements speak for it (`own.py`).
2. An entry needs a link that is an http(s) address; it is made absolute, and a redirector's gives way to the one
   that it carries. Without a guid the link is the id. The newest 500 entries are read (`newest.py`). Entries that
   share an id or a link are told apart, or are one (`shared.py`).
3. Everything becomes plain text (`markup.py`). `paragraphs` is the feed's own text of the story: its content where it
   gives one, else a summary of several paragraphs. `summary` is the description, or the text's first paragraph.
4. A date is believed up to one day after it was seen, and from 1995 on: feeds have been seen to give next spring, 1970
   and the year 1759. One of more than 60 days ago says that an article is old, which wants some proof: not the first of
   January at midnight, which is how a year alone is written, and no day of the week but its own.
5. Where an aggregator names the outlet, its name is taken off the title's end, and a summary that says no more than
   title and outlet is dropped.
"""

import calendar
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate, parsedate_tz
from time import gmtime, struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser

from monitor.addresses.quoting import quoted
from monitor.addresses.redirectors import unwrapped
from monitor.lengths import LONGEST_NAME, LONGEST_QUOTED, LONGEST_TITLE, shortened, shortened_text
from monitor.model import Entry, ParsedFeed, ParseFailed
from monitor.reading.feeds.json_feed import read_json
from monitor.reading.feeds.newest import EARLIEST, FURTHEST, MOST_ENTRIES, OLDEST, newest_entries
from monitor.reading.feeds.own import only_own
from monitor.reading.feeds.plain_rss import Found, read_plain_rss
from monitor.reading.feeds.shared import told_apart
from monitor.reading.letters import decoded
from monitor.reading.markup import one_line, paragraphs, plain, without_name
from monitor.reading.packed import Sealed, is_text, unpacked
from monitor.reading.pages.furniture import without_pointer
from monitor.reading.urls import host, site_name

MOST_BYTES = 5_000_000  # unpacked; the largest feed seen in the wild was 2.6 MB with 500 full texts
A_PAGE = "an HTML page, not a feed"
UNREADABLE = "neither text nor compressed in a way that can be read"

# feedparser needs some 70 µs an element, well formed or not; 500 entries of a generous feed have 20,000.
MOST_ELEMENTS = 60_000

# Each format has one of these, with or without a prefix; without any, there is nothing for feedparser to look at.
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
PAGE = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)
ELEMENT = re.compile(rb"<[a-zA-Z]")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# What an XML 1.0 document may not hold; feedparser's strict parser stops at the first of them.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))

# Broken systems write an emoji as two halves (`&#55357;&#56832;`), and feedparser raises at the first.
CHARACTER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")

# feedparser leaves out what is declared by way of others, but knows a declaration only where it begins a line: behind
# another it stayed, and `&l9;` of a bomb became a million signs in 4 s.
DECLARATION = re.compile(rb"<!(?=DOCTYPE|ENTITY)")
BY_ANOTHER = re.compile(rb"&(?!#)")

LINK = re.compile(rb"<(?:\w+:)?(?:link|guid|origLink)\b[^<>]*>[^<]*", re.IGNORECASE)
BARE_AMPERSAND = re.compile(rb"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")

# feedparser's time grows with the square of an element's attributes: 20,000 took 3.7 s.
LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{2000,}+")
MOST_ATTRIBUTES = 500

# What WordPress adds to every entry's text. No expression: with two of `.+`, a text of such phrases took 5 s.
APPEARED_FIRST = (" appeared first on ", " first appeared on ")


def parse(body: bytes, content_type: str | None, final_url: str, seen: datetime) -> ParsedFeed | ParseFailed:
    """The feed in a body as fetched from `final_url`, with what the server called it; `seen` is now."""
    content = unpacked(body, MOST_BYTES)
    if isinstance(content, Sealed):
        return ParseFailed(reason=content.reason)
    if (
        PAGE.match(content) and FEED.search(content) is None
    ):  # as nearly all that is no feed: not decoded to see it
        return ParseFailed(reason=A_PAGE)
    body = _readable(content, content_type)
    if body[:1] in (b"{", b"["):
        return _of_json(body, final_url, seen)
    if FEED.search(body) is None:
        return ParseFailed(reason=_looks_like(body) if is_text(content) else UNREADABLE)
    body, left_out = newest_entries(body, MOST_ENTRIES, seen + FURTHEST)
    if len(ELEMENT.findall(body)) > MOST_ELEMENTS:
        return ParseFailed(reason=f"more than {MOST_ELEMENTS:,} elements: no feed has so many")
    if any(tag.group().count(b"=") > MOST_ATTRIBUTES for tag in LONG_TAG.finditer(body)):
        return ParseFailed(reason=f"an element with more than {MOST_ATTRIBUTES} attributes")
    read = read_plain_rss(body, MOST_ENTRIES) or _read_any(body, final_url)
    if read is None:
        return ParseFailed(reason=_looks_like(body))
    title, found = read
    entries = _entries(found, final_url, seen)
    return ParsedFeed(title=shortened(plain(title), LONGEST_TITLE), entries=entries, left_out=left_out)


def _of_json(body: bytes, final_url: str, seen: datetime) -> ParsedFeed | ParseFailed:
    read = read_json(body, MOST_ENTRIES, seen + FURTHEST)
    if isinstance(read, ParseFailed):
        return read
    title, found, left_out = read
    entries = _entries(found, final_url, seen)
    return ParsedFeed(title=shortened(plain(title), LONGEST_TITLE), entries=entries, left_out=left_out)


def _read_any(body: bytes, final_url: str) -> tuple[str, tuple[Found, ...]] | None:
    """The title and entries of a feed as feedparser reads it; None where it is none."""
    # Of markup only the text is taken, so it is not made safe, and its links are not made absolute. Where the feed is
    # from is told only where its own addresses (`xml:base`) are relative to it. Together it would be half of its time.
    headers = {"content-type": "application/xml; charset=utf-8"}
    if b"xml:base" in body:
        headers["content-location"] = final_url
    document = feedparser.parse(
        # Never a string: feedparser would open it as a file or fetch it.
        io.BytesIO(_declared_by_line(only_own(body))),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not document.get("version") and not document.entries:
        return None
    found = tuple(_of_xml(entry) for entry in document.entries[:MOST_ENTRIES])
    return _text(document.feed.get("title")), found


def _readable(body: bytes, content_type: str | None) -> bytes:
    """The body in UTF-8, from its first character on, without characters that no feed may hold."""
    text = decoded(body, content_type).encode("utf-8", "replace")
    text = text.translate(None, CONTROLS).lstrip()
    if BARE_AMPERSAND.search(text):
        text = LINK.sub(_with_ampersands, text)
    return CHARACTER.sub(_character, text)


def _declared_by_line(body: bytes) -> bytes:
    head = body[: first.start()] if (first := ELEMENT.search(body)) else b""
    if b"<!ENTITY" not in head or not BY_ANOTHER.search(head):
        return body
    return DECLARATION.sub(rb"\n<!", head) + body[len(head) :]


def _with_ampersands(link: re.Match[bytes]) -> bytes:
    """A link in which a bare `&` is written as XML wants it: feedparser would read `&copy=3` as a sign."""
    return BARE_AMPERSAND.sub(b"&amp;", link.group())


def _character(reference: re.Match[bytes]) -> bytes:
    """A character's number as it stands; nothing, where no character has it."""
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip(b"0")
    if len(digits) > 7:
        return b""
    number = int(digits or b"0", 16 if hexadecimal else 10)
    return reference.group() if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else b""


def _looks_like(body: bytes) -> str:
    start = body[:2000].lower()
    if not start:
        return "empty"
    if b"<html" in start or b"<!doctype html" in start:
        return A_PAGE
    if b"<urlset" in start or b"<sitemapindex" in start:
        return "a sitemap, not a feed: give it `kind: sitemap`"
    return "XML, but not a feed" if start.startswith(b"<") else "not XML"


def _entries(found: Iterable[Found], final_url: str, seen: datetime) -> tuple[Entry, ...]:
    links = ((raw, _address(raw.link, final_url)) for raw in found)
    return told_apart(_entry(raw, link, final_url, seen) for raw, link in links if link)


def _entry(found: Found, link: str, final_url: str, seen: datetime) -> Entry:
    source, url = plain(found.source), quoted(unwrapped(link)) or link
    title = plain(found.title)
    if source:
        title = without_name(title, source)
    described, content = _text_of(found.summary), _text_of(found.content)
    summary = shortened((described or content or ("",))[0], LONGEST_QUOTED)
    return Entry(
        id=one_line(found.id) or url,
        url=url,
        title=shortened(title, LONGEST_TITLE),
        summary="" if source and _says_no_more(summary, title, source) else summary,
        paragraphs=shortened_text(content or (described if len(described) > 1 else ())),
        published=_believed(found.date, found.written, seen),
        source=shortened(source, LONGEST_NAME) or None,
        is_passed_on=url != link and _is_passed_on(link, url, final_url),
    )


def _is_passed_on(link: str, url: str, final_url: str) -> bool:
    """Whether a feed hands out links of its own site that lead to another's: an aggregator's do."""
    return site_name(link) == site_name(final_url) != site_name(url)


def _text_of(markup: str) -> tuple[str, ...]:
    return without_pointer([line for line in paragraphs(markup) if not _is_wordpress_line(line)])


def _is_wordpress_line(line: str) -> bool:
    return (
        line.startswith("The post ") and line.endswith(".") and any(words in line for words in APPEARED_FIRST)
    )


def _says_no_more(summary: str, title: str, source: str) -> bool:
    return summary.removeprefix(title).strip(" -–—|") in ("", source)


def _believed(date: datetime | None, written: str, seen: datetime) -> datetime | None:
    if date is None or not EARLIEST <= date <= seen + FURTHEST:
        return None
    if date < seen - OLDEST:
        is_year_alone = (date.month, date.day, date.hour, date.minute, date.second) == (1, 1, 0, 0, 0)
        if is_year_alone or _is_another_weekday(written):
            return None
    return date


def _is_another_weekday(written: str) -> bool:
    """Whether the day of the week stands before a date, as RFC 822 has it, and is another's."""
    named, parsed = written.strip()[:3].title(), parsedate(written)
    if named not in WEEKDAYS or parsed is None:
        return False
    try:
        return datetime(*parsed[:3]).weekday() != WEEKDAYS.index(named)
    except ValueError:  # no such day
        return True


def _address(link: str, base: str) -> str | None:
    """A link as an absolute http(s) address; None where it is not one."""
    link = one_line(link)
    try:
        url = urljoin(base, link) if link else ""
    except ValueError:
        return None
    return quoted(url) if host(url) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# ── RSS, RDF, Atom ──────────────────────────────────────────────────────────────────────────────────────────────


def _of_xml(entry: Any) -> Found:
    given = dict(entry)  # a FeedParserDict answers for keys it has not, and warns while doing so
    contents = [_text(content.get("value")) for content in given.get("content", ())]
    content = max(contents, key=len, default="")
    summary = _text(given.get("summary"))
    return Found(
        id=_text(given.get("id")),
        link=_text(given.get("feedburner_origlink")) or _text(given.get("link")),
        title=_text(given.get("title")),
        summary="" if summary in contents else summary,  # feedparser's copy, where there is only content
        content=content,
        date=_moment(given.get("published_parsed") or given.get("updated_parsed")),
        written=_text(given.get("published")) or _text(given.get("updated")),
        source=_text(given.get("source", {}).get("title")) or _text(given.get("news_source")),
    )


def _moment(parsed: struct_time | None) -> datetime | None:
    """feedparser's times are UTC without saying so; `time.mktime` would take them for the machine's own."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):  # a year beyond any calendar
        return None


def _british_summer_time(text: str) -> struct_time | None:
    """feedparser takes BST for UTC, so that a British summer's story is an hour late."""
    if not re.search(r"\bBST\b", text):
        return None
    moment = parsedate_tz(text.replace("BST", "+0100"))
    return gmtime(mktime_tz(moment)) if moment else None


feedparser.registerDateHandler(_british_summer_time)
