"""The order of the steps. Takes the store, the fetch and the time; knows neither arguments nor where things are.

poll    store.feed_states | polling.due | fetch | parse | store.unseen | fetch | extract | store.save_poll
draft   store.articles(window) | boilerplate | classify | group | edition.assemble | changes | store.keep_edition | word, page

A poll reads the due feeds and then the pages of what is new in them. Addresses are fetched side by side; everything
else happens here, in one thread. One feed's poll is saved at once, when the last of its pages is in: a run that is
killed loses only the feeds that were not finished, and reads those again the next time. Pages that were not to be had
in an earlier poll are asked for again with the new ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
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
    FetchFailed,
    FetchRequest,
    FetchResult,
    JudgedStory,
    NotModified,
    PageRetry,
    ParseFailed,
    PollOutcome,
    PollResult,
    ReadingHealth,
    ReportHeader,
    Wanted,
    Window,
)
from monitor.pages import Progress as Progress
from monitor.pages import changes_of, pages, readable, recheck, retried
from monitor.reading import polling
from monitor.reading.article import article_of, id_of
from monitor.reading.gather import gather
from monitor.reading.health import gaps, health
from monitor.reading.parse import parse
from monitor.reading.retrying import first_retry
from monitor.reporting.edition import assemble, speaker
from monitor.reporting.folder import Document, staged
from monitor.reporting.page import write_html, write_markdown
from monitor.reporting.record import edition_record
from monitor.reporting.word import write_word
from monitor.reporting.wording import day_in_london
from monitor.settings import ArticleFrom, Config, Feed, Network
from monitor.store import Store

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
    retries: list[PageRetry] = field(default_factory=list)  # pages that did not come, but may


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
    on = {feed.url for feed in feeds if feed.article is ArticleFrom.PAGE}
    retries = [retry for retry in store.retries_due(now) if retry.feed in on]
    for harvest in _read_pages(store, unfinished, retries, fetch, network, now, progress):
        outcomes.append(_save(store, harvest))
    return tuple(outcomes)


def _read_feeds(
    store: Store, fetch: Fetch, network: Network, feeds: Sequence[Feed], now: datetime, progress: Progress
) -> Iterator[Harvest]:
    states = {state.url: state for state in store.feed_states()}
    by_url = {feed.url: feed for feed in feeds}
    requests = [polling.request_for(feed, polling.state_of(feed, states), now) for feed in feeds]
    claimed: set[str] = set()
    progress("Reading feeds", 0, len(feeds))
    results = gather(requests, fetch, workers=network.workers, spacing=network.spacing)
    for done, result in enumerate(results, 1):
        feed = by_url[result.url]
        yield _harvest(store, feed, polling.state_of(feed, states), result, now, claimed)
        progress("Reading feeds", done, len(feeds))


def _harvest(
    store: Store, feed: Feed, state: FeedState, result: FetchResult, now: datetime, claimed: set[str]
) -> Harvest:
    """What one feed's answer comes to. Ids of entries that are taken up here are added to `claimed`."""
    if isinstance(result, FetchFailed):
        return _failed(feed, state, result, now)
    if isinstance(result, NotModified) or polling.is_unchanged(state, result.body):
        outcome = PollOutcome(feed=feed.url, at=now, result=PollResult.UNCHANGED)
        return Harvest(feed, polling.after_unchanged(state, feed, result, now), outcome)
    parsed = parse(result.body, result.content_type, result.final_url, now)
    if isinstance(parsed, ParseFailed):
        return _failed(feed, state, parsed, now)
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
    retries: Sequence[PageRetry],
    fetch: Fetch,
    network: Network,
    now: datetime,
    progress: Progress,
) -> Iterator[Harvest]:
    """Fetches the pages that the harvests wait for, and yields each harvest when its last page is in.

    Pages that are asked for again go in the same round, so that no host is asked for two things at a time.
    """
    owners = {url: harvest for harvest in harvests for url in harvest.waiting}
    again = {retry.url: retry for retry in retries if retry.url not in owners}
    requests = [FetchRequest(url=url, wanted=Wanted.PAGE) for url in (*owners, *again)]
    with closing(pages(requests, fetch, network, now)) as found:
        for done, (result, page) in enumerate(found, 1):
            progress("Reading pages", done, len(requests))
            if result.url in again:
                retried(store, again[result.url], result, page, now)
                continue
            harvest = owners[result.url]
            article = article_of(harvest.waiting.pop(result.url), harvest.feed, page, now)
            harvest.articles.append(article)
            if retry := first_retry(article, result, now):
                harvest.retries.append(retry)
            if not harvest.waiting:
                yield harvest


def _save(store: Store, harvest: Harvest) -> PollOutcome:
    outcome = replace(harvest.outcome, new=len(harvest.articles))
    store.save_poll(outcome, harvest.state, harvest.articles, harvest.retries)
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
    fetch: Fetch | None = None,
) -> Drafted:
    """Drafts the window's edition for a meeting, writes its documents into the folder, and keeps it.

    With `fetch` the pages that the draft quotes are read again first, and what they have become is said with it.
    """
    panel = config.panel
    edition = assemble(
        judged_stories(config, readable(store, window), progress),
        header=ReportHeader(to=panel.report_to, title=panel.title, author=panel.author, meeting=meeting),
        made=now,
        window=window,
        health=feed_health(store, config.feeds, window, now),
        feeds=config.feeds,
        length=panel.excerpt,
        rules_digest=config.rules.digest,
    )
    if fetch:
        recheck(store, config, edition, fetch, now, progress)
    basis = replace(edition.basis, changed=changes_of(store, edition))
    edition = replace(edition, basis=basis, number=store.next_edition_number())
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
