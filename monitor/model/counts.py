"""Counts of what is stored: what overviews are made of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDay:
    """What the polls of one feed came to on one day."""

    feed: str  # the feed's address
    day: date
    new: int  # articles stored
    failed: int  # polls that failed
    read: int  # polls that were answered


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCount:
    """The runs of one job in a span of time."""

    job: str
    runs: int
    failed: int
    last: datetime  # when the last of them began
    usual: timedelta  # how long they took, in the mean
    longest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCount:
    """The messages of a span of time that stand alike."""

    state: str
    messages: int
    last: datetime  # when the last of them was composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article without its text."""

    id: str
    title: str
    published: datetime
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCount:
    """How many stories a draft has, without reading it."""

    number: int
    made: datetime
    meeting: date | None
    items: int
    further: int
    stories: frozenset[str]  # ids of the items' stories; of a record that cannot be read none
