"""Which days an overview is of. Weeks begin on Mondays; the last is the one that is under way, so it may be short. It is
compared with as many days, on the same days of the week, so many weeks before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = ("4", "12", "26", "52")
MEETING = "meeting"
USUAL = "12"
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    name: str  # one of WEEKS, or MEETING
    first: date
    last: date  # belongs to it
    weeks: tuple[date, ...]  # the first day of each, which is a Monday but for a period that begins in a week

    @property
    def before(self) -> tuple[date, date]:
        """The days with which it is compared, the last of them included."""
        shift = WEEK * len(self.weeks)
        return self.first - shift, self.last - shift

    def end_of(self, week: date) -> date:
        """The last day of one of the weeks."""
        return min(monday(week) + timedelta(days=6), self.last)


def period_of(name: str, today: date, meetings: Sequence[date]) -> Period:
    """The period of that name. Since the last meeting: where none is known to have been, or it is today, the usual
    one."""
    last_meeting = max((meeting for meeting in meetings if meeting < today), default=None)
    if name == MEETING and last_meeting:
        first = max(last_meeting, monday(today) - WEEK * (int(WEEKS[-1]) - 1))
    else:
        name = name if name in WEEKS else USUAL
        first = monday(today) - WEEK * (int(name) - 1)
    weeks = [first]
    while (following := monday(weeks[-1]) + WEEK) <= today:
        weeks.append(following)
    return Period(name=name, first=first, last=today, weeks=tuple(weeks))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
