"""Nobody waits for the slowest: what is stored when, what a poll leaves for the next, and that nothing is lost by it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from papers import COURIER, FETE, GAZETTE, PRECEPT, local_web, quietly
from web import Web, html_page, rss

from monitor import pipeline
from monitor.model import FailureKind, FetchFailed, FetchRequest, FetchResult, PollResult, TextFrom, Window
from monitor.reading import workers
from monitor.reading.schedule import polling
from monitor.settings import ArticleFrom, Feed, FeedKind

LATER = NOW + timedelta(minutes=5)
ONE = "https://courier.example/news/precept"
OTHER = "https://courier.example/news/fete"
OVER = "not read yet: the poll's time was over"


def network(config, **named):
    return replace(config.network, **{"workers": 1, **named})


def late(url: str) -> FetchFailed:
    return FetchFailed(url=url, kind=FailureKind.TEMPORARY, reason="no answer within 20 s", timed_out=True)


def poll(store, fetch, config, *, feeds=(COURIER, GAZETTE), now=NOW, **named):
    """What came of each feed: its result and how many new articles."""
    outcomes = pipeline.poll(store, fetch, network(config), feeds, now, quietly, **named)
    return {outcome.feed: (outcome.result, outcome.new) for outcome in outcomes}


def states(store):
    return {state.url: state for state in store.feeds.states()}


class Hanging:
    """A web on which one address answers only when articles were stored: who waits for it first waits in vain."""

    def __init__(self, web: Web, hangs: str) -> None:
        self.web, self.hangs = web, hangs
        self.stored, self.in_time = threading.Event(), None

    def __call__(self, request: FetchRequest) -> FetchResult:
        if request.url == self.hangs:
            self.in_time = self.stored.wait(20)
            return late(request.url)
        return self.web(request)

    def clock(self):
        """Read by the poll when it stores something."""
        self.stored.set()
        return NOW


@pytest.mark.parametrize(
    "hangs, stored",
    [
        pytest.param(COURIER.url, {GAZETTE.url: (PollResult.NEW, 1)}, id="a feed"),
        pytest.param(ONE, {GAZETTE.url: (PollResult.NEW, 1), COURIER.url: (PollResult.NEW, 2)}, id="a page"),
    ],
)
def test_a_feed_is_stored_as_soon_as_its_own_pages_are_in(store, config, monkeypatch, hangs, stored):
    """The one that hangs is asked first, by the only worker there is."""
    monkeypatch.setattr("monitor.reading.fetch.gather.SLOW_SECONDS", 0.05)
    web = Hanging(local_web(), hangs)
    outcomes = poll(store, web, config, clock=web.clock)
    assert web.in_time
    assert {url: outcome for url, outcome in outcomes.items() if outcome[1]} == stored


# ── a host that does not answer ─────────────────────────────────────────────────────────────────────────────────

DEAD = tuple(Feed(name=f"Dead {n}", url=f"https://dead.example/{n}") for n in range(4))


def test_feeds_of_a_host_that_timed_out_twice_are_left_and_asked_first_by_the_next_poll(store, config):
    web = local_web()
    web.pages |= {feed.url: late(feed.url) for feed in DEAD}
    first = poll(store, web, config, feeds=(*DEAD, GAZETTE))
    assert [first[feed.url][0] for feed in DEAD] == [PollResult.FAILED] * 2 + [PollResult.LEFT] * 2
    assert first[GAZETTE.url] == (PollResult.NEW, 1)
    known = states(store)
    for feed in DEAD[2:]:
        state = known[feed.url]
        assert (state.failures, state.last_failure, state.next_poll) == (0.0, None, None), (
            "no failure of its own"
        )
        assert (state.left, state.left_since) == ("dead.example twice did not answer in time", NOW)
    due = polling.due((*DEAD, GAZETTE), known, LATER)
    assert due == DEAD[2:], "those that failed wait as ever; those that were left are due"
    web.pages |= {DEAD[3].url: web.pages[GAZETTE.url]}
    poll(store, web, config, feeds=due, now=LATER)
    asked = states(store)
    assert (asked[DEAD[2].url].left, asked[DEAD[2].url].failures) == (None, 0.25)
    assert (asked[DEAD[3].url].left, asked[DEAD[3].url].last_success) == (None, LATER)


def test_pages_of_a_host_that_timed_out_twice_are_left_and_asked_for_by_the_next_poll(store, config):
    pages = [f"https://courier.example/news/{n}" for n in range(5)]
    web = Web({COURIER.url: rss(*[(url, f"Story {url[-1]}", NOW) for url in pages])})
    web.pages |= {url: late(url) for url in pages}
    assert poll(store, web, config, feeds=[COURIER]) == {COURIER.url: (PollResult.NEW, 5)}
    assert len([url for url in web.asked if url in pages]) == 2
    stored = [store.articles.get(url) for url in pages]
    assert {article.text_from for article in stored} == {TextFrom.SUMMARY}, "until the page comes"
    reasons = sorted({str(article.text_reason) for article in stored})
    assert reasons == ["no answer within 20 s", "not read yet: courier.example twice did not answer in time"]
    web.pages |= {url: html_page("Story", *PRECEPT) for url in pages}
    web.asked.clear()
    poll(store, web, config, feeds=[COURIER], now=LATER)
    asked = [url for url in web.asked if url in pages]
    assert asked == pages[2:], "at once; the two that timed out have their own wait"
    assert [store.articles.get(url).text_from for url in asked] == [TextFrom.PAGE] * 3
    poll(store, web, config, feeds=[COURIER], now=NOW + timedelta(hours=1))
    assert {store.articles.get(url).text_from for url in pages} == {TextFrom.PAGE}


# ── a poll's own time ───────────────────────────────────────────────────────────────────────────────────────────


class Clockwork:
    """A web on which what an address holds takes long, by a timer that nothing else moves; once a poll's time is over
    by it, whatever is asked for hangs."""

    def __init__(self, web: Web, part: str, seconds: float = 601.0) -> None:
        self.web, self.part, self.takes = web, part, seconds
        self.seconds = self.began = 0.0

    def __call__(self, request: FetchRequest) -> FetchResult:
        if self.seconds - self.began >= 600:
            threading.Event().wait(3)
        elif self.part in request.url:
            self.seconds += self.takes
        return self.web(request)

    def timer(self) -> float:
        return self.seconds

    def poll(self, store, config, **named):
        self.began = self.seconds
        return poll(store, self, config, timer=self.timer, **named)


def test_feeds_that_the_time_did_not_allow_wait_for_the_next_poll(store, config):
    """The second was on its way, the third was not."""
    third = Feed(name="Third", url="https://third.example/rss")
    feeds = (replace(COURIER, article=ArticleFrom.FEED), GAZETTE, third)
    assert Clockwork(local_web(), "courier").poll(store, config, feeds=feeds) == {
        COURIER.url: (PollResult.NEW, 2),
        GAZETTE.url: (PollResult.LEFT, 0),
        third.url: (PollResult.LEFT, 0),
    }
    known = states(store)
    for url in (GAZETTE.url, third.url):
        assert (known[url].left, known[url].failures) == ("the poll's time was over", 0.0)
    assert set(polling.due(feeds, known, LATER)) == {GAZETTE, third}


def test_what_was_read_in_time_is_kept_and_pages_that_were_not_come_first_the_next_time(store, config):
    web = local_web()
    outcomes = Clockwork(web, "news/precept").poll(store, config, feeds=[COURIER])
    assert outcomes == {COURIER.url: (PollResult.NEW, 2)}
    read, left = (store.articles.get(url) for url in (ONE, OTHER))
    assert read.text_from is TextFrom.PAGE
    assert (left.text_from, left.text_reason) == (TextFrom.SUMMARY, OVER)
    web.asked.clear()
    poll(store, web, config, feeds=[GAZETTE], others=[COURIER], now=LATER)
    assert web.asked[0] == OTHER, "before the feeds, though its own is not due"
    assert store.articles.get(OTHER).text_from is TextFrom.PAGE


def test_a_poll_whose_time_is_over_after_every_answer_is_through_in_the_end(store, config, monkeypatch):
    """Each poll reads one address, and goes on where the last one stopped, with its worker."""
    before = Feed(name="Before", url="https://before.example/rss", article=ArticleFrom.FEED)
    poll(store, Web({before.url: rss()}), config, feeds=[before])
    monkeypatch.setattr(workers, "_Worker", None)  # no other can begin
    web = Clockwork(local_web(), "example")
    for number in range(5):
        now = NOW + timedelta(minutes=5 * number)
        due = polling.due((COURIER, GAZETTE), states(store), now)
        web.poll(store, config, feeds=due, others=[COURIER, GAZETTE], now=now)
    stored = store.articles.of(Window(since=None, until=NOW + timedelta(days=1)))
    assert {article.text_from for article in stored} == {TextFrom.PAGE} and len(stored) == 3


MAPPED = Feed(name="Mapped", url="https://mapped.example/sitemap.xml", kind=FeedKind.SITEMAP)
INDEX = b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</sitemapindex>"


def test_an_index_whose_sitemaps_were_left_is_left_and_no_failure(store, config):
    part = "https://mapped.example/news.xml"
    web = Web({MAPPED.url: INDEX % f"<sitemap><loc>{part}</loc></sitemap>".encode()})
    outcomes = Clockwork(web, "sitemap.xml").poll(store, config, feeds=[MAPPED])
    assert outcomes == {MAPPED.url: (PollResult.LEFT, 0)}
    assert states(store)[MAPPED.url].failures == 0.0


def test_a_page_that_two_feeds_name_is_asked_for_once(store, config):
    other = Feed(name="Vale Gazette", url="https://vale.example/rss")
    web = local_web()
    shared = "https://courier.example/news/shared"
    web.pages[shared] = html_page("Shared", *FETE)
    web.pages[COURIER.url] = rss((shared, "Shared", NOW))
    web.pages[other.url] = rss((shared, "Shared", NOW))
    poll(store, web, config, feeds=[COURIER, other])
    assert web.asked.count(shared) == 1
    assert store.articles.count() == 1


# ── when something was first seen ───────────────────────────────────────────────────────────────────────────────


def test_an_article_is_first_seen_when_it_is_stored_not_when_its_poll_began(store, config):
    """Else one that is stored while a draft is made would lie in that draft's window, and be in none."""
    web, times = local_web(), iter(NOW + timedelta(minutes=n) for n in (3, 8))
    poll(store, web, config, clock=lambda: next(times))
    seen = {
        article.first_seen for article in store.articles.of(Window(since=None, until=NOW + timedelta(days=1)))
    }
    assert seen == {NOW + timedelta(minutes=3), NOW + timedelta(minutes=8)}
    drafted_at = NOW + timedelta(minutes=5)
    windows = (Window(since=None, until=drafted_at), Window(since=drafted_at, until=NOW + timedelta(days=1)))
    assert sum(len(store.articles.of(window)) for window in windows) == 3
