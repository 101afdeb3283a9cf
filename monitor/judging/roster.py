"""The phrases of many panels as one list, each with the panels that have it.

An entry that two panels have alike stands once. What is found must come in the order in which a panel alone would find
it, for ties are broken by that: so two phrases of the same words, and two near phrases (`one ~5 other`), stand in the
order of every panel's files. Panels whose files contradict each other there, or weigh title and text otherwise, have
lists of their own; what else stands where in a file is all one.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from monitor.judging.classify import Judge
from monitor.judging.entries import Entry
from monitor.judging.forms import forms_of
from monitor.text import NEAR

_NEAR = "near"


@dataclass(frozen=True, slots=True)
class Roster:
    """Panels whose phrases can be sought together."""

    panels: tuple[int, ...]
    entries: tuple[Entry, ...]
    whose: tuple[int, ...]  # of each entry: a bit for each panel that has it


def rosters(judges: Sequence[Judge]) -> list[Roster]:
    """As few as can be; each panel is in one."""
    drafts: list[_Draft] = []
    for panel, judge in enumerate(judges):
        listed = _listed(judge.entries)
        for draft in drafts:
            if draft.takes(judge, listed):
                break
        else:
            drafts.append(draft := _Draft(judge))
            draft.takes(judge, listed)
        draft.add(panel, listed)
    return [draft.done() for draft in drafts]


_Known = tuple[Hashable, ...]  # what makes two entries one
_Listed = dict[_Known, Entry]


def _listed(entries: Sequence[Entry]) -> _Listed:
    """One that stands twice in a panel's files is two."""
    listed: _Listed = {}
    for one in entries:
        key = (one.phrase, one.role, one.rule, one.points, one.most, one.name, one.person, one.is_case)
        times = 0
        while (*key, times) in listed:
            times += 1
        listed[(*key, times)] = one
    return listed


class _Draft:
    def __init__(self, first: Judge) -> None:
        self._fields = first.rules.fields
        self._whose: dict[_Known, int] = {}
        self._entries: _Listed = {}
        self._before: dict[_Known, set[_Known]] = {}  # of each entry those that must stand before it
        self._panels: list[int] = []

    def takes(self, judge: Judge, listed: _Listed) -> bool:
        """Whether the order of its phrases contradicts none so far; it is kept then."""
        if judge.rules.fields != self._fields:
            return False
        fresh = [(one, two) for one, two in _ordered(listed) if one not in self._before.get(two, ())]
        if not fresh:  # as in the files of those before it, mostly
            return True
        wanted = {known: set(before) for known, before in self._before.items()}
        for one, two in fresh:
            wanted.setdefault(two, set()).add(one)
        try:
            TopologicalSorter(wanted).prepare()
        except CycleError:
            return False
        self._before = wanted
        return True

    def add(self, panel: int, listed: _Listed) -> None:
        self._panels.append(panel)
        for known, entry in listed.items():
            self._entries.setdefault(known, entry)
            self._whose[known] = self._whose.get(known, 0) | 1 << panel

    def done(self) -> Roster:
        ordered = [*TopologicalSorter(self._before).static_order()]
        first = frozenset(ordered)
        ordered += [known for known in self._entries if known not in first]
        return Roster(
            panels=tuple(self._panels),
            entries=tuple(self._entries[known] for known in ordered),
            whose=tuple(self._whose[known] for known in ordered),
        )


def _ordered(listed: _Listed) -> list[tuple[_Known, _Known]]:
    """Each two neighbours whose order tells."""
    alike: dict[Hashable, list[_Known]] = {}
    for known, entry in listed.items():
        words = _NEAR if NEAR.search(entry.phrase.text) else forms_of(entry.phrase)
        alike.setdefault(words, []).append(known)
    return [pair for those in alike.values() for pair in pairwise(those)]
