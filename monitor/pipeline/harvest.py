"""What one feed's answer comes to: its state, what is new in it, and which pages it waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.model import (
    Article,
    Entry,
    EntryName,
    FeedState,
    FetchFailed,
    FetchResult,
    NoArticle,
    NotModified,
    Page,
    PageRetry,
    ParsedFeed,
    ParseFailed,
    PollOutcome,
    PollResult,
)
from monitor.pipeline.known import Round, settled, sift
from monitor.reading.feeds.apart import Read
from monitor.reading.fetch.hosts import is_left, why_left
from monitor.reading.pages.article import NO_PAGE_OF_ITS_OWN, article_of
from monitor.reading.schedule import polling
from monitor.reading.schedule.retrying import first_retry
from monitor.settings import ArticleFrom, Feed
from monitor.store import Store


@dataclass(slots=True)
class Harvest:
    """One feed's poll while the pages of its new entries are still coming in."""

    feed: Feed
    state: FeedState
    outcome: PollOutcome
    articles: list[Article] = field(default_factory=list)
    waiting: list[Entry] = field(default_factory=list)  # for their pages
    retries: list[PageRetry] = field(default_factory=list)  # pages that did not come, but may
    names: list[EntryName] = field(default_factory=list)  # by which its entries are known

    def take(
        self,
        store: Store,
        round: Round,
        waited: Entry,
        result: FetchResult,
        page: Page | NoArticle,
        now: datetime,
    ) -> None:
        """The page of an entry that waited came, or did not."""
        self.waiting.remove(waited)
        entry, name = settled(store, round, self.feed, waited, result, page)
        self.names += [name] if name else []
        if entry is None:
            return
        article = article_of(entry, self.feed, page, now)
        self.articles.append(article)
        if retry := first_retry(article, result, now):
            self.retries.append(retry)

    def save(self, store: Store, clock: Callable[[], datetime]) -> PollOutcome:
        """Stores it, whole; what is new is first seen at that moment."""
        old = sum(article.is_old for article in self.articles)
        outcome = replace(self.outcome, new=len(self.articles), old=old, waiting=len(self.retries))
        store.feeds.save_poll(outcome, self.state, self.articles, self.retries, self.names, clock)
        return outcome


def harvest(
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
        return _left(feed, state, result, now) if is_left(result) else _failed(feed, state, result, now)
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
    found = Harvest(feed, state, outcome, names=sifted.names)
    for entry in new.values():
        if feed.article is ArticleFrom.FEED:
            found.articles.append(article_of(entry, feed, None, now))
        elif entry.mark:
            found.articles.append(article_of(entry, feed, NO_PAGE_OF_ITS_OWN, now))
        else:
            found.waiting.append(entry)
    return found


def _failed(feed: Feed, state: FeedState, failure: FetchFailed | ParseFailed, now: datetime) -> Harvest:
    outcome = PollOutcome(
        feed=feed.url,
        at=now,
        result=PollResult.FAILED,
        reason=failure.reason,
        failure=failure.kind if isinstance(failure, FetchFailed) else None,
    )
    return Harvest(feed, polling.after_failure(state, feed, failure, now), outcome)


def _left(feed: Feed, state: FeedState, left: FetchFailed, now: datetime) -> Harvest:
    outcome = PollOutcome(feed=feed.url, at=now, result=PollResult.LEFT, reason=why_left(left))
    return Harvest(feed, polling.after_left(state, why_left(left), now), outcome)
