"""How the feeds did in a window, and how they are: by the rhythm in which each brings something."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.model import ReadingHealth, Window
from monitor.reading.schedule.health import gaps, health
from monitor.settings import Feed
from monitor.store import Store

RHYTHM = timedelta(days=60)  # how far back a feed's usual gap between entries is looked for

Gaps = Mapping[str, timedelta | None]
GapsOf = Callable[[Store, Sequence[Feed], datetime], Gaps]


def usual_gaps(store: Store, feeds: Sequence[Feed], now: datetime) -> Gaps:
    """The usual gap between entries of each of the feeds, by the time until any was last read."""
    window = Window(since=newest(store, now) - RHYTHM, until=now)
    return gaps(store.articles.sightings(window, [feed.url for feed in feeds]))


def newest(store: Store, now: datetime) -> datetime:
    """When a feed was last read, whoever wants it."""
    return min(max(store.feeds.successes(), default=now), now)


def feed_health(
    store: Store, feeds: Sequence[Feed], window: Window, now: datetime, gaps_of: GapsOf = usual_gaps
) -> ReadingHealth:
    """How the feeds did in the window and how they are at `now`."""
    states = {state.url: state for state in store.feeds.states([feed.url for feed in feeds])}
    return health(feeds, states, store.feeds.read_in(window), gaps_of(store, feeds, now))
