"""One SQLite file, many readers and one writer at a time: opened, brought up to date, asked, and changed a transaction at a time.

- A transaction begins IMMEDIATE: a deferred one that reads first and then writes fails with "database is locked" as
  soon as another process writes in between, however long it is willing to wait.
- WAL, so that one can read while another writes. Who writes waits for who is writing, half a minute at the most; a
  transaction takes milliseconds, and no network is waited for in one. So a poll, a draft and `learn` can run side by side.
- What is read within `snapshot` is one state of the archive, whatever is written meanwhile.
- What SQLite cannot do (disk full, file damaged, locked too long) is said as a StoreError that names the file.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store.schema import migrations

LONGEST_WAIT = 30  # seconds for who is writing
INCREMENTAL = 2  # what SQLite calls it
STEP = 2_000  # pages given back in one go: some milliseconds in which nobody else writes


class Archive:
    """The open file. Rooms ask it with `read` and change it within `transaction`."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.path = path
        self._connection = connection
        self._db = Database(connection)

    @classmethod
    def open(cls, path: Path, *, make: bool = True) -> Self:
        """Opens the archive at `path`. Where there is none it is made; with `make` false an empty one stands in for
        it and nothing is written, so that a question asked in the wrong folder leaves no trace. Raises StoreError.
        """
        if not make and not path.exists():
            path = Path(":memory:")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=LONGEST_WAIT, isolation_level=None)
        except (OSError, sqlite3.DatabaseError) as error:
            raise StoreError(f"The archive {path} cannot be opened: {error}.") from error
        try:
            archive = cls(connection, str(path))
            with archive._plainly():
                archive._prepare()
        except BaseException:  # Ctrl-C too: the caller was given no archive to close
            connection.close()
            raise
        return archive

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        if (
            self._ask("page_count") == 0
        ):  # of a file that has pages this would write something at every opening
            self._connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        # What is deleted is overwritten where it stood, by whoever deletes it.
        for pragma in ("secure_delete=ON", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with Database(memory=True) as empty:
            known = {migration.name for migration in migrations.pending(empty)}
        newer = sorted({migration.name for migration in migrations.applied(self._db)} - known)
        if newer:
            raise StoreError(
                f"The archive {self.path} was made by a newer version of the monitor ({newer[-1]}). "
                "Install that version, or name another folder with --data."
            )
        if migrations.pending(self._db):
            with self.transaction():  # two commands may find the same archive new
                migrations.apply(self._db)

    def close(self) -> None:
        self._connection.close()

    def read(self, sql: str, *parameters: object) -> list[Any]:
        """The rows of a question. Raises StoreError."""
        with self._plainly():
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self, *, lasting: bool = False) -> Iterator[Database]:
        """What is written inside is kept whole or not at all. Raises StoreError.

        `lasting`: it outlives a power cut from the moment it is done, and so must what others are told right after.
        """
        with self._plainly():
            self._connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            try:
                self._begin()
                yield self._db
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk ends it by itself
                    self._connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        """Waits for who is writing, a moment at a time: within SQLite's own waiting no signal is heard."""
        end = time.monotonic() + LONGEST_WAIT
        self._connection.execute("PRAGMA busy_timeout=100")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not is_busy or time.monotonic() > end:
                        raise
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is one state of the archive; nothing is written inside. Raises StoreError."""
        with self._plainly():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with self._plainly():
                self._connection.execute("COMMIT")

    def give_back(self) -> bool:
        """Empty pages go back to the system in small steps, and the WAL, which holds pages as they were before, is
        emptied. False where somebody who reads meanwhile keeps the WAL: then the next time does it."""
        with self._plainly():
            if self._ask("auto_vacuum") == INCREMENTAL:
                while (empty := self._ask("freelist_count")) and self._given(empty):
                    pass
            elif self._ask("freelist_count") * 4 > self._ask("page_count"):
                self._vacuum()
            return self._emptied()

    def written_anew(self) -> bool:
        """The whole file, page by page, and the WAL: nothing stays of what was ever deleted, by whatever version. False
        as for `give_back`."""
        with self._plainly():
            self._vacuum()
            return self._emptied()

    def _vacuum(self) -> None:
        """Room can be given back in steps from then on, also in an archive of an older version."""
        self._connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        self._connection.execute("VACUUM")

    def _given(self, empty: int) -> bool:
        self._connection.execute(f"PRAGMA incremental_vacuum({STEP})").fetchall()
        return self._ask("freelist_count") < empty

    def _emptied(self) -> bool:
        return bool(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    def _ask(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    def moment(self, clock: Callable[[], datetime]) -> datetime:
        """What the time is while nobody writes: all that is stored is seen before, and all that will be is not."""
        with self.transaction():
            return clock()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(f"The archive {self.path} cannot be used: {error}.") from error


def sqlite_version() -> str:
    return sqlite3.sqlite_version
