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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
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


class _Known(NamedTuple):
    """What is remembered of a word."""

    symbols: tuple[int, ...]  # the forms in which it matches
    ends: tuple[int, ...]  # phrases that are whole with this word alone
    begins: tuple[dict[int, _Node], ...]  # the steps that can follow it


class _Chunk(NamedTuple):
    words: tuple[_Known | None, ...]  # None: no phrase has it
    spans: tuple[tuple[int, int], ...]  # in the chunk


_Found = tuple[int, int, int]  # phrase or part, first word, last word
_BORDER = _Known((), (), ())
_LINE = _Chunk((_BORDER,), ((0, 1),))

_Form = tuple[str, str]  # how a word of a phrase matches, and what


class _Near(NamedTuple):
    phrase: int
    one: int
    other: int
    within: int


class Matcher:
    """All phrases of the rules as one. Its memory grows with the words it has seen, up to a bound."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._symbols: dict[_Form, int] = {}
        self._stems: set[int] = set()  # the lengths of the stems: no other prefix of a word is tried
        self._root = _Node()
        self._first_part = len(phrases)  # numbers from here on are parts of near phrases
        self._parts: dict[Phrase, int] = {}
        self._nears: list[_Near] = []
        self._chunks = {"\n": _LINE}
        for number, phrase in enumerate(phrases):
            self._add(number, phrase)

    def _add(self, number: int, phrase: Phrase) -> None:
        if (near := NEAR.search(phrase.text)) is None:
            self._grow(number, phrase)
            return
        one = self._part(Phrase(phrase.text[: near.start()], phrase.is_name))
        other = self._part(Phrase(phrase.text[near.end() :], phrase.is_name))
        self._nears.append(_Near(number, one, other, int(near[1])))

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
        read = [self._chunks.get(chunk) or self._learn(chunk) for chunk in chunks]
        words = [word for chunk in read for word in chunk.words]
        found = _walk(words)
        if not found:
            return []
        borders = [at for at, word in enumerate(words) if word is _BORDER]
        whole = [*(one for one in found if one[0] < self._first_part), *self._near(found, borders)]
        return list(_placed(whole, chunks, read, borders))

    def _learn(self, chunk: str) -> _Chunk:
        found = chunk_words(chunk)
        known = _Chunk(tuple(map(self._know, found)), tuple((word.start, word.end) for word in found))
        if len(self._chunks) >= _MOST_REMEMBERED:
            self._chunks.clear()
        self._chunks[chunk] = known
        return known

    def _know(self, word: Word) -> _Known | None:
        if word.normal == BORDER:
            return _BORDER
        forms = list(_meanings(word))
        for length in self._stems:
            forms += [("stem", word.normal[:length]), ("capital stem", word.raw[:length])]
        symbols = tuple({self._symbols[form]: None for form in forms if form in self._symbols})
        nodes = [self._root.following[one] for one in symbols if one in self._root.following]
        ends = tuple(end for node in nodes for end in node.ends)
        return (
            _Known(symbols, ends, tuple(node.following for node in nodes if node.following))
            if symbols
            else None
        )

    def _near(self, found: list[_Found], borders: list[int]) -> Iterator[_Found]:
        places: dict[int, list[tuple[int, int]]] = {}
        for part, first, last in found:
            if part >= self._first_part:
                places.setdefault(part, []).append((first, last))
        for near in self._nears:
            if near.one in places and near.other in places:
                ones, others = places[near.one], places[near.other]
                yield from _pairs(near, ones, others, borders)
                yield from _pairs(near, others, ones, borders)


def _walk(words: list[_Known | None]) -> list[_Found]:
    found: list[_Found] = []
    words = [*words, None]
    for first, word in enumerate(words):
        if word is None:
            continue
        _, ends, begins = word
        for end in ends:
            found.append((end, first, first))
        at = first + 1
        following = words[at]
        while begins and following is not None:
            symbols = following.symbols
            nodes = [begin[one] for begin in begins for one in symbols if one in begin]
            if not nodes:
                break
            found.extend((end, first, at) for node in nodes for end in node.ends)
            begins = tuple(node.following for node in nodes)
            at += 1
            following = words[at]
    return found


def _placed(
    found: Iterable[_Found], chunks: list[str], read: list[_Chunk], borders: list[int]
) -> Iterator[Hit]:
    """Words become characters. One space parts two chunks; a line's end was given two spaces that are not the text's."""
    firsts = list(accumulate([len(chunk.words) for chunk in read], initial=0))
    ends = list(accumulate([len(chunk) for chunk in chunks], initial=0))
    lines = [at for at, chunk in enumerate(chunks) if chunk == "\n"]
    for phrase, first, last in found:
        one = bisect_right(firsts, first) - 1
        other = one if first == last else bisect_right(firsts, last, one) - 1
        start = ends[one] + one - 2 * bisect_left(lines, one) + read[one].spans[first - firsts[one]][0]
        end = ends[other] + other - 2 * bisect_left(lines, other) + read[other].spans[last - firsts[other]][1]
        yield Hit(phrase, start, end, bisect_left(borders, first))


def _pairs(
    near: _Near, lefts: list[tuple[int, int]], rights: list[tuple[int, int]], borders: list[int]
) -> Iterator[_Found]:
    """Each left part with the next right part, where it is near enough and no sentence ends between them."""
    beginnings = [first for first, _ in rights]
    for first, last in lefts:
        following = bisect_right(beginnings, last)
        if following == len(rights) or beginnings[following] - last - 1 > near.within:
            continue
        if bisect_left(borders, last) == bisect_left(borders, beginnings[following]):
            yield near.phrase, first, rights[following][1]


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
            if unit or len(re.split(r"\.", digits)[0].replace(",", "")) >= 3:
                yield from ("large", "many")
            elif is_plain and len(digits) == 2:
                yield from ("age", "many")
