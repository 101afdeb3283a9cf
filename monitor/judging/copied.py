"""What of one report stands in another too, paragraph by paragraph: for a person who asks whether it is worth reading
besides. Pure.

Told by runs of four words, every one of them (`compare.py` groups by one in four), within a paragraph. A paragraph is
copied where most of its runs stand in the other text. One that has no run is copied where its words stand there side
by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.text import normalise

RUN = 4
MOSTLY = 0.6  # of a paragraph's runs: what `compare.py` asks of a whole text

_Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A text against another one."""

    share: float  # from 0 to 1: of its runs those that stand in the other
    own: tuple[str, ...]  # its paragraphs that do not, as written
    copied: tuple[str, ...]


def copied(paragraphs: Sequence[str], other: Sequence[str]) -> Copied:
    there = [normalise(paragraph).split() for paragraph in other]
    runs = {run for words in there for run in _runs(words)}
    line = f" {'  '.join(' '.join(words) for words in there)} "
    shared = total = 0
    own: list[str] = []
    taken: list[str] = []
    for paragraph in paragraphs:
        words = normalise(paragraph).split()
        mine = _runs(words)
        in_both = sum(run in runs for run in mine)
        shared, total = shared + in_both, total + len(mine)
        is_taken = in_both >= MOSTLY * len(mine) if mine else bool(words) and f" {' '.join(words)} " in line
        (taken if is_taken else own).append(paragraph)
    return Copied(share=shared / total if total else 0.0, own=tuple(own), copied=tuple(taken))


def _runs(words: Sequence[str]) -> list[_Run]:
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
