"""What is done for all panels at once works with this: the feeds, the archive whoever's a row is, and each panel.

Of one panel it asks for all four files, as every command does. Of several it asks for feeds.yaml and for one panel at
least that can be read: the mistakes of another are its `fault`, and hold up nobody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from monitor.app.archives import archive_of
from monitor.app.clocks import agree
from monitor.app.home import home_of
from monitor.app.locks import Work, alone, writable
from monitor.app.lost import lost, remember
from monitor.app.shelf import advice
from monitor.app.workspace import Clock, Workspace, config_of, utc_now
from monitor.config.feeds_file import FeedList
from monitor.config.folder import config_or_mistakes, files_of_all, read_shared
from monitor.config.panels import is_several, mistakes_of_folders, name_of, shared_of
from monitor.errors import ArchiveLost, ConfigError
from monitor.settings import Config, Feed, Network
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Fault:
    """A panel whose files cannot be read, and why not."""

    folder: Path
    error: ConfigError

    @property
    def line(self) -> str:
        first, more = self.error.mistakes[0], len(self.error.mistakes) - 1
        return f"{self.folder.name}: {first}" + (f" (and {more} more: `monitor check`)" if more else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the files say."""

    folder: Path  # that of feeds.yaml
    list: FeedList
    panels: tuple[tuple[Path, Config], ...]  # each with its folder; at least one
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    network: Network
    feeds: tuple[Feed, ...]
    panels: tuple[Workspace, ...]  # the archive as each sees it; at least one
    store: Store  # as it is, whoever's
    data: Path
    config_folder: Path
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of_one(cls, workspace: Workspace) -> "Installed":
        return cls(
            network=workspace.config.network,
            feeds=workspace.config.feeds,
            panels=(workspace,),
            store=workspace.store.of(None),
            data=workspace.data,
            config_folder=shared_of(workspace.config_folder),
        )

    def offered_to(self, config_folder: Path) -> tuple[Feed, ...]:
        """The feeds that the panel wants whose folder it is; of no panel's all."""
        named = name_of(config_folder)
        wanted = (one.config.feeds for one in self.panels if one.config_folder.name == named)
        return next(wanted, self.feeds) if named else self.feeds

    @property
    def config(self) -> Config:
        """Of what is one for all panels (`backups`), any of them says it."""
        return self.panels[0].config

    @property
    def configs(self) -> dict[str, Config]:
        """By the panels' keys."""
        return {one.config.panel.area.id: one.config for one in self.panels}


def known(config_folder: Path) -> Known:
    """Raises ConfigError where feeds.yaml is not right, or no panel is."""
    folder = shared_of(config_folder)
    if not is_several(folder):
        return _of_one(folder, config_of(folder))
    feeds, wrong = read_shared(folder), tuple(mistakes_of_folders(folder))
    panels: list[tuple[Path, Config]] = []
    faults: list[Fault] = []
    for files in files_of_all(folder):
        config = config_or_mistakes(feeds, files)
        if isinstance(config, Config):
            panels.append((files.folder, config))
        else:
            faults.append(Fault(files.folder, ConfigError(config)))
    of_all = (*wrong, *(feeds if isinstance(feeds, tuple) else ()))
    if isinstance(feeds, tuple) or of_all or not panels:
        own = [mistake for fault in faults for mistake in fault.error.mistakes]
        raise ConfigError([*dict.fromkeys([*of_all, *own])])
    return Known(folder=folder, list=feeds.value, panels=tuple(panels), faults=tuple(faults))


def _of_one(folder: Path, config: Config) -> Known:
    """Feeds that the only panel does not want need not be read."""
    feeds = FeedList(network=config.network, publishers=config.publishers, feeds=config.feeds)
    return Known(folder=folder, list=feeds, panels=((folder, config),))


@contextmanager
def installed_to_read(config_folder: Path, data: Path) -> Iterator[Installed]:
    """For what only reads. Raises ConfigError, StoreError."""
    found = known(config_folder)
    with _never_lost(found, data), Store.open(archive_of(data), make=False) as store:
        yield _installed(found, store, data, gives=False)


@contextmanager
def installed_to_change(
    config_folder: Path,
    data: Path,
    work: Work | None,
    clock: Clock = utc_now,
    found: Known | None = None,
) -> Iterator[Installed]:
    """For what writes: one of a kind at a time; None where the command sees to that itself. `found` is what the folder
    holds, where that is known already. Raises ConfigError before anything is touched, Busy, and ClockError."""
    found = found or known(config_folder)
    with _never_lost(found, data):
        with writable(data):
            data.mkdir(parents=True, exist_ok=True)
        with alone(data, work) if work else nullcontext(), Store.open(archive_of(data)) as store:
            agree(store, clock())
            yield _installed(found, store, data, gives=True)
            if store.articles.beginning():
                remember(found.folder, data, archive_of(data))


def _installed(found: Known, store: Store, data: Path, *, gives: bool) -> Installed:
    return Installed(
        network=found.list.network,
        feeds=found.list.feeds,
        panels=tuple(
            Workspace(config, _as_seen_by(config, store, gives=gives), data, folder)
            for folder, config in found.panels
        ),
        store=store,
        data=data,
        config_folder=found.folder,
        faults=found.faults,
    )


def _as_seen_by(config: Config, store: Store, *, gives: bool) -> Store:
    return store.of(config.panel.area.id, is_alone=config.is_alone, wants=config.wants, gives=gives)


@contextmanager
def _never_lost(found: Known, data: Path) -> Iterator[None]:
    """An archive that is damaged, empty or gone stops the run, and how to get it back is said."""
    try:
        for folder, config in found.panels:
            if what := lost(found.folder, data, archive_of(data), config.panel, home_of(folder, data)):
                raise ArchiveLost(what)
        yield
    except ArchiveLost as error:
        raise ArchiveLost(f"{error} {advice(found.panels[0][1], found.folder, data)}") from error
