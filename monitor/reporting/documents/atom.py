"""An edition as an Atom 1.0 feed of its stories (RFC 4287), for those who would rather be told than look. Pure.

- Ids are tag URIs (RFC 4151) of the monitor's own contact domain and the story's id: the same story has the same id
  in every draft, so a reader shows it once.
- A story's first link is its `alternate`, of which an entry may have one; the others are `related`. A link that is no
  web address is left out, and stands in the summary by name.
- `published` and `updated` are the days of the earliest and the latest link: that a draft was made again changes
  neither. A story without a link has the moment of the draft.
- The summary names outlets and days; the content is the excerpt, as paragraphs.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from monitor.model import Edition, Item, ItemLink
from monitor.reporting.wording import item_name, link_text, one_line, passages, web_address

ATOM = "http://www.w3.org/2005/Atom"
SINCE = "2026"  # RFC 4151 wants a time at which the domain was its owner's; it is part of every id and never changes


def write_atom(edition: Edition, domain: str) -> str:
    """The feed, as UTF-8 text with its XML declaration. `domain` mints the ids: `contact_domain`."""
    header = edition.header
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", f"tag:{domain},{SINCE}:topical-issues")
    _text(feed, "title", one_line(header.title))
    _text(feed, "subtitle", one_line(header.to))
    _text(feed, "updated", _moment(edition.made))
    _text(SubElement(feed, "author"), "name", one_line(header.author))
    _text(feed, "generator", "Topical Issues monitor")
    for item in edition.items:
        _entry(SubElement(feed, "entry"), item, edition.made, domain)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, "unicode") + "\n"


def contact_domain(user_agent: str) -> str:
    """The domain of the contact that feeds.yaml asks for in `network.user_agent`."""
    found = re.search(r"mailto:[^\s@]+@([A-Za-z0-9.-]+)|https?://(?:[^\s/@]*@)?([A-Za-z0-9.-]+)", user_agent)
    return (found[1] or found[2]).strip(".").lower() if found else "localhost"


def _entry(entry: Element, item: Item, made: datetime, domain: str) -> None:
    days = sorted(link.published for link in item.links)
    _text(
        entry, "id", f"tag:{domain},{SINCE}:topical-issues/story/{re.sub('[^A-Za-z0-9_-]', '-', item.story)}"
    )
    _text(entry, "title", one_line(item_name(item)))
    _text(entry, "published", _midnight(days[0]) if days else _moment(made))
    _text(entry, "updated", _midnight(days[-1]) if days else _moment(made))
    for link, address in _addresses(item):
        relation = "related" if entry.find("link") is not None else "alternate"
        SubElement(entry, "link", rel=relation, href=address, title=link_text(link))
    for topic in item.topics:
        SubElement(entry, "category", term=one_line(topic))
    _text(entry, "summary", "; ".join(map(link_text, item.links)) or one_line(item_name(item)))
    if item.excerpt or entry.find("link") is None:  # without a link there must be content (RFC 4287, 4.1.2)
        _text(entry, "content", _as_html(item) or escape(one_line(item_name(item)))).set("type", "html")


def _addresses(item: Item) -> Iterator[tuple[ItemLink, str]]:
    for link in item.links:
        if address := web_address(link.url):
            yield link, address


def _as_html(item: Item) -> str:
    return "".join(
        f"<ul>{''.join(f'<li>{escape(one_line(text))}</li>' for text in passage.paragraphs)}</ul>"
        if passage.bullets
        else "".join(f"<p>{escape(one_line(text))}</p>" for text in passage.paragraphs)
        for passage in passages(item.excerpt)
    )


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = text
    return element


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
