"""The archive's file as a whole: copied while it is used, looked over, taken out of use, put in its place.

- A copy is made with SQLite's own online backup, so it is one state of the archive, its log included, whoever writes
  meanwhile. It gets a family of its own (`lineage.py`): copied back by hand, it is known for what it is.
- A file is looked over by SQLite's integrity_check, and by opening it with our own code, which brings an older one up
  to date.
- An archive is out of use when SQLite gives up its log, which it does only when nobody else has it open; then its file
  alone is all of it, and another can be put in its place in one step.
"""

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import monitor.store.rows as rows
from monitor.errors import ArchiveLost, StoreError
from monitor.store import Store, lineage
from monitor.store.integrity import problems_of
from monitor.store.owner import NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an archive holds, in figures."""

    articles: int
    first: datetime | None  # when the first of its articles was seen
    last: datetime | None
    editions: tuple[int, ...]  # their numbers
    decisions: int
    waiting: tuple[int, ...]  # editions whose e-mail nobody has yet
    of_panels: tuple[tuple[str, int], ...] = ()  # each edition by its panel's key and its number

    def lacks(self, other: "Contents") -> int:
        """How many editions of the other are not in it. In one of before there were keys a number tells alone."""
        held, keyless = set(self.of_panels), {number for panel, number in self.of_panels if panel == NOBODY}
        return sum(
            number not in (keyless if panel else self.editions)
            for panel, number in other.of_panels
            if (panel, number) not in held
        )


def copy_to(archive: Path, copy: Path) -> None:
    """Raises StoreError."""
    with Store.open(archive, make=False) as store:
        store.archive.copy_to(copy)


def look_over(file: Path) -> Contents:
    """Brings an archive that nobody uses up to date, under a family of its own, and says what it holds. Raises
    StoreError where it is not whole."""
    try:
        problems = problems_of(file)
    except sqlite3.DatabaseError as error:
        raise ArchiveLost(f"It is no archive that can be used: {error}.") from error
    if problems:
        raise ArchiveLost(f"It is not the archive that it should be: {problems[0]}.")
    with Store.open(file) as store:
        with store.archive.transaction() as db:
            lineage.new_family(db.conn)
        return contents_of(store)


def contents_of(store: Store) -> Contents:
    found = store.archive.read("SELECT min(first_seen) AS first, max(first_seen) AS last FROM articles")[0]
    return Contents(
        articles=store.articles.count(),
        first=rows.read_moment(found["first"]) if found["first"] else None,
        last=rows.read_moment(found["last"]) if found["last"] else None,
        editions=tuple(edition.number for edition in store.editions.all()),
        decisions=int(store.archive.read("SELECT count(*) AS n FROM decisions")[0]["n"]),
        waiting=tuple(
            message.edition
            for message in store.editions.messages()
            if message.content and not message.receipts
        ),
        of_panels=tuple(
            (str(row["panel"]), int(row["number"]))
            for row in store.archive.read("SELECT panel, number FROM editions ORDER BY panel, number")
        ),
    )


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


def flush(path: Path) -> None:
    """A file, or the names in a folder, onto the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return  # a system that opens no folders
    try:
        os.fsync(handle)
    except OSError:
        pass  # or does not flush them
    finally:
        os.close(handle)
