"""A poll: the due feeds are read, and the pages of what is new in them.

    store.feeds.states | polling.due | fetch | entries_of | known.sift | fetch | extract | store.feeds.save_poll

All of it is one stream (`reading/stream.py`): addresses are fetched side by side, what comes is taken apart by worker
processes, and a feed's pages are asked for as soon as it is read; everything else happens here, in one thread. One
feed's poll is saved when the last of its own pages is in, whatever others do: a run that is killed loses only the feeds
that were not finished, and reads those again the next time. Pages that were not to be had in an earlier poll are asked
for again, from the beginning.

What a poll leaves for the next, because a host does not answer or its own time is over, is not lost: a feed is still
due, and an entry whose page was not asked for is stored with the feed's own words, and its page asked for by the
next poll.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from monitor.model import (
    Entry,
    FeedState,
    Fetch,
    Fetched,
    FetchRequest,
    FetchResult,
    PageRetry,
    PollOutcome,
    Wanted,
)
from monitor.pipeline.harvest import Harvest, harvest
from monitor.pipeline.known import begun
from monitor.pipeline.pages import Progress, heeded, retried, stream_of
from monitor.reading.feeds import apart as feeds_apart
from monitor.reading.feeds.sitemap import Part, SitemapIndex, whole_of
from monitor.reading.fetch.hosts import is_left
from monitor.reading.pages import apart as pages_apart
from monitor.reading.schedule import polling
from monitor.reading.stream import Came, Stream, Timer
from monitor.reading.turns import Task
from monitor.reading.workers import LIMITS, Limits, between
from monitor.settings import ArticleFrom, Feed, FeedKind, Network
from monitor.store import Store

StillOurs = Callable[[], None]
"""Returns where the work is ours; raises a `MonitorError` where it was given to another."""


@dataclass(slots=True)
class _Index:
    """A sitemap of sitemaps while these are coming in."""

    feed: Feed
    result: Fetched
    index: SitemapIndex
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _PartOf:
    index: _Index
    url: str


@dataclass(frozen=True, slots=True)
class _NewPage:
    url: str
    title: str  # that the feed gives it


def poll(
    store: Store,
    fetch: Fetch,
    network: Network,
    feeds: Sequence[Feed],
    now: datetime,
    progress: Progress,
    *,
    others: Sequence[Feed] = (),
    clock: Callable[[], datetime] | None = None,
    timer: Timer = time.monotonic,
    limits: Limits = LIMITS,
    still_ours: StillOurs | None = None,
) -> tuple[PollOutcome, ...]:
    """Polls `feeds`, stores what is new in them, and returns what came of each, in the order in which they ended. Pages
    are asked for again of these and of `others`.

    `clock` says when something is stored; without it all is stored at `now`, as by a poll that takes no time.
    `timer` is what the poll's own time is measured by, in seconds; `limits` are those of taking apart what comes.
    `still_ours`, where many poll side by side: called before anything is stored, it raises once another does this.
    """
    in_line = still_ours is not None
    with (
        between() as idle,
        stream_of(
            store, fetch, network, now, idle=idle, timer=timer, limits=limits, all_in_line=in_line
        ) as stream,
    ):
        flow = _Flow(store, stream, tuple(feeds), now, progress, limits, still_ours or (lambda: None))
        flow.ask((*feeds, *others))
        return tuple(flow.saved(clock or (lambda: now)))


class _Flow:
    """One poll under way."""

    def __init__(
        self,
        store: Store,
        stream: Stream,
        feeds: tuple[Feed, ...],
        now: datetime,
        progress: Progress,
        limits: Limits,
        still_ours: StillOurs,
    ) -> None:
        self._still_ours = still_ours
        self._store, self._stream, self._feeds, self._now, self._progress = (
            store,
            stream,
            feeds,
            now,
            progress,
        )
        known = store.feeds.states([feed.url for feed in feeds])
        self._states = {state.url: state for state in known}
        self._limits = limits
        self._round = begun(feeds)
        self._owners: dict[str, list[tuple[Harvest, Entry]]] = {}  # of new pages, by address
        self._read = self._pages = self._pages_read = 0
        self._titles: dict[str, str] = {}  # of articles whose page is asked for again, by id

    def ask(self, with_pages: Iterable[Feed]) -> None:
        """For the pages that are to be asked for again, of those feeds, and for the feeds: in turns, a page first,
        so that neither waits for all of the other."""
        self._progress("Reading feeds", 0, len(self._feeds))
        self._ask_again({feed.url for feed in with_pages if feed.article is ArticleFrom.PAGE})
        self._ask_feeds()

    def saved(self, clock: Callable[[], datetime]) -> Iterator[PollOutcome]:
        """What came of each feed, stored when it is whole."""
        for came in heeded(self._store, self._stream, self._now):
            for done in self._on(came):
                self._still_ours()
                yield done.save(self._store, clock)

    def _ask_again(self, on: set[str]) -> None:
        retries = [retry for retry in self._store.feeds.retries_due(self._now) if retry.feed in on]
        self._pages += len(retries)
        stored = self._store.articles.named([retry.article for retry in retries])
        self._titles = {article.id: article.title for article in stored}
        self._stream.ask(((_page(retry.url), retry) for retry in retries), self._page_task, follows=True)

    def _ask_feeds(self) -> None:
        for feed, request in polling.requests_for(self._feeds, self._states, self._now):
            self._stream.ask([(request, feed)], partial(_feed_task, self._states, self._now))

    def _on(self, came: Came) -> Iterator[Harvest]:
        match came.of:
            case Feed():
                yield from self._on_feed(came.of, came.result, feeds_apart.read_of(came.found, self._limits))
            case _PartOf():
                yield from self._on_part(came.of, came.result, feeds_apart.read_of(came.found, self._limits))
            case PageRetry():
                self._count_page()
                page = pages_apart.page_of(came.result, came.found, self._limits)
                self._still_ours()
                retried(self._store, came.of, came.result, page, self._now)
            case _NewPage():
                self._count_page()
                yield from self._on_page(came)

    def _on_feed(self, feed: Feed, result: FetchResult, read: feeds_apart.Read) -> Iterator[Harvest]:
        if isinstance(result, Fetched) and isinstance(read, SitemapIndex):
            index = _Index(feed, result, read)
            requests = [
                (FetchRequest(url=url, wanted=Wanted.FEED), _PartOf(index, url))
                for url in dict.fromkeys(read.parts)
            ]
            self._stream.ask(requests, partial(_sitemap_task, self._now), follows=True)
            if requests:
                return
            result, read = whole_of(result, read, {})
        yield from self._begun(feed, result, read)

    def _on_part(self, part: _PartOf, result: FetchResult, read: feeds_apart.Read) -> Iterator[Harvest]:
        index = part.index
        index.parts[part.url] = (result, read)
        if len(index.parts) < len(set(index.index.parts)):
            return
        answers = [answer for answer, _ in index.parts.values()]
        left = next(filter(is_left, answers), None)
        if left and not any(isinstance(answer, Fetched) for answer in answers):
            yield from self._begun(index.feed, left, None)
        else:
            yield from self._begun(index.feed, *whole_of(index.result, index.index, index.parts))

    def _begun(self, feed: Feed, result: FetchResult, read: feeds_apart.Read) -> Iterator[Harvest]:
        state = polling.state_of(feed, self._states)
        found = harvest(self._store, feed, state, result, read, self._now, self._round)
        new = []
        for entry in found.waiting:
            if entry.url not in self._owners:
                new.append(_NewPage(entry.url, entry.title))
            self._owners.setdefault(entry.url, []).append((found, entry))
        self._stream.ask(((_page(page.url), page) for page in new), self._page_task, follows=True)
        self._count_feed(len(new))
        if not found.waiting:
            yield found

    def _on_page(self, came: Came) -> Iterator[Harvest]:
        page = pages_apart.page_of(came.result, came.found, self._limits)
        for found, entry in self._owners.pop(came.of.url):
            found.take(self._store, self._round, entry, came.result, page, self._now)
            if not found.waiting:
                yield found

    def _page_task(self, of: _NewPage | PageRetry, result: FetchResult) -> Task:
        title = of.title if isinstance(of, _NewPage) else self._titles.get(of.article, "")
        return pages_apart.task_of(result, self._now, title)

    # ── progress: feeds while there are some to come, then pages ────────────────────────────────────────────────

    def _count_feed(self, pages: int) -> None:
        self._read += 1
        self._pages += pages
        self._progress("Reading feeds", self._read, len(self._feeds))

    def _count_page(self) -> None:
        self._pages_read += 1
        if self._read == len(self._feeds):
            self._progress("Reading pages", self._pages_read, self._pages)


def _page(url: str) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.PAGE)


def _feed_task(states: Mapping[str, FeedState], now: datetime, feed: Feed, result: FetchResult) -> Task:
    """As the feed's kind; as nothing where it says nothing that is not known."""
    unchanged = isinstance(result, Fetched) and polling.is_unchanged(
        polling.state_of(feed, states), result.body
    )
    return feeds_apart.task_of(result, None if unchanged else feed.kind, now)


def _sitemap_task(now: datetime, _part: _PartOf, result: FetchResult) -> Task:
    return feeds_apart.task_of(result, FeedKind.SITEMAP, now)
