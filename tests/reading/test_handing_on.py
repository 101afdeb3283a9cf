"""Pages that only hand their reader on, and pages that are there to be read."""

import time
from urllib.parse import quote

import pytest
from fetching import HARD, OPEN, feed, outcome, page
from loopback import Answer, serve

from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.handing_on import handed_on

TO = "https://paper.example/1?a=b&c=d"
META = '<meta http-equiv="refresh" content="0;url=https://paper.example/1?a=b&amp;c=d">'
WORDS = "<p>The panel met on Friday and asked the commissioner about the desk in Reading.</p>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(META, id="nothing else"),
        pytest.param(
            '<script>window.googleJavaScriptRedirect=1</script><noscript><META http-equiv="refresh" '
            f"content=\"0;URL='{TO}'\"></noscript>",
            id="a search engine's",
        ),
        pytest.param(
            f"<html><head><title>Redirecting you</title>{META}</head><body></body></html>", id="a title"
        ),
        pytest.param(
            f"<html><head>{META}</head><body><p>Redirecting. <a href='{TO}'>Click here</a> if nothing happens.</p></body>",
            id="a word to the reader",
        ),
        pytest.param(f"<meta content='3; {TO}' http-equiv=Refresh>", id="other order, no url="),
        pytest.param(
            f"<!-- <meta http-equiv=refresh content='0;url=/old'> -->{META}", id="an older one commented out"
        ),
        pytest.param(f"<style>{'p {color: red} ' * 100}</style>{META}", id="styles are no words"),
        pytest.param(f"<script>window.location.replace('{TO}')</script>", id="a script"),
        pytest.param(f'<script>document.location.href = "{TO}";</script>', id="another"),
        pytest.param(f"<body onload=''><script>location='{TO}'</script>Please wait...</body>", id="a third"),
        pytest.param(
            '<script>top.location.assign("https:\\/\\/paper.example\\/1?a=b\\u0026c\\x3dd")</script>',
            id="escaped",
        ),
        pytest.param(f"<script>location.replace('{TO}')</script><noscript>{META}</noscript>", id="both"),
    ],
)
def test_a_page_that_is_nothing_but_a_redirect(text):
    assert handed_on(text.encode()) == TO


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(META + WORDS * 5, id="an article beside it"),
        pytest.param("<meta http-equiv=refresh content=300>", id="read again after minutes"),
        pytest.param(f"<meta http-equiv=refresh content='300;url={TO}'>", id="moving on after minutes"),
        pytest.param("<meta http-equiv=refresh content='0'>", id="no address"),
        pytest.param(f"<meta name=refresh content='0;url={TO}'>", id="a name"),
        pytest.param(
            f"<script>var meta = \"<meta http-equiv=refresh content='0;url={TO}'>\"</script>",
            id="in a script",
        ),
        pytest.param(f"<script>if (location == '{TO}') stay()</script>", id="a comparison"),
        pytest.param("<script>location.replace('/a'); location = '/b'</script>", id="two addresses"),
        pytest.param("<script>location.href = base + '/a'</script>", id="an address that is worked out"),
        pytest.param(
            f"<script type='application/ld+json'>{{}}</script><script>location='{TO}'</script>",
            id="an article in data",
        ),
        pytest.param(
            f"<script>{'draw(); ' * 500} location='{TO}'</script><div id=root></div>", id="an application"
        ),
        pytest.param(WORDS, id="an article"),
        pytest.param("", id="nothing"),
        pytest.param(META + " " * 100_000, id="too long to be one"),
    ],
)
def test_a_page_of_its_own(text):
    assert handed_on(text.encode()) is None


@pytest.mark.parametrize(
    "piece",
    [
        "<meta ",
        "<meta a=",
        "<script ",
        "<script>",
        "<!--",
        "a=' ",
        "location ",
        "location.replace(",
        "<title>",
        "\\u",
    ],
)
def test_none_costs_more_than_its_length(piece):
    began = time.process_time()
    handed_on((META[:-1] + piece * (90_000 // len(piece))).encode())
    handed_on(("<script>location='/" + piece * (1_800 // len(piece))).encode())
    assert time.process_time() - began < 1.5


@pytest.fixture(scope="module")
def fetch():
    with Fetcher(OPEN, seconds=5) as fetcher:
        yield fetcher


def to(address: str) -> Answer:
    return Answer(f"<meta http-equiv=refresh content='0;url={address}'>".encode())


@pytest.mark.parametrize(
    "first, ends",
    [
        pytest.param(to("/1"), "/1", id="followed"),
        pytest.param(to("2"), "/1", id="twice"),
        pytest.param(to("#there"), "/0", id="to itself"),
        pytest.param(Answer(b"<p>Found", 404), None, id="a refusal is one"),
    ],
)
def test_it_is_followed_like_a_redirect(fetch, first, ends):
    with serve({"/0": first, "/2": to("/1"), "/1": Answer(b"the article")}) as server:
        result = fetch(page(server.url("/0")))
        assert getattr(result, "final_url", None) == (server.url(ends) if ends else None)
        assert getattr(result, "moved_to", None) is None


def test_it_is_bounded_and_asks_robots_txt(fetch):
    closed = Answer(b"User-agent: *\nDisallow: /closed")
    with serve(
        {"/robots.txt": closed, "/0": to("/closed/1"), "/ring": to("/ring?1"), "/ring?1": to("/ring")}
    ) as server:
        assert outcome(fetch(page(server.url("/0"))))[1] == "robots.txt does not allow it"
        assert outcome(fetch(page(server.url("/ring")))) == (HARD, "more than 5 redirects")


def test_a_feed_is_what_it_is(fetch):
    with serve({"/0": to("/1"), "/1": Answer(b"the article")}) as server:
        assert fetch(feed(server.url("/0"))).final_url == server.url("/0")


def test_a_redirector_whose_address_says_where_it_leads_is_not_asked(fetch):
    with serve({"/1": Answer(b"the article"), "/0": to("http://www.search.invalid/url?q={}")}) as server:
        inside = quote(server.url("/1"), safe="")
        server.answers["/0"] = to(f"http://www.search.invalid/url?q={inside}")
        for address in (f"http://www.search.invalid/url?q={inside}", server.url("/0")):
            assert fetch(page(address)).final_url == server.url("/1")
