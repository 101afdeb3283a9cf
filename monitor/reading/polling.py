"""When a feed is asked, how, and what is remembered of the answer. This comment is the specification.

*Due.* A feed that is on and was never polled is due; any other is due from its `next_poll` on. Who has waited longest
is asked first. A `next_poll` further off than the longest wait was written by a clock that was wrong, and is not
believed.

*Asking.* The server's validators (ETag, Last-Modified) go with the request, so that it can answer "not modified". Some
servers give one ETag to changing content, so once a day a feed is asked without them.

*After a good answer* the feed is asked again after its interval, less a twentieth (at most a minute): a timetable that
starts every half hour must not find a half-hourly feed due a few seconds later each time, and so skip it. Validators
and the digest of the body are kept only after a body that parsed. A body with the digest that is kept is unchanged
and need not be parsed.

*After a failure* the validators stay those of the last good parse. Failures weigh: refused for good or not a feed 1,
404, 429 and 5xx 1/2, name look-up and time-outs 1/4. The weights since the last success are summed; the wait is the
interval times two to the power of that sum, at most a day (or the interval, where that is longer). Up to a tenth of
the wait is taken off, by a figure drawn from address and time, so that feeds that failed together do not come back
together. It is never shorter than the interval. A server that names a wait (`Retry-After`) is given it, up to that
same most: some send a time of day where seconds are meant. A feed is never dropped: they come back even from 404.

*Silent* is a feed that answers, but brings nothing new for four times its usual gap between entries, and for a week
at least. Its newest entry counts by the date it bears, so a feed that had died before we first read it is silent at
once; and counts whether or not another feed brought it first.

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
    NotModified,
    ParsedFeed,
    ParseFailed,
    Wanted,
)
from monitor.settings import Feed

WEIGHTS = {FailureKind.HARD: 1.0, FailureKind.SOFT: 0.5, FailureKind.TEMPORARY: 0.25}
LONGEST_WAIT = timedelta(days=1)
FULL_EVERY = timedelta(days=1)  # how often a feed is asked without validators
JITTER = 0.1  # the most that is taken off a wait after a failure, as a share of it
DOUBLINGS = 12  # 2**12 minutes are three days: no interval needs more to reach the longest wait
SILENT_FLOOR = timedelta(days=7)
SILENT_GAPS = 4


def state_of(feed: Feed, states: Mapping[str, FeedState]) -> FeedState:
    """What is remembered of a feed; a blank state for one that was never polled."""
    return states.get(feed.url) or FeedState(url=feed.url)


def due(feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime) -> tuple[Feed, ...]:
    """The feeds to ask now, the one that has waited longest first."""
    waiting = []
    for feed in feeds:
        next_poll = state_of(feed, states).next_poll
        if feed.paused is None and (next_poll is None or not now < next_poll <= now + _longest(feed)):
            waiting.append((next_poll is not None, next_poll or now, feed.url, feed))
    return tuple(feed for *_, feed in sorted(waiting, key=lambda found: found[:3]))


def request_for(feed: Feed, state: FeedState, now: datetime) -> FetchRequest:
    """How to ask for a feed: with validators, unless a whole answer is owed once more."""
    if state.last_full is None or not state.last_full <= now < state.last_full + FULL_EVERY:
        return FetchRequest(url=feed.url, wanted=Wanted.FEED)
    return FetchRequest(url=feed.url, wanted=Wanted.FEED, etag=state.etag, last_modified=state.last_modified)


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
        _after_answer(state, feed, now),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_digest=_digest(answer.body),
        last_full=now,
        last_new=newest,
    )


def after_unchanged(state: FeedState, feed: Feed, answer: Fetched | NotModified, now: datetime) -> FeedState:
    """The state after "not modified", or after a body that is the one we know."""
    state = _after_answer(state, feed, now)
    if isinstance(answer, NotModified):
        return state
    return replace(state, etag=answer.etag, last_modified=answer.last_modified, last_full=now)


def after_failure(
    state: FeedState, feed: Feed, failure: FetchFailed | ParseFailed, now: datetime
) -> FeedState:
    """The state after no answer, a refusal, or a body that is no feed."""
    kind = failure.kind if isinstance(failure, FetchFailed) else FailureKind.HARD
    asked_for = failure.retry_after if isinstance(failure, FetchFailed) else None
    failures = state.failures + WEIGHTS[kind]
    wait = max(_backed_off(feed, failures, now), min(asked_for or timedelta(0), _longest(feed)))
    return replace(state, next_poll=now + wait, last_poll=now, failures=failures, last_failure=failure.reason)


def usual_gap(dates: Iterable[datetime]) -> timedelta | None:
    """The middle gap between entries' dates; None where there are too few to tell (fewer than four)."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(set(dates)))]
    return sorted(gaps)[len(gaps) // 2] if len(gaps) >= 3 else None


def is_silent(state: FeedState, gap: timedelta | None, now: datetime) -> bool:
    """Whether a feed that answers has stopped bringing anything; `gap` as from `usual_gap`."""
    if state.last_success is None:
        return False
    patience = max(SILENT_FLOOR, SILENT_GAPS * (gap or timedelta(0)))
    return state.last_new is None or now - state.last_new > patience


def _after_answer(state: FeedState, feed: Feed, now: datetime) -> FeedState:
    early = min(feed.every / 20, timedelta(minutes=1))
    return replace(
        state,
        next_poll=now + feed.every - early,
        last_poll=now,
        last_success=now,
        failures=0.0,
        last_failure=None,
    )


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
