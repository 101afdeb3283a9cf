"""Values of searching: what is sought, by what it is narrowed, and what was found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.judging import Verdict

# ── what is sought: a tree whose leaves are words ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side, in order, in normal form (`text.plain_words`). `is_stem`: the last is only begun."""

    words: tuple[str, ...]
    is_stem: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The two in either order, with at most so many words between them."""

    one: Words
    other: Words
    within: int


@dataclass(frozen=True, slots=True)
class All:
    """What holds each of these, and none of `without`. With no parts: everything without them."""

    parts: "tuple[Term, ...]" = ()
    without: "tuple[Term, ...]" = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Term, ...]"


Term = Words | Near | All | AnyOf

EVERYTHING = All()


# ── by what it is narrowed ──────────────────────────────────────────────────────────────────────────────────────


class Facet(StrEnum):
    """What a story is sorted by."""

    OUTLET = "outlet"
    TOPIC = "topic"
    COUNCIL = "council"
    AREA = "area"  # its values are the names of `Area`
    VERDICT = "verdict"  # the values of `Choice`


class Dated(StrEnum):
    """By which of its two dates a story is looked for."""

    PUBLISHED = "published"
    RECEIVED = "received"  # first seen


@dataclass(frozen=True, slots=True)
class Only:
    """Those with one of the values; with `is_not`, those with none of them. No value: nothing at all is meant."""

    facet: Facet
    values: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Days are London's, and both belong to the range."""

    only: tuple[Only, ...] = ()
    since: date | None = None
    until: date | None = None
    dated: Dated = Dated.PUBLISHED


class Order(StrEnum):
    NEWEST = "newest"
    BEST = "best"


# ── what was found ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """Where a result stands in its order; the next page begins after it."""

    at: float  # best: its rank; newest: 0, or its day where that is when it was received
    number: int  # the index's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A result: the archive has the rest."""

    article: str  # its id
    place: Place
    verdict: Verdict | None  # without evidence; None: not judged yet by the rules in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    found: tuple[Found, ...]
    total: int  # of all pages
    has_more: bool
    ranked: int = 0  # best: how many of the newest were ranked; 0: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many stories of a week; `week` is its Monday."""

    week: date
    value: str  # of the facet
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How far the index has come."""

    indexed: int  # stories that can be found
    judged: int  # of these, by the rules in force
    stored: int  # stories of the archive that have a text

    @property
    def unindexed(self) -> int:
        return max(self.stored - self.indexed, 0)

    @property
    def unjudged(self) -> int:
        return max(self.indexed - self.judged, 0)
