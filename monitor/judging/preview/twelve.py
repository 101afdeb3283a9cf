"""What would have come into a report by other rules, and what would have left it: two editions of one window."""

from dataclasses import dataclass

from monitor.model import Edition, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An item that only one of the two reports has."""

    heading: str
    story: str
    place: int  # in the report that has it, from 1
    why: str  # of one that comes in: its grounds; of one that leaves: what became of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    edition: int  # the number of the draft whose window it is
    size: int  # items of the report as the rules in force make it
    into: tuple[Move, ...]
    out: tuple[Move, ...]
    moved: int  # items of both that have another place


def moves(number: int, before: Edition, after: Edition) -> Moves:
    """An item is the same where its stories share an article: a rule may change who speaks for it."""
    was, becomes = list(enumerate(before.items, 1)), list(enumerate(after.items, 1))
    pairs = [(place, other) for place, one in was for other, two in becomes if _are_one(one, two)]
    stayed, stays = {place for place, _ in pairs}, {other for _, other in pairs}
    return Moves(
        edition=number,
        size=len(was),
        into=tuple(
            Move(heading=one.heading, story=one.story, place=place, why=_grounds(one))
            for place, one in becomes
            if place not in stays
        ),
        out=tuple(
            Move(heading=one.heading, story=one.story, place=place, why=_fate(one, after))
            for place, one in was
            if place not in stayed
        ),
        moved=sum(one != two for one, two in pairs),
    )


def _are_one(one: Item, two: Item) -> bool:
    return one.story == two.story or bool(set(one.articles) & set(two.articles))


def _grounds(item: Item) -> str:
    said = "; ".join(f"{ground.points:+d} {ground.says}" for ground in item.why)
    return f"{item.points} points: {said}" if said else f"{item.points} points"


def _fate(item: Item, after: Edition) -> str:
    for further in after.further:
        if _are_one(item, further):
            return (
                f"among the further stories: {further.outside}"
                if further.outside
                else "among the further stories"
            )
    for near in after.near_misses:
        if near.story == item.story or not set(near.articles).isdisjoint(item.articles):
            return f"a near miss: {near.reason}"
    return "no longer a story of the draft"
