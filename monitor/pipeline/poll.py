"""A poll: the due feeds are read, then the pages of what is new in them.

    store.feeds.states | polling.due | fetch | entries_of | known.sift | fetch | extract | store.feeds.save_poll

Addresses are fetched side by side, and what comes is taken apart by worker processes, feeds like pages, so that nothing
costs more than its deadline; everything else happens here, in one thread. One feed's poll is saved at once, when
the last of its pages is in: a run that is killed loses only the feeds that were not finished, and reads those again the
next time. Pages that were not to be had in an earlier poll are asked for again with the new ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.model import (
    Article,
    Entry,
    EntryName,
    FeedState,
    Fetch,
    Fetched,
    FetchFailed,
    FetchRequest,
    FetchResult,
    NotModified,
    PageRetry,
    ParsedFeed,
    ParseFailed,
    PollOutcome,
    PollResult,
    Wanted,
)
from monitor.pipeline.known import Round, begun, settled, sift
from monitor.pipeline.pages import Progress, asked, pages, retried
from monitor.reading.feeds.apart import Read, read_apart
from monitor.reading.feeds.sitemap import Part, SitemapIndex, whole_of
from monitor.reading.pages.article import NO_PAGE_OF_ITS_OWN, article_of
from monitor.reading.schedule import polling
from monitor.reading.schedule.retrying import first_retry
from monitor.reading.workers import Idle
from monitor.settings import ArticleFrom, Feed, FeedKind, Network
from monitor.store import Store


@dataclass(slots=True)
class Harvest:
    """One feed's poll while the pages of its new entries are still coming in."""

    feed: Feed
    state: FeedState
    outcome: PollOutcome
    articles: list[Article] = field(default_factory=list)
    waiting: dict[str, Entry] = field(default_factory=dict)  # by the address of the page
    retries: list[PageRetry] = field(default_factory=list)  # pages that did not come, but may
    names: list[EntryName] = field(default_factory=list)  # by which its entries are known


def poll(
    store: Store, fetch: Fetch, network: Network, feeds: Sequence[Feed], now: datetime, progress: Progress
) -> tuple[PollOutcome, ...]:
    """Polls `feeds`, stores what is new in them, and returns what came of each, in the order in which they ended."""
    outcomes = []
    unfinished = []
    round = begun(feeds)
    with Idle() as idle:  # who has read the feeds reads the pages
        for harvest in _read_feeds(store, fetch, network, feeds, now, progress, idle, round):
            if harvest.waiting:
                unfinished.append(harvest)
            else:
                outcomes.append(_save(store, harvest))
        unfinished.sort(key=lambda harvest: feeds.index(harvest.feed))
        on = {feed.url for feed in feeds if feed.article is ArticleFrom.PAGE}
        retries = [retry for retry in store.feeds.retries_due(now) if retry.feed in on]
        for harvest in _read_pages(store, unfinished, retries, fetch, network, now, progress, idle, round):
            outcomes.append(_save(store, harvest))
    return tuple(outcomes)


def _read_feeds(
    store: Store,
    fetch: Fetch,
    network: Network,
    feeds: Sequence[Feed],
    now: datetime,
    progress: Progress,
    idle: Idle,
    round: Round,
) -> Iterator[Harvest]:
    states = {state.url: state for state in store.feeds.states()}
    requests = polling.requests_for(feeds, states, now)
    by_url = {request.url: feed for feed, request in requests}
    progress("Reading feeds", 0, len(feeds))
    results = asked(store, fetch, network, [request for _, request in requests], now)
    fetched = ((result, _kind(by_url[result.url], states, result)) for result in results)
    indexes = []
    with closing(results), closing(read_apart(fetched, now, idle=idle)) as found:
        for done, (result, read) in enumerate(found, 1):
            feed = by_url[result.url]
            if isinstance(result, Fetched) and isinstance(read, SitemapIndex):
                indexes.append((feed, result, read))
            else:
                yield _harvest(store, feed, polling.state_of(feed, states), result, read, now, round)
            progress("Reading feeds", done, len(feeds))
    parts = _read_parts(store, fetch, network, [part for *_, index in indexes for part in index.parts], now)
    for feed, result, index in indexes:
        whole, read = whole_of(result, index, parts)
        yield _harvest(store, feed, polling.state_of(feed, states), whole, read, now, round)


def _read_parts(
    store: Store, fetch: Fetch, network: Network, addresses: Sequence[str], now: datetime
) -> Mapping[str, Part]:
    """The sitemaps that indexes name, by address."""
    requests = [FetchRequest(url=url, wanted=Wanted.FEED) for url in dict.fromkeys(addresses)]
    results = asked(store, fetch, network, requests, now)
    with (
        closing(results),
        closing(read_apart(((result, FeedKind.SITEMAP) for result in results), now)) as found,
    ):
        return {result.url: (result, read) for result, read in found}


def _kind(feed: Feed, states: Mapping[str, FeedState], result: FetchResult) -> FeedKind | None:
    """What an answer is to be read as; None where it says nothing that is not known."""
    if not isinstance(result, Fetched) or polling.is_unchanged(polling.state_of(feed, states), result.body):
        return None
    return feed.kind


def _harvest(
    store: Store,
    feed: Feed,
    state: FeedState,
    result: FetchResult,
    parsed: Read,
    now: datetime,
    round: Round,
) -> Harvest:
    """What one feed's answer comes to."""
    if isinstance(result, FetchFailed):
        return _failed(feed, state, result, now)
    if isinstance(parsed, ParseFailed):
        return _failed(feed, state, parsed, now)
    if isinstance(result, NotModified) or not isinstance(parsed, ParsedFeed):
        outcome = PollOutcome(feed=feed.url, at=now, result=PollResult.UNCHANGED)
        return Harvest(feed, polling.after_unchanged(state, feed, result, now), outcome)
    sifted = sift(store, round, feed, parsed.entries)
    new = sifted.new
    outcome = PollOutcome(
        feed=feed.url,
        at=now,
        result=PollResult.NEW if new else PollResult.UNCHANGED,
        entries=len(parsed.entries),
    )
    state = polling.after_read(state, feed, result, parsed, now, new=len(new))
    harvest = Harvest(feed, state, outcome, names=sifted.names)
    for entry in new.values():
        if feed.article is ArticleFrom.FEED:
            harvest.articles.append(article_of(entry, feed, None, now))
        elif entry.mark:
            harvest.articles.append(article_of(entry, feed, NO_PAGE_OF_ITS_OWN, now))
        else:
            harvest.waiting[entry.url] = entry
    return harvest


def _failed(feed: Feed, state: FeedState, failure: FetchFailed | ParseFailed, now: datetime) -> Harvest:
    outcome = PollOutcome(
        feed=feed.url,
        at=now,
        result=PollResult.FAILED,
        reason=failure.reason,
        failure=failure.kind if isinstance(failure, FetchFailed) else None,
    )
    return Harvest(feed, polling.after_failure(state, feed, failure, now), outcome)


def _read_pages(
    store: Store,
    harvests: Sequence[Harvest],
    retries: Sequence[PageRetry],
    fetch: Fetch,
    network: Network,
    now: datetime,
    progress: Progress,
    idle: Idle,
    round: Round,
) -> Iterator[Harvest]:
    """Fetches the pages that the harvests wait for, and yields each harvest when its last page is in.

    Pages that are asked for again go in the same round, so that no host is asked for two things at a time.
    """
    owners = {url: harvest for harvest in harvests for url in harvest.waiting}
    again = {retry.url: retry for retry in retries if retry.url not in owners}
    requests = [FetchRequest(url=url, wanted=Wanted.PAGE) for url in (*owners, *again)]
    titles = {url: entry.title for harvest in harvests for url, entry in harvest.waiting.items()}
    stored = {
        article.id: article.title for article in store.articles.named([one.article for one in again.values()])
    }
    titles |= {url: stored.get(retry.article, "") for url, retry in again.items()}
    with closing(pages(asked(store, fetch, network, requests, now), now, titles, idle)) as found:
        for done, (result, page) in enumerate(found, 1):
            progress("Reading pages", done, len(requests))
            if result.url in again:
                retried(store, again[result.url], result, page, now)
                continue
            harvest = owners[result.url]
            waited = harvest.waiting.pop(result.url)
            entry, name = settled(store, round, harvest.feed, waited, result, page)
            harvest.names += [name] if name else []
            if entry is not None:
                article = article_of(entry, harvest.feed, page, now)
                harvest.articles.append(article)
                if retry := first_retry(article, result, now):
                    harvest.retries.append(retry)
            if not harvest.waiting:
                yield harvest


def _save(store: Store, harvest: Harvest) -> PollOutcome:
    old = sum(article.is_old for article in harvest.articles)
    outcome = replace(harvest.outcome, new=len(harvest.articles), old=old)
    store.feeds.save_poll(outcome, harvest.state, harvest.articles, harvest.retries, harvest.names)
    return outcome
