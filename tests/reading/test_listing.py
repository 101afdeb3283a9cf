"""Section pages: their articles' links, and nothing of what stands around them."""

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from where import DATA

from monitor.model import ParsedFeed, ParseFailed
from monitor.reading.feeds.listing import parse_listing

URL = "https://www.weekly.example/news/"
WEEKLY = (DATA / "listings" / "weekly.html").read_bytes()


def read(body: bytes | str, url: str = URL, content_type: str | None = "text/html"):
    return parse_listing(body.encode() if isinstance(body, str) else body, content_type, url)


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f"<div class=card><a href='{url}'>{text}</a></div>" for url, text in pairs)


def titles(body: str, url: str = URL) -> list[str]:
    return [entry.title for entry in read(body, url).entries]


def test_a_weeklys_page():
    read_ = read(WEEKLY)
    assert read_.title == "News from Loddon Bridge"
    assert [(entry.url, entry.title) for entry in read_.entries] == [
        ("https://www.weekly.example/news/loddon-bridge/196850/bridge.html", "Bridge to close for six weeks"),
        (
            "https://www.weekly.example/news/loddon-bridge/196842/police.html?ref=rss",
            "Police praised & thanked for rescue",
        ),
        ("https://www.weekly.example/news/winnersh/196841/budget.html", "Council’s budget: what it means"),
        ("https://www.weekly.example/news/winnersh/196839/market.html", "Market square reopens after works"),
        ("https://www.weekly.example/news/winnersh/leaders-column", "The leader’s column this week"),
    ]
    assert all(entry.published is None and entry.id == entry.url for entry in read_.entries)


STORIES = (
    ("/2026/11/12/bridge", "The bridge will close"),
    ("/2026/11/12/budget", "The budget was agreed"),
    ("/2026/11/11/market", "The market square reopens"),
)


@pytest.mark.parametrize(
    "body, url, wanted",
    [
        pytest.param(links(*STORIES), URL, [text for _, text in STORIES], id="articles stand elsewhere"),
        pytest.param(
            links(*STORIES, ("/offers/holiday-by-the-sea-2026", "A holiday by the sea")),
            "https://www.weekly.example/",
            [text for _, text in STORIES],
            id="what recurs most on a front page",
        ),
        pytest.param(
            "<base href='https://weekly.example/'>" + links(*((url[1:], text) for url, text in STORIES)),
            URL,
            [text for _, text in STORIES],
            id="seen from its base, and without www",
        ),
        pytest.param(
            "".join(
                f"<a href='{url}'><h3>{text}</h3><p>{'And more of it. ' * 30}</p></a>"
                for url, text in STORIES
            ),
            URL,
            [text for _, text in STORIES],
            id="a link round the whole teaser",
        ),
        pytest.param(
            "".join(
                f"<article><header><a href='{url}'>{text}</a></header></article>" for url, text in STORIES
            ),
            URL,
            [text for _, text in STORIES],
            id="an article's own header",
        ),
    ],
)
def test_articles_of(body, url, wanted):
    assert titles(body, url) == wanted


@pytest.mark.parametrize(
    "body, reason",
    [
        pytest.param("", "not an HTML page", id="nothing"),
        pytest.param(b"\x00\x01\x02", "not an HTML page", id="bytes"),
        pytest.param(
            links(*STORIES[:2]), "a page with 2 links to articles, which is no list of them", id="too few"
        ),
        pytest.param(
            f"<nav>{links(*STORIES)}</nav>",
            "a page with 0 links to articles, which is no list of them",
            id="navigation alone",
        ),
        pytest.param(
            "<p>We ask you to accept our cookies.</p>",
            "a page with 0 links to articles, which is no list of them",
            id="a notice in its place",
        ),
    ],
)
def test_no_list(body, reason):
    assert read(body) == ParseFailed(reason=reason)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000 + links(*STORIES), id="100,000 deep"),
        pytest.param(
            links(*[(f"/news/{n:06}", "Some words of it") for n in range(20_000)]), id="20,000 links"
        ),
        pytest.param("<a href='/news/12345'>" + "word " * 500_000, id="a link that never ends"),
        pytest.param("<" * 1_000_000, id="a million <"),
    ],
)
def test_hostile_pages_end_soon(body):
    began = time.process_time()
    assert isinstance(read(body), ParsedFeed | ParseFailed)
    assert time.process_time() - began < 4


fragments = st.sampled_from(
    [
        "<a href='",
        "/news/12345/a'",
        "http://['",
        ">",
        "</a>",
        "<div class='nav'>",
        "</div>",
        "<h2>",
        "<base href='x:'>",
    ]
    + ["<nav>", "three words here", "\x00", "&#xD800;", "<!--", "é"]
)


@settings(max_examples=150)
@given(st.lists(fragments | st.text(max_size=4), max_size=30).map("".join))
@pytest.mark.slow
def test_whatever_is_sent_there_is_an_answer(body):
    assert isinstance(read(body.encode("utf-8", "surrogatepass")), ParsedFeed | ParseFailed)


def test_a_packed_page_of_links():
    assert read(gzip.compress(links(*STORIES).encode())) == read(links(*STORIES))


@pytest.mark.slow
def test_more_articles_than_are_read_are_said():
    many = [
        (f"/news/{number}-police-told-of-cuts", f"Police told of cuts {number}")
        for number in range(10_000, 10_250)
    ]
    found = read(links(*many))
    assert (len(found.entries), found.left_out) == (200, "the first 200 of its 250 articles are read")
    assert read(links(*many[:200])).left_out is None
    found = read(links(*many) + "<a href='/x'>x</a>" * 5_000)
    assert found.left_out == "the first 5,000 of its 5,250 links are looked at"
