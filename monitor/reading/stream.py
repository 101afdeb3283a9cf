"""Addresses fetched side by side and what comes taken apart meanwhile: one stream, to which more may be added.

1. Answers come in the order in which they are done, each as soon as it is: nobody waits for the slowest.
2. Nothing new is begun while too much waits for the workers, so that memory stays flat.
3. When its time is over, what is in hand is given a moment to be done; all else is *left* (`fetch/hosts.py`), and said so.
   Nothing is asked for or waited for after that.
4. Where it is broken off (Ctrl-C, an error) what is in hand has the same moment; the rest has no answer.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, Self

from monitor.model import Fetch, FetchRequest, FetchResult
from monitor.reading.fetch.gather import Answer, Ask, Gathering, Served, next_event
from monitor.reading.fetch.hosts import left_over
from monitor.reading.turns import Task
from monitor.reading.workers import LIMITS, Crew, Idle, Limits, cores
from monitor.settings import Network

LOOK_AGAIN = 0.05  # seconds after which to see whether the workers have room
LOOK_AT_TIMER = 1.0  # seconds: who wants a poll to end puts its timer forward, which is no event

Timer = Callable[[], float]
TaskOf = Callable[[Any, FetchResult], Task]
"""What is to be done with the answer to what is known as this."""


class Came(NamedTuple):
    """What came of a request."""

    of: Any  # what its asker knows it by
    result: FetchResult
    found: Any  # what its task came to (`workers.Answered`); None where nothing was to be done


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A request's way through the stream."""

    of: Any
    task: TaskOf


class Stream:
    """Iterate over it, and ask for more meanwhile. A context manager: leaving it ends the workers and sends no more."""

    def __init__(
        self,
        fetch: Fetch,
        network: Network,
        *,
        barred: Mapping[str, timedelta],
        idle: Idle | None = None,
        limits: Limits = LIMITS,
        workers: int | None = None,
        timer: Timer = time.monotonic,
        all_in_line: bool = False,
    ) -> None:
        """Its time begins now; `network.poll_deadline` is how long it is. `barred`, `all_in_line`: as `Gathering`'s."""
        self._events: SimpleQueue[Any] = SimpleQueue()
        self._gathering = Gathering(
            fetch,
            workers=network.workers,
            spacing=network.spacing,
            barred=barred,
            finished=self._events,
            all_in_line=all_in_line,
        )
        self._crew = Crew(workers or cores(), limits, idle or Idle(), self._events)
        self._in_hand: dict[int, Answer] = {}  # with the workers, by a number of their own
        self._numbers = 0
        self._parting = limits.parting
        self._timer = timer
        self._ends = timer() + network.poll_deadline.total_seconds()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gathering.close()
        self._crew.close()

    def ask(
        self,
        requests: Iterable[tuple[FetchRequest, Any]],
        task: TaskOf,
        *,
        follows: bool = False,
    ) -> None:
        """Asks for addresses, each with what it is known by; `task` says what is to be done with an answer to that. `follows`:
        from what came."""
        self._gathering.add((Ask(request, _Wanted(of, task)) for request, of in requests), follows=follows)

    def __iter__(self) -> Iterator[Came]:
        """What comes. When all that was asked for is answered it ends, or its time is over; its workers are left for the
        next stream then, unless one has something in hand still."""
        try:
            while not (self._gathering.is_empty and not self._in_hand):
                if self._timer() >= self._ends:
                    yield from self._parted(self._timer() + self._parting)
                    are_free = not self._in_hand
                    yield from self._left()
                    if are_free:
                        break
                    return
                yield from self._step()
        except GeneratorExit:
            raise
        except BaseException:  # what was fetched is not thrown away
            yield from self._parted(time.monotonic() + self._parting, time.monotonic)
            raise
        self._crew.end()
        self._crew.join()

    def _step(self) -> Iterator[Came]:
        """Begins what may be, and waits for one thing that is done."""
        if self._crew.has_room:
            for answer in self._gathering.begin():
                yield from self._take_apart(answer)
        if self._gathering.is_empty:
            self._crew.hush()
        if self._in_hand or not self._gathering.is_empty:
            yield from self._hear(next_event(self._events, self._wakes()))

    def _wakes(self) -> float:
        """The moment at which to look again, on the clock of the kernel."""
        now = time.monotonic()
        over = now + min(max(self._ends - self._timer(), 0.0), LOOK_AT_TIMER)
        # That a worker takes up what waits, and so makes room, is no event.
        begin = self._gathering.wakes() if self._crew.has_room else now + LOOK_AGAIN
        return over if begin is None else min(begin, over)

    def _hear(self, event: Any) -> Iterator[Came]:
        if isinstance(event, Served):
            yield from self._take_apart(self._gathering.ended(event))
        elif event is not None:
            number, found = event
            yield _came(self._in_hand.pop(number), found)

    def _take_apart(self, answer: Answer) -> Iterator[Came]:
        task = answer.ask.of.task(answer.ask.of.of, answer.result)
        if not task.call:
            yield _came(answer, None)
            return
        self._numbers += 1
        self._in_hand[self._numbers] = answer
        self._crew.add(replace(task, of=self._numbers))

    def _parted(self, ends: float, timer: Timer | None = None) -> Iterator[Came]:
        """What has come and what is done of it, until the moment given. Nothing more is begun."""
        timer = timer or self._timer
        while (left := ends - timer()) > 0:
            event = next_event(self._events, time.monotonic() + (left if self._in_hand else 0.0))
            if event is not None:
                yield from self._hear(event)
            elif not self._in_hand:
                return

    def _left(self) -> Iterator[Came]:
        """All that is not done. What is asked for while this is heard is left as well."""
        unread = [answer.ask for answer in self._in_hand.values()]
        self._in_hand.clear()
        while left := unread + self._gathering.give_up():
            unread = []
            for ask in left:
                yield _came(Answer(ask, left_over(ask.request.url)), None)


def _came(answer: Answer, found: Any) -> Came:
    return Came(answer.ask.of.of, answer.result, found)
