"""Jobs whose worker is gone or silent: put back into the queue, or given up.

The queue itself does nothing for a job whose worker died: it stays "doing", and holds its lock. A worker that is told to
stop sends no heartbeat while it finishes what it has in hand, so silence alone says nothing before `SILENCE`, which is
longer than any job may go on without one (`jobs/limits.py`). After an outage of the server all workers are silent: who
sweeps waits that long after it was connected, and looks twice.

A job that was begun `MOST_RUNS` times and never ended ends its workers: it is given up, and people are told. Where the
same work waits in the queue already (a *twin*), the stalled job makes way for it.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psycopg

from monitor.store.postgresql.queue.server import Connection, plainly

ONE_AT_A_TIME = 7341  # the number of the lock that who sweeps holds
MOST_RUNS = 5

_STALLED = """
SELECT j.id, j.attempts FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
"""
_AGAIN = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
_GIVEN_UP = "SELECT procrastinate_finish_job_v1(%s, 'failed', false)"
_MAKES_WAY = "SELECT procrastinate_finish_job_v1(%s, 'failed', true)"
# Workers are told of new jobs only; this one is not new, and would wait for their next look.
_TOLD = """SELECT pg_notify('procrastinate_queue_v1#' || queue_name, told), pg_notify('procrastinate_any_queue_v1', told)
FROM procrastinate_jobs, (SELECT '{"type": "job_inserted", "job_id": 0}' AS told) AS t WHERE id = %s"""


@dataclass(frozen=True, slots=True)
class Swept:
    again: int = 0
    given_up: int = 0


def sweep(
    connection: Connection,
    silence: float,
    confirm: float,
    sleep: Callable[[float], object] = time.sleep,
) -> Swept:
    """One look, by whoever comes first. Raises StoreError."""
    with plainly():
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (ONE_AT_A_TIME,)).fetchone()
        if not (row and row[0]):
            return Swept()
        try:
            return _swept(connection, silence, confirm, sleep)
        finally:
            with suppress(psycopg.Error):  # it went with the connection
                connection.execute("SELECT pg_advisory_unlock(%s)", (ONE_AT_A_TIME,))


def _swept(connection: Connection, silence: float, confirm: float, sleep: Callable[[float], object]) -> Swept:
    seen = set(_stalled(connection, silence))
    if not seen:
        return Swept()
    sleep(confirm)
    again = given_up = 0
    for job, runs in _stalled(connection, silence):
        if (job, runs) not in seen:
            continue
        is_poison = runs + 1 >= MOST_RUNS
        if _ended(connection, _GIVEN_UP if is_poison else _AGAIN, job):
            again, given_up = again + (not is_poison), given_up + is_poison
    return Swept(again, given_up)


def _stalled(connection: Connection, silence: float) -> list[tuple[int, int]]:
    rows = connection.execute(_STALLED, (silence,)).fetchall()
    return [(int(str(job)), int(str(runs))) for job, runs in rows]


def _ended(connection: Connection, how: str, job: int) -> bool:
    """Whether it ended so; False where it made way for its twin, or ended by itself meanwhile."""
    try:
        connection.execute(how, (job,))
        connection.execute(_TOLD, (job,))
        return True
    except psycopg.errors.UniqueViolation:
        with suppress(psycopg.errors.RaiseException):
            connection.execute(_MAKES_WAY, (job,))
    except psycopg.errors.RaiseException:
        pass
    return False
