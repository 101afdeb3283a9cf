"""What the operator was told, kept beside the archive for when that cannot be used: damaged, on a full disk.

One file of a fixed size, made while all is well and written over in place: that needs no room on a full disk. Where the
data folder cannot be written at all, its like in the system's folder for temporary files serves.
"""

import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from monitor.errors import OutputError
from monitor.model import Told
from monitor.paths import exists
from monitor.store.told import read_told, told_row

SIZE = 4096  # a block
NAME = "told-beside.json"
_LONGEST = 300  # of a sentence; two of them fit with room to spare

Memory = tuple[Told, ...]


class Beside:
    def __init__(self, data: Path) -> None:
        name = f"topical-issues-{sha256(str(data.absolute()).encode()).hexdigest()[:16]}.json"
        self._places = (data / NAME, Path(tempfile.gettempdir()) / name)

    def change(self, decide: Callable[[Memory], Memory]) -> Memory:
        """As the archive's. Raises OutputError where no place can be written: then nothing is remembered."""
        after = decide(self.all())
        for place in self._places:
            with suppress(OSError):
                _write(place, after)
                return after
        raise OutputError("What the operator was told can be written nowhere.")

    def all(self) -> Memory:
        """What was written last: the other place may be of a time when it could be written."""
        ages = {place: age for place in self._places if (age := _written_at(place))}
        return tuple(_read(max(ages, key=ages.__getitem__))) if ages else ()

    def clear(self) -> None:
        """Makes room for the day when it is needed, and forgets what was written; as far as that can be."""
        for place in self._places:
            known = tuple(_read(place))
            with suppress(OSError):
                if known or (place is self._places[0] and not exists(place)):
                    _write(place, ())


def _written_at(place: Path) -> int:
    try:
        return place.lstat().st_mtime_ns
    except OSError:
        return 0


def _read(place: Path) -> Iterator[Told]:
    try:
        with os.fdopen(_opened(place, os.O_RDONLY), "rb") as file:
            rows = json.loads(file.read(SIZE))
        yield from [read_told(row) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):  # not there, or not ours
        return


def _write(place: Path, memory: Memory) -> None:
    rows = [{**told_row(one), "says": one.says[:_LONGEST]} for one in memory]
    content = json.dumps(rows, ensure_ascii=False).encode()
    while len(content) > SIZE:
        rows.pop()
        content = json.dumps(rows, ensure_ascii=False).encode()
    with os.fdopen(_opened(place, os.O_RDWR | os.O_CREAT), "r+b") as file:
        file.write(content.ljust(SIZE))
        file.flush()
        os.fsync(file.fileno())


def _opened(place: Path, how: int) -> int:
    """A file of our own and no other: in a folder that is everybody's, somebody may have put one there."""
    descriptor = os.open(place, how | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        os.close(descriptor)
        raise PermissionError(f"{place} is not ours")
    return descriptor
