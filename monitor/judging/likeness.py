"""How alike the words of two articles are, and how much more alike than either is to others of its kind.

- *Likeness* is the cosine of the rarer words, weighed by how rare they are in the window and in usual news (`common.py`).
- *Closeness* is likeness beside that of their next of kin: of twenty stories on council tax every two are alike, so
  that says little; of two stories on a dog it says much. The next of kin are the eight most alike that anything at all
  hints to be one event, whichever year they are of. A story that has fewer is given strangers, `STRANGER` alike.
- *Told*: how much of each headline, by the rarity of its words, the other article tells too.
"""

import math
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import chain
from operator import mul

from monitor.judging.common import SHARES, USUAL
from monitor.judging.grounds import Grounds
from monitor.judging.sketch import Sketch, stem_of

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
        self._weights = {
            word: math.log(self.total / usual)
            for word, count in self.frequency.items()
            if (usual := count + USUAL * shares.get(word, 0.0)) <= most
        }
        self._vectors: dict[int, tuple[dict[str, float], float]] = {}

    def of(self, one: int, two: int) -> float:
        """From 0 to 1."""
        (left, left_norm), (right, right_norm) = self._vector(one), self._vector(two)
        shared = left.keys() & right.keys()
        product: float = sum(map(mul, map(left.__getitem__, shared), map(right.__getitem__, shared)))
        return product / (left_norm * right_norm)

    def told(self, one: int, two: int) -> float:
        """From 0 to 1."""
        return (self._told(one, two) + self._told(two, one)) / 2

    def _told(self, one: int, two: int) -> float:
        here, there = self._vector(one)[0], self._vector(two)[0]
        weighed = [word for word in self._sketches[one].headline if word in here]
        total = sum(here[word] for word in weighed)
        return sum(here[word] for word in weighed if word in there) / total if total else 0.0

    def _vector(self, place: int) -> tuple[dict[str, float], float]:
        if place not in self._vectors:
            weights = self._weights
            vector = {word: weights[word] for word in self._sketches[place].words if word in weights}
            norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
            self._vectors[place] = vector, norm
        return self._vectors[place]


def kin(likenesses: Sequence[float]) -> float:
    """The mean likeness of an article to its next of kin, of all its likenesses."""
    nearest = nlargest(KIN, likenesses)
    strangers = [STRANGER] * (KIN - len(nearest))
    return sum(max(one, STRANGER) for one in chain(nearest, strangers)) / KIN


def closeness(likeness: float, one_kin: float, other_kin: float) -> float:
    return likeness / (LEAST_KIN + one_kin + other_kin)
