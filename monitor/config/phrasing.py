"""One phrase as it is written: whether it can match anything, and whether it hits stories of every kind.

Both are mistakes, said with what to write instead:

- can match nothing: an empty phrase; signs only; an address; the end of a sentence inside; a star that is not at the
  end of a word, or any regular expression; angle brackets around no kind of figure, or with letters right beside them;
  a gap that has no number or an absurd one, no space before it, no word on a side of it, or another gap beside it
- hits stories of every kind: figures of the common kinds alone; stems of one or two letters; words that every sentence
  has (`the`). `<time>` and `<reference>` may stand alone: hardly any story of the wanted kind holds one.

How phrases match is said in `judging/phrases.py`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from monitor.text import BORDER, KINDS, LONGEST_CHUNK, NEAR, OPAQUE, PAUSE, chunk_words

MOST_BETWEEN = 30  # words of a gap; a sentence of a local paper has some 25
SHORTEST_STEM = 3
_COMMON_KINDS = frozenset({"number", "many", "large", "money", "year", "age"})
# Words that every sentence may have, whatever it is about; two and more of the first lot still say nothing ("of the"),
# while two of the others may be an expression ("up by", "what's on").
_GLUE = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those and or but if than as at by for from in into of to with is are was were be been "
        "has have had do does did will would can could should may he him his she her it its they them their we us our "
        "you your i me my who which not said",
    )
)
_ADVERBS = frozenset(
    re.findall(
        r"\w+",
        "about after all also any before being between both down during each here how just more most no nor off on only "
        "onto other out over own same says so some such then there through too under up very what when where whom whose "
        "why without",
    )
)
_KIND = re.compile(r"<(\w*)>")
_PIECE = re.compile(r"<(\w+)>|([^<>*]+)(\*?)")
_EXPRESSION = re.compile(r"\\[a-zA-Z]|\.\*|\.\+|\[[^\]]*\]|\(\?|\||\^|\$$")
# Words of letters, each perhaps a stem of three letters and more: nothing of the first kind can be wrong with these,
# and most phrases of a file are written so.
_STEM = r"[A-Za-z]{1,30}(?:(?<=[A-Za-z]{3})\*)?"
_USUAL = re.compile(f"{_STEM}(?:[ -]{_STEM}){{0,9}}")
_WORD = re.compile("[A-Za-z]{2,}")
_GAP = re.compile(r"(?P<before>[^~]*)~(?P<number>\S*)(?P<after>[^~]*)")
_KINDS_SAID = ", ".join(f"<{kind}>" for kind in KINDS)


class Piece(NamedTuple):
    """A word of a phrase: a kind of figure, a stem or a whole word."""

    kind: str  # of figure; empty for a word
    word: str  # in normal form; empty for a figure
    raw: str
    is_stem: bool = False


def pieces(phrase: str) -> tuple[Piece, ...]:
    """Of a phrase without a gap, or of one side of it."""
    return tuple(_pieces(phrase))


def _pieces(phrase: str) -> Iterator[Piece]:
    for chunk in phrase.split():
        for match in _PIECE.finditer(chunk):
            kind, plain, star = match.groups()
            if kind:
                yield Piece(kind, "", match[0])
                continue
            words = chunk_words(plain)
            for word in words:
                yield Piece("", word.normal, word.raw, is_stem=bool(star) and word is words[-1])


def sides(phrase: str) -> tuple[str, ...]:
    """What stands on the two sides of the gap; the phrase itself where it has none."""
    match = NEAR.search(phrase)
    return (phrase[: match.start()], phrase[match.end() :]) if match else (phrase,)


@lru_cache(maxsize=1 << 13)  # a resident reads the same phrases at every job
def wrong(phrase: str) -> str | None:
    """What is wrong with a phrase, and what to write instead; None where nothing is."""
    if is_usual(phrase):
        return None
    if (why := why_never(phrase)) is not None:
        return f"{phrase} can match nothing: {why}"
    if (why := why_always(phrase)) is not None:
        return f"{phrase} hits stories of every kind: {why}"
    return None


def is_usual(phrase: str) -> bool:
    """Whether a look is enough: usual words, and one among them that tells something. It spares a reader of the shipped
    files nine tenths of this page."""
    return _USUAL.fullmatch(phrase) is not None and any(
        word not in _GLUE and word not in _ADVERBS for word in _WORD.findall(phrase.lower())
    )


# ── nothing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def why_never(phrase: str) -> str | None:
    """Why a phrase can match nothing; None where it can."""
    if not phrase.strip():
        return "an empty phrase"
    return _why_figure(phrase) or _why_star(phrase) or _why_gap(phrase) or _why_words(phrase)


def _why_figure(phrase: str) -> str | None:
    if (kind := next((k for k in _KIND.findall(phrase) if k not in KINDS), None)) is not None:
        return f"<{kind}> is no kind of figure; there are {_KINDS_SAID}"
    if re.search("[<>]", _KIND.sub("", phrase)):
        return f"< and > stand only around a kind of figure: {_KINDS_SAID}"
    if re.search(r"[£$€]<", phrase):
        return "a sum with its sign is one word: write <money>"
    if beside := re.search(r"\w*<\w+>\w+|\w+<\w+>", phrase):
        return f"{beside[0]} is one word in a paper: put a space or a hyphen between figure and letters"
    return None


def _why_star(phrase: str) -> str | None:
    bare = _bare(phrase)
    if _EXPRESSION.search(bare):
        return "regular expressions are not offered; a final * is a stem"
    if re.search(r"\*(?!\s|$|-)|(?:^|\s)\*", bare):
        return "a * stands at the end of a word, as in burglar*"
    return None


def _why_gap(phrase: str) -> str | None:
    if "~" not in phrase:
        return None
    found = _GAP.fullmatch(phrase)
    if found is None:
        return "one gap (~) is offered in a phrase: make two phrases of it"
    before, number, after = found["before"], found["number"], found["after"]
    if not number and (apart := re.match(r"\s+([0-9]+)\s+(?=\S)", after)):
        return (
            f"a space stands in the gap: write `{before.strip() or 'one'} ~{apart[1]} {after[apart.end() :]}`"
        )
    one, other = before.strip() or "one", after.strip() or "other"
    if not re.fullmatch("[0-9]+", number):
        return f"~{number} is no gap: write how many words may stand between, as in `{one} ~3 {other}`"
    if not 1 <= int(number) <= MOST_BETWEEN:
        return f"~{number} is no gap: write a number from 1 to {MOST_BETWEEN}, or the words side by side"
    if not before.strip() or not after.strip():
        return f"the gap needs a word on either side: write `{one} ~{number} {other}`, or delete ~{number}"
    if not before.endswith(" "):
        return f"a space is missing before the gap: write `{one} ~{number} {other}`"
    return None


def _why_words(phrase: str) -> str | None:
    words = [word.normal for chunk in _bare(phrase).replace("*", "").split() for word in chunk_words(chunk)]
    if BORDER in words and "…" in phrase:
        return "… is one sign, and the end of a sentence, which a phrase never crosses: take it out"
    if BORDER in words:
        return (
            "a phrase never crosses the end of a sentence: take out the full stop, or make two phrases of it"
        )
    if OPAQUE in words and any(len(chunk) > LONGEST_CHUNK for chunk in phrase.split()):
        return f"a word of more than {LONGEST_CHUNK} letters is read as none: write it as a paper does"
    if OPAQUE in words:
        return "no address is ever matched: write the words of the story"
    if any(all(piece.word == PAUSE for piece in pieces(side)) for side in sides(phrase)):
        return "a phrase of punctuation only matches nothing: write a word"
    return None


def _bare(phrase: str) -> str:
    return _KIND.sub("1", NEAR.sub(" ", phrase))


# ── everything ──────────────────────────────────────────────────────────────────────────────────────────────────


def why_always(phrase: str) -> str | None:
    """Why a phrase that can match tells no story from another; None where it does."""
    found = [piece for side in sides(phrase) for piece in pieces(side)]
    for piece in found:
        if _is_short_stem(piece):
            return f"{piece.raw}* is the beginning of countless words: write {SHORTEST_STEM} letters and more"
    if all(piece.kind in _COMMON_KINDS for piece in found):
        return f"figures stand everywhere: write what is counted too, as in `{found[0].raw} officers`"
    if all(_is_glue(piece) for piece in found) or (len(found) == 1 and found[0].word in _ADVERBS):
        return "any sentence may have such words: add the word that it is about"
    return None


def _is_short_stem(piece: Piece) -> bool:
    """CAPITALS match as such, so `PC*` is fewer words than it looks."""
    return piece.is_stem and len(piece.word) < SHORTEST_STEM and not _is_capitals(piece)


def _is_glue(piece: Piece) -> bool:
    """The s of a possessive is a word of its own. `US` and `IT` must stand in capitals."""
    is_letter = len(piece.word) == 1 and piece.word.isascii() and piece.word.isalpha()
    return (is_letter or piece.word in _GLUE) and not _is_capitals(piece)


def _is_capitals(piece: Piece) -> bool:
    return re.fullmatch("[A-Z]{2,6}", piece.raw) is not None
