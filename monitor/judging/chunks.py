"""A text as it is read, one chunk at a time, and where its words stand in it.

What a chunk can be part of is remembered: news uses few words often, so most of the work is one look in a dictionary.
What was read of a text up to the end of a line is not read again with the rest of it.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

from monitor.judging.walk import BORDER_WORD, Found, Known, walk
from monitor.text import BORDER, Word, chunk_words

_MOST_REMEMBERED = 200_000


class Hit(NamedTuple):
    phrase: int  # its place in the sequence that the matcher was made of
    start: int  # characters into the text
    end: int
    sentence: int  # rising; the same for all hits of one sentence


Span = tuple[int, int]  # of a word in its chunk
# Of a chunk: its words; how many; their places in it; how far it is from its beginning to the next chunk's.
Chunk = tuple[tuple[Known, ...], int, tuple[Span, ...], int]
_words, _how_many, _advance = itemgetter(0), itemgetter(1), itemgetter(3)
_LINE = "\n"
_END_OF_LINE = Word(BORDER, BORDER, 0, 1)


class Reading:
    """A text as it was read: its words, where they stand in it, in characters, and what the walk found."""

    def __init__(
        self, text: str, chunks: list[Chunk], words: list[Known], found: list[Found], sentence: int
    ) -> None:
        self.text = text
        self.chunks = chunks
        self.words = words  # with the border that ends the text
        self.found = found
        self.sentence = sentence  # the number of the last

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first word of each chunk."""
        return list(accumulate(map(_how_many, self.chunks), initial=0))

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(_advance, self.chunks), initial=0))

    def span(self, word: int) -> Span:
        chunk = bisect_right(self._firsts, word) - 1
        begins, ends = self.chunks[chunk][2][word - self._firsts[chunk]]
        return self._starts[chunk] + begins, self._starts[chunk] + ends

    def hits(self, found: list[Found]) -> list[Hit]:
        """Written out, for it is done for every hit of a window."""
        read, firsts, starts = self.chunks, self._firsts, self._starts
        hits = []
        for phrase, first, last, sentence in found:
            chunk = bisect_right(firsts, first) - 1
            spans, word, start = read[chunk][2], first - firsts[chunk], starts[chunk]
            begins, ends = spans[word]
            if first == last:
                hits.append(_hit(Hit, (phrase, start + begins, start + ends, sentence)))
                continue
            other = bisect_right(firsts, last, chunk) - 1
            ends = starts[other] + read[other][2][last - firsts[other]][1]
            hits.append(_hit(Hit, (phrase, start + begins, ends, sentence)))
        return hits


_hit = tuple.__new__  # half of what `Hit(…)` takes, and a story of policing has some twenty


class Vocabulary(dict[str, Chunk]):
    """What is remembered of each chunk; an unknown one is learned when it is asked for."""

    def __init__(self, know: Callable[[Word], Known]) -> None:
        super().__init__()
        self._know = know

    def __missing__(self, chunk: str) -> Chunk:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        words = (_END_OF_LINE,) if chunk == _LINE else chunk_words(chunk)
        # The end of a line is given two spaces that the text does not have: it takes no place.
        advance = 0 if chunk == _LINE else len(chunk) + 1
        known = tuple(map(self._know, words))
        learned = self[chunk] = known, len(known), tuple((word.start, word.end) for word in words), advance
        return learned

    def read(self, text: str, begun: Reading | None = None) -> Reading:
        """`begun`: what was read of it, up to the end of one of its lines, over which no phrase goes."""
        if begun is None:
            chunks = self._chunks_of(text)
            words = [*chain.from_iterable(map(_words, chunks)), BORDER_WORD]
            return Reading(text, chunks, words, *walk(words))
        if len(begun.text) == len(text):
            return begun
        _, *chunks = self._chunks_of(text[len(begun.text) :])  # nothing stands before the end of the line
        at = len(begun.words) - 1  # what ended it is the border that the end of its line is
        words = [*begun.words[:at], *chain.from_iterable(map(_words, chunks)), BORDER_WORD]
        found, sentence = walk(words, at, begun.sentence)
        return Reading(text, [*begun.chunks, *chunks], words, [*begun.found, *found], sentence)

    def _chunks_of(self, text: str) -> list[Chunk]:
        return list(map(self.__getitem__, text.replace("\n", " \n ").split(" ")))
