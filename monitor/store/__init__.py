"""What is remembered: facts that cannot be had again. Verdicts and groups are not kept; they are worked out anew.

One archive, and a room a subject over it: `store.articles.of(window)`, `store.editions.keep(…)`. Every method that
writes is one transaction, so a run that is killed loses at most the feed it was busy with, and never half of one.
Values go in and come out; no row leaves this folder, and each statement stands in one place.
"""

from collections.abc import Hashable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

from monitor.errors import StoreError
from monitor.store.archive import Archive
from monitor.store.articles import Articles
from monitor.store.clocks import Clocks
from monitor.store.counts import Counts
from monitor.store.decisions import Decisions
from monitor.store.editions import Editions
from monitor.store.feeds import Feeds
from monitor.store.forgetting import Forgetting
from monitor.store.owner import NOBODY, Owner
from monitor.store.panels import Panels
from monitor.store.runs import Runs
from monitor.store.server import Server, Where
from monitor.store.sqlite.file import FileArchive, sqlite_version
from monitor.store.told import Tellings
from monitor.store.writings import Writings

__all__ = ["Store", "archive_at", "claimed", "holds_something", "sessions_kept", "sqlite_version", "stamp_of"]

EVERYBODY = Owner()


class Store:
    """The archive by subject. Open it with `Store.open`; close it, or use it as a context manager."""

    def __init__(self, archive: Archive, owner: Owner = EVERYBODY) -> None:
        self.archive = archive
        self.owner = owner
        self.feeds = Feeds(archive)
        self.articles = Articles(archive, owner)
        self.editions = Editions(archive, owner)
        self.writings = Writings(archive, owner)
        self.decisions = Decisions(archive, owner)
        self.runs = Runs(archive, owner)
        self.clocks = Clocks(archive)
        self.panels = Panels(archive)
        self.told = Tellings(archive, owner)
        self.forgetting = Forgetting(archive, owner)
        self.counts = Counts(archive, owner)

    @classmethod
    def open(
        cls,
        where: Where,
        *,
        make: bool = True,
        panel: str | None = None,
        is_alone: bool = False,
        wants: frozenset[str] | None = None,
    ) -> Self:
        """Made where there is none; with `make` false an empty one stands in for it, and nothing is written. With a
        panel's key its rooms see that panel's rows alone, and where it `is_alone` those of before there were keys too,
        which opening to change gives it; of articles those that its feeds list. Without one, everybody's (`owner.py`).
        Raises StoreError."""
        whole = cls(archive_at(where, make=make))
        if panel is None:
            return whole
        try:
            return whole.of(panel, is_alone=is_alone, wants=wants, gives=make)
        except BaseException:
            whole.close()
            raise

    def of(
        self,
        panel: str | None,
        *,
        is_alone: bool = False,
        wants: frozenset[str] | None = None,
        gives: bool = False,
    ) -> Self:
        """The same archive, as another panel sees it. `gives`: one that is alone gets the rows without a key."""
        if panel and is_alone:
            is_alone = self.panels.may_be_given(NOBODY, panel)
            if is_alone and gives:
                self.panels.give(NOBODY, panel)
        return type(self)(self.archive, Owner(panel, is_alone, wants))

    @property
    def path(self) -> str:
        return self.archive.path

    def close(self) -> None:
        self.archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def archive_at(where: Where, *, make: bool = True) -> Archive:
    """Raises StoreError."""
    if isinstance(where, Path):
        return FileArchive.open(where, make=make)
    return _on(where, make=make) or FileArchive.open(Path(":memory:"), make=False)


def holds_something(where: Where) -> bool:
    """Whether there is an archive, and it is not a file with nothing in it. Raises StoreError."""
    if isinstance(where, Path):
        return FileArchive.is_at(where)
    if found := _on(where, make=False):
        found.close()
    return found is not None


def stamp_of(where: Where) -> Hashable:
    """By which one sees that an archive was written since. Of a file without reading it; what is written stands in its
    log first: whoever only reads makes an empty one, and takes it away again. Raises StoreError."""
    if isinstance(where, Path):
        log = where.with_name(f"{where.name}-wal")
        return _stamp(where), _stamp(log) if holds_something(log) else None
    with closing(archive_at(where, make=False)) as found:
        return found.stamp()


def _stamp(file: Path) -> Hashable:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def sessions_kept(where: Where) -> AbstractContextManager[None]:
    """Inside, sessions on a server are kept for the next who opens this archive."""
    if isinstance(where, Path):
        return nullcontext()
    kept: AbstractContextManager[None] = _servers(where).kept_open(where)
    return kept


def claimed(where: Where, name: str | None) -> AbstractContextManager[bool]:
    """Inside, what only one run of all machines has at a time, by its name; with None nobody else has any. False where
    another has it. Of a file, which one machine has, the locks beside it say so. Raises StoreError."""
    if isinstance(where, Path):
        return nullcontext(True)
    claim: AbstractContextManager[bool] = _servers(where).claimed(where, name)
    return claim


def _on(server: Server, *, make: bool) -> Archive | None:
    found: Archive | None = _servers(server).ServerArchive.open(server, make=make)
    return found


def _servers(server: Server) -> ModuleType:
    """What an archive in a file can do without."""
    try:
        import monitor.store.postgresql.archive as servers
    except ImportError as error:
        raise StoreError(
            f"The archive {server.name} is on PostgreSQL, and psycopg is not installed: "
            'pip install "topical-issues-monitor[postgresql]".'
        ) from error
    return servers
