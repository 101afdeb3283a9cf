"""43 panels on one archive: what a week's judging and drafts cost them together.

The archive holds 100,000 articles of a country's press (`press.py`), 26,000 of them of the last week. Each panel has the
default topic card, a force, people and places of its own (`forces.py`).
"""

import gc
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.forces import Force, forces, panel_of
from benchmarks.press import articles, outlets
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.judging.classify import Judging
from monitor.judging.group import grouped
from monitor.model import Article, FeedState, PollOutcome, PollResult, Window
from monitor.pipeline.choose import judges_of, to_group, verdicts_of
from monitor.pipeline.draft import draft
from monitor.app.runs import FORMATS
from monitor.reporting.edition.past import Past
from monitor.settings import Config, Feed, PanelArea
from monitor.store import Store

ARCHIVE, A_WEEK = 100_000, 26_000
WANTED = 60  # seconds of both cores


def quiet(*_: object) -> None:
    pass


def configs(folder: Path) -> tuple[Config, ...]:
    """One for each force; it reads what its area's outlets bring, and the nation's."""
    write_defaults(folder)
    default = read_config(folder)
    return tuple(_config(default, force) for force in forces())


def _config(default: Config, force: Force) -> Config:
    rules, gazetteer = panel_of(force, default.rules, default.gazetteer)
    panel = replace(
        default.panel,
        panel=f"{force.name.rsplit(' ', 1)[0]} Police and Crime Panel",
        force=force.name,
        area=PanelArea(id=force.id, name=force.counties[0]),
    )
    feeds = tuple(
        Feed(name=name, url=url, area=area.id if area else "nation")
        for name, url, area in outlets()
        if area in (force, None)
    )
    return replace(default, rules=rules, gazetteer=gazetteer, panel=panel, feeds=feeds)


def fill(path: Path, count: int, until: datetime) -> None:
    """An archive of so many articles, as polls leave it."""
    span = timedelta(weeks=count / A_WEEK)
    by_feed: dict[str, list[Article]] = {feed: [] for _, feed, _ in outlets()}
    for article in articles(count, until, span):
        by_feed[article.feed].append(article)
    with Store.open(path) as store:
        for feed, own in by_feed.items():
            outcome = PollOutcome(feed=feed, at=until, result=PollResult.NEW, entries=len(own), new=len(own))
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
