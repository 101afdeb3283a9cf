"""How much of what each draft offered the officer kept. What counts of each story is what was said of it last, in a
document or at the desk; of what the draft did not offer only that it was taken in, or is the officer's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
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
    later: int  # put off to the next report
    taken: int  # in, from what was not in the report
    own: int  # the officer's own
    unsaid: int  # items of which nothing was said

    @property
    def is_decided(self) -> bool:
        return bool(self.kept + self.dropped + self.later + self.taken + self.own)


def kept_of(editions: Sequence[EditionCount], learned: Sequence[Learned]) -> tuple[KeptOf, ...]:
    """The newest draft first."""
    last: dict[int, dict[str, Said]] = {}
    for document in sorted(learned, key=lambda one: one.learned):
        for decision in document.decisions:
            last.setdefault(document.edition, {})[decision.story] = decision.said
    newest_first = sorted(editions, key=lambda one: one.number, reverse=True)
    return tuple(_kept(one, last.get(one.number, {})) for one in newest_first)


def _kept(edition: EditionCount, last: Mapping[str, Said]) -> KeptOf:
    offered = Counter(said for story, said in last.items() if story in edition.stories)
    others = Counter(said for story, said in last.items() if story not in edition.stories)
    kept = offered[Said.KEPT] + offered[Said.TAKEN]
    out = offered[Said.DROPPED], offered[Said.LATER]
    return KeptOf(
        number=edition.number,
        made=edition.made,
        meeting=edition.meeting,
        offered=edition.items,
        further=edition.further,
        kept=kept,
        dropped=out[0],
        later=out[1],
        taken=others[Said.TAKEN],
        own=others[Said.ADDED],
        unsaid=max(edition.items - kept - sum(out), 0),
    )
