"""A text in pieces, hit or not, so that a page can mark what counted without ever putting text together with markup.
Pure.

Hits that overlap or touch are one piece. A piece *counts* where one of its hits added to or took from the score; the
others only helped to say where the story is, or of what.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from monitor.model import Article, Evidence, Field


class Piece(NamedTuple):
    text: str
    is_hit: bool = False
    counts: bool = False


def marked_title(article: Article, evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    return _pieces(article.title, 0, [one for one in evidence if one.field is Field.TITLE])


def marked_paragraphs(article: Article, evidence: Sequence[Evidence]) -> tuple[tuple[Piece, ...], ...]:
    """Each paragraph in its pieces; spans count characters of `Article.text`, which parts paragraphs by two."""
    hits = sorted((one for one in evidence if one.field is not Field.TITLE), key=lambda one: one.start)
    starts = [one.start for one in hits]
    found, at = [], 0
    for paragraph in article.paragraphs:
        end = at + len(paragraph)
        begun = hits[bisect_left(starts, at) : bisect_left(starts, end)]
        found.append(_pieces(paragraph, at, [one for one in begun if one.end <= end]))
        at = end + 2
    return tuple(found)


def merged(evidence: Sequence[Evidence]) -> list[tuple[int, int, bool]]:
    """Where the hits begin and end, in order, and whether one of them counts."""
    spans: list[tuple[int, int, bool]] = []
    for one in sorted(evidence, key=lambda one: (one.start, one.end)):
        counts = one.points != 0
        if spans and one.start <= spans[-1][1]:
            start, end, before = spans[-1]
            spans[-1] = (start, max(end, one.end), before or counts)
        else:
            spans.append((one.start, one.end, counts))
    return spans


def _pieces(text: str, offset: int, evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end, counts in merged(evidence):
        first, last = start - offset, end - offset
        pieces += [Piece(text[at:first]), Piece(text[first:last], True, counts)]
        at = last
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)
