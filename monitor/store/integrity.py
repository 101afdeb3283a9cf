"""Whether the archive is whole, as far as can be told: at once, and thoroughly.

At once (`at_a_glance`, for `status`): SQLite's quick_check, then what was written last is held against its seals
(`seals.py`), then integrity_check, which holds indexes against tables too; all of it for two seconds at most. An
archive of some tens of megabytes is looked through whole in that time.
Thoroughly (`thoroughly`, for housekeeping): all of that to the end, and every row that can be read as a value is
read as one, so that what is damaged inside a row is found before a draft needs it.
"""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import monitor.store.rows as rows
from monitor.errors import ArchiveLost
from monitor.store.archive import Archive

GLANCE = 2.0  # seconds
MOST = 20  # problems that are named
AT_ONCE = 2000  # rows that are read at a time
_STEPS = 10_000  # of SQLite's own, between two looks at the time

_READERS: dict[str, Callable[[Any], object]] = {
    "articles": rows.read_article,
    "revisions": rows.read_revision,
    "feed_states": rows.read_feed_state,
    "editions": lambda row: (rows.read_kept_edition(row), rows.read_json(row["record"])),
    "decisions": lambda row: rows.read_json(row["record"]),
    "messages": rows.read_message,
    "page_retries": rows.read_retry,
    "page_checks": rows.read_check,
    "host_waits": rows.read_host_wait,
    "polls": rows.read_feed,
    "runs": rows.read_run,
}


def at_a_glance(archive: Archive, seconds: float = GLANCE) -> tuple[str, ...]:
    """What quick_check finds within so many seconds."""
    end = time.monotonic() + seconds

    def is_over() -> bool:
        return time.monotonic() > end

    found = archive.checked("quick_check", MOST, (is_over, _STEPS))
    if not found:
        found = tuple(map(str, islice(archive.broken_seals(is_over), MOST)))
    if not found:
        found = archive.checked("integrity_check", MOST, (is_over, _STEPS))
    return found


def thoroughly(archive: Archive) -> tuple[str, ...]:
    found = archive.checked("integrity_check", MOST)
    rows_found = dict.fromkeys((*_found_in_rows(archive), *_unsealed(archive)))
    return (*found, *rows_found)[:MOST]


def _unsealed(archive: Archive) -> Iterator[str]:
    try:
        yield from map(str, archive.broken_seals())
    except ArchiveLost:
        yield "seals: they cannot be read"


def _found_in_rows(archive: Archive) -> Iterator[str]:
    """The damaged rows of all tables, and those that were met before."""
    for table, read in _READERS.items():
        try:
            last = archive.read(f"SELECT max(rowid) AS last FROM {table}")[0]["last"] or 0
            for first in range(0, last + 1, AT_ONCE):
                archive.values(read, table, "rowid BETWEEN ? AND ?", first, first + AT_ONCE - 1)
        except ArchiveLost:
            yield f"{table}: not even the number of its rows can be read"
    yield from map(str, archive.damaged)
