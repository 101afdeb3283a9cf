"""The search index brought up to the archive, and to the rules in force, a small step at a time.

    store.articles.seals | intake.unknown | store.articles.named | intake.take        what is new or changed
    intake.unjudged | judge.verdict | intake.judge                                    what these rules have not judged

The newest come first, so that what is asked for most can be found first. A step can be killed at any moment: what it
wrote is whole, and the next goes on. The archive is opened for each, so that nobody who needs it for himself waits long.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from monitor.judging.classify import prepare
from monitor.settings import Config
from monitor.store import Store
from monitor.store.search import Intake, Outlived

BATCH = 400  # articles of one step: less than a second

Opened = Callable[[], AbstractContextManager[Store]]


def take_in(opened: Opened, intake: Intake) -> Iterator[int]:
    """How many articles are left, after each step. Raises StoreError; Outlived, before anything is taken, where the
    index holds words of what is gone from the archive."""
    with opened() as store:
        seals = store.articles.seals()
    if intake.is_outlived(seals):
        raise Outlived("The search index holds what is gone from the archive.")
    unknown = intake.unknown(seals)
    for start in range(0, len(unknown), BATCH):
        ids = unknown[start : start + BATCH]
        with opened() as store:
            articles = store.articles.named(ids)
        intake.take(articles, {id: seals[id] for id in ids})
        yield len(unknown) - start - len(ids)


def judge(opened: Opened, config: Config, intake: Intake) -> Iterator[int]:
    """How many articles were judged, after each step. Raises StoreError."""
    rules, judge = config.rules.digest, prepare(config.rules, config.gazetteer)
    while ids := intake.unjudged(rules, BATCH):
        with opened() as store:
            articles = store.articles.named(ids)
        if not articles:
            return  # they are gone from the archive, and will be from the index
        intake.judge(rules, {article.id: judge.verdict(article) for article in articles})
        yield len(articles)
