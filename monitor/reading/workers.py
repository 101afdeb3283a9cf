"""What the web sent is taken apart side by side, each piece in a worker process that is killed at its deadline.

1. Tasks go in as they are fetched and answers come out as they are done, in no set order: fetching goes on meanwhile.
   A few tasks may wait; where more would, the next is taken only when one is done, so that memory stays flat.
2. A task that takes longer than its deadline costs its worker its life, and has no answer. The kernel keeps the clock
   (`worker.py`), since parsers written in C hear no signal: so even a single page is not taken apart in this process.
3. A worker is started when a task waits and none is free, up to one a core; loading trafilatura takes it 0.6 s, which
   overlaps with fetching. It is a plain child of this process with two pipes, and nothing else stands between them:
   it can be killed at any moment of its life, also while it starts.
4. A worker retires after 1,000 tasks, and has a cap on its memory: what lxml and trafilatura keep is gone with it.
   One that dies (an error, the cap) costs only the task it was busy with.
5. Sites with a task that was killed go last, and are given up after three (`turns.py`). Last is: where none else waits
   and another worker stays free for who may come; with a single worker, when nothing more will come.
6. Where fetching is broken off (Ctrl-C, an error) the tasks in hand have two seconds to be done. Closing the iterator
   early kills the workers at once; none outlives its stream, unless the next stream is to take it up (`Idle`); in a
   process that polls every five minutes that may be the next poll's (`resident`). Ctrl-C and SIGTERM are ours to hear:
   workers are deaf to both, and end with us.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Self

from monitor.reading.turns import Task, Turns
from monitor.reading.worker import Broken, Why

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    deadline: float = 20.0  # seconds for one task
    start: float = 60.0  # seconds to import what does it, on a machine that is very busy
    memory: int = 1_000_000_000  # bytes of address space of one worker; one at work on a news page has 300 MB
    tasks: int = 1_000  # that a worker does before it retires
    parting: float = 2.0  # seconds for the tasks in hand when fetching breaks off
    killed: int = 3  # tasks of one site, after which its others are not begun


LIMITS = Limits()
WAITING_EACH = 2  # tasks that wait, for each worker there may be

Answered = tuple[Any, Any]
"""What the task is of, and the answer: what its function returned, or Broken. None where nothing was to be done."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def answers(
    tasks: Iterable[Task],
    *,
    workers: int | None = None,
    limits: Limits = LIMITS,
    idle: "Idle | None" = None,
) -> Generator[Answered]:
    """Each task's answer. `workers` None: one a core. Close the iterator where it is not read to its end.

    `idle`: where workers come from, and go to where the stream is read to its end.
    """
    crew = Crew(workers or cores(), limits, idle or Idle(), SimpleQueue())
    try:
        for task in tasks:
            if task.call:
                yield from crew.take(task)
            else:
                yield task.of, None
        yield from crew.rest()
    except GeneratorExit:
        raise
    except BaseException:  # no more will be fetched; what was fetched is not thrown away
        yield from crew.rest(limits.parting)
        raise
    finally:
        crew.close()


def in_words(broken: Broken, what: str, limits: Limits = LIMITS) -> str:
    """Why there is no answer; `what` was to be taken apart, say "its page"."""
    return broken.why.format(what=what, deadline=limits.deadline, killed=limits.killed)


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tasks = 0
        self._process = subprocess.Popen(
            # -P: what lies in the current folder is not imported in place of a library
            [sys.executable, "-P", "-m", "monitor.reading.worker", str(limits.memory), str(limits.start)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def is_ready(self) -> bool:
        """Whether it came up; waits for that."""
        return self._heard() is True

    def answer(self, task: Task, deadline: float) -> Any:
        """What the task's function returned, or Broken. The deadline is the stream's: a worker may serve several."""
        self._tasks += 1
        assert self._process.stdin
        with suppress(OSError):  # then it is dead, and nothing will be heard
            pickle.dump((task.call, task.arguments, deadline), self._process.stdin)
            self._process.stdin.flush()
        found = self._heard()
        if found is None:
            code = self._process.wait()
            if code == -signal.SIGALRM:
                return Broken(Why.TOO_SLOW)
            found = Broken(Why.FAILED, f"exit code {code}")
        return found

    def _heard(self) -> Any:
        """What the worker says; None where it is dead. No function of ours returns None."""
        assert self._process.stdout
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    @property
    def is_done(self) -> bool:
        return self._tasks >= self._limits.tasks or self._process.poll() is not None

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        """Ends the process, whatever it does, and waits for its end."""
        self.kill()
        with suppress(OSError):  # what it did not read any more
            self._process.communicate()


class Idle:
    """Workers between one stream and the next, `most` of them. Ends them when it is closed; a context manager.

    `lends`: to many streams side by side, a worker for one task at a time, and never more than `most` in all.
    """

    def __init__(self, most: int | None = None, *, lends: bool = False) -> None:
        self.lends = lends
        self._free = threading.Semaphore(most or 1)
        self._is_kept = False
        self._most = most
        self._workers: list[_Worker] = []  # `append` and `pop` are safe from any thread

    def __enter__(self) -> Self:
        self._is_kept = True
        return self

    def __exit__(self, *_: object) -> None:
        while worker := self.take():
            worker.close()

    def admit(self, is_over: Callable[[], bool]) -> bool:
        """Waits until one more worker may be at work; False where it is over before. Then `dismiss` is owed."""
        while self.lends and not self._free.acquire(timeout=LOOK_AGAIN):
            if is_over():
                return False
        return True

    def dismiss(self) -> None:
        """One that was admitted is at work no more."""
        if self.lends:
            self._free.release()

    def take(self) -> _Worker | None:
        """One that lives: between two polls the system may have ended it, where memory was short."""
        while self._workers:
            worker = self._workers.pop()
            if not worker.is_done:
                return worker
            worker.close()
        return None

    def keeps(self, worker: _Worker) -> bool:
        if not self._is_kept or (self._most is not None and len(self._workers) >= self._most):
            return False
        self._workers.append(worker)
        return True


LOOK_AGAIN = 0.2  # seconds after which to see whether it is still wanted
MOST_RESIDENT = 2  # workers with nothing to do for minutes; each holds some 150 MB

_resident: list[Idle] = []


@contextmanager
def resident(lends: int | None = None) -> Iterator[None]:
    """While it lasts, the polls of this process take up the last one's workers: to start two and load their libraries
    costs as much as the pages of a poll. `lends`: polls are made side by side, with so many workers in all."""
    with Idle(lends or MOST_RESIDENT, lends=bool(lends)) as idle:
        _resident.append(idle)
        try:
            yield
        finally:
            _resident.remove(idle)


def between() -> AbstractContextManager[Idle]:
    """Where a poll's streams find workers and leave them: the resident's, or its own, which end with it."""
    return nullcontext(_resident[-1]) if _resident else Idle()


class Crew:
    """The workers of one stream, each minded by a thread of its own.

    What is done is put into `done` as `Answered`, or the exception that ended a thread; others may put theirs there
    too.
    """

    def __init__(self, most: int, limits: Limits, idle: Idle, done: "SimpleQueue[Any]") -> None:
        self._most, self._limits, self._idle, self._done = most, limits, idle, done
        # Taken by itself, not by way of the condition, whose `__enter__` is Python: a signal heard right after it took
        # the lock, and before the body began, would leave it taken for good.
        self._guard = threading.RLock()
        self._changed = threading.Condition(self._guard)
        # All below is guarded by it.
        self._turns = Turns(limits.killed)
        self._busy = 0  # threads with a task in hand
        self._is_quiet = False  # no more tasks are on their way
        self._is_ended = False  # nor will any come
        self._is_broken = False  # a thread failed
        self._is_closed = False
        self._workers: set[_Worker] = set()
        self._threads: list[threading.Thread] = []
        self._owed = 0  # tasks taken and not yet given back; only the caller's thread counts

    # ── the caller's thread ─────────────────────────────────────────────────────────────────────────────────────

    def take(self, task: Task) -> Iterator[Answered]:
        """Takes a task up, waits while too many wait, and gives back what is done."""
        self._owed += 1
        self.add(task)
        with self._guard:
            self._changed.wait_for(lambda: self._is_broken or self.has_room)
        with suppress(Empty):
            while True:
                yield self._next_done(0.0)

    def add(self, task: Task) -> None:
        """Takes a task up."""
        with self._guard:
            self._is_quiet = False
            self._turns.add(task)
            if self._busy + len(self._turns) > len(self._threads) < self._most:
                self._threads.append(threading.Thread(target=self._mind, name="worker", daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()

    @property
    def has_room(self) -> bool:
        """Whether no more tasks wait than may."""
        return len(self._turns) <= WAITING_EACH * self._most

    def hush(self) -> None:
        """No task is on its way that is not here; more may be, once these are done."""
        with self._guard:
            if not self._is_quiet:
                self._is_quiet = True
                self._changed.notify_all()

    def rest(self, seconds: float | None = None) -> Iterator[Answered]:
        """All that is still to come, or what comes within so many seconds."""
        self.end()
        end = None if seconds is None else time.monotonic() + seconds
        with suppress(Empty):
            while self._owed:
                yield self._next_done(None if end is None else max(end - time.monotonic(), 0.0))

    def end(self) -> None:
        """No more tasks will come; workers without one are left for the next stream."""
        with self._guard:
            self._is_ended = self._is_quiet = True
            self._changed.notify_all()

    def _next_done(self, seconds: float | None) -> Answered:
        """The next that is done; waits so long for it, and for ever with None. Raises Empty."""
        done: Answered | BaseException = self._done.get(timeout=seconds)
        if isinstance(done, BaseException):
            self._owed = 0  # nothing more will come
            raise done
        self._owed -= 1
        return done

    def close(self) -> None:
        with self._guard:
            self._is_closed = True
            for worker in self._workers:
                worker.kill()
            self._changed.notify_all()
        self.join()

    def join(self) -> None:
        """Waits for the threads: those of a crew that was ended or closed end by themselves."""
        for thread in self._threads:
            thread.join()

    # ── a thread for each worker ────────────────────────────────────────────────────────────────────────────────

    def _mind(self) -> None:
        # Both signals go to every process of a terminal or a service. What a thread starts inherits its mask.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        worker: _Worker | None = None
        try:
            while (task := self._next_task()) is not None:
                if self._turns.is_given_up(task):
                    self._finish(task, Broken(Why.NOT_BEGUN))
                    continue
                worker = worker or self._hired()
                if worker is None:  # nobody waits for the task any more
                    return
                answer = worker.answer(task, self._limits.deadline)
                if worker.is_done or self._idle.lends:
                    self._part_with(worker)
                    worker = None
                self._finish(task, answer)
        except BaseException as error:  # raised again in the caller's thread
            self._done.put(error)
            with self._guard:
                self._is_broken = True
                self._changed.notify_all()
        finally:
            if worker:
                self._part_with(worker)

    def _next_task(self) -> Task | None:
        """The next task to begin; waits for it. None where there will be none."""
        with self._guard:
            while not self._is_closed:
                is_last = self._is_quiet and not self._busy
                is_spare = is_last or self._busy + 1 < self._most
                waited = len(self._turns)
                if (task := self._turns.next(may_hang=is_spare)) is not None:
                    self._busy += 1
                    return task
                if is_last and self._is_ended:
                    return None
                # Suspects have left the line: there may be room for others. Only then: two threads without a task would
                # else wake one another without end.
                if len(self._turns) < waited:
                    self._changed.notify_all()
                self._changed.wait()
            return None

    def _finish(self, task: Task, answer: Any) -> None:
        with self._guard:
            self._busy -= 1
            if answer == Broken(Why.TOO_SLOW):
                self._turns.was_killed(task)
            is_closed = self._is_closed
            self._changed.notify_all()
        if isinstance(answer, Broken) and answer.why is Why.FAILED and not is_closed:
            log.warning("taking apart what came from %s failed: %s", task.site, answer.trace)
        self._done.put((task.of, answer))

    def _hired(self) -> _Worker | None:
        """None where the stream is closed before there is one to be had."""
        if not self._idle.admit(lambda: self._is_closed):
            return None
        known = self._idle.take()
        try:
            worker = known or _Worker(self._limits)
        except BaseException:
            self._idle.dismiss()
            raise
        with self._guard:
            self._workers.add(worker)
            if self._is_closed:
                worker.kill()
        if known:
            return known
        if not worker.is_ready() and not self._is_closed:
            self._dismiss(worker)
            raise RuntimeError("a worker process could not start")
        return worker

    def _part_with(self, worker: _Worker) -> None:
        if self._spared(worker):
            self._idle.dismiss()
        else:
            self._dismiss(worker)

    def _spared(self, worker: _Worker) -> bool:
        """Whether the worker is left for the next stream: where this one came to its end, or it was only lent, and it
        has no task in hand."""
        with self._guard:
            is_free = self._is_ended or self._idle.lends
            if self._is_closed or not is_free or self._is_broken or worker.is_done:
                return False
            if self._idle.keeps(worker):
                self._workers.discard(worker)
                return True
            return False

    def _dismiss(self, worker: _Worker) -> None:
        with self._guard:
            self._workers.discard(worker)
        worker.close()
        self._idle.dismiss()
