"""A typed search cut into its signs: words, phrases, brackets and the words that join them.

A quotation mark opens a phrase where a word could begin; one that is not closed is closed at the end. Curly ones count
as straight ones. What looks like a field and is none ("Reading: a town") is a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

FIELDS = ("title", "outlet", "topic", "area", "council", "verdict", "after", "before")

_QUOTES = '"“”„‟«»'
_SIGN = re.compile(
    rf"(?P<blank>\s+)|(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<minus>-(?=[^\s)]))|(?P<field>(?i:{'|'.join(FIELDS)}):(?=[^\s)]))"
    rf"|[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]|\Z)|(?P<word>[^\s()|{_QUOTES}]+)"
)


class Kind(Enum):
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()  # its text is the field's name
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True)
class Sign:
    kind: Kind
    text: str
    at: int  # its place in what was typed, from 1
    is_open: bool = False  # a phrase whose end is missing


_JOINING = {"OR": Kind.OR, "NOT": Kind.NOT, "NEAR": Kind.NEAR}
_SINGLE = {"open": Kind.OPEN, "close": Kind.CLOSE, "bar": Kind.OR, "minus": Kind.NOT}


def cut(typed: str) -> tuple[Sign, ...]:
    """An AND between two says what is so anyway."""
    found = tuple(_signs(typed))
    last = len(found) - 1
    return tuple(
        sign
        for place, sign in enumerate(found)
        if not (sign.kind is Kind.WORD and sign.text == "AND" and 0 < place < last)
    )


def _signs(typed: str) -> Iterator[Sign]:
    place, begins = 0, True  # whether a word may begin here: after a blank, a bracket, a field or a minus
    while place < len(typed):
        match = _SIGN.match(typed, place)
        if match is None:  # cannot be: every character begins one of the kinds
            place += 1
            continue
        name, at = match.lastgroup or "", place + 1
        if name in ("minus", "field") and not begins:  # inside a word: "co-op" was begun by another
            match = re.compile(rf"[^\s()|{_QUOTES}]+").match(typed, place) or match
            name = "word"
        place = max(match.end(), place + 1)
        if name == "blank":
            begins = True
            continue
        yield _sign(name, match, at)
        begins = name in ("open", "minus", "field", "bar")


def _sign(name: str, match: re.Match[str], at: int) -> Sign:
    if name in _SINGLE:
        return Sign(_SINGLE[name], match[0], at)
    if name == "field":
        return Sign(Kind.FIELD, match["field"][:-1].lower(), at)
    if name in ("end", "phrase"):
        return Sign(Kind.PHRASE, match["phrase"], at, is_open=not match["end"])
    word = match[0]
    return Sign(_JOINING.get(word, Kind.WORD), word, at)
