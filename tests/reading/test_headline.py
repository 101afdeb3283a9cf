"""The headline of a page is what a reader sees, whatever else the page calls itself."""

import json

import pytest
from trafilatura import load_html

from monitor.reading.pages.headline import named

URL = "https://www.gazette.example/news/1"
SEEN = "Police desk in Reading to close"
SEARCHED = "Reading police desk: everything we know"


def head(title: str = "", og: str = "", ld: str = "", site: str = "") -> str:
    script = (
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": ld})}</script>'
    )
    metas = f'<meta property="og:title" content="{og}">' * bool(og) + script * bool(ld)
    return f'<title>{title}</title>{metas}<meta property="og:site_name" content="{site}">'


@pytest.mark.parametrize(
    "said, body, expected",
    [
        pytest.param(head("Kennet Gazette"), f"<h1>{SEEN}</h1>", SEEN, id="the title is the site's"),
        pytest.param(
            head("Nowhere Borough Council", og=SEEN, site="Nowhere Borough Council"),
            f"<header><a href=/>Nowhere</a></header><main><h1>{SEEN}</h1></main>",
            SEEN,
            id="the title is the site's, and og:title is not",
        ),
        pytest.param(
            head("Nowhere Borough Council"),
            f"<main><h1>{SEEN}</h1></main>",
            SEEN,
            id="a site with another address",
        ),
        pytest.param(head("Kennet Gazette", og=SEEN), "<div>No heading</div>", SEEN, id="og:title alone"),
        pytest.param(head("Kennet Gazette", ld=SEEN), "<div>No heading</div>", SEEN, id="JSON-LD alone"),
        pytest.param(
            head("Kennet Gazette", ld=SEEN), f"<h1>Kennet Gazette</h1><h2>{SEEN}</h2>", SEEN, id="an h2 it is"
        ),
        pytest.param(head(SEARCHED), f"<main><h1>{SEEN}</h1></main>", SEEN, id="a title for search engines"),
        pytest.param(
            head(SEARCHED, og=SEARCHED, ld=SEARCHED),
            f"<h1>{SEEN}</h1>",
            SEEN,
            id="all for search engines, alike",
        ),
        pytest.param(
            head(f"{SEEN} | Kennet Gazette"),
            f"<header><h1><a href='/'>Kennet Gazette</a></h1></header><h2>Most read</h2><h2>{SEEN}</h2>",
            SEEN,
            id="the site's name is the h1",
        ),
        pytest.param(
            head(f"{SEEN} | Kennet Gazette"),
            f"<header><h1>Your news, every day of the week</h1></header><h2>{SEEN}</h2>",
            SEEN,
            id="a motto is the h1",
        ),
        pytest.param(
            head(f"{SEEN} | Kennet Gazette"), f"<h1>News</h1><h2>{SEEN}</h2>", SEEN, id="a section is the h1"
        ),
        pytest.param(
            head(f"Crime - {SEEN} - Kennet Gazette"), "<div>No heading</div>", SEEN, id="section and outlet"
        ),
        pytest.param(head(f"{SEEN} | Crime | News", og=SEEN), "", SEEN, id="sections at the end"),
        pytest.param(
            head(f"{SEEN} | Kennet Gazette"),
            f"<h1>Bakery wins a prize at the fair</h1><h1>{SEEN}</h1>",
            SEEN,
            id="of two, that which is spoken of",
        ),
        pytest.param(
            head(f"{SEEN} | Kennet Gazette"),
            "<h1>Police <em>desk</em> in <span>Reading</span> to close</h1>",
            SEEN,
            id="marks within it",
        ),
        pytest.param(head(), f"<h1>{SEEN}</h1>", SEEN, id="an h1 and nothing else"),
        pytest.param(head("Kennet Gazette"), "", "Kennet Gazette", id="nothing but the site's name"),
    ],
)
def test_the_headline_is_what_a_reader_sees(said, body, expected):
    tree = load_html(f"<!doctype html><html><head>{said}</head><body>{body}<p>Text.</p></body></html>")
    assert named(tree, URL).headline == expected


@pytest.mark.parametrize(
    "said, expected",
    [
        ('<meta property="og:site_name" content="Kennet Gazette">', "Kennet Gazette"),
        ('<meta name="application-name" content="Kennet Gazette">', "Kennet Gazette"),
        (
            '<script type="application/ld+json">{"publisher": {"name": "Kennet Gazette"}}</script>',
            "Kennet Gazette",
        ),
        ('<meta property="og:site_name" content="gazette.example">', None),
        ("", None),
    ],
)
def test_the_outlets_own_name(said, expected):
    tree = load_html(f"<html><head><title>{SEEN}</title>{said}</head><body><h1>{SEEN}</h1></body></html>")
    assert named(tree, URL).outlet == expected


def test_each_way_to_say_the_headline_is_known_again():
    tree = load_html(f"<html><head>{head(SEARCHED, og=SEEN)}</head><body><h1>{SEEN}</h1></body></html>")
    found = named(tree, URL)
    assert (
        found.is_headline(SEARCHED.upper())
        and found.is_headline(f"{SEEN}.")
        and not found.is_headline("News")
    )
