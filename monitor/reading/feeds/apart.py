"""Feeds, sitemaps and pages of links taken apart in worker processes (`reading/workers.py`): one that is hostile costs
only its deadline, and no other feed waits for it."""

from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import datetime

from monitor.model import Fetched, FetchResult, ParsedFeed, ParseFailed
from monitor.reading.feeds.sitemap import SitemapIndex
from monitor.reading.turns import Task
from monitor.reading.urls import host
from monitor.reading.worker import Broken
from monitor.reading.workers import LIMITS, Idle, Limits, answers, in_words
from monitor.settings import FeedKind

ENTRIES_OF = "monitor.reading.feeds.kinds:entries_of"  # by name: only workers need feedparser

Read = ParsedFeed | SitemapIndex | ParseFailed | None


def read_apart(
    results: Iterable[tuple[FetchResult, FeedKind | None]],
    seen: datetime,
    *,
    workers: int | None = None,
    limits: Limits = LIMITS,
    idle: Idle | None = None,
) -> Generator[tuple[FetchResult, Read]]:
    """Each answer with what it says as its kind; None where it is no body, or has no kind. `seen` is now.

    Close the iterator where it is not read to its end.
    """
    tasks = (_task(result, kind, seen) for result, kind in results)
    with closing(answers(tasks, workers=workers, limits=limits, idle=idle)) as found:
        for result, answer in found:
            if isinstance(answer, Broken):
                answer = ParseFailed(reason=in_words(answer, "the feed", limits))
            assert answer is None or isinstance(answer, ParsedFeed | SitemapIndex | ParseFailed)
            yield result, answer


def _task(result: FetchResult, kind: FeedKind | None, seen: datetime) -> Task:
    if kind is None or not isinstance(result, Fetched):
        return Task(of=result, site="", call="")
    return Task(of=result, site=host(result.url), call=ENTRIES_OF, arguments=(kind, result, seen))
