"""The walk through all phrases at once, word by word.

Phrases that begin alike go the same way as far as they are alike (`Node`). A text may be on several ways at once: all
that some words can have led to is one `State`, worked out when it is first come to. Three words in four lead nowhere,
which one look at the word after says.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

BORDER_KIND = 0  # the kind of the end of a sentence


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


# What is remembered of a word: its kind (words of the same forms are one kind), and where the phrases are that begin
# with it, if any do. Plain tuples: the walk takes them apart for every word of every text, which is slow with named
# ones.
Known = tuple[int, State | None]
BORDER_WORD: Known = (BORDER_KIND, None)
Found = tuple[int, int, int, int]  # phrase or part, first word, last word, sentence


def walk(words: Sequence[Known], begin: int = 0, sentence: int = 0) -> tuple[list[Found], int]:
    """The phrases, and parts of near ones, that the words hold from one of them on, and the sentence that the last is
    in. A border ends them. `sentence`: the one that the first is in."""
    found: list[Found] = []
    for first, ((kind, state), following) in enumerate(pairwise(words[begin:] if begin else words), begin):
        if state is None:
            if kind == BORDER_KIND:
                sentence += 1
            continue
        after = state[following[0]]
        for end in state.ends:
            found.append((end, first, first, sentence))
        last = first
        while after is not None:
            last += 1
            for end in after.ends:
                found.append((end, first, last, sentence))
            after = after[words[last + 1][0]]
    return found, sentence
