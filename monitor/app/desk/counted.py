"""What was counted for a page, kept until what it was counted from changes: the next reader need not wait for it.

While a poll writes, that is all the time. So what took long to count is not counted anew for each reader: it serves on
for ten times as long as it took, some seconds at the most.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from monitor.config.folder import FILES
from monitor.config.panels import file_of

T = TypeVar("T")

MOST = 64  # answers that are kept
LONG = 0.05  # seconds of a core
SERVES_ON = 10


@dataclass(frozen=True, slots=True)
class _Kept:
    counted_from: Hashable
    answer: Any
    until: float  # monotonic seconds: until then it serves whatever was written


@dataclass(frozen=True, slots=True)
class Counted:
    """One for a desk; safe to use from several threads."""

    clock: Callable[[], float] = time.monotonic
    core: Callable[[], float] = time.thread_time
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, what: Hashable, counted_from: Hashable, count: Callable[[], T]) -> T:
        """The answer to `what`, counted anew where `counted_from` is not what it was. Two that ask at once may both
        count: nobody waits for the other."""
        with self._lock:
            kept = self._kept.get(what)
        if kept is not None and (kept.counted_from == counted_from or self.clock() < kept.until):
            answer: T = kept.answer
            return answer
        began = self.core()
        answer = count()
        took = self.core() - began
        self._keep(
            what, _Kept(counted_from, answer, self.clock() + (SERVES_ON * took if took > LONG else 0.0))
        )
        return answer

    def last(self, what: Hashable, answer: T | None) -> T | None:
        """The answer, which is remembered; where there is none, that of the last time."""
        if answer is not None:
            self._keep(what, _Kept(None, answer, 0.0))
            return answer
        with self._lock:
            kept = self._kept.get(what)
        before: T | None = kept.answer if kept else None
        return before

    def _keep(self, what: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._kept.pop(what, None)
            while len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[what] = kept


def stamp(*files: Path) -> Hashable:
    """By which one sees that any of the files was written since, without reading it."""
    return tuple(map(_of, files))


def of_config(folder: Path) -> Hashable:
    """The stamp of the files of a configuration."""
    return stamp(*(file_of(folder, name) for name in FILES))


def _of(file: Path) -> Hashable:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
