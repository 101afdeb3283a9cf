"""Whether two tellings are of one story, where an address or an id alone cannot say: by the words of title and text. Pure.

Words of four letters and more count, and figures. Overlap is shared words ÷ the smaller telling's. What is not given says
nothing; a text of fewer than five such words is none.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"\w{4,}|\d+")
LETTERS = 2_000
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story as somebody tells it."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two tellings share, from 0 to 1; None where one of them has none."""

    titles: float | None
    texts: float | None

    @property
    def is_retold(self) -> bool:
        """One story, with words changed: where both were handed out under one id."""
        titles, texts = self.titles, self.texts
        if titles is None or texts is None:
            return (texts if titles is None else titles) is None or (titles or texts or 0.0) >= 0.75
        return texts >= 0.7 or (titles >= 0.75 and texts >= 0.3)

    @property
    def is_kin(self) -> bool:
        """Something in common: enough where an id that names one thing speaks for it too."""
        return (self.titles is None and self.texts is None) or max(
            self.titles or 0.0, self.texts or 0.0
        ) > 0.34

    @property
    def is_strange(self) -> bool:
        """Two stories, whatever speaks for one: both titles and both texts are there, and neither is alike."""
        return self.titles is not None and self.texts is not None and self.titles <= 0.5 and self.texts < 0.5


def likeness(one: Telling, other: Telling) -> Likeness:
    same = _letters(one.title) == _letters(other.title) != ""
    return Likeness(
        titles=1.0 if same else _overlap(_words(one.title), _words(other.title), fewest=1),
        texts=_overlap(_words(one.text), _words(other.text), fewest=FEWEST),
    )


def same_words(one: Telling, other: Telling) -> bool:
    """Whether both say the same, letter by letter, as far as both go on; a text that one of them lacks is not the same."""
    first, second = _letters(one.text), _letters(other.text)
    length = min(len(first), len(second))
    return (
        _letters(one.title) == _letters(other.title)
        and (length > 0 or first == second)
        and (first[:length] == second[:length])
    )


def _overlap(one: frozenset[str], other: frozenset[str], *, fewest: int) -> float | None:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= fewest else None


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text[:LETTERS].casefold()))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[:LETTERS])).casefold()
