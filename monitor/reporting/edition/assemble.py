"""Stories with verdicts -> the edition: everything the report prints, before a document is made of it.

1. *Speaker.* One article speaks for its story: the one with the strongest verdict (include, then borderline, then
   exclude; then the score); among equals the one whose page was read, then the longest text, the earliest, the id.
2. *Fate.* `fates.py` says what becomes of a story. One that is in becomes an item (`item.py`); a borderline one a near
   miss, named beside the report with its reason; one the officer struck is named as dropped; what is new of a reported
   one is a development; an excluded one is only counted. The counts add up:
   stories = in + near + out + dropped + reported.
3. *Order.* The officer's own, where there is one. What is new follows in reading order: the panel's area before
   national, then by score, then the newest first: both reports that the panel's officer filed in 2021 and 2023 open
   with a critical or statistical story on the force. Stories with the same first topic stand together, in the place of
   the first of them, as funding and the commissioner's announcements do there.
4. *The officer's own items* stand in their place, whether or not they are stories of the window.
5. *Doubts.* What may be one event besides is said and left apart (`doubts.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

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
    Window,
)
from monitor.reporting.edition.doubts import doubts
from monitor.reporting.edition.fates import STRONGEST_FIRST, Fate, Fated, fated
from monitor.reporting.edition.item import fullness, heading_of, item_of, link_of, own_item
from monitor.reporting.edition.past import Past
from monitor.reporting.wording import day_in_london, one_line
from monitor.settings import ExcerptLength, Feed, PanelArea

NEAREST_FIRST = (Area.OWN, Area.NATIONAL, Area.ELSEWHERE)
NOTHING_BEFORE = Past()


def speaker(story: Story, verdicts: Mapping[str, Verdict]) -> JudgedStory:
    """The story with the verdict of the article that speaks for it; `verdicts` are by article id, one for each."""

    def strength(article: Article) -> tuple[object, ...]:
        verdict = verdicts[article.id]
        return (STRONGEST_FIRST.index(verdict.choice), -verdict.score, *fullness(article))

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
) -> Edition:
    """The edition of a window's stories, not yet numbered. Blind to the order in which the stories come.

    `feeds` are all those configured: they hold the outlets' licences. `judged` may hold stories of issued reports
    too, so that what joins them is recognised.
    """
    stories = fated(judged.stories, past, window)
    by_fate = {fate: [one for one in stories if one.fate is fate] for fate in Fate}
    for fate in (Fate.IN, Fate.NEAR, Fate.DROPPED):  # not those that are only counted: most of ten thousand
        by_fate[fate] = _in_reading_order(by_fate[fate])
    own = _own(past.kept, by_fate[Fate.IN])
    ids = _ids(stories, window)
    items = _items(by_fate[Fate.IN], own, past, feeds, length, area)
    return Edition(
        number=0,
        made=made,
        header=header,
        items=items,
        near_misses=tuple(_near_miss(one.judged) for one in by_fate[Fate.NEAR]),
        basis=_basis(by_fate, window, health, articles=len(ids), stories=len(stories), own=len(own)),
        rules_digest=rules_digest,
        articles=ids,
        previous=past.previous,
        dropped=_dropped(by_fate[Fate.DROPPED]),
        developments=_developments(by_fate[Fate.REPORTED], past),
        doubts=doubts(items, by_fate[Fate.NEAR], judged.doubtful),
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
) -> Basis:
    counts = {fate: len(fated_so) for fate, fated_so in by_fate.items()}
    return Basis(
        window=window,
        articles=articles,
        stories=stories,
        included=counts[Fate.IN],
        near=counts[Fate.NEAR],
        out=counts[Fate.OUT],
        dropped=counts[Fate.DROPPED],
        reported=counts[Fate.REPORTED],
        own=own,
        health=health,
    )


def _items(
    included: Sequence[Fated],
    own: Sequence[Decision],
    past: Past,
    feeds: Sequence[Feed],
    length: ExcerptLength,
    area: PanelArea,
) -> tuple[Item, ...]:
    """Decided items in the officer's order, then the others as they come."""
    items = [(one.decision, item_of(one.judged, one.decision, past, feeds, length, area)) for one in included]
    items += [(decision, own_item(decision, past, area)) for decision in own]
    places = {id(decision): place for place, decision in enumerate(past.kept)}
    return tuple(item for _, item in sorted(items, key=lambda pair: places.get(id(pair[0]), len(places))))


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


def _near_miss(one: JudgedStory) -> NearMiss:
    return NearMiss(
        title=heading_of(one.speaker),
        outlet=one_line(one.speaker.outlet),
        url=one.speaker.url,
        published=day_in_london(one.speaker.published),
        reason=one.verdict.reason,
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
            if one.reported and article.id not in known:
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
