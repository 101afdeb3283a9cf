"""Editions and what was learned, read from their records. One that cannot be read is set aside, and named: a draft goes
on without it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from monitor.errors import InputError
from monitor.model import Edition, Learned
from monitor.reporting.edition.record import read_edition, read_learned
from monitor.store import Store
from monitor.store.damage import Damaged

T = TypeVar("T")


def edition_of_number(store: Store, number: int) -> Edition | None:
    record = store.editions.record(number)
    return _read(store, read_edition, "editions", number, record) if record else None


def editions_of_numbers(store: Store, numbers: Iterable[int]) -> tuple[Edition, ...]:
    """Those that there are, in the same order."""
    found = (edition_of_number(store, number) for number in numbers)
    return tuple(edition for edition in found if edition)


def all_learned(store: Store) -> tuple[Learned, ...]:
    """What holds of what the officer said."""
    found = (
        _read(store, read_learned, "decisions", number, record)
        for number, record in store.decisions.numbered()
    )
    return tuple(learned for learned in found if learned)


def _read(store: Store, read: Callable[[str], T], table: str, number: int, record: str) -> T | None:
    try:
        return read(record)
    except (InputError, KeyError, AttributeError):
        # Not with the reader's own words, which repeat what stands there.
        store.archive.set_aside(Damaged(table, str(number), "its record cannot be read"))
        return None
