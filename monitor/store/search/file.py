"""The index's file: made with a number of its form, and thrown away whole.

- One process makes and writes it (`intake.py`); others open it only where it is there, and never wait for the writer:
  WAL.
- The form is the schema's number and the program's version, for another version judges otherwise. A file of another
  form, or one that SQLite cannot read, is thrown away by whoever writes next.
- Thrown away: log and log's index first, the file last. Who has it open keeps what he has, and sees that it is gone
  (`is_still`). The other way round a new file could get the old one's log.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from monitor import __version__
from monitor.errors import StoreError
from monitor.model import Term
from monitor.store.archive import Done
from monitor.store.search.index import FILE, TEXT, TITLE, Outlived, Values
from monitor.store.search.matching import EVERY, match_of

SCHEMA = 3
FORM = f"{SCHEMA} {__version__}"
PATIENCE = 5.0  # seconds; readers and the writer do not wait for one another, two that open it may

TABLES = """
CREATE TABLE form (form TEXT NOT NULL) STRICT;
CREATE TABLE rules (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE outlets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE docs ( -- narrow: a search for a common word looks at each of its rows
  number INTEGER PRIMARY KEY, -- its published moment in microseconds, or the next that is free: newest first costs nothing
  first_seen INTEGER NOT NULL, -- likewise in microseconds
  published INTEGER NOT NULL, -- the day in London, counted from 1970
  received INTEGER NOT NULL, -- likewise
  outlet INTEGER NOT NULL,
  rules INTEGER, -- by which it was judged last
  choice TEXT,
  area TEXT,
  article TEXT NOT NULL UNIQUE,
  seal INTEGER NOT NULL -- the archive's, by which a changed row is seen
) STRICT;
CREATE INDEX docs_first_seen ON docs (first_seen, number);
CREATE INDEX docs_judged ON docs (rules, choice, area);
CREATE TABLE aside (article TEXT PRIMARY KEY, seal INTEGER NOT NULL) STRICT, WITHOUT ROWID; -- without a text
CREATE TABLE left_behind (number INTEGER PRIMARY KEY) STRICT; -- words of a row that has changed since
CREATE TABLE verdicts (
  number INTEGER PRIMARY KEY, score INTEGER NOT NULL, topics TEXT NOT NULL, councils TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE topic_of (value TEXT, number INTEGER, place INTEGER, PRIMARY KEY (value, number)) STRICT, WITHOUT ROWID;
CREATE TABLE council_of (value TEXT, number INTEGER, place INTEGER, PRIMARY KEY (value, number)) STRICT, WITHOUT ROWID;
-- Counting the topics of what holds some words begins with the words: without these each hit would walk the whole table.
CREATE INDEX topic_of_number ON topic_of (number, place);
CREATE INDEX council_of_number ON council_of (number, place);
CREATE TABLE prepared ( -- what previews of other rules begin with, worked out beforehand
  name TEXT PRIMARY KEY, digest TEXT NOT NULL, body TEXT NOT NULL -- the rules' digest by which it was
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
"""


DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def can_search() -> bool:
    """Whether this Python's SQLite has FTS5."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE tried USING fts5 (text)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """`mode` as of SQLite's addresses: ro, rw, rwc."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
    )


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether it is an index of this form; a damaged file is none."""
    try:
        return [row[0] for row in connection.execute("SELECT form FROM form")] == [FORM]
    except sqlite3.DatabaseError:
        return False


def made(path: Path) -> sqlite3.Connection:
    """The index at `path`; a new and empty one where there is none that is ours. Raises OSError, sqlite3.Error."""
    connection = connected(path, "rwc")
    try:
        if not is_ours(connection):
            connection.close()
            thrown_away(path.parent)
            path.touch(mode=0o600)
            connection = connected(path, "rw")
            _lay_out(connection)
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "secure_delete=ON", "cache_size=-32000"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(f"BEGIN; {TABLES} COMMIT;")
    connection.execute("INSERT INTO form VALUES (?)", (FORM,))


def thrown_away(folder: Path) -> bool:
    """The index of a data folder, with what SQLite keeps beside it. Whether there was any. Raises OSError."""
    path, was_there = folder / FILE, False
    for beside in (f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
        with suppress(FileNotFoundError):
            path.with_name(beside).unlink()
    with suppress(FileNotFoundError):
        path.unlink()
        was_there = True
    return was_there


def identity(path: Path) -> tuple[int, int] | None:
    """By which one sees that a file was thrown away, or another put in its place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


# ── open ────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_ask(path: Path) -> "FileIndex | None":
    """None where there is none yet that can be asked."""
    try:
        connection = connected(path, "rw")
    except sqlite3.Error:
        return None
    if not is_ours(connection):
        connection.close()
        return None
    return FileIndex(connection, path, identity(path))


def to_write(path: Path) -> "FileIndex":
    """Made where there is none that is ours. Raises StoreError."""
    try:
        connection = made(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The search index {path} cannot be made: {error}.") from error
    return FileIndex(connection, path, identity(path))


@dataclass(frozen=True, slots=True)
class FileIndex:
    connection: sqlite3.Connection
    path: Path
    identity: tuple[int, int] | None
    source: ClassVar[str] = "words CROSS JOIN docs d ON d.number = words.rowid"
    holds: ClassVar[str] = "words MATCH :match"
    rank: ClassVar[str] = f"bm25(words, {TITLE}, {TEXT})"

    def match_of(self, term: Term) -> str:
        return match_of(term)

    def execute(self, sql: str, values: Values = ()) -> Done:
        return self.connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        self.connection.executemany(sql, rows)

    def put_words(self, number: int, title: str, text: str) -> None:
        self.connection.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, title, f"{text} {EVERY}")
        )

    def is_still(self) -> bool:
        return identity(self.path) == self.identity

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def asked(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:
                raise  # a question that is wrong in itself
            raise StoreError(
                f"The search index cannot be read ({error}). It is made anew from the archive; look again in a minute."
            ) from error

    @contextmanager
    def written(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            kind = Outlived if error.sqlite_errorcode & 0xFF in DAMAGED else StoreError
            raise kind(f"The search index {self.path} cannot be written: {error}.") from error
