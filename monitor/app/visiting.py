"""What is due of one host, read as `monitor poll` reads it; for one of many workers.

The pipeline's `poll` is given the feeds of the host, and asks for their pages again; these may stand at other hosts, so
before every request the turn there is taken (`VisitTurns`). What is not done when the visit's time is over, or when the
worker is told to stop, is left as by any poll: it is still due.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor import pipeline
from monitor.app.archives import archive_of
from monitor.app.host_turns import VisitTurns
from monitor.app.installed import Installed, Known, known
from monitor.app.network import fetcher
from monitor.app.workspace import Clock
from monitor.model import PollOutcome, PollResult
from monitor.reading.fetch.hosts import host_of
from monitor.reading.schedule import polling
from monitor.settings import ArticleFrom, Feed, Network
from monitor.store import Store
from monitor.store.postgresql.queue.turns import HostTurns, Visit

FORWARD = 1e6  # seconds by which a visit's timer is put forward where it is to end


@dataclass(frozen=True, slots=True)
class ByHost:
    """A configuration, and its feeds that are on by host: to look through thousands for each visit takes longer than
    the visit."""

    known: Known
    feeds: Mapping[str, tuple[Feed, ...]]


def by_host(known: Known) -> ByHost:
    feeds: dict[str, list[Feed]] = {}
    for feed in known.list.feeds:
        if feed.paused is None:
            feeds.setdefault(host_of(feed.url), []).append(feed)
    return ByHost(known, {host: tuple(found) for host, found in feeds.items()})


class Configured:
    """What the YAML files say, read anew when one of them was changed: to read them takes most of a second. For many
    threads. Raises ConfigError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._read: tuple[object, ByHost] | None = None

    def now(self) -> "ByHost":
        with self._guard:
            as_it_is = self._look()
            if self._read is None or self._read[0] != as_it_is:
                self._read = as_it_is, by_host(known(self._folder))
            return self._read[1]

    def _look(self) -> object:
        files = (*self._folder.glob("*.yaml"), *self._folder.glob("panels/*/*.yaml"))
        return sorted((str(file), (found := file.stat()).st_mtime_ns, found.st_size) for file in files)


@dataclass(slots=True)
class VisitTimer:
    """By which a visit measures its time, from the first time that it is looked at. It is put forward when the worker is
    told to stop, also where that was before."""

    stop: threading.Event
    has_begun: bool = False

    def __call__(self) -> float:
        ahead = FORWARD if self.has_begun and self.stop.is_set() else 0.0
        self.has_begun = True
        return time.monotonic() + ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One visit."""

    config_folder: Path
    data: Path
    turns: HostTurns
    worker: str
    visit: Visit
    seconds: float  # that it may take
    stop: threading.Event


@dataclass(frozen=True, slots=True)
class Visited:
    outcomes: tuple[PollOutcome, ...]
    goes_on: bool  # its time was over, and something was read: there is more to do at once


def visit(wanted: Wanted, configured: ByHost, clock: Clock) -> Visited:
    """Raises TakenOver where the host is another worker's by now, and MonitorErrors as `poll` does."""
    wanted.turns.begin(wanted.visit)
    ends = time.monotonic() + wanted.seconds
    feeds = configured.feeds.get(wanted.visit.host, ())
    # The archive as it is, whoever's: that it is the right one, and the clock with it, is looked at when a worker begins
    # and at each tick.
    with Store.open(archive_of(wanted.data)) as store:
        outcomes = _polled(store, configured.known.list.network, feeds, wanted, clock)
    wanted.turns.demand(wanted.visit)
    is_read = any(one.result not in (PollResult.LEFT, PollResult.FAILED) for one in outcomes)
    return Visited(outcomes, goes_on=time.monotonic() >= ends and is_read)


def _polled(
    store: Store,
    network: Network,
    feeds: tuple[Feed, ...],
    wanted: Wanted,
    clock: Clock,
) -> tuple[PollOutcome, ...]:
    now = clock()
    states = {state.url: state for state in store.feeds.states([feed.url for feed in feeds])}
    network = replace(network, poll_deadline=min(network.poll_deadline, timedelta(seconds=wanted.seconds)))
    with fetcher(network, turns=VisitTurns(wanted.turns, wanted.worker, wanted.visit)) as fetch:
        return pipeline.poll(
            store,
            fetch,
            network,
            polling.due(feeds, states, now),
            now,
            lambda *_: None,
            others=feeds,
            clock=clock,
            timer=VisitTimer(wanted.stop),
            still_ours=lambda: wanted.turns.demand(wanted.visit),
        )


def hosts_due(installed: Installed, now: datetime) -> tuple[str, ...]:
    """The hosts of feeds that are due, and of feeds with pages that are to be asked for again; the one that has waited
    longest first."""
    on = [feed for feed in installed.feeds if feed.paused is None]
    feeds = installed.store.feeds
    states = {state.url: state for state in feeds.states()}
    with_pages = {feed.url for feed in on if feed.article is ArticleFrom.PAGE}
    again = [retry.feed for retry in feeds.retries_due(now) if retry.feed in with_pages]
    urls = (*(feed.url for feed in polling.due(on, states, now)), *again)
    return tuple(dict.fromkeys(map(host_of, urls)))
