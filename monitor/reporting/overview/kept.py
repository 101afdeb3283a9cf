"""How much of what each draft offered the officer kept. What counts of each story is what was said of it last."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model import EditionCount, Learned, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOf:
    """One draft."""

    number: int
    made: datetime
    meeting: date | None
    offered: int  # items of the report
    further: int
    kept: int
    dropped: int
    taken: int  # in, from what was not in the report
    own: int  # the officer's own
    unsaid: int  # items of which nothing was said

    @property
    def is_decided(self) -> bool:
        return bool(self.kept + self.dropped + self.taken + self.own)


def kept_of(editions: Sequence[EditionCount], learned: Sequence[Learned]) -> tuple[KeptOf, ...]:
    """The newest draft first."""
    last: dict[int, dict[str, Said]] = {}
    for document in sorted(learned, key=lambda one: one.learned):
        for decision in document.decisions:
            last.setdefault(document.edition, {})[decision.story] = decision.said
    return tuple(
        _kept(one, Counter(last.get(one.number, {}).values()))
        for one in sorted(editions, key=lambda one: one.number, reverse=True)
    )


def _kept(edition: EditionCount, said: Counter[Said]) -> KeptOf:
    return KeptOf(
        number=edition.number,
        made=edition.made,
        meeting=edition.meeting,
        offered=edition.items,
        further=edition.further,
        kept=said[Said.KEPT],
        dropped=said[Said.DROPPED],
        taken=said[Said.TAKEN],
        own=said[Said.ADDED],
        unsaid=max(edition.items - said[Said.KEPT] - said[Said.DROPPED], 0),
    )
