"""Fetched pages taken apart in worker processes (`reading/workers.py`): an article, or why there is none."""

from datetime import datetime
from typing import Any

from monitor.model import Fetched, FetchResult, NoArticle, Page
from monitor.reading.pages.article import no_page
from monitor.reading.pages.borders.sought import Sought
from monitor.reading.turns import Task
from monitor.reading.urls import host
from monitor.reading.worker import Broken
from monitor.reading.workers import LIMITS, Limits, in_words

EXTRACT = "monitor.reading.pages.extract:extract"  # by name: only workers need trafilatura


def task_of(result: FetchResult, seen: datetime, title: str = "", extract: str | None = None) -> Task:
    """What is to be done with an answer; nothing where it is no body. `title` is what the feed called the article: a
    page is held against it."""
    if not isinstance(result, Fetched):
        return Task(of=result, site="", call="")
    sought = Sought(title=title, url=result.url)
    arguments = (result.body, result.final_url, seen, sought, result.content_type)
    return Task(of=result, site=host(result.url), call=extract or EXTRACT, arguments=arguments)


def page_of(result: FetchResult, answer: Any, limits: Limits = LIMITS) -> Page | NoArticle:
    """The article, or why there is none; `answer` is what its task came to."""
    if not isinstance(result, Fetched):
        return no_page(result)
    if isinstance(answer, Broken):
        return NoArticle(reason=in_words(answer, "its page", limits))
    assert isinstance(answer, Page | NoArticle)
    return answer
