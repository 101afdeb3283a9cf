"""Which meeting a draft is for, where its window begins, and whether this week's is still to be made.

- Papers go out some days before a meeting (`panel.yaml: papers_days`). From the day after, a draft is for the next
  meeting; days are days in the panel's time zone, so the caller says what day it is.
- The last edition drafted for a meeting whose papers have gone out is the one that was issued. Nobody has to say so:
  it follows from what is kept and what day it is. But somebody may (`KeptEdition.issued`): then that edition is the
  report of its meeting from that moment on, also before the papers' day, and whatever is drafted for it later.
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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.model import KeptEdition
from monitor.reporting.wording import LONDON, day_in_london, say_ordinal
from monitor.settings import Business, WeeklyTime

NO_ARCHIVE: tuple[KeptEdition, ...] = ()  # where nothing is known of what was issued: the calendar alone
JUST_HANDLED = timedelta(days=183)  # two or three meetings: a panel meets every two or three months


def papers_out(meeting: date, papers_days: int) -> date:
    """The day on which the papers of a meeting go out; a draft made on it still goes in."""
    return meeting - timedelta(days=papers_days)


def next_meeting(
    meetings: Sequence[date], papers_days: int, today: date, editions: Sequence[KeptEdition]
) -> date | None:
    """The first meeting whose papers have not gone out yet and whose report was not issued; None where none is
    known."""
    open_ones = [meeting for meeting in meetings if not is_late(meeting, papers_days, today, editions)]
    return min(open_ones, default=None)


def went_out(
    meetings: Sequence[date], papers_days: int, today: date, editions: Sequence[KeptEdition]
) -> date | None:
    """The coming meeting whose report the panel has, the last of several; None where there is none."""
    gone = [
        meeting for meeting in meetings if is_late(meeting, papers_days, today, editions) and today <= meeting
    ]
    return max(gone, default=None)


def is_late(meeting: date | None, papers_days: int, today: date, editions: Sequence[KeptEdition]) -> bool:
    """Whether a draft for the meeting comes after its report: its papers went out, or one was issued."""
    if meeting is None:
        return False
    return papers_out(meeting, papers_days) < today or _said_issued(editions, meeting) is not None


def _said_issued(editions: Sequence[KeptEdition], meeting: date) -> KeptEdition | None:
    """The edition of which somebody said that it is the meeting's report, the last of several."""
    said = [one for one in editions if one.issued and one.meeting == meeting]
    return max(said, key=lambda one: (one.issued, one.number), default=None)


def reports(editions: Sequence[KeptEdition], papers_days: int, today: date) -> dict[date, KeptEdition]:
    """The report of each meeting that has one, by its day: the one that was said to be it, else the last drafted where
    the papers are out."""
    last: dict[date, KeptEdition] = {}
    for edition in sorted(editions, key=lambda one: one.number):
        day = edition.meeting
        if day and is_late(day, papers_days, today, editions):
            last[day] = _said_issued(editions, day) or edition
    return last


def issued(editions: Sequence[KeptEdition], papers_days: int, today: date) -> KeptEdition | None:
    """The edition that was filed last: the report of the latest meeting that has one."""
    filed = reports(editions, papers_days, today)
    return filed[max(filed)] if filed else None


def window_start(
    editions: Sequence[KeptEdition], papers_days: int, today: date, meeting: date | None = None
) -> datetime | None:
    """Where the default window of a draft for `meeting` begins: at the end of the last issued edition's, or with the
    archive (None). A late edition's begins where its report's began."""
    if is_late(meeting, papers_days, today, editions):
        as_of = _as_of(meeting, papers_days, today, editions)
        editions = _seen_on(as_of, editions, meeting)
        today = min(today, as_of)
    last = issued(editions, papers_days, today)
    return last.window.until if last else None


def window_end(meeting: date | None, now: datetime) -> datetime:
    """Where the default window ends: now, or with the day of a meeting that is over."""
    if meeting is None:
        return now
    return min(now, datetime.combine(meeting + timedelta(days=1), time(), LONDON).astimezone(UTC))


def _as_of(meeting: date | None, papers_days: int, today: date, editions: Sequence[KeptEdition]) -> date:
    """The day whose view counts: a late edition sees what its report saw on the day of its papers, or of its issue."""
    if meeting is None:
        return today
    report = _said_issued(editions, meeting)
    closed = [day_in_london(report.issued)] if report and report.issued else []
    return min(today, papers_out(meeting, papers_days), *closed)


def _seen_on(day: date, editions: Sequence[KeptEdition], meeting: date | None) -> tuple[KeptEdition, ...]:
    """As they stood on that day for who drafts towards the meeting: its own report is none, and what was issued later
    was not yet."""
    return tuple(
        replace(one, issued=None)
        if one.issued and (one.meeting == meeting or day_in_london(one.issued) > day)
        else one
        for one in editions
    )


# ── what is said of it ──────────────────────────────────────────────────────────────────────────────────────────


def say_papers(
    meetings: Sequence[date], papers_days: int, today: date, editions: Sequence[KeptEdition]
) -> str:
    """Between a meeting's papers, or the issue of its report, and the meeting, what a draft is for; "" at any other
    time."""
    gone = went_out(meetings, papers_days, today, editions)
    if gone is None:
        return ""
    following = next_meeting(meetings, papers_days, today, editions)
    then = f", {_say(following, gone)}" if following else " (none is known)"
    return f"{_went_out(gone, papers_days, today, editions)}; this is for the meeting after it{then}"


def say_towards(
    meetings: Sequence[date],
    papers_days: int,
    today: date,
    editions: Sequence[KeptEdition],
    *,
    meeting: date | None,
    previous: int | None,
) -> str:
    """What a draft for `meeting` is for, where that is not plain; `previous` is the draft that it builds on."""
    if meeting is not None and is_late(meeting, papers_days, today, editions):
        of = f"a late edition of draft {previous}" if previous else "a late edition, and the first draft"
        return f"{_went_out(meeting, papers_days, today, editions)}; this is {of}"
    is_next = meeting == next_meeting(meetings, papers_days, today, editions)
    return say_papers(meetings, papers_days, today, editions) if is_next else ""


def _went_out(meeting: date, papers_days: int, today: date, editions: Sequence[KeptEdition]) -> str:
    report = _said_issued(editions, meeting)
    if report and report.issued:
        on = _say(day_in_london(report.issued), meeting)
        return f"the report for {_say(meeting, today)} was issued on {on}"
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
    if is_late(meeting, papers_days, today, editions):
        today = _as_of(meeting, papers_days, today, editions)
        editions = _seen_on(today, editions, meeting)
        editions = [one for one in editions if one.meeting == meeting or day_in_london(one.made) <= today]
    last = {day: report for day, report in reports(editions, papers_days, today).items() if day != meeting}
    newest = last[max(last)].number if last else 0
    closed = _as_of(max(last), papers_days, date.max, editions) if last else date.min

    def stands(edition: KeptEdition) -> bool:
        if edition.meeting is None:  # a late edition of the report may have come in between
            return edition.number > newest or day_in_london(edition.made) > closed
        return edition.meeting == meeting or edition.meeting not in last

    earlier = {day: report.number for day, report in last.items() if meeting is None or day < meeting}
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
