"""`Refresh`: what hands a reader on at once is a redirect, what keeps a page new is none."""

import time

import pytest
from fetching import HARD, OPEN, feed, outcome, page
from loopback import Answer, serve

from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.refresh import refreshed_to

HOSTILE = [
    " " * 200_000,
    "1" * 200_000,
    "0;" + " " * 200_000,
    "0 url" * 50_000,
    "0." * 100_000,
    "0;url=" * 30_000,
]


@pytest.mark.parametrize(
    "value, address",
    [
        ("0;url=http://a.example/1", "http://a.example/1"),
        ("0; URL=/1", "/1"),
        ("0;URL='/1'", "/1"),
        ('0; url = "/1" ', "/1"),
        ("  3 ; Url=/1?a=b;c", "/1?a=b;c"),
        ("5, url=/1", "/1"),
        ("0.5;url=/1", "/1"),
        ("0;/1", "/1"),
        ("0 url=/1", "/1"),
        ("0;url=url=/1", "url=/1"),
        ("0;urlaub.html", "urlaub.html"),
        ("600;url=/1", None),
        ("60", None),
        ("0", None),
        ("0;", None),
        ("0;url=", None),
        ("0;url=''", None),
        (";url=/1", None),
        (".;url=/1", None),
        ("soon;url=/1", None),
        ("-1;url=/1", None),
        ("", None),
    ],
)
def test_where_a_reader_is_handed_on_to(value, address):
    assert refreshed_to(value) == address


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_ends(value):
    began = time.process_time()
    refreshed_to(value)
    assert time.process_time() - began < 0.5


def on(value: str, status: int = 200) -> Answer:
    return Answer(b"elsewhere", status, headers={"Refresh": value})


@pytest.fixture(scope="module")
def fetch():
    with Fetcher(OPEN, seconds=5) as fetcher:
        yield fetcher


@pytest.mark.parametrize(
    "first, body",
    [
        pytest.param(on("0;url=/1"), b"the article", id="at once"),
        pytest.param(on("5; URL='1'"), b"the article", id="soon, relative"),
        pytest.param(on("0;url=/1", 203), b"the article", id="by a proxy"),
        pytest.param(on("0;url=#top"), b"elsewhere", id="to itself"),
        pytest.param(on("300"), b"elsewhere", id="a page that keeps itself new"),
        pytest.param(on("300;url=/1"), b"elsewhere", id="a page that moves on after minutes"),
    ],
)
def test_it_is_followed_like_a_redirect(fetch, first, body):
    with serve({"/0": first, "/1": Answer(b"the article")}) as server:
        result = fetch(page(server.url("/0")))
        assert (result.body, result.url, result.moved_to) == (body, server.url("/0"), None)
        assert result.final_url == server.url("/1" if body == b"the article" else "/0")


@pytest.mark.parametrize(
    "value, reason",
    [
        pytest.param("0;url=/1", "more than 5 redirects", id="in a ring"),
        pytest.param("0;url=file:///etc/passwd", "not an http or https address", id="to a file"),
        pytest.param(
            "0;url=http://a:b@127.0.0.1/", "the address carries a user name or password", id="to a login"
        ),
    ],
)
def test_it_is_judged_like_a_redirect(fetch, value, reason):
    with serve({"/0": on(value), "/1": on("0;url=/0")}) as server:
        assert outcome(fetch(feed(server.url("/0")))) == (HARD, reason)
        assert server.counts.total() <= 6


def test_it_leads_to_no_host_that_wants_to_be_left_alone(fetch):
    with serve({"/0": on("0;url=http://barred.example/1")}) as server:
        result = fetch(feed(server.url("/0"), barred=frozenset(("barred.example",))))
        assert (result.was_asked, result.answered_by) == (False, "http://barred.example/1")


def test_an_answer_that_a_proxy_changed_is_an_answer(fetch):
    with serve({"/0": Answer(b"the article", 203)}) as server:
        assert fetch(page(server.url("/0"))).body == b"the article"
