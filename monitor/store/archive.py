"""The archive as the rooms know it, wherever it stands: asked with `read` and `values`, changed within `transaction`.

It is a file of SQLite's (`sqlite/`) or a schema on a PostgreSQL server (`postgresql/`), and no room knows which:

- *The same statements.* They are written in what both understand: `?` or `:name` for values, ON CONFLICT instead of OR
  REPLACE, `ok = 1` instead of `ok`, FILTER instead of sums of conditions, `IN (SELECT value FROM json_each(?))` for a
  list, every table with a `rowid`, columns that are words of SQL in double quotes, `main.` before the name of a table
  that who only reads may see through a view. What SQLite has and PostgreSQL lacks is in `postgresql/likeness.py`.
- *The same transactions.* One writer at a time, however many read; what is read within `snapshot` is one state.
- *The same words.* What a server or a file cannot do is a StoreError that names the archive.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from monitor.store.damage import Damaged

NAMED = 5  # damaged rows in one line

log = logging.getLogger("monitor.store")

T = TypeVar("T")

Values = Sequence[object] | Mapping[str, object]


class Done(Protocol):
    """What a statement did."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Statements(Protocol):
    """A connection, as both libraries have it."""

    def execute(self, sql: str, values: Values = ..., /) -> Any: ...

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Transaction:
    """By which a room writes."""

    on: Statements

    def execute(self, sql: str, values: Values = ()) -> Done:
        done: Done = self.on.execute(sql, values)
        return done

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        self.on.executemany(sql, rows)


class Archive(ABC):
    """Open; close it, or use it as a context manager."""

    numbers_by_id: bool  # whether the rowid of a table with a numbered `id` is that

    def __init__(self, path: str, home: Path) -> None:
        self.path = path  # how it is named to people; of a file, where it is
        self.home = home  # the folder whose documents it knows by their names there
        self.damaged: dict[
            Damaged, None
        ] = {}  # rows that were set aside, in the order in which they were met

    # ── read ────────────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def read(self, sql: str, *parameters: object) -> list[Any]:
        """The rows of a question. Raises StoreError."""

    @abstractmethod
    def values(
        self,
        read: Callable[[Any], T],
        table: str,
        where: str = "true",
        *parameters: object,
        columns: str = "*",
        order: str = "rowid",
        by: Callable[[T], Any] | None = None,
        most: int = -1,
    ) -> tuple[T, ...]:
        """The rows of a table that are wanted, as values, in the SQL's order; those that are damaged are set aside and
        named, and the others then come in that of `by`. Raises StoreError.
        """

    @abstractmethod
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Of every table, whoever made it, but those of the archive's own steps. Raises StoreError."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """What is read inside is one state of the archive; nothing is written inside. Raises StoreError."""

    # ── write ───────────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def transaction(self, *, lasting: bool = False) -> AbstractContextManager[Transaction]:
        """What is written inside is kept whole or not at all. Raises StoreError.

        `lasting`: it outlives a power cut from the moment it is done, and so must what others are told right after.
        """

    @abstractmethod
    def in_one_go(self) -> AbstractContextManager[None]:
        """Within a transaction: statements inside of which nobody asks what they did. A server is sent them all at once,
        which for a feed's poll is a third of the time."""

    @abstractmethod
    def renaming(self, old: str, new: str) -> AbstractContextManager[None]:
        """Within a transaction: what is changed inside has another panel's key afterwards, and is otherwise as it was."""

    @abstractmethod
    def settle(self) -> None:
        """Within a transaction that brought rows with their numbers: later ones come after them, and the engine knows
        how many there are."""

    def moment(self, clock: Callable[[], datetime]) -> datetime:
        """What the time is while nobody writes: all that is stored is seen before, and all that will be is not."""
        with self.transaction():
            return clock()

    # ── as a whole ──────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def close(self) -> None:
        """With all that was written where others find it."""

    @abstractmethod
    def stamp(self) -> int:
        """Another after each transaction. Raises StoreError."""

    @abstractmethod
    def server(self) -> str | None:
        """The server's program and version; None of a file."""

    @abstractmethod
    def size(self) -> int:
        """In bytes. Raises StoreError."""

    @abstractmethod
    def checked(
        self, check: str, most: int, until: tuple[Callable[[], bool], int] | None = None
    ) -> tuple[str, ...]:
        """What quick_check or integrity_check finds, so many lines at most. `until`: what ends it, and how often
        that is asked; what it has found by then is lost. Nothing of a server's, which sees to its own files."""

    @abstractmethod
    def broken_seals(self, is_over: Callable[[], bool] = lambda: False) -> Iterator[Damaged]:
        """The rows that are not as they were written, those written last first, until it is over. Raises StoreError."""

    @abstractmethod
    def give_back(self) -> bool:
        """The room of what was deleted. False where somebody who reads meanwhile prevents it: then the next time does
        it."""

    @abstractmethod
    def written_anew(self) -> bool:
        """All of it: nothing stays of what was ever deleted, by whatever version. False as for `give_back`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def set_aside(self, *damaged: Damaged) -> None:
        """Names each once, for as long as the archive is open."""
        new = [one for one in damaged if one not in self.damaged]
        if not new:
            return
        self.damaged |= dict.fromkeys(new)
        more = f" and {len(new) - NAMED} more" if len(new) > NAMED else ""
        log.warning("%s: damaged and set aside: %s%s", self.path, "; ".join(map(str, new[:NAMED])), more)
