"""Whose rows a room sees. Editions, messages, decisions, writings, what the operator was told and most runs belong to a
panel, by a key in each row: what one panel's room reads, changes or sends can never be another's.

- A room of one panel sees its own rows alone.
- Rows of before there were keys have the empty one. Where a configuration is of one panel they are that panel's, and
  the first opening to change gives them its key (`adopting.py`); under several nobody sees them, until a person says
  whose they are.
- A room of nobody sees all rows: for what is done to the archive as a whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass

NOBODY = ""  # the key of what all share, and of rows of before there were keys


@dataclass(frozen=True, slots=True)
class Owner:
    panel: str | None = None  # None: all rows are seen
    is_alone: bool = False  # the only panel: rows without a key are its own
    wants: frozenset[str] | None = None  # the addresses of the feeds whose articles it wants; None: all

    @property
    def key(self) -> str:
        """Of the rows that it writes."""
        return self.panel or NOBODY

    @property
    def rows(self) -> str:
        """A condition, with `keys` for its parameters."""
        return "true" if self.panel is None else "panel IN (?, ?)"

    @property
    def keys(self) -> tuple[str, ...]:
        if self.panel is None:
            return ()
        return (self.panel, NOBODY if self.is_alone else self.panel)


def insert_into(table: str, columns: Iterable[str]) -> str:
    """A statement whose parameters are named as the columns."""
    names = tuple(columns)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(f':{name}' for name in names)})"
