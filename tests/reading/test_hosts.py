"""A host that wants to be left alone is, on real sockets: by feeds and pages, whatever leads to it, now and later."""

from datetime import timedelta

import pytest
from conftest import NOW
from fetching import OPEN, feed, page, redirect
from loopback import Answer, serve
from papers import quietly
from web import html_page, rss

from monitor import pipeline
from monitor.model import FailureKind, FetchFailed, FetchRequest, TextFrom
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.gather import gather
from monitor.reading.fetch.hosts import host_of, host_that_answered
from monitor.settings import Feed

WAIT = Answer(status=429, headers={"Retry-After": "7200"})
HOURS = timedelta(hours=2)
TEXT = (
    "The panel asked the commissioner how the new control room will be paid for, and got no answer that satisfied it.",
    "Members had been told in spring that the sale of two stations would cover it; neither has found a buyer since.",
    "A report on what it has cost so far will go to the December meeting, the commissioner’s office said on Friday.",
)


@pytest.mark.parametrize(
    "url, host",
    [
        ("https://A.org/x", "a.org"),
        ("http://a.org:8080/x?y#z", "a.org:8080"),
        ("http://me:secret@a.org/", "a.org"),
        ("nonsense", ""),
        ("http://[::1", ""),
    ],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host


def test_the_host_that_answered():
    failed = FetchFailed(url="http://a.org/1", kind=FailureKind.SOFT, reason="429")
    assert host_that_answered(failed) == "a.org"
    elsewhere = FetchFailed(
        url="http://a.org/1", kind=FailureKind.SOFT, reason="429", answered_by="http://b.org/"
    )
    assert host_that_answered(elsewhere) == "b.org"


def fetched_one_by_one(fetch: Fetcher, *requests: FetchRequest):
    found = gather(requests, fetch, workers=1, spacing=timedelta(0))
    return {result.url: result for result in found}


def test_a_429_after_a_redirect_binds_the_host_that_gave_it():
    with serve({"/rss": WAIT}) as busy, Fetcher(OPEN, seconds=5) as fetch:
        sent_on = redirect(busy.url("/rss"))
        answers = {"/one": sent_on, "/two": sent_on} | {
            f"/{number}": Answer(b"<rss/>") for number in range(20)
        }
        with serve(answers) as asked:
            own = [feed(asked.url(f"/{number}")) for number in range(20)]
            first, second = feed(asked.url("/one")), feed(asked.url("/two"))
            results = fetched_one_by_one(fetch, first, *own, second, feed(busy.url("/other")))
        assert all(results[request.url].body == b"<rss/>" for request in own), "who was asked is not bound"
        assert busy.counts == {"/rss": 1}, "neither another redirect nor a request of its own goes there"
    assert (results[first.url].answered_by, results[first.url].was_asked) == (busy.url("/rss"), True)
    for url in (second.url, busy.url("/other")):
        assert (results[url].status, results[url].was_asked, results[url].retry_after) == (429, False, HOURS)


def test_a_429_for_robots_txt_binds_the_host():
    with serve({"/robots.txt": WAIT, "/a": Answer(b"a")}) as server, Fetcher(OPEN, seconds=5) as fetch:
        urls = [server.url(path) for path in ("/a", "/b", "/c", "/d", "/e")]
        results = fetched_one_by_one(fetch, *map(page, urls))
        assert server.counts == {"/robots.txt": 1}
    assert [results[url].status for url in urls] == [429] * 5
    assert not results[urls[-1]].was_asked


@pytest.mark.slow
def test_pages_of_a_host_that_wanted_to_wait_are_read_later(store):
    """The feed is another host's, so it is read; the pages wait, not asked for, until the time that was named is over."""
    paths = [f"/{number}" for number in range(30)]
    with serve(dict.fromkeys(paths, WAIT)) as paper, serve({}) as hub, Fetcher(OPEN, seconds=5) as fetch:
        stories = [(paper.url(path), f"Story {path}", NOW - timedelta(hours=1)) for path in paths]
        hub.answers["/rss"] = Answer(rss(*stories))
        feeds = [Feed(name="Paper", url=hub.url("/rss"))]

        def poll(hours: float) -> tuple[set[TextFrom], int]:
            before = len(paper.asked)
            pipeline.poll(store, fetch, OPEN, feeds, NOW + timedelta(hours=hours), quietly)
            return {store.articles.get(url).text_from for url, *_ in stories}, len(paper.asked) - before

        texts, asked = poll(0)
        assert texts == {TextFrom.SUMMARY} and asked <= 21, "no more than were on their way"
        paper.answers = {path: Answer(html_page(f"Story {path}", *TEXT)) for path in paths}
        assert poll(1) == ({TextFrom.SUMMARY}, 0)
        assert poll(2.1) == ({TextFrom.PAGE}, 30)
        assert store.articles.get(stories[-1][0]).paragraphs == TEXT
