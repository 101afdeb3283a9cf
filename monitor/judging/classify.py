"""An article's verdict, with all its evidence.

Three questions, answered apart:

1. Is it ours? `places.py` says: the panel's area, national or elsewhere.
2. Is it a matter of policing, or of crime and justice? Words for police bodies and strong phrases of the topics, each
   counted once and by the field it stands in, reach `thresholds.policing`. The force and its commissioner count
   twice, and the first paragraph counts like the title. One of them stands in the title or the first paragraph, and
   is no mere office of government: a council's budget that names the force further down is the council's, and the
   Home Secretary has other matters.
3. Is it systemic, or one case? The score: what being named adds for each body, plus the cues that raise, less the
   cues that sink, plus `unsunk` where none of them sinks but cases told below the first paragraph. Then these take at
   most `sunk_below`: figures for an area are often told with a case as their example, but a case seldom hides. A phrase
   counts once, where it counts most; a group counts at most `most` phrases, and of two that overlap the longer.

Then: a story from elsewhere or not of policing is out. Else the score decides, against `include` (or `national`) and
`borderline`; cues raise what is included by two points and more, for a commissioner may also open a fete. A national
story must besides name an inspectorate or a national body that governs or counts, or speak of the nation up front.

Which hits count at all, `hearing.py` says.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Protocol

from monitor.judging import places
from monitor.judging.chunks import Hit, Reading
from monitor.judging.entries import Entry, Role, Spoken, entries
from monitor.judging.hearing import in_fields, of_its_time, uncancelled
from monitor.judging.phrases import Matcher, Sought, matcher_of
from monitor.judging.places import Home, Locality, Named
from monitor.judging.subjects import subjects_of
from monitor.judging.whereabouts import Whereabouts, whereabouts
from monitor.model import Area, Article, Choice, Evidence, Field, Verdict
from monitor.settings import Gazetteer, Rules
from monitor.text import normalise

LEAST_RAISED = 2  # points of cues: with 1, a patrol that speaks of crime is in
_NOT_POLICING = "Not a matter of policing, crime or justice."
_MATTERS_NATIONALLY = frozenset({"body inspectorates", "body government"})


_Points = Sequence[tuple[Spoken, int]]  # what each hit adds to the score


class Judging(Protocol):
    """Whoever says of an article what the rules of one panel say."""

    def verdict(self, article: Article) -> Verdict:
        """With all its evidence."""

    def in_brief(self, article: Article) -> Verdict:
        """The same choice; of what is out only that it is out."""


@lru_cache(maxsize=2)
def prepare(rules: Rules, gazetteer: Gazetteer) -> "Judge":
    """Compiles all phrases and names together, once for the same rules."""
    return Judge(rules, gazetteer)


class Judge:
    """Verdicts by one set of rules."""

    def __init__(self, rules: Rules, gazetteer: Gazetteer) -> None:
        self.rules = rules
        self._thresholds = rules.thresholds
        self._fields = rules.fields
        self._unsunk = rules.unsunk
        self._sunk_below = rules.sunk_below
        self.entries = entries(rules, gazetteer)
        self._openings = frozenset(place for place, entry in enumerate(self.entries) if entry.opens)
        self._outlets = frozenset(map(normalise, gazetteer.outlets))
        self._homes: dict[str, Home] = {}

    @cached_property
    def _matcher(self) -> Matcher:
        """Made when it is asked for: who judges among many (`bench.py`) has one for all of them."""
        return matcher_of(tuple(entry.phrase for entry in self.entries))

    @cached_property
    def _sought(self) -> Sought:
        """What may open a story of policing."""
        return self._matcher.sought(self._openings)

    def verdict(self, article: Article) -> Verdict:
        """With all its evidence."""
        return self._verdict(article, is_brief=False)

    def in_brief(self, article: Article) -> Verdict:
        """The same choice, for long windows: of what is out only that it is out, without evidence.

        Most news says nothing of policing in its title and first paragraph. It is out by rule 2 whatever follows, so it
        is not read on; its area is then the outlet's.
        """
        opening = None
        if article.paragraphs:
            opening = self._matcher.read(f"{article.title}\n{article.paragraphs[0]}")
            # It may be cancelled, or out of its time.
            if not self._matcher.says_any(opening, self._sought):
                return unopened(self._home(article.outlet))
        return self._verdict(article, opening, is_brief=True)

    def _verdict(self, article: Article, opening: Reading | None = None, *, is_brief: bool) -> Verdict:
        """`opening`: what was read of it, its title and first paragraph."""
        text = f"{article.title}\n{article.text}"
        spoken = self._spoken(article, text, opening)
        return self.judged(article, text, spoken, self._home(article.outlet), is_brief=is_brief)

    def judged(
        self, article: Article, text: str, spoken: Sequence[Spoken], outlet: Home, *, is_brief: bool
    ) -> Verdict:
        """The verdict by what counts of the hits in title and text, and by where the outlet is."""
        locality = places.locate(_named(spoken), outlet)
        best = _best(spoken)
        policing = _policing(best)
        if is_brief and (locality.area is Area.ELSEWHERE or policing < self._thresholds.policing):
            choice, reason = self._choice(locality, policing, 0, (), text)
            return Verdict(choice=choice, score=0, area=locality.area, reason=reason)
        points = _spared(_points([one for one in best if one.entry.scores]), self._sunk_below)
        score = sum(worth for _, worth in points) + (0 if _is_sunk(points) else self._unsunk)
        choice, reason = self._choice(locality, policing, score, points, text)
        if is_brief and choice is Choice.EXCLUDE:
            return Verdict(choice=choice, score=score, area=locality.area, reason=reason)
        subjects = subjects_of(spoken, best)
        return Verdict(
            choice=choice,
            score=score,
            area=locality.area,
            topics=subjects.topics,
            councils=locality.councils,
            reason=reason,
            evidence=_evidence(article, points, subjects.counted, locality.counted),
        )

    def counted(self, article: Article) -> frozenset[Entry]:
        """What hits the article and counts: not cancelled, and of its time."""
        return frozenset(one.entry for one in self._spoken(article, f"{article.title}\n{article.text}"))

    def _spoken(self, article: Article, text: str, opening: Reading | None = None) -> list[Spoken]:
        """What counts of the hits in title and text."""
        hits = self._matcher.hits(text, opening)
        return uncancelled(of_its_time(in_fields(hits, self.entries, article, self._fields), article))

    def whereabouts(self, article: Article) -> Whereabouts:
        """Why it is ours or not, and what would change that."""
        spoken = self._spoken(article, f"{article.title}\n{article.text}")
        return whereabouts(_named(spoken), self._home(article.outlet))

    def _home(self, outlet: str) -> Home:
        """Where the outlet is, by its name or by the list of places.yaml."""
        if outlet not in self._homes:
            said = (self.entries[hit.phrase] for hit in self._matcher.hits(outlet))
            self._homes[outlet] = self.home_of(outlet, said)
        return self._homes[outlet]

    def home_of(self, outlet: str, said: Iterable[Entry]) -> Home:
        """`said`: what hits its name."""
        return places.home(outlet, [entry.name for entry in said if entry.name], self._outlets)

    def _choice(
        self, locality: Locality, policing: int, score: int, points: _Points, text: str
    ) -> tuple[Choice, str]:
        """With its reason in the words of the article, for a reader who knows no rules."""
        if locality.area is Area.ELSEWHERE:
            return (
                Choice.EXCLUDE,
                f"Not ours: it speaks of {_listed(one.name.phrase.text for one in locality.counted)}.",
            )
        if policing < self._thresholds.policing:
            return Choice.EXCLUDE, _NOT_POLICING
        needed = self._thresholds.include
        if locality.area is Area.NATIONAL:
            needed = self._thresholds.national
            opens = any(one.field is not Field.BODY for one in locality.counted)
            if not opens and not any(one.entry.rule in _MATTERS_NATIONALLY for one, _ in points):
                return Choice.EXCLUDE, "National, and neither government nor inspectorate speaks in it."
        if score < self._thresholds.borderline:
            return Choice.EXCLUDE, _why_out(points, text)
        raised = sum(worth for one, worth in points if worth > 0 and one.entry.role is Role.CUE)
        raises = _listed(_groups(points, 1, text))
        if score < needed:
            return (
                Choice.BORDERLINE,
                f"Nearly: {raises} make {score} of the {needed} points that it needs.",
            )
        if raised < LEAST_RAISED:
            return Choice.BORDERLINE, f"Nearly: it names {raises}, and hardly anything else raises it."
        return Choice.INCLUDE, f"How policing is run or performs: it has {raises}."


def is_far(verdict: Verdict) -> bool:
    """Whether it is out, and not of ours or not of policing: no report of what is in, but by chance."""
    is_ours = verdict.area is Area.OWN and verdict.reason != _NOT_POLICING
    return verdict.choice is Choice.EXCLUDE and not is_ours


@cache
def unopened(outlet: Home) -> Verdict:
    """Of what says nothing of policing up front."""
    return Verdict(choice=Choice.EXCLUDE, score=0, area=places.area_of(outlet), reason=_NOT_POLICING)


def _named(spoken: Iterable[Spoken]) -> list[Named]:
    return [Named(one.entry.name, one.hit, one.field) for one in spoken if one.entry.name]


def _best(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Of each phrase the hit that counts most; the first of equals."""
    best: dict[int, Spoken] = {}
    for one in spoken:
        known = best.get(one.hit.phrase)
        if known is None or one.weight > known.weight:
            best[one.hit.phrase] = one
    return list(best.values())


def _points(scored: Sequence[Spoken]) -> _Points:
    """Within a rule the weightiest first, the longer of two that overlap, until `most` have counted."""
    counted: dict[str, list[Hit]] = {}
    points = []
    for one in sorted(scored, key=lambda one: (-one.weight, one.hit.start - one.hit.end)):
        entry, hit = one.entry, one.hit
        before = counted.setdefault(entry.rule, [])
        counts = not before or (
            len(before) < entry.most
            and not any(hit.start < other.end and other.start < hit.end for other in before)
        )
        points.append((one, entry.points * one.weight if counts else 0))
        if counts:
            before.append(hit)
    return points


def _is_sunk(points: _Points) -> bool:
    """Whether anything sinks it but cases told below the first paragraph."""
    return any(worth < 0 and not (one.entry.is_case and one.field is Field.BODY) for one, worth in points)


def _spared(points: _Points, most: int | None) -> _Points:
    """Where nothing sinks it but cases told further down, those take at most `most` together."""
    if most is None or _is_sunk(points):
        return points
    spared, left = [], most
    for one, worth in points:
        taken = min(max(-worth, 0), left)
        left -= taken
        spared.append((one, -taken if worth < 0 else worth))
    return spared


def _policing(best: Sequence[Spoken]) -> int:
    """What the hits add up to for the second question; 0 where nothing of it is said up front."""
    if not any(one.entry.opens and one.field is not Field.BODY for one in best):
        return 0
    return sum(
        one.entry.speaks * (max(one.weight, 2) if one.field is Field.LEAD else one.weight)
        for one in best
        if one.entry.speaks
    )


def _evidence(
    article: Article, points: _Points, subjects: Iterable[Spoken], named: Iterable[Named]
) -> tuple[Evidence, ...]:
    before = len(article.title) + 1
    found = [
        (one.hit.start, one.hit.end, one.entry.rule, one.entry.phrase.text, one.field, worth)
        for one, worth in (*points, *((one, 0) for one in subjects))
    ]
    for name, hit, field in _first_of_each(named):
        rule = f"place {name.council or name.side.name.lower()}"
        found.append((hit.start, hit.end, rule, name.phrase.text, field, 0))
    found.sort(key=itemgetter(0, 1, 2))
    evidence = []
    for start, end, rule, phrase, field, worth in found:
        away = 0 if field is Field.TITLE else before
        evidence.append(Evidence(rule, phrase, field, start - away, end - away, worth))
    return tuple(evidence)


def _first_of_each(named: Iterable[Named]) -> Iterable[Named]:
    first: dict[str, Named] = {}
    for one in named:
        first.setdefault(one.name.phrase.text, one)
    return first.values()


def _groups(points: _Points, sign: int, text: str) -> list[str]:
    """The rules that added to (1) or took from (-1) the score, the strongest first, each with its first words."""
    totals: dict[str, int] = {}
    said: dict[str, str] = {}
    for one, worth in points:
        if worth * sign > 0:
            rule = one.entry.rule
            totals[rule] = totals.get(rule, 0) + worth * sign
            said.setdefault(rule, text[one.hit.start : one.hit.end])
    strongest = sorted(totals, key=lambda rule: -totals[rule])[:3]
    return [f"{rule.split()[-1].replace('_', ' ')} (“{said[rule]}”)" for rule in strongest]


def _why_out(points: _Points, text: str) -> str:
    """Of what is ours and of policing, and has too few points."""
    if sinks := _groups(points, -1, text):
        return f"One case or a notice: it has {_listed(sinks)}."
    return "Little in it says how policing is run or performs."


def _listed(words: Iterable[str]) -> str:
    """ "one, two and three", without repeats; at most three."""
    some = list(dict.fromkeys(words))[:3]
    return f"{', '.join(some[:-1])} and {some[-1]}" if len(some) > 1 else "".join(some)
