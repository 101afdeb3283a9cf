"""A page that goes on with other articles gives the sought one alone, and a page with one gives all of it."""

import json
import time

import pytest
from borders import LEAD, STORY, TITLE, URL, html, p, read
from lxml.html import fromstring

from monitor.reading.pages.borders.several import keep_the_article
from monitor.reading.pages.borders.sought import Sought

DESK = (TITLE, STORY[:2])
BAKERY = (
    "Bakery wins national prize",
    (
        "A bakery in Mill Lane has won a national prize for its sourdough after judges visited forty shops in secret during the summer.",
        "Queues have stretched to the post office each Saturday since the news broke, and two more bakers have been taken on.",
    ),
)
CRICKET = (
    "Cricket returns to the village",
    (
        "The village cricket club will play its first match on the new ground in May after volunteers cleared eighty tonnes of rubble.",
        "The pavilion, paid for by a bequest, has changing rooms for women for the first time in the history of the club.",
    ),
)
ALL = (DESK, BAKERY, CRICKET)


def each(block: str, rows=ALL) -> str:
    return "".join(block.format(n=n, h=headline, p=p(*lines)) for n, (headline, lines) in enumerate(rows))


def linked_data(*headlines: str) -> str:
    named = [{"@type": "NewsArticle", "headline": headline} for headline in headlines]
    return f'<script type="application/ld+json">{json.dumps(named)}</script>'


ARTICLES = '<article class="story"><h1>{h}</h1>{p}</article>'
NAMED = linked_data(*(headline for headline, _ in ALL))


@pytest.mark.parametrize("sought", [Sought(), Sought(title=TITLE)], ids=["nobody's", "sought"])
@pytest.mark.parametrize(
    "body, head",
    [
        pytest.param(each(ARTICLES), "", id="articles"),
        pytest.param(each(ARTICLES, (BAKERY, DESK, CRICKET)), "", id="not the first"),
        pytest.param(
            each('<article class="story first"><h1>{h}</h1>{p}</article>', ALL[:1])
            + each('<article class="story"><h2>{h}</h2>{p}</article>', ALL[1:]),
            "",
            id="articles with smaller headings",
        ),
        pytest.param(each('<div class="body"><h1>{h}</h1>{p}</div>'), "", id="blocks"),
        pytest.param(each('<div class="body"><h2>{h}</h2>{p}</div>'), "", id="blocks with smaller headings"),
        pytest.param(
            each("<div><h1>{h}</h1>{p}</div>", ALL[:1])
            + each('<div data-url="https://www.gazette.example/news/{n}"><h2>{h}</h2>{p}</div>', ALL[1:]),
            "",
            id="blocks with addresses",
        ),
        pytest.param(
            each('<div itemscope itemtype="https://schema.org/NewsArticle"><h2>{h}</h2>{p}</div>'),
            "",
            id="items",
        ),
        pytest.param(
            each(
                '<div class="a"><article><header><h1>{h}</h1></header><div>{p}</div></article></div>', ALL[:1]
            )
            + f'<div class="more">{each("""<div class="a"><article><header><h1>{h}</h1></header>{p}</article></div>""", ALL[1:])}</div>',
            "",
            id="articles within blocks",
        ),
        pytest.param(
            each("<article><h1>{h}</h1>{p}</article>", ALL[:1])
            + each('<article class="on"><h2><a href="/news/{n}">{h}</a></h2>{p}</article>', ALL[1:]),
            "",
            id="headings that lead there",
        ),
        pytest.param(
            each('<div class="main"><h1>{h}</h1>{p}</div>', ALL[:1])
            + f'<div class="scroll"><div class="next-article">{each("<h2>{h}</h2>{p}", ALL[1:2])}</div></div>',
            "",
            id="a block that is called the next",
        ),
        pytest.param(
            each('<section class="s"><h1>{h}</h1><time>3 May</time>{p}</section>', ALL[:1])
            + each('<section class="s"><h2>{h}</h2><time>3 May</time>{p}</section>', ALL[1:]),
            "",
            id="sections with a time each",
        ),
        pytest.param(each("<h1>{h}</h1>{p}"), "", id="headings in a row"),
        pytest.param(each("<h1>{h}</h1>{p}", (BAKERY, DESK, CRICKET)), "", id="in a row, not the first"),
        pytest.param(each("<h1>{h}</h1>{p}<hr>"), "", id="parted by rules"),
        pytest.param(each("<h2>{h}</h2>{p}"), NAMED, id="named by JSON-LD"),
    ],
)
def test_the_sought_article_alone(body, head, sought):
    assert read(html(f"<main>{body}</main>", head=head), sought).paragraphs == DESK[1]


NEXT = ("What happens next", STORY[2:3])
MONEY = ("How the money is spent", STORY[3:4])
PARTS = (NEXT, MONEY)
BEGUN = f"<h1>{TITLE}</h1>{p(*DESK[1])}"
LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Desk: live"}</script>'


@pytest.mark.parametrize("sought", [Sought(), Sought(title=TITLE)], ids=["nobody's", "sought"])
@pytest.mark.parametrize(
    "body, head",
    [
        pytest.param(f"<article>{BEGUN}{each('<h2>{h}</h2>{p}', PARTS)}</article>", "", id="sub-headings"),
        pytest.param(
            f"<article>{BEGUN}{each('<h1>{h}</h1>{p}', PARTS)}</article>", "", id="large sub-headings"
        ),
        pytest.param(
            f"<article>{BEGUN}{each('<section class=s><h1>{h}</h1>{p}</section>', PARTS)}</article>",
            "",
            id="sections",
        ),
        pytest.param(
            f"<section class=s>{BEGUN}</section>{each('<section class=s><h2>{h}</h2>{p}</section>', PARTS)}",
            "",
            id="sections alike",
        ),
        pytest.param(
            f"<div>{BEGUN}{each('<h1>Desk: {h}</h1>{p}', PARTS)}</div>", "", id="headings with the same words"
        ),
        pytest.param(
            f"<h1>The Gazette and Advertiser</h1><div><h1>{TITLE}</h1>{p(*STORY)}</div>",
            "",
            id="the site's own name",
        ),
        pytest.param(
            f"<div><h1>{TITLE}</h1></div><div>{p(*STORY)}<h1>Have your say on this story</h1></div>",
            "",
            id="a heading far below",
        ),
        pytest.param(
            f"<div><h1>{TITLE}</h1></div><div><h1>{TITLE}</h1>{p(*STORY)}</div>", "", id="the heading twice"
        ),
        pytest.param(
            f"<article>{BEGUN}{each('<article class=post><h2>{h}</h2><time>10.0{n}</time>{p}</article>', PARTS)}</article>",
            "",
            id="a live report",
        ),
        pytest.param(
            f"<header><h1>{TITLE}</h1></header>{p(*DESK[1])}"
            + each("<article class=post><h2>{h}</h2><time>10.0{n}</time>{p}{p}</article>", PARTS),
            "",
            id="posts beside the heading",
        ),
        pytest.param(
            f"<article class=p>{BEGUN}</article>{each('<article class=p><h2>{h}</h2>{p}</article>', PARTS)}",
            LIVE,
            id="posts of what JSON-LD calls live",
        ),
    ],
)
def test_nothing_of_one_article_is_lost(body, head, sought):
    assert set(STORY) <= set(read(html(f"<main>{body}</main>", head=head), sought).paragraphs)


def test_where_no_heading_fits_nothing_is_taken_out():
    found = read(html(f"<main>{each(ARTICLES)}</main>", title="Gazette")).paragraphs
    assert {LEAD, *BAKERY[1], *CRICKET[1]} <= set(found)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div><h1>one two</h1>" * 2_000, id="deep"),
        pytest.param("<h1>a b c d</h1><p>x</p>" * 4_000, id="many"),
    ],
)
def test_no_page_takes_long(body):
    tree = fromstring(html(f"<h1>{TITLE}</h1>{body}"))
    began = time.process_time()
    keep_the_article(tree, Sought(title=TITLE), URL, ())
    assert time.process_time() - began < 2
