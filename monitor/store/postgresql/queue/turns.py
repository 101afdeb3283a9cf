"""A row a host: whose visit it is, whose request is under way, and until when it rests.

1. A *visit* is one run of one job: its number, and the how many-th run of it. A visit takes its host over from an
   earlier one, never from a later. That of a frozen process that wakes is an earlier one: it hears so at its next claim.
2. A *turn* is one call's, before each request, at any host: the visit's own, one that its pages stand on, one to which a
   redirect leads. It lasts until it is given back, at most `LEASE`, which is longer than any call may take.
3. A host that was asked rests before it is another call's turn; the same call may go on.

The moments are the server's, so machines whose clocks differ agree. One further off than any is written is not believed:
that clock was wrong, and was set back since. The last that was written here may be lost in a power
cut of the server (`hurried`): then a visit is begun again.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass

import psycopg

from monitor.errors import TakenOver
from monitor.store.postgresql.queue.server import Connection, connect, plainly
from monitor.store.server import Server

LEASE = 40.0  # seconds; a call takes 20 (`fetcher.TOTAL_SECONDS`), and a name may be looked up for longer

TABLE = """
CREATE TABLE IF NOT EXISTS host_turns (
    host text PRIMARY KEY,
    job bigint NOT NULL DEFAULT 0,
    run integer NOT NULL DEFAULT 0,
    holder text NOT NULL DEFAULT '',
    until timestamptz NOT NULL DEFAULT 'epoch',
    next_allowed timestamptz NOT NULL DEFAULT 'epoch',
    next_visit timestamptz NOT NULL DEFAULT 'epoch'
)
"""

_BEGIN = """
INSERT INTO host_turns AS t (host, job, run) VALUES (%(host)s, %(job)s, %(run)s)
ON CONFLICT (host) DO UPDATE SET job = excluded.job, run = excluded.run
WHERE (t.job, t.run) <= (excluded.job, excluded.run)
RETURNING 1
"""
_IS_OURS = "SELECT 1 FROM host_turns WHERE host = %(host)s AND job = %(job)s AND run = %(run)s"
# No lease is longer, and no host rests for more than the day that a 429 may ask for (`fetch/hosts.py`).
_BUSY_UNTIL = """greatest(CASE WHEN t.until < clock_timestamp() + interval '10 minutes' THEN t.until ELSE 'epoch' END,
    CASE WHEN t.next_allowed <= clock_timestamp() + interval '1 day' THEN t.next_allowed ELSE 'epoch' END)"""
_CLAIM = f"""
WITH ours AS (SELECT %(job)s = 0 OR EXISTS ({_IS_OURS}) AS so), taken AS (
    INSERT INTO host_turns AS t (host, holder, until)
    SELECT %(asked)s, %(holder)s, clock_timestamp() + make_interval(secs => %(lease)s) FROM ours WHERE so
    ON CONFLICT (host) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE t.holder = excluded.holder OR {_BUSY_UNTIL} <= clock_timestamp()
    RETURNING 1
)
SELECT so, EXISTS (SELECT 1 FROM taken),
    (SELECT extract(epoch FROM {_BUSY_UNTIL} - clock_timestamp()) FROM host_turns t WHERE host = %(asked)s)
FROM ours
"""
_RELEASE = """
UPDATE host_turns SET until = 'epoch', next_allowed = clock_timestamp() + make_interval(secs => %(rest)s)
WHERE host = %(asked)s AND holder = %(holder)s
"""
_LEAVE = """
UPDATE host_turns SET next_visit = clock_timestamp() + make_interval(secs => %(rest)s)
WHERE host = %(host)s AND job = %(job)s AND run = %(run)s
"""
_NOT_YET = """SELECT host FROM host_turns
WHERE next_visit > clock_timestamp() AND next_visit < clock_timestamp() + interval '1 hour'"""


@dataclass(frozen=True, slots=True)
class Visit:
    host: str
    job: int  # numbers begin at 1
    run: int  # how many-th of the job


class HostTurns:
    """Safe to ask from many threads; one connection for all of them, made anew where it broke. Close it."""

    def __init__(self, server: Server, lease: float = LEASE) -> None:
        self._lease = lease
        self._server = server
        self._connection: Connection | None = None
        self._guard = threading.Lock()

    def is_laid_out(self) -> bool:
        """Whether there are workers to share them with."""
        return bool(self._ask("SELECT 1 WHERE to_regclass('host_turns') IS NOT NULL", {}))

    def begin(self, visit: Visit) -> None:
        """From now on the host is this visit's. Raises TakenOver where a later one has begun, and StoreError."""
        if not self._ask(_BEGIN, _names(visit)):
            raise _taken_over(visit)

    def demand(self, visit: Visit) -> None:
        """Raises TakenOver where the host is another visit's by now, and StoreError."""
        if not self._ask(_IS_OURS, _names(visit)):
            raise _taken_over(visit)

    def leave(self, visit: Visit, rest: float) -> None:
        """The visit is over; the next may come after so many seconds."""
        self._ask(_LEAVE, {**_names(visit), "rest": rest})

    def not_yet(self) -> frozenset[str]:
        """The hosts that are not to be visited yet."""
        return frozenset(str(row[0]) for row in self._ask(_NOT_YET, {}))

    def claim(self, host: str, holder: str, visit: Visit | None) -> float:
        """0 where the turn at the host is that call's now; else the seconds after which it may be. Raises TakenOver,
        and StoreError."""
        names = _names(visit) if visit else {"host": "", "job": 0, "run": 0}
        ((is_ours, is_taken, wait),) = self._ask(
            _CLAIM, {**names, "asked": host, "holder": holder, "lease": self._lease}
        )
        if visit and not is_ours:
            raise _taken_over(visit)
        return 0.0 if is_taken else max(float(str(wait or 0)), 0.001)

    def release(self, host: str, holder: str, rest: float) -> None:
        self._ask(_RELEASE, {"asked": host, "holder": holder, "rest": rest})

    def close(self) -> None:
        with self._guard:
            self._drop()

    def _ask(self, sql: str, names: dict[str, object]) -> list[tuple[object, ...]]:
        with self._guard, plainly():
            try:
                self._connection = self._connection or connect(self._server, hurried=True)
                asked = self._connection.execute(sql, names)
                return asked.fetchall() if asked.description else []
            except psycopg.Error:
                self._drop()
                raise

    def _drop(self) -> None:
        if self._connection:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


def _names(visit: Visit) -> dict[str, object]:
    return {"host": visit.host, "job": visit.job, "run": visit.run}


def _taken_over(visit: Visit) -> TakenOver:
    return TakenOver(
        f"The visit of {visit.host} was given to another worker: this one was silent for too long."
    )
