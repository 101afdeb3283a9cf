"""The queue's tables, made and brought up to date.

Every step that was taken is kept by name: those of procrastinate, as its own files of migrations are called, and ours.
Where there are no tables yet, procrastinate's whole schema stands for all the steps that it names. A step that is known
there and not here was taken by a newer version: then nothing is written, and this one does not work with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import StoreError
from monitor.store.postgresql.queue.server import Connection, plainly
from monitor.store.postgresql.queue.turns import TABLE

ONE_AT_A_TIME = 7342  # the number of the lock that who lays out holds
OUR_STEPS: Mapping[str, str] = {"monitor 1: host_turns": TABLE}

_TAKEN = "CREATE TABLE IF NOT EXISTS layout_steps (name text PRIMARY KEY)"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the installed procrastinate brings."""

    whole: str  # SQL that makes all of it
    steps: Mapping[str, str]  # by name, in their order


def lay_out(connection: Connection, layout: Layout) -> tuple[str, ...]:
    """Returns the steps that were taken. Raises StoreError where a newer version was here, and nothing is written
    then."""
    with plainly(), connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        demand_known(connection, layout)
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{_schema(connection)}"')
        connection.execute(_TAKEN)
        taken = _taken(connection)
        done: list[str] = []
        if not _is_there(connection, "procrastinate_jobs"):
            connection.execute(layout.whole.encode())
            done += layout.steps
            connection.cursor().executemany(
                "INSERT INTO layout_steps VALUES (%s) ON CONFLICT DO NOTHING", [(name,) for name in done]
            )
            taken |= set(done)
        for name, sql in {**layout.steps, **OUR_STEPS}.items():
            if name not in taken:
                connection.execute(sql.encode())
                connection.execute("INSERT INTO layout_steps VALUES (%s)", (name,))
                done.append(name)
    return tuple(done)


def demand_known(connection: Connection, layout: Layout) -> None:
    """Raises StoreError where a newer version has changed the tables."""
    with plainly():
        unknown = _taken(connection) - {*layout.steps, *OUR_STEPS}
    if unknown:
        raise StoreError(
            f"The queue's tables are of a newer version than this worker, which does not know “{min(unknown)}”: upgrade "
            "the monitor on this machine, with its extra `cluster`."
        )


def _taken(connection: Connection) -> set[str]:
    if not _is_there(connection, "layout_steps"):
        return set()
    return {str(name) for (name,) in connection.execute("SELECT name FROM layout_steps").fetchall()}


def _is_there(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (table,)).fetchone()
    return bool(row and row[0])


def _schema(connection: Connection) -> str:
    row = connection.execute("SHOW search_path").fetchone()
    return str(row[0]).strip('"') if row else ""
