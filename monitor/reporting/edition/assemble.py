"""Stories with verdicts -> the edition: everything the report prints, before a document is made of it.

1. *Speaker.* One article speaks for its story: the one with the strongest verdict (include, then borderline, then
   exclude; then the score), an old one only where all are; among equals the one whose page was read, then the longest text, the earliest, the id.
2. *Fate.* `fates.py` says what becomes of a story. One that is in becomes an item (`item.py`); a borderline one a near
   miss, named beside the report with its reason; one the officer struck is named as dropped; what is new of a reported
   one is a development; an old one is named with its day; an excluded one is only counted. The counts add up:
   stories = in + near + out + old + dropped + reported.
3. *Place.* `shortlist.py` says which of those that are in the report has room for, in which order; the others are the
   further stories. Where the report holds all, they stand in reading order: the panel's area before national, then by
   score, then the newest first; those with the same first topic together, in the place of the first of them.
4. *The officer's own items* stand in their place, whether or not they are stories of the window.
5. *Doubts.* What may be one event besides is said and left apart (`doubts.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

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
from monitor.reporting.edition.doubts import doubts
from monitor.reporting.edition.fates import STRONGEST_FIRST, Fate, Fated, fated
from monitor.reporting.edition.item import fullness, heading_of, item_of, link_of, own_item
from monitor.reporting.edition.past import Past
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.reporting.wording import day_in_london, one_line
from monitor.settings import ExcerptLength, Feed, PanelArea, ReportSize

NEAREST_FIRST = (Area.OWN, Area.NATIONAL, Area.ELSEWHERE)
NOTHING_BEFORE = Past()
EVERYTHING = ReportSize(items=None)

Weigh = Callable[[JudgedStory], Weight]


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
) -> Edition:
    """The edition of a window's stories, not yet numbered. Blind to the order in which the stories come.

    `feeds` are all those configured: they hold the outlets' licences. `judged` may hold stories of issued reports
    too, so that what joins them is recognised. `weigh` says how much a story matters.
    """
    stories = fated(judged.stories, past, window)
    by_fate = {fate: [one for one in stories if one.fate is fate] for fate in Fate}
    for fate in (
        Fate.IN,
        Fate.NEAR,
        Fate.DROPPED,
        Fate.OLD,
    ):  # not those that are only counted: most of ten thousand
        by_fate[fate] = _in_reading_order(by_fate[fate])
    own = _own(past.kept, by_fate[Fate.IN])
    ids = _ids(stories, window)
    weights = {one.judged.story.id: weigh(one.judged) for one in by_fate[Fate.IN]}
    everything = _items(by_fate[Fate.IN], own, past, feeds, length, area, weights)
    items, further = _placed(everything, by_fate[Fate.IN], weights, size)
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
    )


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
        own=own,
        further=further,
        health=health,
    )


def _items(
    included: Sequence[Fated],
    own: Sequence[Decision],
    past: Past,
    feeds: Sequence[Feed],
    length: ExcerptLength,
    area: PanelArea,
    weights: Mapping[str, Weight],
) -> tuple[Item, ...]:
    """Decided items in the officer's order, what she took in without a place behind them, then the others."""
    items = [
        (
            one.decision,
            _weighed(
                item_of(one.judged, one.decision, past, feeds, length, area), weights[one.judged.story.id]
            ),
        )
        for one in included
    ]
    items += [(decision, own_item(decision, past, area)) for decision in own]
    in_order = sorted(past.kept, key=_is_adrift)
    places = {id(decision): place for place, decision in enumerate(in_order)}
    return tuple(item for _, item in sorted(items, key=lambda pair: places.get(id(pair[0]), len(places))))


def _weighed(item: Item, weight: Weight) -> Item:
    return replace(item, points=weight.points, why=weight.grounds, part=weight.part, subject=weight.subject)


def _placed(
    items: Sequence[Item], included: Sequence[Fated], weights: Mapping[str, Weight], size: ReportSize
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The report's items, and the further stories with why they are outside."""
    speakers = {one.judged.story.id: one.judged.speaker for one in included}
    adrift = {one.judged.story.id for one in included if one.decision and _is_adrift(one.decision)}
    candidates = [_candidate(item, speakers.get(item.story), weights) for item in items]
    chosen = shortlist([replace(one, is_placed=one.story not in adrift) for one in candidates], size)
    by_story = {item.story: item for item in items}
    further = (replace(by_story[story], outside=chosen.outside.get(story, "")) for story in chosen.further)
    return tuple(by_story[story] for story in chosen.report), tuple(further)


def _is_adrift(decision: Decision) -> bool:
    """Whether the officer took it in without giving it a place."""
    return decision.said is Said.TAKEN and not decision.moved


def _candidate(item: Item, speaker: Article | None, weights: Mapping[str, Weight]) -> Candidate:
    """An item of the officer's own has no weight: it is in by her word."""
    return Candidate(
        story=item.story,
        heading=item.heading,
        weight=weights.get(item.story, Weight(points=0)),
        topic=item.topics[0] if item.topics else "",
        length=len(speaker.text) if speaker else 0,
        published=speaker.published if speaker else datetime.min.replace(tzinfo=UTC),
        is_decided=item.decided is not None,
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
