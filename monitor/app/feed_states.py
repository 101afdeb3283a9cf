"""feeds list: how each feed stands, in words, and what a person could do.

A server that says a feed is gone for good (410) is believed after a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.app.clocks import agree_to_read
from monitor.app.installed import installed_to_read
from monitor.model import FeedState
from monitor.pipeline.rhythms import usual_gaps
from monitor.reading.schedule.health import failure_of, left_of, move_of, rhythm_of, silence_of
from monitor.reading.schedule.polling import state_of
from monitor.reporting.wording import LONDON, say_day, say_moment
from monitor.settings import Feed, FeedKind

PATIENCE = timedelta(
    days=3
)  # how long a feed may fail, or a machine sleep over a weekend, before a person is asked
GONE = timedelta(days=1)  # how long a server may call a feed gone before it is believed
TRIED_OFTEN = 3.0  # weight of failures after which a feed that never answered needs a person, if it was tried for TRIED_LONG


def is_lasting(state: FeedState, now: datetime, *, is_tried_long: bool = True) -> bool:
    if state.last_failure is None:
        return False
    if state.gone_since is not None:
        return now - state.gone_since >= GONE
    if state.last_success is None:
        return state.failures >= TRIED_OFTEN and is_tried_long
    return now - state.last_success > PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    name: str
    url: str
    kind: FeedKind
    area: str | None
    verified: bool
    state: str  # in words
    last_success: datetime | None
    last_new: datetime | None  # the date of its newest entry
    rhythm: str | None  # in words, where enough entries are known
    next_poll: datetime | None
    moved_to: str | None
    advice: str | None  # what a person could do; None where there is nothing to do
    left_out: str | None  # what a limit of ours leaves unread; None where nothing is

    def lines(self) -> Iterator[str]:
        unverified = "" if self.verified else " (address not verified)"
        yield f"{self.name}: {self.state}{unverified}"
        yield f"    {self.url}"
        if self.left_out:
            yield f"    Not all of it is read: {self.left_out}."
        if self.advice:
            yield f"    {self.advice}"


def list_feeds(config_folder: Path, data: Path, now: datetime) -> tuple[ListedFeed, ...]:
    """Every feed as configured, in that order, with how it stands."""
    with installed_to_read(config_folder, data) as installed:
        store = installed.store
        agree_to_read(store, now)
        states = {state.url: state for state in store.feeds.states()}
        usual = usual_gaps(store, installed.feeds, now)
        offered = installed.offered_to(config_folder)
        return tuple(_listed(feed, state_of(feed, states), usual.get(feed.url), now) for feed in offered)


def _listed(feed: Feed, state: FeedState, gap: timedelta | None, now: datetime) -> ListedFeed:
    rhythm = rhythm_of(gap)
    return ListedFeed(
        name=feed.name,
        url=feed.url,
        kind=feed.kind,
        area=feed.area,
        verified=feed.verified,
        state=_in_words(feed, state, rhythm),
        last_success=state.last_success,
        last_new=state.last_new,
        rhythm=rhythm,
        next_poll=None if feed.paused else state.next_poll,
        moved_to=state.moved_to,
        advice=None if feed.paused else _advice(feed, state, gap, now),
        left_out=None if feed.paused else state.left_out,
    )


def _in_words(feed: Feed, state: FeedState, rhythm: str | None) -> str:
    if feed.paused is not None:
        return f"paused: {feed.paused}"
    left = f"; {what}" if (what := left_of(state)) else ""
    if failure := failure_of(state):
        return f"failing: {failure}{left}"
    if state.last_success is None:
        return f"not read yet{left}"
    newest = f", newest entry {say_day(state.last_new.astimezone(LONDON).date())}" if state.last_new else ""
    return f"read {say_moment(state.last_success)}{newest}{f', {rhythm}' if rhythm else ''}{left}"


def _advice(feed: Feed, state: FeedState, gap: timedelta | None, now: datetime) -> str | None:
    if is_lasting(state, min(state.last_poll or now, now)):
        return f"`monitor feeds try {feed.url}` says what can be read; else pause it with a reason."
    if state.last_failure is not None and state.next_poll is not None:
        return f"Nothing to do yet: it is asked again from {say_moment(state.next_poll)}."
    if what := silence_of(state, gap):
        return f"Silent: {what}. See whether the outlet moved its feed."
    if what := move_of(state):
        return f"Moved: {what}."
    if state.last_success is not None and not feed.verified:
        return "It has answered: delete its `verified: false` in feeds.yaml."
    return None
