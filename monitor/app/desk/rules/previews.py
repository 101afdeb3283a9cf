"""A draft of the rules tried on what is stored, beside the pages: a page asks how far it is, and is never kept waiting.

- One preview at a time is worked out, in a thread of the desk; it only reads. What it has found is there at once: first
  what flipped, then the stories as a draft puts them together, the labelled sets, the twelve.
- The ground (which stories there were) is kept for a day, so that one change after the other is tried on the same
  stories; the page says until when they were seen. It is made anew where an article of it was erased, and where rules that
  were saved since put articles together otherwise.
- A result is good for this draft, these rules in force and this ground. It is kept in memory: after a restart it is worked
  out again.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.drafts import Draft, path_of
from monitor.app.desk.rules.grounds import Grounds
from monitor.app.desk.rules.labels import TICKS, labelled_sets
from monitor.app.desk.rules.looks import Failed, Look, Running, added, costs_of, told
from monitor.app.desk.rules.narrowing import included_by
from monitor.app.desk.rules.steps import Step
from monitor.app.workspace import Workspace
from monitor.config.swallowed import swallowed
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from monitor.errors import MonitorError
from monitor.judging.preview.labels import Labels, figures_by
from monitor.judging.preview.turning import Flips, Ground
from monitor.model import Article, Window
from monitor.pipeline.preview import stories, twelve
from monitor.pipeline.preview.beforehand import KEPT, made_ground
from monitor.pipeline.preview.tried import Tried, hits_by_phrase, touched_in
from monitor.store import Store

RESULTS = 20  # kept in memory

log = logging.getLogger("monitor.desk")
Begin = Callable[[Callable[[], None]], None]


Key = tuple[str, str, int | None]  # of the draft, of the rules in force, and the weeks


def in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="rule preview", daemon=True).start()


@dataclass(slots=True)
class Previews:
    """One for the process."""

    desk: OpenDesk
    begin: Begin = in_a_thread
    _looks: dict[Key, Look | Running | Failed] = field(default_factory=dict)
    _grounds: Grounds = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _alone: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._grounds = Grounds(self.desk)

    def of(self, draft: Draft, weeks: int | None) -> Look | Running | Failed:
        """What is known of it now; begins where nothing is."""
        key = (draft.digest, self.desk.config().rules.digest, weeks)
        with self._lock:
            if key in self._looks and not self._is_over(key):
                return self._looks[key]
            self._looks[key] = Running(doing="Waiting for its turn")
            while len(self._looks) > RESULTS:
                del self._looks[next(iter(self._looks))]
        self.begin(lambda: self._work(key, draft, weeks))
        with self._lock:
            return self._looks.get(key, Running(doing="Waiting for its turn"))

    def warm(self) -> None:
        """Somebody opens a form: what was made ready beforehand is taken up while they type."""
        if self._grounds.is_to_take_up() and not self._alone.locked():
            self.begin(self._warmed)

    def _warmed(self) -> None:
        with suppress(MonitorError), self._alone, self.desk.reading() as workspace:
            self._grounds.take_up(workspace)

    def known(self, draft: Draft) -> Look | None:
        """The fullest that was worked out already."""
        with self._lock:
            looks = [
                one for key, one in self._looks.items() if key[0] == draft.digest and isinstance(one, Look)
            ]
        return max(looks, key=lambda one: one.articles, default=None)

    def ticked(self, draft: Draft) -> None:
        """A tick was made or taken back: its set is counted anew in what is known of the draft."""
        with self._lock:
            looks = [(key, one) for key, one in self._looks.items() if key[0] == draft.digest]
        for key, look in looks:
            if isinstance(look, Look) and look.labels is not None:
                self._say(key, replace(look, labels=self._labels(draft, look.labels)))

    def anew(self) -> None:
        """What came in since is taken along from now on."""
        with self._lock:
            self._looks.clear()
            self._grounds.anew()

    def _is_over(self, key: Key) -> bool:
        look = self._looks[key]
        return isinstance(look, Look) and not look.running and self.desk.clock() - look.made > KEPT

    def _say(self, key: Key, look: Look | Running | Failed) -> None:
        with self._lock:
            if key in self._looks:
                self._looks[key] = look

    # ── at work ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self, key: Key, draft: Draft, weeks: int | None) -> None:
        try:
            with self._alone, self.desk.reading() as workspace:
                self._tried(key, draft, weeks, workspace)
        except MonitorError as error:
            self._say(key, Failed(str(error)))
        except Exception as error:  # a thread has nobody above it who would say so
            log.error("a preview failed", exc_info=error)
            self._say(
                key, Failed("This is a bug in the monitor. Its log has the details; nothing was changed.")
            )

    def _tried(self, key: Key, draft: Draft, weeks: int | None, workspace: Workspace) -> None:
        loaded = read_topics(path_of(self.desk.home, draft.id))
        if not isinstance(loaded, Loaded):
            self._say(key, Failed("The draft has mistakes; mend them first."))
            return
        step = Step(lambda look: self._say(key, look))
        tried = Tried(workspace.config, replace(loaded.value, digest=draft.digest))
        store, found = workspace.store, tried.found
        ground = self._grounds.if_there(workspace, weeks, step.progress)
        window = ground.window if ground else self._grounds.window(workspace, weeks)
        touched = touched_in(store, tried, window, self._grounds.narrowed(workspace), step.progress)
        flips = stories.flipped(tried, touched, step.progress, ground)
        step.look = Look(
            weeks=weeks,
            made=self.desk.clock(),
            since=window.since or store.articles.beginning() or window.until,
            until=window.until,
            articles=store.articles.counted(window),
            textless=None,
            stories=None,
            found=found,
            touched=len(touched),
            warnings=tuple(swallowed(loaded.document, added(found))),
        )
        hits = hits_by_phrase(touched, tried)
        step.say("Putting the stories together", costs=costs_of(hits, found, step.look.articles, None))
        if ground is None:
            ground = self._begun(workspace, tried, weeks, window, flips, touched, step)
        if not ground.is_whole and flips.into:
            ground = stories.with_gained(store, workspace.config, ground, flips.into)
        self._on_ground(store, tried, ground, flips, hits, step)
        step.say("Making the twelve", labels=self._labels(draft))
        self._moves(workspace, tried, window, touched, step)
        step.finish()

    def _on_ground(
        self,
        store: Store,
        tried: Tried,
        ground: Ground,
        flips: Flips,
        hits: dict[str, frozenset[str]],
        step: Step,
    ) -> None:
        result, found = stories.on_ground(store, tried, ground, flips), step.shown.found
        step.say(
            "Asking the labelled stories",
            **told(result, found),
            kept=result.kept,
            stories=result.stories if ground.is_whole else None,
            textless=ground.textless if ground.is_whole else None,
            is_first=False,
            is_whole=ground.is_whole,
            costs=costs_of(hits, found, ground.articles, ground if ground.is_whole else None),
        )

    def _labels(self, draft: Draft, known: Sequence[Labels] = ()) -> tuple[Labels, ...]:
        """Of the sets that were counted before only the ticks are counted again."""
        loaded = read_topics(path_of(self.desk.home, draft.id))
        if not isinstance(loaded, Loaded):
            return ()
        config = self.desk.config()
        tried, same = Tried(config, loaded.value), {one.name: one for one in known if one.name != TICKS}
        before, after = tried.judges
        return tuple(
            same.get(name) or figures_by(name, told, tried.found, before=before, after=after)
            for name, told in labelled_sets(self.desk.config_folder, self.desk.home, config.panel.area)
        )

    def _moves(
        self, workspace: Workspace, tried: Tried, window: Window, touched: Sequence[Article], step: Step
    ) -> None:
        base, now, store = self._grounds.draft(workspace, step.progress), self.desk.clock(), workspace.store
        if base is None:
            step.say("", no_moves="There is no draft yet, so no twelve to compare with.")
            return
        if not twelve.is_inside(base, window):
            narrowed = self._grounds.narrowed(workspace)
            touched = touched_in(store, tried, base.window, narrowed, step.progress)
        among = twelve.among_of(base, touched)
        moves = twelve.moves_by(store, tried, base, now, step.progress, regrouped=False, among=among)
        step.say("Putting the draft’s stories together by the new words", moves=moves)
        if twelve.is_regrouped(tried, base):
            moves = twelve.moves_by(store, tried, base, now, step.progress, regrouped=True, among=among)
            step.say("", moves=moves)

    def _begun(
        self,
        workspace: Workspace,
        tried: Tried,
        weeks: int | None,
        window: Window,
        flips: Flips,
        touched: Sequence[Article],
        step: Step,
    ) -> Ground:
        """Nothing is put together yet: what flips is told at once, and then the ground is made."""
        store, config = workspace.store, workspace.config
        included = included_by(self._grounds.index, workspace, window)
        first = stories.first_look(tried, touched, flips)
        step.say("Putting the stories together", **told(first, step.shown.found))
        if included is None:
            included = stories.judged_in(store, config, window, step.progress)
        ground = made_ground(store, config, window, included, step.progress)
        self._grounds.keep(weeks, ground, config)
        return ground
