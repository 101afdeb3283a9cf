"""A feed read at once, for somebody who waits for it: a poll of that feed alone, beside the pages.

It is the poll of `monitor poll NAME`, with its lock and its record; where another is at work, that is what came of it.
One feed is read at a time. What came of the last is told until the desk is started anew.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.app.runs import poll
from monitor.errors import MonitorError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNow:
    url: str  # the feed's address
    began: datetime
    ended: datetime | None = None  # None: it is being read
    says: str = ""  # what came of it
    went_well: bool = True


@dataclass(slots=True)
class ReadingsNow:
    """The one under way, and the last of each feed; one for a desk."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _of: dict[str, ReadNow] = field(default_factory=dict)

    def of(self, url: str) -> ReadNow | None:
        with self._lock:
            return self._of.get(url)

    def begin(
        self, desk: OpenDesk, url: str, start: Callable[[Callable[[], None]], None] | None = None
    ) -> str | None:
        """Begins to read a feed; why not, where one is being read. `start` runs what it is given, by itself or in a
        thread beside."""
        with self._lock:
            under_way = next((one for one in self._of.values() if one.ended is None), None)
            if under_way is not None:
                same = under_way.url == url
                return (
                    "It is being read already."
                    if same
                    else "Another feed is being read. Try again when it is done."
                )
            self._of[url] = ReadNow(url=url, began=desk.clock())
        (start or _beside)(lambda: self._read(desk, url))
        return None

    def _read(self, desk: OpenDesk, url: str) -> None:
        """A bug is told here too, and goes on to whoever hears of a thread's."""
        says, went_well = (
            "It could not be read, for a mistake of the monitor’s own; its log has the details.",
            False,
        )
        try:
            says, went_well = _polled(desk, url)
        except MonitorError as error:
            says = str(error)
        finally:
            with self._lock:
                self._of[url] = replace(self._of[url], ended=desk.clock(), says=says, went_well=went_well)


def _beside(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="a feed read from the desk", daemon=True).start()


def _polled(desk: OpenDesk, url: str) -> tuple[str, bool]:
    polled = poll(
        desk.config_folder, desk.data, everything=False, names=[url], progress=_quietly, clock=desk.clock
    )
    lines = [*([polled.outage] if polled.outage else []), *polled.failures, polled.counts]
    return " ".join(lines), not (polled.outage or polled.failures)


def _quietly(*_: object) -> None:
    """Nobody watches."""
