"""The archive's file as a whole: copied while it is used, looked over, taken out of use, put in its place.

- A copy is made with SQLite's own online backup, so it is one state of the archive, its log included, whoever writes
  meanwhile. It gets a family of its own (`lineage.py`): copied back by hand, it is known for what it is.
- A file is looked over by SQLite's integrity_check, and by opening it with our own code, which brings an older one up
  to date.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import monitor.store.rows as rows
from monitor.errors import ArchiveLost
from monitor.store import Store, archive_at
from monitor.store.moving import copied, filled
from monitor.store.owner import NOBODY
from monitor.store.server import Server, Where
from monitor.store.sqlite import lineage
from monitor.store.sqlite.file import FileArchive
from monitor.store.sqlite.unused import problems_of


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


def copy_to(where: Where, copy: Path) -> None:
    """A file of SQLite's, also of an archive on a server. Raises StoreError."""
    if isinstance(where, Path):
        with FileArchive.open(where, make=False) as archive:
            archive.copy_to(copy)
    else:
        with archive_at(where, make=False) as source, FileArchive.open(copy) as target:
            copied(source, target)


def replace_on(server: Server, file: Path, aside: str) -> None:
    """What the file holds is the archive there from then on, and the one of before a schema of another name, in one
    step. Raises StoreError."""
    from monitor.store.postgresql.archive import ServerArchive  # which an archive in a file can do without

    target = ServerArchive.open(server)
    assert target
    with (
        target,
        FileArchive.open(file, make=False) as source,
        source.snapshot(),
        target.begun_anew(aside) as db,
    ):
        filled(source, target, db)


def look_over(file: Path) -> Contents:
    """Brings an archive that nobody uses up to date, under a family of its own, and says what it holds. Raises
    StoreError where it is not whole."""
    if problems := problems_of(file):
        raise ArchiveLost(f"It is not the archive that it should be: {problems[0]}.")
    with Store.open(file) as store:
        with store.archive.transaction() as db:
            lineage.new_family(db)
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
