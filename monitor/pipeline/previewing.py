"""Other rules on what is stored, before they are saved: what a draft and a backtest would say, at a part of the cost.

ground   store.articles.of(weeks) | classify in brief | group: the stories, kept by ids alone; once for many previews
flips    those articles that a changed phrase touches | classify by both rules
compared the stories that are gained and lost, as `judging/backtest.py` says it
moves    the newest draft's window | classify what is touched | group, where that can differ | `draft.chosen`, twice

Nothing is written. Each takes what an earlier call worked out (`Ground`, `Window12`), so that who tries one phrase after
the other waits for the first only.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.judging.backtest import Backtest, is_in
from monitor.judging.classify import Judge, prepare
from monitor.judging.group import Grouped, group, grouped
from monitor.judging.preview.difference import Difference, difference, hits_of, touches
from monitor.judging.preview.regrouping import same_stories
from monitor.judging.preview.turning import Flips, Ground, compared, flips, turned_members
from monitor.judging.preview.twelve import Moves, moves
from monitor.model import Article, Edition, JudgedStory, Verdict, Weight, Window
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
from monitor.pipeline.records import edition_of_number
from monitor.reporting.edition.assemble import Weigh
from monitor.reporting.edition.past import Past
from monitor.settings import Config, Rules
from monitor.store import Store

Narrowed = Callable[[Difference, Window], Iterable[Article] | None]
"""The articles of a window that may hold a changed phrase, from an index; None where there is none that can say."""


def not_narrowed(_found: Difference, _window: Window) -> Iterable[Article] | None:
    return None


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules in force and those that are tried."""

    config: Config  # with the rules in force
    rules: Rules  # that are tried

    @property
    def after(self) -> Config:
        return replace(self.config, rules=self.rules)

    @property
    def found(self) -> Difference:
        return difference(self.config.rules, self.rules)

    def judges(self) -> tuple[Judge, Judge]:
        """Not `prepare`d, which remembers two sets of rules for all who judge."""
        gazetteer = self.config.gazetteer
        return prepare(self.config.rules, gazetteer), Judge(self.rules, gazetteer)


def weeks_before(until: datetime, weeks: int | None) -> Window:
    """None: everything that is stored."""
    return Window(since=until - timedelta(weeks=weeks) if weeks else None, until=until)


# ── the ground ──────────────────────────────────────────────────────────────────────────────────────────────────


def ground_of(store: Store, config: Config, window: Window, progress: Progress) -> Ground:
    """The stories of the window, and what the rules in force make of them."""
    articles = store.articles.of(window)
    with no_search_for_circles():
        verdicts = verdicts_of(config, articles, progress)
        progress("Putting stories together", 0, len(articles))
        stories = group(articles, config.gazetteer, config.rules)
    return Ground(
        window=window,
        articles=len(articles),
        textless=sum(not article.paragraphs for article in articles),
        stories=tuple(tuple(article.id for article in story.articles) for story in stories),
        included=frozenset(id for id, verdict in verdicts.items() if is_in(verdict)),
    )


def judged_in(store: Store, config: Config, window: Window, progress: Progress) -> frozenset[str]:
    """The ids of the articles that the rules in force include."""
    articles = store.articles.of(window)
    return frozenset(id for id, one in verdicts_of(config, articles, progress).items() if is_in(one))


def what_matters(
    store: Store, config: Config, window: Window, included: frozenset[str], into: frozenset[str] = frozenset()
) -> Ground:
    """A ground of what is in by one of the rules, for a story is in by these alone: a tenth of a window, and of what
    putting it together costs. Two of them that only a third one joins stay apart."""
    articles = store.articles.named(included | into)
    with no_search_for_circles():
        stories = group(articles, config.gazetteer, config.rules)
    return Ground(
        window=window,
        articles=store.articles.counted(window),
        textless=0,
        stories=tuple(tuple(article.id for article in story.articles) for story in stories),
        included=included,
        is_whole=False,
    )


def touched_in(
    store: Store, found: Difference, window: Window, narrowed: Narrowed, progress: Progress
) -> tuple[Article, ...]:
    """The articles of the window that a change can touch."""
    offered = narrowed(found, window)
    articles = tuple(offered) if offered is not None else store.articles.of(window)
    touched, kept = touches(found), []
    for done, article in enumerate(articles, 1):
        if touched(article):
            kept.append(article)
        progress("Looking for what the change touches", done, len(articles))
    return tuple(kept)


def flipped(
    tried: Tried, touched: Sequence[Article], progress: Progress, ground: Ground | None = None
) -> Flips:
    before, after = tried.judges()

    def told() -> Iterator[Article]:
        for done, article in enumerate(touched, 1):
            yield article
            progress("Judging by both rules", done, len(touched))

    return flips(told(), before=before, after=after, included=ground.included if ground else None)


def first_look(tried: Tried, touched: Sequence[Article], found: Flips) -> Backtest:
    """While the stories are not put together yet: only what flipped, put together by itself."""
    flipped_ones = [article for article in touched if article.id in found.ids]
    stories = group(flipped_ones, tried.config.gazetteer, tried.config.rules)
    alone = Ground(
        window=Window(since=None, until=datetime.max),
        articles=len(flipped_ones),
        textless=0,
        stories=tuple(tuple(article.id for article in story.articles) for story in stories),
        included=found.out,
    )
    before, after = tried.judges()
    return compared(alone, found, {one.id: one for one in flipped_ones}, before=before, after=after)


def on_ground(store: Store, tried: Tried, ground: Ground, found: Flips) -> Backtest:
    """What `judging.backtest.backtest` says of the same articles, which judges all of them."""
    turned, _ = turned_members(ground, found)
    articles = store.articles.named(id for members in turned for id in members)
    before, after = tried.judges()
    return compared(ground, found, {one.id: one for one in articles}, before=before, after=after)


def by_now(
    store: Store, ground: Ground, was: Config, now: Config, narrowed: Narrowed, progress: Progress
) -> Ground:
    """The same stories by rules that were changed since the ground was made; only what that touches is judged."""
    tried = Tried(was, now.rules)
    if tried.found.is_nothing:
        return ground
    touched = touched_in(store, tried.found, ground.window, narrowed, progress)
    found = flipped(tried, touched, progress)
    return replace(ground, included=(ground.included - found.out) | found.into)


# ── the twelve ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Window12:
    """The newest draft's window as the rules in force judge it."""

    number: int
    config: Config
    window: Window
    meeting: date | None
    past: Past
    articles: tuple[Article, ...]
    verdicts: dict[str, Verdict]
    stories: Grouped
    edition: Edition
    weights: "Weights"


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


def _weigh_alike(one: Rules, other: Rules) -> bool:
    """Whether both weigh any judged story alike: `judging.priority` reads no more of the rules than this."""
    return _weighing(one) == _weighing(other)


def _weighing(rules: Rules) -> tuple[object, ...]:
    bodies = [(body.name, body.names) for body in rules.bodies]
    topics = [(topic.id, topic.name) for topic in rules.topics]
    return rules.priority, bodies, [person.names for person in rules.people], rules.never, topics


def window_of_newest(store: Store, config: Config, now: datetime, progress: Progress) -> Window12 | None:
    """None where there is no draft yet."""
    kept = max(store.editions.all(), key=lambda one: one.number, default=None)
    newest = edition_of_number(store, kept.number) if kept else None
    if newest is None:
        return None
    window, meeting = newest.basis.window, newest.header.meeting
    past = past_of(store, config, meeting, now)
    articles = to_group(store, window, past)
    with no_search_for_circles():
        verdicts = verdicts_of(config, articles, progress)
        progress("Putting the draft’s stories together", 0, len(articles))
        stories = grouped(articles, config.gazetteer, config.rules)
        judged = spoken_for(config, stories, verdicts, known_to(past))
    weights = Weights(weigher(store, config, meeting, window))
    return Window12(
        number=newest.number,
        config=config,
        window=window,
        meeting=meeting,
        past=past,
        articles=articles,
        verdicts=verdicts,
        stories=stories,
        edition=chosen(store, config, window, meeting, now, past, judged, weights),
        weights=weights,
    )


def is_regrouped(tried: Tried, base: Window12) -> bool:
    """Whether the tried rules may put the draft's stories together otherwise."""
    return not same_stories(base.articles, tried.config.gazetteer, tried.config.rules, tried.rules)


def edition_by(
    store: Store, tried: Tried, base: Window12, now: datetime, progress: Progress, *, regrouped: bool
) -> Edition:
    """The draft of the same window as `draft` would make it by the tried rules. `regrouped` puts the stories together
    anew, which only makes a difference where `is_regrouped`."""
    config, touched = tried.after, touches(tried.found)
    again = [article for article in base.articles if touched(article)]
    judge = tried.judges()[1]
    verdicts = base.verdicts | {article.id: judge.in_brief(article) for article in again}
    stories = base.stories
    if regrouped:
        progress("Putting the draft’s stories together by the new words", 0, len(base.articles))
        with no_search_for_circles():
            stories = grouped(base.articles, config.gazetteer, config.rules)
    judged = spoken_for(config, stories, verdicts, known_to(base.past))
    weigh = base.weights if _weigh_alike(base.config.rules, tried.rules) else None
    read = base.edition.basis.health
    return chosen(store, config, base.window, base.meeting, now, base.past, judged, weigh, read)


def moves_by(
    store: Store, tried: Tried, base: Window12, now: datetime, progress: Progress, *, regrouped: bool
) -> Moves:
    return moves(
        base.number, base.edition, edition_by(store, tried, base, now, progress, regrouped=regrouped)
    )


# ── the cost ────────────────────────────────────────────────────────────────────────────────────────────────────


def hits_by_phrase(touched: Iterable[Article], found: Difference) -> dict[str, frozenset[str]]:
    """The ids of the articles that each changed phrase hits."""
    hits = hits_of(found.words)
    by_phrase: dict[str, set[str]] = {phrase: set() for phrase in found.words}
    for article in touched:
        for phrase in hits(f"{article.title}\n{article.text}"):
            by_phrase[phrase].add(article.id)
    return {phrase: frozenset(ids) for phrase, ids in by_phrase.items()}
