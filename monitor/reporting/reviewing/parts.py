"""Stories that were decided on -> items, by the rules of a draft: which article is whose where stories were joined or
parted (`fates.py`), which is quoted, what the excerpt is, which links stand in which order (`item.py`).

A base tells of its story what a draft knew: who speaks for it, its verdict, its copies. What a decision is about and is no
story of the draft is made of its stored articles alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model import (
    Area,
    Article,
    Choice,
    Decision,
    Item,
    JudgedStory,
    Kinship,
    Link,
    Said,
    Story,
    Verdict,
    Weight,
)
from monitor.model.officer import OUT, OWN
from monitor.reporting.edition.arrange import Decided, weight_of
from monitor.reporting.edition.assemble import speaker, weighed
from monitor.reporting.edition.fates import regrouped
from monitor.reporting.edition.item import item_of, own_item
from monitor.reporting.edition.past import Past
from monitor.reporting.reviewing.overlay import Remade, claims
from monitor.settings import ExcerptLength, Feed, PanelArea

UNKNOWN = Verdict(
    choice=Choice.EXCLUDE,
    score=0,
    area=Area.OWN,
    reason="What the rules say of it comes with the next document.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What items are made with."""

    past: Past
    feeds: Sequence[Feed]
    length: ExcerptLength
    area: PanelArea
    articles: Mapping[str, Article]  # by id: those of the bases and of the decisions
    weigh: Callable[[JudgedStory], Weight]
    judge: Callable[[Article], Verdict]  # in full: of what is a part of a base

    def remake(self, bases: Sequence[Item], decisions: Sequence[Decision]) -> Remade:
        by_story = {base.story: base for base in bases}
        judged = [one for base in bases if (one := self._judged(base))]
        decided: list[Decided] = []
        found: set[int] = set()
        for one, decision in regrouped(judged, decisions, self._alone):
            if decision:
                found.add(id(decision))
                decided.append(Decided(self._item(one, decision, by_story), decision))
        rest = [one for one in decisions if id(one) not in found]
        brought = list(self._brought(rest))
        is_exact = all(one.decision and one.decision.said in (Said.ADDED, *OUT) for one in brought)
        return Remade(tuple(decided) + tuple(brought), is_exact)

    def _judged(self, base: Item) -> JudgedStory | None:
        """The story as it was judged; None where nothing of it is stored any more."""
        articles = {id: self.articles[id] for id in base.articles if id in self.articles}
        if not articles:
            return None
        lead = articles.get(base.story) or next(iter(articles.values()))
        others = sorted(
            (one for one in articles.values() if one is not lead), key=lambda one: (one.published, one.id)
        )
        story = Story(id=base.story, articles=(lead, *others), links=tuple(_copies(base)))
        return JudgedStory(
            story=story, verdict=self._verdict(base), speaker=articles.get(base.speaker) or lead
        )

    def _verdict(self, base: Item) -> Verdict:
        return Verdict(
            choice=Choice(base.choice or Choice.INCLUDE),
            score=base.score,
            area=self.area.ids.get(base.area, Area.OWN),
            topics=base.topics,
            councils=base.councils,
            reason=base.reason,
        )

    def _alone(self, part: Story) -> JudgedStory:
        return speaker(part, {article.id: self.judge(article) for article in part.articles})

    def _item(self, one: JudgedStory, decision: Decision, bases: Mapping[str, Item]) -> Item:
        item = item_of(one, decision, self.past, self.feeds, self.length, self.area)
        base = bases.get(one.story.id)
        if base and {article.id for article in one.story.articles} == set(base.articles):
            return replace(weighed(item, weight_of(base)), speaks=base.speaks)
        return weighed(item, self.weigh(one))

    def _brought(self, decisions: Sequence[Decision]) -> Iterator[Decided]:
        """What is no story of the draft."""
        for decision in decisions:
            articles = tuple(self.articles[id] for id in decision.articles if id in self.articles)
            if decision.said is Said.ADDED or decision.story.startswith(OWN):
                yield Decided(own_item(decision, self.past, self.area), decision)
            elif articles and decision.said is not Said.KEPT:
                story = Story(id=decision.story, articles=articles)
                one = JudgedStory(story=story, verdict=UNKNOWN, speaker=articles[0])
                item = item_of(one, decision, self.past, self.feeds, self.length, self.area)
                yield Decided(replace(item, reason=UNKNOWN.reason), decision)


def _copies(base: Item) -> Iterator[Link]:
    for one, two in (pair for pair in base.copied if len(pair) == 2):  # of an erased article there is no pair
        yield Link(one=one, two=two, kinship=Kinship.COPY, score=1.0, reason="")


def claimed_by(bases: Sequence[Item], decisions: Sequence[Decision]) -> frozenset[str]:
    """The ids of the articles that remaking them asks for."""
    ids = {id for one in decisions for id in one.articles}
    for base in bases:
        if any(claims(one, base) for one in decisions):
            ids |= set(base.articles)
    return frozenset(ids)
