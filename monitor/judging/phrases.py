"""Phrases compiled once, then found in a text in one pass, all together.

- A phrase matches whole words, in order, in one sentence; hyphens, spaces and quotation marks are one.
- A word is case-blind, unless it is two to six capitals ("ACS", "PCC"): that one must stand in capitals.
- A word ending in `*` is a stem: `burglar*` finds burglar, burglars and burglary.
- A word in angle brackets stands for a kind of figure: `<number>`, `<many>` (ten and more), `<large>` (100 and more), `<money>`, `<year>`, `<age>`
  (10 to 99), `<reference>` (eight digits and more). Numbers in words, two to ninety, are `<number>` too.
- `one ~5 other` finds the two in either order with at most five words between them.
- A name (`Phrase.is_name`) needs its capitals, so that Reading is not reading.

A text is looked at one chunk at a time, and what a chunk can be part of is remembered: news uses few words often, so
most of the work is one look in a dictionary.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from monitor.text import BORDER, NEAR, Word, chunk_words

_NUMBERS = frozenset(
    re.findall(
        r"\w+",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundreds thousands",
    )
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_FEW = frozenset(re.findall(r"\w+", "two three four five six seven eight nine"))
_FORM = re.compile(r"<(\w+)>|([^<>*]+)(\*?)")
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)*)(m|bn|k|million|billion)?")

_MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    is_name: bool = False


class Hit(NamedTuple):
    phrase: int  # its place in the sequence that the matcher was made of
    start: int  # characters into the text
    end: int
    sentence: int  # rising; the same for all hits of one sentence


class _Node:
    """A step on the way through the phrases."""

    __slots__ = ("ends", "following")

    def __init__(self) -> None:
        self.following: dict[int, _Node] = {}
        self.ends: list[int] = []  # phrases, or parts of near phrases, that are whole here


# What is remembered of a word that some phrase has: the forms in which it matches; phrases that are whole with this
# word alone; the steps that can follow it; the forms that those steps wait for. A plain tuple: the walk takes it apart
# for every word of every text, which is slow with a named one.
_Known = tuple[tuple[int, ...], tuple[int, ...], tuple[dict[int, _Node], ...], frozenset[int]]
_Words = tuple[_Known | None, ...]  # of one chunk; None: no phrase has it
_Found = tuple[int, int, int, int]  # phrase or part, first word, last word, sentence
_BORDER: _Known = ((), (), (), frozenset())
_LINE = "\n"

_Form = tuple[str, str]  # how a word of a phrase matches, and what


class _Near(NamedTuple):
    phrase: int
    one: int
    other: int
    within: int


class _Vocabulary(dict[str, _Words]):
    """What is remembered of each chunk; an unknown one is learned when it is asked for."""

    def __init__(self, know: Callable[[Word], _Known | None]) -> None:
        super().__init__({_LINE: (_BORDER,)})
        self._know = know

    def __missing__(self, chunk: str) -> _Words:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
            self[_LINE] = (_BORDER,)
        words = self[chunk] = tuple(map(self._know, chunk_words(chunk)))
        return words


class Matcher:
    """All phrases of the rules as one. Its memory grows with the words it has seen, up to a bound."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._symbols: dict[_Form, int] = {}
        self._stems: set[int] = set()  # the lengths of the stems: no other prefix of a word is tried
        self._root = _Node()
        self._first_part = len(phrases)  # numbers from here on are parts of near phrases
        self._parts: dict[Phrase, int] = {}
        self._nears: dict[int, list[_Near]] = {}  # by each of their parts
        self._chunks = _Vocabulary(self._know)
        for number, phrase in enumerate(phrases):
            self._add(number, phrase)

    def _add(self, number: int, phrase: Phrase) -> None:
        if (match := NEAR.search(phrase.text)) is None:
            self._grow(number, phrase)
            return
        one = self._part(Phrase(phrase.text[: match.start()], phrase.is_name))
        other = self._part(Phrase(phrase.text[match.end() :], phrase.is_name))
        self._nears.setdefault(one, []).append(_Near(number, one, other, int(match[1])))

    def _part(self, part: Phrase) -> int:
        if part not in self._parts:
            self._parts[part] = self._first_part + len(self._parts)
            self._grow(self._parts[part], part)
        return self._parts[part]

    def _grow(self, number: int, phrase: Phrase) -> None:
        node = self._root
        for form in _forms(phrase):
            if form[0] in ("stem", "capital stem"):
                self._stems.add(len(form[1]))
            symbol = self._symbols.setdefault(form, len(self._symbols))
            node = node.following.setdefault(symbol, _Node())
        if node is not self._root:
            node.ends.append(number)

    def hits(self, text: str) -> list[Hit]:
        """Every hit of every phrase, overlapping ones too."""
        chunks = text.replace("\n", " \n ").split(" ")
        known = list(map(self._chunks.__getitem__, chunks))
        found = _walk(list(chain.from_iterable(known)))
        whole = [one for one in found if one[0] < self._first_part]
        if len(whole) < len(found):
            whole += self._near(found)
        return _placed(whole, chunks, known) if whole else []

    def _know(self, word: Word) -> _Known | None:
        if word.normal == BORDER:
            return _BORDER
        forms = list(_meanings(word))
        for length in self._stems:
            forms += [("stem", word.normal[:length]), ("capital stem", word.raw[:length])]
        symbols = tuple({self._symbols[form]: None for form in forms if form in self._symbols})
        if not symbols:
            return None
        nodes = [self._root.following[one] for one in symbols if one in self._root.following]
        begins = tuple(node.following for node in nodes if node.following)
        ends = tuple(end for node in nodes for end in node.ends)
        return symbols, ends, begins, frozenset(chain.from_iterable(begins))

    def _near(self, found: list[_Found]) -> Iterator[_Found]:
        """Only phrases of which both parts were found are looked at, in the order of the phrases."""
        places: dict[int, list[_Found]] = {}
        for one in found:
            if one[0] >= self._first_part:
                places.setdefault(one[0], []).append(one)
        both = [near for part in places for near in self._nears.get(part, ()) if near.other in places]
        for near in sorted(both):
            ones, others = places[near.one], places[near.other]
            yield from _pairs(near, ones, others)
            yield from _pairs(near, others, ones)


def _walk(words: list[_Known | None]) -> list[_Found]:
    """Phrases and parts. A border is a sentence more."""
    found: list[_Found] = []
    sentence = 0
    words.append(None)
    first = -1
    for word, following in pairwise(words):
        first += 1
        if word is None:
            continue
        symbols, ends, begins, awaited = word
        if ends:
            found.extend([(end, first, first, sentence) for end in ends])
        if awaited:
            if following is not None and not awaited.isdisjoint(following[0]):
                _follow(words, first, begins, sentence, found)
        elif not symbols:
            sentence += 1
    return found


def _follow(
    words: list[_Known | None],
    first: int,
    begins: tuple[dict[int, _Node], ...],
    sentence: int,
    found: list[_Found],
) -> None:
    """Adds the phrases of two words and more that begin at `first`."""
    at = first + 1
    while begins and (following := words[at]) is not None:
        nodes = [begin[one] for begin in begins for one in following[0] if one in begin]
        found.extend((end, first, at, sentence) for node in nodes for end in node.ends)
        begins = tuple(node.following for node in nodes if node.following)
        at += 1


def _placed(found: list[_Found], chunks: list[str], read: list[_Words]) -> list[Hit]:
    """Words become characters. One space parts two chunks; a line's end was given two spaces that are not the text's."""
    firsts = list(accumulate(map(len, read), initial=0))
    ends = list(accumulate(map(len, chunks), initial=0))
    lines = _places(chunks, _LINE)
    hits = []
    for phrase, first, last, sentence in found:
        one = other = bisect_right(firsts, first) - 1
        start = ends[one] + one - 2 * bisect_left(lines, one)
        end = start
        if first != last:
            other = bisect_right(firsts, last, one) - 1
            end = ends[other] + other - 2 * bisect_left(lines, other)
        start += _span(chunks[one], first - firsts[one])[0]
        end += _span(chunks[other], last - firsts[other])[1]
        hits.append(Hit(phrase, start, end, sentence))
    return hits


def _places(chunks: list[str], sought: str) -> list[int]:
    places: list[int] = []
    at = -1
    for _ in range(chunks.count(sought)):
        at = chunks.index(sought, at + 1)
        places.append(at)
    return places


@lru_cache(maxsize=_MOST_REMEMBERED)
def _span(chunk: str, at: int) -> tuple[int, int]:
    """Of a word in its chunk."""
    word = chunk_words(chunk)[at]
    return word.start, word.end


def _pairs(near: _Near, lefts: list[_Found], rights: list[_Found]) -> Iterator[_Found]:
    """Each left part with the next right part, where it is near enough and in the same sentence."""
    beginnings = [right[1] for right in rights]
    for _, first, last, sentence in lefts:
        following = bisect_right(beginnings, last)
        if following == len(rights) or beginnings[following] - last - 1 > near.within:
            continue
        if rights[following][3] == sentence:
            yield near.phrase, first, rights[following][2], sentence


def _forms(phrase: Phrase) -> Iterator[_Form]:
    """The words of a phrase, each as the form in which it matches."""
    for kind, plain, star in (
        match.groups() for chunk in phrase.text.split() for match in _FORM.finditer(chunk)
    ):
        if kind:
            yield "kind", kind
            continue
        words = chunk_words(plain)
        for word in words:
            is_stem = bool(star) and word is words[-1]
            if _ACRONYM.fullmatch(word.raw):
                yield ("capital stem" if is_stem else "capitals"), word.raw
            elif is_stem:
                yield "stem", word.normal
            elif phrase.is_name and word.raw[0].isupper():
                yield "name", word.normal
            else:
                yield "word", word.normal


def _meanings(word: Word) -> Iterator[_Form]:
    """The forms, stems apart, that a word of a text can match."""
    yield "word", word.normal
    yield "capitals", word.raw
    if word.raw[0].isupper():
        yield "name", word.normal
    yield from (("kind", kind) for kind in _kinds(word.normal))


def _kinds(word: str) -> Iterator[str]:
    if word in _NUMBERS:
        yield "number"
        if word not in _FEW:
            yield "many"
    elif word[0] in "£€$":
        yield "money"
    elif (figure := _FIGURE.fullmatch(word)) is not None:
        digits, unit = figure.groups()
        is_plain = digits.isdecimal() and not unit
        if is_plain and len(digits) >= 8:
            yield "reference"
        elif is_plain and len(digits) == 4 and digits[:2] in ("19", "20"):
            yield "year"
        else:
            yield "number"
            if unit or len(digits.partition(".")[0].replace(",", "")) >= 3:
                yield from ("large", "many")
            elif is_plain and len(digits) == 2:
                yield from ("age", "many")
