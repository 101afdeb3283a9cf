"""When a feed is asked, how, and what is remembered of the answer. This comment is the specification.

*Due.* A feed that is on and was never polled is due; any other is due from its `next_poll` on. Who has waited longest
is asked first. A `next_poll` further off than the longest wait was written by a clock that was wrong, and is not
believed; nor is one of a feed that was last asked in the future.

*Asking.* The server's validators (ETag, Last-Modified) go with the request, so that it can answer "not modified". Some
servers give one ETag to changing content, so once a day a feed is asked without them.

*Moved.* Where permanent redirects (301, 308) led to a body that parsed, the feed is asked for there from then on, and
the editor is told; feeds.yaml is not changed. A redirect to a login or an error page teaches nothing. When the new
address refuses us or is no feed, the old one is asked the next time. Where another feed of the list has the new
address already, the old one is asked, so that no address is asked twice.

*Interval.* A feed is asked every `every`, as configured: never sooner. One that rarely brings anything is asked less
often: a 48th of the age of its newest entry is waited, up to four times `every` and up to six hours. So a feed at 30
minutes keeps them while its newest entry is younger than a day, waits an hour after two days and two hours at most;
its first new entry brings it back. Asking a weekly bulletin every half hour would be 335 requests for one entry.

*After a good answer* the feed is asked again after that interval, less a twentieth (at most a minute): a timetable that
starts every half hour must not find a half-hourly feed due a few seconds later each time, and so skip it. Validators
and the digest of the body are kept only after a body that parsed. A body with the digest that is kept is unchanged
and need not be parsed.

*After a failure* the validators stay those of the last good parse. Failures weigh: refused for good or not a feed 1,
404, 429 and 5xx 1/2, name look-up and time-outs 1/4. The weights since the last success are summed; the wait is the
interval times two to the power of that sum, at most a day (or the interval, where that is longer). Up to a tenth of
the wait is taken off, by a figure drawn from address and time, so that feeds that failed together do not come back
together. It is never shorter than the interval. A server that names a wait (`Retry-After`) is given it, up to that
same most: some send a time of day where seconds are meant. A feed is never dropped: they come back even from 404.

*Left* is a feed that a poll did not ask, or did not wait for, since its host or the poll's own time was over
(`fetch/hosts.py`). That is no failure: its state stays as it was, so it is still due and, having waited longest,
among the first that the next poll asks. Why and since when it was left is remembered until it is asked.

*Gone.* The first 410 is remembered until the feed answers again, so that a person can be told since when. It is still
asked: some servers say 410 while they are being moved.

*A host that says 429* is left alone until the moment it names: no feed and no page of it is asked for, in this run or
a later one. It is the host that answered: where an address leads elsewhere, not the one that was asked. Without a
moment that is a quarter of an hour, and it is never more than a day.

*Silent* is a feed that answers, but brings nothing new for four times its usual gap between entries, and for a week
at least, until it was last asked: what was not asked since says nothing. Its newest entry counts by the date it
bears, so a feed that had died before we first read it is silent at once; and counts whether or not another feed
brought it first.

Nothing is ever scheduled in the past: every wait here is longer than zero.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.model import (
    FailureKind,
    FeedState,
    Fetched,
    FetchFailed,
    FetchRequest,
    HostWait,
    NotModified,
    ParsedFeed,
    ParseFailed,
    Wanted,
)
from monitor.reading.fetch.hosts import LONGEST_WAIT
from monitor.settings import Feed, FeedKind

WEIGHTS = {FailureKind.HARD: 1.0, FailureKind.SOFT: 0.5, FailureKind.TEMPORARY: 0.25}
FULL_EVERY = timedelta(days=1)  # how often a feed is asked without validators
JITTER = 0.1  # the most that is taken off a wait after a failure, as a share of it
DOUBLINGS = 12  # 2**12 minutes are three days: no interval needs more to reach the longest wait
IDLE_SHARE = 48  # a newest entry that is a day old stands for half an hour between polls
IDLE_TIMES = 4  # of the configured interval
IDLE_MOST = timedelta(hours=6)
GONE = 410
CLOCK_STEP = timedelta(minutes=10)  # clocks are set by less than that all the time
SILENT_FLOOR = timedelta(days=7)
SILENT_GAPS = 4


def state_of(feed: Feed, states: Mapping[str, FeedState]) -> FeedState:
    """What is remembered of a feed; a blank state for one that was never polled."""
    return states.get(feed.url) or FeedState(url=feed.url)


def due(feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime) -> tuple[Feed, ...]:
    """The feeds to ask now, the one that has waited longest first."""
    waiting = []
    for feed in feeds:
        state = state_of(feed, states)
        next_poll = state.next_poll
        if feed.paused is None and (next_poll is None or _is_due(state, next_poll, feed, now)):
            waiting.append((next_poll is not None, next_poll or now, feed.url, feed))
    return tuple(feed for *_, feed in sorted(waiting, key=lambda found: found[:3]))


def _is_due(state: FeedState, next_poll: datetime, feed: Feed, now: datetime) -> bool:
    is_of_the_future = state.last_poll is not None and state.last_poll > now + CLOCK_STEP
    return is_of_the_future or not now < next_poll <= now + _longest(feed)


def request_for(feed: Feed, state: FeedState, now: datetime) -> FetchRequest:
    """How to ask for a feed: with validators, unless a whole answer is owed once more."""
    url = state.moved_to or feed.url
    wanted = Wanted.PAGE if feed.kind is FeedKind.LISTING else Wanted.FEED
    if state.last_full is None or not state.last_full <= now < state.last_full + FULL_EVERY:
        return FetchRequest(url=url, wanted=wanted)
    return FetchRequest(url=url, wanted=wanted, etag=state.etag, last_modified=state.last_modified)


def requests_for(
    feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime
) -> tuple[tuple[Feed, FetchRequest], ...]:
    """Each feed with how to ask for it, no address twice."""
    feeds = tuple(feeds)
    taken = {feed.url for feed in feeds}
    asked = []
    for feed in feeds:
        state = state_of(feed, states)
        if state.moved_to in taken:
            state = replace(state, moved_to=None)
        request = request_for(feed, state, now)
        taken.add(request.url)
        asked.append((feed, request))
    return tuple(asked)


def waiting_hosts(waits: Iterable[HostWait], now: datetime) -> dict[str, timedelta]:
    """How much longer each host wants to be left alone; none that does not. A wait beyond the longest is not believed:
    a clock that was wrong wrote it."""
    return {wait.host: wait.until - now for wait in waits if now < wait.until <= now + LONGEST_WAIT}


def is_unchanged(state: FeedState, body: bytes) -> bool:
    """Whether a body is the one that parsed last, so that there is nothing to parse."""
    return state.body_digest == _digest(body)


def after_read(
    state: FeedState, feed: Feed, answer: Fetched, parsed: ParsedFeed, now: datetime, *, new: int
) -> FeedState:
    """The state after a body that parsed; `new` is how many of its entries we had not seen before."""
    dated = [min(entry.published, now) for entry in parsed.entries if entry.published is not None]
    undated_news = [now] if new and len(dated) < len(parsed.entries) else []
    newest = max([*dated, *undated_news, *([state.last_new] if state.last_new else [])], default=None)
    return replace(
        _after_answer(replace(state, last_new=newest), feed, now),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_digest=_digest(answer.body),
        last_full=now,
        moved_to=_moved_to(feed, answer),
        left_out=parsed.left_out,
    )


def after_unchanged(state: FeedState, feed: Feed, answer: Fetched | NotModified, now: datetime) -> FeedState:
    """The state after "not modified", or after a body that is the one we know."""
    state = _after_answer(state, feed, now)
    if isinstance(answer, NotModified):
        return state
    return replace(
        state,
        etag=answer.etag,
        last_modified=answer.last_modified,
        last_full=now,
        moved_to=_moved_to(feed, answer),
    )


def after_failure(
    state: FeedState, feed: Feed, failure: FetchFailed | ParseFailed, now: datetime
) -> FeedState:
    """The state after no answer, a refusal, or a body that is no feed."""
    kind = failure.kind if isinstance(failure, FetchFailed) else FailureKind.HARD
    asked_for = failure.retry_after if isinstance(failure, FetchFailed) else None
    failures = state.failures + WEIGHTS[kind]
    wait = max(_backed_off(feed, failures, now), min(asked_for or timedelta(0), _longest(feed)))
    says_gone = isinstance(failure, FetchFailed) and failure.status == GONE
    return replace(
        state,
        next_poll=now + wait,
        last_poll=now,
        failures=failures,
        last_failure=failure.reason,
        moved_to=state.moved_to if kind is FailureKind.TEMPORARY else None,
        left=None,
        left_since=None,
        gone_since=state.gone_since or (now if says_gone else None),
    )


def after_left(state: FeedState, reason: str, now: datetime) -> FeedState:
    """The state of a feed that was left for the next poll."""
    return replace(state, left=reason, left_since=state.left_since or now)


def interval(feed: Feed, newest: datetime | None, now: datetime) -> timedelta:
    """How long to wait after a good answer, by the date of the feed's newest entry."""
    idle = (now - newest) / IDLE_SHARE if newest else timedelta(0)
    return max(feed.every, min(idle, feed.every * IDLE_TIMES, IDLE_MOST))


def usual_gap(dates: Iterable[datetime]) -> timedelta | None:
    """The middle gap between entries' dates; None where there are too few to tell (fewer than four)."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(set(dates)))]
    return sorted(gaps)[len(gaps) // 2] if len(gaps) >= 3 else None


def is_silent(state: FeedState, gap: timedelta | None) -> bool:
    """Whether a feed that answers has stopped bringing anything; `gap` as from `usual_gap`."""
    if state.last_success is None:
        return False
    patience = max(SILENT_FLOOR, SILENT_GAPS * (gap or timedelta(0)))
    return state.last_new is None or state.last_success - state.last_new > patience


def _after_answer(state: FeedState, feed: Feed, now: datetime) -> FeedState:
    wait = interval(feed, state.last_new, now)
    return replace(
        state,
        next_poll=now + wait - min(wait / 20, timedelta(minutes=1)),
        last_poll=now,
        last_success=now,
        failures=0.0,
        last_failure=None,
        gone_since=None,
        left=None,
        left_since=None,
    )


def _moved_to(feed: Feed, answer: Fetched) -> str | None:
    """Where the feed is now, if not at its own address: where it was asked for, or where that sent us for good."""
    address = answer.moved_to or answer.url
    return address if address != feed.url else None


def _longest(feed: Feed) -> timedelta:
    return max(LONGEST_WAIT, feed.every)


def _backed_off(feed: Feed, failures: float, now: datetime) -> timedelta:
    wait = min(feed.every * 2 ** min(failures, DOUBLINGS), _longest(feed))
    return max(wait * (1 - JITTER * _fraction(feed.url, now)), feed.every)


def _fraction(url: str, now: datetime) -> float:
    """A figure from 0 to 1, the same for the same address and time."""
    return int(_digest(f"{url} {now.isoformat()}".encode())[:8], 16) / 0xFFFFFFFF


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
