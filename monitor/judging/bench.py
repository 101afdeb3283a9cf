"""Verdicts of many panels on one article, which is read once for all of them: each verdict is what the panel's own
judge says (`classify.py`), word for word.

1. *One list.* Panels that share a topic card differ in some hundred names of five thousand phrases. So all their phrases
   are sought together, and each knows the panels that have it (`roster.py`).
2. *Out for all at once.* What says nothing of policing up front, by any panel's phrases, is read no further.
3. *Alike for many.* What hits and counts is worked out once. Panels for which the same hits count, that weigh them alike
   and to which the outlet is as near, have the same verdict: it is reached once. A story from Kent is one thing to Kent,
   and another to all who know that Kent is elsewhere.

Panels are bits of a number here, for they are parted some hundred thousand times a week.
"""

from collections.abc import Iterable, Iterator, Sequence

from monitor.judging.classify import Judge, unopened
from monitor.judging.entries import Role, Spoken
from monitor.judging.hearing import in_fields, of_its_time
from monitor.judging.inside import Longest
from monitor.judging.phrases import Hit, Matcher
from monitor.judging.places import Home
from monitor.judging.roster import Roster, rosters
from monitor.model import Article, Verdict
from monitor.settings import Gazetteer, Rules

Panels = int  # a bit for each
_Told = list[tuple[Spoken, Panels]]  # what counts, and for whom


class Bench:
    """The judges of several panels."""

    def __init__(self, panels: Sequence[tuple[Rules, Gazetteer]]) -> None:
        judges = [Judge(rules, gazetteer) for rules, gazetteer in panels]
        self._rows = [_Row([judges[seat] for seat in roster.seats], roster) for roster in rosters(judges)]
        self._panels = len(judges)

    def in_brief(self, article: Article, wanted: Iterable[int] | None = None) -> tuple[Verdict | None, ...]:
        """As `Judge.in_brief` of each panel, by its number; None for those that do not want it."""
        asking = frozenset(range(self._panels) if wanted is None else wanted)
        verdicts: list[Verdict | None] = [None] * self._panels
        for row in self._rows:
            seats = row.roster.seats
            for seat, verdict in row.in_brief(
                article, _bits(at for at, one in enumerate(seats) if one in asking)
            ):
                verdicts[seats[seat]] = verdict
        return tuple(verdicts)

    def verdict(self, panel: int, article: Article) -> Verdict:
        """As `Judge.verdict` of one of them, with all its evidence."""
        row = next(row for row in self._rows if panel in row.roster.seats)
        return row.verdict(row.roster.seats.index(panel), article)


class _Row:
    """Judges whose phrases can be sought together."""

    def __init__(self, judges: Sequence[Judge], roster: Roster) -> None:
        self.roster = roster
        self._judges = judges
        self._all = (1 << len(judges)) - 1
        self._weights = judges[0].rules.fields  # the same for all of a roster
        self._matcher = Matcher(tuple(entry.phrase for entry in roster.entries))
        self._openings = {
            place: roster.panels[place] for place, entry in enumerate(roster.entries) if entry.opens
        }
        self._alike = _parts(judges)
        self._homes: dict[str, dict[Home, Panels]] = {}

    def in_brief(self, article: Article, wanted: Panels) -> Iterator[tuple[int, Verdict]]:
        open_to = wanted
        if article.paragraphs and wanted:
            open_to &= self._opens_to(f"{article.title}\n{article.paragraphs[0]}")
        for home, near in self._home(article.outlet).items():
            if out := near & wanted & ~open_to:
                yield from _each(out, unopened(home))
        if open_to:
            yield from self._judged(article, open_to)

    def verdict(self, seat: int, article: Article) -> Verdict:
        ((_, verdict),) = self._judged(article, 1 << seat, is_brief=False)
        return verdict

    def _opens_to(self, text: str) -> Panels:
        found = 0
        for phrase in self._openings.keys() & self._matcher.phrases(text):
            found |= self._openings[phrase]
        return found

    def _judged(
        self, article: Article, wanted: Panels, *, is_brief: bool = True
    ) -> Iterator[tuple[int, Verdict]]:
        text = f"{article.title}\n{article.text}"
        told = self._told(article, text)
        splits = {panels for _, panels in told} - {self._all}
        for home, near in self._home(article.outlet).items():
            for alike in _split([near & wanted & part for part in self._alike], splits):
                first = alike & -alike
                spoken = [one for one, panels in told if panels & first]
                judge = self._judges[first.bit_length() - 1]
                yield from _each(alike, judge.judged(article, text, spoken, home, is_brief=is_brief))

    def _told(self, article: Article, text: str) -> _Told:
        hits = self._matcher.hits(text)
        spoken = of_its_time(in_fields(hits, self.roster.entries, article, self._weights), article)
        panels = self.roster.panels
        told = [(one, panels[one.hit.phrase]) for one in spoken]
        longest = _longest(told)
        return list(_uncancelled(told, longest)) if longest else told

    def _home(self, outlet: str) -> dict[Home, Panels]:
        """Where the outlet is, and for whom."""
        if outlet not in self._homes:
            hits = [hit.phrase for hit in self._matcher.hits(outlet)]
            homes: dict[Home, Panels] = {}
            for seat, judge in enumerate(self._judges):
                said = (self.roster.entries[one] for one in hits if self.roster.panels[one] >> seat & 1)
                home = judge.home_of(outlet, said)
                homes[home] = homes.get(home, 0) | 1 << seat
            self._homes[outlet] = homes
        return self._homes[outlet]


_Longest = dict[str, list[tuple[Panels, Longest]]]  # by rule


def _longest(told: _Told) -> _Longest:
    """The hits that rule out others, each with those for whom they do."""
    nevers: dict[str, dict[Panels, list[Hit]]] = {}
    for one, panels in told:
        if one.entry.role is Role.NEVER:
            nevers.setdefault(one.entry.rule, {}).setdefault(panels, []).append(one.hit)
    return {
        rule: [(panels, Longest(hits)) for panels, hits in by_panels.items()]
        for rule, by_panels in nevers.items()
    }


def _uncancelled(told: _Told, longest: _Longest) -> Iterator[tuple[Spoken, Panels]]:
    for one, panels in told:
        left = panels
        for rule in one.entry.ruled_out_by:
            for ruling, longer in longest.get(rule, ()):
                if left & ruling and longer.hold(one.hit):
                    left &= ~ruling
        if left:
            yield one, left


def _parts(judges: Sequence[Judge]) -> list[Panels]:
    """The panels parted by how they weigh what they find."""
    parts: dict[object, Panels] = {}
    for seat, judge in enumerate(judges):
        rules = judge.rules
        key = (rules.thresholds, rules.unsunk, rules.sunk_below)
        parts[key] = parts.get(key, 0) | 1 << seat
    return list(parts.values())


def _split(parts: list[Panels], splits: Iterable[Panels]) -> list[Panels]:
    """Each part in those that have the same of the `splits`."""
    for split in splits:
        parts = [half for part in parts for half in (part & split, part & ~split) if half]
    return [part for part in parts if part]


def _bits(seats: Iterable[int]) -> Panels:
    return sum(1 << seat for seat in seats)


def _each(panels: Panels, verdict: Verdict) -> Iterator[tuple[int, Verdict]]:
    while panels:
        first = panels & -panels
        yield first.bit_length() - 1, verdict
        panels ^= first
