"""How the feeds did in a window, and how they are: by the rhythm in which each brings something."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.model import FeedState, ReadingHealth, Window
from monitor.reading.schedule.health import gaps, health
from monitor.settings import Feed
from monitor.store import Store

RHYTHM = timedelta(days=60)  # how far back a feed's usual gap between entries is looked for

Gaps = Mapping[str, timedelta | None]
GapsOf = Callable[[Store, Mapping[str, FeedState], datetime], Gaps]


def usual_gaps(store: Store, states: Mapping[str, FeedState], now: datetime) -> Gaps:
    """Each feed's usual gap between entries, by the time until feeds were last read."""
    until = newest(states, now)
    return gaps(store.articles.sightings(Window(since=until - RHYTHM, until=now)))


def newest(states: Mapping[str, FeedState], now: datetime) -> datetime:
    """When a feed was last read."""
    return min(max((state.last_success for state in states.values() if state.last_success), default=now), now)


def feed_health(
    store: Store, feeds: Sequence[Feed], window: Window, now: datetime, gaps_of: GapsOf = usual_gaps
) -> ReadingHealth:
    """How the feeds did in the window and how they are at `now`."""
    states: Mapping[str, FeedState] = {state.url: state for state in store.feeds.states()}
    return health(feeds, states, store.feeds.read_in(window), gaps_of(store, states, now))
