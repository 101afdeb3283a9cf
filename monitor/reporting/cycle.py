"""Which meeting a draft is for, and where its window begins.

- Papers go out some days before a meeting (`panel.yaml: papers_days`). From the day after, a draft is for the next
  meeting; days are days in the panel's time zone, so the caller says what day it is.
- The last edition drafted for a meeting whose papers have gone out is the one that was issued. Nobody has to say so:
  it follows from what is kept and what day it is.
- A draft's window begins where the last issued edition's ended. While nothing was issued it begins with the archive,
  so no story is lost before the first report.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from monitor.model import KeptEdition


def papers_out(meeting: date, papers_days: int) -> date:
    """The day on which the papers of a meeting go out; a draft made on it still goes in."""
    return meeting - timedelta(days=papers_days)


def next_meeting(meetings: Sequence[date], papers_days: int, today: date) -> date | None:
    """The first meeting whose papers have not gone out yet; None where none is known."""
    open_ones = [meeting for meeting in meetings if today <= papers_out(meeting, papers_days)]
    return min(open_ones, default=None)


def issued(editions: Sequence[KeptEdition], papers_days: int, today: date) -> KeptEdition | None:
    """The edition that was filed last: of the latest meeting whose papers are out, the last one drafted."""
    filed = [
        edition
        for edition in editions
        if edition.meeting is not None and papers_out(edition.meeting, papers_days) < today
    ]
    return max(filed, key=lambda edition: (edition.meeting, edition.number), default=None)


def window_start(editions: Sequence[KeptEdition], papers_days: int, today: date) -> datetime | None:
    """Where the default window begins: at the end of the last issued edition's, or with the archive (None)."""
    last = issued(editions, papers_days, today)
    return last.window.until if last else None
