"""An archive of an older version is brought up to date: all the steps that it lacks, or none.

1. A copy of it as it is now is made first, so that one can go back to the version that wrote it: an older version does
   not read what a newer one has changed. It is SQLite's own copy, whole also while others read, and stands in
   `backups` beside the archive, named by the first of the steps: `archive-before-m_left_feeds.db`.
2. Where no copy can be made nothing is changed.
3. The copy of an earlier upgrade is removed when the new one is whole: an archive holds personal data, and what is
   forgotten in it is not to stay in a row of copies.

It is done within a transaction that has begun: nobody writes meanwhile, and what fails is undone by whoever began it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.paths import exists, is_folder
from monitor.store.sqlite.schema import migrations

FOLDER = "backups"  # beside the archive
_NAME = "{stem}-before-{step}.db"


def refuse_newer(db: Database, path: str) -> None:
    """Raises StoreError where a newer version of the monitor has changed the archive."""
    newer = [migration.name for migration in migrations.applied(db) if migration.name not in _known()]
    if not newer:
        return
    copy = copy_of(Path(path), newer[0])
    back = (
        f" {copy} is how it was before: put it in its place to go on with this version."
        if exists(copy)
        else ""
    )
    raise StoreError(
        f"The archive {path} was made by a newer version of the monitor ({newer[-1]}). "
        f"Install that version, or name another folder with --data.{back}"
    )


@cache
def _known() -> frozenset[str]:
    with Database(memory=True) as empty:
        return frozenset(migration.name for migration in migrations.pending(empty))


def upgrade(db: Database) -> None:
    """Within a transaction, for two commands may find the same archive old. Raises StoreError."""
    pending = migrations.pending(db)
    file = _file_of(db)
    if pending and file and migrations.applied(db):
        _keep_copy(file, pending[0].name)
    migrations.apply(db)


def copy_of(archive: Path, step: str) -> Path:
    """Where the copy from before a step stands."""
    return archive.parent / FOLDER / _NAME.format(stem=archive.stem, step=step)


def _file_of(db: Database) -> Path | None:
    """None for an archive in memory."""
    name = next(row[2] for row in db.conn.execute("PRAGMA database_list") if row[1] == "main")
    return Path(name) if name else None


def _keep_copy(archive: Path, step: str) -> None:
    copy = copy_of(archive, step)
    part = copy.with_name(f".{copy.name}.part")
    try:
        if not is_folder(copy.parent):
            copy.parent.mkdir(mode=0o700)
            _as_the_archive(copy.parent, archive)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _as_the_archive(part, archive)
        _copy(archive, part)
        part.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink()
        raise StoreError(
            f"The archive {archive} is of an older version, and was left as it is: the copy that is made before it "
            f"is brought up to date could not be written to {copy.parent} ({error}). See to that, then call again."
        ) from error
    _forget_others(copy, archive)


def _copy(archive: Path, file: Path) -> None:
    """By a connection of its own: it sees what is committed, and not what our transaction has begun."""
    source = f"{archive.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as old,
        closing(sqlite3.connect(file, isolation_level=None)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # so that the one file is all of it


def _as_the_archive(path: Path, archive: Path) -> None:
    """What root makes for an upgrade is its user's: else that user's next one could not write there."""
    was = archive.stat()
    if os.name != "nt" and os.geteuid() == 0 and was.st_uid != 0:
        os.chown(path, was.st_uid, was.st_gid)


def _forget_others(copy: Path, archive: Path) -> None:
    for other in copy.parent.glob(_NAME.format(stem=archive.stem, step="*")):
        if other != copy:
            with suppress(OSError):
                other.unlink()
