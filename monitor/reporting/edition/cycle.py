"""Which meeting a draft is for, where its window begins, and whether this week's is still to be made.

- Papers go out some days before a meeting (`panel.yaml: papers_days`). From the day after, a draft is for the next
  meeting; days are days in the panel's time zone, so the caller says what day it is.
- The last edition drafted for a meeting whose papers have gone out is the one that was issued. Nobody has to say so:
  it follows from what is kept and what day it is.
- What a draft builds on: the earlier drafts towards its report, and the reports issued before it. The drafts towards a
  report are those for its meeting; those for another meeting whose papers are still to go out (a meeting that was
  moved); and those for no known meeting made since the last report.
- A report that is drafted once more after its papers went out is a late edition. It builds on what it was built on
  until then and on its own drafts, and its window begins where it did then: what was drafted since for the meeting
  after it is another report. It ends with the meeting's day at the latest, for nobody can be told of more.
- A draft's window begins where the last issued edition's ended. While nothing was issued it begins with the archive,
  so no story is lost before the first report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from monitor.model import KeptEdition
from monitor.reporting.wording import LONDON, day_in_london, say_ordinal
from monitor.settings import Business, WeeklyTime

JUST_HANDLED = timedelta(days=183)  # two or three meetings: a panel meets every two or three months


def papers_out(meeting: date, papers_days: int) -> date:
    """The day on which the papers of a meeting go out; a draft made on it still goes in."""
    return meeting - timedelta(days=papers_days)


def next_meeting(meetings: Sequence[date], papers_days: int, today: date) -> date | None:
    """The first meeting whose papers have not gone out yet; None where none is known."""
    open_ones = [meeting for meeting in meetings if today <= papers_out(meeting, papers_days)]
    return min(open_ones, default=None)


def went_out(meetings: Sequence[date], papers_days: int, today: date) -> date | None:
    """The coming meeting whose papers have gone out, the last of several; None where there is none."""
    gone = [meeting for meeting in meetings if papers_out(meeting, papers_days) < today <= meeting]
    return max(gone, default=None)


def is_late(meeting: date | None, papers_days: int, today: date) -> bool:
    """Whether a draft for the meeting comes after its papers."""
    return meeting is not None and papers_out(meeting, papers_days) < today


def issued(editions: Sequence[KeptEdition], papers_days: int, today: date) -> KeptEdition | None:
    """The edition that was filed last: of the latest meeting whose papers are out, the last one drafted."""
    filed = [
        edition
        for edition in editions
        if edition.meeting is not None and papers_out(edition.meeting, papers_days) < today
    ]
    return max(filed, key=lambda edition: (edition.meeting, edition.number), default=None)


def window_start(
    editions: Sequence[KeptEdition], papers_days: int, today: date, meeting: date | None = None
) -> datetime | None:
    """Where the default window of a draft for `meeting` begins: at the end of the last issued edition's, or with the
    archive (None). A late edition's begins where its report's began."""
    last = issued(editions, papers_days, _as_of(meeting, papers_days, today))
    return last.window.until if last else None


def window_end(meeting: date | None, now: datetime) -> datetime:
    """Where the default window ends: now, or with the day of a meeting that is over."""
    if meeting is None:
        return now
    return min(now, datetime.combine(meeting + timedelta(days=1), time(), LONDON).astimezone(UTC))


def _as_of(meeting: date | None, papers_days: int, today: date) -> date:
    """The day whose view counts: a late edition sees what its report saw on the day of its papers."""
    return today if meeting is None else min(today, papers_out(meeting, papers_days))


# ── what is said of it ──────────────────────────────────────────────────────────────────────────────────────────


def say_papers(meetings: Sequence[date], papers_days: int, today: date) -> str:
    """Between a meeting's papers and the meeting, what a draft is for; "" at any other time."""
    gone = went_out(meetings, papers_days, today)
    if gone is None:
        return ""
    following = next_meeting(meetings, papers_days, today)
    then = f", {_say(following, gone)}" if following else " (none is known)"
    return f"{_went_out(gone, papers_days, today)}; this is for the meeting after it{then}"


def say_towards(
    meetings: Sequence[date], papers_days: int, today: date, *, meeting: date | None, previous: int | None
) -> str:
    """What a draft for `meeting` is for, where that is not plain; `previous` is the draft that it builds on."""
    if meeting is not None and is_late(meeting, papers_days, today):
        of = f"a late edition of draft {previous}" if previous else "a late edition, and the first draft"
        return f"{_went_out(meeting, papers_days, today)}; this is {of}"
    is_next = meeting == next_meeting(meetings, papers_days, today)
    return say_papers(meetings, papers_days, today) if is_next else ""


def _went_out(meeting: date, papers_days: int, today: date) -> str:
    out = papers_out(meeting, papers_days)
    is_same_month = (out.year, out.month) == (meeting.year, meeting.month)
    on = f"the {say_ordinal(out.day)}" if is_same_month else _say(out, meeting)
    return f"papers for {_say(meeting, today)} went out on {on}"


def _say(day: date, beside: date) -> str:
    """Without its year where a reader takes that from the day beside it."""
    return f"{day.day} {day:%B}{f' {day.year}' * (day.year != beside.year)}"


# ── what it builds on ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Before:
    """Numbers of editions, first to last."""

    stood: tuple[int, ...]  # drafts towards the same report
    issued: tuple[int, ...]  # the last draft for each earlier meeting


def before(editions: Sequence[KeptEdition], meeting: date | None, papers_days: int, today: date) -> Before:
    """What a draft for `meeting` builds on."""
    if is_late(meeting, papers_days, today):
        today = _as_of(meeting, papers_days, today)
        editions = [one for one in editions if one.meeting == meeting or day_in_london(one.made) <= today]
    last: dict[date, int] = {}
    for edition in editions:
        day = edition.meeting
        if day and day != meeting and papers_out(day, papers_days) < today:
            last[day] = max(edition.number, last.get(day, 0))
    newest = last[max(last)] if last else 0
    closed = papers_out(max(last), papers_days) if last else date.min

    def stands(edition: KeptEdition) -> bool:
        if edition.meeting is None:  # a late edition of the report may have come in between
            return edition.number > newest or day_in_london(edition.made) > closed
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


def last_weekly(editions: Sequence[KeptEdition], now: datetime) -> KeptEdition | None:
    """The edition that was made last of those that were made for a moment of the timetable up to `now`. One for a
    moment still to come was made under a wrong clock, and so was one after which an edition of an earlier week was
    made."""
    made = [one for one in editions if one.weekly and one.weekly <= now]
    return max(made, key=lambda one: one.number, default=None)


def edition_of_week(editions: Sequence[KeptEdition], weekly: WeeklyTime, now: datetime) -> KeptEdition | None:
    """This week's edition; None where it is still to be made. Asked of what is stored, never of a timer, so that a
    machine that slept on Monday drafts on Tuesday, and once."""
    last = last_weekly(editions, now)
    return last if last and last.weekly and last.weekly >= weekly_moment(weekly, now) else None
