"""What a person does at the desk, one value a deed. Each is kept as one row of the officer's word, and can be taken back.

A story is named by the id of its item, as the review shows it; in `Take`, `Drop`, `Later` and `Dismiss` it may also be the id or
address of any stored article.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Into the report: a further story, a near miss, what was dropped or put off, any stored article."""

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Out of the report, and not to come back by itself."""

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Not in this report: in the first draft of the next it is an item again, however old."""

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss:
    """A further story or a near miss: seen, and not wanted."""

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """As if nothing had been said of what becomes of it: where it was dropped, put off, dismissed or taken. How it was
    rewritten stays."""

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """To a place of the report, from 1; beyond the last it is the last."""

    story: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Its words; None leaves what is there.

    `quoted` are the outlets' paragraphs, in order, mostly chosen from `paragraphs_of`; `note` the officer's own, which
    stand behind them. A heading of "" takes it out.
    """

    story: str
    heading: str | None = None
    quoted: tuple[str, ...] | None = None
    note: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`story` becomes part of the item `into`."""

    story: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The article leaves its item, and is one of the officer's own behind it."""

    story: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink:
    """The item is without this link."""

    story: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """An item of the officer's own, the last of the report. `address`: "" where it has none."""

    heading: str
    address: str = ""
    note: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A caution or a doubt was looked at: out of sight while it says the same."""

    warning: str  # the warning's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncheck:
    """It is in sight again."""

    warning: str


Act = Take | Drop | Later | Dismiss | Restore | Move | Edit | Merge | Split | Unlink | Write | Check | Uncheck
