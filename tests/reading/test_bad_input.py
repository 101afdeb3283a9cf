"""Each thing that a server can do to a poll, alone beside a good feed, on real sockets.

It ends within its deadline, in words, in bounded memory; the good feed, which waits behind it for the only thread, is
delayed by no more than the deadline; and what was stored stays. Pages of this kind: `test_hostile_pages.py`.
"""

import gzip
import socket
import time
import tracemalloc
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from fetching import GUARDED, feed, redirect
from loopback import Answer, serve, serve_raw
from papers import quietly
from test_fetch_survival import OK, bomb, drip, stall
from web import rss

from monitor import pipeline
from monitor.model import PollResult, Window
from monitor.reading.fetch import guard
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.guard import is_public
from monitor.settings import ArticleFrom, Feed, FeedKind

SECONDS = 0.6  # the deadline of what never ends by itself
AMPLE = 20.0  # of what ends otherwise, also where the machine is busy
MEMORY = 60_000_000  # bytes; a body of 5 MB and what a parser makes of it
ONE_AT_A_TIME = replace(GUARDED, workers=1)
HOUR = timedelta(hours=1)


def story(number: int, site: str = "good") -> tuple[str, str, object]:
    return f"https://{site}.example/news/{number}.story", f"Story {number}", NOW - timedelta(hours=number + 1)


def pour(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(OK + b"\r\n")
    while True:
        connection.sendall(b"<item>" * 10_000)


def packed(body: bytes, encoding: str = "gzip") -> Answer:
    return Answer(body, headers={"Content-Encoding": encoding})


def item(number: int, words: str = "") -> str:
    url, title, _ = story(number, "bad")
    return f"<item><title>{title}</title><link>{url}</link><description>{words}</description></item>"


def feed_of(*items: str, doctype: str = "", entry: str = "") -> bytes:
    return f"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><title>F{entry}</title>{''.join(items)}</channel></rss>".encode()


RUNGS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITY_BOMB = f'<!DOCTYPE r [<!ENTITY l0 "lol">{RUNGS}]>'
GOOD_FEED = feed_of(item(1), item(2), item(3))
LATE = f"no answer within {SECONDS:g} s"
PRIVATE = "the address is not on the public internet"
BROKEN = "the connection broke off"

# What a server sends, and what is said of its feed; None where what can be read of it is read.
ANSWERS: dict[str, tuple[Answer, str | None]] = {
    "gzip bomb of 1 GB": (packed(bomb(31)), "larger than 5 MB"),
    "deflate bomb of 1 GB": (packed(bomb(15), "deflate"), "larger than 5 MB"),
    "Content-Length too long": (
        Answer(GOOD_FEED, headers={"Content-Length": "99999", "Connection": "close"}),
        BROKEN,
    ),
    "redirect loop": (redirect("/bad"), "more than 5 redirects"),
    "redirect to IPv4": (redirect("http://127.0.0.2/"), PRIVATE),
    "redirect to a neighbour": (redirect("http://192.168.1.1/"), PRIVATE),
    "redirect to IPv6": (redirect("http://[::1]/"), PRIVATE),
    "redirect to a mapped address": (redirect("http://[::ffff:127.0.0.2]/"), PRIVATE),
    "redirect to NAT64": (redirect("http://[64:ff9b::7f00:2]/"), PRIVATE),
    "redirect to a decimal address": (redirect("http://2130706434/"), PRIVATE),
    "redirect to a name of this machine": (redirect("http://rebound.example/"), PRIVATE),
    "XML 2,000 deep": (Answer(feed_of("<a>" * 2_000 + "x" + "</a>" * 2_000, item(1))), None),
    "entity bomb": (Answer(feed_of(item(1), doctype=ENTITY_BOMB, entry="&l9;")), None),
    "feed of 5 MB": (Answer(feed_of(*(item(n, "word " * 1_900) for n in range(500)))), None),
    "20,000 entries": (Answer(feed_of(*map(item, range(20_000)))), None),
    "NULs": (Answer(GOOD_FEED.replace(b"Story", b"St\0o\0ry")), None),
    "nothing but NULs": (Answer(bytes(100_000)), "empty"),
    "truncated gzip": (packed(gzip.compress(GOOD_FEED)[:-12]), None),
    "truncated XML": (Answer(GOOD_FEED[:-60]), None),
    "invalid UTF-8": (Answer(GOOD_FEED.replace(b"Story", b"St\xe9\xff\xc3(ry")), None),
    "100,000 one-word paragraphs": (
        Answer(b"<!doctype html><html>" + b"<p>word</p>" * 100_000),
        "an HTML page, not a feed",
    ),
    "100,000 deep": (Answer(b"<!doctype html><html>" + b"<div>" * 100_000), "an HTML page, not a feed"),
}

TALKS = {
    "body dripped a byte at a time": (drip(OK + b"Content-Length: 9999\r\n\r\n", b"<"), LATE),
    "headers dripped": (drip(OK, b"X-More: drops\r\n"), LATE),
    "no answer": (stall, LATE),
    "endless body": (pour, "larger than 5 MB"),
}


@pytest.fixture
def public(monkeypatch):
    """Our servers stand on 127.0.0.1 and play the public internet; everything else is as it is."""
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    look_up = socket.getaddrinfo

    def resolve(host, *rest, **named):
        host = {"rebound.example": "127.0.0.2", "2130706434": "127.0.0.2"}.get(host, host)
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def polled(
    store, url: str, kind: FeedKind = FeedKind.FEED, *, seconds: float = AMPLE
) -> tuple[str | None, int]:
    """What is said of a bad feed, and how much is new in it. The good feed is asked last, and must not feel it."""
    bad = Feed(name="Bad", url=url, kind=kind, article=ArticleFrom.FEED)
    with serve({"/rss": Answer(rss(story(1)))}) as server, Fetcher(ONE_AT_A_TIME, seconds=seconds) as fetch:
        good = Feed(name="Good", url=server.url("/rss"), article=ArticleFrom.FEED)
        pipeline.poll(store, fetch, ONE_AT_A_TIME, [good], NOW, quietly)
        server.answers["/rss"] = Answer(rss(story(1), story(2)))
        began = time.monotonic()
        outcomes = pipeline.poll(store, fetch, ONE_AT_A_TIME, [bad, good], NOW + HOUR, quietly)
        waited = server.asked[-1].at - began
    assert waited < seconds + 1.5, "the good feed waits for one deadline, and a busy machine"
    by_feed = {outcome.feed: outcome for outcome in outcomes}
    assert by_feed[good.url].new == 1
    kept = {article.url for article in store.articles.of(Window(since=None, until=NOW + 2 * HOUR))}
    assert {story(1)[0], story(2)[0]} <= kept, "nothing stored is lost"
    found = by_feed[bad.url]
    assert (found.result is PollResult.FAILED) == (found.reason is not None)
    return found.reason, found.new


@pytest.mark.parametrize("name", ANSWERS)
def test_a_server_that_sends(store, public, name):
    answer, reason = ANSWERS[name]
    with serve({"/bad": answer}) as server:
        said, new = polled(store, server.url("/bad"))
    assert said == reason
    assert (new > 0) is (reason is None), "what can be read is read"


@pytest.mark.parametrize("name", TALKS)
def test_a_server_that_does(store, public, name):
    talk, reason = TALKS[name]
    seconds = SECONDS if reason == LATE else AMPLE
    with serve_raw(talk) as port:
        assert polled(store, f"http://127.0.0.1:{port}/bad", seconds=seconds) == (reason, 0)


def test_a_server_whose_tls_stalls(store, public):
    with serve_raw(stall) as port:
        assert polled(store, f"https://127.0.0.1:{port}/bad", seconds=SECONDS) == (LATE, 0)


def test_a_name_that_resolves_to_this_machine(store, public):
    assert polled(store, "http://rebound.example/rss") == (PRIVATE, 0)


def test_a_content_length_that_is_too_short_cuts_the_feed(store, public):
    """What comes after it is the next answer's, so the feed is a truncated one."""
    with serve({"/bad": Answer(GOOD_FEED, headers={"Content-Length": str(len(GOOD_FEED) - 60)})}) as server:
        said, new = polled(store, server.url("/bad"))
    assert said is None and new >= 1


def test_an_external_entity_is_asked_for_nowhere(store, public, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("a secret", "utf-8")
    with serve({"/leak": Answer(b"leaked")}) as neighbour, ExitStack() as servers:
        doctype = f'<!DOCTYPE r [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "{neighbour.url("/leak")}">]>'
        body = feed_of(item(1, "&f; &n;"), doctype=doctype)
        server = servers.enter_context(serve({"/bad": Answer(body)}))
        assert polled(store, server.url("/bad")) == (None, 1)
        assert neighbour.asked == []
    texts = " ".join(article.text for article in store.articles.of(Window(since=None, until=NOW + 2 * HOUR)))
    assert "secret" not in texts and "leaked" not in texts


@pytest.mark.parametrize("kind", [FeedKind.SITEMAP, FeedKind.LISTING])
@pytest.mark.parametrize(
    "name", ["100,000 one-word paragraphs", "100,000 deep", "entity bomb", "XML 2,000 deep"]
)
def test_an_outlet_without_a_feed_that_sends(store, public, name, kind):
    with serve({"/bad": ANSWERS[name][0]}) as server:
        said, new = polled(store, server.url("/bad"), kind)
    assert said and new == 0


@pytest.mark.parametrize("window, encoding", [(31, "gzip"), (15, "deflate")])
def test_the_memory_of_a_bomb(window, encoding, public):
    """Measured at the fetch: what is unpacked beyond the cap is never held."""
    with serve({"/bad": packed(bomb(window), encoding)}) as server, Fetcher(ONE_AT_A_TIME) as fetch:
        tracemalloc.start()
        try:
            assert fetch(feed(server.url("/bad"))).reason == "larger than 5 MB"
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < MEMORY
