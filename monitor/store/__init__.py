"""What is remembered: facts that cannot be had again. Verdicts and groups are not kept; they are worked out anew.

One archive, and a room a subject over it: `store.articles.of(window)`, `store.editions.keep(…)`. Every method that
writes is one transaction, so a run that is killed loses at most the feed it was busy with, and never half of one.
Values go in and come out; no row leaves this folder, and each statement stands in one place.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

from monitor.store.archive import Archive, sqlite_version
from monitor.store.articles import Articles
from monitor.store.clocks import Clocks
from monitor.store.counts import Counts
from monitor.store.decisions import Decisions
from monitor.store.editions import Editions
from monitor.store.feeds import Feeds
from monitor.store.forgetting import Forgetting
from monitor.store.runs import Runs
from monitor.store.told import Tellings
from monitor.store.writings import Writings

__all__ = ["Store", "sqlite_version"]


class Store:
    """The archive by subject. Open it with `Store.open`; close it, or use it as a context manager."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.feeds = Feeds(archive)
        self.articles = Articles(archive)
        self.editions = Editions(archive)
        self.writings = Writings(archive)
        self.decisions = Decisions(archive)
        self.runs = Runs(archive)
        self.clocks = Clocks(archive)
        self.told = Tellings(archive)
        self.forgetting = Forgetting(archive)
        self.counts = Counts(archive)

    @classmethod
    def open(cls, path: Path, *, make: bool = True) -> Self:
        """As `Archive.open`: made where there is none, unless `make` is false. Raises StoreError."""
        return cls(Archive.open(path, make=make))

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
