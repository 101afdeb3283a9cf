"""The officer's word: what an edited draft says, what is ticked in its notes, and what is said without a document."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.reporting import ItemLink


class Said(StrEnum):
    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"  # an item of the officer's own
    TAKEN = "taken"  # a story that was not in the report: a further one, a near miss, one that was dropped or left out
    LATER = "later"  # put off: not in this report, and in the next one's first draft an item again
    BACK = "back"  # what was said of whether it is in the report is void


OUT = frozenset({Said.DROPPED, Said.LATER})  # not in the report by the officer's word


class Source(StrEnum):
    """What was read."""

    REPORT = "report"  # a draft, edited
    NOTES = "notes"  # its working notes, with their ticks
    WORD = "word"  # `monitor take` or `monitor drop`
    DESK = "desk"  # an act at the desk


OWN = "own_"  # begins the id of an item of the officer's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person said of one story. It belongs to whatever story holds its articles."""

    said: Said
    edition: (
        int  # the edition whose document was edited, or of which something was said; 0: before there was one
    )
    story: str  # the item's story; of an added item an id made of its heading and links
    drafted: str  # the heading as drafted; of an added item as written; of a dropped one what it was called
    articles: tuple[str, ...] = ()  # ids of the item's links
    heading: str | None = None  # as rewritten, "" where it was taken out; None: as drafted
    excerpt: tuple[str, ...] | None = None  # every paragraph as left, in that order; None: as drafted
    note: tuple[str, ...] = ()  # those of `excerpt` that the officer wrote
    links: tuple[ItemLink, ...] = ()  # that the officer added
    without: tuple[str, ...] = ()  # ids of links that the officer took out
    moved: bool = False  # it stands in a place that the officer gave it
    placed: bool = (
        True  # said with a place, as a document says it; False: of this story alone, wherever it stands
    )
    was: Said | None = None  # of what is out: what it was before


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A warning that was looked at, or is to be in sight again."""

    warning: str  # its id
    says: str
    story: str
    is_checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One document, one call of `take` or `drop`, or one act at the desk, as it was understood. A fact: a later save of
    the same document stands beside it.
    """

    edition: int
    learned: datetime
    digest: str  # SHA-256 (hex) of the file; of a word of what was said
    decisions: tuple[Decision, ...]  # in the order of the document, then what is dropped
    source: Source = Source.REPORT
    newest: int = (
        0  # the newest draft of the same report when it was learned: a tick and a word count from then
    )
    in_order: bool = False  # an act that gives the whole report's order, as a document does
    by: str = ""  # who; "" where it is not known
    deed: str = ""  # of an act, its kind: "move", "merge", …
    about: str = ""  # of an act, the story that it is about: one that gives an order names all
    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWord:
    """What was said, as the archive has it."""

    id: int
    learned: Learned
    withdrawn: datetime | None = None  # when it was taken back
    withdrawn_by: str = ""
    holds: bool = True  # False: withdrawn, or a document that was learned again since
