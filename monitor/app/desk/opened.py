"""The folders of a desk that stays open: the configuration is read once and again when a file of it changed, the archive
is opened for each request.

- A reader never waits for a poll: the archive is opened to read, and reads one state of it.
- Who changes something waits a few seconds for another change, for two people may press buttons at one moment.
- A configuration that was broken meanwhile stops nobody who reads: the last good one serves on, and its mistakes are
  told (`mistakes`). Where there was never a good one, ConfigError goes to the page.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from monitor.app.desk.counted import Counted
from monitor.app.home import home_of
from monitor.app.locks import Work
from monitor.app.workspace import Clock, Workspace, utc_now, workspace_to_change, workspace_to_read
from monitor.config.folder import FILES, read_config
from monitor.config.panels import file_of, name_of, panels_in, shared_of
from monitor.errors import Busy, ConfigError, Mistake
from monitor.pipeline.remembered import Remembered
from monitor.settings import Config

PATIENCE = 5.0  # seconds for which a change waits for another of its kind
MOMENT = 0.05

Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(slots=True)
class _Kept:
    stamp: Stamp | None = None
    config: Config | None = None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """What every page works with. One for the whole process; safe to use from several threads."""

    config_folder: Path
    data: Path
    clock: Clock = utc_now
    index: Path | None = None  # the search index's file; None: in the data folder
    counted: Counted = field(default_factory=Counted)
    remembered: Remembered = field(default_factory=Remembered)
    _kept: _Kept = field(default_factory=_Kept)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def home(self) -> Path:
        """Where the panel's own things are; of one panel the data folder."""
        return home_of(self.config_folder, self.data)

    @property
    def panel(self) -> str:
        """Its name, where there are several."""
        return name_of(self.config_folder)

    @property
    def shares(self) -> bool:
        """Whether other panels read the same feeds, and what else is beside feeds.yaml."""
        shared = shared_of(self.config_folder)
        return shared != self.config_folder and len(panels_in(shared)) > 1

    def config(self) -> Config:
        """As the files are now, or as they were when they were right last. Raises ConfigError where they never were."""
        with self._lock:
            self._read_if_changed()
            if self._kept.config is None:
                raise ConfigError(self._kept.mistakes)
            return self._kept.config

    def mistakes(self) -> tuple[Mistake, ...]:
        """What is wrong in the files as they are now; empty where all is right."""
        with self._lock:
            self._read_if_changed()
            return self._kept.mistakes

    def _read_if_changed(self) -> None:
        stamp = _stamp(self.config_folder)
        if stamp == self._kept.stamp:
            return
        try:
            self._kept.config, self._kept.mistakes = read_config(self.config_folder), ()
        except ConfigError as error:
            self._kept.mistakes = error.mistakes
        self._kept.stamp = stamp

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """The archive, to read. Raises ConfigError, StoreError."""
        with workspace_to_read(self.config_folder, self.data, self.config()) as workspace:
            yield workspace

    @contextmanager
    def changing(self, work: Work = Work.LEARN) -> Iterator[Workspace]:
        """The archive, to write; alone among changes of the kind. Raises ConfigError, StoreError, ClockError, and Busy
        where another takes longer than a person likes to wait."""
        config, end = self.config(), time.monotonic() + PATIENCE
        with ExitStack() as stack:
            while True:
                opened = workspace_to_change(self.config_folder, self.data, work, self.clock, config)
                try:
                    workspace = stack.enter_context(opened)
                    break
                except Busy:
                    if time.monotonic() > end:
                        raise
                    time.sleep(MOMENT)
            yield workspace


def _stamp(folder: Path) -> Stamp:
    """By which a changed file is seen, without reading it."""

    def of(name: str) -> tuple[int, int] | None:
        try:
            found = file_of(folder, name).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    return tuple(map(of, FILES))
