"""What a search found, as a table for a spreadsheet and as an Atom feed.

- CSV is UTF-8 with a byte order mark, without which Excel takes it for another encoding. What a spreadsheet would take
  for a formula begins with an apostrophe. Where more was found than is in the file, the last line says so.
- Atom (RFC 4287): the id of a story is its article's, so a reader shows it once, whatever search found it.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from monitor.reporting.documents.atom import ATOM, SINCE
from monitor.reporting.wording import LONDON, one_line, web_address

HEAD = (
    "Headline",
    "Outlet",
    "Published",
    "Received",
    "Verdict",
    "Why",
    "In the newest draft",
    "Sentence",
    "Address",
    "Story",
)
_FORMULA = tuple("=+-@＝＋－＠")
MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A story that was found."""

    id: str
    heading: str
    outlet: str
    published: datetime
    received: datetime
    verdict: str
    why: str
    stands: str
    sentence: str
    url: str


def as_csv(rows: Iterable[Row], more: int) -> str:
    """`more`: how many were found and are not in it."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows:
        moments = [f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}" for moment in (row.published, row.received)]
        cells = (
            row.heading,
            row.outlet,
            *moments,
            row.verdict,
            row.why,
            row.stands,
            row.sentence,
            row.url,
            row.id,
        )
        writer.writerow(map(_cell, cells))
    if more:
        writer.writerow(
            [f"… and {more:,} more that were found. Narrow the search for a file that holds them."]
        )
    return MARK + text.getvalue()


def _cell(text: str) -> str:
    """Excel and LibreOffice look behind blanks too."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_atom(rows: Sequence[Row], *, how: str, address: str, page: str, domain: str, now: datetime) -> str:
    """`address`: the feed's own; `page`: the search; `domain` mints the ids."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", f"tag:{domain},{SINCE}:topical-issues/search/{sha256(how.encode()).hexdigest()[:16]}")
    _text(feed, "title", f"Topical Issues: {one_line(how) or 'every story'}")
    _text(feed, "updated", _moment(max((row.received for row in rows), default=now)))
    SubElement(feed, "link", rel="self", href=address, type="application/atom+xml")
    SubElement(feed, "link", rel="alternate", href=page, type="text/html")
    _text(SubElement(feed, "author"), "name", "Topical Issues monitor")
    for row in rows:
        _entry(SubElement(feed, "entry"), row, domain)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, "unicode") + "\n"


def _entry(entry: Element, row: Row, domain: str) -> None:
    digest = sha256(row.id.encode()).hexdigest()[:32]
    _text(entry, "id", f"tag:{domain},{SINCE}:topical-issues/article/{digest}")
    _text(entry, "title", one_line(row.heading) or "A story without a headline")
    _text(entry, "published", _moment(row.published))
    _text(entry, "updated", _moment(row.received))
    if address := web_address(row.url):
        SubElement(entry, "link", rel="alternate", href=address, title=one_line(row.outlet))
    _text(SubElement(entry, "author"), "name", one_line(row.outlet) or "unknown")
    if row.verdict:
        SubElement(entry, "category", term=row.verdict)
    _text(entry, "summary", one_line(row.sentence))
    if not address:  # without a link there must be content (RFC 4287, 4.1.2)
        _text(entry, "content", one_line(row.sentence) or one_line(row.heading))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
