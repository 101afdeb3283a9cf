"""Phrases that a wider one of the same list finds anyway: wherever they stand, it stands too, and of two that overlap one
counts. They change nothing; a narrower one was meant, or the wider one should go.
"""

from collections.abc import Collection, Iterator, Sequence

from monitor.config.phrasing import Piece, pieces, sides, wrong
from monitor.config.values import Where
from monitor.config.yamlfile import Document
from monitor.errors import Mistake

_LISTS: tuple[tuple[str, ...], ...] = (
    ("topics", "*", "strong"),
    ("topics", "*", "weak"),
    ("cues", "*", "*", "phrases"),
    ("bodies", "*"),
    ("priority", "grounds", "*", "phrases"),
    ("priority", "subjects", "*"),
)


def swallowed(document: Document, phrases: Collection[str]) -> Iterator[Mistake]:
    """Of the phrases that are asked for, and of those that they swallow. A topic's weak one may stand beside its strong."""
    for pattern in _LISTS:
        for where, listed in document.each(*pattern):
            told = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
            if not set(told).isdisjoint(phrases):
                yield from _in_list(document, where, told, phrases)


def _in_list(
    document: Document, where: Where, told: Sequence[str], phrases: Collection[str]
) -> Iterator[Mistake]:
    words = [tuple(pieces(side) for side in sides(one)) if wrong(one) is None else () for one in told]
    for place, narrow in enumerate(told):
        for other, wide in enumerate(told):
            if place == other or not {narrow, wide} & set(phrases) or len(words[other]) != 1:
                continue
            if any(_holds(side, words[other][0]) for side in words[place]):
                says = f"{narrow} changes nothing: {wide} hits wherever it stands. Delete one of the two"
                yield document.mistake((*where, place), says)
                break


def _holds(narrow: Sequence[Piece], wide: Sequence[Piece]) -> bool:
    starts = range(len(narrow) - len(wide) + 1)
    return bool(wide) and any(all(map(_covers, wide, narrow[start:])) for start in starts)


def _covers(wide: Piece, narrow: Piece) -> bool:
    """Whether each word that the narrow one matches is matched by the wide one."""
    if wide.kind or narrow.kind:
        return wide.kind == narrow.kind
    if _is_capitals(wide) and wide.raw != narrow.raw:
        return False
    if wide.is_stem:
        return narrow.word.startswith(wide.word)
    return wide.word == narrow.word and not narrow.is_stem


def _is_capitals(piece: Piece) -> bool:
    return piece.raw.isupper() and 2 <= len(piece.raw) <= 6
