"""The stories of some weeks, put together once by the rules in force, and which of them the tried rules gain or lose.

store.articles.of(weeks) | classify in brief | group: the ground, kept by ids alone; once for many previews
those articles that a changed phrase touches | classify by both rules | the flips
the stories that are gained and lost, as `judging/backtest.py` says it
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from monitor.judging.backtest import Backtest, is_in
from monitor.judging.group import group
from monitor.judging.preview.turning import Flips, Ground, compared, flips, turned_members
from monitor.judging.signs import APART
from monitor.model import Article, Story, Window
from monitor.pipeline.choose import no_search_for_circles, verdicts_of
from monitor.pipeline.pages import Progress
from monitor.pipeline.preview.tried import Narrowed, Tried, touched_in
from monitor.settings import Config
from monitor.store import Store


def weeks_before(until: datetime, weeks: int | None) -> Window:
    """None: everything that is stored."""
    return Window(since=until - timedelta(weeks=weeks) if weeks else None, until=until)


def ground_of(
    store: Store, config: Config, window: Window, progress: Progress, included: frozenset[str] | None = None
) -> Ground:
    """The stories of the window, and what the rules in force make of them. `included`: the ids of those that they include,
    where that is known."""
    articles = store.articles.of(window)
    with no_search_for_circles():
        if included is None:
            verdicts = verdicts_of(config, articles, progress)
            included = frozenset(id for id, verdict in verdicts.items() if is_in(verdict))
        progress("Putting stories together", 0, len(articles))
        stories = group(articles, config.gazetteer, config.rules)
    return Ground(
        window=window,
        articles=len(articles),
        textless=sum(not article.paragraphs for article in articles),
        stories=tuple(tuple(article.id for article in story.articles) for story in stories),
        included=included,
    )


def judged_in(store: Store, config: Config, window: Window, progress: Progress) -> frozenset[str]:
    """The ids of the articles that the rules in force include."""
    articles = store.articles.of(window)
    return frozenset(id for id, one in verdicts_of(config, articles, progress).items() if is_in(one))


def what_matters(store: Store, config: Config, window: Window, included: frozenset[str]) -> Ground:
    """A ground of what the rules in force include, for a story is in by these alone: a tenth of a window, and of what
    putting it together costs. Two of them that only a third one joins stay apart."""
    with no_search_for_circles():
        stories = group(store.articles.named(included), config.gazetteer, config.rules)
    return Ground(
        window=window,
        articles=store.articles.counted(window),
        textless=0,
        stories=tuple(tuple(article.id for article in story.articles) for story in stories),
        included=included,
        is_whole=False,
    )


def with_gained(store: Store, config: Config, ground: Ground, into: frozenset[str]) -> Ground:
    """What the tried rules bring in besides, put to the stories of `what_matters`: only what was published within the days
    in which two outlets tell of one event is compared with it. A story that it joins is in by both rules."""
    gained, included = store.articles.named(into), store.articles.named(ground.included)
    with no_search_for_circles():
        near = (*gained, *_published_near(included, gained))
        together = [
            story for story in group(near, config.gazetteer, config.rules) if not into.isdisjoint(_ids(story))
        ]
    stories = {members[0]: members for members in ground.stories}
    homes = {id: members[0] for members in ground.stories for id in members}
    for story in together:
        joined = dict.fromkeys(homes[id] for id in _ids(story) if id in homes)
        old = tuple(chain.from_iterable(stories.pop(home) for home in joined))
        members = (*old, *(id for id in _ids(story) if id not in homes))
        stories[members[0]] = members
        homes |= dict.fromkeys(members, members[0])
    return replace(ground, stories=tuple(stories.values()))


def _ids(story: Story) -> tuple[str, ...]:
    return tuple(article.id for article in story.articles)


def _published_near(articles: Iterable[Article], others: Iterable[Article]) -> Iterator[Article]:
    """Those of which one of the others may tell too; a day that is a guess says nothing."""
    others = tuple(others)
    days = sorted(one.published for one in others if not one.published_is_guess)
    is_any = len(days) < len(others)
    for article in articles:
        at = bisect_left(days, article.published - APART)
        is_near = at < len(days) and days[at] <= article.published + APART
        if is_any or article.published_is_guess or is_near:
            yield article


def flipped(
    tried: Tried, touched: Sequence[Article], progress: Progress, ground: Ground | None = None
) -> Flips:
    before, _ = tried.judges

    def told() -> Iterator[Article]:
        for done, article in enumerate(touched, 1):
            yield article
            progress("Judging by both rules", done, len(touched))

    return flips(told(), before=before, after=tried.in_brief, included=ground.included if ground else None)


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
    before, after = tried.judges
    return compared(alone, found, {one.id: one for one in flipped_ones}, before=before, after=after)


def on_ground(store: Store, tried: Tried, ground: Ground, found: Flips) -> Backtest:
    """What `judging.backtest.backtest` says of the same articles, which judges all of them."""
    turned, _ = turned_members(ground, found)
    articles = store.articles.named(id for members in turned for id in members)
    before, after = tried.judges
    return compared(ground, found, {one.id: one for one in articles}, before=before, after=after)


def by_now(
    store: Store, ground: Ground, was: Config, now: Config, narrowed: Narrowed, progress: Progress
) -> Ground:
    """The same stories by rules that were changed since the ground was made; only what that touches is judged."""
    tried = Tried(was, now.rules)
    if tried.found.is_nothing:
        return ground
    touched = touched_in(store, tried, ground.window, narrowed, progress)
    found = flipped(tried, touched, progress)
    return replace(ground, included=(ground.included - found.out) | found.into)
