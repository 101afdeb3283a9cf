"""How one feed stands, in one word and one sentence; and which is looked at first. Pure.

A feed stands in one way only, the first that fits: it is paused; failing; left for the next poll; not read yet; silent;
moved; else well. Those for which a person may have to do something come first: failing and silent.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.model import FeedDay, FeedState
from monitor.reading.schedule.health import left_of, rhythm_of, silence_of
from monitor.settings import Feed

LONDON = ZoneInfo("Europe/London")


class Standing(StrEnum):
    """In the order in which feeds are shown."""

    FAILING = "failing"
    SILENT = "silent"
    LEFT = "left for the next"
    UNREAD = "not read yet"
    MOVED = "moved"
    WELL = "read"
    PAUSED = "paused"


ORDER = tuple(Standing)


def standing_of(feed: Feed, state: FeedState, gap: timedelta | None) -> Standing:
    if feed.paused is not None:
        return Standing.PAUSED
    if state.last_failure is not None:
        return Standing.FAILING
    if left_of(state):
        return Standing.LEFT
    if state.last_success is None:
        return Standing.UNREAD
    if silence_of(state, gap):
        return Standing.SILENT
    return Standing.MOVED if state.moved_to else Standing.WELL


def failing_since(state: FeedState, days: Sequence[FeedDay]) -> date | None:
    """The first day on which it failed since it was last read, by its polls of these days, in order; None where they do
    not say. Where they begin with a failure it may have failed for longer."""
    read = _day(state.last_success) if state.last_success else date.min
    return next((day.day for day in days if day.day >= read and day.failed), None)


def in_words(feed: Feed, state: FeedState, gap: timedelta | None, days: Sequence[FeedDay] = ()) -> str:
    """What stands behind the one word: since when, why, and against which rhythm of its own."""
    standing = standing_of(feed, state, gap)
    return _SAYS[standing](feed, state, gap, days)


def _failing(_feed: Feed, state: FeedState, _gap: timedelta | None, days: Sequence[FeedDay]) -> str:
    since = ""
    if found := failing_since(state, days):
        is_older = state.last_success and found == days[0].day > _day(state.last_success)
        since = f"since {_say(found)}{' at least' if is_older else ''}"
    if state.gone_since:
        since = f"gone for good, says the site, since {_say(_day(state.gone_since))}"
    read = (
        f"last read on {_say(_day(state.last_success))}" if state.last_success else "it has never been read"
    )
    return "; ".join(part for part in (since, str(state.last_failure), read) if part)


def _silent(_feed: Feed, state: FeedState, gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    usual = f"; usual is {rhythm_of(gap)}" if gap else ""
    if state.last_new is None or state.last_success is None:
        return f"it answers, but has no entries{usual}"
    days = (_day(state.last_success) - _day(state.last_new)).days
    return f"for {days} days: it answers, but its newest entry is of {_say(_day(state.last_new))}{usual}"


def _left(_feed: Feed, state: FeedState, _gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    since = f", since {_say(_day(state.left_since))}" if state.left_since else ""
    return f"the last poll did not ask it, as {state.left}{since}"


def _unread(_feed: Feed, _state: FeedState, _gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    return "no poll has asked it"


def _moved(_feed: Feed, state: FeedState, _gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    return f"it is read at {state.moved_to}, where its server sends us"


def _well(_feed: Feed, state: FeedState, gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    return rhythm_of(gap) or "too few entries yet to know its rhythm"


def _paused(feed: Feed, _state: FeedState, _gap: timedelta | None, _days: Sequence[FeedDay]) -> str:
    return f"because: {feed.paused}"


_SAYS = {
    Standing.FAILING: _failing,
    Standing.SILENT: _silent,
    Standing.LEFT: _left,
    Standing.UNREAD: _unread,
    Standing.MOVED: _moved,
    Standing.WELL: _well,
    Standing.PAUSED: _paused,
}


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
