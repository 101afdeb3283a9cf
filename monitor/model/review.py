"""What the desk shows of the report that is being drafted, and what comes of an act."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.officer import Source
from monitor.model.reporting import Basis, Development, Item, ItemLink, ReportHeader


class Stage(StrEnum):
    """How far the report is."""

    NOTHING_READ = "nothing read"  # no article is stored yet: poll first
    NOTHING_DRAFTED = "nothing drafted"  # no draft towards the coming report: make the first one
    DRAFTED = "drafted"
    ISSUED = "issued"  # it is what the panel has: it can be looked at, and not be changed


class Place(StrEnum):
    """Where a story will stand in the next document."""

    ITEM = "item"
    FURTHER = "further"
    NEAR = "near"
    LATER = "later"  # put off to the next report
    DROPPED = "dropped"
    DISMISSED = "dismissed"  # a further story or near miss: seen, and not wanted
    OLD = "old"
    PART = "part"  # made part of another item: listed nowhere, told of it when it is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that was done to a story, and still holds."""

    id: int  # by which it is taken back (`undo`)
    words: str  # "heading now “…”", a phrase for a list
    by: str  # who; "" where it is not known
    at: datetime
    source: Source  # desk, report (an edited Word file), notes, word (a command)
    is_new: bool  # since the newest draft was made: the next document has it, and that draft has not


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """A caution on an item, or a doubt whether two stories are one event."""

    id: str
    says: str
    story: str
    other: str = ""  # of a doubt the other story's id, where it is an item; "" of a caution
    checked: Change | None = None  # who looked at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story in one of the lists."""

    story: str  # its id: of the anchor, the address, the acts
    place: Place
    number: int  # its place in its list, from 1
    heading: str  # as the next document has it, or a name for what has no heading
    drafted: str  # as it would be without the officer's word
    reason: str  # the rules' own
    links: tuple[ItemLink, ...]
    version: str  # of what was decided of it: a form sends it back (`seen`)
    can: frozenset[
        str
    ]  # names of the acts that apply: "take", "drop", "later", "dismiss", "restore", "move", "edit",
    # "merge", "split", "unlink"
    item: Item | None = (
        None  # complete, as the next document has it; None where only its name is kept (a near miss)
    )
    changes: tuple[Change, ...] = ()  # what was done to it, first to last
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    at: datetime
    by: str
    is_by_day: bool = False  # nobody said so: its meeting's papers went out
    can_take_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The report that is being drafted: the newest draft, with what was decided since."""

    stage: Stage
    says: str  # for a person, what to do first, or why nothing can be changed; "" while it is being drafted
    meeting: date | None = None  # that it is for
    number: int = 0  # of the newest draft; 0: there is none
    made: datetime | None = None  # when
    header: ReportHeader | None = None
    towards: str = ""
    basis: Basis | None = None
    rests_on: tuple[str, ...] = ()  # what the draft rests on, a sentence each
    items: tuple[Card, ...] = ()
    further: tuple[Card, ...] = ()
    near: tuple[Card, ...] = ()
    later: tuple[Card, ...] = ()
    dropped: tuple[Card, ...] = ()  # and dismissed
    old: tuple[Card, ...] = ()
    developments: tuple[Development, ...] = ()
    warnings: tuple[Warning, ...] = ()  # all of them, by item, those not checked first
    order: str = ""  # the version of the order: the form of a move sends it back
    in_order: str = ""  # how the order of the report comes, in a sentence
    size: int | None = None  # how many items a report has; None: all
    is_exact: bool = True  # False: what fills places that became free is a forecast until the next document
    undone: int = 0  # acts since the draft was made that the next document will have
    last: Change | None = None  # the last of them, for an Undo in sight
    issued: Issued | None = None
    can_issue: bool = False
    meanwhile: tuple[str, ...] = ()  # what else the next document may bring, a sentence each
    ahead: tuple[
        tuple[str, str], ...
    ] = ()  # before its first draft: what was taken for the report, id and heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It holds. `undo` takes it back; None where it held already and nothing was kept."""

    words: str  # "Dropped: “…”."
    undo: int | None
    next: str = ""  # the story to look at next: that which stands where this one stood; "": none is left
    story: str = ""  # that of which something was said (of an own item: its id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A story as somebody sees it, a row each: what ("Heading", "Place", "Excerpt", "Note", "Links"), and the words."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """It was decided otherwise meanwhile; nothing was kept. The rows of the three have the same names in one order."""

    words: str  # a sentence: who changed it, and when
    before: Side  # as it was when the form was made
    theirs: Side  # as it is now
    yours: Side  # as it would be
    story: str
    version: str  # as it is now: sent with the same act, it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It cannot be; nothing was kept."""

    words: str
    is_unknown: bool = False  # there is no such story, article, warning or act


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One that a story's articles offer for its excerpt."""

    text: str
    outlet: str
    article: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One row of the history: an act, a document learned, a word, an issue."""

    id: int
    at: datetime
    by: str
    source: Source
    edition: int  # 0: before the report's first draft
    lines: tuple[str, ...]  # what was said, a sentence each
    stories: tuple[tuple[str, str], ...]  # id and heading of each story that it is about
    withdrawn: datetime | None = None
    withdrawn_by: str = ""
    replaced: bool = (
        False  # a document that was saved once more and learned again: what it said holds no longer
    )
    fixed: str = ""  # why it can neither be taken back nor put again; "" where it can
