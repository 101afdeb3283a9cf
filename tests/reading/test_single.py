"""What a person tries is taken apart in another process: whatever is in it, there is an answer in time, with a reason."""

import time

import pytest
from conftest import NOW
from processes import living_children
from web import html_page, rss

from monitor.app.feed_trial import try_address
from monitor.model import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchRequest,
    NoArticle,
    Page,
    ParsedFeed,
    ParseFailed,
)
from monitor.reading import look, single
from monitor.reading.single import Looked, Single
from monitor.reading.workers import Idle, Limits
from monitor.settings import FeedKind

URL = "https://courier.example/"
SHORT = Limits(deadline=0.5)
TOO_LONG = "taking it apart took longer than 0.5 s"


def answer(body: bytes, url: str = URL) -> Fetched:
    return Fetched(url=url, final_url=url, body=body)


@pytest.fixture
def hanging(monkeypatch):
    """Parsers that hang on what says `harm`, in workers that have a second; no input is known any more that would."""
    monkeypatch.setattr(single, "LOOK", "obedient:look")
    monkeypatch.setattr(single, "LINKS", "obedient:links")
    monkeypatch.setattr("monitor.reading.feeds.apart.ENTRIES_OF", "obedient:hang_on_harm")
    monkeypatch.setattr(single.Single.__init__, "__defaults__", (SHORT,))


@pytest.mark.slow
def test_what_a_body_is(monkeypatch):
    monkeypatch.setattr(single, "Idle", Idle)
    feed = rss((f"{URL}1", "Story", NOW))
    story = html_page(
        "Bridge to close", *["The bridge in the high street will close on Monday for a month." * 3] * 3
    )
    links = b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head><body>Hello</body></html>"
    before = living_children()
    with Single() as tried:
        assert isinstance(tried.look(answer(feed), NOW).feed, ParsedFeed)
        assert tried.look(answer(story), NOW) == look.look(answer(story), NOW)
        assert isinstance(tried.look(answer(story), NOW).page, Page)
        neither = tried.look(answer(links), NOW)
        assert (type(neither.feed), type(neither.page), neither.links) == (
            ParseFailed,
            NoArticle,
            (f"{URL}rss",),
        )
        assert tried.links(answer(links)) == (f"{URL}rss",)
        assert isinstance(tried.entries(FeedKind.FEED, answer(feed), NOW), ParsedFeed)
        assert len(living_children()) == len(before) + 1
    assert living_children() == before


@pytest.mark.slow
def test_what_never_ends_is_told_in_time_and_the_next_is_read(hanging):
    began = time.monotonic()
    with Single() as tried:
        found = tried.look(answer(b"harm"), NOW)
        assert found == Looked(ParseFailed(reason=TOO_LONG), NoArticle(reason=TOO_LONG))
        assert tried.is_beaten
        assert tried.look(answer(b"fine"), NOW) == Looked(ParsedFeed(title="fine", entries=()))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("harmful", [URL, f"{URL}feed", f"{URL}robots.txt"])
@pytest.mark.slow
def test_feeds_try_ends_in_time_whatever_a_site_sends(hanging, harmful):
    """Where the address itself, a feed that it links, or the front page of the site never ends its parsing."""
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head><body></body></html>"
    asked = []

    def fetch(request: FetchRequest) -> Fetched:
        asked.append(request.url)
        return answer(b"harm" if request.url == harmful else page, request.url)

    began = time.monotonic()
    tried = try_address(fetch, URL, NOW)
    assert tried.best is None and tried.trouble
    assert time.monotonic() - began < 10
    if harmful == URL:
        assert (tried.trouble, asked) == (f"not a feed ({TOO_LONG})", [URL])


def test_feeds_try_asks_a_site_that_hangs_twice_and_no_more():
    asked = []

    def fetch(request: FetchRequest) -> Fetched | FetchFailed:
        asked.append(request.url)
        if request.url == URL:
            return answer(b"<html><head><title>Courier</title></head><body></body></html>")
        return FetchFailed(url=request.url, kind=FailureKind.TEMPORARY, reason="no answer", timed_out=True)

    def again(request: FetchRequest) -> Fetched | FetchFailed:
        return (
            fetch(request) if request.wanted != "page" else fetch(FetchRequest(url=f"{URL}2", wanted="page"))
        )

    assert try_address(again, URL, NOW).best is None
    assert len(asked) == 3
