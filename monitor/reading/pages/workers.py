"""Fetched pages taken apart side by side, each in a worker process that is killed at its deadline.

1. Pages go in as they are fetched and articles come out as they are done, in no set order: fetching goes on meanwhile.
   A few pages may wait; where more would, the next is taken only when one is done, so that memory stays flat.
2. A page that takes longer than its deadline costs its worker its life and is no article. The clock starts when the
   worker is ready. Nothing inside a process could hold that promise, since parsers written in C hear no signal: so
   even a single page is not taken apart in this process.
3. A worker is started when a page waits and none is free, up to one a core. Workers are forked from a server process
   that has loaded trafilatura and nothing else: loading takes 0.6 s once, and overlaps with fetching; each worker
   after it takes 0.03 s, so that one that was killed is soon replaced.
4. A worker retires after 1,000 pages, and has a cap on its memory: what lxml and trafilatura keep is gone with it.
   One that dies (an error, the cap) costs only the page it was busy with.
5. A site whose page was killed waits until all others are done, so that it delays them by one deadline at most. After
   three such pages the rest of the site's are not begun in this run.
6. Where fetching is broken off (Ctrl-C, an error) the pages in hand have five seconds to be done. Closing the iterator early kills
   the workers at once; none outlives its stream.
"""

import logging
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

from monitor.model import Fetched, FetchResult, NoArticle, Page
from monitor.reading.pages.article import no_page
from monitor.reading.urls import host

log = logging.getLogger(__name__)

Extract = Callable[[bytes, str, datetime], Page | NoArticle]
Extracted = tuple[FetchResult, Page | NoArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    deadline: float = 20.0  # seconds for one page
    start: float = 60.0  # seconds for a worker to be ready, on a machine that is very busy
    memory: int = 1_000_000_000  # bytes of address space of one worker; one at work on a news page has 300 MB
    pages: int = 1_000  # that a worker takes apart before it retires
    parting: float = 5.0  # seconds for the pages in hand when fetching breaks off
    killed: int = 3  # pages of one site, after which the rest of its pages are not begun


LIMITS = Limits()
WAITING_EACH = 2  # pages that wait, for each worker there may be

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["monitor.reading.pages.extract"])


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def take_apart(body: bytes, url: str, seen: datetime) -> Page | NoArticle:
    """`extract`, imported where it runs: only workers need trafilatura."""
    from monitor.reading.pages.extract import extract

    return extract(body, url, seen)


def extracted(
    results: Iterable[FetchResult],
    seen: datetime,
    *,
    workers: int | None = None,
    limits: Limits = LIMITS,
    extract: Extract = take_apart,
) -> Generator[Extracted]:
    """Each result with the article on its page, or why there is none; `seen` is now. `workers` None: one a core.

    Close the iterator where it is not read to its end.
    """
    crew = _Crew(workers or cores(), limits, extract, seen)
    try:
        for result in results:
            if isinstance(result, Fetched):
                yield from crew.take(result)
            else:
                yield result, no_page(result)
        yield from crew.rest()
    except GeneratorExit:
        raise
    except BaseException:  # no more will be fetched; what was fetched is not thrown away
        yield from crew.rest(limits.parting)
        raise
    finally:
        crew.close()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, extract: Extract, limits: Limits) -> None:
        self._limits = limits
        self._pipe, theirs = _processes.Pipe()
        with theirs:
            self._process = _processes.Process(
                target=_work, args=(theirs, extract, limits.memory), name="page worker", daemon=True
            )
            self._process.start()
        self._pages = 0
        self._is_killed = False

    def is_ready(self) -> bool:
        """Whether it has said that it is; waits for that."""
        try:
            return self._heard(self._limits.start) is not None
        except (EOFError, OSError):
            return False

    def extract(self, page: Fetched, seen: datetime) -> Page | NoArticle | None:
        """The article or why there is none; None where the worker was not done by the deadline."""
        self._pages += 1
        found: Page | NoArticle | None
        try:
            self._pipe.send((page.body, page.final_url, seen))
            found = self._heard(self._limits.deadline)
            return found
        except (EOFError, OSError):
            return self._died(page)

    def _heard(self, seconds: float) -> Any:
        """What the worker says; None where it is silent. Raises EOFError or OSError where it is dead."""
        return self._pipe.recv() if self._pipe.poll(seconds) else None

    def _died(self, page: Fetched) -> NoArticle:
        self._process.join(1)
        if not self._is_killed:
            log.warning("a worker died over %s (exit code %s)", page.final_url, self._process.exitcode)
        return NoArticle(reason="taking its page apart failed")

    @property
    def is_done(self) -> bool:
        return self._pages >= self._limits.pages or not self._process.is_alive()

    def kill(self) -> None:
        self._is_killed = True
        self._process.kill()

    def close(self) -> None:
        """Ends the process, whatever it does, and waits for its end."""
        self.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


class _Crew:
    """The workers of one stream, each minded by a thread of its own."""

    def __init__(self, most: int, limits: Limits, extract: Extract, seen: datetime) -> None:
        self._most, self._limits, self._extract, self._seen = most, limits, extract, seen
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._waiting: deque[Fetched] = deque()
        self._suspect: list[Fetched] = []  # pages of sites with a page that was killed
        self._killed: Counter[str] = Counter()  # pages, by site
        self._busy = 0  # threads with a page in hand
        self._is_ended = False  # no more pages will come
        self._is_broken = False  # a thread failed
        self._is_closed = False
        self._workers: set[_Worker] = set()
        self._threads: list[threading.Thread] = []
        self._done: SimpleQueue[Extracted | BaseException] = SimpleQueue()
        self._owed = 0  # pages taken and not yet given back; only the caller's thread counts

    # ── the caller's thread ─────────────────────────────────────────────────────────────────────────────────────

    def take(self, page: Fetched) -> Iterator[Extracted]:
        """Takes a page up, waits while too many wait, and gives back what is done."""
        self._owed += 1
        with self._changed:
            self._waiting.append(page)
            if self._busy + len(self._waiting) > len(self._threads) < self._most:
                self._threads.append(threading.Thread(target=self._mind, name="page worker", daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_broken or len(self._waiting) <= WAITING_EACH * self._most)
        with suppress(Empty):
            while True:
                yield self._next_done(0.0)

    def rest(self, seconds: float | None = None) -> Iterator[Extracted]:
        """All that is still to come, or what comes within so many seconds."""
        with self._changed:
            self._is_ended = True
            self._changed.notify_all()
        end = None if seconds is None else time.monotonic() + seconds
        with suppress(Empty):
            while self._owed:
                yield self._next_done(None if end is None else max(end - time.monotonic(), 0.0))

    def _next_done(self, seconds: float | None) -> Extracted:
        """The next that is done; waits so long for it, and for ever with None. Raises Empty."""
        done = self._done.get(timeout=seconds)
        if isinstance(done, BaseException):
            self._owed = 0  # nothing more will come
            raise done
        self._owed -= 1
        return done

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            for worker in self._workers:
                worker.kill()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    # ── a thread for each worker ────────────────────────────────────────────────────────────────────────────────

    def _mind(self) -> None:
        # Ctrl-C goes to every process of a terminal, and is ours to hear: what a thread starts inherits its mask. The
        # tracker comes first, because starting it lifts the mask.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        too_slow = f"{self._limits.killed} others of the site took longer than {self._limits.deadline:g} s"
        worker: _Worker | None = None
        try:
            while (page := self._next_page()) is not None:
                if self._killed[host(page.url)] >= self._limits.killed:
                    self._finish(page, NoArticle(reason=f"its page was not begun: {too_slow}"))
                    continue
                worker = worker or self._hired()
                found = worker.extract(page, self._seen)
                if found is None or worker.is_done:
                    self._dismiss(worker)
                    worker = None
                self._finish(page, found)
        except BaseException as error:  # raised again in the caller's thread
            self._done.put(error)
            with self._changed:
                self._is_broken = True
                self._changed.notify_all()
        finally:
            if worker:
                self._dismiss(worker)

    def _next_page(self) -> Fetched | None:
        """The next page to begin; waits for it. None where there will be none."""
        with self._changed:
            while not self._is_closed:
                while self._waiting:
                    page = self._waiting.popleft()
                    if not self._killed[host(page.url)]:
                        self._busy += 1
                        return page
                    self._suspect.append(page)
                    self._changed.notify_all()
                if self._is_ended and not self._busy:
                    if not self._suspect:
                        return None
                    self._busy += 1
                    return self._suspect.pop()
                self._changed.wait()
            return None

    def _finish(self, page: Fetched, found: Page | NoArticle | None) -> None:
        """Gives an article back; `found` None: the page was not done by the deadline."""
        with self._changed:
            self._busy -= 1
            if found is None:
                self._killed[host(page.url)] += 1
            self._changed.notify_all()
        reason = f"taking its page apart took longer than {self._limits.deadline:g} s"
        self._done.put((page, found or NoArticle(reason=reason)))

    def _hired(self) -> _Worker:
        worker = _Worker(self._extract, self._limits)
        with self._changed:
            self._workers.add(worker)
            if self._is_closed:
                worker.kill()
        if not worker.is_ready() and not self._is_closed:
            self._dismiss(worker)
            raise RuntimeError(f"no worker process was ready within {self._limits.start:g} s")
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        with self._changed:
            self._workers.discard(worker)
        worker.close()


def _work(pipe: Connection, extract: Extract, memory: int) -> None:
    """A worker's whole life: says that it is ready, then answers each page, until the other end is closed."""
    if sys.platform == "linux":  # elsewhere the address space cannot be capped
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        pipe.send(True)
        while True:
            body, url, seen = pipe.recv()
            pipe.send(_tried(extract, body, url, seen))
    except (EOFError, OSError):  # the parent is gone, or done with us
        return


def _tried(extract: Extract, body: bytes, url: str, seen: datetime) -> Page | NoArticle:
    try:
        return extract(body, url, seen)
    except MemoryError:
        return NoArticle(reason="taking its page apart needs too much memory")
    except RecursionError:
        return NoArticle(reason="its page is nested too deep")
