"""Which articles a draft puts together: its window's, and those that were reported or decided on, in their own words."""

from datetime import timedelta

import pytest
from conftest import NOW, article

from monitor.model import Decision, FeedState, PollOutcome, PollResult, Said, Window
from monitor.pipeline.choose import to_group
from monitor.pipeline.pages import readable
from monitor.reporting.edition.past import Past

RECURRING = "Sign up to our newsletter for all that the police and the council are up to near you."
WINDOW = Window(since=NOW - timedelta(days=7), until=NOW)
FEED = "https://courier.example/rss"


def kept(store, *articles):
    outcome = PollOutcome(feed=FEED, at=NOW, result=PollResult.NEW, entries=len(articles), new=len(articles))
    store.feeds.save_poll(outcome, FeedState(url=FEED, last_poll=NOW), articles)


def printed(days: int, number: int):
    return article(
        f"{days} days ago, {number}",
        first_seen=NOW - timedelta(days=days, minutes=number),
        published=NOW - timedelta(days=days, hours=1),
        paragraphs=(RECURRING, f"A thing of its own, the {number}th of {days} days ago."),
    )


def decided_on(*articles):
    return Past(
        decisions=tuple(
            Decision(said=Said.KEPT, edition=1, story=one.id, drafted=one.title, articles=(one.id,))
            for one in articles
        )
    )


@pytest.fixture
def stored(store):
    """Six articles of this week and six of the last, all with what recurs in their outlet's."""
    found = {days: [printed(days, number) for number in range(6)] for days in (2, 9)}
    kept(store, *found[2], *found[9])
    return found


def words(articles):
    return {one.id: one.paragraphs for one in articles}


def test_whoever_decided_on_a_story_of_the_window_its_words_are_those_of_all_the_others(store, stored):
    found = to_group(store, WINDOW, decided_on(*stored[2][:2]))
    assert words(found) == words(readable(store, WINDOW))
    assert not any(RECURRING in one for one in words(found).values())


def test_one_of_before_is_without_what_recurs_too(store, stored):
    before = stored[9][0]
    found = words(to_group(store, WINDOW, decided_on(before)))
    assert found.keys() == {before.id, *(one.id for one in stored[2])}
    assert found[before.id] == before.paragraphs[1:]


def test_nothing_is_known_for_ever(store):
    old = printed(400, 1)
    kept(store, old)
    assert to_group(store, WINDOW, decided_on(old)) == ()
