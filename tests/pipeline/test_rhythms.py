"""How often a feed brings something is asked of its own articles; until when, of every feed."""

from datetime import timedelta

import pytest

from monitor.model import FeedState, PollOutcome, PollResult, Window
from monitor.pipeline.rhythms import RHYTHM, feed_health, newest, usual_gaps
from monitor.settings import Feed
from monitor.store import Store
from tests.rules import NOW, article

OFTEN = Feed(name="Often", url="https://often.example/feed")
SELDOM = Feed(name="Seldom", url="https://seldom.example/feed")
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    """One feed brings an article a day and was read yesterday, the other one a week and was read an hour ago."""
    with Store.open(tmp_path / "archive.db") as store:
        for feed, every, read in ((OFTEN, 1, NOW - DAY), (SELDOM, 7, NOW - DAY / 24)):
            brought = [
                article(id=f"{feed.name}-{number}", feed=feed.url, days=-every * number - 1)
                for number in range(8)
            ]
            outcome = PollOutcome(feed=feed.url, at=read, result=PollResult.NEW, entries=8, new=8)
            store.feeds.save_poll(
                outcome, FeedState(url=feed.url, last_poll=read, last_success=read), brought
            )
        yield store


@pytest.mark.parametrize(
    ("feeds", "expected"),
    [
        ((OFTEN,), {OFTEN.url: DAY}),
        ((SELDOM,), {SELDOM.url: 7 * DAY}),
        ((OFTEN, SELDOM), {OFTEN.url: DAY, SELDOM.url: 7 * DAY}),
        ((), {}),
    ],
    ids=["one", "the other", "both", "none"],
)
def test_the_rhythm_of_each_is_its_own_whoever_else_is_asked(store, feeds, expected):
    assert usual_gaps(store, feeds, NOW) == expected


@pytest.mark.parametrize("feeds", [(OFTEN,), (SELDOM,)], ids=["one", "the other"])
def test_it_is_looked_for_until_any_feed_was_last_read(store, feeds):
    assert newest(store, NOW) == NOW - DAY / 24
    assert newest(store, NOW - 2 * DAY) == NOW - 2 * DAY  # never later than now
    asked = []
    feed_health(store, feeds, Window(since=None, until=NOW), NOW, lambda *of: asked.append(of) or {})
    assert asked == [(store, feeds, NOW)]


def test_what_is_older_tells_nothing(store):
    later = NOW + RHYTHM - 2 * DAY  # by which only the other feed was read
    store.feeds.save_poll(
        PollOutcome(feed=OFTEN.url, at=later, result=PollResult.UNCHANGED, entries=0, new=0),
        FeedState(url=OFTEN.url, last_poll=later, last_success=later),
        [],
    )
    assert usual_gaps(store, [SELDOM], later) == {SELDOM.url: None}
