"""How alike the words of two articles are, and how much more alike than either is to others of its kind.

- *Likeness* is the cosine of the rarer words, weighed by how rare they are in the window and in usual news (`common.py`).
- *Closeness* is likeness beside that of their next of kin: of twenty stories on council tax every two are alike, so
  that says little; of two stories on a dog it says much. The next of kin are the eight most alike that anything at all
  hints to be one event, whichever year they are of. A story that has fewer is given strangers, `STRANGER` alike.
- *Told*: how much of each headline, by the rarity of its words, the other article tells too.

The words that several articles have are bits of a number, the commonest first: what two articles share is found some five
times as fast as with sets. Sums have one order, or are exact (`fsum`): the order of a set is another in every process,
and a story is not to hang on it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from math import fsum
from typing import TypeVar

from monitor.judging.common import SHARES, USUAL
from monitor.judging.grounds import Grounds
from monitor.judging.sketch import Sketch
from monitor.judging.stems import stem_of

T = TypeVar("T")
_Weighed = tuple[int, float]  # words as bits, and what they weigh together

KIN = 8
STRANGER = 0.12
LEAST_KIN = 0.05  # added, so that what resembles nothing is not near to anything
COMMON = 0.15  # of the articles: what stands in more says nothing of one
EVERYDAY = 0.1  # of usual articles: what stands in as many is no rare word of any window
EVERYDAY_SHARE = 0.3  # of usual articles that have a word of the force's name or its area's
OWN_SHARE = 0.1  # of usual articles that have a word of the panel's own


class Likeness:
    def __init__(self, sketches: Sequence[Sketch], grounds: Grounds) -> None:
        self._sketches = sketches
        self.total = len(sketches) + USUAL
        self.frequency = Counter(chain.from_iterable(one.words for one in sketches))
        shares = {
            **dict.fromkeys(map(stem_of, grounds.own), OWN_SHARE),
            **SHARES,
            **dict.fromkeys(map(stem_of, grounds.everyday), EVERYDAY_SHARE),
        }
        # In usual news, however few articles of the window have them.
        self.common = frozenset(
            word
            for word, share in shares.items()
            if share >= EVERYDAY and (word in SHARES or share > OWN_SHARE)
        )
        most = COMMON * self.total
        weights = {
            word: math.log(self.total / usual)
            for word, count in self.frequency.items()
            if (usual := count + USUAL * shares.get(word, 0.0)) <= most
        }
        shared = [word for word in weights if self.frequency[word] > 1]
        shared.sort(key=lambda word: (-self.frequency[word], word))
        self._bits = {word: (bit >> 3, 1 << (bit & 7)) for bit, word in enumerate(shared, start=1)}
        self._bytes = (len(shared) >> 3) + 1
        self._of_bits = [
            0.0,
            0.0,
            *map(weights.__getitem__, shared),
        ]  # by the length of the number that the bit is
        self._squares = [weight * weight for weight in self._of_bits]
        self._weights = weights
        self._squared = {word: weight * weight for word, weight in weights.items()}
        # Of those that are asked for: nothing hints that every second article is of another's event.
        self._known: list[_Weighed | None] = [None] * len(sketches)
        self._headlines: dict[int, _Weighed] = {}

    def of(self, one: int, others: Sequence[int]) -> list[float]:
        """How alike the one and each of the others are, from 0 to 1."""
        if not others:
            return []
        known, squares = self._known, self._squares
        own, norm = known[one] or self._weighed(one)
        found = []
        for two in others:
            mask, other_norm = known[two] or self._weighed(two)
            found.append(_sum(own & mask, squares) / (norm * other_norm))
        return found

    def told(self, one: int, two: int) -> float:
        """From 0 to 1."""
        (first, first_total), (second, second_total) = self._headline(one), self._headline(two)
        here, there = first & self._weighed(two)[0], second & self._weighed(one)[0]
        told = _sum(here, self._of_bits) / first_total if here else 0.0
        return (told + _sum(there, self._of_bits) / second_total if there else told) / 2

    def _weighed(self, place: int) -> _Weighed:
        """The words of an article, and the root of what they weigh, squared."""
        if (known := self._known[place]) is not None:
            return known
        words = self._sketches[place].words
        squares = fsum(_values(self._squared, words))
        weighed = self._known[place] = self._mask(words), math.sqrt(squares) or 1.0
        return weighed

    def _headline(self, place: int) -> _Weighed:
        """Its words, and what they weigh."""
        if place not in self._headlines:
            words = self._sketches[place].headline
            self._headlines[place] = self._mask(words), fsum(_values(self._weights, words))
        return self._headlines[place]

    def _mask(self, words: Iterable[str]) -> int:
        mask = bytearray(self._bytes)
        for place, bit in _values(self._bits, words):
            mask[place] |= bit
        return int.from_bytes(mask, "little")


class _Bits(dict[int, int]):
    """Numbers of one bit, by their lengths. Those that are asked for all the time are kept, 4 MB at the most: to make
    each anew took a quarter of the time of comparing."""

    def __missing__(self, length: int) -> int:
        bit = 1 << length - 1
        if length <= _KEPT:
            self[length] = bit
        return bit


_KEPT = 8_000
_BITS = _Bits()


def _values(of: Mapping[str, T], words: Iterable[str]) -> Iterator[T]:
    """Of the words that have one; none is 0."""
    return filter(None, map(of.get, words))


def _sum(mask: int, values: Sequence[float]) -> float:
    """Of the values of the bits that are set, from the highest, so that the number gets shorter."""
    found, bits = 0.0, _BITS
    while mask:
        length = mask.bit_length()
        found += values[length]
        mask ^= bits[length]
    return found


def kin(likenesses: Sequence[float]) -> float:
    """The mean likeness of an article to its next of kin, of all its likenesses; those to strangers may be left out."""
    nearest = nlargest(KIN, likenesses)
    strangers = [STRANGER] * (KIN - len(nearest))
    return sum(max(one, STRANGER) for one in chain(nearest, strangers)) / KIN


LEAST_NEAR = LEAST_KIN + 2 * kin(())  # what a likeness is divided by at least


def closeness(likeness: float, one_kin: float, other_kin: float) -> float:
    return likeness / (LEAST_KIN + one_kin + other_kin)
