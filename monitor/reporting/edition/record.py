"""An edition as JSON, and back, exactly: what the store keeps and what scripts read. Likewise an edited document as it
was understood.

The keys are the names of `model.Edition` and of the values inside it, in that order; `docs/edition.schema.json`
describes each. Days are ISO 8601 dates, moments ISO 8601 in UTC, lists keep their order. A key that a record lacks
takes the value's default, so that a record outlives the addition of a field.
"""

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from monitor.errors import InputError
from monitor.model import Edition, Learned


def edition_record(edition: Edition) -> str:
    """The edition as JSON text, ending in a line break."""
    return json.dumps(asdict(edition), default=_iso, ensure_ascii=False, indent=2) + "\n"


@lru_cache(
    maxsize=4
)  # frozen values: a desk asks for the same few with every page, and one is a tenth of a second
def read_edition(text: str) -> Edition:
    """The edition that `edition_record` wrote. Raises `InputError` for anything else."""
    try:
        edition: Edition = _read(Edition, json.loads(text))
    except (ValueError, TypeError, RecursionError) as flaw:
        raise InputError(f"this is not the record of an edition: {flaw}") from flaw
    return edition


def learned_record(learned: Learned) -> str:
    return json.dumps(asdict(learned), default=_iso, ensure_ascii=False)


def read_learned(text: str) -> Learned:
    """What `learned_record` wrote. Raises `InputError` for anything else."""
    try:
        learned: Learned = _read(Learned, json.loads(text))
    except (ValueError, TypeError, RecursionError) as flaw:
        raise InputError(f"this is not the record of a learned document: {flaw}") from flaw
    return learned


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a record")


def _read(kind: Any, raw: Any) -> Any:
    """The value of the given type that `raw`, fresh from JSON, stands for."""
    inside = get_args(kind)
    if NoneType in inside:
        return None if raw is None else _read(inside[0], raw)
    if get_origin(kind) is tuple:
        listed = _plain(list, raw)
        if inside[0] is str and all(type(one) is str for one in listed):
            return tuple(listed)  # the ids of ten thousand articles, one by one, were half of a record's time
        return tuple(_read(inside[0], one) for one in listed)
    if is_dataclass(kind):
        return _read_fields(kind, _plain(dict, raw))
    if kind is datetime:
        return _aware(datetime.fromisoformat(_plain(str, raw)))
    if kind is date:
        return date.fromisoformat(_plain(str, raw))
    if issubclass(kind, StrEnum):
        return kind(raw)
    return _plain(kind, raw)


def _read_fields(kind: Any, raw: dict[str, Any]) -> Any:
    return kind(**{name: _read(type, raw[name]) for name, type in _fields(kind) if name in raw})


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The names of a value's fields with their types."""
    types = get_type_hints(kind)
    return tuple((each.name, types[each.name]) for each in fields(kind))


def _plain(kind: type, raw: Any) -> Any:
    if type(raw) is not kind:  # not isinstance: True is no count
        raise TypeError(f"{raw!r:.80} where a {kind.__name__} should stand")
    return raw


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment
