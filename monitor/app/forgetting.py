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

from monitor.app.indexed import drop_index
from monitor.app.locks import Work, alone
from monitor.app.workspace import Clock, Workspace, utc_now, workspace_to_change, workspace_to_read
from monitor.model import Goes, Run
from monitor.pipeline.prune import due, forget
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
    with workspace_to_read(config_folder, data) as workspace:
        goes = due(workspace.store, workspace.config, _as_of(workspace, clock()))
        return Pruned(counts=_counts(workspace, goes), is_rehearsal=True)


def prune_now(config_folder: Path, data: Path, clock: Clock = utc_now) -> Pruned:
    with workspace_to_change(config_folder, data, None) as workspace:
        return prune(workspace, clock)


def prune(workspace: Workspace, clock: Clock) -> Pruned:
    """Forgets what its time is over for, gives the room back, and keeps a record of the run. Raises Busy where another
    does so."""
    with alone(workspace.data, Work.PRUNE):
        store, started = workspace.store, _as_of(workspace, clock())
        goes = due(store, workspace.config, started)
        counts = _counts(workspace, goes)
        has_texts = bool(goes.texts or goes.articles or store.forgetting.is_unfinished())
        if has_texts:
            drop_index(workspace.data)
        forget(store, goes, started)
        if has_texts:
            drop_index(workspace.data)  # a desk may have made it anew meanwhile, of what was still there
        is_whole = (
            store.forgetting.finish() if store.forgetting.is_unfinished() else store.archive.give_back()
        )
        pruned = Pruned(counts=counts, is_rehearsal=False, is_whole=is_whole)
        store.runs.record(Run(job=PRUNE, started=started, ended=started, ok=True, summary=pruned.summary))
        return pruned


def _as_of(workspace: Workspace, now: datetime) -> datetime:
    """The moment by which it is decided what is over its time."""
    last = workspace.store.runs.last_success(PRUNE)
    return now if last is None else min(now, last + STEP)


def _counts(workspace: Workspace, goes: Goes) -> dict[str, int]:
    records = workspace.store.forgetting.countable(goes)
    listed = ("texts", "articles", "editions", "decisions", "messages")
    return {
        **{name: len(getattr(goes, name)) for name in listed},
        "runs": records.get("runs", 0),
        "polls": records.get("polls", 0),
    }
