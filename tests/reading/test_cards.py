"""A section page is a list of headlines however it is built, and an article with cards around it is none."""

import time

import pytest
from borders import HEAD, STORY, TITLE, URL, html, p, read
from lxml.html import fromstring as load_html

from monitor.model import NoArticle, Page
from monitor.reading.pages.borders.cards import Address, cards
from monitor.reading.pages.borders.sought import Sought

PLACES = (
    "park",
    "lido",
    "depot",
    "bridge",
    "market hall",
    "bus station",
    "library",
    "youth club",
    "river path",
)
ROWS = [
    (
        f"Council to look at the {place} in the new year",
        f"Residents near the {place} are asked for their views on the plan. A meeting will be held in the town hall on Tuesday evening at seven.",
    )
    for place in PLACES
]
INDEX = NoArticle(reason="a list of headlines, not an article")


def each(block: str, rows=ROWS) -> str:
    return "".join(block.format(n=n, h=headline, s=summary) for n, (headline, summary) in enumerate(rows))


def section(listed: str, heading: str = "<h1>Latest news</h1>", head: str = "") -> str:
    return html(f"{HEAD}<main>{heading}{listed}</main>", "Latest news - Gazette", head)


CARD = '<div class="card"><h3><a href="/news/{n}">{h}</a></h3><p>{s}</p></div>'
BUILDS = {
    "a heading with a link, a paragraph": each(CARD),
    "a link around all": each('<a class="card" href="/news/{n}"><h3>{h}</h3><p>{s}</p></a>'),
    "a link around two divs": each(
        '<a href="/news/{n}"><div class="t">{h}</div><div class="d">{s}</div></a>'
    ),
    "a link and a paragraph": each(
        '<div class="card"><a class="title" href="/news/{n}">{h}</a><p>{s}</p></div>'
    ),
    "a link and divs": each(
        '<div class="card"><a href="/news/{n}">{h}</a><div>1{n} May</div><div>{s}</div></div>'
    ),
    "list items": f'<ul>{each("""<li><a href="/news/{n}">{h}</a><br>{s}</li>""")}</ul>',
    "headings in a row": each('<h2><a href="/news/{n}">{h}</a></h2><span>1{n} May 2026</span><p>{s}</p>'),
    "headings in a row, then more": each('<h2>{h}</h2><p>{s}</p><p><a href="/news/{n}">Read more</a></p>'),
    "a list of terms": f'<dl>{each("""<dt><a href="/news/{n}">{h}</a></dt><dd>{s}</dd>""")}</dl>',
    "a table": f'<table>{each("""<tr><td><img src="{n}.jpg"></td><td><a href="/news/{n}">{h}</a><br>{s}</td></tr>""")}</table>',
    "rows of a table": f'<table>{each("""<tr><td><b><a href="/n/{n}">{h}</a></b></td></tr><tr><td><p>{s}</p></td></tr>""")}</table>',
    "a blog's archive": each(
        '<article class="post-{n} post"><header><h2><a href="/2026/{n}" rel="bookmark">{h}</a></h2><a href="/2026/{n}"><time>1{n} May</time></a>'
        ' by <a href="/by/a">Ann Other</a></header><div><p>{s} <a href="/2026/{n}">Continue reading</a></p></div>'
        '<footer>Posted in <a href="/in/news">News</a></footer></article>'
    ),
    "a section above each": each(
        '<div class="c"><a href="/in/{n}">Planning</a><h3><a href="/news/{n}">{h}</a></h3><p>{s}</p></div>'
    ),
    "columns": each(
        '<div class="row"><div><a href="/news/{n}"><img src="x"></a></div><div class="t"><h4><a href="/news/{n}">{h}</a></h4></div><div><p>{s}</p></div></div>'
    ),
    "a button": each(
        '<div class="col"><div class="body"><h5>{h}</h5><p>{s}</p><a href="/news/{n}" class="btn">More</a></div></div>'
    ),
    "more, with the headline": each(
        '<article><h3>{h}</h3><p>{s}</p><p><a href="/news/{n}">Read more about {h}</a></p></article>'
    ),
    "more, in the paragraph": each(
        '<div class="b"><h3>{h}</h3><p>{s} <a href="/news/{n}">Full story</a></p></div>'
    ),
    "fields": each(
        '<div class="row row-{n}"><div class="title"><span><a href="/news/{n}">{h}</a></span></div><div><div><p>{s}</p></div></div></div>'
    ),
    "fields in a row": each('<div class="t"><a href="/news/{n}">{h}</a></div><div class="d">{s}</div>'),
    "spans": each(
        '<div class="i"><span class="t"><a href="/news/{n}">{h}</a></span><span class="d">{s}</span></div>'
    ),
    "bold links": each('<p><strong><a href="/news/{n}">{h}</a></strong><br>{s}</p>'),
    "addresses with queries": each(
        '<div class="i"><h3><a href="https://www.gazette.example/story.aspx?id={n}">{h}</a></h3><p>{s}</p></div>'
    ),
    "headlines alone": f'<ul>{each("""<li><a href="/news/{n}">{h}</a></li>""")}</ul>',
    "sections": each('<section><h2><a href="/news/{n}">{h}</a></h2><p>{s}</p></section>'),
    "opened by a script": each('<div class="b" onclick="go({n})"><h3>{h}</h3><p>{s}</p></div>'),
    "an address for a script": each('<div class="b" data-href="/news/{n}"><h3>{h}</h3><p>{s}</p></div>'),
    "long": each('<div class="card"><h3><a href="/news/{n}">{h}</a></h3><p>{s} {s} {s}</p></div>'),
    "long, in two paragraphs": each(
        '<div class="card"><h3><a href="/news/{n}">{h}</a></h3><p>{s} {s}</p><p>{s}</p></div>'
    ),
    "one before the others": f'<div class="lead"><h2><a href="/news/lead">Flood defences held</a></h2>{p(STORY[1])}</div>{each(CARD)}',
}
PAGES = {name: section(listed) for name, listed in BUILDS.items()} | {
    "without a heading": section(each(CARD), heading=""),
    "below an introduction": section(each(CARD), heading=f"<h1>Planning</h1>{p(STORY[2])}"),
    "that calls itself an article": section(each(CARD), head='<meta property="og:type" content="article">'),
}


@pytest.mark.parametrize(
    "sought", [Sought(), Sought(title=TITLE), Sought(title=ROWS[0][0])], ids=["nobody's", "gone", "listed"]
)
@pytest.mark.parametrize("name", PAGES)
def test_a_section_page_is_a_list_of_headlines(name, sought):
    assert read(PAGES[name], sought) == INDEX


RELATED = each(CARD)
BOX = '<div class="box"><a href="/news/{n}">{h}</a></div>'
WALKS = each('<div class="walk"><h2><a href="/walks/{n}">{h}</a></h2><p>{s}</p></div>')


@pytest.mark.parametrize(
    "page, sought",
    [
        pytest.param(f"<article><h1>{TITLE}</h1>{p(*STORY)}</article>{RELATED}", Sought(), id="others below"),
        pytest.param(
            f"<div><h1>{TITLE}</h1>{p(*STORY)}{RELATED}</div>",
            Sought(title=TITLE),
            id="others in the same block",
        ),
        pytest.param(
            f"<article><h1>{TITLE}</h1>{''.join(p(line) + each(BOX, ROWS[at : at + 1]) for at, line in enumerate(STORY))}</article>",
            Sought(),
            id="a link to another between all paragraphs",
        ),
        pytest.param(
            f"<article><h1>{TITLE}</h1>{''.join(f'<div class=x>{p(line)}</div>' for line in STORY)}</article>",
            Sought(),
            id="each paragraph in a block",
        ),
    ],
)
def test_an_article_among_cards_is_one_and_has_nothing_of_theirs(page, sought):
    assert read(html(page), sought).paragraphs == STORY


def test_a_round_up_whose_heading_is_the_feeds_title_is_an_article():
    page = html(f"<h1>Nine plans for Reading</h1>{p(LEAD_IN)}{WALKS}", "Nine plans for Reading")
    assert isinstance(read(page, Sought(title="Nine plans for Reading")), Page)
    assert read(page, Sought(title=TITLE)) == INDEX


LEAD_IN = "These are the plans that will be on the desks of councillors in the new year."


@pytest.mark.parametrize(
    "href, expected",
    [
        ("/news/2", "/news/2"),
        ("https://www.gazette.example/news/2#top", "/news/2"),
        ("https://other.example/a", "//other.example/a"),
        ("2.html", "2.html"),
        ("#comments", None),
        ("/news/desk-261128", None),
        ("/news/desk-261128/?from=top", None),
        ("https://www.gazette.example/news/desk-261128#share", None),
        ("mailto:a@b.example", None),
        ("JavaScript:void(0)", None),
        ("", None),
    ],
)
def test_where_a_link_leads(href, expected):
    (link,) = load_html(f'<html><body><p>a <a href="{href}">b</a></p></body></html>').iter("a")
    assert Address(URL).left_by(link) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<p><a href="/1">one two three</a> ' * 2_000, id="links in one line"),
        pytest.param("<div>" * 3_000 + '<h3><a href="/1">one</a></h3>' * 1_500, id="links far down"),
        pytest.param('<h3><a href="/{n}">one</a></h3><p>two</p>' * 3_000, id="cards"),
    ],
)
def test_no_page_takes_long(body):
    tree = load_html(f"<html><body>{body}</body></html>")
    began = time.process_time()
    cards(tree, URL)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "item, count",
    [
        ("<li><a href='/{0}'>Library hours are cut again</a></li>", 0),
        ("<li class='t'><a href='/{0}'><span>Library hours are cut again</span></a></li>", 0),
        ("<li><a href='/{0}'>Library hours are cut again</a> in May</li>", 4),
        ("<li>News: <a href='/{0}'>Library hours are cut again</a></li>", 4),
        ("<li><a href='/{0}'>Library hours are cut again <em>in May</em></a></li>", 4),
        ("<li><a href='/{0}'>Library hours are cut again</a><p>From May on.</p></li>", 4),
        ("<li><h3><a href='/{0}'>Library hours are cut again</a></h3></li>", 0),
    ],
)
def test_an_item_that_is_no_more_than_its_link_is_no_card(item, count):
    page = "<ul>" + "".join(item.format(number) for number in range(4)) + "</ul>"
    assert len(cards(load_html(page), "https://www.paper.example/news")) == count
