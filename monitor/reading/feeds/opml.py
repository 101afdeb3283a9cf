"""A list of feeds as OPML 2.0, which every reader of feeds can export and import.

1. Written are the feeds that are on and of kind `feed`: other readers can read neither sitemaps nor pages of links, and
   what is paused here would be on there. They stand in groups by area, in the list's order.
2. Read is every outline that has an address (`xmlUrl`), however deep; the group it stands in is its area. Names of
   attributes are read in any case, since writers differ. Outlines that are commented out are left out.
   A bare `&` in an address, which XML forbids and people write, is taken as meant: lxml's recovery would drop it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from monitor.addresses.quoting import quoted
from monitor.model import ParseFailed
from monitor.reading.markup import one_line
from monitor.settings import Feed, FeedKind

BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of an OPML file."""

    name: str  # "" where it has none
    url: str  # as written
    group: str | None = None


def write_opml(feeds: Sequence[Feed]) -> bytes:
    """The same feeds always give the same bytes, so that two exports can be compared."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = "Topical Issues monitor: feeds"
    body = etree.SubElement(opml, "body")
    groups: dict[str, Any] = {}
    for feed in feeds:
        if not is_written(feed):
            continue
        parent = body
        if feed.area:
            if feed.area not in groups:
                groups[feed.area] = etree.SubElement(body, "outline", text=feed.area, title=feed.area)
            parent = groups[feed.area]
        etree.SubElement(parent, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.url)
    written: bytes = etree.tostring(opml, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def is_written(feed: Feed) -> bool:
    return feed.paused is None and feed.kind is FeedKind.FEED


def read_opml(body: bytes) -> tuple[Outline, ...] | ParseFailed:
    """Every feed of an OPML file, in its order."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(_escaped(body.lstrip()), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag != "opml":
        return ParseFailed(reason="not an OPML file")
    found = (_outline(element) for element in root.iter("outline"))
    return tuple(outline for outline in found if outline is not None)


def _escaped(body: bytes) -> bytes:
    return (
        body if b"\0" in body else BARE_AMPERSAND.sub(b"&amp;", body)
    )  # with zeros it is UTF-16, and left alone


def _outline(element: Any) -> Outline | None:
    given = {name.lower(): one_line(value) for name, value in element.attrib.items()}
    url = quoted(given.get("xmlurl", "")) or ""
    if not url or given.get("iscomment") == "true":
        return None
    around = element.getparent()
    group = one_line(around.get("title") or around.get("text") or "") if around.tag == "outline" else ""
    return Outline(name=given.get("title") or given.get("text") or "", url=url, group=group or None)
