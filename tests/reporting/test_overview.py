"""What an overview is of, with what it is compared, and how counts become rows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model import Counted, Decision, EditionCount, Learned, Said, Source
from monitor.reporting.overview.kept import kept_of
from monitor.reporting.overview.period import period_of
from monitor.reporting.overview.rows import blind_weeks, rows

WEDNESDAY = date(2026, 11, 18)
MEETINGS = (date(2026, 9, 24), date(2026, 11, 6), date(2026, 12, 10))


@pytest.mark.parametrize(
    "name, meetings, first, weeks, before",
    [
        pytest.param(
            "4", (), date(2026, 10, 26), 4, (date(2026, 9, 28), date(2026, 10, 21)), id="four, the last short"
        ),
        pytest.param("52", (), date(2025, 11, 24), 52, (date(2024, 11, 25), date(2025, 11, 19)), id="a year"),
        pytest.param(
            "meeting",
            MEETINGS,
            date(2026, 11, 6),
            3,
            (date(2026, 10, 16), date(2026, 10, 28)),
            id="since the last meeting, a Friday",
        ),
        pytest.param(
            "meeting", (), date(2026, 8, 31), 12, (date(2026, 6, 8), date(2026, 8, 26)), id="no meeting was"
        ),
        pytest.param(
            "meeting",
            (date(2019, 1, 1),),
            date(2025, 11, 24),
            52,
            (date(2024, 11, 25), date(2025, 11, 19)),
            id="a meeting of long ago: a year at most",
        ),
        pytest.param(
            "'; DROP", (), date(2026, 8, 31), 12, (date(2026, 6, 8), date(2026, 8, 26)), id="anything else"
        ),
    ],
)
def test_a_period(name, meetings, first, weeks, before):
    period = period_of(name, WEDNESDAY, meetings)
    assert (period.first, period.last, len(period.weeks), period.before) == (first, WEDNESDAY, weeks, before)
    assert all(week.weekday() == 0 for week in period.weeks[1:])
    assert before[1] - before[0] == WEDNESDAY - first, "as many days"
    assert period.end_of(period.weeks[-1]) == WEDNESDAY


def test_on_a_monday_the_week_that_begins_is_the_last():
    period = period_of("4", date(2026, 11, 16), ())
    assert period.weeks[-1] == date(2026, 11, 16) == period.end_of(period.weeks[-1])


def counted(week: date, value: str, count: int) -> Counted:
    return Counted(week=week, value=value, count=count)


FOUR = period_of("4", WEDNESDAY, ())
W1, W2, W3, W4 = FOUR.weeks


def test_counts_become_rows():
    found = rows(
        FOUR,
        {"a": "Alpha", "b": "Beta", "c": "Gamma"},
        [counted(W1, "b", 2), counted(W4, "b", 1), counted(W2, "a", 1), counted(W1, "gone", 9)],
        {"b": 5, "c": 1},
        frozenset({W3}),
    )
    assert [(row.name, row.weeks, row.total, row.change) for row in found] == [
        ("Beta", (2, 0, None, 1), 3, "−2 (was 5)"),
        ("Alpha", (0, 1, None, 0), 1, "none before"),
        ("Gamma", (0, 0, None, 0), 0, "−1 (was 1)"),
    ]


def test_a_period_that_begins_within_a_week_has_what_came_in_it():
    period = period_of("meeting", WEDNESDAY, MEETINGS)
    found = rows(period, {"a": "Alpha"}, [counted(date(2026, 11, 2), "a", 3)], {}, frozenset())
    assert found[0].weeks == (3, 0, 0)


@pytest.mark.parametrize(
    "came, polled, blind",
    [
        pytest.param([], [True] * 4, set(), id="read, and nothing came: zeros"),
        pytest.param([], [True, False, True, True], {W2}, id="no feed answered"),
        pytest.param(
            [counted(W1, "", 3)],
            [False, True, True, True],
            set(),
            id="its polls are forgotten, its articles not",
        ),
        pytest.param([counted(W1, "", 0)], [False] * 4, {W1, W2, W3, W4}, id="never"),
    ],
)
def test_weeks_in_which_nothing_could_be_counted(came, polled, blind):
    assert blind_weeks(FOUR, came, polled) == blind


def learned(edition: int, day: int, *said: tuple[str, Said], source=Source.REPORT) -> Learned:
    decisions = tuple(
        Decision(said=what, edition=edition, story=story, drafted=story) for story, what in said
    )
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Learned(edition=edition, learned=at, digest=str(day), decisions=decisions, source=source)


def draft(number: int, items: int = 4) -> EditionCount:
    made = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number)
    return EditionCount(
        number=number, made=made, meeting=None, items=items, further=7, stories=frozenset("abcd")
    )


@pytest.mark.parametrize(
    "said, kept, dropped, taken, own, unsaid",
    [
        pytest.param([], 0, 0, 0, 0, 4, id="not a word"),
        pytest.param(
            [learned(1, 2, ("a", Said.KEPT), ("b", Said.DROPPED), ("f", Said.TAKEN), ("o", Said.ADDED))],
            *(1, 1, 1, 1, 2),
            id="one of each",
        ),
        pytest.param(
            [learned(1, 2, ("a", Said.KEPT)), learned(1, 3, ("a", Said.DROPPED), source=Source.WORD)],
            *(0, 1, 0, 0, 3),
            id="the last word counts",
        ),
        pytest.param(
            [learned(1, 3, ("a", Said.DROPPED), source=Source.WORD), learned(1, 2, ("a", Said.KEPT))],
            *(0, 1, 0, 0, 3),
            id="in whatever order they are kept",
        ),
        pytest.param([learned(2, 2, ("a", Said.KEPT))], 0, 0, 0, 0, 4, id="of another draft"),
        pytest.param(
            [learned(1, 2, ("a", Said.KEPT), ("f", Said.DROPPED), ("g", Said.KEPT), source=Source.DESK)],
            *(1, 0, 0, 0, 3),
            id="a further story that was dismissed was not offered, nor the part of an item",
        ),
        pytest.param(
            [learned(1, 2, ("a", Said.DROPPED)), learned(1, 3, ("a", Said.BACK), source=Source.DESK)],
            *(0, 0, 0, 0, 4),
            id="taken back",
        ),
        pytest.param(
            [learned(1, 2, ("a", Said.DROPPED)), learned(1, 3, ("a", Said.TAKEN), source=Source.DESK)],
            *(1, 0, 0, 0, 3),
            id="dropped, and taken in again: kept",
        ),
        pytest.param([learned(1, 2, ("a", Said.LATER), source=Source.DESK)], 0, 0, 0, 0, 3, id="put off"),
    ],
)
def test_what_was_kept_of_a_draft(said, kept, dropped, taken, own, unsaid):
    found = kept_of([draft(1)], said)[0]
    assert (found.kept, found.dropped, found.taken, found.own, found.unsaid) == (
        kept,
        dropped,
        taken,
        own,
        unsaid,
    )
    assert found.is_decided is bool(kept + dropped + taken + own + found.later)


def test_the_newest_draft_comes_first():
    assert [one.number for one in kept_of([draft(1), draft(3), draft(2)], [])] == [3, 2, 1]
