"""Verdicts of many panels on one article, which is read once for all of them: each verdict is what the panel's own
judge says (`classify.py`), word for word.

1. *One list.* Panels that share a topic card differ in some hundred names of three thousand phrases. So all their
   phrases are sought together, and each knows the panels that have it (`roster.py`).
2. *Out for all at once.* What says nothing of policing up front, by any panel's phrases, is read no further.
3. *Alike for many.* What hits and counts is worked out once. Panels for which the same hits count, that weigh them alike
   and to which the outlet is as near, have the same verdict: it is reached once. A story from Kent is one thing to Kent,
   and another to all who know that Kent is elsewhere.
4. *Once for all.* The verdicts on an article are kept until the bench rises: who asks as the second finds them. They are
   known by all that they hang on, for an article without its boilerplate is another than with it.

Panels are bits of a number here, for they are parted some hundred thousand times a week.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.judging.chunks import Hit, Reading
from monitor.judging.classify import Judge, Judging, unopened
from monitor.judging.entries import Role, Spoken
from monitor.judging.hearing import in_fields, of_its_time
from monitor.judging.inside import Longest
from monitor.judging.phrases import Matcher
from monitor.judging.places import Home
from monitor.judging.roster import Roster, rosters
from monitor.model import Article, Verdict
from monitor.settings import Gazetteer, Rules

Panels = int  # a bit for each
_Told = list[tuple[Spoken, Panels]]  # what counts, and for whom
_Said = tuple[tuple[Panels, Verdict], ...]  # each verdict, and whose it is


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel judges by, and what it reads."""

    rules: Rules
    gazetteer: Gazetteer
    feeds: frozenset[str] | None = None  # the addresses of those it wants; None: all


class Bench:
    """The judges of several panels."""

    def __init__(self, panels: Sequence[Panel]) -> None:
        self._panels = panels
        judges = [Judge(panel.rules, panel.gazetteer) for panel in panels]
        self._rows = [_Row(judges, roster) for roster in rosters(judges)]
        self._wanting: dict[str, Panels] = {}  # by feed
        self._said: dict[tuple[str, int], _Said] = {}

    def seat(self, panel: int) -> Judging:
        """The judge of the panel of that number, who says what he would say alone."""
        return _Seat(self, panel)

    def in_brief(self, panel: int, article: Article) -> Verdict:
        """Judged for all who read its feed, when the first of them asks."""
        bit, key = 1 << panel, (article.id, _fingerprint(article))
        known = self._said.get(key, ())
        for panels, verdict in known:
            if panels & bit:
                return verdict
        said = self._judged(article, bit | self._wants(article.feed))
        self._said[key] = (*known, *said)
        return next(verdict for panels, verdict in said if panels & bit)

    def verdict(self, panel: int, article: Article) -> Verdict:
        """With all its evidence."""
        row = next(row for row in self._rows if row.panels >> panel & 1)
        ((_, verdict),) = row.judged(article, 1 << panel, is_brief=False)
        return verdict

    def _judged(self, article: Article, wanted: Panels) -> _Said:
        return tuple(said for row in self._rows for said in row.in_brief(article, row.panels & wanted))

    def _wants(self, feed: str) -> Panels:
        if feed not in self._wanting:
            wanting = [panel.feeds is None or feed in panel.feeds for panel in self._panels]
            self._wanting[feed] = sum(1 << place for place, wants in enumerate(wanting) if wants)
        return self._wanting[feed]


@dataclass(frozen=True, slots=True)
class _Seat:
    _bench: Bench
    _panel: int

    def in_brief(self, article: Article) -> Verdict:
        return self._bench.in_brief(self._panel, article)

    def verdict(self, article: Article) -> Verdict:
        return self._bench.verdict(self._panel, article)


def _fingerprint(article: Article) -> int:
    """Of all that a verdict hangs on."""
    return hash(
        (article.title, article.paragraphs, article.outlet, article.published, article.published_is_guess)
    )


class _Row:
    """Judges whose phrases can be sought together."""

    def __init__(self, judges: Sequence[Judge], roster: Roster) -> None:
        self.panels = sum(1 << panel for panel in roster.panels)
        self._judges = judges
        self._entries, self._whose = roster.entries, roster.whose
        self._weights = judges[roster.panels[0]].rules.fields  # the same for all of a roster
        self._matcher = Matcher(tuple(entry.phrase for entry in self._entries))
        self._openings = {
            place: self._whose[place] for place, entry in enumerate(self._entries) if entry.opens
        }
        self._alike = _alike({panel: judges[panel] for panel in roster.panels})
        self._homes: dict[str, dict[Home, Panels]] = {}

    def in_brief(self, article: Article, wanted: Panels) -> Iterator[tuple[Panels, Verdict]]:
        open_to, opening = wanted, None
        if article.paragraphs and wanted:
            opening = self._matcher.read(f"{article.title}\n{article.paragraphs[0]}")
            open_to &= self._opens_to(opening)
        if closed_to := wanted & ~open_to:
            for home, near in self._home(article.outlet).items():
                if near & closed_to:
                    yield near & closed_to, unopened(home)
        if open_to:
            yield from self.judged(article, open_to, opening)

    def _opens_to(self, opening: Reading) -> Panels:
        found = 0
        for phrase in self._openings.keys() & self._matcher.phrases_in(opening):
            found |= self._openings[phrase]
        return found

    def judged(
        self, article: Article, wanted: Panels, opening: Reading | None = None, *, is_brief: bool = True
    ) -> Iterator[tuple[Panels, Verdict]]:
        """`opening`: what was read of it, its title and first paragraph."""
        text = f"{article.title}\n{article.text}"
        told = self._told(article, text, opening)
        splits = {panels for _, panels in told} - {self.panels}
        for home, near in self._home(article.outlet).items():
            for part in _split([near & wanted & alike for alike in self._alike], splits):
                first = part & -part
                spoken = [one for one, panels in told if panels & first]
                judge = self._judges[first.bit_length() - 1]
                yield part, judge.judged(article, text, spoken, home, is_brief=is_brief)

    def _told(self, article: Article, text: str, opening: Reading | None) -> _Told:
        hits = self._matcher.hits(text, opening)
        spoken = of_its_time(in_fields(hits, self._entries, article, self._weights), article)
        told = [(one, self._whose[one.hit.phrase]) for one in spoken]
        longest = _longest(told)
        return list(_uncancelled(told, longest)) if longest else told

    def _home(self, outlet: str) -> dict[Home, Panels]:
        """Where the outlet is, and for whom."""
        if outlet not in self._homes:
            hits = [hit.phrase for hit in self._matcher.hits(outlet)]
            homes: dict[Home, Panels] = {}
            for panel in _each(self.panels):
                said = (self._entries[one] for one in hits if self._whose[one] >> panel & 1)
                home = self._judges[panel].home_of(outlet, said)
                homes[home] = homes.get(home, 0) | 1 << panel
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


def _alike(judges: Mapping[int, Judge]) -> list[Panels]:
    """The panels parted by how they weigh what they find."""
    parts: dict[object, Panels] = {}
    for panel, judge in judges.items():
        rules = judge.rules
        key = (rules.thresholds, rules.unsunk, rules.sunk_below)
        parts[key] = parts.get(key, 0) | 1 << panel
    return list(parts.values())


def _split(parts: list[Panels], splits: Iterable[Panels]) -> list[Panels]:
    """Each part in those that have the same of the `splits`."""
    for split in splits:
        parts = [half for part in parts for half in (part & split, part & ~split) if half]
    return [part for part in parts if part]


def _each(panels: Panels) -> Iterator[int]:
    return (place for place in range(panels.bit_length()) if panels >> place & 1)
