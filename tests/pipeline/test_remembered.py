"""What a desk that stays open remembers of articles: as the archive has them, in their own words."""

from datetime import timedelta

import pytest
from conftest import NOW, article

from monitor.model import FeedState, PollOutcome, PollResult
from monitor.pipeline import remembered
from monitor.pipeline.remembered import Remembered

RECURRING = "Sign up to our newsletter for all that the police and the council are up to near you."
FEED = "https://courier.example/rss"


def printed(number: int, *recurring: str):
    own = f"A thing of its own, the {number}th."
    return article(f"{number}", first_seen=NOW + timedelta(minutes=number), paragraphs=(*recurring, own))


def keep(store, *articles):
    outcome = PollOutcome(feed=FEED, at=NOW, result=PollResult.NEW, entries=len(articles), new=len(articles))
    store.feeds.save_poll(outcome, FeedState(url=FEED, last_poll=NOW), articles)


def words(store, held, *ids):
    return {one.id: one.paragraphs for one in held.readable(store, frozenset(ids))}


@pytest.fixture
def reads(monkeypatch):
    """Which articles were read, each time."""
    found, real = [], remembered.readable_ones

    def readable_ones(store, articles):
        found.append({one.id for one in articles})
        return real(store, articles)

    monkeypatch.setattr(remembered, "readable_ones", readable_ones)
    return found


def test_each_is_read_once_and_only_what_is_not_known_yet(store, reads):
    keep(store, *map(printed, range(4)))
    held = Remembered()
    first = words(store, held, "1", "2")
    assert words(store, held, "1", "2", "3", "nobody") == {**first, "3": printed(3).paragraphs}
    assert reads == [{"1", "2"}, {"3"}]


def test_another_that_came_may_tell_what_recurs(store):
    keep(store, *(printed(number, RECURRING) for number in range(3)))
    held = Remembered()
    assert words(store, held, "1") == {"1": printed(1, RECURRING).paragraphs}  # three are no habit yet
    keep(store, *(printed(number, RECURRING) for number in range(3, 14)))
    assert words(store, held, "1") == {"1": printed(1).paragraphs}


def test_what_is_gone_from_the_archive_is_not_remembered(store):
    keep(store, printed(1), printed(2), printed(3))
    held = Remembered()
    words(store, held, "1", "2")
    with store.archive.transaction() as transaction:
        transaction.execute("DELETE FROM articles WHERE id = '1'")
    assert words(store, held, "1", "2") == {"2": printed(2).paragraphs}
