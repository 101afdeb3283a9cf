"""How the feeds are, in words: what a draft and the status rest on.

A feed that is on is *failing* while its last poll failed, *silent* when it answers but has brought nothing for long
(`polling.is_silent`), and otherwise well. A feed that was never polled is neither: nothing is known of it yet. A feed
may be *moved* besides: it is read at its new address, and the editor is told which.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model import FeedState, FeedTrouble, ReadingHealth
from monitor.reading.schedule.polling import is_silent, state_of, usual_gap
from monitor.settings import Feed

LONDON = ZoneInfo("Europe/London")


def gaps(sightings: Iterable[tuple[str, datetime]]) -> Mapping[str, timedelta | None]:
    """Each feed's usual gap between entries, from pairs of a feed's address and an entry's date."""
    dates: dict[str, list[datetime]] = {}
    for feed, published in sightings:
        dates.setdefault(feed, []).append(published)
    return {feed: usual_gap(found) for feed, found in dates.items()}


def failure_of(state: FeedState) -> str | None:
    """What is wrong with a feed that fails, and since when; None for one that does not."""
    if state.last_failure is None:
        return None
    if state.gone_since is not None:
        return f"the site says since {_day(state.gone_since)} that it is gone for good"
    if state.last_success is None:
        return f"{state.last_failure}; it has never been read"
    return f"{state.last_failure}; last read on {_day(state.last_success)}"


def left_of(state: FeedState) -> str | None:
    """Why the last poll did not ask a feed; None for one that it asked."""
    return f"left for the next poll, as {state.left}" if state.left else None


def silence_of(state: FeedState, gap: timedelta | None) -> str | None:
    """What is odd about a feed that answers but brings nothing; None for one that is not silent."""
    if state.last_failure is not None or not is_silent(state, gap):
        return None
    if state.last_new is None:
        return "it answers, but has no entries"
    return f"it answers, but its newest entry is of {_day(state.last_new)}"


def move_of(state: FeedState) -> str | None:
    """Where a feed moved to, and what to do; None for one that is where feeds.yaml says."""
    return f"it has moved to {state.moved_to}; put that address into feeds.yaml" if state.moved_to else None


def rhythm_of(gap: timedelta | None) -> str | None:
    """A usual gap between entries in words: "about 6 a day", "one every 9 days"; None where it is not known."""
    if gap is None:
        return None
    if gap <= timedelta(hours=16):
        return f"about {min(round(timedelta(days=1) / max(gap, timedelta(minutes=1))), 999)} a day"
    days = max(round(gap / timedelta(days=1)), 1)
    return "about one a day" if days == 1 else f"one every {days} days"


def health(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    read: Collection[str],
    usual: Mapping[str, timedelta | None],
) -> ReadingHealth:
    """The health of all feeds when they were last asked. `read` holds the addresses that answered in the window;
    `usual` is `gaps`'."""
    on = [feed for feed in feeds if feed.paused is None]
    known = [state_of(feed, states) for feed in on]
    return ReadingHealth(
        feeds=len(on),
        read=sum(feed.url in read for feed in on),
        failing=tuple(
            FeedTrouble(outlet=feed.name, url=feed.url, what=what)
            for feed in on
            if (what := failure_of(state_of(feed, states)))
        ),
        silent=tuple(
            FeedTrouble(outlet=feed.name, url=feed.url, what=what)
            for feed in on
            if (what := silence_of(state_of(feed, states), usual.get(feed.url)))
        ),
        paused=tuple(
            FeedTrouble(outlet=feed.name, url=feed.url, what=feed.paused)
            for feed in feeds
            if feed.paused is not None
        ),
        moved=tuple(
            FeedTrouble(outlet=feed.name, url=feed.url, what=what)
            for feed in on
            if (what := move_of(state_of(feed, states)))
        ),
        last_poll=max((state.last_poll for state in known if state.last_poll), default=None),
        last_read=max((state.last_success for state in known if state.last_success), default=None),
    )


def _day(moment: datetime) -> str:
    day = moment.astimezone(LONDON)
    return f"{day.day} {day:%B %Y}"
