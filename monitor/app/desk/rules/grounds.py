"""What many previews begin with: the stories of the weeks, and the newest draft's window. Made ready beforehand by the
index's process, else worked out for the first preview of a day; kept here for those after it.

- A ground (which stories there were) serves for a day, so that one change after the other is tried on the same stories.
- It is made anew where an article of it was erased, and where rules that were saved since put articles together otherwise;
  else only what those rules touch is judged again.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.app.archives import written as archive_written
from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.narrowing import narrowed_by, prepared_in
from monitor.app.workspace import Workspace
from monitor.judging.preview.regrouping import same_stories
from monitor.judging.preview.turning import Ground
from monitor.model import Window
from monitor.paths import exists
from monitor.pipeline.pages import Progress
from monitor.pipeline.preview import beforehand, stories, twelve
from monitor.pipeline.preview.tried import Narrowed
from monitor.pipeline.preview.twelve import DraftWindow, Judged, Window12
from monitor.reporting.wording import day_in_london
from monitor.settings import Config
from monitor.store.search import FILE


@dataclass(frozen=True, slots=True)
class Held:
    ground: Ground
    config: Config  # by whose rules it was made


@dataclass(slots=True)
class Grounds:
    """One for the process; one preview at a time asks."""

    desk: OpenDesk
    _held: dict[int | None, Held] = field(default_factory=dict)
    _draft: Window12 | None = None
    _stamp: Hashable = None  # of the archive and the day when that was looked for
    _since: datetime | None = None  # what was made ready before is not wanted any more

    @property
    def index(self) -> Path:
        return self.desk.index or self.desk.home / FILE

    def anew(self) -> None:
        """What came in since is taken along from now on."""
        self._held.clear()
        self._draft, self._since = None, self.desk.clock()

    def narrowed(self, workspace: Workspace) -> Narrowed:
        return narrowed_by(self.index, workspace)

    # ── the stories of some weeks ───────────────────────────────────────────────────────────────────────────────

    def window(self, workspace: Workspace, weeks: int | None) -> Window:
        return beforehand.window_of(workspace.store, weeks, self.desk.clock())

    def if_there(self, workspace: Workspace, weeks: int | None, progress: Progress) -> Ground | None:
        held = self._by_now(workspace, weeks, progress) or self._ready(workspace, weeks)
        if held is not None:
            self._held[weeks] = held
        return held.ground if held else None

    def keep(self, weeks: int | None, ground: Ground, config: Config) -> None:
        self._held[weeks] = Held(ground, config)

    def _by_now(self, workspace: Workspace, weeks: int | None, progress: Progress) -> Held | None:
        """What an earlier preview had, by the rules in force."""
        held, store, config = self._held.get(weeks), workspace.store, workspace.config
        if held is None or not beforehand.serves(held.ground, store, weeks, self.desk.clock()):
            return None
        if held.config.rules == config.rules:
            return held
        if held.config.gazetteer != config.gazetteer or not same_stories(
            store.articles.of(held.ground.window), config.gazetteer, held.config.rules, config.rules
        ):
            return None
        narrowed = self.narrowed(workspace)
        return Held(stories.by_now(store, held.ground, held.config, config, narrowed, progress), config)

    def _ready(self, workspace: Workspace, weeks: int | None) -> Held | None:
        record = prepared_in(self.index, workspace, beforehand.name_of(weeks))
        if record is None:
            return None
        ground = beforehand.read_ground(record)
        is_old = self._since and ground.window != self.window(workspace, weeks)
        if is_old or not beforehand.serves(ground, workspace.store, weeks, self.desk.clock()):
            return None
        return Held(ground, workspace.config)

    def is_to_take_up(self) -> bool:
        """Whether there may be something that was made ready, and is not here yet."""
        return self._stamp != self._stamped() and exists(self.index)

    def take_up(self, workspace: Workspace) -> None:
        """The draft's window, where it was made ready: it takes seconds to read."""
        if prepared_in(self.index, workspace, beforehand.DRAFT) is not None:
            self.draft(workspace, lambda _doing, _done, _of: None)

    def _stamped(self) -> Hashable:
        return archive_written(self.desk.data), day_in_london(self.desk.clock())

    # ── the draft's window ──────────────────────────────────────────────────────────────────────────────────────

    def draft(self, workspace: Workspace, progress: Progress) -> Window12 | None:
        """The newest draft's window by the rules in force; None where there is no draft."""
        config, store, now = workspace.config, workspace.store, self.desk.clock()
        stamp = self._stamped()
        if self._draft and stamp == self._stamp and self._draft.config == config:
            return self._draft
        self._stamp = stamp
        of = twelve.draft_window(store, config, now)
        if of is None or self._is_same(of, config):
            return self._draft if of else None
        judged = self._judged(workspace, of) or twelve.judged_anew(config, of.articles, progress)
        self._draft = twelve.window12(store, config, of, judged, now)
        return self._draft

    def _is_same(self, of: DraftWindow, config: Config) -> bool:
        base = self._draft
        return (
            base is not None
            and (base.number, base.past, base.articles) == (of.number, of.past, of.articles)
            and base.config == config
        )

    def _judged(self, workspace: Workspace, of: DraftWindow) -> Judged | None:
        """Without judging all: what an earlier preview had, or what was made ready."""
        base, config = self._draft, workspace.config
        if base is not None and (known := twelve.judged_since(base, of, config)) is not None:
            return known
        record = prepared_in(self.index, workspace, beforehand.DRAFT)
        return beforehand.read_judged(record, of.articles) if record else None
