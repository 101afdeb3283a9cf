"""The real things, built once for a command: the configuration, the archive, the record of the run."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.app.archives import ARCHIVE as ARCHIVE
from monitor.app.archives import archive_of
from monitor.app.clocks import agree
from monitor.app.home import home_of, the_panel
from monitor.app.locks import OF_PANELS, Work, alone, writable
from monitor.app.lost import lost, remember
from monitor.app.shelf import advice
from monitor.config.folder import read_config
from monitor.config.panels import shared_of
from monitor.errors import ArchiveLost, StoreError
from monitor.model import Run
from monitor.settings import Config
from monitor.store import Store

Clock = Callable[[], datetime]
Announce = Callable[[Config], None]  # hears that a run has begun, and by which configuration


def utc_now() -> datetime:
    return datetime.now(UTC)


def quietly(_config: Config) -> None:
    """Nobody is told that the run has begun."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a command of one panel works with: what was configured and where, the archive as the panel sees it, and the
    folder it stands in."""

    config: Config
    store: Store
    data: Path
    config_folder: Path

    @property
    def home(self) -> Path:
        """Where the panel's documents and locks are."""
        return home_of(self.config_folder, self.data)


@contextmanager
def workspace_to_read(config_folder: Path, data: Path, config: Config | None = None) -> Iterator[Workspace]:
    """For commands that only read the archive; many may do so at once. `config` is what the folder holds, where that
    is known already. Raises ConfigError, StoreError, and InputError where there are several panels and none is said."""
    folder = the_panel(config_folder)
    config = config or config_of(folder)
    with _never_lost(config, folder, data), opened(config, data, make=False) as store:
        yield Workspace(config, store, data, folder)


@contextmanager
def workspace_to_change(
    config_folder: Path,
    data: Path,
    work: Work | None,
    clock: Clock = utc_now,
    config: Config | None = None,
) -> Iterator[Workspace]:
    """For commands that write: one of a kind at a time; None where the command sees to that itself. `config` as for
    `workspace_to_read`. Raises ConfigError before anything is touched, Busy, and ClockError."""
    folder = the_panel(config_folder)
    config = config or config_of(folder)
    with _never_lost(config, folder, data):
        with writable(data):
            data.mkdir(parents=True, exist_ok=True)
        place = home_of(folder, data) if work in OF_PANELS else data
        with alone(place, work) if work else nullcontext(), opened(config, data) as store:
            agree(store, clock())
            yield Workspace(config, store, data, folder)
            if store.articles.beginning():
                remember(shared_of(folder), data, archive_of(data))


def config_of(folder: Path) -> Config:
    """Raises ConfigError."""
    return read_config(folder)


def opened(config: Config, data: Path, *, make: bool = True) -> Store:
    """The archive as the panel sees it. Raises StoreError."""
    return Store.open(
        archive_of(data), make=make, panel=config.panel.area.id, is_alone=config.is_alone, wants=config.wants
    )


@contextmanager
def _never_lost(config: Config, config_folder: Path, data: Path) -> Iterator[None]:
    """An archive that is damaged, empty or gone stops the run, and how to get it back is said."""
    shared, panel = shared_of(config_folder), config.panel
    try:
        if what := lost(shared, data, archive_of(data), panel, home_of(config_folder, data)):
            raise ArchiveLost(what)
        yield
    except ArchiveLost as error:
        raise ArchiveLost(f"{error} {advice(config, shared, data)}") from error


@dataclass(slots=True)
class RunNote:
    """What a run says of itself when it has done its work; empty until then."""

    summary: str = ""


@contextmanager
def recorded(
    store: Store, job: str, clock: Clock, then: Callable[[], None] = lambda: None
) -> Iterator[RunNote]:
    """Records the run of a job, however it ends; `then` is called when it is recorded."""
    started, note = clock(), RunNote()
    try:
        yield note
    finally:
        error = sys.exception()
        summary = note.summary or str(error) or type(error).__name__
        run = Run(job=job, started=started, ended=clock(), ok=error is None, summary=summary)
        with suppress(StoreError) if error else nullcontext():  # what ended the run is what is said
            store.runs.record(run)
        then()
