"""The turns at hosts that the processes of one run share, on one machine: a lock a host, in a folder that goes with
the run.

The system holds a lock, and lets go of it when its process ends, however it ends. Until when a host rests is the time
of a file beside its lock: one that lies further ahead than a host may ask for (`fetch/hosts.py`) is not believed.
"""

import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import filelock

from monitor.errors import OutputError

LOOK_AGAIN = 0.2  # seconds after which a host that another asks may be free
LONGEST_REST = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class TurnsHere:
    """`fetch.turn.Turns`."""

    folder: Path
    _taken: dict[tuple[str, str], filelock.FileLock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def claim(self, host: str, by: str) -> float:
        """As there. Raises OutputError where no lock can be had."""
        with self._guard:
            if (host, by) in self._taken:
                return 0.0
        lock = filelock.FileLock(self._file(host, "lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            return LOOK_AGAIN
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be written, so no page was asked for: {error.strerror or error}. Make room there."
            ) from error
        if (wait := self._rests(host)) > 0:
            lock.release()
            return wait
        with self._guard:
            self._taken[host, by] = lock
        return 0.0

    def release(self, host: str, by: str, rest: float) -> None:
        with self._guard:
            lock = self._taken.pop((host, by), None)
        if lock is None:
            return
        if rest > 0:
            file, until = self._file(host, "rest"), time.time() + rest
            with suppress(OSError):  # no room: then the next asks sooner, and still not at once with another
                file.touch()
                os.utime(file, (until, until))
        lock.release()

    def _rests(self, host: str) -> float:
        try:
            wait = self._file(host, "rest").stat().st_mtime - time.time()
        except OSError:
            return 0.0
        return wait if wait <= LONGEST_REST else 0.0

    def _file(self, host: str, kind: str) -> Path:
        return self.folder / f"{sha256(host.encode()).hexdigest()[:32]}.{kind}"
