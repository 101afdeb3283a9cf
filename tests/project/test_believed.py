"""Whether stored moments of the future are set right, or it is the clock that is behind."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.believed import Witness, is_ahead, is_behind

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def witness(clock=NOW, newest=NOW, last=NOW - HOUR, following=None, dated=0, dated_ahead=0) -> Witness:
    return Witness(
        clock=clock, newest=newest, last=last, following=following, dated=dated, dated_ahead=dated_ahead
    )


def ahead(by: timedelta, **changes) -> Witness:
    return witness(**{"newest": NOW + by, "following": NOW + by, **changes})


@pytest.mark.parametrize(
    "found, right",
    [
        pytest.param(witness(newest=None, last=None), "believed", id="an empty archive"),
        pytest.param(witness(), "believed", id="as ever"),
        pytest.param(ahead(23 * HOUR), "believed", id="the clock was set back by a day"),
        pytest.param(ahead(26 * HOUR), "believed", id="from the first to the last time zone"),
        pytest.param(ahead(37 * HOUR), "set right", id="a day and a half ahead, and a little"),
        pytest.param(ahead(30 * DAY), "set right", id="a month ahead, nothing new was read"),
        pytest.param(ahead(30 * DAY, dated=40), "set right", id="a month ahead, today's news was read"),
        pytest.param(
            ahead(30 * DAY, dated=40, dated_ahead=3), "set right", id="and three events of next month"
        ),
        pytest.param(ahead(365 * DAY), "set right", id="a year ahead: no date was believed"),
        pytest.param(ahead(3650 * DAY), "set right", id="ten years ahead"),
        pytest.param(ahead(30 * DAY, last=None), "set right", id="installed under a clock ahead"),
        pytest.param(
            ahead(30 * DAY, following=NOW - 5 * DAY + 30 * DAY, dated=9), "set right", id="ahead for five days"
        ),
        pytest.param(
            ahead(30 * DAY, following=NOW + MINUTE, dated=40),
            "set right",
            id="a month ahead for a month: today's news tells",
        ),
        pytest.param(witness(clock=datetime(1970, 1, 1, 0, 3, tzinfo=UTC), newest=None), "behind", id="1970, no archive"),
        pytest.param(witness(clock=datetime(1970, 1, 1, 0, 3, tzinfo=UTC)), "behind", id="1970"),
        pytest.param(witness(clock=datetime(2020, 1, 1, tzinfo=UTC), newest=None), "behind", id="2020, no archive"),
        pytest.param(
            ahead(30 * DAY, dated=900, dated_ahead=870, following=NOW + MINUTE), "behind", id="a month behind"
        ),
        pytest.param(
            ahead(38 * HOUR, dated=20, dated_ahead=8, following=NOW + MINUTE),
            "behind",
            id="not two days behind, most was dated hours before it was seen",
        ),
        pytest.param(
            ahead(30 * DAY, following=NOW + 4 * MINUTE), "behind", id="a month behind, no article since: polls tell"
        ),
        pytest.param(
            ahead(30 * DAY, last=None, dated=90, dated_ahead=90), "behind", id="to before the archive's beginning"
        ),
    ],
)  # fmt: skip
def test_which_is_believed(found, right):
    told = "behind" if is_behind(found) else "set right" if is_ahead(found) else "believed"
    assert told == right
