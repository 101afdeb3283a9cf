"""Items into a report: which have a place in it, in which order, and which are further stories.

Blind to texts: an item carries all by which it is weighed. So the report that is drafted and what the desk shows of the
next one are arranged by the same rules.

1. What was decided with a place stands first, in the officer's order.
2. The others stand where their part of the report is (`shortlist.py`): what was decided of one story alone changes no
   order. An item of the officer's own has no weight: it is in by her word, and the last until it is moved.
3. Where the report holds all, what she took without a place stands behind what has one, and the others in reading order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.model import Choice, Decision, Item, Said, Weight
from monitor.model.officer import OWN
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.settings import ReportSize

_FAR = ("national", "elsewhere")  # ids of areas that are not the panel's


@dataclass(frozen=True, slots=True)
class Decided:
    """An item that is in, and what was decided of it; None: nothing."""

    item: Item
    decision: Decision | None


def arranged(
    everything: Sequence[Decided], kept: Sequence[Decision], size: ReportSize
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The report's items, and the further stories with why they are outside. `everything` is in reading order, `kept` in
    the officer's."""
    in_order = sorted((one for one in kept if not is_loose(one)), key=is_adrift)
    places = {id(decision): place for place, decision in enumerate(in_order)}
    sorted_ones = sorted(everything, key=lambda one: places.get(id(one.decision), len(places)))
    chosen = shortlist([_candidate(one) for one in sorted_ones], size)
    by_story = {one.item.story: one.item for one in sorted_ones}
    further = (replace(by_story[story], outside=chosen.outside.get(story, "")) for story in chosen.further)
    return tuple(by_story[story] for story in chosen.report), tuple(further)


PARTS = "critical reports, figures, services, money, announcements, successes"
BY_PARTS = f"part by part ({PARTS}), and within a part by points"
BY_READING = "the panel’s area first, then by score, with the stories of one topic together"


def say_order(items: Sequence[Decided], size: ReportSize) -> str:
    """How the items of a report come to stand as they do, in a sentence; "" where there is no order to explain."""
    placed = sum(has_place(one) for one in items)
    if len(items) < 2:
        return ""
    if placed == len(items):
        return "The order is the officer’s own."
    rules = BY_PARTS if size.items is not None else BY_READING
    if not placed:
        return f"The order: {rules}."
    first = (
        "The first story stands where the officer put it"
        if placed == 1
        else (f"The first {placed} stories stand in the officer’s own order")
    )
    return f"{first}; the others follow {rules}."


def has_place(one: Decided) -> bool:
    """Whether the officer gave it its place."""
    decision = one.decision
    return one.item.decided is not None and not (decision and (is_adrift(decision) or is_loose(decision)))


def is_adrift(decision: Decision) -> bool:
    """Whether the officer took it in without giving it a place."""
    return decision.said is Said.TAKEN and not decision.moved


def is_loose(decision: Decision) -> bool:
    """Whether something was said of it alone, and nothing of where it stands."""
    return decision.said is not Said.TAKEN and not decision.placed


def _candidate(one: Decided) -> Candidate:
    item = one.item
    is_own = item.story.startswith(OWN)
    return Candidate(
        story=item.story,
        heading=item.heading,
        weight=Weight(points=0) if is_own else weight_of(item),
        topic=item.topics[0] if item.topics else "",
        length=0 if is_own else item.length,
        published=(None if is_own else item.said) or datetime.min.replace(tzinfo=UTC),
        is_decided=item.decided is not None,
        is_last=is_own,
        is_placed=one.decision is None or not (is_adrift(one.decision) or is_loose(one.decision)),
    )


def weight_of(item: Item) -> Weight:
    return Weight(
        points=item.points,
        grounds=item.why,
        part=item.part,
        subject=item.subject,
        good_news=item.good_news,
    )


def in_reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """As `assemble` puts stories."""
    by_weight = sorted(items, key=_weight)
    places: dict[str, int] = {}
    for place, item in enumerate(by_weight):
        places.setdefault(_subject(item), place)
    return tuple(sorted(by_weight, key=lambda item: places[_subject(item)]))


def _weight(item: Item) -> tuple[object, ...]:
    area = _FAR.index(item.area) + 1 if item.area in _FAR else 0
    return (area, -item.score, -item.said.timestamp() if item.said else 0, item.story)


def _subject(item: Item) -> str:
    return f"{item.choice or Choice.INCLUDE} {item.topics[0] if item.topics else item.story}"
