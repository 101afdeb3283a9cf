"""weekly: this week's draft of a panel, once, and what waits to be delivered. `weeks.py` has that of several panels.

    the archive's edition of this week, or a new one | what is missing of its documents | deliver

Which week's edition is there is asked of the archive, never of a timer. What cannot be written does not keep back what
can be sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
from monitor.errors import OutputError
from monitor.model import KeptEdition
from monitor.pipeline import Drafted, Progress
from monitor.pipeline.documents import Finished, finish
from monitor.reporting.delivery.mail import Patience
from monitor.reporting.edition.cycle import edition_of_week, weekly_moment
from monitor.reporting.wording import say_moment

WEEKLY = "weekly report"  # the job's name in the record of runs


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


def joined(weeks: Sequence[WeekDone]) -> WeekDone:
    return WeekDone(
        tuple(line for week in weeks for line in week.lines),
        tuple(line for week in weeks for line in week.failures),
    )


def draft_and_deliver(
    workspace: Workspace, clock: Clock, progress: Progress, patience: Patience = USUAL
) -> WeekDone:
    """What cannot be written does not keep back what can be sent."""
    week = draft_week(workspace, clock, progress)
    return joined((week, delivered(workspace, clock, patience)))


def draft_week(
    workspace: Workspace, clock: Clock, progress: Progress, among: Among | None = None
) -> WeekDone:
    with alone(workspace.home, Work.DRAFT):
        return _weekly_draft(workspace, clock, progress, among)


def delivered(workspace: Workspace, clock: Clock, patience: Patience = USUAL) -> WeekDone:
    found = deliver(workspace, clock, patience)
    return WeekDone(found.lines, found.failures)


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
        turns = among.turns if among else None
        drafted = draft_in(
            workspace, wanted, now, progress, mailed=mailed, weekly=weekly, among=beside, turns=turns
        )
        note.summary = counts_line(drafted)
    return drafted


def _recorded_late(workspace: Workspace, kept: KeptEdition, finished: Finished, clock: Clock) -> None:
    """The run that made the edition may have been stopped before it could be recorded, or before all was written."""
    last = workspace.store.runs.last_success(WEEKLY)
    if finished.still_missing or (last is not None and last >= kept.made):
        return
    with recorded(workspace.store, WEEKLY, clock) as note:
        note.summary = f"Draft {kept.number} is complete; the run that made it was stopped."
