"""The newest draft, and what was decided since -> what the next document will have.

1. *Bases.* Each story of the draft as it would be without the officer's word: what was decided on stands so in the
   draft's `aside`, what was not is as it is.
2. *Fate.* As `fates.py` says it of a draft: what was kept, taken or added is in; what was dropped or put off is out; else
   as the rules choose.
3. *Words.* What was decided on is made an item anew by the rules of a draft (`parts.py`), from its stored articles.
4. *Places.* `arrange.py` gives them, as it gives a draft's: further stories move up where a place became free.

So with the same articles, rules and circumstances the next draft has the same items, in this order, with these words;
a test draws acts and compares. What is no story of the draft (an article that the rules left out, taken from the archive)
is a forecast until the next document, for nobody has grouped and weighed it yet: then `is_exact` is False. So is all of a
draft that was made before drafts held their bases; there nothing moves up.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model import Choice, Decision, Edition, Item, NearMiss, Said
from monitor.model.officer import OUT, OWN
from monitor.reporting.edition.arrange import Decided, arranged, in_reading_order
from monitor.reporting.edition.past import Past
from monitor.settings import ReportSize


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaid:
    """Each list in its order, with what was decided of each story."""

    items: tuple[Decided, ...]
    further: tuple[Decided, ...]
    near: tuple[Decided, ...]
    later: tuple[Decided, ...]
    dropped: tuple[Decided, ...]
    old: tuple[NearMiss, ...]
    bases: Mapping[str, Item]  # by story, without the officer's word
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Remade:
    """Stories that were decided on, as items."""

    decided: tuple[Decided, ...]
    is_exact: bool = True


Remake = Callable[[Sequence[Item], Sequence[Decision]], Remade]
Weighed = Callable[[Item], Item]


def overlay(edition: Edition, past: Past, size: ReportSize, remake: Remake, reweigh: Weighed) -> Overlaid:
    """`remake` makes items of the bases that decisions claim; `reweigh` sets an item's points right where what the
    officer likes has changed since."""
    bases = {item.story: reweigh(item) for item in _bases(edition)}
    decisions = (*past.kept, *past.later, *past.dropped)
    claimed = {story for story, item in bases.items() if any(claims(one, item) for one in decisions)}
    remade = remake([bases[story] for story in bases if story in claimed], decisions)
    free = [Decided(item, None) for story, item in bases.items() if story not in claimed]
    drafted = {item.story for item in (*edition.items, *edition.further)}
    included = [one for one in free if _is_in(one.item, drafted)]
    included += [one for one in remade.decided if one.decision and one.decision.said not in OUT]
    is_whole = all(item.said for item in edition.items if not item.story.startswith(OWN))
    items, further = _placed(included, past, size) if is_whole else _as_they_stand(edition, included)
    return Overlaid(
        items=items,
        further=further,
        near=tuple(_near(free)),
        later=tuple(_out(remade.decided, Said.LATER)),
        dropped=tuple(_out(remade.decided, Said.DROPPED)),
        old=tuple(_old(edition, past)),
        bases=bases,
        is_exact=is_whole and remade.is_exact,
    )


def claims(decision: Decision, item: Item) -> bool:
    """Whether the decision belongs to the story."""
    return decision.story == item.story or not set(decision.articles).isdisjoint(item.articles)


def everyone(now: Overlaid) -> tuple[Decided, ...]:
    return (*now.items, *now.further, *now.near, *now.later, *now.dropped)


def _bases(edition: Edition) -> Iterator[Item]:
    """In the order in which they are read."""
    aside = {item.story: item for item in edition.aside}
    for item in (*edition.items, *edition.further):
        if item.story not in aside and not item.story.startswith(OWN):
            yield replace(item, decided=None, taken=False, outside="", heading=_by_itself(item), drafted=None)
    yield from edition.aside


def _by_itself(item: Item) -> str:
    return item.heading if item.drafted is None else item.drafted


def _is_in(base: Item, drafted: Container[str]) -> bool:
    if base.is_old or (base.choice and base.choice != Choice.INCLUDE):
        return False
    return bool(base.choice) or base.story in drafted


def _near(free: Sequence[Decided]) -> Iterator[Decided]:
    near = [one.item for one in free if one.item.choice == Choice.BORDERLINE and not one.item.is_old]
    yield from (Decided(item, None) for item in in_reading_order(near))


def _out(decided: Iterable[Decided], said: Said) -> Iterator[Decided]:
    return (one for one in decided if one.decision and one.decision.said is said)


def _old(edition: Edition, past: Past) -> Iterator[NearMiss]:
    for one in edition.old:
        if not any(
            decision.said is not Said.BACK
            and (decision.story == one.story or not set(decision.articles).isdisjoint(one.articles))
            for decision in past.decisions
        ):
            yield one


def _placed(
    included: Sequence[Decided], past: Past, size: ReportSize
) -> tuple[tuple[Decided, ...], tuple[Decided, ...]]:
    decisions = {one.item.story: one.decision for one in included}
    weighed = [one.item for one in included if one.item.said]
    without = [one for one in included if not one.item.said]  # the officer's own: they are no story
    in_order = [Decided(item, decisions[item.story]) for item in in_reading_order(weighed)]
    found = arranged((*in_order, *without), past.kept, size)
    items, further = (tuple(Decided(item, decisions[item.story]) for item in part) for part in found)
    return items, further


def _as_they_stand(
    edition: Edition, included: Sequence[Decided]
) -> tuple[tuple[Decided, ...], tuple[Decided, ...]]:
    """The draft's own places, less what is out; what was taken stands behind."""
    there = {one.item.story: one for one in included}
    items = [there[item.story] for item in edition.items if item.story in there]
    new = [one for one in included if one.decision and one not in items]
    further = [there[item.story] for item in edition.further if item.story in there]
    return (*items, *new), tuple(one for one in further if one not in new)
