"""An archive on a PostgreSQL server, when something comes between: the program is killed at any of its statements, its
session is ended, the server itself is killed, or is a standby. After the runs that follow nothing is lost, nothing
doubled, nothing half."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import postgres
import pytest
from conftest import NOW, article
from where import ROOT

from monitor.errors import StoreError
from monitor.model import FeedState, PollOutcome, PollResult, Run
from monitor.store import Store
from monitor.store.server import server_at

pytestmark = pytest.mark.postgresql

SAMPLE = {"poll": 19, "weekly": 41}  # of each job's statements one in so many
MORE = {"poll": 2, "weekly": 5, "learn": 2, "housekeeping": 4}
FEWEST = {"poll": 10, "weekly": 10, "learn": 10, "housekeeping": 10}


def walked(folder, server, shares):
    with postgres.own_schema(server) as address:
        jobs = [f"{job}:{share}" for job, share in shares.items()]
        done = subprocess.run(
            [sys.executable, ROOT / "tests" / "unattended" / "server_walk.py", folder, address, *jobs],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def wrong(points):
    return [
        f"{point['job']}, {point['harm']} at {point['at']} of {point['of']}: {fault}"
        for point in points
        for fault in point["faults"]
    ]


@pytest.mark.slow
def test_a_sample_of_the_statements_leaves_nothing_lost_doubled_or_half(tmp_path, postgresql_server):
    points = walked(tmp_path, postgresql_server, SAMPLE)
    assert wrong(points) == []
    assert {point["job"] for point in points} == set(SAMPLE)
    assert {point["harm"] for point in points} == {"KILLED", "DEAF", "CUT"}


@pytest.mark.unattended
@pytest.mark.parametrize("job", MORE)
def test_no_statement_leaves_anything_lost_doubled_or_half(tmp_path, postgresql_server, job):
    share = 1 if os.environ.get("POINTS") == "each" else MORE[job]
    points = walked(tmp_path, postgresql_server, {job: share})
    print(
        f"{job}: {len(points)} points of {points[0]['of']} statements, {dict(Counter(one['harm'] for one in points))}"
    )
    assert wrong(points) == []
    assert len(points) >= FEWEST[job]


# ── the server itself ───────────────────────────────────────────────────────────────────────────────────────────


def save(store, number):
    outcome = PollOutcome(feed="https://courier.example/rss", at=NOW, result=PollResult.NEW, entries=1, new=1)
    store.feeds.save_poll(outcome, FeedState(url=outcome.feed), [article(f"a{number}")])


@pytest.mark.unattended
def test_a_server_that_is_killed_and_comes_back_loses_nothing_that_was_to_last():
    """A run that is under way ends with one line; the next goes on as soon as the server is back."""
    with postgres.laid_out() as place:
        port = postgres.free_port()
        where = server_at(postgres.Server(place, port).address())
        with postgres.running(place, port, fsync="on") as number, Store.open(where) as store:
            save(store, 1)
            with store.archive.transaction(lasting=True) as db:
                db.execute("UPDATE polls SET reason = 'told'")
            os.kill(number, signal.SIGQUIT)  # at once, as after a power cut
            with pytest.raises(StoreError, match="went away"):
                until_it_fails(lambda: save(store, 2))
        with pytest.raises(StoreError, match="Is the server running"):
            Store.open(where)
        with postgres.running(place, port, fsync="on"), Store.open(where) as store:
            assert [
                row["reason"] for row in store.archive.read("SELECT reason FROM polls WHERE reason = 'told'")
            ] == ["told"]
            save(store, 3)
            assert store.articles.get("a3") is not None


def until_it_fails(act):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        act()


@pytest.mark.unattended
def test_a_real_standby_is_read_and_refuses_who_writes():
    with postgres.laid_out() as place:
        port = postgres.free_port()
        where = server_at(postgres.Server(place, port).address())
        with postgres.running(place, port), Store.open(where) as store:
            save(store, 1)
        (place / "data" / "standby.signal").touch()
        with postgres.running(place, port):
            with pytest.raises(
                StoreError,
                match="is on a server that only reads .*: nothing was written. Name in MONITOR_ARCHIVE",
            ):
                Store.open(where)
            with Store.open(where, make=False) as store:
                assert store.articles.count() == 1
                with pytest.raises(StoreError, match="It is a standby, or only reads"):
                    store.runs.record(Run(job="poll", started=NOW, ended=NOW, ok=True, summary=""))
