"""43 panels on one archive: what judging a week costs them, and their drafts of it.

The archive holds 100,000 articles of a country's press (`press.py`), 26,000 of them of the last week. Each panel has the
default topic card, and a force, people and places of its own (`forces.py`).

- *Judging*: every panel judges every article of the week, as if all read all feeds. On one core; and one panel alone
  in the same run.
- *Drafts*: as `monitor weekly` makes them, with all documents, a process a core. Each panel reads the 60 feeds of its area
  and the 60 of the nation. And where some panels read all 2,640 feeds.

Processor seconds count, for other work may be going on.
"""

import gc
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import monitor.pipeline.choose as choose
from benchmarks.forces import Force, forces, panel_of
from benchmarks.press import articles, outlets, outlets_once
from monitor.app.runs import FORMATS
from monitor.app.weeks import APART
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.judging.bench import Bench, Panel
from monitor.judging.classify import Judge
from monitor.model import Article, Basis, Choice, FeedState, PollOutcome, PollResult, Window
from monitor.pipeline.draft import draft
from monitor.pipeline.together import together
from monitor.reading.turns import Task
from monitor.reading.workers import answers, cores
from monitor.settings import Config, Feed, FeedsWanted, PanelArea
from monitor.store import Store

drafting = import_module("monitor.pipeline.draft")  # the package calls its function so

ARCHIVE, A_WEEK, PANELS = 100_000, 26_000, 43
NATION = "nation"  # the area of feeds that are nobody's
WANTED = 60  # seconds of both cores
PART = 100_000  # articles that are stored at a time
ALONE = 2_000  # articles that one panel judges beside
WIDE = 6  # panels that read everything
UNTIL = datetime(2026, 11, 30, 7, tzinfo=UTC)
WEEK = Window(since=UNTIL - timedelta(weeks=1), until=UNTIL)


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        panels = configs(folder)
        path = folder / "archive.db"
        _, core = seconds(lambda: fill(path, ARCHIVE, UNTIL))
        yield f"{ARCHIVE:,} articles stored in {core:.0f} s of a core, {path.stat().st_size / 1e6:.0f} MB"
        yield from judged(path, panels)
        yield from drafted(path, folder / "narrow")
        yield from drafted(path, folder / "wide", WIDE)


def judged(path: Path, panels: Sequence[Config]) -> Iterator[str]:
    with Store.open(path) as store:
        week = store.articles.of(WEEK)
    first = panels[0]
    alone = Judge(first.rules, first.gazetteer)
    alone.in_brief(week[0])
    _, one = seconds(lambda: [alone.in_brief(article) for article in week[:ALONE]])
    bench: list[Bench] = []
    _, made = seconds(lambda: bench.append(Bench([Panel(each.rules, each.gazetteer) for each in panels])))
    choices: list[Counter[Choice]] = []

    def judge() -> None:
        for panel in range(len(panels)):
            choices.append(Counter(bench[0].in_brief(panel, article).choice for article in week))

    wall, core = seconds(judge)
    kept = sum(found[Choice.INCLUDE] for found in choices)
    yield (
        f"{len(week):,} articles × {len(panels)} panels judged in {core + made:.1f} s of one core ({wall:.1f} by the "
        f"clock; {made:.1f} to prepare; wanted: at most {WANTED} s of both); {kept / len(panels):.0f} in for each"
    )
    yield (
        f"one panel alone judges an article in {one / ALONE * 1e3:.2f} ms: all of them one by one would take "
        f"{one / ALONE * len(week) * len(panels):,.0f} s"
    )


def drafted(path: Path, folder: Path, count: int | None = None) -> Iterator[str]:
    """The drafts of all panels, or of so many that read everything; on every core, as `monitor weekly` makes them."""
    found: list[Drafts] = []
    panels = list(range(count or len(forces())))
    parts = [panels[first :: cores()] for first in range(cores())]

    def weekly() -> None:
        tasks = [
            Task(number, str(number), f"{__name__}:drafts", (path, folder, part, count is not None))
            for number, part in enumerate(parts)
        ]
        for _, answer in answers(tasks, workers=len(parts), limits=APART):
            found.append(answer)

    wall, core = seconds(weekly)
    made = [basis for one in found for basis in one.made]
    each = sum(basis.articles for basis in made) / len(made)
    included = sum(basis.included for basis in made) / len(made)
    reads = "all feeds" if count else "its area's feeds and the nation's"
    yield (
        f"{len(made)} drafts of panels that read {reads}, in {len(parts)} processes: {core:.1f} s of a core, {wall:.1f} s by "
        f"the clock, {core / len(made):.1f} a draft of {each:,.0f} articles, {included:.0f} stories in; at most "
        f"{max(one.memory for one in found):,} MB in a process"
    )
    spent = sum((Counter(one.spent) for one in found), Counter[str]())
    spent["the rest"] = core - sum(spent.values())
    yield f"of that: {', '.join(f'{name} {took:.1f} s' for name, took in spent.items())}"


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a process made, and what that took."""

    made: tuple[Basis, ...]
    spent: dict[str, float]
    memory: int  # MB


def drafts(path: Path, folder: Path, numbers: Sequence[int], wide: bool) -> Drafts:
    """A part of the panels, in a process of its own; `wide`: they read everything."""
    with tempfile.TemporaryDirectory() as name:
        panels = configs(Path(name), numbers, wide=wide)
    made: list[Basis] = []
    with parts() as spent:
        for config, among in zip(panels, together(panels), strict=True):
            id = config.panel.area.id
            with Store.open(path, panel=id, wants=config.wants) as store:
                one = draft(store, config, WEEK, None, folder / id, FORMATS, UNTIL, quiet, among=among)
            made.append(one.edition.basis)
    return Drafts(tuple(made), spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


@contextmanager
def parts() -> Iterator[dict[str, float]]:
    """What each part of the drafts takes of a core, while the block lasts."""
    spent: dict[str, float] = {}
    with ExitStack() as undone:
        for name, (module, function) in _PARTS.items():
            whole = getattr(module, function)
            setattr(module, function, _timed(whole, name, spent))
            undone.callback(setattr, module, function, whole)
        yield spent


def _timed(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        began = _core()
        try:
            return work(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + _core() - began

    return timed


_PARTS: Mapping[str, tuple[Any, str]] = {
    "reading": (drafting, "to_group"),
    "judging": (choose, "verdicts_of"),
    "putting together": (choose, "_stories"),
    "choosing": (drafting, "chosen"),
    "documents": (drafting, "documents_of"),
}


def quiet(*_: object) -> None:
    pass


def configs(
    folder: Path, numbers: Iterable[int] = range(PANELS), *, wide: bool = False
) -> tuple[Config, ...]:
    """One for each force, or those of these numbers; it reads what its area's outlets bring, and the nation's; or with
    `wide` everything."""
    write_defaults(folder)
    default = read_config(folder)
    return tuple(_config(default, forces()[number], wide) for number in numbers)


def _config(default: Config, force: Force, wide: bool) -> Config:
    rules, gazetteer = panel_of(force, default.rules, default.gazetteer)
    panel = replace(
        default.panel,
        panel=f"{force.name.rsplit(' ', 1)[0]} Police and Crime Panel",
        force=force.name,
        area=PanelArea(id=force.id, name=force.counties[0]),
        feeds=None if wide else FeedsWanted(areas=(force.id, NATION)),
    )
    feeds = _feeds(None if wide else force)
    return replace(default, rules=rules, gazetteer=gazetteer, panel=panel, feeds=feeds)


def _feeds(force: Force | None) -> tuple[Feed, ...]:
    """Of the force's area and the nation's; with none, all."""
    return tuple(
        Feed(name=name, url=url, area=area.id if area else NATION)
        for name, url, area in outlets_once()
        if force is None or area in (force, None)
    )


def fill(path: Path, count: int, until: datetime) -> None:
    """An archive of so many articles, as polls leave it; a part at a time, for a million do not fit into memory."""
    made = articles(count, until, timedelta(weeks=count / A_WEEK))
    with Store.open(path) as store:
        while part := tuple(islice(made, PART)):
            by_feed: dict[str, list[Article]] = {feed: [] for _, feed, _ in outlets()}
            for article in part:
                by_feed[article.feed].append(article)
            for feed, own in by_feed.items():
                outcome = PollOutcome(
                    feed=feed, at=until, result=PollResult.NEW, entries=len(own), new=len(own)
                )
                state = FeedState(url=feed, last_poll=until, last_success=until, last_new=until)
                store.feeds.save_poll(outcome, state, own)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of a core."""
    gc.collect()
    wall, core = time.perf_counter(), _core()
    work()
    return time.perf_counter() - wall, _core() - core


def _core() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
