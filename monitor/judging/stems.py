"""Words without the commonest endings, so that a report which says "funded" is like one which says "funding"."""

from collections.abc import Iterable
from functools import lru_cache

_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s")
_LEAST_LEFT = 4  # letters: "sing" keeps its ending


@lru_cache(maxsize=1 << 15)  # one window after another says much the same words
def stem_of(word: str) -> str:
    """Crude, and enough to compare two texts; `spelling.py` finds the word again."""
    for ending in _ENDINGS:
        if len(word) >= len(ending) + _LEAST_LEFT and word.endswith(ending):
            return word.removesuffix(ending)
    return word


class Stems(dict[str, str]):
    """Of each word of three letters and more its stem, the same object for all that have it; nothing for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._once: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        stem = stem_of(word) if len(word) > 2 and word.isalpha() else ""
        kept = self[word] = self._once.setdefault(stem, stem)
        return kept

    def of(self, *texts: Iterable[str]) -> set[str]:
        """Those of the words, once each."""
        stems: set[str] = set()
        for words in texts:
            stems.update(map(self.__getitem__, words))
        stems.discard("")
        return stems
