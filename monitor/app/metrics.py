"""Writes the figures of how things stand into the file that Prometheus reads (`--metrics`)."""

import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from monitor import __version__
from monitor.app.state import State
from monitor.app.workspace import Workspace
from monitor.model import MessageState, Need, NeedKind
from monitor.reporting.telling.figures import Counted, Figures, write_figures
from monitor.store.runs import SHARED

UNDELIVERED = (
    MessageState.COMPOSED,
    MessageState.REFUSED,
    MessageState.UNSURE,
    MessageState.PARTLY_SENT,
)

log = logging.getLogger(__name__)


def counted(workspace: Workspace, state: State) -> Counted:
    store, health = workspace.store, state.health
    return Counted(
        last_success=store.runs.last_successes(),
        last_runs=state.runs,
        runs=store.runs.counts(),
        articles=state.articles,
        feeds={
            "on": health.feeds,
            "failing": len(health.failing),
            "silent": len(health.silent),
            "paused": len(health.paused),
        },
        undelivered=sum(message.state in UNDELIVERED for message in store.editions.messages()),
        archive_bytes=store.archive.size(),
        edition=state.edition.made if state.edition else None,
        newest_article=store.articles.newest(),
        queue=state.queue,
        addresses={
            "on": frozenset(feed.url for feed in workspace.config.feeds if feed.paused is None),
            "failing": frozenset(one.url for one in health.failing),
            "silent": frozenset(one.url for one in health.silent),
            "paused": frozenset(one.url for one in health.paused),
        },
    )


def of_panels(found: Sequence[Counted | None]) -> Counted | None:
    """Figures of several panels as one: what they share once; of what is each one's own the sum, and of moments and runs
    the one that is furthest back, for that is the one to hear of."""
    known = [one for one in found if one]
    if len(known) < 2:
        return known[0] if known else None
    jobs = {job for one in known for job in one.last_success}
    runs = [run for one in known for run in one.last_runs]
    drafts = [one.edition for one in known if one.edition]
    return replace(
        known[0],
        last_success={
            job: min(one.last_success[job] for one in known if job in one.last_success) for job in jobs
        },
        last_runs=tuple(
            min((run for run in runs if run.job == job), key=lambda run: (run.ok, run.ended))
            for job in sorted({run.job for run in runs})
        ),
        runs={
            key: sum(one.runs.get(key, 0) for one in known)
            if key[0] not in SHARED
            else max(one.runs.get(key, 0) for one in known)
            for key in dict.fromkeys(key for one in known for key in one.runs)
        },
        feeds={
            state: len(frozenset[str]().union(*(one.addresses.get(state, ()) for one in known)))
            for state in known[0].feeds
        },
        undelivered=sum(one.undelivered for one in known),
        edition=min(drafts) if drafts else None,
    )


def write_metrics(file: Path | None, needs: Sequence[Need], counted: Counted | None, now: datetime) -> None:
    """Where the file cannot be written that is logged, and no more. `counted` is None where the archive is not read."""
    if file is None:
        return
    by_kind = {kind.value: sum(need.kind is kind for need in needs) for kind in NeedKind}
    text = write_figures(Figures(version=__version__, written=now, needs=by_kind, counted=counted))
    try:
        _write_whole(file, text)
    except OSError as error:
        log.warning("The figures could not be written to %s: %s.", file, error.strerror or error)


def _write_whole(file: Path, text: str) -> None:
    """The file as it was or as it will be, never half of it; anybody may read it. Raises OSError."""
    aside = file.with_name(
        f".{file.name}.{os.getpid()}.part"
    )  # no .prom at its end: nobody reads it meanwhile
    try:
        aside.write_text(text, encoding="utf-8")
        aside.chmod(0o644)  # node_exporter is another user
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
