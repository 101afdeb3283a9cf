"""The order of the steps. Takes the store, the fetch and the time; knows neither arguments nor where things are.

poll    store.feed_states | polling.due | fetch | entries_of | store.unseen | fetch | extract | store.save_poll
draft   store.articles(window) | classify | group | edition.assemble | store.keep_edition | word, page

A poll reads the due feeds and then the pages of what is new in them. Addresses are fetched side by side; everything
else happens here, in one thread. One feed's poll is saved at once, when the last of its pages is in: a run that is
killed loses only the feeds that were not finished, and reads those again the next time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.judging.classify import prepare
from monitor.judging.group import group
from monitor.model import (
    Article,
    Edition,
    Entry,
    FeedState,
    Fetch,
    Fetched,
    FetchFailed,
    FetchRequest,
    FetchResult,
    HostWait,
    JudgedStory,
    NoArticle,
    NotModified,
    Page,
    ParsedFeed,
    ParseFailed,
    PollOutcome,
    PollResult,
    ReadingHealth,
    ReportHeader,
    Wanted,
    Window,
)
from monitor.reading import polling
from monitor.reading.article import article_of, id_of
from monitor.reading.extract import extract
from monitor.reading.gather import gather, host_of
from monitor.reading.health import gaps, health
from monitor.reading.kinds import entries_of
from monitor.reading.sitemap import SitemapIndex, joined, parse_sitemap
from monitor.reporting.edition import assemble, speaker
from monitor.reporting.folder import Document, staged
from monitor.reporting.page import write_html, write_markdown
from monitor.reporting.record import edition_record
from monitor.reporting.word import write_word
from monitor.reporting.wording import day_in_london
from monitor.settings import ArticleFrom, Config, Feed, Network
from monitor.store import Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""

RHYTHM = timedelta(days=60)  # how far back a feed's usual gap between entries is looked for

# ── poll ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Harvest:
    """One feed's poll while the pages of its new entries are still coming in."""

    feed: Feed
    state: FeedState
    outcome: PollOutcome
    articles: list[Article] = field(default_factory=list)
    waiting: dict[str, Entry] = field(default_factory=dict)  # by the address of the page


def poll(
    store: Store, fetch: Fetch, network: Network, feeds: Sequence[Feed], now: datetime, progress: Progress
) -> tuple[PollOutcome, ...]:
    """Polls `feeds`, stores what is new in them, and returns what came of each, in the order in which they ended."""
    outcomes = []
    unfinished = []
    for harvest in _read_feeds(store, fetch, network, feeds, now, progress):
        if harvest.waiting:
            unfinished.append(harvest)
        else:
            outcomes.append(_save(store, harvest))
    for harvest in _read_pages(store, unfinished, fetch, network, now, progress):
        outcomes.append(_save(store, harvest))
    return tuple(outcomes)


def _read_feeds(
    store: Store, fetch: Fetch, network: Network, feeds: Sequence[Feed], now: datetime, progress: Progress
) -> Iterator[Harvest]:
    states = {state.url: state for state in store.feed_states()}
    requests = polling.requests_for(feeds, states, now)
    by_url = {request.url: feed for feed, request in requests}
    claimed: set[str] = set()
    progress("Reading feeds", 0, len(feeds))
    results = _asked(store, fetch, network, [request for _, request in requests], now)
    indexes = []
    for done, result in enumerate(results, 1):
        feed = by_url[result.url]
        read = _read(feed, polling.state_of(feed, states), result, now)
        if isinstance(result, Fetched) and isinstance(read, SitemapIndex):
            indexes.append((feed, result, read))
        else:
            yield _harvest(store, feed, polling.state_of(feed, states), result, read, now, claimed)
        progress("Reading feeds", done, len(feeds))
    parts = _read_parts(store, fetch, network, [part for *_, index in indexes for part in index.parts], now)
    for feed, result, index in indexes:
        whole, read = _whole(result, index, parts, now)
        yield _harvest(store, feed, polling.state_of(feed, states), whole, read, now, claimed)


def _asked(
    store: Store, fetch: Fetch, network: Network, requests: Sequence[FetchRequest], now: datetime
) -> Iterator[FetchResult]:
    """Fetches side by side, but nothing from a host that asked to be left alone; who asks for it now is kept."""
    barred = polling.waiting_hosts(store.host_waits(), now)
    waits = dict(barred)
    results = gather(requests, fetch, workers=network.workers, spacing=network.spacing, barred=barred)
    for result in results:
        wait = polling.wait_of(result) if isinstance(result, FetchFailed) else None
        host = host_of(result.url)
        if wait is not None and wait > waits.get(host, timedelta(0)):
            waits[host] = wait
            store.save_host_wait(HostWait(host=host, until=now + wait))
        yield result


def _read_parts(
    store: Store, fetch: Fetch, network: Network, addresses: Sequence[str], now: datetime
) -> Mapping[str, FetchResult]:
    """The sitemaps that indexes name, by address."""
    requests = [FetchRequest(url=url, wanted=Wanted.FEED) for url in dict.fromkeys(addresses)]
    return {result.url: result for result in _asked(store, fetch, network, requests, now)}


def _whole(
    result: Fetched, index: SitemapIndex, parts: Mapping[str, FetchResult], now: datetime
) -> tuple[Fetched, ParsedFeed | ParseFailed]:
    """An index with its sitemaps as one answer. Its validators speak for the index alone, so they are not kept."""
    bodies, found, reason = [], [], "it names none"
    for part in (parts[url] for url in index.parts):
        read = parse_sitemap(part.body, part.final_url, now) if isinstance(part, Fetched) else part
        if isinstance(part, Fetched) and isinstance(read, ParsedFeed):
            bodies.append(part.body)
            found.append(read)
        elif isinstance(read, FetchFailed | ParseFailed):
            reason = read.reason
    whole = replace(result, etag=None, last_modified=None, body=b"".join(bodies))
    return whole, joined(found) if found else ParseFailed(
        reason=f"none of its sitemaps could be read: {reason}"
    )


def _read(
    feed: Feed, state: FeedState, result: FetchResult, now: datetime
) -> ParsedFeed | SitemapIndex | ParseFailed | None:
    """What an answer says; None where it says nothing that is not known."""
    if not isinstance(result, Fetched) or polling.is_unchanged(state, result.body):
        return None
    return entries_of(feed.kind, result, now)


def _harvest(
    store: Store,
    feed: Feed,
    state: FeedState,
    result: FetchResult,
    parsed: ParsedFeed | SitemapIndex | ParseFailed | None,
    now: datetime,
    claimed: set[str],
) -> Harvest:
    """What one feed's answer comes to. Ids of entries that are taken up here are added to `claimed`."""
    if isinstance(result, FetchFailed):
        return _failed(feed, state, result, now)
    if isinstance(parsed, ParseFailed):
        return _failed(feed, state, parsed, now)
    if isinstance(result, NotModified) or not isinstance(parsed, ParsedFeed):
        outcome = PollOutcome(feed=feed.url, at=now, result=PollResult.UNCHANGED)
        return Harvest(feed, polling.after_unchanged(state, feed, result, now), outcome)
    by_id = {id_of(entry): entry for entry in parsed.entries}
    unseen = store.unseen(by_id) - claimed
    new = [id for id in by_id if id in unseen]
    claimed.update(new)
    outcome = PollOutcome(
        feed=feed.url,
        at=now,
        result=PollResult.NEW if new else PollResult.UNCHANGED,
        entries=len(parsed.entries),
    )
    harvest = Harvest(feed, polling.after_read(state, feed, result, parsed, now, new=len(new)), outcome)
    for entry in (by_id[id] for id in new):
        if feed.article is ArticleFrom.FEED:
            harvest.articles.append(article_of(entry, feed, None, now))
        else:
            harvest.waiting[entry.url] = entry
    return harvest


def _failed(feed: Feed, state: FeedState, failure: FetchFailed | ParseFailed, now: datetime) -> Harvest:
    outcome = PollOutcome(feed=feed.url, at=now, result=PollResult.FAILED, reason=failure.reason)
    return Harvest(feed, polling.after_failure(state, feed, failure, now), outcome)


def _read_pages(
    store: Store,
    harvests: Sequence[Harvest],
    fetch: Fetch,
    network: Network,
    now: datetime,
    progress: Progress,
) -> Iterator[Harvest]:
    """Fetches the pages that the harvests wait for, and yields each harvest when its last page is in."""
    owners = {url: harvest for harvest in harvests for url in harvest.waiting}
    requests = [FetchRequest(url=url, wanted=Wanted.PAGE) for url in owners]
    results = _asked(store, fetch, network, requests, now)
    for done, result in enumerate(results, 1):
        harvest = owners[result.url]
        entry = harvest.waiting.pop(result.url)
        harvest.articles.append(article_of(entry, harvest.feed, page_of(result, now), now))
        progress("Reading pages", done, len(requests))
        if not harvest.waiting:
            yield harvest


def page_of(result: FetchResult, now: datetime) -> Page | NoArticle:
    """The article on a page, or why there is none."""
    if isinstance(result, Fetched):
        return extract(result.body, result.final_url, now)
    return no_page(result)


def no_page(result: FetchFailed | NotModified) -> NoArticle:
    return NoArticle(reason=result.reason if isinstance(result, FetchFailed) else "it was not sent again")


def _save(store: Store, harvest: Harvest) -> PollOutcome:
    outcome = replace(harvest.outcome, new=len(harvest.articles))
    store.save_poll(outcome, harvest.state, harvest.articles)
    return outcome


# ── draft ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft that is kept, and where its documents are."""

    edition: Edition
    documents: tuple[Path, ...]


def draft(
    store: Store,
    config: Config,
    window: Window,
    meeting: date | None,
    folder: Path,
    formats: Sequence[str],
    now: datetime,
    progress: Progress,
) -> Drafted:
    """Drafts the window's edition for a meeting, writes its documents into the folder, and keeps it."""
    panel = config.panel
    edition = assemble(
        judged_stories(config, store.articles(window), progress),
        header=ReportHeader(to=panel.report_to, title=panel.title, author=panel.author, meeting=meeting),
        made=now,
        window=window,
        health=feed_health(store, config.feeds, window, now),
        feeds=config.feeds,
        length=panel.excerpt,
        rules_digest=config.rules.digest,
    )
    edition = replace(edition, number=store.next_edition_number())
    stem = f"topical-issues-{day_in_london(now).isoformat()}-draft-{edition.number}"
    with staged(folder, stem, [_document(edition, ending) for ending in formats]) as paths:
        store.keep_edition(edition, edition_record(edition))
    return Drafted(edition=edition, documents=paths)


def judged_stories(
    config: Config, articles: Sequence[Article], progress: Progress
) -> tuple[JudgedStory, ...]:
    """Each story among the articles, with its verdict. Worked out anew each time, so a new rule holds for all."""
    judge = prepare(config.rules, config.gazetteer)
    verdicts = {}
    for done, article in enumerate(articles, 1):
        verdicts[article.id] = judge.verdict(article)
        progress("Judging articles", done, len(articles))
    return tuple(speaker(story, verdicts) for story in group(articles, config.gazetteer))


def feed_health(store: Store, feeds: Sequence[Feed], window: Window, now: datetime) -> ReadingHealth:
    """How the feeds did in the window and how they are at `now`."""
    states: Mapping[str, FeedState] = {state.url: state for state in store.feed_states()}
    usual = gaps(store.sightings(Window(since=now - RHYTHM, until=now)))
    return health(feeds, states, store.feeds_read(window), usual, now)


def _document(edition: Edition, ending: str) -> Document:
    if ending == "docx":
        return Document(ending=ending, content=write_word(edition))
    text = {"html": write_html, "md": write_markdown, "json": edition_record}[ending](edition)
    return Document(ending=ending, content=text.encode("utf-8"))
