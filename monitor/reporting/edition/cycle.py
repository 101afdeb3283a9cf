"""Which meeting a draft is for, where its window begins, and whether this week's is still to be made.

- Papers go out some days before a meeting (`panel.yaml: papers_days`). From the day after, a draft is for the next
  meeting; days are days in the panel's time zone, so the caller says what day it is.
- The last edition drafted for a meeting whose papers have gone out is the one that was issued. Nobody has to say so:
  it follows from what is kept and what day it is.
- What a draft builds on: the earlier drafts towards its report, and the reports issued before it. The drafts towards a
  report are those for its meeting; those for another meeting whose papers are still to go out (a meeting that was
  moved); and those for no known meeting made since the last report. A report that is drafted once more after its
  papers went out builds on its own drafts only.
- A draft's window begins where the last issued edition's ended. While nothing was issued it begins with the archive,
  so no story is lost before the first report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from monitor.model import KeptEdition
from monitor.reporting.wording import LONDON
from monitor.settings import Business, WeeklyTime

JUST_HANDLED = timedelta(days=183)  # two or three meetings: a panel meets every two or three months


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


@dataclass(frozen=True, slots=True)
class Before:
    """Numbers of editions, first to last."""

    stood: tuple[int, ...]  # drafts towards the same report
    issued: tuple[int, ...]  # the last draft for each earlier meeting


def before(editions: Sequence[KeptEdition], meeting: date | None, papers_days: int, today: date) -> Before:
    """What a draft for `meeting` builds on."""
    last: dict[date, int] = {}
    for edition in editions:
        day = edition.meeting
        if day and day != meeting and papers_out(day, papers_days) < today:
            last[day] = max(edition.number, last.get(day, 0))
    newest = last[max(last)] if last else 0
    is_filed = meeting is not None and papers_out(meeting, papers_days) < today

    def stands(edition: KeptEdition) -> bool:
        if is_filed:
            return edition.meeting == meeting
        if edition.meeting is None:
            return edition.number > newest
        return edition.meeting == meeting or edition.meeting not in last

    earlier = {day: number for day, number in last.items() if meeting is None or day < meeting}
    return Before(
        stood=tuple(sorted(edition.number for edition in editions if stands(edition))),
        issued=tuple(earlier[day] for day in sorted(earlier)),
    )


def coming(programme: Sequence[Business], day: date) -> tuple[str, ...]:
    """What the panel takes up at its meeting of that day, or later."""
    return tuple(subject for one in programme if one.meeting >= day for subject in one.subjects)


def handled(business: Sequence[Business], day: date) -> tuple[str, ...]:
    """What the panel dealt with before that day and not long ago."""
    lately = day - JUST_HANDLED
    return tuple(subject for one in business if lately <= one.meeting < day for subject in one.subjects)


def weekly_moment(weekly: WeeklyTime, now: datetime) -> datetime:
    """The last moment at or before `now` at which the weekly draft was to be made, in UTC.

    The time is the panel's: 07:00 stays 07:00 when the clocks change.
    """
    local = now.astimezone(LONDON)
    day = local.date() - timedelta(days=(local.weekday() - weekly.weekday) % 7)
    moment = datetime.combine(day, weekly.at, LONDON)
    if moment > local:
        moment = datetime.combine(day - timedelta(days=7), weekly.at, LONDON)
    return moment.astimezone(UTC)


def weekly_is_missing(weekly: WeeklyTime, now: datetime, last_done: datetime | None) -> bool:
    """Whether this week's draft is still to be made. Asked of what is stored, never of a timer, so that a machine
    that slept on Monday drafts on Tuesday, and once."""
    return last_done is None or last_done < weekly_moment(weekly, now)
