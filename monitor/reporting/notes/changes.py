"""What changed since the last draft for the same meeting. Pure.

- Two items are the same story where they share an article: a story's heading and its lead may change, its articles
  stay. So nothing that was only renamed or regrouped counts as new.
- *New*: no item of the last draft shares an article with it, and it is none that the officer put in by editing. One that
  she *took in* is said to be that; one that stood among the further stories says so.
- *Waiting*: a new further story that weighs more than the lightest that the officer left in the report. What she left
  keeps its place, so that a weightier one comes in by her word alone: she has to hear of it first.
- *Grown*: an item of the last draft shares an article with it, and there is an article more.
- *Developed*: something has joined a story of an issued report that the last draft did not tell of.
- *No longer in the report*: it is a further story now, for others weigh more; which came before it is named.
- *Gone*: no story that is in shares an article with it, and the officer did not drop it. Why is read from this draft:
  its articles are outside the window, or it is a near miss now, or it was left out.
- *Dropped*: what the last draft did not count as dropped. So each is named once, and not every week.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model import Edition, Item, ItemLink
from monitor.reporting.wording import item_name, link_text, one_line

MOST_NAMED = 3  # stories that came before another


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
    taken: tuple[str, ...]  # headings
    risen: tuple[str, ...]  # headings: they were among the further stories
    waiting: tuple[str, ...]  # headings of new further stories, the weightiest first
    grown: tuple[Grown, ...]
    developed: tuple[Grown, ...]  # stories of an issued report
    fallen: tuple[Gone, ...]  # they are among the further stories
    gone: tuple[Gone, ...]
    dropped: tuple[str, ...]  # headings


def changes(edition: Edition, before: Edition) -> Changes:
    known, further = _all(before.items), _all(before.further)
    now, still = _all(edition.items), _all(edition.further)
    dropped = {link.article for one in edition.dropped for link in one.links}
    dropped |= {article for one in edition.later for article in one.articles}
    fresh = [item for item in edition.items if not _articles(item) & known]
    by_rules = [item for item in fresh if item.decided is None]
    left = [item for item in before.items if not _articles(item) & (now | dropped)]
    return Changes(
        number=before.number,
        made=before.made,
        new=_names(item for item in by_rules if not _articles(item) & further),
        taken=_names(item for item in fresh if item.taken),
        risen=_names(item for item in by_rules if _articles(item) & further),
        waiting=_names(_waiting(edition, known | further)),
        grown=tuple(
            _grown(item, known)
            for item in edition.items
            if _articles(item) & known and not _articles(item) <= known
        ),
        developed=tuple(_developed(edition, before)),
        fallen=tuple(
            Gone(heading=one_line(item_name(item)), why=_why_fallen(item, edition, fresh))
            for item in left
            if _articles(item) & still
        ),
        gone=tuple(
            Gone(heading=one_line(item_name(item)), why=_why_gone(item, edition))
            for item in left
            if not _articles(item) & still
        ),
        dropped=_newly_dropped(edition, before),
    )


def _articles(item: Item) -> frozenset[str]:
    """What an item is known by: its articles; an item without a link by its story."""
    return frozenset(link.article for link in item.links) or frozenset({f"story {item.story}"})


def _all(items: Iterable[Item]) -> set[str]:
    return {article for item in items for article in _articles(item)}


def _names(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(one_line(item_name(item)) for item in items)


def _waiting(edition: Edition, known: set[str]) -> list[Item]:
    left = [item.points for item in edition.items if item.decided is not None]
    new = [
        item for item in edition.further if left and item.points > min(left) and not _articles(item) & known
    ]
    return sorted(new, key=lambda item: -item.points)[:MOST_NAMED]


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


def _why_fallen(item: Item, edition: Edition, fresh: Iterable[Item]) -> str:
    """The stories that came into the report since and weigh as much; where there is none what the shortlist says."""
    now = next(one for one in edition.further if _articles(one) & _articles(item))
    came = [one for one in fresh if one.decided is not None or one.points >= now.points]
    same_topic = [one for one in came if set(one.topics[:1]) & set(now.topics[:1])]
    named = ", ".join(f"“{name}”" for name in _names((same_topic or came)[:MOST_NAMED]))
    if named:
        return f"before it now: {named}"
    return one_line(now.outside) or "other stories weigh more"


def _why_gone(item: Item, edition: Edition) -> str:
    if not _articles(item) & set(edition.articles):
        return "outside the time that this draft looks at"
    if {link.url for link in item.links} & {miss.url for miss in edition.near_misses}:
        return "a near miss now"
    return "left out now"


def _newly_dropped(edition: Edition, before: Edition) -> tuple[str, ...]:
    told = {link.article for one in before.dropped for link in one.links}
    return tuple(
        one_line(one.heading)
        for one in edition.dropped
        if not told.intersection(link.article for link in one.links)
    )
