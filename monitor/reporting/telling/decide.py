"""What the operator is to be told, from what is needed today and what was told before. Pure.

1. What needs a person and was not told yet is told at once; a mistake in the YAML files once it has stood for an hour,
   for somebody may be at work on them.
2. What was told a week ago and still stands is told again. Whatever is told, all that stands is told with it, so that
   there is one e-mail a week and not one a need.
3. What was told and is over is told once (the all-clear), and forgotten. What was never told ends unsaid.
4. While the archive or the YAML cannot be read, nothing is known of anything else, and while no feed is read, nothing
   of a single one: such needs are not over because nobody sees them.
5. What could not be handed over is tried again after an hour: a relay that is down delays few runs. Where it was handed
   over and no answer came, once more, under the same Message-ID; after a second doubt it counts as told.
6. A moment in the future is that of a wrong clock: it counts as now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model import Need, NeedKind, Told

REPEAT = timedelta(days=7)
AGAIN = timedelta(hours=1)
GRACE = {NeedKind.CONFIG_UNREADABLE: timedelta(hours=1)}
MOST_DOUBTS = 2

BLIND = (NeedKind.ARCHIVE_UNREADABLE, NeedKind.CONFIG_UNREADABLE)
CUT_OFF = (NeedKind.NOTHING_READ, NeedKind.POLLER_STOPPED)
OF_A_FEED = (NeedKind.FEED_FAILING, NeedKind.FEED_SILENT, NeedKind.FEEDS_LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is to be told now, and what is remembered meanwhile. Nothing is to be told where the first three are
    empty."""

    new: tuple[Need, ...] = ()
    still: tuple[Need, ...] = ()  # told before, and not over
    over: tuple[Told, ...] = ()
    memory: tuple[Told, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.still or self.over)


def to_tell(needs: Sequence[Need], told: Iterable[Told], now: datetime) -> Telling:
    known = {(one.kind, one.subject): _believed(one, now) for one in told}
    today = {(need.kind.value, need.subject): need for need in needs}
    standing = tuple(_standing(need, known.get(key), now) for key, need in today.items())
    unseen = tuple(one for key, one in known.items() if key not in today)
    hidden = tuple(one for one in unseen if _is_hidden(one, needs))
    over = tuple(one for one in unseen if one not in hidden and one.told)
    memory = (*standing, *hidden, *over)
    new = tuple(one for one in standing if one.told is None and now - one.since >= _grace(one))
    again = any(one.told and now - one.told >= REPEAT for one in standing)
    is_held = any(one.tried and now - one.tried < AGAIN for one in memory)
    if is_held or not (new or again or over):
        return Telling(memory=memory)
    return Telling(
        new=tuple(today[one.kind, one.subject] for one in new),
        still=tuple(today[one.kind, one.subject] for one in standing if one.told),
        over=over,
        memory=tuple(replace(one, tried=now) for one in memory),
    )


def after_telling(
    telling: Telling, memory: Iterable[Told], now: datetime, *, unsure: bool
) -> tuple[Told, ...]:
    """The memory, as it stands now, once the e-mail was handed over; `unsure`: no answer came to it."""
    said = {(need.kind.value, need.subject) for need in (*telling.new, *telling.still)}
    over = {(one.kind, one.subject) for one in telling.over}
    after = []
    for one in memory:
        key = (one.kind, one.subject)
        if key not in said | over:
            after.append(replace(one, tried=None))
        elif unsure and one.doubts + 1 < MOST_DOUBTS:
            after.append(replace(one, doubts=one.doubts + 1))
        elif key in said:
            after.append(replace(one, told=now, tried=None, doubts=0))
    return tuple(after)


def _standing(need: Need, known: Told | None, now: datetime) -> Told:
    if known:
        return replace(known, says=need.sentence)
    return Told(kind=need.kind.value, subject=need.subject, says=need.sentence, since=now)


def _is_hidden(one: Told, needs: Sequence[Need]) -> bool:
    kinds = {need.kind for need in needs}
    return bool(kinds.intersection(BLIND)) or (
        bool(kinds.intersection(CUT_OFF)) and one.kind in {kind.value for kind in OF_A_FEED}
    )


def _grace(one: Told) -> timedelta:
    return next((grace for kind, grace in GRACE.items() if kind.value == one.kind), timedelta())


def _believed(one: Told, now: datetime) -> Told:
    return replace(
        one,
        since=min(one.since, now),
        told=one.told and min(one.told, now),
        tried=None if one.tried and one.tried > now else one.tried,
    )
