"""What changed since the last draft for the same meeting. Pure.

- Two items are the same story where they share an article: a story's heading and its lead may change, its articles
  stay. So nothing that was only renamed or regrouped counts as new.
- *New*: no item of the last draft shares an article with it, and it is none that the officer added. *Grown*: one does, and there is an article more.
- *Developed*: something has joined a story of an issued report that the last draft did not tell of.
- *Gone*: no item now shares an article with it, and the officer did not drop it: what she dropped stands in a part of
  its own. Why is read from this draft: its articles are outside the window, or
  it is a near miss now, or it was left out, by the rules as they stand or by a decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model import Edition, Item, ItemLink
from monitor.reporting.wording import item_name, link_text, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    heading: str
    links: tuple[str, ...]  # what is new under it, as the report names links


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    heading: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    number: int  # of the draft that this one is compared with
    made: datetime
    new: tuple[str, ...]  # headings
    grown: tuple[Grown, ...]
    developed: tuple[Grown, ...]  # stories of an issued report
    gone: tuple[Gone, ...]


def changes(edition: Edition, before: Edition) -> Changes:
    known = {article for item in before.items for article in _articles(item)}
    now = {article for item in edition.items for article in _articles(item)}
    dropped = {link.article for one in edition.dropped for link in one.links}
    return Changes(
        number=before.number,
        made=before.made,
        new=tuple(
            one_line(item_name(item))
            for item in edition.items
            if item.decided is None and not _articles(item) & known
        ),
        grown=tuple(
            _grown(item, known)
            for item in edition.items
            if _articles(item) & known and not _articles(item) <= known
        ),
        developed=tuple(_developed(edition, before)),
        gone=tuple(
            Gone(heading=one_line(item_name(item)), why=_why_gone(item, edition))
            for item in before.items
            if not _articles(item) & (now | dropped)
        ),
    )


def _articles(item: Item) -> frozenset[str]:
    """What an item is known by: its articles; an item without a link by its story."""
    return frozenset(link.article for link in item.links) or frozenset({f"story {item.story}"})


def _grown(item: Item, known: set[str]) -> Grown:
    fresh = tuple(map(_named, (link for link in item.links if link.article not in known)))
    return Grown(heading=one_line(item_name(item)), links=fresh)


def _developed(edition: Edition, before: Edition) -> Iterator[Grown]:
    told = {link.article for one in before.developments for link in one.links}
    for one in edition.developments:
        if fresh := tuple(_named(link) for link in one.links if link.article not in told):
            yield Grown(heading=one_line(one.heading), links=fresh)


def _named(link: ItemLink) -> str:
    """By outlet and day, as if it were no later one: that it is new is said already."""
    return link_text(replace(link, later=False, text=None))


def _why_gone(item: Item, edition: Edition) -> str:
    if not _articles(item) & set(edition.articles):
        return "outside the time that this draft looks at"
    if {link.url for link in item.links} & {miss.url for miss in edition.near_misses}:
        return "a near miss now"
    return "left out now"
