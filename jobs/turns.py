"""Jobs in turn, on the thread that works them off: the main one, which alone hears signals.

The scheduler's own threads only say what is due. A job that is under way is broken off by Ctrl-C or a termination signal
like a command that was typed: what is finished is kept. On the scheduler's thread it would run to its end first, a poll
for its whole `network.poll_deadline`.
"""

from collections.abc import Callable
from queue import SimpleQueue

Job = Callable[[], int]


class InTurn:
    def __init__(self) -> None:
        self._due: SimpleQueue[Job] = SimpleQueue()
        self._in_line: set[Job] = set()

    def asks_for(self, job: Job) -> Job:
        """What asks for a job when it is called, from any thread; unless the job waits or is running already."""

        def ask() -> int:
            if job not in self._in_line:
                self._in_line.add(job)
                self._due.put(job)
            return 0

        return ask

    def work_next(self, seconds: float | None = None) -> None:
        """Waits until a job is asked for, and does it. Raises Empty where none is within so many seconds."""
        job = self._due.get(timeout=seconds)
        try:
            job()
        finally:
            self._in_line.discard(job)
