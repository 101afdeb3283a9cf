"""Which items of an edition may be one event, or an item and a near miss: for the officer to make one, or to leave.

1. The grouping doubted a pair of articles (`judging/compare.py` says how), and they stand in two items or in an item
   and a near miss. Of several pairs between two the likeliest is told.
2. Where both are items that the officer has had in an edited draft, the doubt was settled there: nothing is said.
3. The likeliest comes first.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitor.model import Doubt, Item, Link
from monitor.reporting.edition.fates import Fated
from monitor.reporting.edition.item import heading_of
from monitor.reporting.wording import item_name


class _Side(NamedTuple):
    story: str
    heading: str
    is_item: bool
    is_decided: bool


def doubts(items: Sequence[Item], near: Iterable[Fated], doubtful: Iterable[Link]) -> tuple[Doubt, ...]:
    """`doubtful`: between stories of the window, the likeliest first."""
    sides = _sides(items, near)
    found: dict[frozenset[str], Doubt] = {}
    for link in doubtful:
        one, other = sides.get(link.one), sides.get(link.two)
        if one is None or other is None or one.story == other.story or not _is_open(one, other):
            continue
        first, second = (one, other) if one.is_item else (other, one)
        found.setdefault(
            frozenset({one.story, other.story}),
            Doubt(
                story=first.story,
                heading=first.heading,
                other=second.heading,
                other_story=second.story if second.is_item else None,
                reason=link.reason,
            ),
        )
    return tuple(found.values())


def _is_open(one: _Side, other: _Side) -> bool:
    return (one.is_item or other.is_item) and not (one.is_decided and other.is_decided)


def _sides(items: Sequence[Item], near: Iterable[Fated]) -> dict[str, _Side]:
    """By the article's id."""
    sides: dict[str, _Side] = {}
    for missed in near:
        side = _Side(missed.judged.story.id, heading_of(missed.judged.speaker), False, False)
        sides |= dict.fromkeys(missed.articles, side)
    for item in items:
        side = _Side(item.story, item_name(item), True, item.decided is not None)
        sides |= dict.fromkeys(item.articles, side)
    return sides
