"""What waits, runs and fails in the queue, for people and for who puts work into it."""

from datetime import UTC, datetime
from typing import Any

from psycopg.rows import dict_row

from monitor.model import FailedJob, QueueState, TaskCount
from monitor.store.postgresql.queue.server import Connection, plainly

HEARD_WITHIN = 60  # seconds

# A job that was begun so often and never ended may end its workers again: it is left for longer than one that failed.
POISON, LEFT_FOR, LEFT_FOR_LONG = 5, "30 minutes", "6 hours"

_TASKS = """
SELECT j.task_name AS task, count(*) FILTER (WHERE j.status = 'todo') AS waiting,
    count(*) FILTER (WHERE j.status = 'doing') AS running, min(e.at) FILTER (WHERE j.status = 'todo') AS since
FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.status IN ('todo', 'doing') GROUP BY j.task_name ORDER BY j.task_name
"""
_FAILED = """
SELECT j.task_name AS task, coalesce(j.args ->> 'of', '') AS of, j.attempts AS runs,
    coalesce(max(e.at), now()) AS at
FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id
WHERE j.status = 'failed' GROUP BY j.id ORDER BY 4 DESC, j.id DESC
"""
_WORKERS = """
SELECT count(*) AS workers FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)
"""
_SPOKEN_FOR = f"""
SELECT DISTINCT lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND lock IS NOT NULL
UNION SELECT j.lock FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
WHERE j.status = 'failed' AND j.lock IS NOT NULL AND e.type = 'failed'
    AND e.at > now() - CASE WHEN j.attempts >= {POISON} THEN interval '{LEFT_FOR_LONG}' ELSE interval '{LEFT_FOR}' END
"""


def state_of_queue(connection: Connection) -> QueueState:
    """Raises StoreError."""
    with plainly(), connection.cursor(row_factory=dict_row) as asked:
        (workers,) = asked.execute(_WORKERS, (HEARD_WITHIN,)).fetchall()
        tasks = [TaskCount(**_in_utc(row, "since")) for row in asked.execute(_TASKS).fetchall()]
        failed = [FailedJob(**_in_utc(row, "at")) for row in asked.execute(_FAILED).fetchall()]
    return QueueState(workers=int(workers["workers"]), tasks=tuple(tasks), failed=tuple(failed))


def spoken_for(connection: Connection) -> frozenset[str]:
    """The locks of jobs that wait or run, and of those that failed and are left alone for a while. Raises StoreError."""
    with plainly():
        return frozenset(str(lock) for (lock,) in connection.execute(_SPOKEN_FOR).fetchall())


def is_laid_out(connection: Connection) -> bool:
    """Whether there is a queue at all."""
    with plainly():
        row = connection.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL").fetchone()
    return bool(row and row[0])


def _in_utc(row: dict[str, Any], column: str) -> dict[str, Any]:
    at = row[column]
    return {**row, column: at.astimezone(UTC) if isinstance(at, datetime) else None}
