"""How much a story matters to the panel: a second question, apart from whether it is systemic.

1. *Grounds* are the named reasons of the priority card. One counts once a story, where its words stand in the zone that
   it asks for (headline, opening, anywhere), beside a body where it asks for one. What raises may be said by any report
   of the story, for outlets word one event differently; what sinks must be said by the one that speaks for it.
2. *Scope*: in 18 of the 21 stories that the officer chose in 2021 and 2023 the force, its commissioner or the area
   stands in the headline; one town was there only where the commissioner leads; 1 of 21 was national without a local
   tie, against 17 of 41 that were left.
3. *Circumstances*: what the panel takes up at the meeting raises, what it has just dealt with sinks (it decides on its
   precept itself, and 0 of 21 chosen stories told of it); a story of the last weeks raises, and so does one of a topic
   of which the officer kept several.
4. *Subject*: the named subject whose words the headline and the opening hold most; two towns' precepts are one.
5. *Part of the report*: that of the weightiest ground that names one.

Only stories that are in are weighed, so this costs a draft little: some hundred stories of ten thousand articles.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.judging.forms import Phrase
from monitor.judging.inside import Longest
from monitor.judging.phrases import matcher_of
from monitor.model import Area, Article, Ground, JudgedStory, Weight
from monitor.settings import Gazetteer, PriorityGround, Rules, Zone

COMING, HANDLED = 3, -4  # points; the precept, which the panel decides on itself, was chosen never
OPENING = 2  # paragraphs after the headline
READ = (
    10  # paragraphs: what stands further down a news page decides nothing, and reading is what weighing costs
)
_OURS = ("force", "commissioner", "people", "area")
_SUBJECT_WEIGHTS = {Zone.HEADLINE: 3, Zone.OPENING: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What besides the story itself decides how much it matters to a panel at a meeting."""

    coming: tuple[str, ...] = ()  # what the panel takes up: ids of topics, or phrases
    handled: tuple[str, ...] = ()  # likewise, what it has just dealt with
    until: datetime | None = None  # the end of the window; None: nothing is fresh
    liked: frozenset[str] = frozenset()  # ids of topics of which the officer kept several stories


NO_CIRCUMSTANCES = Circumstances()


class _Meaning(NamedTuple):
    """What a phrase of the scales is: a "body", a "place" (of a council), a "ground", a "subject", the panel's business."""

    kind: str
    name: str


_Said = tuple[_Meaning, Zone, str]  # what was said, where, and its words
_Found = Mapping[_Meaning, tuple[Zone, str]]  # the first hit of each meaning: where, and its words


class Scales:
    """Weighs stories by one card, in given circumstances; their phrases are compiled once."""

    def __init__(self, rules: Rules, gazetteer: Gazetteer, now: Circumstances = NO_CIRCUMSTANCES) -> None:
        self._card = rules.priority
        self._now = now
        self._topics = {topic.id: topic.name for topic in rules.topics}
        listed = list(_meanings(rules, gazetteer, now, self._topics))
        self._meanings = [meaning for meaning, _ in listed]
        self._matcher = matcher_of(tuple(phrase for _, phrase in listed))

    def weigh(self, one: JudgedStory) -> Weight:
        """How much the story matters, with every ground."""
        hits = self._hits(one.speaker)
        mine = _first_of_each(hits)
        others = [
            _first_of_each(self._hits(article))
            for article in one.story.articles
            if article is not one.speaker
        ]
        counted = [*self._grounds([mine, *others], mine)]
        grounds = [ground for ground, _ in counted]
        grounds += self._reach(one, [mine, *others], mine)
        grounds += self._business(one, mine)
        grounds.sort(key=lambda ground: (-abs(ground.points), ground.says))
        by_weight = sorted((rule for _, rule in counted), key=lambda rule: -rule.points)
        return Weight(
            points=sum(ground.points for ground in grounds),
            grounds=tuple(grounds),
            part=next((rule.part.value for rule in by_weight if rule.part and rule.points > 0), ""),
            subject=_subject(hits),
            good_news=next((rule.name for rule in by_weight if rule.good_news), ""),
        )

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _hits(self, article: Article) -> list[_Said]:
        text = "\n".join((article.title, "\n\n".join(article.paragraphs[:READ])))
        headline = len(article.title) + 1
        opening = headline + sum(len(paragraph) + 2 for paragraph in article.paragraphs[:OPENING])
        hits = self._matcher.hits(text)
        nevers = [hit for hit in hits if self._meanings[hit.phrase].kind == "never"]
        bodies = [hit for hit in hits if self._meanings[hit.phrase].kind == "body"]
        cancelling, or_body = Longest(nevers), Longest([*nevers, *bodies])
        found = []
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            meaning = self._meanings[hit.phrase]
            # the area's name in the force's is not the area
            longer = or_body if meaning.name == "area" else cancelling
            if meaning.kind != "never" and not (meaning.kind == "body" and longer.hold(hit)):
                zone = (
                    Zone.HEADLINE
                    if hit.start < headline
                    else Zone.OPENING
                    if hit.start < opening
                    else Zone.ANYWHERE
                )
                found.append((meaning, zone, text[hit.start : hit.end]))
        return found

    # ── grounds ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _grounds(self, reports: Sequence[_Found], mine: _Found) -> Iterator[tuple[Ground, PriorityGround]]:
        taken: set[str] = set()
        for rule in self._card.grounds:
            if rule.instead in taken:
                continue
            said = (_said(rule, found) for found in (reports if rule.points > 0 else [mine]))
            if words := next(filter(None, said), None):
                if rule.instead:
                    taken.add(rule.instead)
                yield Ground(points=rule.points, says=f"{rule.says} (“{words}”)"), rule

    def _reach(self, one: JudgedStory, reports: Sequence[_Found], mine: _Found) -> Iterator[Ground]:
        scope = self._card.scope
        if one.verdict.area is Area.NATIONAL:
            here = any(_stands(mine, "body", name, Zone.ANYWHERE) for name in ("force", "area"))
            yield from _ground(scope.national_here if here else scope.national, _NATIONAL[here])
            return
        if any(
            _stands(found, "body", name, Zone.HEADLINE) for found in reports for name in (*_OURS, "leaders")
        ):
            yield from _ground(scope.headline, "the force, its commissioner or the area in the headline")
        elif not any(_stands(found, "body", name, Zone.OPENING) for found in reports for name in _OURS):
            yield from _ground(scope.local, "neither force nor area in its opening")
        if _is_one_town(mine):
            led = any(_stands(mine, "body", name, Zone.OPENING) for name in ("commissioner", "people"))
            says = "one town or district, where the commissioner leads" if led else "one town or district"
            yield from _ground(scope.one_town_led if led else scope.one_town, says)

    def _business(self, one: JudgedStory, mine: _Found) -> Iterator[Ground]:
        for kind, subjects, points, says in (
            ("coming", self._now.coming, COMING, "on the panel’s coming agenda"),
            ("handled", self._now.handled, HANDLED, "the panel has just dealt with it"),
        ):
            topic = next((name for name in subjects if name in one.verdict.topics[:1]), None)
            said = self._topics[topic] if topic else _stands(mine, kind, "", Zone.OPENING)
            if said:
                yield from _ground(points, f"{says} (“{said}”)")
        first_seen, now, card = one.speaker.first_seen, self._now, self._card
        if now.until and first_seen >= now.until - timedelta(days=card.fresh_days):
            yield from _ground(card.fresh, f"new in the last {card.fresh_days} days")
        if one.verdict.topics and one.verdict.topics[0] in now.liked:
            yield from _ground(card.liked, f"{LIKED}{self._topics[one.verdict.topics[0]]}")


LIKED = "you kept others on "


def reliked(weight: Weight, topics: Sequence[str], liked: frozenset[str], rules: Rules) -> Weight | None:
    """The weight where the officer likes other topics than when it was weighed; None: the same."""
    had = [ground for ground in weight.grounds if ground.says.startswith(LIKED)]
    is_liked = bool(topics) and topics[0] in liked and rules.priority.liked != 0
    if bool(had) == is_liked:
        return None
    grounds = [ground for ground in weight.grounds if ground not in had]
    if is_liked:
        names = {topic.id: topic.name for topic in rules.topics}
        grounds += _ground(rules.priority.liked, f"{LIKED}{names.get(topics[0], topics[0])}")
    grounds.sort(key=lambda ground: (-abs(ground.points), ground.says))
    return replace(weight, points=sum(ground.points for ground in grounds), grounds=tuple(grounds))


_NATIONAL = {
    True: "a national story that names the force",
    False: "national, and nothing of it is said of the force",
}


def _meanings(
    rules: Rules, gazetteer: Gazetteer, now: Circumstances, topics: Mapping[str, str]
) -> Iterator[tuple[_Meaning, Phrase]]:
    for body in rules.bodies:
        yield from _all("body", body.name, body.names)
    for person in rules.people:
        yield from _all("body", "people", person.names)
    yield from _all("body", "area", (*gazetteer.area, *gazetteer.shared_area), is_name=True)
    for council in gazetteer.councils:
        yield from _all("place", council.id, (*council.places, *council.shared), is_name=True)
    yield from _all("never", "", rules.never)
    for ground in rules.priority.grounds:
        yield from _all("ground", ground.name, ground.phrases)
    for subject in rules.priority.subjects:
        yield from _all("subject", subject.name, subject.phrases)
    yield from _all("coming", "", [name for name in now.coming if name not in topics])
    yield from _all("handled", "", [name for name in now.handled if name not in topics])


def _all(
    kind: str, name: str, phrases: Iterable[str], *, is_name: bool = False
) -> Iterator[tuple[_Meaning, Phrase]]:
    meaning = _Meaning(kind, name)
    return ((meaning, Phrase(text, is_name)) for text in phrases)


def _first_of_each(hits: Iterable[_Said]) -> _Found:
    first: dict[_Meaning, tuple[Zone, str]] = {}
    for meaning, zone, words in hits:
        first.setdefault(meaning, (zone, words))
    return first


def _subject(hits: Iterable[_Said]) -> str:
    """The named subject of which headline and opening say most."""
    counted: dict[str, int] = {}
    for meaning, zone, _ in hits:
        if meaning.kind == "subject" and zone in _SUBJECT_WEIGHTS:
            counted[meaning.name] = counted.get(meaning.name, 0) + _SUBJECT_WEIGHTS[zone]
    return max(counted, key=lambda name: counted[name], default="")


def _stands(found: _Found, kind: str, name: str, zone: Zone) -> str | None:
    """Its words, where it stands in the zone: what stands in the headline stands in the opening too."""
    where, words = found.get(_Meaning(kind, name), (None, None))
    zones = tuple(Zone)
    return words if where is not None and zones.index(where) <= zones.index(zone) else None


def _said(rule: PriorityGround, found: _Found) -> str | None:
    words = _stands(found, "ground", rule.name, rule.where)
    if words and rule.beside and not any(_stands(found, "body", body, rule.where) for body in rule.beside):
        return None
    if words and rule.ours and not any(_stands(found, "body", body, rule.where) for body in _OURS):
        return None
    return words


def _is_one_town(found: _Found) -> bool:
    """One council's places in the headline and hardly another's below; or one alone, and the force not up front. The
    area nowhere up front in any case."""
    if _stands(found, "body", "area", Zone.OPENING):
        return False
    councils = {
        zone: {meaning.name for meaning in found if meaning.kind == "place" and _at(found, meaning, zone)}
        for zone in Zone
    }
    if len(councils[Zone.HEADLINE]) == 1 and len(councils[Zone.ANYWHERE]) <= 2:
        return True
    alone = len(councils[Zone.OPENING]) == 1 and len(councils[Zone.ANYWHERE]) == 1
    return alone and not _stands(found, "body", "force", Zone.OPENING)


def _at(found: _Found, meaning: _Meaning, zone: Zone) -> bool:
    return _stands(found, meaning.kind, meaning.name, zone) is not None


def _ground(points: int, says: str) -> Iterator[Ground]:
    if points:
        yield Ground(points=points, says=says)
