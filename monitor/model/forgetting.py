"""Values of forgetting: what may go, what goes, and the record that something was erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """As much of an article as tells whether its time is over."""

    id: str
    first_seen: datetime
    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Goes:
    """What goes because its time is over."""

    texts: tuple[str, ...] = ()  # ids of articles whose text goes
    articles: tuple[str, ...] = ()  # ids of articles of which a digest is left
    editions: tuple[int, ...] = ()
    decisions: tuple[int, ...] = ()  # rows
    messages: tuple[str, ...] = ()
    runs: datetime | None = None  # what was before, but for each job's last
    polls: datetime | None = None  # what was before, but for each feed's last that was answered


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A text of the archive, whatever its table."""

    table: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """That something was erased: when, by whom, how much of which kind. Never what."""

    at: datetime
    by: str  # the user of the machine
    counts: Mapping[str, int]
    rewritten: bool = (
        False  # the archive's file was written anew since, so that nothing stays in its empty pages
    )
