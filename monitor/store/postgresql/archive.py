"""A schema on a PostgreSQL server, asked, and changed a transaction at a time.

- Who writes takes one lock of the archive's first (an advisory one, which ends with the transaction, however that
  ends): as with a file there is one writer at a time, and who writes next sees all that was written. Who reads waits for
  nobody. A writer is waited for half a minute at the most. One that is frozen loses its session
  before that, one whose machine is gone within a minute.
- A transaction that need not be `lasting` may be lost in a power cut of the server, as a file's: whole, and with it
  nothing that was written before.
- The server looks after its own files (checksums, copies, its own log): there are no seals, and what is damaged inside a
  row is set aside when the row is read.
- A session that is lost ends the run with a StoreError; the next opens another. Where a process opens the archive for
  each page that it serves, sessions are kept for the next (`kept_open`).
- NUL, which PostgreSQL has in no text, is stored as U+FFFD.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from monitor.errors import StoreError
from monitor.store.archive import Archive, Transaction, Values
from monitor.store.damage import DAMAGE, KEYS, LONGEST_KEY, Damaged, why
from monitor.store.postgresql import schema, sessions
from monitor.store.postgresql.claims import claimed
from monitor.store.postgresql.likeness import translated
from monitor.store.postgresql.sessions import Session, kept_for, kept_open, lock_of, opened
from monitor.store.postgresql.trouble import said
from monitor.store.server import Server

OLDEST = 14  # of PostgreSQL's versions; older ones get no more repairs
ENCODING = "UTF8"
ONLY_READS = "current_setting('transaction_read_only')::boolean"  # also of one in recovery
FEW = 3  # rows


T = TypeVar("T")

__all__ = ["ServerArchive", "claimed", "kept_open"]


class ServerArchive(Archive):
    """The open session."""

    numbers_by_id = False

    def __init__(
        self, session: Session, server: Server, pool: "ConnectionPool[Session] | None" = None
    ) -> None:
        super().__init__(server.name, server.home.absolute())
        self._session = session
        self._server = server
        self._pool = pool
        self._lock = lock_of(f"archive {server.schema}")

    @classmethod
    def open(cls, server: Server, *, make: bool = True) -> Self | None:
        """The archive; where there is none it is made, or with `make` false None, and nothing is written. Raises
        StoreError."""
        pool = kept_for(server)
        try:
            session = pool.getconn() if pool else opened(server)
        except PoolTimeout:
            session, pool = opened(server), None  # which says what is wrong
        archive = cls(session, server, pool)
        try:
            with archive._plainly():
                is_there = archive._prepare(make)
        except BaseException:
            archive.close()
            raise
        if not is_there:
            archive.close()
            return None
        return archive

    def _prepare(self, make: bool) -> bool:
        """Whether there is an archive."""
        version = self._session.info.server_version // 10_000
        if version < OLDEST:
            raise StoreError(
                f"The archive {self.path} is on PostgreSQL {version}: {OLDEST} or newer is needed. Upgrade the server."
            )
        if (encoding := self._session.info.parameter_status("server_encoding")) != ENCODING:
            raise StoreError(
                f"The archive {self.path} is in a database of the encoding {encoding}, which has not every sign: make another "
                "with `createdb --encoding=UTF8 --template=template0`, and name it in MONITOR_ARCHIVE."
            )
        found = self.read(
            f"SELECT {ONLY_READS} AS only_reads, to_regnamespace(?) IS NOT NULL AS there", self.schema
        )
        steps = schema.applied(self._session)
        schema.refuse_newer(steps, self.path)
        if found[0]["only_reads"] and make:
            raise StoreError(
                f"The archive {self.path} is on a server that only reads (a standby, or one in recovery): nothing was "
                "written. Name in MONITOR_ARCHIVE the server that writes."
            )
        if not steps and not make:
            return False
        if steps != schema.known_steps():
            self._bring_up(has_schema=found[0]["there"])
        return True

    @property
    def schema(self) -> str:
        return self._server.schema

    def _bring_up(self, *, has_schema: bool) -> None:
        """Two commands may find the same archive new."""
        with self._alone(lasting=True, counted=False):
            if not has_schema:
                self._session.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.schema}"')
            schema.bring_up(self._session, schema.applied(self._session), datetime.now(UTC).isoformat())

    def close(self) -> None:
        if self._pool:
            self._pool.putconn(self._session)
        else:
            self._session.close()

    # ── read ────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, sql: str, *parameters: object) -> list[Any]:
        with self._plainly():
            done = self.execute(sql, parameters)
            return done.fetchall() if done.description else []

    def values(
        self,
        read: Callable[[Any], T],
        table: str,
        where: str = "true",
        *parameters: object,
        columns: str = "*",
        order: str = "rowid",
        by: Callable[[T], Any] | None = None,
        most: int = -1,
    ) -> tuple[T, ...]:
        limit = f" LIMIT {most}" if most >= 0 else ""
        found = self.read(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY {order}{limit}", *parameters)
        good: list[T] = []
        damaged: list[Damaged] = []
        for row in found:
            try:
                good.append(read(row))
            except DAMAGE as error:
                damaged.append(Damaged(table, _key(table, row), why(error)))
        self.set_aside(*damaged)
        return tuple(good)

    def columns(self) -> dict[str, tuple[str, ...]]:
        found = self.read(
            "SELECT table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS columns "
            "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = ? AND table_type = 'BASE TABLE' AND column_name != 'rowid' GROUP BY table_name",
            self.schema,
        )
        return {row["name"]: tuple(row["columns"]) for row in found if not row["name"].startswith("_")}

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._plainly():
            self._session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            with self._plainly():
                self._session.execute("ROLLBACK")

    # ── write ───────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def transaction(self, *, lasting: bool = False) -> Iterator[Transaction]:
        with self._plainly(), self._alone(lasting=lasting):
            yield Transaction(self)

    def settle(self) -> None:
        for table in schema.tables():
            for column in ("rowid", "id") if table in schema.NUMBERED else ("rowid",):
                self._session.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 0) + 1, false) "
                    f"FROM {table}"
                )
            # The server does it by itself a minute later; until then it reads a million rows to find one (823 ms a page).
            self._session.execute(f"ANALYZE {table}")

    @contextmanager
    def begun_anew(self, aside: str) -> Iterator[Transaction]:
        """A transaction in which the archive is an empty one, and the one of before is kept as a schema of that name."""
        with self._plainly(), self._alone(lasting=True, counted=False):
            self._session.execute(f'ALTER SCHEMA "{self.schema}" RENAME TO "{aside}"')
            self._session.execute(f'CREATE SCHEMA "{self.schema}"')
            schema.bring_up(self._session, (), datetime.now(UTC).isoformat())
            yield Transaction(self)

    @contextmanager
    def in_one_go(self) -> Iterator[None]:
        with self._session.pipeline():
            yield

    def renaming(self, old: str, new: str) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def _alone(self, *, lasting: bool, counted: bool = True) -> Iterator[None]:
        """A transaction in which nobody else writes. `counted`: as one that changed the archive."""
        session = self._session
        disk = "" if lasting else "SET LOCAL synchronous_commit = off; "
        count = "UPDATE _state SET number = number + 1; " if counted else ""
        try:
            session.execute(
                f"BEGIN; {disk}SET LOCAL idle_in_transaction_session_timeout = '{sessions.LONGEST_SILENCE}s'; "
                f"SELECT pg_advisory_xact_lock({self._lock})"
            )
            yield
            session.execute(f"{count}COMMIT")
        except BaseException:
            if session.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                with suppress(psycopg.Error):  # a lost session has rolled back
                    session.execute("ROLLBACK")
            raise

    def execute(self, sql: str, values: Values = ()) -> psycopg.Cursor[dict[str, Any]]:
        return self._session.execute(translated(sql, self.schema), values)

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        rows = list(rows)
        if len(rows) < FEW:  # most often none; for a few, to begin many takes longer than they do
            for row in rows:
                self.execute(sql, row)
            return
        with self._session.cursor() as cursor:
            cursor.executemany(translated(sql, self.schema), rows)

    # ── as a whole ──────────────────────────────────────────────────────────────────────────────────────────────

    def stamp(self) -> int:
        return int(self.read("SELECT number FROM _state")[0]["number"])

    def server(self) -> str | None:
        version = self._session.info.server_version
        return f"PostgreSQL {version // 10_000}.{version % 10_000}"

    def size(self) -> int:
        found = self.read(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) AS bytes FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = to_regnamespace(?)",
            self.schema,
        )
        return int(found[0]["bytes"])

    def checked(
        self, check: str, most: int, until: tuple[Callable[[], bool], int] | None = None
    ) -> tuple[str, ...]:
        return ()

    def broken_seals(self, is_over: Callable[[], bool] = lambda: False) -> Iterator[Damaged]:
        return iter(())

    def give_back(self) -> bool:
        """To the tables; to the system only at their ends. It holds up nobody."""
        with self._plainly():
            self._session.execute(f"VACUUM {', '.join(schema.tables())}")
        return True

    def written_anew(self) -> bool:
        """The tables; not the server's own log, and not the copies of whoever looks after it (docs/postgresql.md)."""
        with self._plainly():
            try:
                self._session.execute(f"VACUUM FULL {', '.join(schema.tables())}")
            except psycopg.errors.LockNotAvailable:
                return False
        return True

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise said(self.path, error, is_lost=self._is_lost()) from error

    def _is_lost(self) -> bool:
        """After an error. A session that is lost in the midst of many rows need not be known for closed, and only stays in
        the middle of what it did."""
        return self._session.info.transaction_status in (TransactionStatus.ACTIVE, TransactionStatus.UNKNOWN)


def _key(table: str, row: Mapping[str, Any]) -> str:
    if table == "editions":
        return f"{row.get('panel', '')} {row.get('number', '(some row)')}".strip()
    name = KEYS.get(table, "id")
    return str(row.get(name) or row.get("rowid") or "(some row)")[:LONGEST_KEY]
