"""Moments and days as the index has them: whole numbers, which are quickly compared and counted."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEK = "({day} + 3) / 7"  # in SQL: the weeks since the one of 1 January 1970, a Thursday

_MICROSECOND = timedelta(microseconds=1)
_FIRST_MONDAY = date(1969, 12, 29)


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // _MICROSECOND


def day_number(moment: datetime) -> int:
    """Of its day in London."""
    return moment.astimezone(LONDON).toordinal() - EPOCH.toordinal()


def midnight(day: date) -> int:
    """When the day begins in London."""
    return microseconds(datetime.combine(day, time(), LONDON).astimezone(UTC))


def monday(week: int) -> date:
    return _FIRST_MONDAY + timedelta(weeks=week)
