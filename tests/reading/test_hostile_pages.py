"""A whole poll on real sockets: pages that would ruin it end in words, and the other feeds are read as ever."""

import re
import time
from datetime import timedelta

import pytest
from conftest import NOW
from loopback import Answer, serve
from papers import PRECEPT, quietly
from web import html_page, rss

from monitor import pipeline
from monitor.model import PollResult, TextFrom
from monitor.reading.fetch.fetcher import Fetcher
from monitor.settings import Feed, Network

NETWORK = Network(user_agent="Test/1.0 (+mailto:a@b.example)", allow_private_addresses=True, workers=4)

HOSTILE = {
    "/paragraphs": b"<html><body>" + b"<p>word</p>" * 100_000,
    "/deep": b"<html><body>" + b"<div>" * 100_000 + b"x",
    "/fairly-deep": b"<html><body>" + b"<div>" * 20_000 + b"x",
    "/tables": b"<html><body>" + b"<table><tr><td>" * 6_000 + b"x",
    "/cards": b"<html><body>" + b"<div><h3><a>a</a></h3>" * 7_000 + b"x",
    "/large": b"<html><body>" + b"word " * 800_000,
    "/zeros": b"\0" * 100_000,
    "/entities": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><html><body><p>" + b"&a;" * 500_000,
}
EXPECTED = {
    "/paragraphs": "more than 25,000 elements: no news page has so many",
    "/deep": "more than 25,000 elements: no news page has so many",
    "/large": "larger than 3 MB",
    "/zeros": "not an HTML page",
}


@pytest.fixture
def outlets():
    with serve({}) as bad, serve({}) as good:
        moment = NOW - timedelta(hours=3)
        bad.answers = {path: Answer(body) for path, body in HOSTILE.items()}
        bad.answers["/rss"] = Answer(rss(*((bad.url(path), f"Story {path}", moment) for path in HOSTILE)))
        good.answers = {
            "/rss": Answer(rss((good.url("/news/precept"), "Precept to rise", moment))),
            "/news/precept": Answer(html_page("Precept to rise", *PRECEPT)),
        }
        yield bad, good


@pytest.mark.slow
def test_hostile_pages_end_in_words_and_delay_no_other_feed(store, outlets):
    bad, good = outlets
    feeds = [Feed(name="Bad", url=bad.url("/rss")), Feed(name="Good", url=good.url("/rss"))]
    began = time.monotonic()
    with Fetcher(NETWORK) as fetch:
        outcomes = pipeline.poll(store, fetch, NETWORK, feeds, NOW, quietly)
    assert time.monotonic() - began < 60
    assert {(outcome.feed, outcome.result, outcome.new) for outcome in outcomes} == {
        (bad.url("/rss"), PollResult.NEW, len(HOSTILE)),
        (good.url("/rss"), PollResult.NEW, 1),
    }
    assert store.articles.get(good.url("/news/precept")).paragraphs == PRECEPT
    for path in HOSTILE:
        stored = store.articles.get(bad.url(path))
        assert stored.text_from is TextFrom.SUMMARY, path
        assert re.search(r"\w+ \w+", stored.text_reason), path
        assert stored.text_reason == EXPECTED.get(path, stored.text_reason)
