"""Many addresses fetched side by side, politely.

1. Threads fetch; results are yielded in the caller's thread as they finish, in no set order, one for each request.
2. A host is asked for one thing at a time, and rested for `spacing` after each answer. Hosts are served in the order
   in which they were first named.
   Where its robots.txt names a longer rest (Crawl-delay), it is given that, up to ten seconds: some name an hour,
   which for ten new articles would be a day.
3. A host that answers 429 is left alone: the rest of its requests are answered at once, unsent, with the wait that it
   asked for; and so are all of a host in `barred`, which asked for it in an earlier pass or run. No redirect is
   followed to it either. Any other refusal, a 503 with a wait among them, speaks for its own address only.
4. This machine needs no sparing: requests to loopback addresses go out as fast as threads are free.
5. Closing the iterator early (Ctrl-C) sends nothing more and waits for nothing; closing the fetcher cuts what is
   under way. What cannot be cut is a name being looked up: the system's resolver may take half a minute. So the
   threads are daemons, which a process that ends does not wait for; those of a ThreadPoolExecutor it would.
"""

import heapq
import ipaddress
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from queue import Empty, SimpleQueue

from monitor.model import Fetch, FetchFailed, FetchRequest, FetchResult
from monitor.reading.fetch.hosts import TOO_MANY_REQUESTS, host_of, host_that_answered, left_alone

LONGEST_REST = timedelta(seconds=10)  # that robots.txt can ask for between two requests
NOBODY: Mapping[str, timedelta] = {}

# Requests handed to the threads for each of them: while the caller works on a result, a thread that is done finds the
# next one without waiting for the caller.
AHEAD = 2


@dataclass(order=True, slots=True)
class _Lane:
    """Requests that go one after another. Lanes sort by when they may next be served, then as they were named."""

    free_at: float  # monotonic seconds
    number: int
    host: str = field(compare=False)
    rest: float = field(compare=False)  # seconds after each answer
    waiting: deque[FetchRequest] = field(compare=False, default_factory=deque)


_Served = tuple[_Lane, FetchResult]
_Finished = SimpleQueue[_Served | BaseException]


class _Threads:
    """Up to `most` threads that serve lanes, each started when it is first needed."""

    def __init__(self, most: int, fetch: Fetch, finished: _Finished) -> None:
        self._most, self._fetch, self._finished = most, fetch, finished
        self._to_serve: SimpleQueue[tuple[_Lane, frozenset[str]] | None] = SimpleQueue()
        self._started = 0

    def serve(self, lane: _Lane, barred: frozenset[str]) -> None:
        if self._started < self._most:
            self._started += 1
            threading.Thread(target=self._work, name=f"fetch {self._started}", daemon=True).start()
        self._to_serve.put((lane, barred))

    def _work(self) -> None:
        while (wanted := self._to_serve.get()) is not None:
            try:
                self._finished.put(_serve(wanted[0], self._fetch, wanted[1]))
            except BaseException as error:  # raised again in the caller's thread
                self._finished.put(error)

    def close(self) -> None:
        """Nothing more is begun; waits for nothing."""
        with suppress(Empty):
            while True:
                self._to_serve.get_nowait()
        for _ in range(self._started):
            self._to_serve.put(None)


def gather(
    requests: Iterable[FetchRequest],
    fetch: Fetch,
    *,
    workers: int,
    spacing: timedelta,
    barred: Mapping[str, timedelta] = NOBODY,
) -> Generator[FetchResult]:
    """Fetches every request with up to `workers` threads; `fetch` must be safe to call from any of them.

    `barred`: by host (as `host_of` gives it), how much longer it wants to be left alone.
    """
    lanes = _lanes(requests, spacing.total_seconds())
    refusals: dict[str, timedelta | None] = dict(barred)
    finished: _Finished = SimpleQueue()
    under_way = 0
    threads = _Threads(workers, fetch, finished)
    try:
        while lanes or under_way:
            has_room = under_way < workers * AHEAD
            if has_room and lanes and lanes[0].free_at <= time.monotonic():
                lane = heapq.heappop(lanes)
                if lane.host in refusals:
                    yield from (left_alone(request.url, refusals[lane.host]) for request in lane.waiting)
                else:
                    threads.serve(lane, frozenset(refusals))
                    under_way += 1
                continue
            done = _next(finished, lanes[0].free_at if has_room and lanes else None)
            if done is not None:
                under_way -= 1
                lane, result = done
                if isinstance(result, FetchFailed) and result.status == TOO_MANY_REQUESTS:
                    result = _noted(result, refusals)
                if lane.host in refusals:
                    lane.free_at = 0.0
                if lane.waiting:
                    heapq.heappush(lanes, lane)
                yield result
    finally:
        threads.close()


def _lanes(requests: Iterable[FetchRequest], rest: float) -> list[_Lane]:
    """One lane a host; for this machine, one a request. A sorted list, so a heap."""
    lanes: list[_Lane] = []
    of_host: dict[str, _Lane] = {}
    for request in requests:
        host = host_of(request.url)
        lane = of_host.get(host)
        if lane is None:
            is_ours = _is_this_machine(host)
            lane = _Lane(free_at=0.0, number=len(lanes), host=host, rest=0.0 if is_ours else rest)
            lanes.append(lane)
            if not is_ours:
                of_host[host] = lane
        lane.waiting.append(request)
    return lanes


def _noted(failure: FetchFailed, refusals: dict[str, timedelta | None]) -> FetchFailed:
    """Remembers the wait that a host asked for, or tells the one that is known of it."""
    host = host_that_answered(failure)
    if failure.was_asked:
        refusals[host] = failure.retry_after
    return replace(failure, retry_after=refusals.get(host))


def _serve(lane: _Lane, fetch: Fetch, barred: frozenset[str]) -> _Served:
    request = lane.waiting.popleft()
    result = fetch(replace(request, barred=barred) if barred else request)
    if lane.rest and result.crawl_delay:  # not this machine, which needs no sparing
        lane.rest = max(lane.rest, min(result.crawl_delay, LONGEST_REST).total_seconds())
    lane.free_at = time.monotonic() + lane.rest
    return lane, result


def _next(finished: _Finished, until: float | None) -> _Served | None:
    """The next finished fetch; None where none finished until the moment given. Raises what `fetch` raised."""
    try:
        done = finished.get(timeout=None if until is None else max(until - time.monotonic(), 0.0))
    except Empty:
        return None
    if isinstance(done, BaseException):
        raise done
    return done


def _is_this_machine(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
