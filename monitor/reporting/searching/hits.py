"""The sentence in which a search hits, with what was found marked: segments of text, for whoever writes them.

Words are compared as the index compares them: small or capital, with or without accents and hyphens. A sentence that
holds more of what is sought wins, the first of equals. A title in which all of it stands is enough; then the first
paragraph is shown.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.model import All, AnyOf, Near, Term, Words
from monitor.text import normal_word, sentences

LONGEST = 320  # characters that are shown
_LEAD_IN = 80  # of them before the first mark
_MOST_READ = 60_000  # characters of a text in which a sentence is looked for

_TOKEN = re.compile(r"[^\W_]+(?:[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2064]+[^\W_]+)*")
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065)])


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def hit_of(text: str, term: Term) -> tuple[Segment, ...]:
    """The sentence that shows most; the beginning of the text where none of it is found. Empty without a text."""
    text = text[:_MOST_READ]
    sought = tuple(_sought(term))
    best, most = (0, 0), -1
    spans = sentences(text)
    firsts = tuple({words[0] for words, _ in sought})
    for start, end in spans[:400]:
        sentence = text[start:end]
        found = (
            len({number for number, _, _ in _hits(sentence, sought)}) if _may_hold(sentence, firsts) else 0
        )
        if found > most:
            best, most = (start, end), found
        if found == len(sought):
            break
    sentence = text[best[0] : best[1]]
    return _shortened(sentence, marks_in(sentence, term)) if sentence else ()


def _may_hold(sentence: str, firsts: Sequence[str]) -> bool:
    """Whether it needs a look: most sentences are plain, and hold the first word of nothing that is sought."""
    small = sentence.lower()
    return not sentence.isascii() or any(word in small for word in firsts)


def marked(text: str, term: Term) -> tuple[Segment, ...]:
    """The whole text."""
    return tuple(_segments(text, marks_in(text, term)))


def marks_in(text: str, term: Term) -> tuple[tuple[int, int], ...]:
    """Where something that is sought stands, in order and without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for _, start, end in _hits(text, tuple(_sought(term)))):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _sought(term: Term) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The words that show why a story was found: not those that it must lack."""
    if isinstance(term, Words):
        yield tuple(_folded(word) for word in term.words), term.is_stem
    elif isinstance(term, Near):
        yield from _sought(term.one)
        yield from _sought(term.other)
    elif isinstance(term, AnyOf | All):
        for part in term.parts:
            yield from _sought(part)


def _hits(text: str, sought: Sequence[tuple[tuple[str, ...], bool]]) -> Iterator[tuple[int, int, int]]:
    """Which of them, from where to where."""
    tokens = [_Token(_folded(match[0]), *match.span()) for match in _TOKEN.finditer(text)]
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.word, []).append(place)
    for number, (words, is_stem) in enumerate(sought):
        only_begun = is_stem and len(words) == 1
        firsts = range(len(tokens)) if only_begun else places.get(words[0], ())
        for first in firsts:
            last = first + len(words) - 1
            if last < len(tokens) and _stand(tokens[first : last + 1], words, is_stem=is_stem):
                yield number, tokens[first].start, tokens[last].end


def _stand(tokens: Sequence[_Token], words: Sequence[str], *, is_stem: bool) -> bool:
    if any(token.word != word for token, word in zip(tokens[:-1], words[:-1], strict=True)):
        return False
    last = tokens[-1].word
    return last.startswith(words[-1]) if is_stem else last == words[-1]


@lru_cache(maxsize=1 << 12)
def _folded(word: str) -> str:
    plain = normal_word(word.translate(_INVISIBLE))
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFD", plain)
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _shortened(sentence: str, marks: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """Around the first mark, at most `LONGEST` characters, cut between words."""
    if len(sentence) <= LONGEST:
        return tuple(_segments(sentence, marks))
    first = marks[0][0] if marks else 0
    start = 0 if first <= _LEAD_IN else sentence.rfind(" ", 0, first - _LEAD_IN) + 1
    end = min(start + LONGEST, len(sentence))
    if end < len(sentence):
        end = max(sentence.rfind(" ", start, end), start + 1) if " " in sentence[start + 1 : end] else end
    before, after = "… " if start else "", " …" if end < len(sentence) else ""
    inside = [
        (max(one, start) - start, min(two, end) - start) for one, two in marks if one < end and two > start
    ]
    found = tuple(_segments(sentence[start:end], inside))
    return (*((Segment(before),) if before else ()), *found, *((Segment(after),) if after else ()))


def _segments(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    at = 0
    for start, end in marks:
        if start > at:
            yield Segment(text[at:start])
        yield Segment(text[start:end], is_hit=True)
        at = end
    if at < len(text):
        yield Segment(text[at:])
