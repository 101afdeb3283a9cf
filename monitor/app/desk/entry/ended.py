"""Sessions whose person logged out, until they would have ended by themselves: kept beside the archive, so that a copy of
one is good for nothing after a restart either.

One line each, `until number`. What cannot be written is known until the desk ends.
"""

import logging
import threading
from datetime import datetime
from pathlib import Path

from monitor.app.locks import writable
from monitor.errors import OutputError

FILE = "desk.ended"
MOST = 5_000

log = logging.getLogger("monitor.desk")


class Ended:
    def __init__(self, data: Path) -> None:
        self._file, self._lock = data / FILE, threading.Lock()
        self._until: dict[str, datetime] = _read(self._file)

    def __contains__(self, number: str) -> bool:
        return number in self._until

    def add(self, number: str, until: datetime, now: datetime) -> None:
        with self._lock:
            going = [*((each, at) for each, at in self._until.items() if at > now), (number, until)]
            self._until = dict(going[-MOST:])
            lines = "".join(f"{at.isoformat()} {each}\n" for each, at in self._until.items())
            try:
                with writable(self._file.parent):
                    temporary = self._file.with_name(f"{FILE}.part")
                    temporary.write_text(lines)
                    temporary.replace(self._file)
            except OutputError as error:
                log.warning("that a session ended is not kept: %s", error)


def _read(file: Path) -> dict[str, datetime]:
    try:
        pairs = [line.split() for line in file.read_text().splitlines()]
        return {number: datetime.fromisoformat(at) for at, number in pairs}
    except (OSError, ValueError):
        return {}
