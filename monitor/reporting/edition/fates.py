"""What becomes of each story of a window, once earlier drafts, issued reports and the officer have had their say.

1. *What stood as one item stays one item.* Where the grouping now puts a decided item's articles into several stories,
   they are one again; where it puts two decided items into one story, they are two again, and an article that neither
   had goes to the first, a kept one before a dropped one. A part of a story is judged by its own articles alone.
2. *Fate*, the first that fits: the officer kept or added it (in, whatever the rules say now); it was in an issued
   report (reported: what is new of it is a development, never an item); the officer struck it (dropped), or put it off to
   the next report (later); its articles
   say that they are of long before they were first seen (old, with their day, whatever the rules say); else as the rules
   choose. A copy that bears no date is as old as what it copies; one report that is new makes a story new.
3. A story none of whose articles is of this window is no story of it: it was brought in only to be recognised. But
   what the officer took in is in, however old.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.model import Article, Choice, Decision, JudgedStory, Kinship, Said, Story, Window
from monitor.model.officer import OUT
from monitor.reporting.edition.past import Past, Reported

Alone = Callable[[Story], JudgedStory | None]  # None: nobody knows what the rules say of its articles
STRONGEST_FIRST = (Choice.INCLUDE, Choice.BORDERLINE, Choice.EXCLUDE)


class Fate(StrEnum):
    IN = "in"  # in the report, or among the further stories: `shortlist.py` says which
    NEAR = "near"
    OUT = "out"
    OLD = "old"  # out because it is no news: its articles say so
    DROPPED = "dropped"
    LATER = "later"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fated:
    judged: JudgedStory
    fate: Fate
    decision: Decision | None = None  # that kept or dropped it
    reported: Reported | None = None
    parts: tuple[JudgedStory, ...] = ()  # of a decided one, the stories as they were grouped

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(article.id for article in self.judged.story.articles)


_BY_RULES = {Choice.INCLUDE: Fate.IN, Choice.BORDERLINE: Fate.NEAR, Choice.EXCLUDE: Fate.OUT}


def unasked(_: Story) -> None:
    """Where nothing can be judged anew: a part keeps what was said of the whole."""


def fated(
    judged: Sequence[JudgedStory], past: Past, window: Window, alone: Alone = unasked
) -> tuple[Fated, ...]:
    """Every story of the window with its fate."""
    decided = (*past.kept, *past.later, *past.dropped)
    return tuple(
        _with_parts(_fate(one, decision, past), decision, judged)
        for one, decision in regrouped(judged, decided, alone)
        if any(window.holds(article.first_seen) for article in one.story.articles)
        or (decision and decision.said is Said.TAKEN)
    )


def _with_parts(fated: Fated, decision: Decision | None, judged: Sequence[JudgedStory]) -> Fated:
    """Few stories of a window are decided on."""
    if decision is None:
        return fated
    return replace(fated, parts=tuple(one for one in judged if holds(one.story, decision)))


def _fate(one: JudgedStory, decision: Decision | None, past: Past) -> Fated:
    if decision and decision.said not in OUT:
        return Fated(judged=one, fate=Fate.IN, decision=decision)
    articles = {article.id for article in one.story.articles}
    for reported in past.reported:
        if not articles.isdisjoint(reported.articles):
            return Fated(judged=one, fate=Fate.REPORTED, reported=reported)
    if decision:
        fate = Fate.LATER if decision.said is Said.LATER else Fate.DROPPED
        return Fated(judged=one, fate=fate, decision=decision)
    if is_old(one.story):
        return Fated(judged=one, fate=Fate.OLD)
    return Fated(judged=one, fate=_BY_RULES[one.verdict.choice])


def is_old(story: Story) -> bool:
    old = {article.id for article in story.articles if article.is_old}
    copies = {
        link.two if link.one in old else link.one
        for link in story.links
        if link.kinship is Kinship.COPY and (link.one in old) != (link.two in old)
    }
    undated = {
        article.id for article in story.articles if article.published_is_guess and article.id in copies
    }
    return bool(old) and all(article.id in old | undated for article in story.articles)


def holds(story: Story, decision: Decision) -> bool:
    """Whether the decision belongs to the story."""
    return story.id == decision.story or any(article.id in decision.articles for article in story.articles)


def regrouped(
    judged: Sequence[JudgedStory], decided: Sequence[Decision], alone: Alone
) -> Iterator[tuple[JudgedStory, Decision | None]]:
    parts: dict[int, list[tuple[JudgedStory, list[Article]]]] = {place: [] for place in range(len(decided))}
    for one in judged:
        claims = [place for place, decision in enumerate(decided) if holds(one.story, decision)]
        if not claims:
            yield one, None
        for place in claims:
            mine = [
                article
                for article in one.story.articles
                if _owner(article, one.story, claims, decided) == place
            ]
            if mine:
                parts[place].append((_part(one, mine, alone), mine))
    for place, found in parts.items():
        if found:
            yield _joined(found), decided[place]


def _part(one: JudgedStory, mine: Sequence[Article], alone: Alone) -> JudgedStory:
    """Split off, it is no longer in for what the others of the story say, nor of their topics."""
    if len(mine) == len(one.story.articles):
        return one
    inside = {article.id for article in mine}
    links = tuple(link for link in one.story.links if {link.one, link.two} <= inside)
    lead = one.story.lead if one.story.lead in mine else mine[0]
    return alone(Story(id=lead.id, articles=tuple(mine), links=links)) or one


def _owner(article: Article, story: Story, claims: Sequence[int], decided: Sequence[Decision]) -> int:
    for place in claims:
        if article.id in decided[place].articles:
            return place
    return claims[0]


def _joined(parts: Sequence[tuple[JudgedStory, list[Article]]]) -> JudgedStory:
    """One story of all the parts, spoken for by the strongest of them."""
    strongest, mine = min(
        parts,
        key=lambda part: (
            STRONGEST_FIRST.index(part[0].verdict.choice),
            -part[0].verdict.score,
            part[0].story.id,
        ),
    )
    articles = [article for _, of_part in parts for article in of_part]
    inside = {article.id for article in articles}
    lead = strongest.story.lead if strongest.story.lead in mine else mine[0]
    others = sorted(
        (article for article in articles if article is not lead), key=lambda one: (one.published, one.id)
    )
    links = tuple(link for one, _ in parts for link in one.story.links if {link.one, link.two} <= inside)
    story = Story(id=lead.id, articles=(lead, *others), links=links)
    return replace(
        strongest, story=story, speaker=strongest.speaker if strongest.speaker.id in inside else lead
    )
