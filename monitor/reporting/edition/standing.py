"""Where a story stands in an edition, in words: "place 3 of 12: …", or why it is further down."""

from collections.abc import Iterable

from monitor.model import Edition, Item


def standing(edition: Edition, articles: Iterable[str]) -> str | None:
    """A sentence; None where no included story of the edition has one of the articles."""
    wanted = frozenset(articles)
    for place, item in enumerate((*edition.items, *edition.further), 1):
        if not wanted.isdisjoint(item.articles):
            in_report = place <= len(edition.items)
            of = len(edition.items) + (0 if in_report else len(edition.further))
            why = _because(item) if in_report else f"{item.outside}; {_because(item)}"
            return f"Draft {edition.number}: place {place} of {of}: {why}."
    return None


def _because(item: Item) -> str:
    if item.decided is not None:
        return f"as you left it in draft {item.decided}"
    grounds = "; ".join(f"{ground.points:+d} {ground.says}" for ground in item.why)
    points = f"{item.points} {'point' if abs(item.points) == 1 else 'points'}"
    return f"{points} ({grounds})" if grounds else points
