"""An archive on a PostgreSQL server, when something comes between: the program is killed at any of its statements, its
session is ended, the server itself is killed, or is a standby. After the runs that follow nothing is lost, nothing
doubled, nothing half."""

import json
import os
import subprocess
import sys
from collections import Counter

import postgres
import pytest
from where import ROOT

pytestmark = pytest.mark.postgresql

SAMPLE = {"poll": 13, "weekly": 29, "learn": 17}  # of each job's statements one in so many
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
