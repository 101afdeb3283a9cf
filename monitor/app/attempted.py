"""That a poll began, known also where the archive cannot take it in: a full disk, a folder that became read-only.

`poll.begun` beside the archive is an empty file; its time of change is when the first poll began that is not recorded,
or the beginning of 1970 where all are. To change it takes no room on the disk. What was begun and recorded by no one
for hours is a need (`app/needs.py`). Where the file cannot be made or changed, nothing is lost but that.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.app.archives import is_there
from monitor.paths import exists

FILE = "poll.begun"


@dataclass(frozen=True, slots=True)
class Mark:
    path: Path

    def settle(self) -> None:
        """What began is recorded."""
        with suppress(OSError):
            os.utime(self.path, (0, 0))


@contextmanager
def begun(data: Path, now: datetime) -> Iterator[Mark]:
    """Marks that a poll begins, unless an earlier one did and is not recorded yet."""
    mark = Mark(data / FILE)
    with suppress(OSError):
        if not exists(mark.path) and is_there(data):  # in an empty folder nothing is left
            mark.path.touch(mode=0o600)
            mark.settle()
        if unrecorded_since(data, now) is None:
            os.utime(mark.path, (now.timestamp(), now.timestamp()))
    yield mark


def unrecorded_since(data: Path, now: datetime) -> datetime | None:
    """When the first poll began that is not recorded; None where all are."""
    try:
        moment = datetime.fromtimestamp((data / FILE).stat().st_mtime, UTC)
    except OSError:
        return None
    return moment if 0 < moment.timestamp() <= now.timestamp() else None
