"""weekly, of several panels: every panel's week, and what is wrong with one holds up no other.

    the drafts of all, on every core | what the archive holds for each is delivered

1. Each process drafts a part of the panels, one after the other, and works out once what is the same for them
   (`among.py`). This one has a part of its own; the others are workers (`reading/workers.py`) without a memory of
   what they did: all of it is in the archive.
2. They know nothing of each other but the turns at hosts (`turns_here.py`): no host is asked by two at once.
3. A panel of which a process said nothing, because it ended or met a bug, is drafted here once more. What it had done
   is in the archive, and a bug is raised here, when the others are done.
4. All are drafted before any is delivered, for a relay may hang for minutes.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import monitor.app.weekly as job
from monitor.app.among import Among
from monitor.app.turns_here import TurnsHere
from monitor.app.weekly import WeekDone, joined, weekly
from monitor.app.workspace import Announce, Clock, Workspace, quietly, utc_now, workspace_to_change
from monitor.config.panels import is_several, mistakes_of_folders, name_of, panels_in
from monitor.errors import Busy, MonitorError
from monitor.pipeline import Progress
from monitor.reading.turns import Task
from monitor.reading.worker import Broken
from monitor.reading.workers import Limits, answers
from monitor.settings import Config

FEWEST = 4  # panels of a process: to start one, and to prepare its judges, takes as long as a draft or two
DRAFTS = "monitor.app.weeks:drafted_apart"
# A nation's part is drafted in minutes; after two hours it hangs, and is begun here. It needs no bound of memory of its
# own: what is kept between drafts has one (`pipeline/texts.py`).
APART = Limits(deadline=7_200.0, memory=1 << 40, tasks=1)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Week:
    """A panel's draft, made by another process."""

    folder: Path
    done: WeekDone
    config: Config | None  # where it may be delivered


def weekly_of_all(
    config_folder: Path,
    data: Path,
    *,
    progress: Progress,
    clock: Clock = utc_now,
    announce: Announce = quietly,
    tell: Callable[[WeekDone], None] = lambda _done: None,
    processes: int = 1,
) -> WeekDone:
    """`tell` hears of each part when it is done. `processes`: how many draft side by side; this one alone where there are
    few panels, or no room for the turns. Where there is but one panel it is as `weekly`, and raises what that raises."""
    if name_of(config_folder) or not is_several(config_folder):
        done = weekly(config_folder, data, progress=progress, clock=clock, announce=announce)
        tell(done)
        return done
    panels = panels_in(config_folder)
    own, *others = dealt(panels, processes)
    with _room_for_turns() if others else nullcontext() as turns:
        if turns is None:
            own, others = panels, []
        weeks = _Weeks(data, progress, clock, announce, tell, Among(own, turns))
        weeks.add(WeekDone((), tuple(str(mistake) for mistake in mistakes_of_folders(config_folder))))
        each(
            (
                lambda: _drafted(weeks, own, others),
                lambda: each([panel for panel in panels if panel in weeks.drafted], weeks.deliver),
            ),
            _call,
        )
    return joined(weeks.done)


@contextmanager
def _room_for_turns() -> Iterator[TurnsHere | None]:
    """None where the machine's folder for such files is full, or may not be written."""
    with ExitStack() as held:
        try:
            turns = TurnsHere(Path(held.enter_context(TemporaryDirectory(prefix="monitor-turns-"))))
        except OSError:
            turns = None
        yield turns


def dealt(panels: Sequence[Path], processes: int) -> list[Sequence[Path]]:
    """A part for each process that is worth starting; the first is this one's."""
    parts = max(1, min(processes, len(panels) // FEWEST))
    return [panels[first::parts] for first in range(parts)]


def drafted_apart(folders: Sequence[Path], data: Path, clock: Clock, turns: Path) -> tuple[Week, ...]:
    """In a process of its own: the drafts of a part. Of a panel that met a bug it says nothing."""
    weeks = _Weeks(
        data, lambda *_: None, clock, quietly, lambda _done: None, Among(folders, TurnsHere(turns))
    )
    return tuple(week for folder in folders for week in _unless_broken(weeks, folder))


def _unless_broken(weeks: "_Weeks", folder: Path) -> Iterator[Week]:
    try:
        weeks.draft(folder)
    except Exception:
        return
    yield Week(folder, weeks.done[-1], weeks.drafted.get(folder))


def _drafted(weeks: "_Weeks", own: Sequence[Path], others: Sequence[Sequence[Path]]) -> None:
    """All drafts: the own part while the others are at work."""
    turns = weeks.among.turns
    if turns is None:
        each(own, weeks.draft)
        return
    left = [folder for part in others for folder in part]
    bugs: list[Exception] = []

    def tasks() -> Iterator[Task]:
        for part in others:
            what = (part, weeks.data, weeks.clock, turns.folder)
            yield Task(of=part, site=part[0].name, call=DRAFTS, arguments=what)
        try:
            each(own, weeks.draft)
        except Exception as error:
            bugs.append(error)

    for _, found in answers(tasks(), workers=len(others), limits=APART):
        for week in () if isinstance(found, Broken) else found:
            left.remove(week.folder)
            weeks.know(week)
    try:
        each(left, weeks.draft)
    finally:
        if bugs and sys.exception() is None:
            raise bugs[0]


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

    def know(self, week: Week) -> None:
        """Another process made it."""
        if week.config:
            self.drafted[week.folder] = week.config
        self.add(week.done)

    def deliver(self, folder: Path) -> None:
        self._do(folder, lambda workspace: job.delivered(workspace, self.clock))

    def add(self, done: WeekDone) -> None:
        self.done.append(done)
        self.tell(done)

    def _draft(self, workspace: Workspace) -> WeekDone:
        if not self.is_begun:
            self.is_begun = True
            self.announce(workspace.config)
        week = job.draft_week(workspace, self.clock, self.progress, self.among)
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
