"""What a site asks of robots: asked before pages, never before feeds, once for each site."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from loopback import Answer, serve, serve_raw

from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, Wanted
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.robots import token_of
from monitor.settings import Network

OPEN = Network(user_agent="TopicalIssuesMonitor/1.0 (+mailto:a@example.org)", allow_private_addresses=True)
PAGE = Answer(b"<html>a page</html>")
REFUSED = (FailureKind.HARD, "robots.txt does not allow it")


def page(url: str) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.PAGE)


@pytest.fixture
def fetch():
    with Fetcher(OPEN, seconds=2) as fetcher:
        yield fetcher


def outcome(result) -> str | tuple[FailureKind, str]:
    return (result.kind, result.reason) if isinstance(result, FetchFailed) else "fetched"


@pytest.mark.parametrize(
    "robots, path, expected",
    [
        pytest.param(b"", "/a", "fetched", id="empty"),
        pytest.param(b"User-agent: *\nDisallow: /", "/a", REFUSED, id="nobody"),
        pytest.param(b"User-agent: *\nDisallow: /private/", "/a", "fetched", id="elsewhere"),
        pytest.param(b"User-agent: *\nDisallow: /a$", "/a", REFUSED, id="to the end"),
        pytest.param(b"User-agent: *\nDisallow: /*?print=", "/a?print=1", REFUSED, id="anywhere"),
        pytest.param(b"User-agent: *\nDisallow: /\nAllow: /a", "/a", "fetched", id="but for this"),
        pytest.param(b"User-agent: topicalissuesmonitor\nDisallow: /", "/a", REFUSED, id="us by name"),
        pytest.param(b"User-agent: GreedyBot\nDisallow: /", "/a", "fetched", id="another by name"),
        pytest.param(
            b"User-agent: example\nDisallow: /", "/a", "fetched", id="a word of our contact address"
        ),
        pytest.param(b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", REFUSED, id="with a byte order mark"),
        pytest.param("User-agent: *\nDisallow: /".encode("utf-16"), "/a", REFUSED, id="in UTF-16"),
        pytest.param(
            "User-agent: *\nDisallow: /".encode("utf-16-le"), "/a", REFUSED, id="in UTF-16 without a mark"
        ),
        pytest.param(b"User-agent: *\rDisallow: /", "/a", REFUSED, id="with carriage returns alone"),
        pytest.param(gzip.compress(b"User-agent: *\nDisallow: /"), "/a", REFUSED, id="packed"),
        pytest.param(
            b"User-agent: x\n\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", REFUSED, id="a mark inside"
        ),
        pytest.param(
            b"User-agent: TopicalIssuesMonitor/1.0\nDisallow: /", "/a", REFUSED, id="us with a version"
        ),
        pytest.param(
            b"user-agent:TOPICALISSUESMONITOR/2.5 (+x) # us\nDisallow: /", "/a", REFUSED, id="us with more"
        ),
        pytest.param(
            b"User agent: TopicalIssuesMonitor\nDisallow: /", "/a", REFUSED, id="us after a loose name"
        ),
        pytest.param(
            b"User-agent: A\nUser-agent: topicalissuesmonitor/1\nDisallow: /",
            "/a",
            REFUSED,
            id="us among others",
        ),
        pytest.param(
            b"User-agent: TopicalIssuesMonitor\nDisallow: /b\n\nUser-agent: TopicalIssuesMonitor/1.0\nDisallow: /a",
            "/a",
            REFUSED,
            id="two groups of ours",
        ),
        pytest.param(
            b"User-agent: *\nDisallow: /\n\nUser-agent: TopicalIssuesMonitor/1.0\nDisallow:",
            "/a",
            "fetched",
            id="all but us",
        ),
        pytest.param(
            b"User-agent: Topical\nAllow: /\n\nUser-agent: *\nDisallow: /",
            "/a",
            REFUSED,
            id="a part of our name allowed",
        ),
        pytest.param(b"User-agent: Topical\nDisallow: /", "/a", "fetched", id="a part of our name"),
        pytest.param(
            b"User-agent: TopicalIssuesMonitorPlus\nDisallow: /", "/a", "fetched", id="a longer name"
        ),
        pytest.param(b"Disallow: /\nUser-agent: *", "/a", "fetched", id="a rule before any group"),
        pytest.param(b"<!doctype html><p>Welcome!</p>", "/a", "fetched", id="a page in its place"),
        pytest.param(b"\xff\xfe\0User-agent", "/a", "fetched", id="bytes of no sense"),
    ],
)
def test_rules(fetch, robots, path, expected):
    with serve({"/robots.txt": Answer(robots), path: PAGE}) as server:
        assert outcome(fetch(page(server.url(path)))) == expected
        assert server.counts[path] == (expected == "fetched")


@pytest.mark.parametrize(
    "answer, expected",
    [
        pytest.param(Answer(status=404), "fetched", id="none"),
        pytest.param(Answer(status=403), "fetched", id="refused"),
        pytest.param(Answer(status=410), "fetched", id="gone"),
        pytest.param(Answer(status=301, headers={"Location": "/moved"}), REFUSED, id="moved"),
        pytest.param(
            Answer(status=503),
            (
                FailureKind.TEMPORARY,
                "robots.txt cannot be read (503 Service Unavailable), so nothing is fetched there this time",
            ),
            id="in trouble",
        ),
        pytest.param(
            Answer(status=429),
            (
                FailureKind.TEMPORARY,
                "robots.txt cannot be read (429 Too Many Requests: the site asks us to wait), so nothing is fetched "
                "there this time",
            ),
            id="asked to wait",
        ),
    ],
)
def test_without_a_file(fetch, answer, expected):
    moved = Answer(b"User-agent: *\nDisallow: /")
    with serve({"/robots.txt": answer, "/moved": moved, "/a": PAGE}) as server:
        assert outcome(fetch(page(server.url("/a")))) == expected


def test_a_file_that_cannot_be_unpacked_says_nothing_so_nothing_is_fetched(fetch):
    broken = Answer(b"\x1f\x8b\x08\0\0\0\0\0\0\x03none")
    with serve({"/robots.txt": broken, "/a": PAGE}) as server:
        assert outcome(fetch(page(server.url("/a")))) == (
            FailureKind.TEMPORARY,
            "robots.txt cannot be read (compressed, and damaged), so nothing is fetched there this time",
        )


@pytest.mark.parametrize(
    "user_agent, token",
    [
        ("TopicalIssuesMonitor/1.0 (+mailto:a@example.org)", "TopicalIssuesMonitor"),
        ("Reading-Monitor", "Reading-Monitor"),
        ("Mozilla/5.0 (compatible; PanelMonitor/2.1; +https://panel.example/)", "PanelMonitor"),
        ("3M/1.0", "3M"),
    ],
)
def test_the_name_by_which_sites_address_us(user_agent, token):
    assert token_of(user_agent) == token


def test_a_site_that_breaks_off_is_not_asked_for_pages(fetch):
    with serve_raw(lambda connection: None) as port:
        result = fetch(page(f"http://127.0.0.1:{port}/a"))
    assert outcome(result) == (FailureKind.TEMPORARY, "the connection broke off")


def test_a_file_that_never_ends_is_cut_with_the_page():
    with (
        serve({"/robots.txt": Answer(b"", delay=3), "/a": PAGE}) as server,
        Fetcher(OPEN, seconds=0.3) as fetch,
    ):
        assert outcome(fetch(page(server.url("/a")))) == (FailureKind.TEMPORARY, "no answer within 0.3 s")
        assert server.counts["/a"] == 0


def test_feeds_are_there_to_be_read_by_machines(fetch):
    with serve({"/robots.txt": Answer(b"User-agent: *\nDisallow: /"), "/rss": Answer(b"<rss/>")}) as server:
        assert isinstance(fetch(FetchRequest(url=server.url("/rss"), wanted=Wanted.FEED)), Fetched)
        assert server.counts["/robots.txt"] == 0


def test_the_file_is_read_once_for_a_site(fetch):
    answers = {f"/{number}": PAGE for number in range(8)} | {"/robots.txt": Answer(b"", delay=0.1)}
    with serve(answers) as server, serve(answers) as other:
        with ThreadPoolExecutor(8) as threads:
            results = list(threads.map(fetch, [page(server.url(f"/{number}")) for number in range(8)]))
        fetch(page(other.url("/1")))
        assert all(isinstance(result, Fetched) for result in results)
        assert (server.counts["/robots.txt"], other.counts["/robots.txt"]) == (1, 1)


@pytest.mark.parametrize(
    "answer, status",
    [
        pytest.param(Answer(status=503, headers={"Retry-After": "90"}), 503, id="in trouble"),
        pytest.param(Answer(status=429, headers={"Retry-After": "90"}), 429, id="asked to wait"),
    ],
)
def test_a_file_that_cannot_be_read_is_asked_for_once_and_its_wait_is_told(fetch, answer, status):
    with serve({"/robots.txt": answer, "/a": PAGE}) as server:
        for _ in range(3):
            refused = fetch(page(server.url("/a")))
            assert (refused.status, refused.retry_after) == (status, timedelta(seconds=90))
            assert refused.answered_by == server.url("/robots.txt")
        assert server.counts == {"/robots.txt": 1}


def test_the_site_redirected_to_is_asked_too(fetch):
    with serve({"/robots.txt": Answer(b"User-agent: *\nDisallow: /")}) as closed:
        elsewhere = Answer(status=302, headers={"Location": closed.url("/a")})
        with serve({"/a": elsewhere}) as server:
            assert outcome(fetch(page(server.url("/a")))) == REFUSED
        assert closed.counts == {"/robots.txt": 1}


@pytest.mark.parametrize(
    "robots, delay",
    [
        pytest.param(b"User-agent: *\nCrawl-delay: 2.5", timedelta(seconds=2.5), id="for all"),
        pytest.param(b"User-agent: GreedyBot\nCrawl-delay: 9", None, id="for another"),
        pytest.param(b"User-agent: *\nCrawl-delay: 99999999", timedelta(days=1), id="for ever"),
        pytest.param(b"User-agent: *\nCrawl-delay: soon", None, id="no number"),
        pytest.param(b"User-agent: *\nCrawl-delay: -3", None, id="less than none"),
    ],
)
def test_the_rest_between_requests_is_told_with_each_page(fetch, robots, delay):
    with serve({"/robots.txt": Answer(robots), "/a": PAGE, "/rss": Answer(b"<rss/>")}) as server:
        assert fetch(page(server.url("/a"))).crawl_delay == delay
        assert fetch(page(server.url("/none"))).crawl_delay == delay
        assert fetch(FetchRequest(url=server.url("/rss"), wanted=Wanted.FEED)).crawl_delay is None
