"""One poll over servers that mean harm, on real sockets: the others are read, nothing stored is lost, all in words."""

import gzip
import socket
import time
from contextlib import ExitStack
from datetime import timedelta

import pytest
from conftest import NOW
from fetching import OPEN
from loopback import Answer, serve, serve_raw
from web import Web, rss

from monitor import pipeline
from monitor.model import PollResult, Window
from monitor.reading.feeds import apart
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.workers import Limits
from monitor.settings import ArticleFrom, Feed, FeedKind

pytestmark = pytest.mark.on_both

SECONDS = 1.0


def feed(name: str, url: str, kind: FeedKind = FeedKind.FEED) -> Feed:
    article = ArticleFrom.FEED if kind is FeedKind.FEED else ArticleFrom.PAGE
    return Feed(name=name, url=url, kind=kind, article=article)


def quietly(what, done, of):
    """No progress is shown."""


def story(number: int) -> tuple[str, str, object]:
    return f"https://good.example/news/{number}", f"Story {number}", NOW - timedelta(hours=number + 1)


def stall(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def drip(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while True:
        time.sleep(0.05)
        connection.sendall(b" ")


HOSTILE = {
    "/bomb": Answer(gzip.compress(bytes(20_000_000), 1), headers={"Content-Encoding": "gzip"}),
    "/deep": Answer(b"<rss>" + b"<a>" * 2_000),
    "/many": Answer(rss(*[story(1)]).replace(b"<item>", b"<item><guid>x</guid></item><item>" * 20_000)),
    "/nul": Answer(b"<rss>\x00\x00\x00"),
    "/loop": Answer(status=301, headers={"Location": "/loop"}),
    "/short": Answer(b"<rss", headers={"Content-Length": "100", "Connection": "close"}),
    "/map": Answer(gzip.compress(bytes(30_000_000), 1)),
    "/page": Answer(b"<div>" * 100_000),
}


@pytest.mark.slow
def test_hostile_servers_delay_nobody_and_lose_nothing(store):
    with ExitStack() as servers:
        good = servers.enter_context(serve({"/rss": Answer(rss(story(1), story(2)))}))
        bad = servers.enter_context(serve(HOSTILE))
        ports = [servers.enter_context(serve_raw(talk)) for talk in (stall, drip)]
        fetch = servers.enter_context(Fetcher(OPEN, seconds=SECONDS))
        paper = feed("Good", good.url("/rss"))
        network = OPEN
        pipeline.poll(store, fetch, network, [paper], NOW, quietly)
        good.answers["/rss"] = Answer(rss(story(1), story(2), story(3)))
        kinds = {"/map": FeedKind.SITEMAP, "/page": FeedKind.LISTING}
        feeds = [feed(path, bad.url(path), kinds.get(path, FeedKind.FEED)) for path in HOSTILE]
        feeds += [feed("slow", f"http://127.0.0.1:{port}/") for port in ports]
        began = time.monotonic()
        outcomes = pipeline.poll(store, fetch, network, [*feeds, paper], NOW + timedelta(hours=1), quietly)
        took = time.monotonic() - began
    by_feed = {outcome.feed: outcome for outcome in outcomes}
    assert by_feed[paper.url].new == 1
    stored = store.articles.of(Window(since=None, until=NOW + timedelta(days=1)))
    assert {article.url for article in stored} >= {story(n)[0] for n in (1, 2, 3)}
    reasons = {one.name: by_feed[one.url].reason for one in feeds}
    assert reasons.pop("/many") is None, "its first 500 entries are read"
    assert reasons.pop("/deep") is None and reasons.pop("/nul") is None, "feeds without entries"
    assert reasons == {
        "/bomb": "larger than 5 MB",
        "/loop": "more than 5 redirects",
        "/short": "the connection broke off",
        "/map": "a sitemap that is larger than 20 MB, or than 100 times what it is packed",
        "/page": "a page with 0 links to articles, which is no list of them",
        "slow": f"no answer within {SECONDS:g} s",
    }
    assert all(outcome.result is not PollResult.FAILED or outcome.reason for outcome in outcomes)
    assert took < SECONDS * 4 + 4


@pytest.mark.slow
def test_a_feed_that_takes_for_ever_costs_only_its_deadline(store, monkeypatch):
    """It is read by a function that hangs, since no feed is known any more that would."""
    monkeypatch.setattr(apart, "ENTRIES_OF", "obedient:hang_on_harm")
    names = [f"https://paper{number}.example/rss" for number in range(5)]
    pages = {url: rss((f"{url}/1", "Story", NOW)) for url in names}
    harm = feed("Harm", "https://harm.example/rss")
    web = Web({harm.url: b"harm", **pages})
    feeds = [harm, *(feed("Paper", url) for url in names)]
    outcomes = pipeline.poll(store, web, OPEN, feeds, NOW, quietly, limits=Limits(deadline=1.0))
    reasons = {outcome.feed: (outcome.new, outcome.reason) for outcome in outcomes}
    assert reasons == {
        harm.url: (0, "taking the feed apart took longer than 1 s"),
        **{url: (1, None) for url in names},
    }


@pytest.mark.parametrize("text", ["&amp;lt;" + "a" * 80_000, "The post a" + " appeared first on b" * 25_000])
def test_what_once_took_a_quarter_of_a_minute_is_read_at_once(store, text):
    item = (
        f"<item><title>A</title><link>https://harm.example/1</link><description>{text}</description></item>"
    )
    body = f"<rss version='2.0'><channel><title>Harm</title>{item}</channel></rss>".encode()
    harm = feed("Harm", "https://harm.example/rss")
    (outcome,) = pipeline.poll(store, Web({harm.url: body}), OPEN, [harm], NOW, quietly)
    assert (outcome.new, outcome.reason) == (1, None)
