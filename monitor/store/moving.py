"""An archive copied to another place, row by row: from a file to a server, or back.

    nothing is there | every row, with its number | what was written is read again, and compared

- The copy is of one state, whoever writes meanwhile; and there afterwards whole, or not at all: it is one transaction.
  One that was broken off is begun anew.
- A table's rows keep their order, and what stands in records and documents by number keeps its number.
- Not copied is what each keeps for itself: the seals of a file, and the steps by which its tables were laid.
- NUL, which PostgreSQL has in no text, becomes U+FFFD, and that is no difference.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from monitor.errors import StoreError
from monitor.store.archive import Archive, Transaction

BATCH = 500  # rows that are held at a time
NUMBERED = (
    "decisions",
    "writings",
    "erasures",
)  # whose rows are numbered by `id`, in a file the rowid itself
_EMPTY_ONES_HOLD = "forgotten_key"  # a row that is made with the archive
_OWN = ("seals",)

Progress = Callable[[str, int, int], None]
Columns = Mapping[str, tuple[str, ...]]


def copied(source: Archive, target: Archive, progress: Progress = lambda *_: None) -> Mapping[str, int]:
    """How many rows of each table. Raises StoreError where the target holds anything; then it is as it was."""
    with source.snapshot(), target.transaction(lasting=True) as db:
        if held := [
            table for table in _tables(target) if table != _EMPTY_ONES_HOLD and _count(target, table)
        ]:
            raise StoreError(
                f"The archive {target.path} holds something ({', '.join(held)}), and nothing was copied: name one that is "
                "empty, or not there yet."
            )
        return filled(source, target, db, progress)


def filled(
    source: Archive, target: Archive, db: Transaction, progress: Progress = lambda *_: None
) -> Mapping[str, int]:
    """Within a transaction of an archive that holds nothing, and with the source in a snapshot. Raises StoreError."""
    tables = _common(source, target)
    counts = {table: _count(source, table) for table in tables}
    whole, done = 2 * sum(counts.values()), 0
    db.execute(f"DELETE FROM {_EMPTY_ONES_HOLD}")
    for table, columns in tables.items():
        for rows in _rows(source, table, columns):
            _insert(db, target, table, columns, rows)
            progress("Copying rows", done := done + len(rows), whole)
    target.settle()
    for table, columns in tables.items():
        pairs = zip(_rows(source, table, columns), _rows(target, table, columns), strict=False)
        compared = 0
        for there, here in pairs:
            _compare(table, there, here)
            compared += len(here)
            progress("Comparing rows", done := done + len(here), whole)
        if compared != counts[table]:
            raise _differs(table)
    return counts


def _tables(archive: Archive) -> Columns:
    return {table: columns for table, columns in archive.columns().items() if table not in _OWN}


def _common(source: Archive, target: Archive) -> Columns:
    there, here = _tables(source), _tables(target)
    if wrong := [table for table in there if table in here and set(there[table]) != set(here[table])]:
        raise StoreError(f"{source.path} and {target.path} have other columns in {', '.join(sorted(wrong))}.")
    return {table: columns for table, columns in sorted(there.items()) if table in here}


def _count(archive: Archive, table: str) -> int:
    return int(archive.read(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def _rows(archive: Archive, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """Each beginning with its number, in order."""
    names, last = ", ".join(f'"{column}"' for column in columns), -1
    sql = f"SELECT rowid AS place, {names} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {BATCH}"
    while found := archive.read(sql, last):
        yield [tuple(row[name] for name in ("place", *columns)) for row in found]
        last = found[-1]["place"]


def _insert(
    db: Transaction, target: Archive, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    names, values = ("rowid", *columns), rows
    if table in NUMBERED and target.numbers_by_id:
        names, values = tuple(columns), [row[1:] for row in rows]
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    db.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", values)


def _compare(table: str, there: Sequence[tuple[Any, ...]], here: Sequence[tuple[Any, ...]]) -> None:
    first = 1 if table in NUMBERED else 0
    for one, other in zip(there, here, strict=False):
        if tuple(map(_plain, one[first:])) != tuple(map(_plain, other[first:])):
            raise _differs(table)
    if len(there) != len(here):
        raise _differs(table)


def _plain(value: object) -> object:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _differs(table: str) -> StoreError:
    return StoreError(f"What was copied of {table} is not what is there, so nothing was kept.")
