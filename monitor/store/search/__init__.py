"""The index over the archive: `search.db` beside it, derived, thrown away and made anew at any time.

    archive | `Intake.take` (a worker of the desk) | search.db | `SearchIndex`: find, count, verdicts, candidates

index.py     an open index, in a file or on a server
file.py      in a file: opened, made, thrown away; what another version or a damaged disk left is never read
intake.py    what is written, in small transactions, by one writer
asking.py    what is asked: `SearchIndex`
matching.py  a tree of words as FTS5 wants it, each word quoted

Beside an archive on a server it is a schema there (`postgresql/search.py`), with the same tables, its words by tsvector.

It holds the words of the texts, the verdicts by one set of rules, and what a preview of other rules begins with. It is in no backup and has no seals; what is erased
or pruned takes the whole file with it (`thrown_away`).
"""

from collections.abc import Hashable

import monitor.store as stores
from monitor.store.search import file
from monitor.store.search.asking import SearchIndex, asked_of
from monitor.store.search.file import can_search, identity
from monitor.store.search.index import FILE, Outlived
from monitor.store.search.intake import Intake
from monitor.store.server import Server, Where

__all__ = [
    "FILE",
    "Intake",
    "all_thrown_away",
    "Outlived",
    "SearchIndex",
    "can_search",
    "identity_of",
    "open_to_ask",
    "open_to_write",
    "stamp_of",
    "thrown_away",
]


def open_to_ask(where: Where, digest: str) -> SearchIndex | None:
    """The index with the verdicts by the rules of this digest (`Rules.digest`); None where there is none yet that can
    be asked. Raises StoreError."""
    if isinstance(where, Server):
        from monitor.store.postgresql import search  # which an archive in a file can do without

        on_server = search.to_ask(where)
        return asked_of(on_server, digest) if on_server else None
    index = file.to_ask(where)
    return asked_of(index, digest) if index else None


def open_to_write(where: Where) -> Intake:
    """The index, made where there is none that is ours. Raises StoreError."""
    if isinstance(where, Server):
        from monitor.store.postgresql import search

        return Intake(search.to_write(where))
    return Intake(file.to_write(where))


def thrown_away(where: Where) -> bool:
    """The index, with what SQLite keeps beside it. Whether there was any. Raises OSError and StoreError."""
    if isinstance(where, Server):
        from monitor.store.postgresql import search

        return search.thrown_away(where)
    return file.thrown_away(where.parent)


def all_thrown_away(archive: Server) -> None:
    """Of an archive on a server, every panel's index. Raises StoreError."""
    from monitor.store.postgresql import search

    search.all_thrown_away(archive)


def stamp_of(where: Where) -> Hashable:
    """By which one sees that the index was written since. Raises StoreError."""
    if isinstance(where, Server):
        from monitor.store.postgresql import search

        return search.stamp_of(where)
    return stores.stamp_of(where)


def identity_of(where: Where) -> tuple[int, int] | None:
    """By which one sees that it was thrown away, or another put in its place. Raises StoreError."""
    if isinstance(where, Server):
        from monitor.store.postgresql import search

        return search.identity_of(where)
    return identity(where)
