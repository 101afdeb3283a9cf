"""weekly: this week's draft, once, and what waits to be delivered; of each panel.

    the archive's edition of this week, or a new one | what is missing of its documents | deliver

Which week's edition is there is asked of the archive, never of a timer. What cannot be written does not keep back what
can be sent.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from monitor.app.among import Among
from monitor.app.deliveries import USUAL, deliver, is_mailed
from monitor.app.locks import Work, alone
from monitor.app.runs import DraftWanted, counts_line, draft_in, draft_lines, finished_lines
from monitor.app.workspace import (
    Announce,
    Clock,
    Workspace,
    quietly,
    recorded,
    utc_now,
    workspace_to_change,
)
from monitor.config.panels import is_several, mistakes_of_folders, name_of, panels_in
from monitor.errors import Busy, MonitorError, OutputError
from monitor.model import KeptEdition
from monitor.pipeline import Drafted, Progress
from monitor.pipeline.documents import Finished, finish
from monitor.reporting.delivery.mail import Patience
from monitor.reporting.edition.cycle import edition_of_week, weekly_moment
from monitor.reporting.wording import say_moment
from monitor.settings import Config

WEEKLY = "weekly report"  # the job's name in the record of runs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WeekDone:
    lines: tuple[str, ...]  # what a person sees of the draft and of what was sent
    failures: tuple[str, ...]  # a sentence for each message that was not delivered


def weekly(
    config_folder: Path,
    data: Path,
    *,
    progress: Progress,
    clock: Clock = utc_now,
    announce: Announce = quietly,
) -> WeekDone:
    """Drafts this week's report where the archive does not know of one, then delivers what waits to be."""
    with workspace_to_change(config_folder, data, None, clock) as workspace:
        announce(workspace.config)
        return draft_and_deliver(workspace, clock, progress)


def weekly_of_all(
    config_folder: Path,
    data: Path,
    *,
    progress: Progress,
    clock: Clock = utc_now,
    announce: Announce = quietly,
    tell: Callable[[WeekDone], None] = lambda _done: None,
) -> WeekDone:
    """Every panel's week, one after the other: what fails of one is its line, and holds up no other. All are drafted
    before any is delivered, for a relay may hang for minutes. `tell` hears of each part when it is done. Where there is
    but one panel it is as `weekly`, and raises what that raises."""
    if name_of(config_folder) or not is_several(config_folder):
        done = weekly(config_folder, data, progress=progress, clock=clock, announce=announce)
        tell(done)
        return done
    panels = panels_in(config_folder)
    weeks = _Weeks(data, progress, clock, announce, tell, Among(panels))
    weeks.add(WeekDone((), tuple(str(mistake) for mistake in mistakes_of_folders(config_folder))))
    each((lambda: each(panels, weeks.draft), lambda: each(tuple(weeks.drafted), weeks.deliver)), _call)
    return _joined(weeks.done)


@dataclass(slots=True)
class _Weeks:
    """Those of several panels, as far as they are done."""

    data: Path
    progress: Progress
    clock: Clock
    announce: Announce
    tell: Callable[[WeekDone], None]
    among: Among
    is_begun: bool = False
    drafted: dict[Path, Config] = field(default_factory=dict)  # those that may be delivered, by their folders
    done: list[WeekDone] = field(default_factory=list)

    def draft(self, folder: Path) -> None:
        self._do(folder, self._draft)

    def deliver(self, folder: Path) -> None:
        self._do(folder, lambda workspace: _delivered(workspace, self.clock))

    def add(self, done: WeekDone) -> None:
        self.done.append(done)
        self.tell(done)

    def _draft(self, workspace: Workspace) -> WeekDone:
        if not self.is_begun:
            self.is_begun = True
            self.announce(workspace.config)
        week = draft_week(workspace, self.clock, self.progress, self.among)
        self.drafted[workspace.config_folder] = workspace.config
        return week

    def _do(self, folder: Path, do: Callable[[Workspace], WeekDone]) -> None:
        known = self.drafted.get(folder)
        try:
            with workspace_to_change(folder, self.data, None, self.clock, known) as workspace:
                done = do(workspace)
        except Busy as busy:
            done = WeekDone((str(busy),), ())
        except MonitorError as error:
            done = WeekDone((), tuple(str(error).splitlines()))
        self.add(WeekDone(_named(folder, done.lines), _named(folder, done.failures)))


def each(those: Sequence[T], do: Callable[[T], None]) -> None:
    """One after the other. A bug at one is raised when the others are done; a signal ends it at once."""
    if not those:
        return
    try:
        do(those[0])
    finally:
        error = sys.exception()
        if error is None or isinstance(error, Exception):
            each(those[1:], do)


def _call(do: Callable[[], None]) -> None:
    do()


def _named(folder: Path, lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{folder.name}: {line}" for line in lines)


def _joined(weeks: Sequence[WeekDone]) -> WeekDone:
    return WeekDone(
        tuple(line for week in weeks for line in week.lines),
        tuple(line for week in weeks for line in week.failures),
    )


def draft_and_deliver(
    workspace: Workspace, clock: Clock, progress: Progress, patience: Patience = USUAL
) -> WeekDone:
    """What cannot be written does not keep back what can be sent."""
    week = draft_week(workspace, clock, progress)
    return _joined((week, _delivered(workspace, clock, patience)))


def draft_week(
    workspace: Workspace, clock: Clock, progress: Progress, among: Among | None = None
) -> WeekDone:
    with alone(workspace.home, Work.DRAFT):
        return _weekly_draft(workspace, clock, progress, among)


def _delivered(workspace: Workspace, clock: Clock, patience: Patience = USUAL) -> WeekDone:
    delivered = deliver(workspace, clock, patience)
    return WeekDone(delivered.lines, delivered.failures)


def _weekly_draft(workspace: Workspace, clock: Clock, progress: Progress, among: Among | None) -> WeekDone:
    """Makes this week's edition, where the archive holds none; in any case what is missing of editions that it
    holds."""
    now, weekly_time = workspace.store.archive.moment(clock), workspace.config.panel.weekly
    finished = finish(workspace.store, workspace.config)
    before, failures = finished_lines(finished), finished.still_missing
    kept = edition_of_week(workspace.store.editions.all(), weekly_time, now)
    if kept:
        _recorded_late(workspace, kept, finished, clock)
        made = f"The draft of {say_moment(weekly_moment(weekly_time, now))} is made already."
        return WeekDone((*before, made), failures)
    try:
        drafted = _drafted_weekly(workspace, now, clock, progress, among)
        return WeekDone((*before, *draft_lines(drafted)), failures)
    except OutputError as error:
        return WeekDone(before, (*failures, str(error)))


def _drafted_weekly(
    workspace: Workspace, now: datetime, clock: Clock, progress: Progress, among: Among | None
) -> Drafted:
    """Any weekly draft may be the one that is issued, so the pages that it quotes are read again."""
    weekly = weekly_moment(workspace.config.panel.weekly, now)
    with recorded(workspace.store, WEEKLY, clock) as note:
        wanted, mailed = DraftWanted(recheck=True), is_mailed(workspace)
        beside = among.of(workspace, now) if among else None
        drafted = draft_in(workspace, wanted, now, progress, mailed=mailed, weekly=weekly, among=beside)
        note.summary = counts_line(drafted)
    return drafted


def _recorded_late(workspace: Workspace, kept: KeptEdition, finished: Finished, clock: Clock) -> None:
    """The run that made the edition may have been stopped before it could be recorded, or before all was written."""
    last = workspace.store.runs.last_success(WEEKLY)
    if finished.still_missing or (last is not None and last >= kept.made):
        return
    with recorded(workspace.store, WEEKLY, clock) as note:
        note.summary = f"Draft {kept.number} is complete; the run that made it was stopped."
