"""What was decided of a story, and the order that was given, as short digests: a form that was made from an older state
sends an older one. The same after a restart, and the same for a story whatever is done to others.

To be kept in a place is not decided of a story but of the order: so who moves one story disturbs nobody who edits another.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

from monitor.model import Decision, KeptWord, Learned, Said, Source
from monitor.model.officer import OUT
from monitor.reporting.edition.arrange import is_adrift, is_loose

LENGTH = 12
MOST_STATES = 400  # events that are looked back at


def version_of(decision: Decision | None) -> str:
    """Of one story."""
    if decision is None:
        return _digest(["", None, None, [], [], []])
    stands = decision.said.value if decision.said in (*OUT, Said.TAKEN) else ""
    links = sorted(link.article for link in decision.links)
    return _digest(
        [
            stands,
            decision.heading,
            decision.excerpt,
            list(decision.note),
            links,
            sorted(decision.without),
        ]
    )


def order_of(kept: Sequence[Decision]) -> str:
    """Of the report's order; one value where none was given."""
    return _digest([one.story for one in kept if not (is_loose(one) or is_adrift(one))])


def _digest(state: object) -> str:
    return sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()[:LENGTH]


def states(words: Sequence[KeptWord]) -> Iterator[tuple[Learned, ...]]:
    """What held after each thing that was said or taken back, the latest first; last what held before all."""
    events = sorted(
        (moment, one.id, is_said)
        for one in words
        for moment, is_said in ((one.learned.learned, True), (one.withdrawn, False))
        if moment is not None
    )
    for end in range(len(events), max(len(events) - MOST_STATES, -1), -1):
        there: set[int] = set()
        for _, id, is_said in events[:end]:
            there = there | {id} if is_said else there - {id}
        yield holding([one for one in words if one.id in there])


def holding(words: Sequence[KeptWord]) -> tuple[Learned, ...]:
    """Of each edition's documents those that were learned last, and every word and act."""
    last: dict[tuple[int, Source], int] = {
        (one.learned.edition, one.learned.source): one.id
        for one in sorted(words, key=lambda one: one.id)
        if one.learned.source in (Source.REPORT, Source.NOTES)
    }
    found = [one for one in words if last.get((one.learned.edition, one.learned.source), one.id) == one.id]
    return tuple(one.learned for one in sorted(found, key=lambda one: (one.learned.edition, one.id)))
