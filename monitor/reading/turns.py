"""Which task is begun next, where each belongs to a site and some sites' tasks hang.

1. Tasks are begun in the order in which they came.
2. A site with a task that had to be killed waits until it delays nobody: none else waits, and a worker stays free for
   those that are still to come, or none are.
3. After so many killed tasks the rest of the site's are given up: they are not begun.
"""

from collections import Counter, deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    of: Any  # what the asker knows it by; comes back with the answer
    site: str
    call: str  # "module:function", imported where it runs; empty: nothing is to be done
    arguments: tuple[Any, ...] = ()


class Turns:
    """The tasks that wait. Not safe for threads."""

    def __init__(self, most_killed: int) -> None:
        self._most_killed = most_killed
        self._waiting: deque[Task] = deque()
        self._suspect: deque[Task] = deque()  # of sites with a task that was killed
        self._killed: Counter[str] = Counter()  # tasks, by site

    def __len__(self) -> int:
        """Tasks that wait for a free worker; those of suspect sites wait for more than that."""
        return len(self._waiting)

    def add(self, task: Task) -> None:
        (self._suspect if self._killed[task.site] else self._waiting).append(task)

    def next(self, *, may_hang: bool) -> Task | None:
        """The next to begin, if any; `may_hang`: it would delay nobody."""
        while self._waiting:
            task = self._waiting.popleft()
            if not self._killed[task.site]:
                return task
            self._suspect.append(task)
        return self._suspect.popleft() if may_hang and self._suspect else None

    def was_killed(self, task: Task) -> None:
        self._killed[task.site] += 1

    def is_given_up(self, task: Task) -> bool:
        return self._killed[task.site] >= self._most_killed
