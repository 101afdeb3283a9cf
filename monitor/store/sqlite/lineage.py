"""Whether the log beside an archive is the archive's own.

SQLite keeps what is not yet in `archive.db` in `archive.db-wal`, and takes whatever log it finds there for the
archive's. So a backup that somebody copies over the archive of a run that was killed is silently changed back, or
mixed up, by the log of the file it replaced. To tell them apart, page 1 of the archive carries two numbers, in
fields of the file's head that SQLite leaves to programs, and each transaction writes them:

- *family* (application_id): drawn when an archive is made, and anew for each backup and each restored archive;
- *number* (user_version): one more with every transaction.

A log that belongs here is of the same family and begins no later than right after the file's number, and ends no
earlier than at it. An archive or a log without numbers, of before there were any, is believed. What is written
meanwhile by another process can only look wrong while it happens, so what looks wrong is looked at again before it
is said.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from monitor.store.archive import Statements

LOOKS = 5
_HEAD, _FRAME = 32, 24  # bytes of the head of a log, and of each of its frames
_MAGIC = (0x377F0682, 0x377F0683)


@dataclass(frozen=True, slots=True)
class Mark:
    """As page 1 has it."""

    family: int
    number: int


def log_of(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}-wal")


def index_of(archive: Path) -> Path:
    """What processes share of the log; SQLite makes it anew."""
    return archive.with_name(f"{archive.name}-shm")


def step(connection: sqlite3.Connection) -> None:
    """Within a transaction: the archive's next number, and its family where it has none."""
    number = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.execute(f"PRAGMA user_version = {number % 0x7FFFFFFF + 1}")
    if number == 0:
        new_family(connection)


def new_family(connection: Statements) -> None:
    connection.execute(f"PRAGMA application_id = {secrets.randbelow(0x7FFFFFFE) + 1}")


def is_foreign(archive: Path) -> bool:
    """Whether the log beside the archive is another's. False where neither can be read: SQLite says why."""
    return all(_looks_foreign(archive) for _ in range(LOOKS))


def has_log(archive: Path) -> bool:
    """Whether something may stand in the log that is not in the file."""
    try:
        return log_of(archive).stat().st_size > _HEAD
    except OSError:
        return False


def _looks_foreign(archive: Path) -> bool:
    try:
        if not has_log(archive):
            return False
        before = _mark(archive)
        marks = tuple(_marks(log_of(archive)))
        return _mark(archive) == before and not _belongs(before, marks)
    except OSError:
        return False


def _belongs(own: Mark | None, marks: tuple[Mark, ...]) -> bool:
    if own is None or not own.number or not marks or not marks[-1].number:
        return True
    return own.family == marks[-1].family and marks[0].number - 1 <= own.number <= marks[-1].number


def _mark(archive: Path) -> Mark | None:
    """By way of SQLite, which knows what else of this process is open: the system lets go of all the locks that a process
    has on a file when it closes any descriptor of it, and then another process may take away the log under us."""
    try:
        with closing(sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            numbers = [
                file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
            ]
    except sqlite3.DatabaseError:
        return None
    return Mark(*(number & 0xFFFFFFFF for number in numbers))


def _marks(log: Path) -> Iterator[Mark]:
    """Of each transaction in the log that is whole, in order; later frames are left over from before the log began
    anew."""
    with log.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD or _number(head, 0) not in _MAGIC:
            return
        whole, at, page = _number(head, 8) + _FRAME, _HEAD, None
        size = log.stat().st_size
        while at + whole <= size:
            file.seek(at)
            frame = file.read(_FRAME + 100)
            if frame[8:16] != head[16:24]:
                return
            if _number(frame, 0) == 1:
                page = _mark_on(frame[_FRAME:])
            if _number(frame, 4) and page:  # the last frame of a transaction
                yield page
                page = None
            at += whole


def _mark_on(page: bytes) -> Mark:
    return Mark(family=_number(page, 68), number=_number(page, 60))


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "big")
