"""Since when a run holds its lock: for the person who is kept waiting, and for `status`.

A job that meets another of its kind is silent, because the next tick makes it good. So a run that hangs would keep
every later one from starting and nobody would hear of it. A run notes beside its lock (`poll.held`) when it began
and which process it is; the note goes with the lock. One that was left by a killed run says nothing: whether a lock
is held is known from the lock alone, which is tried only where the note is old, so that no run that begins is kept
off by asking.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filelock

LONG = timedelta(hours=6)  # a poll has its deadline, a draft with every page read again takes minutes


@dataclass(frozen=True, slots=True)
class Held:
    work: str
    since: datetime
    process: int


def note(data: Path, work: str, now: datetime) -> Path:
    """What `forget` takes away again. A disk that is full keeps nobody from working."""
    path = data / f"{work}.held"
    with suppress(OSError):
        path.write_text(f"{now.astimezone(UTC).isoformat(timespec='seconds')} {os.getpid()}\n", "utf-8")
    return path


def forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def read(data: Path, work: str) -> Held | None:
    """The note of the run that holds the lock, or of one that was killed; None where there is none to be understood."""
    try:
        written = (data / f"{work}.held").read_text("utf-8")
        found = re.fullmatch(r"(\S+) ([0-9]{1,10})\n?", written)
        since = datetime.fromisoformat(found[1]) if found else None
    except (OSError, ValueError):
        return None
    return Held(work, since, int(found[2])) if found and since and since.tzinfo else None


def held_long(data: Path, works: Iterable[str], now: datetime, deadline: timedelta) -> Iterator[str]:
    """A sentence for each kind of run that has been at work for very long. `deadline`: how long a poll may take."""
    for work in works:
        held = read(data, work)
        if held and now - held.since > max(LONG, deadline + timedelta(hours=1)) and _is_held(data, work):
            hours = int((now - held.since).total_seconds() // 3600)
            yield (
                f"a run ({work}, process {held.process}) has been at work for {hours} hours, and no other of its kind can "
                "begin. See whether it hangs, and end it: what it has finished is kept."
            )


def _is_held(data: Path, work: str) -> bool:
    lock = filelock.FileLock(data / f"{work}.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        return True
    except OSError:  # it may be read by us, and not written
        return False
    lock.release()
    return False
