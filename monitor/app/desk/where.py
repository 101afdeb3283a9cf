"""Where is this story? By its address, or by words of its headline: what became of it, and if it is not here, why."""

from dataclasses import dataclass
from datetime import datetime

from monitor.app.desk.opened import OpenDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to it or did not, in the order in which a story comes to the report."""

    what: str  # "Seen", "Text", "Judged", "Report"
    says: str  # a sentence
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One stored article."""

    article: str
    title: str
    outlet: str
    url: str
    published: datetime
    published_is_guess: bool
    received: datetime
    steps: tuple[Step, ...]
    story: str = ""  # in which it stands in the newest draft; "": in none
    stopped_by: str = ""  # what kept it out of the report, in a sentence; "" where it is in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was found of what was typed."""

    asked: str
    is_address: bool
    found: tuple[Traced, ...] = ()  # the newest first, at most a dozen
    more: bool = False  # there are more than those
    missing: tuple[Step, ...] = ()  # where nothing is stored: why not, a sentence each
    can_take: bool = False  # it may be written as an item of one's own with this address


def where(desk: OpenDesk, asked: str) -> Trace:
    """An address, or words of a headline; "" finds nothing and says what to type."""
    return Trace(asked=asked, is_address="://" in asked)
