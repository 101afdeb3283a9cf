"""What many workers have in hand, where the archive is one that they share: for `status`, the figures and the desk."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from monitor.app.archives import archive_of
from monitor.errors import InputError, StoreError
from monitor.model import Need, NeedKind, QueueState
from monitor.reporting.wording import say_count, say_moment
from monitor.store.server import Server

POISON = 5  # how often a job may end its worker (`store/postgresql/queue/stalled.py`)
LONG = timedelta(minutes=30)  # that work may wait while no worker is heard of
SAID = {
    "visit_host": "visits of hosts",
    "weekly_of_panel": "weekly drafts",
    "keep_house": "housekeeping",
    "find_due": "looks for what is due",
    "remove_old": "clearing up",
}


def queue_state(data: Path) -> QueueState | None:
    """None where no workers share the archive, or the server does not answer: then the archive says so itself."""
    try:
        server = archive_of(data)
        if not isinstance(server, Server):
            return None
        from monitor.store.postgresql.queue.counts import is_laid_out, state_of_queue  # psycopg
        from monitor.store.postgresql.queue.server import connect

        with closing(connect(server)) as connection:
            return state_of_queue(connection) if is_laid_out(connection) else None
    except (InputError, StoreError, ImportError):
        return None


def job_in_words(task: str) -> str:
    return SAID.get(task, task)


def lines_of_queue(queue: QueueState) -> Iterator[str]:
    """What a person sees of it."""
    yield f"Workers: {queue.workers} heard of within a minute; a process is two, for visits and for drafts."
    for task in queue.tasks:
        since = f", the first since {say_moment(task.since)}" if task.since else ""
        yield f"Jobs, {job_in_words(task.task)}: {task.running} running, {task.waiting} waiting{since}."


def needs_of_queue(queue: QueueState, now: datetime) -> Iterator[Need]:
    waiting = [task.since for task in queue.tasks if task.since]
    if not queue.workers and waiting and now - min(waiting) > LONG:
        yield Need(
            kind=NeedKind.NO_WORKER,
            sentence=f"no worker is heard of, and jobs wait since {say_moment(min(waiting))}. Start "
            "`python -m jobs --cluster` on a machine (docs/cluster.md).",
            since=min(waiting),
        )
    for job in queue.failed:
        what = f"{job_in_words(job.task)} of {job.of}"
        if job.runs >= POISON:
            how = f"ended its worker {say_count(job.runs, 'time')}"
        else:
            how = "failed by a bug; the worker's log has the details"
        yield Need(
            kind=NeedKind.JOB_GIVEN_UP,
            subject=f"{job.task}:{job.of}:{job.at.isoformat()}",
            sentence=f"{what}: a job {how}, and was given up {say_moment(job.at)}. It is tried again after hours; where "
            "it is a host, pausing its feeds keeps it from that.",
            since=job.at,
        )
