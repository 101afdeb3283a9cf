"""A digest of every row that cannot be had again, by which a flipped bit in its text is found.

SQLite sees when the frame of its file is broken, and nothing when a letter of a text is. So each row of an article, a
revision, an edition, a decision and a message has its seal in a table of its own. Triggers mark what is written, by
whomever, as not sealed yet; the transaction that wrote it seals it before it ends. What then differs from its seal was
changed by nobody: it is damaged.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from monitor.store.damage import Damaged

AT_ONCE = 500  # rows that are held against their seals at a time

# The key of a row, and what is sealed of it: named, because tables get columns.
_ROOMS = {
    "articles": (
        "id",
        "id url outlet feed title paragraphs published published_is_guess first_seen text_from text_reason shared_key "
        "page_title",
    ),
    "revisions": ("article || ' ' || at", "article at what title paragraphs"),
    "editions": (
        "panel || ' ' || number",
        "number made since until meeting items rules_digest record weekly",
    ),
    "decisions": ("id", "id edition learned digest source record"),
    "messages": ("id", "id edition composed content state detail tried doubts receipts"),
}
MADE = """
CREATE TABLE seals (room TEXT NOT NULL, key TEXT NOT NULL, seal INTEGER, UNIQUE (room, key)) STRICT;
CREATE INDEX unsealed ON seals (room, key) WHERE seal IS NULL;
"""


_MARKED = "SELECT room, key FROM seals WHERE seal IS NULL LIMIT ?"


def statements() -> Iterator[str]:
    """What makes the table, the triggers that mark rows, and the marks of the rows there are: as it was when seals came
    in, and editions were known by their number alone."""
    yield from filter(None, map(str.strip, MADE.split(";")))
    for room, (key, _) in _ROOMS.items():
        then = "number" if room == "editions" else key
        yield from _triggers(room, then)
        yield f"INSERT OR IGNORE INTO seals (room, key) SELECT '{room}', CAST({then} AS TEXT) FROM {room}"


def of_panels() -> Iterator[str]:
    """What editions want when they come to be known by their panel too: their triggers, which went with the table that
    was made anew, and the names that their seals go by."""
    yield from _triggers("editions", _ROOMS["editions"][0])
    yield "UPDATE seals SET key = ' ' || key WHERE room = 'editions'"


def _triggers(room: str, key: str) -> Iterator[str]:
    new, old = _of(key, "NEW"), _of(key, "OLD")
    mark = f"INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('{room}', {new}, NULL);"
    gone = f"DELETE FROM seals WHERE room = '{room}' AND key = {old};"
    yield f"CREATE TRIGGER {room}_written AFTER INSERT ON {room} BEGIN {mark} END"
    yield f"CREATE TRIGGER {room}_changed AFTER UPDATE ON {room} BEGIN {gone} {mark} END"
    yield f"CREATE TRIGGER {room}_removed AFTER DELETE ON {room} BEGIN {gone} END"


def _of(key: str, row: str) -> str:
    """The key as a trigger names it."""
    words = " || ' ' || ".join(f"{row}.{word}" for word in key.split(" || ' ' || "))
    return f"CAST({words} AS TEXT)"


@contextmanager
def kept(connection: sqlite3.Connection, old: str, new: str) -> Iterator[None]:
    """Inside, rows of one panel become another's; what is sealed of them stays, and so their seals do."""
    names = {"decisions": "CAST(id AS TEXT)", "messages": "id", "editions": "panel || ' ' || number"}
    held: list[tuple[int | None, str, str]] = []
    for room, name in names.items():
        sql = f"SELECT key, seal FROM seals WHERE room = ? AND key IN (SELECT {name} FROM main.{room} WHERE panel = ?)"
        for key, seal in map(tuple, connection.execute(sql, (room, old)).fetchall()):
            held.append((seal, room, new + key.removeprefix(old) if room == "editions" else key))
    yield
    connection.executemany("UPDATE seals SET seal = ? WHERE room = ? AND key = ?", held)


def seal_what_is_not(connection: sqlite3.Connection) -> None:
    """Within a transaction that wrote."""
    while marked := connection.execute(_MARKED, (AT_ONCE,)).fetchall():
        by_room: dict[str, list[str]] = {}
        for room, key in map(tuple, marked):
            by_room.setdefault(room, []).append(key)
        for room, keys in by_room.items():
            seals = _seals_of(connection, room, keys)
            values = [(seals.get(key, 0), room, key) for key in keys]
            connection.executemany("UPDATE seals SET seal = ? WHERE room = ? AND key = ?", values)


def broken(connection: sqlite3.Connection, is_over: Callable[[], bool]) -> Iterator[Damaged]:
    """The rows that differ from their seals, those written last first, until it is over."""
    last = connection.execute("SELECT coalesce(max(rowid), 0) FROM seals").fetchone()[0]
    for upper in range(last, 0, -AT_ONCE):
        if is_over():
            return
        held: dict[str, dict[str, int]] = {}
        sql = "SELECT room, key, seal FROM seals WHERE rowid > ? AND rowid <= ? AND seal IS NOT NULL"
        for room, key, seal in map(tuple, connection.execute(sql, (upper - AT_ONCE, upper)).fetchall()):
            held.setdefault(room, {})[key] = seal
        for room, seals in held.items():
            if room in _ROOMS:
                yield from _broken_of(connection, room, seals)


def _broken_of(connection: sqlite3.Connection, room: str, seals: dict[str, int]) -> Iterator[Damaged]:
    try:
        found = _seals_of(connection, room, list(seals))
    except sqlite3.DatabaseError:
        found = {}
        for key in seals:
            try:
                found |= _seals_of(connection, room, [key])
            except sqlite3.DatabaseError:
                yield Damaged(room, key[:100], "the page under it cannot be read")
                found[key] = seals[key]
    for key, seal in seals.items():
        if key not in found:
            yield Damaged(room, key[:100], "it is not found any more")
        elif found[key] != seal:
            yield Damaged(room, key[:100], "it is not as it was written")


def _seals_of(connection: sqlite3.Connection, room: str, keys: list[str]) -> dict[str, int]:
    key, columns = _ROOMS[room]
    raw = ", ".join(f"CAST({column} AS BLOB)" for column in columns.split())
    plain = key if " " not in key else f"({key})"
    sql = (
        f"SELECT CAST({plain} AS TEXT), {raw} FROM main.{room} "
        f"WHERE {plain} IN (SELECT {'CAST(value AS INTEGER)' if room in _NUMBERED else 'value'} FROM json_each(?))"
    )
    return {row[0]: _digest(row[1:]) for row in map(tuple, connection.execute(sql, (json.dumps(keys),)))}


_NUMBERED = ("decisions",)


def _digest(values: tuple[Any, ...]) -> int:
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        digest.update(b"-" if value is None else b"%d:" % len(value))
        digest.update(value or b"")
    return int.from_bytes(digest.digest(), "big", signed=True)
