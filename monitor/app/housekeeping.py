"""housekeeping: what keeps the archive well, once a day, by itself.

    checked | pruned | backed up

- Checked: SQLite's quick_check each day; once a week its integrity_check, and every row is read (`store/integrity.py`).
- Pruned before it is backed up, so that what is not to be kept is not kept in a new backup either.
- Each step is a run of its own in the record, and one that fails does not keep the others from being done; `status`
  tells.

`poll` does it when it has read its feeds and a day has passed: whoever reads feeds, by cron, by the resident
timetable or by hand, never has to think of it. A moment in the future, which a wrong clock left, is not believed.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.app.archives import archive_of
from monitor.app.backups import BACKUP, back_up
from monitor.app.forgetting import prune
from monitor.app.installed import Installed, installed_to_change
from monitor.app.locks import Work
from monitor.app.shelf import advice
from monitor.app.workspace import (
    Announce,
    Clock,
    Workspace,
    quietly,
    recorded,
    utc_now,
)
from monitor.config.panels import shared_of
from monitor.errors import ArchiveLost, Busy, MonitorError
from monitor.model import Need, NeedKind
from monitor.reporting.wording import say_count, say_moment
from monitor.store import Store
from monitor.store.integrity import at_a_glance, thoroughly

HOUSEKEEPING, QUICK, THOROUGH = "housekeeping", "quick check", "integrity check"  # jobs in the record of runs

DAY = timedelta(hours=23)  # a poll that is some minutes late does not make it later every day
WEEK = timedelta(days=6, hours=12)
AGAIN = timedelta(hours=2)  # after one that failed
PATIENCE = timedelta(days=3)  # how long there may be no new backup before a person is asked
WHOLE = "The archive is whole."
OF_KEEPING = (NeedKind.ARCHIVE_DAMAGED, NeedKind.NO_BACKUP)  # of the archive, whoever's rows


@dataclass(frozen=True, slots=True)
class Kept:
    lines: tuple[str, ...]  # what was done, a sentence a step
    failures: tuple[str, ...]  # what a person should hear

    @property
    def summary(self) -> str:
        return " ".join((*self.failures, *self.lines))


class _StepsFailed(MonitorError):
    """Which has been told by then."""


def housekeeping(
    config_folder: Path, data: Path, *, clock: Clock = utc_now, announce: Announce = quietly
) -> Kept:
    """All of it now, the thorough check too."""
    with installed_to_change(config_folder, data, Work.HOUSEKEEPING, clock) as installed:
        announce(installed.config)
        return _kept(installed, clock, is_thorough=True)


def is_due(data: Path, *, clock: Clock = utc_now) -> bool:
    """Whether a day has passed since the last, and hours since one that failed. Most often it is not; then neither the
    configuration need be read nor anybody told. An archive that cannot be read is for other runs to tell of."""
    try:
        with Store.open(archive_of(data), make=False) as store:
            now = clock()
            done = store.runs.last_before(HOUSEKEEPING, now) or store.articles.beginning()
            tried = store.runs.last_before(HOUSEKEEPING, now, tried=True)
            return done is not None and now - done >= DAY and (tried is None or now - tried >= AGAIN)
    except MonitorError:
        return False


def of_the_day(
    config_folder: Path, data: Path, *, clock: Clock = utc_now, announce: Announce = quietly
) -> Kept:
    """What is due each day, and each week. Raises Busy, and what keeps it from beginning."""
    with installed_to_change(config_folder, data, Work.HOUSEKEEPING, clock) as installed:
        announce(installed.config)
        thorough = installed.store.runs.last_before(THOROUGH, clock(), tried=True)
        return _kept(installed, clock, is_thorough=thorough is None or clock() - thorough >= WEEK)


def _kept(installed: Installed, clock: Clock, *, is_thorough: bool) -> Kept:
    lines: list[str] = []
    failures: list[str] = []
    with suppress(_StepsFailed), recorded(installed.store, HOUSEKEEPING, clock) as note:
        for step in (_checked_thoroughly if is_thorough else _checked, _pruned, _backed_up):
            try:
                lines += step(installed, clock)
            except MonitorError as error:
                failures.append(str(error))
        note.summary = Kept(tuple(lines), tuple(failures)).summary
        if failures:  # so that it is tried again the same day
            raise _StepsFailed
    return Kept(tuple(lines), tuple(failures))


# ── the steps ───────────────────────────────────────────────────────────────────────────────────────────────────

Step = Callable[[Installed, Clock], Iterator[str]]


def _checked(installed: Installed, clock: Clock) -> Iterator[str]:
    with recorded(installed.store, QUICK, clock) as note:
        note.summary = _whole(at_a_glance(installed.store.archive, seconds=3600))
        yield note.summary


def _checked_thoroughly(installed: Installed, clock: Clock) -> Iterator[str]:
    with recorded(installed.store, THOROUGH, clock) as note:
        note.summary = _whole(thoroughly(installed.store.archive))
        yield note.summary


def _whole(problems: tuple[str, ...]) -> str:
    if problems:
        raise ArchiveLost(_say(problems))
    return WHOLE


def _pruned(installed: Installed, clock: Clock) -> Iterator[str]:
    """What panel.yaml says need not be kept any longer goes; unless somebody is at that already."""
    with suppress(Busy):
        yield prune(installed, clock).summary


def _backed_up(installed: Installed, clock: Clock) -> Iterator[str]:
    yield back_up(installed, None, clock).counts


# ── for a person ────────────────────────────────────────────────────────────────────────────────────────────────


def needs_of_keeping(workspace: Workspace, now: datetime) -> Iterator[Need]:
    """What is wrong with the archive, as far as a glance tells or the last check found; and that none is backed up."""
    runs = {run.job: run for run in workspace.store.runs.last()}
    problems = at_a_glance(workspace.store.archive)
    checks = [runs[job] for job in (THOROUGH, QUICK) if job in runs and not runs[job].ok]
    rows = tuple(map(str, workspace.store.archive.damaged))
    if problems or rows:
        yield Need(kind=NeedKind.ARCHIVE_DAMAGED, sentence=f"{_say(problems or rows)} {_advice(workspace)}")
    elif checks:
        found = f"the check of {say_moment(checks[0].started)} found: {checks[0].summary}"
        yield Need(
            kind=NeedKind.ARCHIVE_DAMAGED,
            sentence=f"{found} {_advice(workspace)}",
            since=checks[0].started,
        )
    if (last := runs.get(BACKUP)) and not last.ok and _is_long_ago(workspace, now):
        yield Need(
            kind=NeedKind.NO_BACKUP,
            sentence=f"no backup could be made: {last.summary} `monitor backup` tries again.",
        )


def _is_long_ago(workspace: Workspace, now: datetime) -> bool:
    made = workspace.store.runs.last_before(BACKUP, now) or workspace.store.articles.beginning()
    return made is None or now - made > PATIENCE


def _advice(workspace: Workspace) -> str:
    return advice(workspace.config, shared_of(workspace.config_folder), workspace.data)


def _say(problems: tuple[str, ...]) -> str:
    more = f", and {say_count(len(problems) - 3, 'other thing')}" if len(problems) > 3 else ""
    return f"the archive is damaged: {'; '.join(problems[:3])}{more}."
