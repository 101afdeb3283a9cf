"""One SQLite file, many readers and one writer at a time: opened, brought up to date, asked, and changed a
transaction at a time.

- A transaction begins IMMEDIATE: a deferred one that reads first and then writes fails with "database is locked" as
  soon as another process writes in between, however long it is willing to wait.
- WAL, so that one can read while another writes. Who writes waits for who is writing, half a minute at the most; a
  transaction takes milliseconds, and no network is waited for in one. So a poll, a draft and `learn` can run side by
  side.
- What is read within `snapshot` is one state of the archive, whatever is written meanwhile.
- What was written is in the file itself as soon as the archive is closed, also while others have it open: between
  runs a plain copy of the file is whole.
- What SQLite cannot do (disk full, locked too long) is said as a StoreError that names the file, a damaged file as an
  ArchiveLost. A damaged row alone stops nobody: it is set aside, and named (`salvage.py`).
"""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlite_utils import Database

from monitor.errors import ArchiveLost, StoreError
from monitor.paths import exists, is_file
from monitor.store.archive import Archive, Transaction
from monitor.store.damage import Damaged
from monitor.store.sqlite import lineage, seals
from monitor.store.sqlite.opening import in_memory, is_for_want_of_room, is_refused, to_read, to_write
from monitor.store.sqlite.salvage import DAMAGE, Wanted, one_by_one
from monitor.store.sqlite.schema import migrations
from monitor.store.sqlite.upgrading import refuse_newer, upgrade

LONGEST_WAIT = 30  # seconds for who is writing
LONGEST_READ = 5  # seconds for who is reading, where the WAL is to be emptied
PARTING = 1.0  # seconds for who is reading, where we close
INCREMENTAL = 2  # what SQLite calls it
STEP = 2_000  # pages given back in one go: some milliseconds in which nobody else writes

T = TypeVar("T")

# "malformed database schema (…)" goes on with what stands there.
_PLAIN = re.compile(r" \(.*|: .*", re.DOTALL)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class FileArchive(Archive):
    """The open file."""

    numbers_by_id = True

    def __init__(self, connection: sqlite3.Connection, path: str, *, only_reads: bool = False) -> None:
        super().__init__(path, Path(path).absolute().parent)
        self._connection = connection
        self._db = Database(connection)
        self._only_reads = only_reads
        self._has_written = False

    @staticmethod
    def is_at(path: Path) -> bool:
        """Whether there is one, and it is not a file with nothing in it. Raises StoreError where one may not look."""
        try:
            return exists(path) and path.stat().st_size > 0
        except OSError as error:
            raise _said(path, error, "opened") from error

    @classmethod
    def open(cls, path: Path, *, make: bool = True) -> Self:
        """Opens the archive at `path`. Where there is none, or a file with nothing in it, it is made; with `make`
        false an empty one stands in for it and nothing is written, so that a question asked in the wrong folder
        leaves no trace, and an archive that was emptied is not taken for a new one. Raises StoreError.
        """
        try:
            if not make and not cls.is_at(path):
                path = Path(":memory:")
            if make:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = to_write(path) if make else to_read(path)
        except (OSError, UnicodeDecodeError, sqlite3.DatabaseError) as error:
            raise _said(path, error, "opened") from error
        try:
            archive = cls(connection, str(path), only_reads=not make)
            with archive._plainly():
                archive._prepare()
        except BaseException:  # Ctrl-C too: the caller was given no archive to close
            archive._connection.close()
            raise
        return archive

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        if self._ask("page_count") == 0:  # of a file that has pages this would write at every opening
            self._connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        # What is deleted is overwritten where it stood, by whoever deletes it.
        for pragma in ("secure_delete=ON", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            try:
                self._waiting(f"PRAGMA {pragma}")  # that it has a log is told by one at a time
            except sqlite3.OperationalError as error:
                if not self._only_reads or not is_refused(error):
                    raise
        refuse_newer(self._db, self.path)
        if migrations.pending(self._db):
            try:
                self._migrate()
            except (sqlite3.OperationalError, StoreError) as error:  # the latter where no copy can be kept
                if not self._only_reads or not (isinstance(error, StoreError) or is_refused(error)):
                    raise
                self._connection = in_memory(self._connection)
                self._connection.row_factory = sqlite3.Row
                self._db = Database(self._connection)
                self._migrate()

    def _migrate(self) -> None:
        with self._written():  # two commands may find the same archive new
            upgrade(self._db)

    def close(self) -> None:
        """With all that was written in the file itself. Who reads meanwhile is waited for a moment."""
        if self._has_written:
            with suppress(sqlite3.Error):  # then it stays in the log, where the next run finds it
                self._connection.execute(f"PRAGMA busy_timeout = {PARTING * 1000:.0f}")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

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
        sql = f"SELECT {columns} FROM {table} WHERE {where} ORDER BY {order} LIMIT ?"
        try:
            return tuple(map(read, self._connection.execute(sql, (*parameters, most)).fetchall()))
        except DAMAGE as error:
            if _is_trouble(error):
                raise _said(self.path, error) from error
        with self._plainly():
            good, damaged = one_by_one(self._connection, Wanted(table, where, parameters, columns), read)
        self.set_aside(*damaged)
        if by:
            good.sort(key=by)
        return tuple(good[:most] if most >= 0 else good)

    def checked(
        self, check: str, most: int, until: tuple[Callable[[], bool], int] | None = None
    ) -> tuple[str, ...]:
        stop, every = until or (None, 0)
        self._connection.set_progress_handler(stop, every)
        try:
            found = [str(row[0]) for row in self._connection.execute(f"PRAGMA {check}({most})")]
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_INTERRUPT:
                return ()
            if code in _DAMAGED:
                return (_PLAIN.sub("", str(error)),)
            raise _said(self.path, error) from error
        finally:
            self._connection.set_progress_handler(None, 0)
        return () if found == ["ok"] else tuple(found)

    def stamp(self) -> int:
        with self._plainly():
            return self._ask("user_version")

    def server(self) -> str | None:
        return None

    def size(self) -> int:
        """With what SQLite keeps beside it."""
        beside = (Path(f"{self.path}{end}") for end in ("", "-wal", "-shm"))
        return sum(file.stat().st_size for file in beside if is_file(file))

    def copy_to(self, file: Path) -> None:
        """One state of it, whole, whoever writes meanwhile. Raises StoreError."""
        with self._plainly():
            copy = sqlite3.connect(file, isolation_level=None)
            try:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file is all of it
                copy.execute("BEGIN IMMEDIATE")
                lineage.new_family(copy)
                copy.execute("COMMIT")
            finally:
                copy.close()

    def broken_seals(self, is_over: Callable[[], bool] = lambda: False) -> Iterator[Damaged]:
        with self._plainly():
            yield from seals.broken(self._connection, is_over)

    def read(self, sql: str, *parameters: object) -> list[Any]:
        with self._plainly():
            return self._connection.execute(sql, parameters).fetchall()

    def columns(self) -> dict[str, tuple[str, ...]]:
        tables = [row["name"] for row in self.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: tuple(row["name"] for row in self.read(f"SELECT name FROM pragma_table_info('{table}')"))
            for table in tables
            if not table.startswith(("sqlite_", "_sqlite"))
        }

    @contextmanager
    def transaction(self, *, lasting: bool = False) -> Iterator[Transaction]:
        with self._plainly():
            self._connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            with self._written():
                yield Transaction(self._connection)

    def settle(self) -> None:
        pass  # SQLite goes by the highest number there is

    def in_one_go(self) -> AbstractContextManager[None]:
        return nullcontext()

    def renaming(self, old: str, new: str) -> AbstractContextManager[None]:
        return seals.kept(self._connection, old, new)

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            self._begin()
            lineage.step(self._connection)
            yield
            seals.seal_what_is_not(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk ends it by itself
                self._connection.execute("ROLLBACK")
            raise
        self._has_written = True

    def _begin(self) -> None:
        with self._moments():
            self._waiting("BEGIN IMMEDIATE")

    def _waiting(self, statement: str) -> None:
        """Waits for who is writing."""
        end = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                self._connection.execute(statement)
                return
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > end:
                    raise
            time.sleep(0.001)  # SQLite itself does not wait where two would wait for one another

    @contextmanager
    def _moments(self) -> Iterator[None]:
        """SQLite waits a moment at a time: within its own waiting no signal is heard."""
        self._connection.execute("PRAGMA busy_timeout=100")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
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
        """Who reads is waited for, and between two moments of it others may write: SQLite's own waiting holds them up."""
        end = time.monotonic() + LONGEST_READ
        with self._moments():
            while self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > end:
                    return False
        return True

    def _ask(self, pragma: str) -> int:
        return int(self._connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            # The latter is what Python makes of SQLite's own words where they repeat what is damaged.
            raise _said(self.path, error) from error


def _is_trouble(error: Exception) -> bool:
    """Whether what went wrong is something other than damage to a row or the pages under it."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    return not _is_no_text(error) and getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED


def _is_no_text(error: sqlite3.DatabaseError) -> bool:
    """Python's own word for a text that is no UTF-8, and it repeats the text."""
    return not hasattr(error, "sqlite_errorcode") and str(error).startswith("Could not decode")


def _said(path: str | Path, error: Exception, done: str = "used") -> StoreError:
    if isinstance(error, (sqlite3.DatabaseError, UnicodeDecodeError)) and not _is_trouble(error):
        is_plain = not isinstance(error, UnicodeDecodeError) and not _is_no_text(error)
        what = _PLAIN.sub("", str(error)) if is_plain else "a text in it is no UTF-8"
        return ArchiveLost(f"The archive {path} is damaged: {what}.")
    if is_for_want_of_room(error):
        return StoreError(
            f"The archive {path} cannot be {done}: there is no room left on its disk. Make room."
        )
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return StoreError(f"The archive {path} cannot be {done}: {why}.{_whose(Path(path), error)}")


def _whose(path: Path, error: Exception) -> str:
    """What to do where it is another user's, and may not be touched."""
    if not is_refused(error) or not hasattr(os, "geteuid"):
        return ""
    for one in (path, path.parent):
        with suppress(OSError):
            if (owner := one.stat().st_uid) != os.geteuid():
                return f" It belongs to the user {_name_of(owner)}: call the command as that user."
    return ""


def _name_of(user: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(user).pw_name
    except (ImportError, KeyError):
        return str(user)


def sqlite_version() -> str:
    return sqlite3.sqlite_version
