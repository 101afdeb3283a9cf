"""The walk through all phrases at once, word by word.

Phrases that begin alike go the same way as far as they are alike (`Node`). A text may be on several ways at once: all
that some words can have led to is one `State`, worked out when it is first come to. The word after is looked at first,
by its marks: three words in four lead nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

ANY = 1  # the mark of every word; it is looked for by words to stop at in any case
BORDER_KIND = 0  # the kind of the end of a sentence
_MARKS = 59  # of the forms; some share one, so what looks for it looks again


class Node:
    """A step on the way through the phrases."""

    __slots__ = ("ends", "following")

    def __init__(self) -> None:
        self.following: dict[int, Node] = {}
        self.ends: list[int] = []  # phrases, or parts of near phrases, that are whole here


class State(dict[int, "State | None"]):
    """All steps that some words can have led to, and by each kind of word where it leads: worked out when it is
    asked."""

    __slots__ = ("_kinds", "_nodes", "ends")

    def __init__(self, nodes: Sequence[Node], kinds: Mapping[int, tuple[int, ...]]) -> None:
        super().__init__()
        self._nodes = nodes
        self._kinds = kinds
        self.ends = tuple(end for node in nodes for end in node.ends)

    def __missing__(self, kind: int) -> "State | None":
        nodes = [
            node.following[one] for node in self._nodes for one in self._kinds[kind] if one in node.following
        ]
        state = self[kind] = State(nodes, self._kinds) if nodes else None
        return state

    def sought(self) -> int:
        following = marks(one for node in self._nodes for one in node.following)
        return following | (ANY if self.ends else 0)


# What is remembered of a word: its kind (words of the same forms are one kind); the marks that it shows to the word
# before it; the marks that it looks for in the word after it; where the phrases are that begin with it.
# Plain tuples: the walk takes them apart for every word of every text, which is slow with named ones.
Known = tuple[int, int, int, State]
Found = tuple[int, int, int, int]  # phrase or part, first word, last word, sentence


def marks(symbols: Iterable[int]) -> int:
    return reduce(or_, (ANY << 1 + symbol % _MARKS for symbol in symbols), 0)


def walk(words: Sequence[Known], begin: int = 0, sentence: int = 0) -> tuple[list[Found], int]:
    """The phrases, and parts of near ones, that the words hold from one of them on, and the sentence that the last is in.
    A border ends them. `sentence`: the one that the first is in."""
    found: list[Found] = []
    for first, (word, following) in enumerate(pairwise(words[begin:] if begin else words), begin):
        sought = word[2]
        if not sought or not sought & following[1]:
            continue
        if word[0] == BORDER_KIND:
            sentence += 1
            continue
        state: State | None = word[3]
        last = first
        while state is not None:
            for end in state.ends:
                found.append((end, first, last, sentence))
            last += 1
            state = state[words[last][0]]
    return found, sentence
