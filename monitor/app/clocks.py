"""What is done where clock and archive do not agree, before a command does anything else (`store/believed.py`)."""

import logging
from datetime import datetime, timedelta

from monitor.errors import ClockError
from monitor.model import Need, NeedKind, Run
from monitor.reporting.wording import LONDON, say_moment
from monitor.store import Store
from monitor.store.believed import EARLIEST, Witness, is_ahead, is_behind
from monitor.store.clocks import CLOCK

TOLD_FOR = timedelta(days=1)  # how long it is a need that the clock was ahead: whoever tells tells it once
SHOWN_FOR = timedelta(days=30)  # until when `status` has a line on it after that

log = logging.getLogger(__name__)


def agree(store: Store, now: datetime) -> None:
    """For a command that writes: moments of the future are set right. Raises ClockError where the clock is behind."""
    witness = store.clocks.witness(now)
    if is_behind(witness):
        raise ClockError(
            f"{_behind(witness)} Nothing was done: what is stored under a wrong date is lost to every draft. "
            "Set this machine's clock, and try again."
        )
    if is_ahead(witness) and (told := store.clocks.set_right(witness)):
        log.warning("%s", told.summary)


def agree_to_read(store: Store, now: datetime) -> Need | None:
    """For a command that only reads: it sees the archive set right. What a person should know of the clock now."""
    witness = store.clocks.witness(now)
    if is_behind(witness):
        return Need(
            kind=NeedKind.CLOCK_IS_BEHIND,
            sentence=f"{_behind(witness, begin='this')} No feed is read and no draft is made until it is set.",
        )
    if not is_ahead(witness):
        return _was_ahead(store, now)
    store.clocks.show_right(witness)
    return Need(
        kind=NeedKind.CLOCK_WAS_AHEAD,
        sentence=f"the clock was ahead: the archive bears moments up to {_day(witness.newest)}. The next `monitor poll` "
        "sets them right; see that this machine's clock is set by the network.",
    )


def shown(runs: tuple[Run, ...], now: datetime) -> tuple[Run, ...]:
    """The last runs, without what is a need still, or was told of the clock long ago."""
    return tuple(run for run in runs if run.job != CLOCK or TOLD_FOR <= now - run.ended < SHOWN_FOR)


def _was_ahead(store: Store, now: datetime) -> Need | None:
    last = next((run for run in store.runs.last() if run.job == CLOCK), None)
    if last is None or now - last.ended >= TOLD_FOR:
        return None
    sentence = (
        f"{last.summary[:1].lower()}{last.summary[1:]} See that this machine's clock is set by the network."
    )
    return Need(kind=NeedKind.CLOCK_WAS_AHEAD, sentence=sentence, since=last.ended)


def _behind(witness: Witness, begin: str = "This") -> str:
    """Why the clock is not believed."""
    if witness.clock < EARLIEST or witness.newest is None:
        known = "this program is younger"
    else:
        known = f"the archive knows of {_day(witness.newest)}"
    return f"{begin} machine's clock shows {say_moment(witness.clock)}, and {known}."


def _day(moment: datetime | None) -> str:
    day = (moment or EARLIEST).astimezone(LONDON)
    return f"{day.day} {day:%B %Y}"
