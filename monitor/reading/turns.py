"""Which task is begun next, where each belongs to a site and some sites' tasks hang.

1. Tasks are begun in the order in which they came.
2. A site with a task that had to be killed waits until all others are done, so that it delays them by one deadline at
   most.
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

    def next(self, *, is_alone: bool) -> Task | None:
        """The next to begin, if any; `is_alone`: no other is at work, and none will be added."""
        while self._waiting:
            task = self._waiting.popleft()
            if not self._killed[task.site]:
                return task
            self._suspect.append(task)
        return self._suspect.popleft() if is_alone and self._suspect else None

    def was_killed(self, task: Task) -> None:
        self._killed[task.site] += 1

    def is_given_up(self, task: Task) -> bool:
        return self._killed[task.site] >= self._most_killed
