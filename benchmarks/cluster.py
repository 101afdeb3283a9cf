"""Many workers over 300 hosts with seven feeds each, on loopback, which answer after 200 ms: how much faster two and four
are than one, and what becomes of it where twenty are killed on the way. The servers count.

All workers are up before there is anything to do for them but one feed: how long they take to begin is not measured. A
worker visits `SIDE_BY_SIDE` hosts at a time, so few that waiting is what limits it: `SIDE_BY_SIDE` / 200 ms feeds a
second. What a feed costs of a core is printed beside it: four workers, the queue and the servers share this machine's.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import Crowd, crowd
from benchmarks.fleet import Fleet, until, write_config
from monitor.errors import StoreError
from monitor.store.postgresql.queue.counts import is_laid_out, state_of_queue
from monitor.store.postgresql.queue.server import connect
from monitor.store.server import server_at
from tests import postgres

HOSTS, EACH, ENTRIES, LATENCY = 300, 7, 2, 0.2
SIDE_BY_SIDE = 3
WORKERS = (1, 2, 4)
KILLED = 20
DEADLINE = 600.0

FEEDS = HOSTS * EACH


@dataclass(frozen=True)
class Ran:
    seconds: float  # from the first request to the last
    cpu: float  # seconds of a core, of the workers with all their processes
    most_at_once: int
    most_asked: int
    stored: int


def run() -> Iterator[str]:
    if not postgres.programs():
        yield "left out: there is no PostgreSQL on this machine (apt-get install postgresql)"
        return
    yield f"{HOSTS} hosts, {EACH} feeds each, {LATENCY:g} s an answer; {SIDE_BY_SIDE} hosts at a time a worker"
    with _server() as server:
        one: Ran | None = None
        for count in WORKERS:
            with postgres.own_schema(server) as address:
                ran = _ran(address, count)
            one = one or ran
            yield f"{_many(count)}: {_said(ran)}, {one.seconds / ran.seconds:.2f} times one"
        with postgres.own_schema(server) as address:
            ran = _ran(address, 4, killed=KILLED)
        yield f"4 workers, {KILLED} of them killed at random: {_said(ran)}"


def _said(ran: Ran) -> str:
    lost = (FEEDS + 1) * ENTRIES - ran.stored
    return (
        f"{ran.seconds:.1f} s, {FEEDS / ran.seconds:.1f} feeds a second, {ran.cpu / FEEDS * 1000:.1f} ms of a core a feed; "
        f"at most {ran.most_at_once} at a time of a host, no address more than {ran.most_asked} times; {lost} entries lost"
    )


def _many(count: int) -> str:
    return f"{count} worker{'s' if count > 1 else ''}"


@contextmanager
def _server() -> Iterator[postgres.Server]:
    with postgres.laid_out() as place:
        port = postgres.free_port()
        with postgres.running(place, port):
            yield postgres.Server(place, port)


def _ran(address: str, count: int, killed: int = 0) -> Ran:
    with (
        tempfile.TemporaryDirectory() as folder,
        crowd(ENTRIES, LATENCY) as hosts,
        Fleet(Path(folder), address, SIDE_BY_SIDE) as fleet,
    ):
        first = {f"http://127.0.0.1:{hosts.port}/feeds/first": "feed"}
        write_config(fleet.folder, first)
        before = os.times()
        fleet.begin(count)
        until(lambda: _up(fleet) >= 2 * count and _asked(hosts) == 1, 120)
        write_config(fleet.folder, first | dict.fromkeys(hosts.feeds(HOSTS, EACH), "feed"))
        until(lambda: _asked(hosts) > 1, 120, 0.05)
        began = time.monotonic()
        _kill(fleet, hosts, killed)
        until(lambda: _asked(hosts) > FEEDS, DEADLINE, 0.05)
        seconds = time.monotonic() - began
        until(lambda: _stored(fleet) >= (FEEDS + 1) * ENTRIES, DEADLINE)
        fleet.stop()
        after = os.times()
        stats = hosts.stats()
        return Ran(
            seconds=seconds if not killed else time.monotonic() - began,
            cpu=sum(after[2:4]) - sum(before[2:4]),
            most_at_once=stats["most_at_once"],
            most_asked=max(stats["asked"].values()),
            stored=_stored(fleet),
        )


def _kill(fleet: Fleet, hosts: Crowd, killed: int) -> None:
    """At random moments, all of them within the time that the visits take."""
    drawn = random.Random(16)
    for number in range(killed):
        until(lambda due=FEEDS * (number + 1) / (killed * 1.5): _asked(hosts) >= due, DEADLINE, 0.05)
        time.sleep(drawn.uniform(0, 0.5))
        fleet.kill(drawn.randrange(len(fleet.processes)))


def _asked(hosts: Crowd) -> int:
    """Different addresses."""
    return len(hosts.stats()["asked"])


def _up(fleet: Fleet) -> int:
    """Workers of the queue: two a process, for visits and for drafts."""
    try:
        with connect(server_at(fleet.address)) as connection:
            return state_of_queue(connection).workers if is_laid_out(connection) else 0
    except StoreError:
        return 0


def _stored(fleet: Fleet) -> int:
    with fleet.store() as store:
        return store.articles.count()
