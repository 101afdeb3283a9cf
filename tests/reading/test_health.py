"""How the feeds are, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import FeedState, FeedTrouble
from monitor.reading.schedule.health import failure_of, gaps, health, rhythm_of
from monitor.settings import Feed

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)


def feed(name: str, **changes) -> Feed:
    return Feed(name=name, url=f"https://{name}.example/rss", **changes)


def state(name: str, **changes) -> FeedState:
    well = {"last_poll": NOW, "last_success": NOW, "last_new": NOW - timedelta(hours=5)}
    return FeedState(url=f"https://{name}.example/rss", **{**well, **changes})


FEEDS = (
    feed("well"),
    feed("failing"),
    feed("never"),
    feed("silent"),
    feed("empty"),
    feed("slow"),
    feed("paused", paused="the outlet asked us to stop"),
    feed("new"),
    feed("moved"),
)
STATES = (
    state("well"),
    state("failing", last_success=datetime(2026, 11, 3, 8, tzinfo=UTC), last_failure="404 Not Found"),
    state("never", last_success=None, last_new=None, last_failure="the name does not resolve"),
    state("silent", last_new=datetime(2026, 10, 1, 8, tzinfo=UTC)),
    state("empty", last_new=None),
    state("moved", moved_to="https://moved.example/feed/"),
    state("slow", last_new=datetime(2026, 10, 20, 8, tzinfo=UTC)),
)


def found():
    states = {one.url: one for one in STATES}
    fortnightly = [("https://slow.example/rss", NOW - timedelta(days=14 * i)) for i in range(2, 8)]
    return health(FEEDS, states, {"https://well.example/rss", "https://gone.example/rss"}, gaps(fortnightly))


def test_counts_are_of_the_feeds_that_are_on():
    assert (found().feeds, found().read, found().last_poll) == (8, 1, NOW)


@pytest.mark.parametrize(
    "states, read",
    [
        ((), None),
        ((state("failing", last_success=None, last_failure="503"),), None),
        (
            (state("failing", last_success=NOW - timedelta(days=2), last_failure="503"),),
            NOW - timedelta(days=2),
        ),
        (
            (
                state("failing", last_success=NOW - timedelta(days=2), last_failure="503"),
                state("well", last_success=NOW - timedelta(days=1)),
            ),
            NOW - timedelta(days=1),
        ),
        ((state("paused"),), None),
    ],
    ids=["never asked", "asked in vain", "once, before it failed", "the latest of all", "only a paused one"],
)
def test_last_read_is_when_a_feed_answered_not_when_one_was_asked(states, read):
    assert health(FEEDS, {one.url: one for one in states}, set(), {}).last_read == read


def test_failing_feeds_say_what_and_since_when():
    assert found().failing == (
        FeedTrouble(
            outlet="failing",
            url="https://failing.example/rss",
            what="404 Not Found; last read on 3 November 2026",
        ),
        FeedTrouble(
            outlet="never",
            url="https://never.example/rss",
            what="the name does not resolve; it has never been read",
        ),
    )


def test_silence_is_relative_to_a_feeds_own_rhythm():
    assert found().silent == (
        FeedTrouble(
            outlet="silent",
            url="https://silent.example/rss",
            what="it answers, but its newest entry is of 1 October 2026",
        ),
        FeedTrouble(outlet="empty", url="https://empty.example/rss", what="it answers, but has no entries"),
    )


def test_a_paused_feed_says_why():
    assert found().paused == (
        FeedTrouble(outlet="paused", url="https://paused.example/rss", what="the outlet asked us to stop"),
    )


def test_a_feed_that_moved_says_where_to():
    assert found().moved == (
        FeedTrouble(
            outlet="moved",
            url="https://moved.example/rss",
            what="it has moved to https://moved.example/feed/; put that address into feeds.yaml",
        ),
    )


def test_a_feed_that_is_gone_says_since_when():
    gone = state("gone", last_failure="410 Gone", gone_since=datetime(2026, 11, 3, 8, tzinfo=UTC))
    assert failure_of(gone) == "the site says since 3 November 2026 that it is gone for good"


@pytest.mark.parametrize(
    "gap, words",
    [
        pytest.param(None, None, id="not known"),
        pytest.param(timedelta(0), "about 999 a day", id="no gap at all"),
        pytest.param(timedelta(hours=4), "about 6 a day", id="several a day"),
        pytest.param(timedelta(hours=23), "about one a day", id="daily"),
        pytest.param(timedelta(days=6, hours=20), "one every 7 days", id="weekly"),
    ],
)
def test_the_rhythm_in_words(gap, words):
    assert rhythm_of(gap) == words
