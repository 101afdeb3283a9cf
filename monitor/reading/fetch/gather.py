"""Many addresses fetched side by side, politely.

1. Threads fetch; results come to the caller's thread as they finish, in no set order, one for each request. More may
   be asked for at any time.
2. A host is asked for one thing at a time, and rested for `spacing` after each answer. Hosts are served in the order
   in which they were first named; where a host is asked for several batches, these take turns, so that few pages of one
   feed do not wait for many of another. What is asked for later follows from what came (pages of a feed), so hosts with
   such requests take turns with those without: what was begun is finished, and no feed waits for all pages of others.
   Where its robots.txt names a longer rest (Crawl-delay), it is given that, up to ten seconds: some name an hour,
   which for ten new articles would be a day.
3. A host that answers 429 is left alone: the rest of its requests are answered at once, unsent, with the wait that it
   asked for; and so are all of a host in `barred`, which asked for it in an earlier pass or run. No redirect is
   followed to it either. Any other refusal, a 503 with a wait among them, speaks for its own address only.
4. A host that let our time run out twice is left: what else is asked of it, or leads there, is answered at once, unsent.
5. `workers` are at work side by side, not counting those that wait for a host that has kept them for longer than a
   second: for each of these another one is begun, up to a hundred. So who hangs does not keep others waiting.
6. This machine needs no sparing: requests to loopback addresses go out as fast as threads are free.
7. Closing early (Ctrl-C) sends nothing more and waits for nothing; closing the fetcher cuts what is under way. What
   cannot be cut is a name being looked up: the system's resolver may take half a minute. So the threads are daemons,
   which a process that ends does not wait for; those of a ThreadPoolExecutor it would.
"""

import heapq
import threading
import time
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from monitor.model import Fetch, FetchFailed, FetchRequest, FetchResult
from monitor.reading.fetch.hosts import (
    MOST_TIMED_OUT,
    TOO_MANY_REQUESTS,
    host_of,
    host_that_answered,
    is_this_machine,
    left_alone,
    left_unanswered,
)

LONGEST_REST = timedelta(seconds=10)  # that robots.txt can ask for between two requests
NOBODY: Mapping[str, timedelta] = {}
SLOW_SECONDS = 1.0  # a request that is under way for longer does not count among the workers
MOST_SLOW = 100  # of those; each holds a thread and two descriptors

# Requests handed to the threads for each of them: while the caller works on a result, a thread that is done finds the
# next one without waiting for the caller.
AHEAD = 2


class Ask(NamedTuple):
    """A request, and what its asker knows it by."""

    request: FetchRequest
    of: Any = None


class Answer(NamedTuple):
    """What was asked, and what came of it."""

    ask: Ask
    result: FetchResult


@dataclass(order=True, slots=True)
class _Lane:
    """Requests that go one after another. Lanes sort by when they may next be served, then as they were named."""

    free_at: float  # monotonic seconds
    number: int
    host: str = field(compare=False)
    rest: float = field(compare=False)  # seconds after each answer
    batches: deque["_Batch"] = field(compare=False, default_factory=deque)
    is_in_line: bool = field(compare=False, default=False)  # or under way; else nothing waits in it

    def next(self) -> Ask:
        """The next to ask. The batches take turns."""
        batch = self.batches.popleft()
        ask = batch.asks.popleft()
        if batch.asks:
            self.batches.append(batch)
        return ask

    def rest_of(self) -> Iterator[Ask]:
        """All that waits; it does so no more."""
        while self.batches:
            yield self.next()


@dataclass(slots=True)
class _Batch:
    """Requests of one host that were asked for together."""

    follows: bool  # from what came
    asks: deque[Ask] = field(default_factory=deque)


@dataclass(slots=True)
class Served:
    """A request on its way, then with its result."""

    lane: _Lane
    ask: Ask
    barred: frozenset[str]
    began: float = 0.0  # monotonic seconds
    is_slow: bool = False
    result: FetchResult | None = None


Finished = SimpleQueue[Any]
"""Where the threads put a `Served`, or the exception that `fetch` raised; others may put theirs there too."""


class _Threads:
    """Threads that fetch, each started when it is first needed."""

    def __init__(self, fetch: Fetch, finished: Finished) -> None:
        self._fetch, self._finished = fetch, finished
        self._to_serve: SimpleQueue[Served | None] = SimpleQueue()
        self._threads = 0
        self.begun: deque[Served] = deque()  # in the order in which they were; safe from any thread

    def serve(self, served: Served, most: int) -> None:
        self._to_serve.put(served)
        self.allow(most)

    def allow(self, most: int) -> None:
        """As many threads as that, where there is something to do for them."""
        while self._threads > most:
            self._threads -= 1
            self._to_serve.put(None)
        waiting = self._to_serve.qsize()
        while self._threads < most and waiting:
            self._threads += 1
            waiting -= 1
            threading.Thread(target=self._work, name=f"fetch {self._threads}", daemon=True).start()

    def _work(self) -> None:
        while (served := self._to_serve.get()) is not None:
            try:
                served.began = time.monotonic()
                self.begun.append(served)
                request = served.ask.request
                served.result = self._fetch(
                    replace(request, barred=served.barred) if served.barred else request
                )
                self._finished.put(served)
            except BaseException as error:  # raised again in the caller's thread
                self._finished.put(error)

    def close(self) -> None:
        """Nothing more is begun; waits for nothing."""
        with suppress(Empty):
            while True:
                self._to_serve.get_nowait()
        for _ in range(self._threads):
            self._to_serve.put(None)


class Gathering:
    """Requests on their way. Not safe for threads: `add`, `begin`, `ended` are the caller's."""

    def __init__(
        self,
        fetch: Fetch,
        *,
        workers: int,
        spacing: timedelta,
        barred: Mapping[str, timedelta] = NOBODY,
        finished: Finished,
        all_in_line: bool = False,
    ) -> None:
        """`barred`: by host (as `host_of` gives it), how much longer it wants to be left alone. `all_in_line`: this
        machine is asked for one thing at a time too, though it needs no rest."""
        self._workers, self._rest = workers, spacing.total_seconds()
        self._threads = _Threads(fetch, finished)
        self._all_in_line = all_in_line
        self._of_host: dict[str, _Lane] = {}
        self._lanes = 0
        self._resting: list[_Lane] = []  # a heap
        self._free: dict[bool, deque[_Lane]] = {
            True: deque(),
            False: deque(),
        }  # by `_Batch.follows` of what is next
        self._turn = False
        self._under_way: dict[int, Served] = {}  # by `id`
        self._slow = 0
        self._refusals: dict[str, timedelta | None] = dict(barred)
        self._timed_out: Counter[str] = Counter()
        self._unanswering: set[str] = set()
        self._barred = frozenset(self._refusals)  # those and these

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits and nothing is under way."""
        return not (self._under_way or self._resting or self._free[True] or self._free[False])

    def add(self, asks: Iterable[Ask], *, follows: bool = False) -> None:
        batches: dict[int, _Batch] = {}
        for ask in asks:
            lane = self._lane(host_of(ask.request.url))
            batch = batches.get(lane.number)
            if batch is None:
                batch = batches[lane.number] = _Batch(follows)
                lane.batches.append(batch)
            batch.asks.append(ask)
            self._line_up(lane)

    def begin(self) -> Iterator[Answer]:
        """Begins what may be; yields the answers of what is not to be sent."""
        now = time.monotonic()
        self._find_slow(now)
        while self._resting and self._resting[0].free_at <= now:
            rested = heapq.heappop(self._resting)
            self._free[rested.batches[0].follows].append(rested)
        while self._has_room and (lane := self._next_lane()):
            if lane.host in self._barred:
                lane.is_in_line = False
                unsent = tuple(lane.rest_of())  # who hears of one may ask for more
                yield from (Answer(ask, self._unsent(ask.request.url, lane.host)) for ask in unsent)
            else:
                served = Served(lane, lane.next(), self._barred)
                self._under_way[id(served)] = served
                self._threads.serve(served, self._most)

    def wakes(self) -> float | None:
        """The monotonic moment at which there may be something to begin though nothing has ended; None: there is none."""
        moments = []
        if self._resting and self._has_room:
            moments.append(self._resting[0].free_at)
        begun = self._threads.begun
        while begun and begun[0].result is not None:
            begun.popleft()
        if begun:
            moments.append(begun[0].began + SLOW_SECONDS)
        return min(moments, default=None)

    def ended(self, served: Served) -> Answer:
        """What came of a request that the threads are done with."""
        del self._under_way[id(served)]
        if served.is_slow:
            self._slow -= 1
            self._threads.allow(self._most)
        lane, result = served.lane, served.result
        assert result is not None
        if result.crawl_delay and not is_this_machine(lane.host):  # which needs no sparing
            lane.rest = max(lane.rest, min(result.crawl_delay, LONGEST_REST).total_seconds())
        lane.free_at = time.monotonic() + lane.rest
        if isinstance(result, FetchFailed):
            result = self._noted(result)
        if lane.host in self._barred:
            lane.free_at = 0.0
        lane.is_in_line = False
        if lane.batches:
            self._line_up(lane)
        return Answer(served.ask, result)

    def give_up(self) -> list[Ask]:
        """All that waits or is under way; it does so no more, and what comes of it is not to be heard."""
        lanes = (*self._resting, *self._free[True], *self._free[False])
        given_up = [served.ask for served in self._under_way.values()]
        # One under way has its lane out of line, with what waits behind it.
        for lane in (*lanes, *(served.lane for served in self._under_way.values())):
            given_up += lane.rest_of()
            lane.is_in_line = False
        self._resting.clear()
        self._free = {True: deque(), False: deque()}
        self._under_way.clear()
        self._threads.close()
        return given_up

    def close(self) -> None:
        """Nothing more is sent; waits for nothing."""
        self._threads.close()

    # ── lanes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _lane(self, host: str) -> _Lane:
        """One a host; for this machine, one a request, unless all are to stand in line."""
        if known := self._of_host.get(host):
            return known
        is_ours = is_this_machine(host)
        lane = _Lane(free_at=0.0, number=self._lanes, host=host, rest=0.0 if is_ours else self._rest)
        self._lanes += 1
        if self._all_in_line or not is_ours:
            self._of_host[host] = lane
        return lane

    def _line_up(self, lane: _Lane) -> None:
        if not lane.is_in_line:
            lane.is_in_line = True
            heapq.heappush(self._resting, lane)

    def _next_lane(self) -> _Lane | None:
        """Those whose next request follows from what came, and the others, take turns."""
        self._turn = not self._turn
        line = self._free[self._turn] or self._free[not self._turn]
        return line.popleft() if line else None

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _most(self) -> int:
        """Threads that there may be."""
        return self._workers + min(self._slow, MOST_SLOW)

    @property
    def _has_room(self) -> bool:
        return len(self._under_way) < self._most + self._workers * (AHEAD - 1)

    def _find_slow(self, now: float) -> None:
        begun = self._threads.begun
        while begun and (begun[0].result is not None or begun[0].began + SLOW_SECONDS <= now):
            served = begun.popleft()
            if served.result is None and id(served) in self._under_way:
                served.is_slow = True
                self._slow += 1
        self._threads.allow(self._most)

    # ── hosts that are not to be asked ──────────────────────────────────────────────────────────────────────────

    def _unsent(self, url: str, host: str) -> FetchFailed:
        if host in self._unanswering:
            return left_unanswered(url, host)
        return left_alone(url, self._refusals[host])

    def _noted(self, failure: FetchFailed) -> FetchFailed:
        """Remembers the wait that a host asked for, or tells the one that is known of it; and who does not answer."""
        host = host_that_answered(failure)
        if not failure.was_asked and host in self._unanswering:
            return left_unanswered(failure.url, host)
        if failure.timed_out:
            self._timed_out[host] += 1
            if self._timed_out[host] >= MOST_TIMED_OUT:
                self._unanswering.add(host)
        if failure.status == TOO_MANY_REQUESTS:
            if failure.was_asked or host not in self._refusals:  # or it refused another who asks beside us
                self._refusals[host] = failure.retry_after
            failure = replace(failure, retry_after=self._refusals.get(host))
        self._barred = frozenset((*self._refusals, *self._unanswering))
        return failure


def gather(
    requests: Iterable[FetchRequest],
    fetch: Fetch,
    *,
    workers: int,
    spacing: timedelta,
    barred: Mapping[str, timedelta] = NOBODY,
) -> Generator[FetchResult]:
    """Fetches every request with up to `workers` threads; `fetch` must be safe to call from any of them."""
    finished: Finished = SimpleQueue()
    gathering = Gathering(fetch, workers=workers, spacing=spacing, barred=barred, finished=finished)
    with closing(gathering):
        gathering.add(map(Ask, requests))
        while not gathering.is_empty:
            yield from (answer.result for answer in gathering.begin())
            if not gathering.is_empty and (served := next_event(finished, gathering.wakes())):
                yield gathering.ended(served).result


def next_event(finished: Finished, until: float | None) -> Any:
    """What is put there next; None where nothing was until the moment given. Raises what is an exception."""
    try:
        event = finished.get(timeout=None if until is None else max(until - time.monotonic(), 0.0))
    except Empty:
        return None
    if isinstance(event, BaseException):
        raise event
    return event
