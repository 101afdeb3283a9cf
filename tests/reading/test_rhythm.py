"""Whether nothing new is news: the archive's own rhythm tells, by the hour of the week."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.reading.schedule.rhythm import lull

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def weeks(hours, count: int = 10) -> list[datetime]:
    """New articles at these hours of each of so many weeks, until `MONDAY`."""
    return sorted(MONDAY - WEEK * back + HOUR * hour for back in range(1, count + 1) for hour in hours)


ROUND_THE_CLOCK = weeks(range(168))
BY_DAY = weeks([24 * day + hour for day in range(7) for hour in range(7, 22)])
OFFICE_HOURS = weeks([24 * day + hour for day in range(5) for hour in range(9, 18)])
WEEKLY_PAPERS = weeks([3 * 24 + 9, 3 * 24 + 12, 4 * 24 + 8])  # Thursday and Friday
ONE_A_FORTNIGHT = sorted(MONDAY - 2 * WEEK * back + 80 * HOUR for back in range(1, 6))


def slept(sightings, *weeks_back: int) -> list[datetime]:
    """The machine was off in these weeks."""
    off = [(MONDAY - WEEK * back, MONDAY - WEEK * (back - 1)) for back in weeks_back]
    return [moment for moment in sightings if not any(since <= moment < until for since, until in off)]


@pytest.mark.parametrize(
    "sightings, after, is_told",
    [
        pytest.param([], HOUR, False, id="an empty archive"),
        pytest.param([MONDAY - HOUR], 300 * DAY, False, id="one poll brought everything: silence of feeds tells"),
        pytest.param(ROUND_THE_CLOCK, 10 * HOUR, False, id="half a day is always granted"),
        pytest.param(ROUND_THE_CLOCK, 13 * HOUR, True, id="a hundred feeds, half a day"),
        pytest.param(ROUND_THE_CLOCK, 100 * DAY, True, id="and a hundred days"),
        pytest.param(BY_DAY, 20 * HOUR, False, id="by day only: a night is ten hours"),
        pytest.param(BY_DAY, 29 * HOUR, True, id="by day only: a day and more"),
        pytest.param(OFFICE_HOURS, 9 * HOUR, False, id="office hours: Monday morning after a weekend"),
        pytest.param(OFFICE_HOURS, 33 * HOUR, False, id="office hours: Tuesday morning after a bank holiday"),
        pytest.param(OFFICE_HOURS, 48 * HOUR, True, id="office hours: nothing on Tuesday either"),
        pytest.param(OFFICE_HOURS, 4 * DAY, True, id="office hours: on Thursday night"),
        pytest.param(WEEKLY_PAPERS, 5 * DAY, False, id="weekly papers: before the next are out"),
        pytest.param(WEEKLY_PAPERS, 8 * DAY, False, id="weekly papers: one week without"),
        pytest.param(WEEKLY_PAPERS, 17 * DAY, True, id="weekly papers: the third week without"),
        pytest.param(ONE_A_FORTNIGHT, 20 * DAY, False, id="one a fortnight"),
        pytest.param(ONE_A_FORTNIGHT, 50 * DAY, True, id="one a fortnight, none for seven weeks"),
        pytest.param(slept(ROUND_THE_CLOCK, 3), 14 * HOUR, True, id="asleep for one of the weeks"),
        pytest.param(slept(ROUND_THE_CLOCK, 3, 6), 14 * HOUR, True, id="asleep for two of them"),
        pytest.param(ROUND_THE_CLOCK[-5:], 40 * HOUR, False, id="a young archive: two days are granted"),
        pytest.param(ROUND_THE_CLOCK[-5:], 49 * HOUR, True, id="a young archive: two days are over"),
        pytest.param(ROUND_THE_CLOCK[-300:], 49 * HOUR, True, id="two weeks old"),
        pytest.param(ROUND_THE_CLOCK, -3 * DAY, False, id="a clock set back"),
    ],
)  # fmt: skip
def test_nothing_new_is_told_by_the_archives_own_rhythm(sightings, after, is_told):
    assert (lull(sightings, MONDAY + after) is not None) is is_told


def test_what_is_told_says_how_it_is_known():
    found = lull(BY_DAY, MONDAY + 40 * HOUR)
    assert (found.since, found.usual, found.weeks) == (MONDAY - 3 * HOUR, 10 * HOUR, 8)
    young = lull(ROUND_THE_CLOCK[-5:], MONDAY + 60 * HOUR)
    assert (young.since, young.usual, young.weeks) == (MONDAY - HOUR, HOUR, 0)
