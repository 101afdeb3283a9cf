"""Feeds, sitemaps and pages of links taken apart in worker processes (`reading/workers.py`): one that is hostile costs
only its deadline, and no other feed waits for it."""

from datetime import datetime
from typing import Any

from monitor.model import Fetched, FetchResult, ParsedFeed, ParseFailed
from monitor.reading.feeds.sitemap import SitemapIndex
from monitor.reading.turns import Task
from monitor.reading.urls import host
from monitor.reading.worker import Broken
from monitor.reading.workers import LIMITS, Limits, in_words
from monitor.settings import FeedKind

ENTRIES_OF = "monitor.reading.feeds.kinds:entries_of"  # by name: only workers need feedparser

Read = ParsedFeed | SitemapIndex | ParseFailed | None


def task_of(result: FetchResult, kind: FeedKind | None, seen: datetime) -> Task:
    """What is to be done with an answer; nothing where it is no body, or is to be read as nothing. `seen` is now."""
    if kind is None or not isinstance(result, Fetched):
        return Task(of=result, site="", call="")
    return Task(of=result, site=host(result.url), call=ENTRIES_OF, arguments=(kind, result, seen))


def read_of(answer: Any, limits: Limits = LIMITS) -> Read:
    """What the answer says as its kind, None where nothing was to be done; `answer` is what its task came to."""
    if isinstance(answer, Broken):
        return ParseFailed(reason=in_words(answer, "the feed", limits))
    assert answer is None or isinstance(answer, ParsedFeed | SitemapIndex | ParseFailed)
    return answer
