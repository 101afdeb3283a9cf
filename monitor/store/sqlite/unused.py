"""A file that nobody uses, or is to be used by nobody: looked over, and taken out of use.

An archive is out of use when SQLite gives up its log, which it does only when nobody else has it open; then its file
alone is all of it, and another can be put in its place in one step.
"""

import sqlite3
from pathlib import Path

from monitor.errors import ArchiveLost, StoreError

MOST = 20  # problems that are named


def problems_of(file: Path) -> tuple[str, ...]:
    """What integrity_check finds. Raises ArchiveLost where it is no archive at all."""
    try:
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({MOST})")]
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
                found = ["it holds no table of ours"]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise ArchiveLost(f"It is no archive that can be used: {error}.") from error
    return () if found == ["ok"] else tuple(found)


def take_out_of_use(archive: Path) -> bool:
    """Whether nobody else has it open; then its file alone is all of it. Raises StoreError where it is damaged, so that
    what is in its log stays there."""
    try:
        connection = sqlite3.connect(archive, timeout=1, isolation_level=None)
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise StoreError(f"The archive {archive} cannot be used: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise ArchiveLost(f"The archive {archive} is damaged: {error}.") from error
    return str(mode) == "delete"
