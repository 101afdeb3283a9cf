"""What a change of a text did, so that it can be taken back to the byte, also after other lines were changed. Pure.

A hunk is a run of lines that became another, with as many lines above and below as make it the only such place of the
new text. It is taken back where those lines stand together exactly once; else somebody has changed them, and whose
word counts is for a person to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_AROUND = 12  # lines; a feed rarely has more


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Lines with their ends."""

    above: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    below: tuple[str, ...]


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """What was changed, from the top."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes = SequenceMatcher(None, old, new).get_opcodes()
    return tuple(
        _around(new, start, end, tuple(old[old_start:old_end]))
        for what, old_start, old_end, start, end in changes
        if what != "equal"
    )


def _around(new: Sequence[str], start: int, end: int, old: tuple[str, ...]) -> Hunk:
    for around in range(1, MOST_AROUND + 1):
        above, below = tuple(new[max(start - around, 0) : start]), tuple(new[end : end + around])
        hunk = Hunk(above=above, old=old, new=tuple(new[start:end]), below=below)
        if len(list(_places(new, hunk))) == 1:
            break
    return hunk


def taken_back(text: str, change: Sequence[Hunk]) -> str | None:
    """The text with the change undone; None where its lines are not what the change left."""
    lines = text.splitlines(keepends=True)
    for hunk in reversed(change):
        places = list(_places(lines, hunk))
        if len(places) != 1:
            return None
        start = places[0] + len(hunk.above)
        lines[start : start + len(hunk.new)] = hunk.old
    return "".join(lines)


def _places(lines: Sequence[str], hunk: Hunk) -> Iterator[int]:
    wanted = [*hunk.above, *hunk.new, *hunk.below]
    for place in range(len(lines) - len(wanted) + 1):
        if lines[place] == wanted[0] and list(lines[place : place + len(wanted)]) == wanted:
            yield place
