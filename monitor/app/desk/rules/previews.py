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
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.drafts import Draft, path_of
from monitor.app.desk.rules.labels import TICKS, labelled_sets
from monitor.app.desk.rules.narrowing import included_by, narrowed_by
from monitor.app.workspace import Workspace
from monitor.config.swallowed import swallowed
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from monitor.errors import Mistake, MonitorError
from monitor.judging.backtest import Backtest
from monitor.judging.preview.difference import Changed, Difference
from monitor.judging.preview.labels import Labels, figures_by
from monitor.judging.preview.regrouping import same_stories
from monitor.judging.preview.turning import Flips, Ground, Shown, shown
from monitor.judging.preview.twelve import Moves
from monitor.model import Article, Window
from monitor.pipeline import previewing
from monitor.pipeline.choose import past_of
from monitor.pipeline.previewing import Narrowed, Tried, Window12
from monitor.settings import Config
from monitor.store.search import FILE

WEEKS = {"4": 4, "12": 12, "all": None}
KEPT = timedelta(days=1)  # how long one ground serves
OFTEN = 0.05  # of all articles: a phrase that hits more says little
FEW = 10  # articles: of so few no share is told
TOGETHER = 20_000  # articles: more at once would take the memory of a small machine
RESULTS = 20  # kept in memory

log = logging.getLogger("monitor.desk")
Begin = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What is being done now, and how much of it."""

    doing: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one changed phrase hits, whatever becomes of it."""

    changed: Changed
    articles: int
    stories: int | None  # None: not put together yet
    is_often: bool

    @property
    def needs_a_look(self) -> bool:
        """Whether it is new, and hits nothing, or nearly everything."""
        is_new = self.changed.after and not self.changed.before
        return is_new and (self.is_often or not self.articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a draft would change, as far as it is known."""

    weeks: int | None
    made: datetime
    since: datetime
    until: datetime
    articles: int
    textless: int | None
    stories: int | None
    found: Difference
    touched: int
    lost: tuple[Shown, ...] = ()
    gained: tuple[Shown, ...] = ()
    kept: int | None = None
    costs: tuple[Cost, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    labels: tuple[Labels, ...] | None = None
    moves: Moves | None = None
    no_moves: str = ""  # why there are none to tell of
    is_first: bool = True  # the stories are not put together yet
    is_whole: bool = True  # False: only what is in by one of the rules was put together
    running: Running | None = None  # what is still worked out
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Failed:
    says: str


Key = tuple[str, str, int | None]  # of the draft, of the rules in force, and the weeks


@dataclass(slots=True)
class _Held:
    ground: Ground
    config: Config  # by whose rules it was made


def in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="rule preview", daemon=True).start()


@dataclass(slots=True)
class Previews:
    """One for the process."""

    desk: OpenDesk
    begin: Begin = in_a_thread
    _looks: dict[Key, Look | Running | Failed] = field(default_factory=dict)
    _grounds: dict[int | None, _Held] = field(default_factory=dict)
    _newest: Window12 | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _alone: threading.Lock = field(default_factory=threading.Lock)

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
            self._grounds.clear()
            self._newest = None

    def _narrowed(self, workspace: Workspace) -> Narrowed:
        return narrowed_by(self._index, workspace)

    @property
    def _index(self) -> Path:
        return self.desk.index or self.desk.home / FILE

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
        began = time.monotonic()
        tried = Tried(workspace.config, replace(loaded.value, digest=draft.digest))
        step = _Step(self, key, began)
        held = self._ground_if_there(workspace, weeks, step)
        found, narrowed = tried.found, self._narrowed(workspace)
        window = held.ground.window if held else self._window(workspace, weeks)
        touched = previewing.touched_in(workspace.store, found, window, narrowed, step.progress)
        flips = previewing.flipped(tried, touched, step.progress, held.ground if held else None)
        step.look = Look(
            weeks=weeks,
            made=self.desk.clock(),
            since=window.since or workspace.store.articles.beginning() or window.until,
            until=window.until,
            articles=workspace.store.articles.counted(window),
            textless=None,
            stories=None,
            found=found,
            touched=len(touched),
            warnings=tuple(swallowed(loaded.document, _added(found))),
        )
        hits = previewing.hits_by_phrase(touched, found)
        step.say("Putting the stories together", costs=_costs(hits, found, step.look.articles, None))
        if held is None:
            held = self._begun(workspace, tried, weeks, window, flips, touched, step)
        ground = held.ground
        if not ground.is_whole and flips.into:
            ground = previewing.what_matters(
                workspace.store, workspace.config, window, ground.included, flips.into
            )
        self._on_ground(workspace, tried, ground, flips, hits, step)
        step.say("Making the twelve", labels=self._labels(draft))
        self._moves(workspace, tried, step)
        step.finish()

    def _on_ground(
        self,
        workspace: Workspace,
        tried: Tried,
        ground: Ground,
        flips: Flips,
        hits: dict[str, frozenset[str]],
        step: "_Step",
    ) -> None:
        result = previewing.on_ground(workspace.store, tried, ground, flips)
        step.say(
            "Asking the labelled stories",
            **_shown(result, step.shown.found),
            kept=result.kept,
            stories=result.stories if ground.is_whole else None,
            textless=ground.textless if ground.is_whole else None,
            is_first=False,
            is_whole=ground.is_whole,
            costs=_costs(hits, step.shown.found, ground.articles, ground if ground.is_whole else None),
        )

    def _labels(self, draft: Draft, known: Sequence[Labels] = ()) -> tuple[Labels, ...]:
        """Of the sets that were counted before only the ticks are counted again."""
        loaded = read_topics(path_of(self.desk.home, draft.id))
        if not isinstance(loaded, Loaded):
            return ()
        config = self.desk.config()
        tried, same = Tried(config, loaded.value), {one.name: one for one in known if one.name != TICKS}
        before, after = tried.judges()
        return tuple(
            same.get(name) or figures_by(name, told, tried.found, before=before, after=after)
            for name, told in labelled_sets(self.desk.config_folder, self.desk.home, config.panel.area)
        )

    def _moves(self, workspace: Workspace, tried: Tried, step: "_Step") -> None:
        base, now = self._newest_window(workspace, step), self.desk.clock()
        if base is None:
            step.say("", no_moves="There is no draft yet, so no twelve to compare with.")
            return
        moves = previewing.moves_by(workspace.store, tried, base, now, step.progress, regrouped=False)
        step.say("Putting the draft’s stories together by the new words", moves=moves)
        if previewing.is_regrouped(tried, base):
            moves = previewing.moves_by(workspace.store, tried, base, now, step.progress, regrouped=True)
            step.say("", moves=moves)

    # ── what many previews share ────────────────────────────────────────────────────────────────────────────────

    def _window(self, workspace: Workspace, weeks: int | None) -> Window:
        newest = workspace.store.articles.newest()
        until = newest + timedelta(microseconds=1) if newest else self.desk.clock()
        return previewing.weeks_before(until, weeks)

    def _ground_if_there(self, workspace: Workspace, weeks: int | None, step: "_Step") -> _Held | None:
        held = self._grounds.get(weeks)
        if held is None:
            return None
        window, store = held.ground.window, workspace.store
        is_old = self.desk.clock() - window.until > KEPT and self._window(workspace, weeks) != window
        if is_old or store.articles.counted(window) != held.ground.articles:
            return None
        if held.config.rules != workspace.config.rules:
            articles, gazetteer = store.articles.of(window), workspace.config.gazetteer
            if held.config.gazetteer != gazetteer or not same_stories(
                articles, gazetteer, held.config.rules, workspace.config.rules
            ):
                return None
            narrowed = self._narrowed(workspace)
            ground = previewing.by_now(
                store, held.ground, held.config, workspace.config, narrowed, step.progress
            )
            held = self._grounds[weeks] = _Held(ground, workspace.config)
        return held

    def _begun(
        self,
        workspace: Workspace,
        tried: Tried,
        weeks: int | None,
        window: Window,
        flips: Flips,
        touched: Sequence[Article],
        step: "_Step",
    ) -> _Held:
        """Nothing is put together yet: what flips is told at once, and then the ground is made."""
        store, config = workspace.store, workspace.config
        included = included_by(self._index, workspace, window)
        if included is not None:
            ground = previewing.what_matters(store, config, window, included, flips.into)
            first = previewing.on_ground(store, tried, ground, flips)
            step.say("Putting the stories together", kept=first.kept, **_shown(first, step.shown.found))
        else:
            first = previewing.first_look(tried, touched, flips)
            step.say("Putting the stories together", **_shown(first, step.shown.found))
        if step.shown.articles <= TOGETHER:
            ground = previewing.ground_of(store, config, window, step.progress)
        else:
            if included is None:
                included = previewing.judged_in(store, config, window, step.progress)
            ground = previewing.what_matters(store, config, window, included)
        held = self._grounds[weeks] = _Held(ground, config)
        return held

    def _newest_window(self, workspace: Workspace, step: "_Step") -> Window12 | None:
        base, store = self._newest, workspace.store
        number = max((one.number for one in store.editions.all()), default=0)
        is_same = base is not None and base.number == number and base.config == workspace.config
        if (
            is_same
            and base
            and base.past == past_of(store, workspace.config, base.meeting, self.desk.clock())
        ):
            return base
        self._newest = previewing.window_of_newest(store, workspace.config, self.desk.clock(), step.progress)
        return self._newest


class _Step:
    """How far one preview is, told to whoever looks."""

    def __init__(self, previews: Previews, key: Key, began: float) -> None:
        self._previews, self._key, self._began = previews, key, began
        self.look: Look | None = None
        self._said = 0.0

    @property
    def shown(self) -> Look:
        assert self.look is not None
        return self.look

    def progress(self, doing: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._said < 0.2 and done:
            return
        self._said = now
        running = Running(doing=doing, done=done, of=of)
        self._previews._say(self._key, replace(self.look, running=running) if self.look else running)

    def say(self, then: str, **known: object) -> None:
        """Some more is known, and this is done next."""
        running = Running(doing=then) if then else self.shown.running
        self.look = replace(self.shown, running=running, seconds=self._spent(), **known)  # type: ignore[arg-type]
        self._previews._say(self._key, self.look)

    def finish(self) -> None:
        self.look = replace(self.shown, running=None, seconds=self._spent())
        self._previews._say(self._key, self.look)

    def _spent(self) -> float:
        return time.monotonic() - self._began


def _added(found: Difference) -> frozenset[str]:
    return frozenset(one.phrase for one in found.phrases if one.after and not one.before)


def _shown(result: Backtest, found: Difference) -> dict[str, object]:
    return {
        "gained": tuple(shown(one, found) for one in result.gained),
        "lost": tuple(shown(one, found) for one in result.lost),
    }


def _costs(
    hits: dict[str, frozenset[str]], found: Difference, articles: int, ground: Ground | None
) -> tuple[Cost, ...]:
    return tuple(
        Cost(
            changed=one,
            articles=len(hits[one.phrase]),
            stories=sum(not hits[one.phrase].isdisjoint(story) for story in ground.stories)
            if ground
            else None,
            is_often=len(hits[one.phrase]) > max(FEW, OFTEN * articles),
        )
        for one in found.phrases
    )
