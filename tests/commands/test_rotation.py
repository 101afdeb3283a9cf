"""Which backups are kept, by their days."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.app.rotation import superfluous
from monitor.settings import Backups

NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # a Monday
RULE = Backups(daily=3, weekly=2, monthly=2)


def days(*ago):
    return [NOW - timedelta(days=day) for day in ago]


@pytest.mark.parametrize(
    "made, gone",
    [
        ([], []),
        (days(0), []),
        (days(400), []),  # the newest is never removed, however old
        (days(2, 1, 0), []),
        (days(3, 2, 1, 0), days(3)),  # 27 November: the 29th stands for that week
        (days(0, 3, 8), []),  # the 22nd is of the second week, and of the third day
        (days(0, 1, 2, 7, 8), days(8, 7)),  # 22 and 23 November: the 29th and today stand for the two weeks
        (days(0, 0.1, 0.2), days(0.2, 0.1)),  # of a day the last
        (days(0, 1, 2, 30), []),  # 31 October
        (days(0, 1, 2, 30, 31, 60), days(60, 31)),
        ([NOW + timedelta(days=31), *days(0, 1)], []),  # a clock that went wrong is not believed, nor removed
    ],
)
def test_what_makes_room(made, gone):
    assert list(superfluous(made, NOW, RULE)) == gone


def test_a_year_of_days_leaves_so_many_of_each():
    kept: list[datetime] = []
    for day in range(500):
        now = NOW + timedelta(days=day)
        kept.append(now)
        gone = set(superfluous(kept, now, Backups()))
        kept = [moment for moment in kept if moment not in gone]
        assert now in kept
    assert len(kept) <= 7 + 8 + 12
    assert sorted(kept)[-7:] == [now - timedelta(days=ago) for ago in range(6, -1, -1)]
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    assert len({moment.isocalendar()[:2] for moment in kept if moment > now - timedelta(days=56)}) == 8
