"""Stories with verdicts -> the edition: everything the report prints, before a document is made of it.

1. *Speaker.* One article speaks for its story: the one with the strongest verdict (include, then borderline, then
   exclude; then the score), an old one only where all are; among equals the one whose page was read, then the longest text, the earliest, the id.
2. *Fate.* `fates.py` says what becomes of a story. One that is in becomes an item (`item.py`); a borderline one a near
   miss, named beside the report with its reason; one the officer struck is named as dropped; what is new of a reported
   one is a development; an old one is named with its day; what she put off waits for the next report; an excluded one
   is only counted. The counts add up: stories = in + near + out + old + dropped + reported + later.
3. *Place.* `arrange.py` says which of those that are in the report has room for, in which order; the others are the
   further stories. Where the report holds all, they stand in reading order: the panel's area before national, then by
   score, then the newest first; those with the same first topic together, in the place of the first of them.
4. *The officer's own items* stand in their place, whether or not they are stories of the window.
5. *Doubts.* What may be one event besides is said and left apart (`doubts.py`).
6. *Aside.* What the officer decided on, and near misses, stand there complete, as they would be without her word: so what
   she takes back, or takes in, is known before it is drafted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from monitor.model import (
    Area,
    Article,
    Basis,
    Decision,
    Development,
    Dropped,
    Edition,
    Item,
    ItemLink,
    JudgedStory,
    JudgedWindow,
    NearMiss,
    ReadingHealth,
    ReportHeader,
    Said,
    Story,
    Verdict,
    Weight,
    Window,
)
from monitor.model.officer import OWN
from monitor.reporting.edition.arrange import Decided, arranged
from monitor.reporting.edition.doubts import doubts
from monitor.reporting.edition.fates import STRONGEST_FIRST, Fate, Fated, fated
from monitor.reporting.edition.item import fullness, heading_of, item_of, link_of, own_item
from monitor.reporting.edition.past import Past
from monitor.reporting.wording import day_in_london, one_line
from monitor.settings import ExcerptLength, Feed, PanelArea, ReportSize

NEAREST_FIRST = (Area.OWN, Area.NATIONAL, Area.ELSEWHERE)
NOTHING_BEFORE = Past()
EVERYTHING = ReportSize(items=None)

Weigh = Callable[[JudgedStory], Weight]
ItemOf = Callable[[JudgedStory, Decision | None, Past, Sequence[Feed], ExcerptLength, PanelArea], Item]
_Printed = Callable[[JudgedStory, Decision | None], Item]


def weightless(one: JudgedStory) -> Weight:
    """Where no priorities are asked for."""
    return Weight(points=0)


def speaker(story: Story, verdicts: Mapping[str, Verdict]) -> JudgedStory:
    """The story with the verdict of the article that speaks for it; `verdicts` are by article id, one for each."""

    def strength(article: Article) -> tuple[object, ...]:
        verdict = verdicts[article.id]
        choice = STRONGEST_FIRST.index(verdict.choice)
        return (article.is_old, choice, -verdict.score, *fullness(article))

    chosen = min(story.articles, key=strength)
    return JudgedStory(story=story, verdict=verdicts[chosen.id], speaker=chosen)


def _alone(verdicts: Mapping[str, Verdict], part: Story) -> JudgedStory | None:
    known = all(article.id in verdicts for article in part.articles)
    return speaker(part, verdicts) if known else None


def assemble(
    judged: JudgedWindow,
    *,
    header: ReportHeader,
    made: datetime,
    window: Window,
    health: ReadingHealth,
    feeds: Sequence[Feed],
    length: ExcerptLength,
    area: PanelArea,
    rules_digest: str,
    past: Past = NOTHING_BEFORE,
    weigh: Weigh = weightless,
    size: ReportSize = EVERYTHING,
    print_one: ItemOf = item_of,
) -> Edition:
    """The edition of a window's stories, not yet numbered. Blind to the order in which the stories come.

    `feeds` are all those configured: they hold the outlets' licences. `judged` may hold stories of issued reports
    too, so that what joins them is recognised. `weigh` says how much a story matters, `print_one` how it is printed.
    """

    def item(one: JudgedStory, decision: Decision | None) -> Item:
        return weighed(print_one(one, decision, past, feeds, length, area), weigh(one))

    stories = fated(judged.stories, past, window, partial(_alone, judged.verdicts))
    by_fate = {fate: [one for one in stories if one.fate is fate] for fate in Fate}
    for fate in (
        Fate.IN,
        Fate.NEAR,
        Fate.DROPPED,
        Fate.LATER,
        Fate.OLD,
    ):  # not those that are only counted: most of ten thousand
        by_fate[fate] = _in_reading_order(by_fate[fate])
    own = _own(past.kept, by_fate[Fate.IN])
    ids = _ids(stories, window)
    everything = _items(by_fate[Fate.IN], own, past, area, item)
    items, further = arranged(tuple(everything), past.kept, size)
    aside = (*by_fate[Fate.IN], *by_fate[Fate.LATER], *by_fate[Fate.DROPPED], *by_fate[Fate.NEAR])
    return Edition(
        number=0,
        made=made,
        header=header,
        items=items,
        near_misses=tuple(_near_miss(one.judged) for one in by_fate[Fate.NEAR]),
        basis=_basis(
            by_fate,
            window,
            health,
            articles=len(ids),
            stories=len(stories),
            own=len(own),
            further=len(further),
        ),
        rules_digest=rules_digest,
        articles=ids,
        previous=past.previous,
        dropped=_dropped(by_fate[Fate.DROPPED]),
        old=tuple(_near_miss(one.judged) for one in _wanted_first(by_fate[Fate.OLD])),
        developments=_developments(by_fate[Fate.REPORTED], past),
        doubts=doubts(items, by_fate[Fate.NEAR], judged.doubtful),
        further=further,
        aside=_aside(aside, item),
        later=tuple(_put_off(by_fate[Fate.LATER], past, area, item)),
    )


def _put_off(stories: Sequence[Fated], past: Past, area: PanelArea, item: _Printed) -> Iterator[Item]:
    """As they stand when their turn comes; the officer's own, and what is no story of this window, behind the others."""
    found = {id(one.decision) for one in stories}
    for one in _items(stories, (), past, area, item):
        yield one.item
    for decision in past.later:
        if id(decision) not in found and decision.story.startswith(OWN):
            yield own_item(decision, past, area)


def _ids(stories: Iterable[Fated], window: Window) -> tuple[str, ...]:
    """Of the window's articles, sorted."""
    articles = (article for one in stories for article in one.judged.story.articles)
    return tuple(sorted(article.id for article in articles if window.holds(article.first_seen)))


def _basis(
    by_fate: Mapping[Fate, Sequence[Fated]],
    window: Window,
    health: ReadingHealth,
    *,
    articles: int,
    stories: int,
    own: int,
    further: int,
) -> Basis:
    counts = {fate: len(fated_so) for fate, fated_so in by_fate.items()}
    return Basis(
        window=window,
        articles=articles,
        stories=stories,
        included=counts[Fate.IN],
        near=counts[Fate.NEAR],
        out=counts[Fate.OUT],
        old=counts[Fate.OLD],
        dropped=counts[Fate.DROPPED],
        reported=counts[Fate.REPORTED],
        later=counts[Fate.LATER],
        own=own,
        further=further,
        health=health,
    )


def _items(
    included: Sequence[Fated],
    own: Sequence[Decision],
    past: Past,
    area: PanelArea,
    item: _Printed,
) -> Iterator[Decided]:
    """Every story that is in, in reading order, then the officer's own that are none; each with what was decided."""
    for one in included:
        yield Decided(item(one.judged, one.decision), one.decision)
    for decision in own:
        yield Decided(own_item(decision, past, area), decision)


def _aside(stories: Iterable[Fated], item: _Printed) -> tuple[Item, ...]:
    """What was decided on and near misses, as they would be drafted without the officer's word: each story as it was
    grouped, once."""
    parts = {
        part.story.id: part
        for one in stories
        for part in (one.parts or ((one.judged,) if one.fate is Fate.NEAR else ()))
    }
    return tuple(item(part, None) for part in parts.values())


def weighed(item: Item, weight: Weight) -> Item:
    return replace(
        item,
        points=weight.points,
        why=weight.grounds,
        part=weight.part,
        subject=weight.subject,
        good_news=weight.good_news,
    )


def _own(kept: Iterable[Decision], included: Sequence[Fated]) -> tuple[Decision, ...]:
    """Items that the officer added and that are no story of the window."""
    found = {id(one.decision) for one in included}
    return tuple(one for one in kept if one.said is Said.ADDED and id(one) not in found)


def _in_reading_order(stories: Sequence[Fated]) -> list[Fated]:
    by_weight = sorted(stories, key=lambda one: _weight(one.judged))
    places: dict[str, int] = {}
    for place, one in enumerate(by_weight):
        places.setdefault(_subject(one.judged), place)
    return sorted(by_weight, key=lambda one: places[_subject(one.judged)])


def _weight(one: JudgedStory) -> tuple[object, ...]:
    verdict = one.verdict
    return (
        NEAREST_FIRST.index(verdict.area),
        -verdict.score,
        -one.speaker.published.timestamp(),
        one.story.id,
    )


def _subject(one: JudgedStory) -> str:
    """The choice is part of it: a near miss does not draw an item to the front."""
    return f"{one.verdict.choice} {one.verdict.topics[0] if one.verdict.topics else one.story.id}"


def _wanted_first(stories: Sequence[Fated]) -> list[Fated]:
    return sorted(stories, key=lambda one: STRONGEST_FIRST.index(one.judged.verdict.choice))


def _near_miss(one: JudgedStory) -> NearMiss:
    return NearMiss(
        title=heading_of(one.speaker),
        outlet=one_line(one.speaker.outlet),
        url=one.speaker.url,
        published=day_in_london(one.speaker.published),
        reason=one.verdict.reason,
        story=one.story.id,
        articles=tuple(article.id for article in one.story.articles),
    )


def _dropped(stories: Sequence[Fated]) -> tuple[Dropped, ...]:
    return tuple(
        Dropped(
            heading=one.decision.drafted or heading_of(one.judged.speaker),
            edition=one.decision.edition,
            links=tuple(map(link_of, one.judged.story.articles)),
        )
        for one in stories
        if one.decision
    )


def _developments(stories: Sequence[Fated], past: Past) -> tuple[Development, ...]:
    """One for each reported story that something has joined, by the day of its report and its heading.

    Two reported stories that the grouping makes one have not developed by that: what was reported is not new.
    """
    known = {id for one in past.reported for id in one.articles}
    new: dict[tuple[object, str], list[ItemLink]] = {}
    for one in stories:
        for article in one.judged.story.articles:
            if one.reported and article.id not in known and not article.is_old:
                new.setdefault((one.reported.day, one.reported.heading), []).append(link_of(article))
    found = {(one.reported.day, one.reported.heading): one.reported for one in stories if one.reported}
    return tuple(
        Development(
            heading=reported.heading,
            reported=reported.day,
            links=tuple(sorted(new[key], key=lambda link: (link.published, link.article))),
        )
        for key, reported in sorted(found.items())
        if key in new
    )
