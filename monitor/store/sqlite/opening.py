"""A connection to the archive's file, however it may be used: to write, only to read, or as it was put there by hand.

- A log that is another archive's (`lineage.py`) is put aside under a name of its own before SQLite sees it, and that is
  said; who may not write reads the file without it.
- Who may not write (a folder or a disk that is read-only, another user's file) reads all the same: SQLite alone would
  want to make its index of the log there. With no log the file is read as one that does not change; with one, both are
  copied to where one may write.
- So does everybody on a disk that is full, where that index has no room either.
- An archive of an older version that cannot be brought up to date where it is, is brought so in memory.
"""

import logging
import shutil
import sqlite3
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.paths import exists
from monitor.store.sqlite.lineage import has_log, index_of, is_foreign, log_of, new_family

log = logging.getLogger("monitor.store")

WAIT = 30.0  # seconds for who is writing
# What SQLite says where it may not write, or cannot make the files that it needs beside the archive.
_REFUSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
# What it says on a disk that is full: of the archive itself, and of the index of the log, which it calls an I/O error.
_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}


def to_write(path: Path) -> sqlite3.Connection:
    """Raises OSError and sqlite3.Error."""
    is_put_there = False
    if has_log(path) and is_foreign(path):
        aside = put_aside(path)
        log.warning(
            "%s was put there over an archive whose last run was killed: that one's changes are not taken for its own; "
            "they are kept in %s.",
            path,
            aside.name,
        )
        is_put_there = True
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    if is_put_there:
        try:
            connection.execute("BEGIN IMMEDIATE")
            new_family(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return connection


def to_read(path: Path) -> sqlite3.Connection:
    """Raises OSError and sqlite3.Error."""
    try:
        connection = to_write(path)
    except (PermissionError, sqlite3.OperationalError) as error:
        if not _may_be_read(error):
            raise
        return _only_read(path, error)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if not _may_be_read(error):
            raise
        return _only_read(path, error)
    return connection


def is_refused(error: BaseException) -> bool:
    """Whether it was only writing that was refused."""
    return isinstance(error, PermissionError) or getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSED


def is_for_want_of_room(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", 0) in _NO_ROOM or getattr(error, "errno", 0) == ENOSPC


def _may_be_read(error: BaseException) -> bool:
    return is_refused(error) or is_for_want_of_room(error)


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy that may be changed; the connection is closed."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
    except BaseException:
        copy.close()
        raise
    finally:
        connection.close()
    return copy


def unchanging(path: Path) -> sqlite3.Connection:
    """The file alone, without its log, as one that nobody writes."""
    address = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _only_read(path: Path, why: BaseException) -> sqlite3.Connection:
    if is_for_want_of_room(why):
        log.warning("There is no room left on the disk of %s: it is read, and nothing can be stored.", path)
    if not has_log(path) or is_foreign(path):
        return unchanging(path)
    with TemporaryDirectory(prefix="monitor-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(log_of(path), log_of(copy))
        return in_memory(sqlite3.connect(copy, isolation_level=None))


def put_aside(path: Path) -> Path:
    """The log beside an archive, under a name that SQLite does not look for."""
    number = 1
    while exists(aside := path.with_name(f"{path.name}.old-wal-{number}")):
        number += 1
    log_of(path).replace(aside)
    index_of(path).unlink(missing_ok=True)
    return aside
