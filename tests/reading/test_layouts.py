"""Stories in the layouts of the papers, councils and systems that are read: every paragraph, in order, and nothing else.

The pages are invented; their blocks, classes and boxes are as such sites build theirs.
"""

from datetime import UTC, datetime

import pytest

from monitor.reading.pages.extract import extract

SEEN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
URL = "https://www.gazette.example/news/25612345.story/"
TITLE = "Police desk in Reading to close in April"
STANDFIRST = "Members of the panel ask where people without a telephone are to go."
STORY = (
    "Thames Valley Police is to close the public front desk at its station in Reading from April.",
    "The move will save £1.2m a year, the commissioner said.",
    "“Nobody asked us,” one resident said. The next desk is eleven miles away.",
    "The chief constable told the panel that visits had dropped by two thirds since 2019.",
    "A report is due in January, and the panel will be asked for its view at its meeting in the new year.",
)
LINKED = (
    '<a href="/force">Thames Valley Police</a> is to close the public front desk at its station in Reading from April.',
    'The move will save £1.2m a year, <a href="/news/2">the commissioner said</a>.',
    *STORY[2:],
)


def each(template: str, paragraphs: tuple[str, ...] = LINKED) -> str:
    return "".join(template.format(paragraph) for paragraph in paragraphs)


def page(body: str, title: str = f"{TITLE} | Kennet Gazette", head: str = "") -> bytes:
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


MENU = "<nav><ul><li><a href=/news>News</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
MORE = "".join(f"<li><a href='/news/{n}'>Another headline of the day, number {n}</a></li>" for n in range(4))

LAYOUTS = {
    "BBC": f"""<div id="__next"><main id="main-content"><article><header><h1 class="ssrcss-1 e1p3vdyi0">{TITLE}</h1></header>
        <div data-component="byline-block"><div><time datetime="2026-11-28">2 hours ago</time></div><div><span>By Ann Other</span></div></div>
        <figure><img src="a.jpg"><figcaption>The station in Reading</figcaption></figure>
        {each('<div data-component="text-block" class="sc-18fde0d6-0 dlWCEZ"><p class="sc-eb7bd5f6-0 fYAfXe">{}</p></div>')}
        <div data-component="links-block"><div><h2>More on this story</h2><ul>{MORE}</ul></div></div>
        <div data-component="topic-list"><h2>Related topics</h2><ul><li><a href=/t>Reading</a></li></ul></div></article></main></div>""",
    "Standard": f"""<div id="frameInner"><article><div class="sc-bEhhBa"><div><h1>{TITLE}</h1></div></div></article>
        <div id="main" class="sc-iUHWHT sidebar"><div class="sc-gEvEer"><div><div>{each("<p>{}</p>")}</div></div>
        <div><p><em>For the latest news, <a href=/join>sign up to our newsletter</a></em></p></div></div></div></div>""",
    "National World": f"""<div class="page-wrap widget"><main><div class="article-header"><h1 class="headline">{TITLE}</h1>
        <div class="author">By Ann Other</div><div class="pub-date">Published 28th Nov 2026, 09:45 GMT</div></div>
        <div class="article-content">{each('<div class="markup"><p>{}</p></div>', LINKED[:2])}
        <div class="newsletter"><p>Sign up to our daily newsletter</p><form><input type=email><button>Sign up</button></form></div>
        {each('<div class="markup"><p>{}</p></div>', LINKED[2:])}
        <div class="box"><p>Want to join the conversation? Please log in or <a href=/r>register</a> to comment.</p></div></div></main></div>""",
    "Newsquest": f"""<div class="mar-page-wrap"><article><h1 class="mar-article__headline">{TITLE}</h1>
        <div class="mar-article__timestamp"><time>28th November</time></div><div class="article-body" id="subscription-content" role="main">
        {each('<p class="article-first-paragraph"><strong></strong>{}</p>', LINKED[:1])}{each("<p>{}</p>", LINKED[1:3])}
        <p><strong>READ MORE: <a href="/news/9">Bakery on the bridge to close after forty years</a></strong></p>
        <div class="advert" data-google="1"></div>{each("<p>{}</p>", LINKED[3:])}</div>
        <section class="trending"><h3>Most read in Reading</h3><ul>{MORE}</ul></section></article></div>""",
    "Reach": f"""<main><article class="article-main channel-news has-sidebar"><div class="lead-content"><h1>{TITLE}</h1></div>
        <div class="article-wrapper"><div class="content-column"><div class="article-body">{each("<p>{}</p>", LINKED[:2])}
        <div class="whatsapp-box"><p><b>Join our Reading community on <a href=/wa>WhatsApp</a></b></p>
        <p>Our community members are treated to offers from us and our partners. Read our <a href=/p>privacy notice</a>.</p></div>
        {each("<p>{}</p>", LINKED[2:])}<p><b><i>Do you have a story for us? E-mail <a href="mailto:a@b.example">a@b.example</a></i></b></p>
        <p><strong>Don't miss...</strong></p><ul>{MORE}</ul></div></div></div></article></main>""",
    "Guardian": f"""<main><article class="dcr-1"><div data-gu-name="headline"><h1>{TITLE}</h1></div>
        <div data-gu-name="body"><div class="article-body-commercial-selector"><p class="dcr-16w5gq9"><span>T</span>{LINKED[0].replace("Thames", "hames", 1)}</p>
        {each('<p class="dcr-16w5gq9">{}</p>', LINKED[1:3])}<gu-island name="RichLinkComponent"><div><a href=/x>Read more about desks that have closed</a></div></gu-island>
        {each('<p class="dcr-16w5gq9">{}</p>', LINKED[3:])}</div></div></article></main>""".replace(
        '<span>T</span><a href="/force">hames', '<a href="/force"><span>T</span>hames'
    ),
    "gov.uk": f"""<div class="govuk-width-container"><main role="main" class="govuk-main-wrapper"><div class="govuk-grid-row">
        <h1 class="gem-c-heading govuk-heading-xl">{TITLE}</h1><div class="gem-c-metadata"><dl><dt>Published</dt><dd>28 November 2026</dd></dl></div>
        <div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{each("<p>{}</p>")}</div></div></div>
        <div class="gem-c-contextual-sidebar"><nav role="navigation"><ul>{MORE}</ul></nav></div></main></div>""",
    "a council": f"""<form id="aspnetForm"><div class="container"><h1>{TITLE}</h1><div class="page-content">
        {each("<div>{}</div>", LINKED[:1])}{each("<p>{}</p>", LINKED[1:])}</div>
        <div class="feedback"><h2>Was this page useful?</h2><button>Yes</button><button>No</button></div></div></form>""",
    "a commissioner's office": f"""<div class="elementor elementor-widget-wrap"><h1 class="elementor-heading-title">{TITLE}</h1>
        <div class="elementor-widget elementor-widget-theme-post-content" style="border: 1px"><div class="elementor-widget-container">
        {each("<p>{}</p>")}</div></div><div class="elementor-share-buttons"><p>Share this</p></div></div>""",
    "WordPress": f"""<div id="page" class="site has-sidebar"><div id="content"><article class="post type-post"><header class="entry-header">
        <h1 class="entry-title">{TITLE}</h1><div class="entry-meta">Posted on 28 November 2026 by admin</div></header>
        <div class="entry-content">{each("<p>{}</p>")}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href=#>Twitter</a></li></ul></div></div>
        <footer class="entry-footer">Posted in <a href=/c>News</a></footer></article></div>
        <aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul>{MORE}</ul></section></aside></div>""",
    "Wix": f"""<div id="SITE_CONTAINER"><div id="masterPage"><main id="PAGES_CONTAINER"><section><article>
        <h1 class="blog-post-title-font"><span>{TITLE}</span></h1><div data-hook="post-description"><div class="rich-content-viewer">
        {each('<div type="paragraph"><p class="UVZ_4"><span class="B2EFF"><span>{}</span></span></p></div><div type="empty-line"></div>')}</div></div></article></section></main></div></div>""",
    "Squarespace": f"""<div id="siteWrapper" class="site-wrapper"><main id="page"><article class="blog-item-wrapper"><div class="blog-item-inner-wrapper">
        <div class="blog-item-title"><h1 class="entry-title">{TITLE}</h1></div><div class="blog-item-content-wrapper"><div class="sqs-layout sqs-grid-12">
        <div class="sqs-block html-block"><div class="sqs-block-content"><div class="sqs-html-content">{each('<p style="white-space:pre-wrap;">{}</p>', LINKED[:2])}</div></div></div>
        <div class="sqs-block image-block"><img src=a.jpg></div>
        <div class="sqs-block html-block"><div class="sqs-block-content"><div class="sqs-html-content">{each('<p style="white-space:pre-wrap;">{}</p>', LINKED[2:])}</div></div></div></div></div></div></article></main></div>""",
    "Drupal": f"""<div class="dialog-off-canvas-main-canvas"><main role="main"><div class="layout-content"><h1 class="page-header"><span>{TITLE}</span></h1>
        <div class="node node--type-news"><div class="field field--name-body field--type-text-with-summary">{each("<p>{}&nbsp;</p>")}</div></div></div>
        <div class="region-sidebar" role="complementary"><h2>Latest news</h2><ul>{MORE}</ul></div></main></div>""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_story_in_the_layout_of(name):
    found = extract(page(MENU + LAYOUTS[name] + f"<footer><ul>{MORE}</ul></footer>"), URL, SEEN)
    assert (found.title, found.paragraphs) == (TITLE, STORY)


EMPTY = [
    "<strong></strong>",
    "<b> </b>",
    "<img src=a.jpg>",
    "<strong><img src=a.jpg></strong>",
    "<script>advert()</script>",
    "<!-- advert -->",
    "<svg><path d='M0'/></svg>",
    "<ins class=adsbygoogle></ins>",
    "<iframe src=/a></iframe>",
    "<span><em></em></span>",
    "<noscript>No scripts</noscript>",
    "<a id=top></a>",
    "<span><a></a><i></i></span>",
]


@pytest.mark.parametrize("empty", EMPTY)
def test_what_stands_behind_an_empty_element_is_read(empty):
    body = f"<article><h1>{TITLE}</h1><div>{each('<p>' + empty + '{}</p>')}</div></article>"
    assert extract(page(body), URL, SEEN).paragraphs == STORY


@pytest.mark.parametrize(
    "wrapped",
    [
        pytest.param("<div><p>{}</p></div>", id="a block each"),
        pytest.param("<div><div><div><p>{}</p></div></div></div>", id="blocks in blocks"),
        pytest.param("<section><div><p><span>{}</span></p></div></section>", id="a section each"),
        pytest.param("<div><p><strong>{}</strong></p></div>", id="bold"),
        pytest.param("<div>{}</div>", id="no paragraph at all"),
    ],
)
def test_a_short_paragraph_with_a_link_is_read_in_a_block_of_its_own(wrapped):
    body = f"<main><h1>{TITLE}</h1><div class=text>{each(wrapped)}</div></main>"
    assert extract(page(body), URL, SEEN).paragraphs == STORY


FIGURES = "<table><tr><th>{}</th><th>{}</th></tr><tr><td>{}</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    "cell, first, second",
    [
        pytest.param("<p>{}</p>", "Town | Visits", "Reading | 12", id="paragraphs"),
        pytest.param("{}<br>a day", "Town a day | Visits a day", "Reading a day | 12 a day", id="lines"),
        pytest.param("<div>{}</div>", "Town | Visits", "Reading | 12", id="blocks"),
    ],
)
def test_one_table_leaves_the_story_in_order(cell, first, second):
    table = FIGURES.format(*(cell.format(text) for text in ("Town", "Visits", "Reading", "12")))
    wrapped = "<div><p>{}</p></div>"
    body = (
        f"<div><h1>{TITLE}</h1><div>{each(wrapped, STORY[:3])}{table}{each(wrapped, STORY[3:])}</div></div>"
    )
    assert extract(page(body), URL, SEEN).paragraphs == (*STORY[:3], first, second, *STORY[3:])


@pytest.mark.parametrize(
    "names",
    [
        "class='widget-area'",
        "class='sidebar-layout'",
        "id='related-news'",
        "class='author-page'",
        "class='content hide-print'",
        "style='border: 1px solid'",
        "aria-hidden='true'",
        "class='teaser'",
        "class='social-wrap'",
    ],
)
def test_names_on_the_block_that_holds_the_story_do_not_lose_it(names):
    beside = "<div class='social-share'><p>Words of a box that trafilatura knows by its class, and rightly so.</p></div>"
    body = f"<div {names}><h1>{TITLE}</h1><div>{each('<p>{}</p>')}</div>{beside}</div>"
    assert extract(page(body), URL, SEEN).paragraphs == STORY


def test_tags_on_the_block_that_holds_the_story_do_not_lose_it():
    for tag in ("aside", "header", "form", "label", "footer"):
        body = f"<{tag}><h1>{TITLE}</h1><div>{each('<p>{}</p>')}</div></{tag}>"
        assert extract(page(body), URL, SEEN).paragraphs == STORY, tag


DESCRIBED = f'<meta property="og:description" content="{STANDFIRST}">'


@pytest.mark.parametrize(
    "body, head, is_read",
    [
        ("<header><h1>{title}</h1><p class=lede>{line}</p></header>{story}", "", True),
        ("<header><h1>{title}</h1><h2>{line}</h2></header>{story}", "", True),
        ("<h1>{title}</h1><p>{line}</p>{story}", "", True),
        ("<div><h1>{title}</h1></div><div><div>{line}</div></div>{story}", DESCRIBED, True),
        (
            "<div><h1>{title}</h1></div><div class=byline>By Ann Other</div><h3>{line}</h3>{story}",
            DESCRIBED,
            True,
        ),
        ("<div><h1>{title}</h1><figure><figcaption>{line}</figcaption></figure></div>{story}", "", False),
        ("<header><h1>{title}</h1><p><a href=/x>{line}</a></p></header>{story}", "", False),
        ("<header><h1>{title}</h1><img src=a.jpg><p>{line}</p></header>{story}", "", False),
    ],
)
def test_the_standfirst_is_read_once_and_first(body, head, is_read):
    text = body.format(title=TITLE, line=STANDFIRST, story=f"<div>{each('<p>{}</p>')}</div>")
    found = extract(page(f"<article>{text}</article>", head=head), URL, SEEN).paragraphs
    assert found == ((STANDFIRST, *STORY) if is_read else STORY)


FOREIGN = [
    pytest.param("<p>Read more: <a href=/1>Bakery on the bridge to close</a></p>", id="a pointer"),
    pytest.param(
        "<p><b>DON'T MISS</b> <a href=/1>Bakery on the bridge to close</a></p>", id="a pointer in capitals"
    ),
    pytest.param(f"<h3>Most read in Reading</h3><ul>{MORE}</ul>", id="a list with its heading"),
    pytest.param(f"<p><b>You may also like</b></p><ul>{MORE}</ul>", id="a list with a line above it"),
    pytest.param(
        "<p><em>For the latest news from Reading, <a href=/1>sign up for our newsletters</a>.</em></p>",
        id="italics",
    ),
    pytest.param(
        "<p>For the latest headlines, sign up to our daily e-mail.</p>", id="an invitation without a link"
    ),
    pytest.param("<p>Want to join the conversation? Log in to comment.</p>", id="a conversation"),
    pytest.param(
        "<div class=w><p>Our community gets offers from us. Read our <a href=/p>notice</a>.</p></div>",
        id="a box",
    ),
    pytest.param("<div><p>News every morning.</p><input type=email><button>Go</button></div>", id="a form"),
    pytest.param(
        "<div role=dialog><p>Words that a dialog says, and not the story, to anybody.</p></div>", id="a role"
    ),
    pytest.param(
        "<div hidden><p>Words that nobody can see, and that are no story's at all.</p></div>", id="hidden"
    ),
    pytest.param("<p>Don't miss...</p>", id="a label"),
]


@pytest.mark.parametrize("line", FOREIGN)
def test_what_is_none_of_the_story_is_left_out_of_its_midst(line):
    body = f"<article><h1>{TITLE}</h1><div>{each('<p>{}</p>', LINKED[:2])}{line}{each('<p>{}</p>', LINKED[2:])}</div></article>"
    assert extract(page(body), URL, SEEN).paragraphs == STORY


OWN = [
    (
        '<p>Take part in <a href="/s">our survey</a> of what you think by 3 May.</p>',
        "Take part in our survey of what you think by 3 May.",
    ),
    (
        '<p>Call 101 or visit <a href="/r">the force\'s site</a> with information.</p>',
        "Call 101 or visit the force's site with information.",
    ),
    (
        "<p>Published figures show that visits have fallen.</p>",
        "Published figures show that visits have fallen.",
    ),
    (
        "<p>“Sign up for our scheme if you can,” she told <a href=/x>members</a>.</p>",
        "“Sign up for our scheme if you can,” she told members.",
    ),
    ("<p><strong>What happens next</strong></p>", "What happens next"),
    (
        "<p>The full report was published on Friday: <a href=/x>read it</a>, he said.</p>",
        "The full report was published on Friday: read it, he said.",
    ),
]


@pytest.mark.parametrize("markup, line", OWN)
def test_what_is_the_storys_own_stays(markup, line):
    body = f"<article><h1>{TITLE}</h1><div>{each('<p>{}</p>', LINKED[:2])}{markup}{each('<p>{}</p>', LINKED[2:])}</div></article>"
    assert extract(page(body), URL, SEEN).paragraphs == (*STORY[:2], line, *STORY[2:])


def test_a_list_that_the_story_leads_to_stays():
    names = "<ul><li>the front desk</li><li>the <a href=/c>custody suite at Newbury</a></li></ul>"
    body = f"<article><h1>{TITLE}</h1><div>{each('<p>{}</p>', LINKED[:3])}<p>Two are to go:</p>{names}{each('<p>{}</p>', LINKED[3:])}</div></article>"
    expected = (
        *STORY[:3],
        "Two are to go:",
        "- the front desk",
        "- the custody suite at Newbury",
        *STORY[3:],
    )
    assert extract(page(body), URL, SEEN).paragraphs == expected
