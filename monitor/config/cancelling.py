"""Phrases of topics.yaml that are right as they are written and still do not what their writer thinks. Each needs a look.

1. A `never` phrase cancels a hit inside it, and only one that is shorter: a topic's own its strong and weak phrases, the
   one for all the bodies' names and the cues. One that holds none of them cancels nothing; so does one that stands
   among the strong phrases word for word.
2. A gap with the same words on both sides wants them twice in one sentence.

Where it cannot be told without a text (a `never` with a gap may hold anything), nothing is said.
"""

from collections.abc import Iterator, Sequence

from monitor.config.phrasing import Piece, pieces, sides
from monitor.config.values import Where
from monitor.config.yamlfile import Document
from monitor.errors import Mistake
from monitor.text import NUMBER_WORDS, normalise

Placed = tuple[Where, str]


def looks(document: Document) -> Iterator[Mistake]:
    """Of a topics.yaml without a mistake."""
    for where, topic in document.each("topics", "*"):
        own = [phrase for key in ("strong", "weak") for phrase in topic.get(key, ())]
        nevers = [((*where, "never", place), phrase) for place, phrase in enumerate(topic.get("never", ()))]
        yield from _idle(document, nevers, own, "strong or weak phrase of the topic")
    named = [phrase for _, phrase in document.each("bodies", "*", "*")]
    named += [phrase for _, phrase in document.each("people", "*", "name")]
    named += [phrase for _, phrase in document.each("people", "*", "also", "*")]
    cues = [phrase for _, phrase in document.each("cues", "*", "*", "phrases", "*")]
    nevers = list(document.each("never", "*"))
    yield from _idle(document, nevers, [*named, *cues], "body's name or cue")
    yield from _twice(document)


def _idle(
    document: Document, nevers: Sequence[Placed], phrases: Sequence[str], what: str
) -> Iterator[Mistake]:
    written = [tuple(pieces(side) for side in sides(phrase)) for phrase in phrases]
    for where, never in nevers:
        if len(sides(never)) > 1:
            continue
        words = pieces(never)
        if any(_may_lie_in(parts, words) for parts in written):
            continue
        if (words,) in written:
            why = f"it is a {what} itself, and only what is shorter is cancelled"
        else:
            why = f"no {what} lies inside it"
        yield document.mistake(
            where, f"{never} cancels nothing: {why}; write the longer phrase that holds the hit, or delete it"
        )


def _may_lie_in(parts: Sequence[Sequence[Piece]], never: Sequence[Piece]) -> bool:
    """Whether a hit of the phrase can lie inside a hit of the longer one."""
    if len(parts) == 1 and len(parts[0]) >= len(never):
        return False
    return all(_stands_in(part, never) for part in parts)


def _stands_in(part: Sequence[Piece], words: Sequence[Piece]) -> bool:
    starts = range(len(words) - len(part) + 1)
    return any(
        all(_may_be_one(one, other) for one, other in zip(part, words[start:], strict=False))
        for start in starts
    )


def _may_be_one(one: Piece, other: Piece) -> bool:
    """Whether both can match one word of a text."""
    if one.kind or other.kind:
        return all(bool(piece.kind) or _is_figure(piece) for piece in (one, other))
    if one.is_stem and other.is_stem:
        return one.word.startswith(other.word) or other.word.startswith(one.word)
    if one.is_stem:
        return other.word.startswith(one.word)
    return one.word.startswith(other.word) if other.is_stem else one.word == other.word


def _is_figure(piece: Piece) -> bool:
    return piece.word in NUMBER_WORDS or piece.word[0] in "£€$" or piece.word[0].isdigit() or piece.is_stem


def _twice(document: Document) -> Iterator[Mistake]:
    lists = (
        ("topics", "*", "*", "*"),
        ("cues", "*", "*", "phrases", "*"),
        ("bodies", "*", "*"),
        ("never", "*"),
    )
    for pattern in lists:
        for where, phrase in document.each(*pattern):
            both = [normalise(side) for side in sides(phrase)] if isinstance(phrase, str) else []
            if len(both) == 2 and both[0] == both[1]:
                words = sides(phrase)[0].strip()
                yield document.mistake(
                    where,
                    f"{phrase} wants the same words twice in one sentence: write `{words}`, or another word on "
                    "one side",
                )
