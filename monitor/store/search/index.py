"""An open index, as what is asked of it and what is written into it need it: in a file (`file.py`), or on a server
(`postgresql/search.py`). The statements are the same; these differ: how words are sought, ranked and taken in."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from monitor.errors import StoreError
from monitor.model import Term
from monitor.store.archive import Done

Values = Sequence[object] | Mapping[str, Any]

FILE = "search.db"
TITLE, TEXT = 4.0, 1.0  # what a hit weighs, by where it stands


class Outlived(StoreError):
    """The index is of no more use: its writer throws it away, and makes another."""


class Index(Protocol):
    """Rows are tuples. `source` joins `docs d` to what holds the words, `holds` is a condition with the value `match`,
    `rank` is the smaller the better."""

    @property
    def source(self) -> str: ...

    @property
    def holds(self) -> str: ...

    @property
    def rank(self) -> str: ...

    def match_of(self, term: Term) -> str: ...

    def execute(self, sql: str, values: Values = ...) -> Done: ...

    def executemany(self, sql: str, rows: Iterable[Values]) -> None: ...

    def put_words(self, number: int, title: str, text: str) -> None: ...

    def at_one_moment(self) -> AbstractContextManager[None]: ...

    def transaction(self) -> AbstractContextManager[None]: ...

    def asked(self) -> AbstractContextManager[None]:
        """Says what cannot be read as a StoreError."""

    def written(self) -> AbstractContextManager[None]:
        """Says what cannot be written as a StoreError, what is of no more use as an Outlived."""

    def is_still(self) -> bool:
        """False where it was thrown away meanwhile."""

    def close(self) -> None: ...
