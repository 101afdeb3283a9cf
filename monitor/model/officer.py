"""The officer's word: what an edited draft says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.reporting import ItemLink


class Said(StrEnum):
    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"  # an item of the officer's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person said of one item by editing its document. It belongs to whatever story holds its articles."""

    said: Said
    edition: int  # the edition whose document was edited
    story: str  # the item's story; of an added item an id made of its heading and links
    drafted: str  # the heading as drafted; of an added item as written; of a dropped one what it was called
    articles: tuple[str, ...] = ()  # ids of the item's links
    heading: str | None = None  # as rewritten, "" where it was taken out; None: as drafted
    excerpt: tuple[str, ...] | None = None  # every paragraph as left, in that order; None: as drafted
    note: tuple[str, ...] = ()  # those of `excerpt` that the officer wrote
    links: tuple[ItemLink, ...] = ()  # that the officer added
    without: tuple[str, ...] = ()  # ids of links that the officer took out
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One edited document, as it was understood. A fact: a later save of the same edition stands beside it."""

    edition: int
    learned: datetime
    digest: str  # SHA-256 (hex) of the file
    decisions: tuple[Decision, ...]  # in the order of the document, then what is dropped
