"""The kinds of value that stand in our YAML files, each with its check, its message and its JSON Schema.

A message says what was found and what to write instead; the place is added by `yamlfile`.
"""

import re
from datetime import date, time, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from monitor.config.signs import called

Where = tuple[str | int, ...]
"""A place in a file: keys, and list positions from 0: ("feeds", 3, "url")."""


class Section(BaseModel):
    """A block of keys. Unknown keys are mistakes, and nothing is converted: a number is no text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: write a text, or delete the line")
    if sign := next((sign for sign in text if not sign.isprintable()), None):
        raise ValueError(f"holds {_UNPRINTABLE.get(sign) or called(sign)}: write it on one line")
    if not text.strip(" .…"):
        raise ValueError(f"says nothing but {text.strip()}: write a text, or delete the line")
    return text.strip()


_UNPRINTABLE = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


Text = Annotated[str, AfterValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""One line of text, not blank."""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(written: object) -> timedelta:
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(f"{written} is not a length of time: write 30m, 6h or 1d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


Duration = Annotated[
    timedelta,
    PlainValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}[smhd]$", "examples": ["30m", "6h", "1d"]}),
]
"""A number and one of s, m, h, d."""


def _day(written: object) -> date:
    try:
        if isinstance(written, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return date.fromisoformat(written)
    except ValueError:
        pass  # a thirtieth of February
    raise ValueError(f"{written} is not a date: write year-month-day, as in 2026-01-23")


Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A date, as in 2026-01-23."""


def _clock_time(written: object) -> time:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(f'{written} is not a time of day: write "07:00"')
    return time(int(found[1]), int(found[2]))


ClockTime = Annotated[
    time,
    PlainValidator(_clock_time),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$", "examples": ["07:00"]}),
]
"""Hours and minutes on a 24-hour clock."""


def _web_address(written: str) -> str:
    if re.search(r"\s", written) or not written.isprintable():
        raise ValueError("holds a space or an unprintable character: copy the address again, as one word")
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{written} is not a web address: {error}") from error
    if parts.username is not None:
        raise ValueError("carries a user name or password: secrets never stand in this file; delete them")
    if parts.scheme not in ("http", "https"):
        raise ValueError(
            f"{written} is not a web address: write it in full, with https:// (or http://) in front"
        )
    if not host or port == 0:
        raise ValueError(
            f"{written} names no server: write it in full, as in https://www.example.org/news/rss/"
        )
    return written


WebAddress = Annotated[
    str,
    AfterValidator(_web_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
"""An http(s) address with a host and without a password, kept exactly as written."""
