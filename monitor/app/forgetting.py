"""prune: what its time is over for goes. Housekeeping says it; a person may.

It needs no lock against other runs: what goes is nothing that one of them needs (`forgetting/retention.py`), and each
transaction is short. Two at once would do the same work twice, so there is one at a time.

The search index goes whole with the first text, for it cannot forget words one by one; a desk makes it anew.

A clock that is a year ahead must not take a year with it, which nobody can bring back. So one run goes no further than
`STEP` after the one before: that clock is told of by then (`status`), and a machine that was off catches up day by day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.app.indexed import drop_indexes
from monitor.app.installed import Installed, installed_to_change, installed_to_read
from monitor.app.locks import Work, alone
from monitor.app.workspace import Clock, Workspace, utc_now
from monitor.model import Goes, Run
from monitor.pipeline.prune import due, forget, of_all, own
from monitor.reporting.wording import say_count

PRUNE = "prune"  # the job's name in the record of runs
STEP = timedelta(days=35)  # so that a run a month is enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    counts: Mapping[str, int]  # by kind; all kinds, also where nothing went
    is_rehearsal: bool  # nothing was touched
    is_whole: bool = True  # False: the WAL still holds what went, for somebody reads; the next time does it

    def record(self) -> dict[str, Any]:
        return {**self.counts, "dry_run": self.is_rehearsal}

    def lines(self) -> Iterator[str]:
        for name, number in self.counts.items():
            if number:
                yield f"{_KINDS[name]}: {number:,}"
        if not self.is_whole:
            yield (
                "The archive was being read, so what went may still stand in the file beside it (archive.db-wal). "
                "The next prune empties that."
            )
        yield self.summary

    @property
    def summary(self) -> str:
        went = "would be forgotten" if self.is_rehearsal else "forgotten"
        total = sum(self.counts.values())
        return f"{say_count(total, 'thing')} {went}." if total else "Nothing is over its time."


_KINDS = {
    "texts": "Texts of articles",
    "articles": "Articles, whole",
    "editions": "Drafts and reports",
    "decisions": "What the officer said of these",
    "messages": "Records of e-mails",
    "runs": "Records of runs",
    "polls": "Records of polls",
}


def rehearse_prune(config_folder: Path, data: Path, clock: Clock = utc_now) -> Pruned:
    """What would go now; nothing is touched."""
    with installed_to_read(config_folder, data) as installed:
        return Pruned(counts=_due(installed, _as_of(installed, clock())).counts, is_rehearsal=True)


def prune_now(config_folder: Path, data: Path, clock: Clock = utc_now) -> Pruned:
    with installed_to_change(config_folder, data, None) as installed:
        return prune(installed, clock)


def prune(installed: Installed, clock: Clock) -> Pruned:
    """Forgets what its time is over for, gives the room back, and keeps a record of the run. Raises Busy where another
    does so."""
    with alone(installed.data, Work.PRUNE):
        store, started = installed.store, _as_of(installed, clock())
        due_now = _due(installed, started)
        shared = due_now.shared
        has_texts = bool(shared.texts or shared.articles or store.forgetting.is_unfinished())
        if has_texts:
            drop_indexes(installed.data)
        for workspace, goes in due_now.of_panels:
            workspace.store.forgetting.records(goes)
        forget(store, shared, started)
        if has_texts:
            drop_indexes(installed.data)  # a desk may have made it anew meanwhile, of what was still there
        is_whole = (
            store.forgetting.finish() if store.forgetting.is_unfinished() else store.archive.give_back()
        )
        pruned = Pruned(counts=due_now.counts, is_rehearsal=False, is_whole=is_whole)
        store.runs.record(Run(job=PRUNE, started=started, ended=started, ok=True, summary=pruned.summary))
        return pruned


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    of_panels: tuple[tuple[Workspace, Goes], ...]  # what is each one's own
    shared: Goes
    counts: Mapping[str, int]


def _due(installed: Installed, now: datetime) -> _Due:
    """While a panel's files cannot be read, nobody knows what it still needs: then of what is shared nothing goes."""
    of_panels = tuple((one, due(one.store, one.config, now)) for one in installed.panels)
    shared = Goes() if installed.faults else of_all([goes for _, goes in of_panels])
    records = installed.store.forgetting.countable(shared)
    listed = ("editions", "decisions", "messages")
    counts = {
        "texts": len(shared.texts),
        "articles": len(shared.articles),
        **{name: sum(len(getattr(goes, name)) for _, goes in of_panels) for name in listed},
        "runs": records.get("runs", 0),
        "polls": records.get("polls", 0),
    }
    return _Due(of_panels=tuple((one, own(goes)) for one, goes in of_panels), shared=shared, counts=counts)


def _as_of(installed: Installed, now: datetime) -> datetime:
    """The moment by which it is decided what is over its time."""
    last = installed.store.runs.last_success(PRUNE)
    return now if last is None else min(now, last + STEP)
