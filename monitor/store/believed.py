"""Which stored moments are believed, and when it is the clock that is not. Pure. This comment is the specification.

*A moment in the future is never believed.* One clock that is a month ahead for one run would else stop the weekly draft
for a month, hide the articles that came meanwhile, and let the feeds sleep. So whatever is stored beyond now and a
little (`SLACK`: a clock set back by a day, a wrong time zone are in it, and do no harm for longer) is set right, all
columns alike, before any command that writes begins its work (`store/clocks.py`). Nobody else need ask.

*What it is set to* errs on the side of doing things once more, and of losing nothing:
- what was done (a poll, a run, an edition, a message) was done when the last believable thing was: `last`;
- what was seen, or said by the officer, is of now: so it is in the window of the next draft;
- what was to be waited for is not waited for; a whole answer of a feed is owed again.

*Unless it is the clock that is behind.* A board without a battery wakes up in 1970 or 2020, and then all that is stored
lies ahead. To set that "right" would spoil the archive, and to store anything would hide it from every draft. So
nothing is done, and a person is asked to set the clock. It is behind
- where it shows a day before `EARLIEST`, when this program was not yet written;
- else, where of the articles that seem to be first seen in the future a quarter or more are of the future by their own
  outlets' dates too: those come from other clocks than ours;
- else, where no article tells: where something is stored of right after now. Polls come every few minutes, so a clock
  that fell back fell among them; one that was ahead left a gap here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SLACK = timedelta(hours=36)
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
TELLING = 4  # of so many articles, one that is of the future for its outlet too: the clock is behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What the archive says of the time, beside what the clock says."""

    clock: datetime  # what it shows
    newest: datetime | None  # of all that was done or seen
    last: datetime | None  # of these, the newest that is not beyond now
    following: datetime | None  # of these, the oldest that is beyond now
    dated: int  # articles first seen beyond what is believed, whose outlet gave their date
    dated_ahead: int  # of these, how many are dated beyond it too


def limit(now: datetime) -> datetime:
    """The last moment that is believed."""
    return now + SLACK


def is_ahead(witness: Witness) -> bool:
    """Whether something is stored that is not believed, and the clock is."""
    return _is_beyond(witness) and not is_behind(witness)


def is_behind(witness: Witness) -> bool:
    """Whether the clock is not to be believed."""
    if witness.clock < EARLIEST:
        return True
    if not _is_beyond(witness):
        return False
    if witness.dated:
        return witness.dated_ahead * TELLING >= witness.dated
    return witness.following is not None and witness.following <= limit(witness.clock)


def _is_beyond(witness: Witness) -> bool:
    return witness.newest is not None and witness.newest > limit(witness.clock)
