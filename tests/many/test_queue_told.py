"""What workers have in hand, as people see it: in `status`, among what needs a person, in the figures, on the desk."""

from datetime import UTC, datetime, timedelta

import exposition
import pytest

from monitor.app.desk import overview
from monitor.app.queued import lines_of_queue, needs_of_queue, queue_state
from monitor.model import FailedJob, QueueState, TaskCount
from monitor.reporting.telling.figures import Counted, Figures, write_figures

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
HOSTS = TaskCount(task="visit_host", waiting=12, running=5, since=NOW - timedelta(minutes=40))
WEEKLY = TaskCount(task="weekly_of_panel", waiting=0, running=1, since=None)
POISON = FailedJob(task="visit_host", of="www.courier.example", runs=5, at=NOW - timedelta(hours=1))
BUG = FailedJob(task="weekly_of_panel", of="hampshire", runs=1, at=NOW)


def queue(workers=2, tasks=(HOSTS, WEEKLY), failed=()) -> QueueState:
    return QueueState(workers=workers, tasks=tasks, failed=failed)


def test_what_waits_and_runs_is_a_line_each():
    assert list(lines_of_queue(queue())) == [
        "Workers: 2 heard of within a minute; a process is two, for visits and for drafts.",
        "Jobs, visits of hosts: 5 running, 12 waiting, the first since Monday 16 November 2026, 06:20.",
        "Jobs, weekly drafts: 1 running, 0 waiting.",
    ]


@pytest.mark.parametrize(
    "found, ids",
    [
        (queue(), []),
        (queue(workers=0), ["no-worker"]),
        (queue(workers=0, tasks=(WEEKLY,)), []),
        (
            queue(workers=0, tasks=(TaskCount(task="find_due", waiting=1, running=0, since=NOW),)),
            [],
        ),  # a moment
        (queue(failed=(POISON,)), ["job-given-up:visit_host:www.courier.example:2026-11-16T06:00:00+00:00"]),
    ],
)
def test_what_needs_a_person(found, ids):
    assert [need.id for need in needs_of_queue(found, NOW)] == ids


@pytest.mark.parametrize(
    "failed, said",
    [
        (POISON, "visits of hosts of www.courier.example: a job ended its worker 5 times, and was given up"),
        (
            BUG,
            "weekly drafts of hampshire: a job failed by a bug; the worker's log has the details, and was given up",
        ),
    ],
)
def test_why_a_job_was_given_up(failed, said):
    (need,) = needs_of_queue(queue(failed=(failed,)), NOW)
    assert need.sentence.startswith(said)


def test_the_figures_say_it_too():
    counted = Counted(
        last_success={}, last_runs=(), runs={}, articles=0, feeds={}, undelivered=0, archive_bytes=0, edition=None,
        newest_article=None, queue=queue(failed=(POISON,)),
    )  # fmt: skip
    found = exposition.read(write_figures(Figures(version="1", written=NOW, needs={}, counted=counted)))
    assert found["workers"] == 2 and found["jobs_given_up"] == 1
    assert found['jobs{task="visit_host",state="waiting"}'] == 12
    assert found["job_waiting_since_timestamp_seconds"] == HOSTS.since.timestamp()


def test_one_machine_has_no_queue(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_ARCHIVE", raising=False)
    assert queue_state(tmp_path) is None


@pytest.mark.slow
def test_the_desks_overview_has_a_table_of_it(desk, monkeypatch):
    reader = desk.reader()
    assert "Workers" not in reader.get("/overview").text
    monkeypatch.setattr(overview, "queue_state", lambda _data: queue(failed=(POISON,)))
    page = reader.get("/overview").text
    assert "2 workers heard of within a minute" in page
    assert "Visits of hosts" in page and "www.courier.example" in page
