"""Pages on their way in and out of the archive: fetched and taken apart, asked for again, read again, left plain.

*In.* Pages are fetched side by side and taken apart by worker processes meanwhile. One that did not come is asked for
again with a later poll (`reading/schedule/retrying.py`).
*Out.* Articles are judged and printed without what recurs in their outlet's (`reading/pages/boilerplate.py`).
*Again.* The pages that a draft quotes are read once more before it is written, where the network is wanted; what they
have become is kept beside the article as it was first read, and said with the draft (`reading/pages/changes.py`).
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
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
from monitor.reading.fetch.gather import gather
from monitor.reading.fetch.hosts import host_that_answered
from monitor.reading.pages import boilerplate, changes
from monitor.reading.pages.apart import Extracted, extracted
from monitor.reading.pages.article import retold
from monitor.reading.schedule import polling
from monitor.reading.schedule.retrying import next_retry
from monitor.reading.workers import Idle
from monitor.settings import ArticleFrom, Config, Network
from monitor.store import Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def asked(
    store: Store, fetch: Fetch, network: Network, requests: Sequence[FetchRequest], now: datetime
) -> Generator[FetchResult]:
    """Fetches side by side, but nothing from a host that asked to be left alone; who asks for it now is kept."""
    barred = polling.waiting_hosts(store.feeds.host_waits(), now)
    waits = dict(barred)
    with closing(
        gather(requests, fetch, workers=network.workers, spacing=network.spacing, barred=barred)
    ) as results:
        for result in results:
            if isinstance(result, FetchFailed) and (wait := polling.wait_of(result)):
                host = host_that_answered(result)
                if wait > waits.get(host, timedelta(0)):
                    waits[host] = wait
                    store.feeds.save_host_wait(HostWait(host=host, until=now + wait))
            yield result


def pages(
    results: Generator[FetchResult], now: datetime, titles: Mapping[str, str], idle: Idle | None = None
) -> Generator[Extracted]:
    """Every page asked for, as it comes: the answer, and the article on it or why there is none. `titles`: of the
    articles that are looked for, by address."""
    with closing(results), closing(extracted(results, now, idle=idle, titles=titles)) as found:
        yield from found


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


def readable(store: Store, window: Window) -> tuple[Article, ...]:
    """The window's articles as they are judged and printed: without their outlets' boilerplate."""
    articles = store.articles.of(window)
    return boilerplate.own_words(articles, _learned(store, articles, window.until))


def _learned(store: Store, articles: Iterable[Article], until: datetime) -> Mapping[str, frozenset[str]]:
    """Each outlet's boilerplate, learned from the articles and from its last ones before `until`."""
    latest = store.articles.last_of_each_outlet(until, boilerplate.LOOKED_AT)
    return boilerplate.learn({article.id: article for article in (*latest, *articles)}.values())


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
    learned = _learned(store, (), now)
    last = store.articles.last_revisions(article.id for article in due.values())
    requests = [FetchRequest(url=url, wanted=Wanted.PAGE) for url in due]
    titles = {url: article.title for url, article in due.items()}
    with closing(pages(asked(store, fetch, config.network, requests, now), now, titles)) as found_pages:
        for done, (result, page) in enumerate(found_pages, 1):
            article = due[result.url]
            known = learned.get(article.outlet, frozenset())
            found = changes.revision(article, result, page, last.get(article.id), known, now)
            store.articles.save_check(changes.check(article, result, page, now), found)
            progress("Reading quoted pages again", done, len(requests))


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
