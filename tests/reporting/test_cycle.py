"""Which meeting a draft is for, and where its window begins."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import KeptEdition, Window
from monitor.reporting.edition.cycle import (
    before,
    edition_of_week,
    issued,
    next_meeting,
    say_papers,
    say_towards,
    weekly_moment,
    window_end,
    window_start,
)
from monitor.settings import WeeklyTime

MEETINGS = (date(2026, 1, 23), date(2026, 3, 27), date(2026, 6, 19))


def kept(number: int, meeting: date | None, until: datetime) -> KeptEdition:
    return KeptEdition(
        number=number, made=until, window=Window(since=None, until=until), meeting=meeting, items=9
    )


def monday(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "today, meeting",
    [
        pytest.param(date(2026, 1, 2), date(2026, 1, 23), id="weeks ahead"),
        pytest.param(date(2026, 1, 15), date(2026, 1, 23), id="the day papers go out"),
        pytest.param(date(2026, 1, 16), date(2026, 3, 27), id="the day after"),
        pytest.param(date(2026, 1, 23), date(2026, 3, 27), id="the meeting's own day"),
        pytest.param(date(2026, 6, 30), None, id="no later meeting is known"),
    ],
)
def test_a_draft_is_for_the_first_meeting_whose_papers_are_not_out(today, meeting):
    assert next_meeting(MEETINGS, 8, today, ()) == meeting


JANUARY = [
    kept(1, date(2026, 1, 23), monday(1, 5)),
    kept(2, date(2026, 1, 23), monday(1, 12)),
    kept(3, date(2026, 3, 27), monday(1, 19)),
]


@pytest.mark.parametrize(
    "editions, today, number",
    [
        pytest.param([], date(2026, 2, 1), None, id="no edition at all"),
        pytest.param(JANUARY, date(2026, 1, 15), None, id="papers not out yet"),
        pytest.param(JANUARY, date(2026, 1, 16), 2, id="the last one drafted for it"),
        pytest.param(JANUARY, date(2026, 2, 20), 2, id="drafts for the next meeting are not issued"),
        pytest.param(JANUARY, date(2026, 3, 20), 3, id="until its papers are out too"),
        pytest.param(
            [*JANUARY, kept(4, date(2026, 1, 23), monday(1, 9))],
            date(2026, 3, 20),
            3,
            id="a late re-draft of an older report does not move the window back",
        ),
        pytest.param([kept(1, None, monday(1, 5))], date(2026, 9, 1), None, id="for no known meeting: never"),
    ],
)
def test_the_issued_edition_follows_from_what_is_kept(editions, today, number):
    found = issued(editions, 8, today)
    assert (found.number if found else None) == number


DECEMBER, LATER = date(2026, 12, 18), date(2027, 1, 29)
NONE_AFTER = "papers for 18 December went out on the 10th; this is for the meeting after it (none is known)"
ONE_AFTER = "papers for 18 December went out on the 10th; this is for the meeting after it, 29 January 2027"
LATE = "papers for 18 December went out on the 10th; this is a late edition of draft 4"


@pytest.mark.parametrize(
    "meetings, today, said",
    [
        pytest.param((DECEMBER,), date(2026, 12, 9), "", id="before the papers' day"),
        pytest.param((DECEMBER,), date(2026, 12, 10), "", id="on it"),
        pytest.param((DECEMBER,), date(2026, 12, 11), NONE_AFTER, id="the day after it"),
        pytest.param((DECEMBER,), DECEMBER, NONE_AFTER, id="the meeting's own day"),
        pytest.param((DECEMBER,), date(2026, 12, 19), "", id="after the meeting"),
        pytest.param((DECEMBER, LATER), date(2026, 12, 11), ONE_AFTER, id="a later meeting is known"),
        pytest.param((DECEMBER, LATER), date(2026, 12, 10), "", id="which changes nothing before"),
        pytest.param(
            (date(2027, 1, 4),),
            date(2026, 12, 28),
            "papers for 4 January 2027 went out on 27 December 2026; this is for the meeting after it "
            "(none is known)",
            id="over the turn of the year",
        ),
        pytest.param((), date(2026, 12, 11), "", id="no meeting at all"),
    ],
)
def test_after_its_papers_a_meeting_is_not_forgotten(meetings, today, said):
    assert say_papers(meetings, 8, today, ()) == said


@pytest.mark.parametrize(
    "meeting, today, previous, said",
    [
        pytest.param(DECEMBER, date(2026, 12, 10), 3, "", id="on the papers' day"),
        pytest.param(LATER, date(2026, 12, 11), None, ONE_AFTER, id="the next one"),
        pytest.param(DECEMBER, date(2026, 12, 11), 4, LATE, id="once more, after the papers"),
        pytest.param(DECEMBER, date(2026, 12, 30), 4, LATE, id="and after the meeting"),
        pytest.param(
            DECEMBER,
            date(2027, 3, 1),
            4,
            LATE.replace("18 December", "18 December 2026"),
            id="long issued",
        ),
        pytest.param(
            DECEMBER,
            date(2026, 12, 11),
            None,
            "papers for 18 December went out on the 10th; this is a late edition, and the first draft",
            id="of which there was no draft",
        ),
    ],
)
def test_a_draft_says_what_it_is_for(meeting, today, previous, said):
    assert say_towards((DECEMBER, LATER), 8, today, (), meeting=meeting, previous=previous) == said


WEEKS = [
    kept(1, None, monday(9, 14)),
    kept(2, date(2026, 9, 25), monday(9, 15)),
    kept(3, None, monday(11, 23)),
    kept(4, DECEMBER, monday(12, 7)),
    kept(5, None, monday(12, 14)),
]


@pytest.mark.parametrize(
    "editions, meeting, today, stood, reported, since",
    [
        pytest.param(
            WEEKS[:4], DECEMBER, date(2026, 12, 10), (3, 4), (2,), monday(9, 15), id="on the papers' day"
        ),
        pytest.param(
            WEEKS, DECEMBER, date(2026, 12, 15), (3, 4), (2,), monday(9, 15), id="a late edition: as it was"
        ),
        pytest.param(
            [*WEEKS, kept(6, DECEMBER, monday(12, 15))],
            DECEMBER,
            date(2026, 12, 16),
            (3, 4, 6),
            (2,),
            monday(9, 15),
            id="another builds on the first",
        ),
        pytest.param(WEEKS, None, date(2026, 12, 16), (5,), (2, 4), monday(12, 7), id="the meeting after"),
        pytest.param(
            [*WEEKS, kept(6, DECEMBER, monday(12, 15))],
            None,
            date(2026, 12, 16),
            (5,),
            (2, 6),
            monday(12, 15),
            id="keeps its drafts when a late edition came in between",
        ),
        pytest.param(
            WEEKS, date(2026, 9, 25), date(2026, 12, 16), (1, 2), (), None, id="of a meeting long issued"
        ),
    ],
)
def test_a_late_edition_is_of_its_report(editions, meeting, today, stood, reported, since):
    found = before(editions, meeting, 8, today)
    assert (found.stood, found.issued) == (stood, reported)
    assert window_start(editions, 8, today, meeting) == since


@pytest.mark.parametrize(
    "meeting, now, end",
    [
        pytest.param(None, monday(12, 14), monday(12, 14), id="no meeting is known"),
        pytest.param(DECEMBER, monday(12, 14), monday(12, 14), id="before the meeting"),
        pytest.param(
            DECEMBER, monday(12, 28), datetime(2026, 12, 19, tzinfo=UTC), id="the meeting's day is over"
        ),
        pytest.param(
            date(2026, 6, 19),
            monday(12, 28),
            datetime(2026, 6, 19, 23, tzinfo=UTC),
            id="which ends in London",
        ),
    ],
)
def test_a_window_ends_with_the_meeting(meeting, now, end):
    assert window_end(meeting, now) == end


def test_the_window_begins_where_the_issued_one_ended():
    assert window_start(JANUARY, 8, date(2026, 2, 2)) == monday(1, 12)
    assert window_start(JANUARY, 8, date(2026, 1, 10)) is None


@pytest.mark.parametrize(
    "editions, meeting, today, stood, reported",
    [
        pytest.param([], MEETINGS[0], date(2026, 1, 5), (), (), id="the first draft of all"),
        pytest.param(
            JANUARY[:2], MEETINGS[0], date(2026, 1, 12), (1, 2), (), id="earlier ones for the same meeting"
        ),
        pytest.param(
            JANUARY, MEETINGS[1], date(2026, 1, 26), (3,), (2,), id="the issued one and those since"
        ),
        pytest.param(
            [*JANUARY, kept(4, None, monday(1, 26))],
            MEETINGS[1],
            date(2026, 2, 2),
            (3, 4),
            (2,),
            id="one made while no meeting was known",
        ),
        pytest.param(
            [kept(1, None, monday(1, 5)), *JANUARY[1:]],
            MEETINGS[1],
            date(2026, 2, 2),
            (3,),
            (2,),
            id="but not from before the report",
        ),
        pytest.param(
            JANUARY,
            date(2026, 4, 10),
            date(2026, 2, 2),
            (3,),
            (2,),
            id="a meeting that was moved before its papers went out",
        ),
        pytest.param(
            JANUARY, MEETINGS[0], date(2026, 1, 26), (1, 2), (), id="the issued report drafted again"
        ),
        pytest.param(JANUARY, MEETINGS[2], date(2026, 4, 1), (), (2, 3), id="two reports ago"),
    ],
)
def test_a_draft_builds_on(editions, meeting, today, stood, reported):
    found = before(editions, meeting, 8, today)
    assert (found.stood, found.issued) == (stood, reported)


MONDAY_SEVEN = WeeklyTime(weekday=0, at=time(7, 0))


@pytest.mark.parametrize(
    "now, moment",
    [
        pytest.param(monday(11, 16), monday(11, 16), id="on the dot"),
        pytest.param(monday(11, 16) - timedelta(seconds=1), monday(11, 9), id="a second early"),
        pytest.param(datetime(2026, 11, 22, 12, tzinfo=UTC), monday(11, 16), id="the Sunday after"),
        pytest.param(
            datetime(2026, 7, 6, 6, tzinfo=UTC),
            datetime(2026, 7, 6, 6, tzinfo=UTC),
            id="07:00 in summer is 06:00 UTC",
        ),
        pytest.param(
            datetime(2026, 10, 26, 6, 30, tzinfo=UTC),
            datetime(2026, 10, 19, 6, tzinfo=UTC),
            id="the morning after the clocks went back, before seven",
        ),
    ],
)
def test_the_weekly_moment_is_the_panels_own_time(now, moment):
    assert weekly_moment(MONDAY_SEVEN, now) == moment


moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)).map(
    lambda found: found.replace(tzinfo=UTC)
)
weeklies = st.builds(
    WeeklyTime,
    weekday=st.integers(0, 6),
    at=st.times().filter(lambda at: at.hour != 1).map(lambda at: at.replace(fold=0)),
)


@given(weekly=weeklies, now=moments)
def test_the_weekly_moment_is_never_ahead_nor_a_week_behind(weekly, now):
    behind = now - weekly_moment(weekly, now)
    assert timedelta(0) <= behind <= timedelta(days=7, hours=1)


NOVEMBER = datetime(2026, 11, 17, tzinfo=UTC)


def made_for(number, weekly):
    return replace(kept(number, None, weekly or NOVEMBER), weekly=weekly)


@given(weekly=weeklies, now=moments)
def test_a_week_is_drafted_once_however_late(weekly, now):
    assert edition_of_week((), weekly, now) is None
    made = made_for(1, weekly_moment(weekly, now))
    assert edition_of_week([made], weekly, now) is made
    assert edition_of_week([made], weekly, now + timedelta(days=7, hours=2)) is None


LAST_WEEK, THIS_WEEK, IN_A_MONTH = (
    datetime(2026, month, day, 7, tzinfo=UTC) for month, day in ((11, 9), (11, 16), (12, 14))
)


@pytest.mark.parametrize(
    "editions, number",
    [
        pytest.param([], None, id="none was made"),
        pytest.param([(1, LAST_WEEK)], None, id="last week's"),
        pytest.param([(1, LAST_WEEK), (2, THIS_WEEK)], 2, id="this week's"),
        pytest.param([(1, THIS_WEEK), (2, None)], 1, id="this week's, and one that a person asked for"),
        pytest.param([(1, None)], None, id="only one that a person asked for"),
        pytest.param([(1, THIS_WEEK + timedelta(minutes=2))], 1, id="of before the moment was kept"),
        pytest.param([(1, IN_A_MONTH)], None, id="made under a clock a month ahead"),
        pytest.param([(1, IN_A_MONTH), (2, THIS_WEEK)], 2, id="and made again when the clock was right"),
        pytest.param([(1, THIS_WEEK), (2, IN_A_MONTH)], 1, id="made before the clock went wrong"),
    ],
)
def test_which_edition_is_this_weeks(editions, number):
    found = edition_of_week([made_for(*one) for one in editions], MONDAY_SEVEN, THIS_WEEK + timedelta(days=2))
    assert (found.number if found else None) == number


def test_an_edition_of_a_wrong_clock_is_not_that_weeks_either():
    editions = [made_for(1, IN_A_MONTH), made_for(2, THIS_WEEK)]
    assert edition_of_week(editions, MONDAY_SEVEN, IN_A_MONTH + timedelta(hours=1)) is None


# ── what somebody said is the report ────────────────────────────────────────────────────────────────────────────


def said_issued(edition: KeptEdition, at: datetime) -> KeptEdition:
    return replace(edition, issued=at, issued_by="Ann")


FIRST, SECOND, THIRD = JANUARY
SAID = [said_issued(FIRST, monday(1, 5)), SECOND]
AFTER = [said_issued(FIRST, monday(1, 5)), kept(2, date(2026, 3, 27), monday(1, 12))]


@pytest.mark.parametrize(
    "editions, today, meeting, number",
    [
        pytest.param([FIRST, SECOND], date(2026, 1, 13), MEETINGS[0], None, id="nobody said so"),
        pytest.param(SAID, date(2026, 1, 13), MEETINGS[1], 1, id="from that moment, before the papers' day"),
        pytest.param(SAID, date(2026, 2, 20), MEETINGS[1], 1, id="and after it, whatever was drafted later"),
        pytest.param(
            [FIRST, said_issued(SECOND, monday(1, 12))], date(2026, 1, 13), MEETINGS[1], 2, id="the newest"
        ),
        pytest.param(AFTER, date(2026, 3, 20), MEETINGS[2], 2, id="the next by its papers again"),
    ],
)
def test_an_edition_is_issued_where_somebody_says_so(editions, today, meeting, number):
    found = issued(editions, 8, today)
    assert next_meeting(MEETINGS, 8, today, editions) == meeting
    assert (found.number if found else None) == number


def test_the_next_draft_is_built_on_what_was_issued_and_begins_at_its_end():
    found = before(AFTER, MEETINGS[1], 8, date(2026, 1, 13))
    assert (found.stood, found.issued) == ((2,), (1,))
    assert window_start(AFTER, 8, date(2026, 1, 13), MEETINGS[1]) == monday(1, 5)


def test_a_late_edition_of_what_was_issued_sees_what_it_saw():
    found = before(AFTER, MEETINGS[0], 8, date(2026, 1, 20))
    assert (found.stood, found.issued) == ((1,), ())
    assert window_start(AFTER, 8, date(2026, 1, 20), MEETINGS[0]) is None


def test_what_was_issued_is_said():
    assert say_papers(MEETINGS, 8, date(2026, 1, 13), AFTER) == (
        "the report for 23 January was issued on 5 January; this is for the meeting after it, 27 March"
    )
    assert say_towards(MEETINGS, 8, date(2026, 1, 13), AFTER, meeting=MEETINGS[0], previous=1) == (
        "the report for 23 January was issued on 5 January; this is a late edition of draft 1"
    )
