"""At points between two system calls that write, a run is killed, terminated, finds the disk full or a rename
refused; and after the runs that follow nothing is lost, nothing doubled, nothing half.

`walk.py` does it, in a process of its own behind `shim.c`; the relay is a real one, in this process. `make test` walks
a sample of the points, `make unattended` some six hundred; every one, with every harm, with POINTS=each.
"""

import json
import os
from collections import defaultdict
from dataclasses import dataclass

import pytest
from kernel import built, start
from relay import serve_relay

# of each job's points one in so many
SAMPLE = {"poll": 17, "learn": 17, "weekly": 37, "mail": 53, "housekeeping": 41, "restore": 41}
CI = {"poll": 1, "learn": 1, "weekly": 2, "mail": 2, "housekeeping": 2, "restore": 2}
AFTER_DATA = ("KILLED", "TORN", "FULL")  # what keeps a run from writing down that the relay has the message
FEWEST = {"poll": 50, "learn": 30, "weekly": 80, "mail": 80, "housekeeping": 80, "restore": 60}


@dataclass(frozen=True)
class Walked:
    points: list[dict]
    taken: dict[str, list[str]]  # the Message-IDs that each recipient got

    @property
    def wrong(self) -> list[str]:
        """A line for each fault, with the point at which it came about."""
        return [
            f"{point['job']}, {point['harm']} at {point['at']} ({point['call']}): {fault}"
            for point in self.points
            for fault in (*point["faults"], *self.mail_faults(point))
        ]

    def mail_faults(self, point):
        if point["recipient"] is None:
            return
        got = self.taken[point["recipient"]]
        if not got:
            yield "the message never came"
        if len(got) > 2 or len(set(got)) > 1:
            yield f"came as {got}"
        elif len(got) == 2 and not (point["harm"] in AFTER_DATA and point["at"] > point["handed_over"]):
            yield f"came twice, though the run could say that it had been taken ({point['ended']})"


def walked(folder, shares: dict[str, int]) -> Walked:
    library = built(folder)
    jobs = [f"{job}:{share}" for job, share in shares.items()]
    taken = defaultdict(list)
    with serve_relay() as relay, start(library, "walk.py", str(folder), str(relay.port), *jobs) as process:
        said, errors = process.communicate()
        assert process.returncode == 0, errors
        for (_, recipients, _), message in zip(relay.taken, relay.messages, strict=True):
            for recipient in recipients:
                taken[recipient].append(message["Message-ID"])
    return Walked([json.loads(line) for line in said.splitlines()], taken)


@pytest.mark.cc
@pytest.mark.slow
def test_a_sample_of_the_points_leaves_nothing_lost_doubled_or_half(tmp_path):
    walk = walked(tmp_path, SAMPLE)
    assert walk.wrong == []
    assert {point["job"] for point in walk.points} == set(SAMPLE)
    assert {point["harm"] for point in walk.points} >= {"KILLED", "TERMINATED", "FULL", "TORN"}


@pytest.mark.unattended
@pytest.mark.cc
@pytest.mark.parametrize("job", FEWEST)
def test_no_point_leaves_anything_lost_doubled_or_half(tmp_path, job):
    walk = walked(tmp_path, {job: 0 if os.environ.get("POINTS") == "each" else CI[job]})
    print(
        f"{job}: {len(walk.points)} points, {sum(point['seconds'] for point in walk.points):.0f} s of a core"
    )
    assert walk.wrong == []
    assert len(walk.points) >= FEWEST[job]


def test_the_points_are_as_many_as_promised():
    assert sum(FEWEST.values()) >= 300
