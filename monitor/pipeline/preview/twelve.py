"""The newest draft's window by the rules in force and by tried ones: what the twelve would have been.

the draft's articles | verdicts in brief, stories | `draft.chosen` | the same with what is touched judged anew
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from monitor.judging.group import Grouped, grouped
from monitor.judging.preview.difference import touches
from monitor.judging.preview.regrouping import same_stories
from monitor.judging.preview.twelve import Moves, moves
from monitor.model import Article, Decision, Edition, Item, JudgedStory, Verdict, Weight, Window
from monitor.pipeline.choose import (
    known_to,
    no_search_for_circles,
    past_of,
    spoken_for,
    to_group,
    verdicts_of,
    weigher,
)
from monitor.pipeline.draft import chosen
from monitor.pipeline.pages import Progress
from monitor.pipeline.preview.tried import Tried
from monitor.pipeline.records import edition_of_number
from monitor.reporting.edition.assemble import Weigh
from monitor.reporting.edition.item import item_of
from monitor.reporting.edition.past import Past
from monitor.settings import Config, ExcerptLength, Feed, PanelArea, Rules
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWindow:
    """What the newest draft would be made from now."""

    number: int
    window: Window
    meeting: date | None
    past: Past
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a set of rules says of a window's articles, and how it puts them together."""

    verdicts: Mapping[str, Verdict]  # in brief, by article
    stories: Grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Window12(DraftWindow):
    """The newest draft's window as the rules in force judge it."""

    config: Config
    judged: Judged
    edition: Edition
    weights: "Weights"
    items: "Items"


class Weights:
    """How much stories matter, each weighed once: of what is in, that is most of what an edition costs."""

    def __init__(self, weigh: Weigh) -> None:
        self._weigh, self._known = weigh, dict[object, Weight]()

    def __call__(self, one: JudgedStory) -> Weight:
        reports = tuple(article.id for article in one.story.articles)
        key = (one.speaker.id, reports, one.verdict.area, one.verdict.topics)
        if key not in self._known:
            self._known[key] = self._weigh(one)
        return self._known[key]


class Items:
    """Stories as they are printed, each made once for a window: of ten that are in a change touches one at most."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[JudgedStory, Decision | None, Item]] = {}

    def __call__(
        self,
        one: JudgedStory,
        decision: Decision | None,
        past: Past,
        feeds: Sequence[Feed],
        length: ExcerptLength,
        area: PanelArea,
    ) -> Item:
        key = (one.story.id, decision is None)
        known = self._known.get(key)
        if known is None or known[:2] != (one, decision):
            known = self._known[key] = (one, decision, item_of(one, decision, past, feeds, length, area))
        return known[2]


def _weigh_alike(one: Rules, other: Rules) -> bool:
    """Whether both weigh any judged story alike: `judging.priority` reads no more of the rules than this."""
    return _weighing(one) == _weighing(other)


def _weighing(rules: Rules) -> tuple[object, ...]:
    bodies = [(body.name, body.names) for body in rules.bodies]
    topics = [(topic.id, topic.name) for topic in rules.topics]
    return rules.priority, bodies, [person.names for person in rules.people], rules.never, topics


def draft_window(store: Store, config: Config, now: datetime) -> DraftWindow | None:
    """None where there is no draft yet."""
    kept = max(store.editions.all(), key=lambda one: one.number, default=None)
    newest = edition_of_number(store, kept.number) if kept else None
    if newest is None:
        return None
    window, meeting = newest.basis.window, newest.header.meeting
    past = past_of(store, config, meeting, now)
    articles = to_group(store, window, past)
    return DraftWindow(number=newest.number, window=window, meeting=meeting, past=past, articles=articles)


def judged_anew(config: Config, articles: Sequence[Article], progress: Progress) -> Judged:
    with no_search_for_circles():
        verdicts = verdicts_of(config, articles, progress)
        progress("Putting the draft’s stories together", 0, len(articles))
        return Judged(verdicts, grouped(articles, config.gazetteer, config.rules))


def judged_since(base: Window12, of: DraftWindow, now: Config) -> Judged | None:
    """By rules that were changed since `base`, of the same articles: only what that touches is judged. None where they put
    the articles together otherwise, or where it is another window."""
    tried = Tried(base.config, now.rules)
    if base.articles != of.articles or base.config.gazetteer != now.gazetteer or is_regrouped(tried, base):
        return None
    return Judged(_verdicts(tried, base, None), base.judged.stories)


def window12(store: Store, config: Config, of: DraftWindow, judged: Judged, now: datetime) -> Window12:
    stories = spoken_for(config, judged.stories, judged.verdicts, known_to(of.past))
    weights, items = Weights(weigher(store, config, of.meeting, of.window)), Items()
    return Window12(
        number=of.number,
        window=of.window,
        meeting=of.meeting,
        past=of.past,
        articles=of.articles,
        config=config,
        judged=judged,
        edition=chosen(store, config, of.window, of.meeting, now, of.past, stories, weights, print_one=items),
        weights=weights,
        items=items,
    )


def window_of_newest(store: Store, config: Config, now: datetime, progress: Progress) -> Window12 | None:
    """None where there is no draft yet."""
    of = draft_window(store, config, now)
    return window12(store, config, of, judged_anew(config, of.articles, progress), now) if of else None


def is_regrouped(tried: Tried, base: Window12) -> bool:
    """Whether the tried rules may put the draft's stories together otherwise."""
    return not same_stories(base.articles, tried.config.gazetteer, tried.config.rules, tried.rules)


def edition_by(
    store: Store,
    tried: Tried,
    base: Window12,
    now: datetime,
    progress: Progress,
    *,
    regrouped: bool,
    among: Collection[str] | None = None,
) -> Edition:
    """The draft of the same window as `draft` would make it by the tried rules. `regrouped` puts the stories together
    anew, which only makes a difference where `is_regrouped`. `among`: the ids of those that the change may touch, and
    perhaps of more; None: it is asked of each."""
    config, verdicts, stories = tried.after, _verdicts(tried, base, among), base.judged.stories
    if regrouped:
        progress("Putting the draft’s stories together by the new words", 0, len(base.articles))
        with no_search_for_circles():
            stories = grouped(base.articles, config.gazetteer, config.rules)
    judged = spoken_for(config, stories, verdicts, known_to(base.past))
    weigh = base.weights if _weigh_alike(base.config.rules, tried.rules) else None
    read = base.edition.basis.health
    return chosen(store, config, base.window, base.meeting, now, base.past, judged, weigh, read, base.items)


def _verdicts(tried: Tried, base: Window12, among: Collection[str] | None) -> dict[str, Verdict]:
    touched = touches(tried.found, tried.hits)
    again = [
        article for article in base.articles if (among is None or article.id in among) and touched(article)
    ]
    return {**base.judged.verdicts, **{article.id: tried.in_brief(article) for article in again}}


def is_inside(base: Window12, window: Window) -> bool:
    """Whether all articles of the draft's window are of this one too."""
    return all(window.holds(one.first_seen) for one in base.articles if base.window.holds(one.first_seen))


def among_of(base: Window12, touched: Iterable[Article]) -> frozenset[str]:
    """Of the articles that a change touches in the draft's window, and of all that are not of it."""
    other = (article.id for article in base.articles if not base.window.holds(article.first_seen))
    return frozenset(chain((article.id for article in touched), other))


def moves_by(
    store: Store,
    tried: Tried,
    base: Window12,
    now: datetime,
    progress: Progress,
    *,
    regrouped: bool,
    among: Collection[str] | None = None,
) -> Moves:
    after = edition_by(store, tried, base, now, progress, regrouped=regrouped, among=among)
    return moves(base.number, base.edition, after)
