"""A window's articles become judged stories.

    store.articles.of(window) + those of known items | boilerplate | classify | group | who speaks for it | weigh

Worked out anew each time from what is stored, so a changed rule holds for the past too.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain

from monitor.judging.classify import Judging, is_far, prepare
from monitor.judging.group import Grouped, grouped
from monitor.judging.priority import Circumstances, Scales
from monitor.judging.sketch import Outlines
from monitor.model import (
    Article,
    Edition,
    JudgedStory,
    JudgedWindow,
    Learned,
    Said,
    Source,
    Story,
    Verdict,
    Weight,
    Window,
)
from monitor.pipeline.pages import Progress, readable, readable_ones
from monitor.pipeline.places import with_places
from monitor.pipeline.records import all_learned, editions_of_numbers
from monitor.reporting.edition.assemble import speaker
from monitor.reporting.edition.cycle import before, coming, handled
from monitor.reporting.edition.past import Past, look_back
from monitor.reporting.wording import day_in_london
from monitor.settings import Config
from monitor.store import Store

# Articles of a window. One installation of one panel has a thousand a week, and three months at the most.
MOST_COMPARED = 20_000
REMEMBERED = timedelta(days=365)  # how long a reported story is recognised when it comes up again


def past_of(store: Store, config: Config, meeting: date | None, now: datetime) -> Past:
    """What a draft for `meeting` builds on: earlier drafts, issued reports, and what the officer said of them."""
    found = before(store.editions.all(), meeting, config.panel.papers_days, day_in_london(now))
    return look_back(
        _kept_editions(store, found.stood), _kept_editions(store, found.issued), all_learned(store)
    )


def _kept_editions(store: Store, numbers: Sequence[int]) -> tuple[Edition, ...]:
    """As they were made; but when that was, the archive says: a record is never changed, also where a clock was
    ahead."""
    made = {edition.number: edition.made for edition in store.editions.all()}
    found = editions_of_numbers(store, numbers)
    return tuple(replace(edition, made=made.get(edition.number, edition.made)) for edition in found)


def to_group(
    store: Store,
    window: Window,
    past: Past,
    read: Callable[[Store, Window], tuple[Article, ...]] = readable,
) -> tuple[Article, ...]:
    """The window's articles, and those of items reported or decided lately: by them a story is seen to be known. All
    without their outlets' boilerplate."""
    lately = window.until - REMEMBERED
    articles = {article.id: article for article in read(store, window)}
    known = store.articles.named(known_to(past).difference(articles))
    before = [article for article in known if article.first_seen >= lately]
    articles |= {article.id: article for article in readable_ones(store, before, window.until)}
    return with_places(articles.values())


def known_to(past: Past) -> frozenset[str]:
    """The ids of articles that an issued report holds or the officer decided on."""
    reported = chain.from_iterable(one.articles for one in past.reported)
    return frozenset(chain(reported, *(one.articles for one in past.decisions)))


def weigher(
    store: Store, config: Config, meeting: date | None, window: Window
) -> Callable[[JudgedStory], Weight]:
    """How much a story matters to the panel at the meeting."""
    learned = all_learned(store)
    numbers = dict.fromkeys(one.edition for one in learned)
    liked = liked_topics(editions_of_numbers(store, numbers), learned, config)
    circumstances = circumstances_of(config, meeting, window, liked)
    return Scales(config.rules, config.gazetteer, circumstances).weigh


def circumstances_of(
    config: Config, meeting: date | None, window: Window, liked: frozenset[str]
) -> Circumstances:
    panel, day = config.panel, meeting or day_in_london(window.until)
    return Circumstances(
        coming=coming(panel.programme, day),
        handled=handled(panel.handled, day),
        until=window.until,
        liked=liked,
    )


def liked_topics(editions: Sequence[Edition], learned: Sequence[Learned], config: Config) -> frozenset[str]:
    """First topics of which the officer kept at least so many stories as the card asks for, and more than she
    struck."""
    topics = {
        (edition.number, item.story): item.topics[0]
        for edition in editions
        for item in (*edition.items, *edition.further)
        if item.topics
    }
    balance: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for edition, story, said in _said_last(learned):
        if topic := topics.get((edition, story)):
            balance[topic] += -1 if said is Said.DROPPED else 1
            kept[topic] += said is not Said.DROPPED
    enough = config.rules.priority.liked_kept
    return frozenset(topic for topic in kept if kept[topic] >= enough and balance[topic] > 0)


def _said_last(learned: Sequence[Learned]) -> Iterator[tuple[int, str, Said]]:
    """Of documents each decision; of words and acts the last on each story of a draft: ten acts on one story are one
    wish. What is put off, or as the rules have it, tells neither."""
    last: dict[tuple[int, str], Said] = {}
    for document in learned:
        for one in document.decisions:
            if document.source in (Source.REPORT, Source.NOTES):
                yield one.edition, one.story, one.said
            else:
                last[one.edition, one.story] = one.said
    for (edition, story), said in last.items():
        if said not in (Said.LATER, Said.BACK):
            yield edition, story, said


def judged_stories(
    config: Config,
    articles: Sequence[Article],
    progress: Progress,
    known: frozenset[str] = frozenset(),
    judge: Judging | None = None,
    outlines: Outlines | None = None,
) -> JudgedWindow:
    """Each story among the articles, with its verdict. Worked out anew each time, so a new rule holds for all. `judge`
    is the panel's, where it sits among others, and `outlines` are what those made already (`together.py`)."""
    with no_search_for_circles():
        verdicts = verdicts_of(config, articles, progress, judge)
        found = _stories(config, articles, verdicts, known, outlines)
        return spoken_for(config, found, verdicts, known, judge)


def _stories(
    config: Config,
    articles: Sequence[Article],
    verdicts: Mapping[str, Verdict],
    known: frozenset[str],
    outlines: Outlines | None,
) -> Grouped:
    """Of a country's articles only those are put together that may come to something; each of the others is a story of
    its own, and counted. To compare all with all takes a minute for each panel."""
    if len(articles) <= MOST_COMPARED:
        return grouped(articles, config.gazetteer, config.rules, outlines)
    near = [one for one in articles if one.is_old or one.id in known or not is_far(verdicts[one.id])]
    compared = {one.id for one in near}
    apart = (Story(id=one.id, articles=(one,)) for one in articles if one.id not in compared)
    found = grouped(near, config.gazetteer, config.rules, outlines)
    stories = sorted((*found.stories, *apart), key=lambda story: (story.lead.first_seen, story.id))
    return Grouped(stories=tuple(stories), doubtful=found.doubtful)


def verdicts_of(
    config: Config, articles: Sequence[Article], progress: Progress, judge: Judging | None = None
) -> dict[str, Verdict]:
    """By the articles' ids. Most news is out, and briefly."""
    judge = judge or prepare(config.rules, config.gazetteer)
    verdicts = {}
    for done, article in enumerate(articles, 1):
        verdicts[article.id] = judge.in_brief(article)
        progress("Judging articles", done, len(articles))
    return verdicts


def spoken_for(
    config: Config,
    found: Grouped,
    verdicts: Mapping[str, Verdict],
    known: frozenset[str],
    judge: Judging | None = None,
) -> JudgedWindow:
    """Each story with the verdict of the article that speaks for it. One of which an article is known is judged in full:
    its verdict is shown beside what the officer said."""
    judge, in_full = judge or prepare(config.rules, config.gazetteer), dict[str, Verdict]()
    for story in found.stories:
        if not known.isdisjoint(article.id for article in story.articles):
            in_full |= {article.id: judge.verdict(article) for article in story.articles}
    told = {**verdicts, **in_full}
    return JudgedWindow(
        stories=tuple(speaker(story, told) for story in found.stories),
        doubtful=found.doubtful,
        verdicts=in_full,
    )


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Verdicts and sketches live to the end of a draft and hold no circles. Looking for some among them took 1.8 of
    14.9 seconds with 10,000 articles, and freed nothing: the memory was the same."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
