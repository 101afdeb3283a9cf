"""Phrases compiled once, then found in a text in one pass, all together.

- A phrase matches whole words, in order, in one sentence; hyphens, spaces and quotation marks are one.
- A word is case-blind, unless it is two to six capitals ("ACS", "PCC"): that one must stand in capitals.
- A word ending in `*` is a stem: `burglar*` finds burglar, burglars and burglary.
- A word in angle brackets stands for a kind of figure: `<number>`, `<many>` (ten and more), `<large>` (100 and more),
  `<money>`, `<dollars>`, `<year>`, `<age>` (10 to 99), `<time>` (of day: 3pm), `<reference>` (eight digits and
  more). Numbers in words, two to ninety, are `<number>` too.
- What is an age, a time, a telephone number, a road and the like (`counts.py`) is none of `<number>`, `<many>` and
  `<large>`, though it is made of digits.
- `one ~5 other` finds the two in either order with at most five words between them.
- A name (`Phrase.is_name`) needs its capitals, so that Sandwich is not a sandwich.

`chunks.py` reads a text, `walk.py` goes through the phrases with it, `counts.py` says which figures count something.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from monitor.judging.chunks import Hit, Reading, Vocabulary
from monitor.judging.counts import counts
from monitor.judging.forms import COUNTED, Form, Phrase, forms_of, meanings_of
from monitor.judging.walk import BORDER_KIND, BORDER_WORD, Found, Known, Node, State
from monitor.text import BORDER, NEAR, Word


class Sought(NamedTuple):
    """Phrases that are looked for in many texts, by what is seen of them first."""

    phrases: frozenset[int]
    plain: frozenset[int]  # those that hit wherever they are found
    first_signs: frozenset[int]  # of the others: the phrases with a figure, and the parts of near ones


class _Near(NamedTuple):
    phrase: int
    one: int
    other: int
    within: int


@lru_cache(maxsize=4)  # of one panel: the judge's and the card's
def matcher_of(phrases: tuple[Phrase, ...]) -> "Matcher":
    """The one for these phrases, with all that it has learned: compiling them costs a quarter of a second, and a
    resident scheduler comes back to them every week."""
    return Matcher(phrases)


class Matcher:
    """All phrases of the rules as one. Its memory grows with the words it has seen, up to a bound. Threads may share
    it: what is learned of a word is whole before it can be found."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._symbols: dict[Form, int] = {}
        self._stems: set[int] = set()  # the lengths of the stems: no other prefix of a word is tried
        self._of_stems: dict[str, int] = {}  # their symbols once more, by themselves: asked for each new word
        self._of_capitals: dict[str, int] = {}
        self._root = Node()
        self._first_part = len(phrases)  # numbers from here on are parts of near phrases
        self._parts: dict[Phrase, int] = {}
        self._nears: dict[int, list[_Near]] = {}  # by the first of their parts
        self._partners: dict[int, set[int]] = {}  # of a part: those that it is near to in some phrase
        # Of a phrase or part: which of its words must count something.
        self._counted: dict[int, tuple[int, ...]] = {}
        self._kinds: dict[int, tuple[int, ...]] = {BORDER_KIND: ()}  # of the words: the forms of each
        self._known: dict[tuple[int, ...], Known] = {}  # by the forms: words of the same forms are one
        self._unused = count(BORDER_KIND + 1)
        self._chunks = Vocabulary(self._know)
        for number, phrase in enumerate(phrases):
            self._add(number, phrase)
        # In order: which of two phrases that end at one word is found first must not hang on what else is sought.
        self._lengths = sorted(self._stems)

    def _add(self, number: int, phrase: Phrase) -> None:
        if (match := NEAR.search(phrase.text)) is None:
            self._grow(number, phrase)
            return
        one = self._part(Phrase(phrase.text[: match.start()], phrase.is_name))
        other = self._part(Phrase(phrase.text[match.end() :], phrase.is_name))
        self._nears.setdefault(one, []).append(_Near(number, one, other, int(match[1])))
        self._partners.setdefault(one, set()).add(other)
        self._partners.setdefault(other, set()).add(one)

    def _part(self, part: Phrase) -> int:
        if part not in self._parts:
            self._parts[part] = self._first_part + len(self._parts)
            self._grow(self._parts[part], part)
        return self._parts[part]

    def _grow(self, number: int, phrase: Phrase) -> None:
        node = self._root
        forms = forms_of(phrase)
        if counted := tuple(place for place, form in enumerate(forms) if form in COUNTED):
            self._counted[number] = counted
        for form in forms:
            symbol = self._symbols.setdefault(form, len(self._symbols))
            if form[0] in ("stem", "capital stem"):
                self._stems.add(len(form[1]))
                (self._of_stems if form[0] == "stem" else self._of_capitals)[form[1]] = symbol
            node = node.following.setdefault(symbol, Node())
        if node is not self._root:
            node.ends.append(number)

    def read(self, text: str, begun: Reading | None = None) -> Reading:
        """`begun`: what was read of it, up to the end of one of its lines, over which no phrase goes."""
        return self._chunks.read(text, begun)

    def hits(self, text: str, begun: Reading | None = None) -> list[Hit]:
        """Every hit of every phrase, overlapping ones too. `begun`: as in `read`."""
        reading = self.read(text, begun)
        found = self._whole(reading)
        return reading.hits(found) if found else []

    def phrases(self, text: str) -> set[int]:
        """Which phrases hit, wherever: half the work."""
        return self.phrases_in(self.read(text))

    def phrases_in(self, reading: Reading) -> set[int]:
        return {one[0] for one in self._whole(reading)}

    def sought(self, phrases: frozenset[int]) -> Sought:
        """These phrases, to be looked for in many texts."""
        nears = (near for nears in self._nears.values() for near in nears if near.phrase in phrases)
        parts = {part for near in nears for part in (near.one, near.other)}
        counted = phrases & self._counted.keys()
        return Sought(phrases, plain=phrases - counted, first_signs=frozenset(counted | parts))

    def says_any(self, reading: Reading, sought: Sought) -> bool:
        """Whether one of them hits: what is found at once needs no look at figures, nor at what is near."""
        numbers = {one[0] for one in reading.found}
        if not sought.plain.isdisjoint(numbers):
            return True
        if sought.first_signs.isdisjoint(numbers):
            return False
        return any(one[0] in sought.phrases for one in self._whole(reading))

    def _whole(self, reading: Reading) -> list[Found]:
        """Of what the walk found the phrases whose figures count something, and those that two parts make."""
        found = reading.found
        numbers = {one[0] for one in found}
        if told := self._told(numbers):
            found = self._counting(told, reading)
        whole = [one for one in found if one[0] < self._first_part]
        if len(whole) < len(found):
            whole += self._near([one for one in found if one[0] >= self._first_part])
        return whole

    def _know(self, word: Word) -> Known:
        if word.normal == BORDER:
            return BORDER_WORD
        numbers = self._symbols
        normal, raw, stems, capitals = word.normal, word.raw, self._of_stems, self._of_capitals
        found = {numbers[form]: None for form in meanings_of(raw, normal) if form in numbers}
        for length in self._lengths:
            if (stem := normal[:length]) in stems:
                found[stems[stem]] = None
            if (stem := raw[:length]) in capitals:
                found[capitals[stem]] = None
        symbols = tuple(found)
        known = self._known.get(symbols)
        if known is None:
            kind = next(self._unused)
            nodes = [self._root.following[one] for one in symbols if one in self._root.following]
            self._kinds[kind] = symbols
            known = self._known.setdefault(symbols, (kind, State(nodes, self._kinds) if nodes else None))
        return known

    def _told(self, numbers: set[int]) -> set[int]:
        """Those of the phrases and parts that hit only where their figure counts something. A part of near phrases
        whose other parts are nowhere hits nothing in any case."""
        partners = self._partners
        return {
            one
            for one in numbers & self._counted.keys()
            if one not in partners or not partners[one].isdisjoint(numbers)
        }

    def _counting(self, told: set[int], reading: Reading) -> list[Found]:
        """What the walk found, without those whose figure counts nothing. A figure is looked at once, whatever hangs on
        it."""
        counted = self._counted
        known: dict[int, bool] = {}

        def stands(one: Found) -> bool:
            for word in counted[one[0]]:
                at = one[1] + word
                if at not in known:
                    known[at] = counts(reading.text, *reading.span(at))
                if not known[at]:
                    return False
            return True

        return [one for one in reading.found if one[0] not in told or stands(one)]

    def _near(self, parts: list[Found]) -> Iterator[Found]:
        """Only phrases of which both parts were found are looked at, in the order of the phrases."""
        numbers = {one[0] for one in parts}
        nears = [
            near
            for part in numbers & self._nears.keys()
            for near in self._nears[part]
            if near.other in numbers
        ]
        if not nears:
            return
        places: dict[int, list[Found]] = {number: [] for number in numbers}
        for one in parts:
            places[one[0]].append(one)
        for near in sorted(nears):
            ones, others = places[near.one], places[near.other]
            yield from _pairs(near, ones, others)
            yield from _pairs(near, others, ones)


def _pairs(near: _Near, lefts: list[Found], rights: list[Found]) -> Iterator[Found]:
    """Each left part with the next right part, where it is near enough and in the same sentence."""
    beginnings = [right[1] for right in rights]
    for _, first, last, sentence in lefts:
        following = bisect_right(beginnings, last)
        if following == len(rights) or beginnings[following] - last - 1 > near.within:
            continue
        if rights[following][3] == sentence:
            yield near.phrase, first, rights[following][2], sentence
