"""A list of feeds as OPML 2.0, which every reader of feeds can export and import.

1. Written are the feeds that are on and of kind `feed`: other readers can read neither sitemaps nor pages of links, and
   what is paused here would be on there. They stand in groups by area, in the list's order.
2. Read is every outline that has an address (`xmlUrl`), however deep; the group it stands in is its area. Names of
   elements and attributes are read in any case, since writers differ. Outlines that are commented out are left out.
3. Lists are also written by hand, so no XML parser reads them: its recovery would drop a bare `&`, and with it half an
   address, or a whole outline for a quote in a name. A bare `&` is taken as meant, an address that was escaped twice is
   decoded, `feed:` is http. An outline of whose address nobody can be sure says so, with its line.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from monitor.addresses.quoting import quoted
from monitor.model import ParseFailed
from monitor.reading.letters import decoded
from monitor.reading.markup import one_line, plain
from monitor.reading.packed import Sealed, unpacked
from monitor.settings import Feed, FeedKind

MOST_BYTES = 20_000_000
FEED_KINDS = frozenset(("rss", "atom", "feed", "rss1", "rss2"))
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
ROOT = re.compile(r"<opml\b", re.IGNORECASE)
END = re.compile(r"</opml\s*>", re.IGNORECASE)

# Between the end of a tag and the next `<` there are only blanks, so a tag ends at the last `>` before that, whatever
# quotes and brackets stand in it.
OUTLINE = re.compile(
    r"<(?:/(?P<ends>outline)\s*>|outline\b(?:(?P<whole>[^<]*?)>\s*(?=<|\Z)|(?P<broken>[^<]*)))", re.IGNORECASE
)

# A quote ends a value where another attribute or the tag's end comes after it: `text="Kennet "Wire""`.
ATTRIBUTE = re.compile(
    r"""(?<![\w:.-])([\w:.-]++)\s*=\s*(?:"""
    r""""([^"]*+(?:"(?!\s*(?:/?\s*\Z|[\w:.-]+\s*=))[^"]*+)*)"|"""
    r"""'([^']*+(?:'(?!\s*(?:/?\s*\Z|[\w:.-]+\s*=))[^']*+)*)'|([^\s"'>]+))"""
)
KNOWN = re.compile(r"&(?=(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
DOUBTFUL = re.compile(
    r"&(?:amp(?![\w;=])|#[0-9]+(?![0-9;])|#[xX][0-9a-fA-F]+(?![0-9a-fA-F;])|(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]+;)"
)
FEED_SCHEME = re.compile(r"^feeds?:(?://)?(https?://)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of an OPML file."""

    name: str  # "" where it has none
    url: str  # as meant
    group: str | None = None
    line: int = 0  # of the file, from 1
    trouble: str | None = None  # why it is not to be imported: nobody can be sure of its address


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
    content = unpacked(body, MOST_BYTES)
    text = "" if isinstance(content, Sealed) else COMMENT.sub(_blank_lines, decoded(content))
    if ROOT.search(text) is None:
        return ParseFailed(reason="not an OPML file")
    return tuple(_outlines(text))


def _outlines(text: str) -> Iterator[Outline]:
    groups: list[str] = []
    line, at = 1, 0
    for tag in OUTLINE.finditer(text):
        line += text.count("\n", at, tag.start())
        at = tag.start()
        if tag["ends"]:
            del groups[-1:]
            continue
        given, trouble = _attributes(tag["whole"] or tag["broken"] or "")
        if tag["whole"] is None:
            trouble = "its outline breaks off: a `<` in it is written `&lt;`"
        outline = _outline(given, trouble, line, groups[-1] if groups else "")
        if outline is not None:
            yield outline
        if not (tag["whole"] or "/").rstrip().endswith("/"):
            groups.append(_name(given))
    if END.search(text) is None:
        trouble = "the file breaks off here, so what came after is not known"
        yield Outline(name="", url="", line=text.count("\n") + 1, trouble=trouble)


def _attributes(written: str) -> tuple[dict[str, str], str | None]:
    """Attributes by their names in small letters, as written; and what is wrong with how they are written."""
    given: dict[str, str] = {}
    trouble, at = None, 0
    for found in ATTRIBUTE.finditer(written):
        if written[at : found.start()].strip(" \t\r\n/"):
            trouble = "its attributes cannot be told apart"
        at = found.end()
        name, value = found[1].lower(), next(value for value in found.groups()[1:] if value is not None)
        if given.setdefault(name, value) != value and name == "xmlurl":
            trouble = "it has two addresses"
    if written[at:].strip(" \t\r\n/"):
        trouble = "its attributes cannot be told apart"
    return given, trouble


def _outline(given: dict[str, str], trouble: str | None, line: int, group: str) -> Outline | None:
    """The feed of an outline; None where it is none. One that cannot be read for sure says why."""
    if given.get("iscomment", "").lower() == "true":
        return None
    written = given.get("xmlurl", "")
    url, doubt = _address(written)
    if not url and not trouble and given.get("type", "").lower() not in FEED_KINDS:
        return None  # a folder, a link, a list of another
    trouble = trouble or doubt or (None if url else "it has no address (xmlUrl)")
    return Outline(name=_name(given), url=url, group=group or None, line=line, trouble=trouble)


def _address(written: str) -> tuple[str, str | None]:
    """The address that an attribute means, and what makes it doubtful."""
    meant = html.unescape(KNOWN.sub(_kept, written).replace("&", "&amp;").replace("\0", "&"))
    while "&amp;" in meant:  # escaped twice
        meant = meant.replace("&amp;", "&")
    url = FEED_SCHEME.sub(lambda scheme: scheme[1] or "http://", one_line(meant))
    clean = quoted(url) or ""
    if DOUBTFUL.search(written):
        return clean, "a sign in its address is written in a way that XML does not know"
    if re.search(r"[\s\"'<>]", url):
        return clean, "its address has a blank, a quote or a bracket in it"
    if url and not clean:
        return clean, "its address is none"
    return clean, None


def _kept(reference: re.Match[str]) -> str:
    return f"\0{reference.group()[1:]}"


def _name(given: dict[str, str]) -> str:
    return plain(given.get("title", "")) or plain(given.get("text", ""))


def _blank_lines(comment: re.Match[str]) -> str:
    return "\n" * comment.group().count("\n")
