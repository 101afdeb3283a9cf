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
from monitor.store.owner import NOBODY, Owner
from monitor.store.panels import Panels
from monitor.store.runs import Runs
from monitor.store.told import Tellings
from monitor.store.writings import Writings

__all__ = ["Store", "sqlite_version"]

EVERYBODY = Owner()


class Store:
    """The archive by subject. Open it with `Store.open`; close it, or use it as a context manager."""

    def __init__(self, archive: Archive, owner: Owner = EVERYBODY) -> None:
        self.archive = archive
        self.owner = owner
        self.feeds = Feeds(archive)
        self.articles = Articles(archive)
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
    def open(cls, path: Path, *, make: bool = True, panel: str | None = None, is_alone: bool = False) -> Self:
        """As `Archive.open`: made where there is none, unless `make` is false. With a panel's key its rooms see that
        panel's rows alone, and where it `is_alone` those of before there were keys too, which opening to change gives
        it; without one, everybody's (`owner.py`). Raises StoreError."""
        whole = cls(Archive.open(path, make=make))
        if panel is None:
            return whole
        try:
            is_alone = is_alone and whole.panels.may_be_given(NOBODY, panel)
            if make and is_alone:
                whole.panels.give(NOBODY, panel)
        except BaseException:
            whole.close()
            raise
        return whole.of(panel, is_alone=is_alone)

    def of(self, panel: str | None, *, is_alone: bool = False) -> Self:
        """The same archive, as another panel sees it."""
        return type(self)(self.archive, Owner(panel, is_alone))

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
