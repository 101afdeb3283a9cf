"""A table's rows one by one, where they cannot be had all at once: what is damaged is set aside, and named.

A row is damaged where its page cannot be read, a text in it is no UTF-8, a list no JSON, or a value is missing that is
never missing. It is left out, and told by its table and id, never by its text: what is said here goes to terminals,
logs and mails. An index tells which rows there are where the pages of the table do not.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from monitor.store import damage
from monitor.store.damage import KEYS, LONGEST_KEY, Damaged

T = TypeVar("T")

# What reading a row raises where the row is damaged, or the page under it.
DAMAGE = (*damage.DAMAGE, sqlite3.DatabaseError)


@dataclass(frozen=True, slots=True)
class Wanted:
    table: str
    where: str
    parameters: Sequence[object]
    columns: str


def why(error: Exception) -> str:
    if isinstance(error, sqlite3.DatabaseError):
        return "the page under it cannot be read"
    return damage.why(error)


def one_by_one(
    connection: sqlite3.Connection, wanted: Wanted, read: Callable[[Any], T]
) -> tuple[list[T], list[Damaged]]:
    """Raises sqlite3.DatabaseError where not even the rows' numbers can be had."""
    factory, connection.text_factory = connection.text_factory, _decoded
    try:
        good: list[T] = []
        damaged: list[Damaged] = []
        numbers, is_whole = _numbers(connection, wanted)
        for number in numbers:
            try:
                row = _row(connection, wanted, number)
                if row is not None:
                    good.append(read(row))
            except DAMAGE as error:
                damaged.append(Damaged(wanted.table, _key(connection, wanted.table, number), why(error)))
        if not is_whole:
            damaged.append(Damaged(wanted.table, "(some rows)", "the pages that say which cannot be read"))
        return good, damaged
    finally:
        connection.text_factory = factory


def _row(connection: sqlite3.Connection, wanted: Wanted, number: int) -> Any:
    sql = f"SELECT {wanted.columns} FROM {wanted.table} WHERE rowid = ? AND ({wanted.where})"
    return connection.execute(sql, (number, *wanted.parameters)).fetchone()


def _numbers(connection: sqlite3.Connection, wanted: Wanted) -> tuple[list[int], bool]:
    """Of the rows that are wanted, or of all where that cannot be told; and whether these are all there are."""
    table, found = wanted.table, set[int]()
    questions = [
        (f"SELECT rowid FROM {table} WHERE {wanted.where}", wanted.parameters),
        (f"SELECT rowid FROM {table}", ()),
        *((f"SELECT rowid FROM {table} INDEXED BY {index}", ()) for index in _indexes(connection, table)),
        (f"SELECT rowid FROM {table} NOT INDEXED ORDER BY rowid", ()),
        (f"SELECT rowid FROM {table} NOT INDEXED ORDER BY rowid DESC", ()),
    ]
    for sql, parameters in questions:
        try:
            for row in connection.execute(sql, parameters):
                found.add(row[0])
            return sorted(found), True
        except sqlite3.DatabaseError as error:
            last = error
    if not found:
        raise last
    return sorted(found), False


def _indexes(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Those that hold every row."""
    for row in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if not row["partial"]:
            yield f'"{row["name"]}"'


def _key(connection: sqlite3.Connection, table: str, number: int) -> str:
    if (key := KEYS.get(table)) is None:
        return str(number)
    found = None
    with suppress(*DAMAGE):
        found = connection.execute(f"SELECT {key} FROM {table} WHERE rowid = ?", (number,)).fetchone()
    if found is None:
        with suppress(
            *DAMAGE
        ):  # an index knows, and is what SQLite goes through where it has all that is asked for
            rows = connection.execute(f"SELECT {key}, rowid FROM {table}")
            found = next((row for row in rows if row[1] == number), None)
    return str(found[0])[:LONGEST_KEY] if found and found[0] else f"(row {number})"


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8")
