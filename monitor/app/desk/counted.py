"""What was counted for a page, kept until what it was counted from changes: the next reader need not wait for it."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 64  # answers that are kept


@dataclass(frozen=True, slots=True)
class Counted:
    """One for a desk; safe to use from several threads."""

    _kept: dict[Hashable, tuple[Hashable, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, what: Hashable, counted_from: Hashable, count: Callable[[], T]) -> T:
        """The answer to `what`, counted anew where `counted_from` is not what it was. Two that ask at once may both
        count: nobody waits for the other."""
        with self._lock:
            kept = self._kept.get(what)
        if kept is not None and kept[0] == counted_from:
            answer: T = kept[1]
            return answer
        answer = count()
        with self._lock:
            self._kept.pop(what, None)
            while len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[what] = counted_from, answer
        return answer


def stamp(*files: Path) -> Hashable:
    """By which one sees that any of the files was written since, without reading it."""
    return tuple(map(_of, files))


def of_archive(file: Path) -> Hashable:
    """The stamp of an archive: what is written stands in its log first."""
    return stamp(file, file.with_name(f"{file.name}-wal"))


def _of(file: Path) -> Hashable:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
