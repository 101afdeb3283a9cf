"""Pages on their way in and out of the archive: fetched and taken apart, asked for again, read again, left plain.

*In.* Pages are fetched side by side and taken apart by worker processes meanwhile. One that did not come is asked for
again with a later poll (`reading/schedule/retrying.py`).
*Out.* Articles are judged and printed without what recurs in their outlet's (`reading/pages/boilerplate.py`).
*Again.* The pages that a draft quotes are read once more before it is written, where the network is wanted; what they
have become is kept beside the article as it was first read, and said with the draft (`reading/pages/changes.py`).
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from monitor.model import (
    Article,
    ArticleChange,
    Edition,
    Fetch,
    FetchFailed,
    FetchRequest,
    FetchResult,
    HostWait,
    NoArticle,
    Page,
    PageRetry,
    Wanted,
    Window,
)
from monitor.reading.fetch.hosts import host_that_answered, wait_of
from monitor.reading.pages import boilerplate, changes
from monitor.reading.pages.apart import page_of, task_of
from monitor.reading.pages.article import retold
from monitor.reading.schedule import polling
from monitor.reading.schedule.retrying import next_retry
from monitor.reading.stream import Came, Stream, Timer
from monitor.reading.workers import LIMITS, Idle, Limits, between
from monitor.settings import ArticleFrom, Config, Network
from monitor.store import Store

SEASON = timedelta(days=90)
AFTER = timedelta(days=14)  # whose articles tell, after one, what recurs in its outlet's

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""

Named = Callable[[Iterable[str]], tuple[Article, ...]]


def stream_of(
    store: Store,
    fetch: Fetch,
    network: Network,
    now: datetime,
    *,
    idle: Idle | None = None,
    timer: Timer = time.monotonic,
    limits: Limits = LIMITS,
    all_in_line: bool = False,
) -> Stream:
    """A stream that asks nothing of a host that wants to be left alone."""
    barred = polling.waiting_hosts(store.feeds.host_waits(), now)
    return Stream(
        fetch, network, barred=barred, idle=idle, timer=timer, limits=limits, all_in_line=all_in_line
    )


def heeded(store: Store, stream: Stream, now: datetime) -> Iterator[Came]:
    """What comes; who asks to be left alone is kept for later runs."""
    waits = dict(polling.waiting_hosts(store.feeds.host_waits(), now))
    for came in stream:
        if isinstance(came.result, FetchFailed) and (wait := wait_of(came.result)):
            host = host_that_answered(came.result)
            if wait > waits.get(host, timedelta(0)):
                waits[host] = wait
                store.feeds.save_host_wait(HostWait(host=host, until=now + wait))
        yield came


def retried(
    store: Store, retry: PageRetry, result: FetchResult, page: Page | NoArticle, now: datetime
) -> None:
    """Keeps what came of asking for a page again."""
    article = store.articles.get(retry.article)
    later = next_retry(retry, result, now)
    if later is not None:
        store.feeds.save_retry(later)
    else:
        store.feeds.end_retry(
            retry.article, retold(article, page) if article and isinstance(page, Page) else None
        )


def readable(store: Store, window: Window, named: Named | None = None) -> tuple[Article, ...]:
    """The window's articles as they are judged and printed: without their outlets' boilerplate, which is learned from them
    and from their outlets' last ones. Not from other outlets': a country's archive has a hundred thousand of these, and
    a panel reads its own. `named` reads those of some ids, in place of the store: a window that is read as one takes
    half the time."""
    articles = store.articles.of(window) if named is None else named(store.articles.ids(window))
    latest = store.articles.last_ids_of_outlets(
        {article.outlet for article in articles},
        Window(since=None, until=window.until),
        boilerplate.LOOKED_AT,
    )
    before = (named or store.articles.named)(set(latest).difference(article.id for article in articles))
    return boilerplate.own_words(articles, boilerplate.learn((*articles, *before)))


def readable_ones(
    store: Store, articles: Iterable[Article], until: datetime | None = None
) -> tuple[Article, ...]:
    """A few articles, likewise: by what their outlets' last ones before `until` show, of a season at most, for a page
    that is waited for has no time to look at every outlet. None: by those of the days after them too."""
    articles = tuple(articles)
    if not articles:
        return ()
    end = until or max(article.first_seen for article in articles) + AFTER
    latest = store.articles.last_of_outlets(
        {article.outlet for article in articles}, Window(since=end - SEASON, until=end), boilerplate.LOOKED_AT
    )
    learned = boilerplate.learn({one.id: one for one in (*latest, *articles)}.values())
    return boilerplate.own_words(articles, learned)


def recheck(
    store: Store, config: Config, edition: Edition, fetch: Fetch, now: datetime, progress: Progress
) -> None:
    """Reads the pages that the edition quotes again, and keeps what they have become."""
    readable_feeds = {
        feed.url for feed in config.feeds if feed.article is ArticleFrom.PAGE and feed.paused is None
    }
    checked = store.articles.last_checks()
    due = {
        article.url: article
        for article in _quoted(store, edition)
        if article.feed in readable_feeds and changes.is_due(article, checked.get(article.id), now)
    }
    latest = store.articles.last_of_outlets(
        {one.outlet for one in due.values()}, Window(since=None, until=now), boilerplate.LOOKED_AT
    )
    learned = boilerplate.learn(latest)
    last = store.articles.last_revisions(article.id for article in due.values())
    with between() as idle, stream_of(store, fetch, config.network, now, idle=idle) as stream:
        requests = ((FetchRequest(url=url, wanted=Wanted.PAGE), article) for url, article in due.items())
        stream.ask(requests, lambda article, result: task_of(result, now, article.title))
        for done, came in enumerate(heeded(store, stream, now), 1):
            article, page = came.of, page_of(came.result, came.found)
            known = learned.get(article.outlet, frozenset())
            found = changes.revision(article, came.result, page, last.get(article.id), known, now)
            store.articles.save_check(changes.check(article, came.result, page, now), found)
            progress("Reading quoted pages again", done, len(due))


def _quoted(store: Store, edition: Edition) -> tuple[Article, ...]:
    """The articles that the items quote, as they were first read."""
    ids = [link.article for item in edition.items for link in item.links if link.kinship is None]
    stored = {article.id: article for article in store.articles.named(ids)}
    return tuple(stored[id] for id in ids if id in stored)


def changes_of(store: Store, edition: Edition) -> tuple[ArticleChange, ...]:
    """What is known to have become of the pages that the edition quotes."""
    quoted = _quoted(store, edition)
    last = store.articles.last_revisions(article.id for article in quoted)
    return tuple(
        ArticleChange(outlet=article.outlet, title=article.title, url=article.url, what=last[article.id].what)
        for article in quoted
        if article.id in last and last[article.id].what
    )


def unchecked_of(store: Store, edition: Edition) -> tuple[ArticleChange, ...]:
    """The articles that the edition quotes whose page did not come when it was last asked for again, with the reason."""
    checks = store.articles.last_checks()
    return tuple(
        ArticleChange(outlet=article.outlet, title=article.title, url=article.url, what=last.unread)
        for article in _quoted(store, edition)
        if (last := checks.get(article.id)) and last.unread
    )
