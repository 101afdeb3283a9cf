"""Fetched pages taken apart in worker processes (`reading/workers.py`): each answer with its article, or why there is
none."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from types import MappingProxyType
from typing import Any

from monitor.model import Fetched, FetchResult, NoArticle, Page
from monitor.reading.pages.article import no_page
from monitor.reading.pages.borders.sought import Sought
from monitor.reading.turns import Task
from monitor.reading.urls import host
from monitor.reading.worker import Broken
from monitor.reading.workers import LIMITS, Idle, Limits, answers, in_words

Extracted = tuple[FetchResult, Page | NoArticle]

NO_TITLES: Mapping[str, str] = MappingProxyType({})
EXTRACT = "monitor.reading.pages.extract:extract"  # by name: only workers need trafilatura


def extracted(
    results: Iterable[FetchResult],
    seen: datetime,
    *,
    workers: int | None = None,
    limits: Limits = LIMITS,
    extract: str = EXTRACT,
    idle: Idle | None = None,
    titles: Mapping[str, str] = NO_TITLES,
) -> Generator[Extracted]:
    """Each result with the article on its page, or why there is none; `seen` is now. `workers` None: one a core.

    `titles` says under what title the feed named an address: a page is held against it.

    Close the iterator where it is not read to its end.
    """
    tasks = (_task(result, seen, extract, titles.get(result.url, "")) for result in results)
    with closing(answers(tasks, workers=workers, limits=limits, idle=idle)) as found:
        for result, answer in found:
            yield result, _article(result, answer, limits)


def _task(result: FetchResult, seen: datetime, extract: str, title: str) -> Task:
    if not isinstance(result, Fetched):
        return Task(of=result, site="", call="")
    sought = Sought(title=title, url=result.url)
    arguments = (result.body, result.final_url, seen, sought, result.content_type)
    return Task(of=result, site=host(result.url), call=extract, arguments=arguments)


def _article(result: FetchResult, answer: Any, limits: Limits) -> Page | NoArticle:
    if not isinstance(result, Fetched):
        return no_page(result)
    if isinstance(answer, Broken):
        return NoArticle(reason=in_words(answer, "its page", limits))
    assert isinstance(answer, Page | NoArticle)
    return answer
