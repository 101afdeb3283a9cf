"""The search index brought up to the archive, and to the rules in force, a small step at a time.

    store.articles.seals | intake.unknown | store.articles.named | intake.take        what is new or changed
    intake.unjudged | judge.verdict | intake.judge                                    what these rules have not judged

The newest come first, so that what is asked for most can be found first. A step can be killed at any moment: what it
wrote is whole, and the next goes on. Where words are left of what is gone from the archive, nothing is taken in: the
file has to be made anew (`Outlived`).
"""

from collections.abc import Iterator

from monitor.judging.classify import prepare
from monitor.settings import Config
from monitor.store import Store
from monitor.store.search import Intake

BATCH = 400  # articles of one step: a quarter of a second


class Outlived(Exception):
    """The index holds words of what is gone from the archive."""


def take_in(store: Store, intake: Intake) -> Iterator[int]:
    """How many articles are left, after each step. Raises StoreError, and Outlived before anything is taken."""
    seals = store.articles.seals()
    if intake.is_outlived(seals):
        raise Outlived
    unknown = intake.unknown(seals)
    for start in range(0, len(unknown), BATCH):
        ids = unknown[start : start + BATCH]
        intake.take(store.articles.named(ids), {id: seals[id] for id in ids})
        yield len(unknown) - start - len(ids)


def judge(store: Store, config: Config, intake: Intake) -> Iterator[int]:
    """How many articles were judged, after each step. Raises StoreError."""
    of = prepare(config.rules, config.gazetteer)
    while ids := intake.unjudged(config.rules.digest, BATCH):
        found = {article.id: of.verdict(article) for article in store.articles.named(ids)}
        if not found:
            return  # they are gone from the archive, and will be from the index
        intake.judge(config.rules.digest, found)
        yield len(found)
