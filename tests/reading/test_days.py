"""What a page says of its day: what may call it old, and what may not."""

import json
from datetime import UTC, date, datetime

import pytest
from lxml.html import document_fromstring

from monitor.reading.pages.days import page_days

SEEN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
TODAY, MARCH, MAY = date(2026, 11, 28), date(2024, 3, 1), date(2019, 5, 6)
URL = "https://www.nowhere.example/news/police-desk-to-close"
TITLE = "Police desk to close"
LEAD = (
    "The public front desk at Nowhere Road police station is to close from April, the commissioner said, saving £1.2m "
    "a year, and officers will hold surgeries in the library instead."
)


def page(*, head: str = "", under: str = "", body: str = "", before: str = "", after: str = "") -> str:
    """A page with a dateline under its headline and more after its lead."""
    return (
        f"<html><head><title>{TITLE} - Nowhere News</title>{head}</head><body><header>{before}</header><main><article>"
        f"<h1>{TITLE}</h1>{under}<p>{LEAD}</p>{body}<p>{LEAD}</p></article></main>{after}</body></html>"
    )


def ld(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else nodes)}</script>'


def article(published: object, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": TITLE, "datePublished": published, **more}


def meta(name: str, content: str, key: str = "property") -> str:
    return f'<meta {key}="{name}" content="{content}">'


OTHER = {"url": "https://www.nowhere.example/news/other", "headline": "Bakery wins a prize"}
CARD = '<aside><h2>More</h2><time datetime="2019-05-06">6 May 2019</time></aside>'

OLD = {
    "JSON-LD": page(head=ld(article("2024-03-01T09:00:00Z"))),
    "JSON-LD in a graph": page(head=ld({"@graph": [{"@type": "WebSite"}, article("2024-03-01")]})),
    "JSON-LD as the page's main thing": page(
        head=ld({"@type": "WebPage", "mainEntity": article("2024-03-01")})
    ),
    "JSON-LD of several types": page(head=ld(article("2024-03-01", **{"@type": ["Article", "Thing"]}))),
    "JSON-LD in seconds": page(head=ld(article(1709283600))),
    "JSON-LD that is broken": page(
        head='<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-03-01", }</script>'
    ),
    "a live blog": page(
        head=ld(
            article(
                "2024-03-01",
                **{"@type": "LiveBlogPosting", "liveBlogUpdate": [article("2026-11-28T08:00:00Z")]},
            )
        )
    ),
    "an update of an old story": page(head=ld(article("2024-03-01", dateModified="2026-11-28T08:00:00Z"))),
    "a newer article beside it in JSON-LD": page(
        head=ld(article("2024-03-01"), article("2026-11-28", **OTHER))
    ),
    "a newer list beside it in JSON-LD": page(
        head=ld(article("2024-03-01"), {"@type": "ItemList", "itemListElement": [article("2026-11-28")]})
    ),
    "published_time": page(head=meta("article:published_time", "2024-03-01T09:00:00Z")),
    "published_time, and a modified one": page(
        head=meta("article:modified_time", "2026-11-28") + meta("article:published_time", "2024-03-01")
    ),
    "a meta of another name": page(head=meta("parsely-pub-date", "2024-03-01", "name")),
    "Dublin Core": page(head=meta("dcterms.issued", "2024-03-01", "name")),
    "itemprop": page(under='<span itemprop="datePublished" content="2024-03-01">1 March</span>'),
    "a time under the headline": page(under='<time datetime="2024-03-01T09:00">1 March 2024</time>'),
    "a time without its attribute": page(under="<p><time>1 March 2024</time></p>"),
    "a time in the headline's block": page()
    .replace("<h1>", "<header><time datetime='2024-03-01'>1 March</time><h1>")
    .replace("</h1>", "</h1></header>"),
    "a byline": page(under='<p class="byline">By Ann Reporter, 1 March 2024</p>'),
    "a line that says it": page(under="<p>Published: 1 March 2024, 9:00am</p>"),
    "a line of day and month": page(under="<p>Posted on 01/03/24</p>"),
    "a bare weekday and date": page(under="<div>Friday 1 March 2024</div>"),
    "published and updated in one line": page(
        under="<p>Published 1 March 2024 | Updated 28 November 2026</p>"
    ),
    "published and updated as times": page(
        under="<p>Published <time datetime='2024-03-01'>1 March 2024</time>, updated "
        "<time datetime='2026-11-28'>today</time></p>"
    ),
    "a shown day of a change, and a told one": page(
        head=ld(article("2024-03-01")), under='<time datetime="2026-11-28">28 November 2026</time>'
    ),
    "last changed long ago, and no more": page(head=meta("article:modified_time", "2024-03-01")),
    "today's date at the top": page(
        before="<time datetime='2026-11-28'>Saturday 28 November 2026</time>",
        under='<time datetime="2024-03-01">1 March 2024</time>',
    ),
    "newer headlines beside it": page(
        head=ld(article("2024-03-01")), after='<aside><time datetime="2026-11-28">today</time></aside>'
    ),
    "a headline of the second rank": page(under="<p>Published: 1 March 2024</p>").replace("h1>", "h2>"),
}


@pytest.mark.parametrize("name", OLD)
def test_a_page_that_says_it_is_old(name):
    assert page_days(document_fromstring(OLD[name]), URL, SEEN).own == MARCH


NEW = {
    "nothing at all": (page(), None),
    "a date in the text": (page(body="<p>The desk opened on 1 March 2024.</p>"), None),
    "a time in the text": (
        page(body="<p>It opened on <time datetime='2024-03-01'>1 March</time>.</p>"),
        None,
    ),
    "a related article": (page(under=CARD), None),
    "a related article's link": (
        page(under="<a href='/x'><time datetime='2019-05-06'>2019</time></a>"),
        None,
    ),
    "a picture's date": (page(under="<figure><time datetime='2019-05-06'></time></figure>"), None),
    "a copyright year": (page(after="<footer>© 2019 Nowhere News</footer>"), None),
    "a copyright in meta": (page(head=meta("dcterms.dateCopyrighted", "2019-05-06", "name")), None),
    "a side column's": (page(after='<div class="date">6 May 2019</div>'), None),
    "an event": (page(head=ld({"@type": "Event", "startDate": "2024-03-01"})), None),
    "a video": (page(head=ld({"@type": "VideoObject", "uploadDate": "2019-05-06"})), None),
    "the site's own page in JSON-LD": (
        page(head=ld({"@type": "WebSite", "datePublished": "2019-05-06"})),
        None,
    ),
    "another article in JSON-LD": (page(head=ld(article("2019-05-06", **OTHER))), None),
    "a comment in JSON-LD": (
        page(head=ld(article("2026-11-28", comment={"@type": "Comment", "datePublished": "2019-05-06"}))),
        TODAY,
    ),
    "an older article beside it": (
        page(head=ld(article("2019-05-06", **OTHER), article("2026-11-28"))),
        TODAY,
    ),
    "two days of publication": (
        page(head=ld(article("2019-05-06")) + meta("article:published_time", "2026-11-28")),
        TODAY,
    ),
    "told old, but a reader is told it is new": (
        page(head=ld(article("2019-05-06")), under="<p>Published 28 November 2026</p>"),
        TODAY,
    ),
    "changed today, and no more": (page(head=meta("article:modified_time", "2026-11-28")), None),
    "a year alone": (page(head=ld(article("2019"))), None),
    "a year as a system writes it": (page(head=meta("article:published_time", "2019-01-01T00:00:00Z")), None),
    "the epoch": (page(head=ld(article("1970-01-01T00:00:00Z"))), None),
    "the year 1": (page(head=ld(article("0001-01-01T00:00:00"))), None),
    "still to come": (page(head=ld(article("2027-03-01"))), None),
    "month and day in American order": (page(under="<p>Published 11/05/2026</p>"), date(2026, 11, 5)),
    "when it expires": (page(head=meta("article:expiration_time", "2024-03-01")), None),
    "the publisher": (page(head=meta("article:publisher", "est. 6 May 2019")), None),
    "a line about a day, not of it": (page(under="<p>The decision of 1 March 2024 stands</p>"), None),
}


@pytest.mark.parametrize("name", NEW)
def test_a_page_that_does_not(name):
    body, own = NEW[name]
    assert page_days(document_fromstring(body), URL, SEEN).own == own


@pytest.mark.parametrize(
    "name, body, url, best",
    [
        ("its own", page(head=ld(article("2024-03-01"))), URL, MARCH),
        (
            "of two told days the one a reader sees",
            page(head=ld(article("2024-03-01T01:00:00Z")), under="<time>29 February 2024</time>"),
            "https://www.nowhere.example/2024/02/29/police-desk",
            date(2024, 2, 29),
        ),
        ("the address's", page(), "https://www.nowhere.example/2024/03/01/police-desk", MARCH),
        (
            "one that stands anywhere, found but not its own",
            page(after="<p>Last edited on 1 March 2024 at 9:00</p>"),
            URL,
            MARCH,
        ),
        ("a copyright's year is none", page(after="<footer>Copyright 2019 Nowhere News</footer>"), URL, None),
    ],
)
def test_its_day(name, body, url, best):
    assert page_days(document_fromstring(body), url, SEEN).best == best
