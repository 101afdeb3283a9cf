"""A day's articles stored: 26,000, as the feeds of 43 panels bring them, into a file of SQLite's and into PostgreSQL, in
one run on one machine.

Each feed's poll is one transaction, as the monitor writes it. The server is started here, with its own settings (fsync
on) and its files on a disk.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.model import Article, EntryName, FeedState, PollOutcome, PollResult, TextFrom
from monitor.store import Store
from monitor.store.server import Where, server_at

FEEDS, ARTICLES = 2_580, 26_000
ROUNDS = 2
NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
TEXT = tuple(
    f"Paragraph {number} of the story. " + "Members asked why calls wait, and for how long. " * 6
    for number in range(9)
)

Polled = tuple[PollOutcome, FeedState, Sequence[Article], Sequence[EntryName]]


def run() -> Iterator[str]:
    """In turns, so that what else the machine does befalls both."""
    day, text = list(polls()), sum(map(len, TEXT))
    yield f"{ARTICLES:,} articles of {text:,} characters by {FEEDS:,} feeds, a transaction a feed; the best of {ROUNDS}"
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from postgres import Server, free_port, laid_out, own_schema, programs, running

    if not programs():
        yield "PostgreSQL is not on this machine: apt-get install postgresql"
        return
    files, servers, port = [], [], free_port()
    with (
        TemporaryDirectory() as folder,
        laid_out(Path("/var/tmp")) as place,
        running(place, port, fsync="on", full_page_writes="on", shared_buffers="128MB"),
    ):
        for number in range(ROUNDS):
            files.append(stored(Path(folder) / f"{number}.db", day))
            with own_schema(Server(place, port)) as address:
                servers.append(stored(server_at(address), day))
    file, server = min(files), min(servers)
    yield f"SQLite {file:.2f} s ({ARTICLES / file:,.0f} articles a second)"
    yield f"PostgreSQL {server:.2f} s ({ARTICLES / server:,.0f} articles a second): {server / file:.2f} times SQLite's"


def stored(where: Where, day: Sequence[Polled]) -> float:
    with Store.open(where) as store:
        began = time.perf_counter()
        for outcome, state, articles, names in day:
            store.feeds.save_poll(outcome, state, articles, names=names, clock=lambda: NOW)
        took = time.perf_counter() - began
        assert store.articles.count() == ARTICLES
    return took


def polls() -> Iterator[Polled]:
    for number in range(FEEDS):
        feed = f"https://paper{number}.example/rss"
        own = range(ARTICLES * number // FEEDS, ARTICLES * (number + 1) // FEEDS)
        articles = [_article(feed, one) for one in own]
        outcome = PollOutcome(feed=feed, at=NOW, result=PollResult.NEW, entries=len(own), new=len(own))
        state = FeedState(
            url=feed, etag='"a1"', last_poll=NOW, next_poll=NOW + timedelta(minutes=30), last_success=NOW
        )
        yield (
            outcome,
            state,
            articles,
            [EntryName(feed=feed, entry=f"guid-{one}", article=f"{one:012x}") for one in own],
        )


def _article(feed: str, number: int) -> Article:
    return Article(
        id=f"{number:012x}",
        url=f"{feed.removesuffix('/rss')}/news/{number}",
        outlet=feed,
        feed=feed,
        title=f"Panel asks for the {number}th time why calls wait",
        paragraphs=TEXT,
        published=NOW - timedelta(minutes=number % 1440),
        first_seen=NOW,
        text_from=TextFrom.PAGE,
    )
