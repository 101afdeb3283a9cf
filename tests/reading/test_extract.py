"""Articles from pages: every paragraph of the story, nothing of the page."""

import gzip
import html
import json
import subprocess
import sys
import time
import zlib
from datetime import UTC, date, datetime

import pytest
from growth import grows_with_its_length
from hypothesis import given, settings
from hypothesis import strategies as st
from trafilatura import xpaths
from where import DATA, QUALITY, ROOT

from monitor.model import NoArticle, Page
from monitor.reading.pages.extract import PRUNED_BY, PRUNED_TAGS, extract

PAGES = DATA / "pages"
SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://www.gazette.example/news/25612345.story/"
LAYOUTS = {
    "group": ("Loddon Bridge Gazette", date(2026, 11, 13)),
    "semantic": ("Ridgeway Post", date(2026, 11, 13)),
    "tables": (None, date(2026, 11, 13)),
}

TITLE = "Panel & commissioner at odds over “safer streets” money"
STORY = (
    "The police and crime panel has asked where four million pounds for safer streets went.",
    "Members were told on Friday that £2.5m of it had been spent, and that “the rest is promised”.",
    "The commissioner's office named three schemes:",
    "- lights along the canal in Newbury",
    "- patrols in Slough at weekends",
    "- a youth worker in Bicester",
    "“Nobody can say what came of it,” one member said. Others asked for figures by ward.",
    "A report is due in January.",
)
BODY = """
<p>The police and crime panel has asked where <strong>four million pounds</strong> for safer streets went.</p>
<p>Members were told on Friday that £2.5m of it <a href="/news/1">had been spent</a>, and that &ldquo;the rest is&nbsp;promised&rdquo;.</p>
<p>The commissioner&#39;s office named three schemes:</p>
<ul><li>lights along the canal in Newbury</li><li>patrols in Slough at weekends</li><li>a youth worker in Bicester</li></ul>
<div class="teaser"><span>Read more:</span> <a href="/news/9">Bakery on the bridge to close after forty years</a></div>
<p>“Nobody can say what came of it,” one member said. Others asked
for figures by ward.</p>
<p>A report is due in January.</p>
"""


def page(layout: str, title: str, body: str) -> bytes:
    template = (PAGES / f"{layout}.html").read_text("utf-8")
    return template.replace("{title}", html.escape(title)).replace("{paragraphs}", body).encode()


def plain_page(title: str, *paragraphs: str, head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_story_is_brought_back_whole(layout):
    outlet, published = LAYOUTS[layout]
    expected = Page(title=TITLE, paragraphs=STORY, outlet=outlet, published=published, own_day=published)
    assert extract(page(layout, TITLE, BODY), URL, SEEN) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "paragraphs", ["<p>{}</p>", "<div>{}</div>", "{}<br><br>\n", "<p><span>{}</span></p>"]
)
def test_every_paragraph_of_real_stories(layout, paragraphs):
    lines = (QUALITY / "tuning.jsonl").read_text("utf-8").splitlines()[::12]
    for story in map(json.loads, lines):
        expected = tuple(" ".join(paragraph.split()) for paragraph in story["text"].split("\n\n"))
        body = "\n".join(paragraphs.format(html.escape(paragraph, quote=False)) for paragraph in expected)
        found = extract(page(layout, story["title"], body), URL, SEEN)
        assert (found.title, found.paragraphs) == (story["title"], expected)


@pytest.mark.parametrize(
    "name, reason",
    [
        ("consent", "a cookie notice, not an article"),
        ("blocked", "the site checks for robots and shows no article"),
        ("challenge", "the site checks for robots and shows no article"),
        ("gone", "the site says that there is no such page"),
        ("index", "a list of headlines, not an article"),
        ("teasers", "a list of headlines, not an article"),
    ],
)
def test_a_page_that_shows_something_else(name, reason):
    assert extract((PAGES / f"{name}.html").read_bytes(), URL, SEEN) == NoArticle(reason=reason)


def test_of_what_is_for_subscribers_the_beginning_is_told():
    assert extract((PAGES / "subscribers.html").read_bytes(), URL, SEEN) == NoArticle(
        reason="the article is for the site's subscribers",
        title="Police budget gap grows",
        beginning=(
            "The gap in the police budget for next year has grown to more than four million pounds, papers for the panel show.",
        ),
    )


@pytest.mark.parametrize(
    "body, reason",
    [
        (b"", "an empty page"),
        (b" \n", "an empty page"),
        (b"%PDF-1.7", "a PDF document, not an HTML page"),
        (b"\x89PNG\r\n", "a picture, not an HTML page"),
        (b"\0" * 1000, "not an HTML page"),
        (b"just text", "not an HTML page"),
        (b"<html><body>" + b"x" * 3_000_000, "larger than 3 MB"),
        (b"<html><body>" + b"<p>x</p>" * 100_000, "more than 25,000 elements: no news page has so many"),
        (b"<div>" * 100_000, "more than 25,000 elements: no news page has so many"),
        (plain_page("Budget"), "no article on the page"),
    ],
)
def test_what_is_not_begun(body, reason):
    assert extract(body, URL, SEEN) == NoArticle(reason=reason)


@pytest.mark.parametrize(
    "title, url, expected",
    [
        ("Budget agreed", URL, "Budget agreed"),
        ("Budget agreed | Gazette", URL, "Budget agreed"),
        ("Budget agreed - The Gazette Online", URL, "Budget agreed"),
        ("Gazette :: Budget agreed", URL, "Budget agreed"),
        ("Budget – agreed - BBC News", "https://www.bbc.co.uk/news/1", "Budget – agreed"),
        ("Budget: the story - so far", URL, "Budget: the story - so far"),
        ("Budget agreed | Another Paper", URL, "Budget agreed | Another Paper"),
        ("Gazette", URL, "Fete fun"),
        ("Gazette - Local News - Fete fun", URL, "Fete fun"),
        ("Gazette - Reading - Fete fun", URL, "Fete fun"),
        ("Council &amp; police|Gazette", URL, "Council & police"),
        ("Two\n lines \u202e", URL, "Two lines"),
    ],
)
def test_the_title_is_without_the_outlet(title, url, expected):
    body = plain_page(title, *STORY).replace(b"<body>", b"<body><h2>News</h2><h1>Fete fun</h1>")
    assert extract(body, url, SEEN).title == expected


def test_an_article_whose_headline_links_to_itself_is_no_index():
    body = f"<title>{TITLE}</title><body><div><h2><a href='/1'>{TITLE}</a></h2>{BODY}</div>".encode()
    assert extract(body, URL, SEEN).paragraphs[:3] == STORY[:3]


def test_an_article_that_ends_with_teasers_of_others_is_no_index():
    cards = "".join(
        f"<li><h3><a href='/{n}'>Another story with a headline {n}</a></h3><p>It says something else {n}.</p></li>"
        for n in range(12)
    )
    body = f"<title>{TITLE}</title><body><article><h1>{TITLE}</h1>{BODY}</article><ul>{cards}</ul>".encode()
    assert set(STORY) <= set(extract(body, URL, SEEN).paragraphs)


def test_the_sites_own_name_is_taken_off_too():
    head = '<meta property="og:site_name" content="Weir &amp; Lock">'
    found = extract(plain_page("Budget agreed | Weir &amp; Lock", *STORY, head=head), URL, SEEN)
    assert (found.title, found.outlet) == ("Budget agreed", "Weir & Lock")


def test_the_headline_is_not_the_first_paragraph():
    body = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{BODY}</article></body></html>"
    assert extract(body.encode(), URL, SEEN).paragraphs == STORY


@pytest.mark.parametrize(
    "published, expected",
    [
        ("2026-11-13T08:15:00Z", date(2026, 11, 13)),
        ("2026-11-16", date(2026, 11, 16)),
        ("2026-11-17", None),
        ("2031-01-01", None),
        ("soon", None),
    ],
)
def test_the_day_is_never_in_the_future(published, expected):
    head = f'<meta property="article:published_time" content="{published}">'
    assert extract(plain_page(TITLE, *STORY, head=head), URL, SEEN).published == expected


def test_the_author_is_not_kept():
    head = '<meta name="author" content="Ann Other"><script type="application/ld+json">{"author": "Ann Other"}</script>'
    found = extract(plain_page(TITLE, "By Ann Other", *STORY, head=head), URL, SEEN)
    assert "Ann Other" not in repr(found)


@pytest.mark.parametrize(
    "declared, really",
    [
        pytest.param("utf-8", "utf-8", id="UTF-8"),
        pytest.param("iso-8859-1", "utf-8", id="UTF-8 that says Latin-1"),
        pytest.param("windows-1252", "cp1252", id="Windows"),
        pytest.param("iso-8859-1", "cp1252", id="Windows that says Latin-1"),
        pytest.param("utf-8", "cp1252", id="Windows that says UTF-8"),
        pytest.param("klingon", "cp1252", id="an encoding nobody knows"),
        pytest.param("utf-8", "utf-16", id="UTF-16"),
        pytest.param("utf-8", "utf-8-sig", id="with a byte order mark"),
    ],
)
def test_encodings(declared, really):
    body = (
        page("group", TITLE, BODY).decode().replace('charset="utf-8"', f'charset="{declared}"').encode(really)
    )
    found = extract(body, URL, SEEN)
    assert (found.title, found.paragraphs) == (TITLE, STORY)


def test_one_broken_byte_is_one_damaged_sign_and_nothing_else():
    told = "<meta name='description' content='The chief’s £9m — {}'>"
    for broken in (b"\xe2\x80", b"\xe9", b"\x99"):
        head, _, tail = plain_page(
            TITLE, *STORY, "The force’s £9m gap, “so far”, was told to the panel.", head=told
        ).partition(b"{}")
        found = extract(head + broken + tail, URL, SEEN)
        assert found.paragraphs[-1] == "The force’s £9m gap, “so far”, was told to the panel."


def test_the_servers_word_is_asked_where_the_page_has_none():
    body = plain_page("Полиция", *["Это длинный абзац о работе полиции в городе, и он не короток. " * 3] * 4)
    found = extract(body.decode().encode("koi8-r"), URL, SEEN, content_type="text/html; charset=koi8-r")
    assert found.title == "Полиция"


def test_a_packed_page_is_read_and_half_of_one_is_not():
    packed = gzip.compress(page("group", TITLE, BODY))
    for body in (packed, gzip.compress(packed), zlib.compress(page("group", TITLE, BODY))):
        assert extract(body, URL, SEEN).paragraphs == STORY
    assert extract(packed[:-400], URL, SEEN) == NoArticle(reason="compressed, and broken off in the middle")
    assert extract(bytes(range(256)), URL, SEEN) == NoArticle(
        reason="no text, or compressed in a way that cannot be read"
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page("group", TITLE, BODY).replace(b"</p>", b"\0\x0b</p>"), id="control characters"),
        pytest.param(page("group", TITLE, BODY).replace(b"</p>", b""), id="unclosed paragraphs"),
        pytest.param(page("group", TITLE, BODY).split(b"<footer>")[0], id="cut short after the story"),
    ],
)
def test_broken_pages_are_read(body):
    assert extract(body, URL, SEEN).paragraphs == STORY


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 12_000 + "x", id="12,000 deep"),
        pytest.param("<table><tr><td>" * 3_000 + "x", id="3,000 tables in each other"),
        pytest.param("<!--" * 500_000, id="comments"),
        pytest.param('<script type="application/ld+json">' + "[" * 500_000 + "</script>", id="deep JSON"),
    ],
)
def test_hostile_pages_end(body):
    began = time.process_time()
    assert isinstance(extracted(body), Page | NoArticle)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "before, again, after, often",
    [
        pytest.param("", "<p>word</p>", "", 100, id="paragraphs"),
        pytest.param("<table>", "<tr><td><p>x</td></tr>", "", 50, id="rows"),
        pytest.param("<p>", "12 March 2026 ", "", 2_000, id="dates"),
        pytest.param("<p>", "word ", "", 5_000, id="one paragraph of words"),
        pytest.param("<p>", "w", "", 20_000, id="one word"),
        pytest.param("<title>", "a | ", "</title>", 2_000, id="a title"),
        pytest.param("<p>", "&", "", 8_000, id="ampersands"),
    ],
)
@pytest.mark.slow
def test_hostile_pages_take_a_time_that_grows_with_their_length(before, again, after, often):
    """Of 2.5 MB of them most take seconds, so what is looked at is how the time grows."""
    assert grows_with_its_length(lambda times: extracted(f"{before}{again * times}{after}"), often)


def extracted(body: str) -> Page | NoArticle:
    return extract(f"<html><body>{body}".encode(), URL, SEEN)


pieces = st.sampled_from(
    [
        "<html>",
        "<body>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<td>",
        "<tr>",
        "<h1>",
        "<title>",
        "</title>",
        "<br>",
        "<li>",
    ]
    + [
        "<ul>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&#xD800;",
        "&nbsp;",
        "\0",
        "é",
        "word ",
        "One sentence of some ten words for a story. ",
    ]
    + [
        '<meta property="og:site_name" content="',
        '<meta charset="',
        '">',
        "<script>",
        "<svg>",
        "<time datetime='2026-11-1'>",
    ]
)


@settings(max_examples=100)
@given(st.lists(pieces | st.text(max_size=3), max_size=40).map("".join))
@pytest.mark.slow
def test_whatever_is_sent_there_is_an_answer(body):
    found = extract(b"<html>" + body.encode("utf-8", "surrogatepass"), URL, SEEN)
    if isinstance(found, Page):
        assert found.paragraphs and all("\n" not in line for line in (found.title, *found.paragraphs))


@pytest.mark.parametrize("name", PRUNED_BY)
def test_trafilatura_says_by_these_names_what_it_drops(name):
    """It promises none of them. Where a later release has another name, look what it calls it."""
    assert getattr(xpaths, name)


def test_trafilatura_says_which_tags_it_drops():
    assert {"aside", "nav", "header"} <= PRUNED_TAGS


WITHOUT = """
import sys
from datetime import UTC, datetime
from trafilatura import settings, xpaths

for name in sys.argv[1:]:
    delattr(xpaths if hasattr(xpaths, name) else settings, name)
from monitor.reading.pages.extract import extract
body = "<html><body><article><h1>A title of this</h1>" + "<p>The force said so to all of us today.</p>" * 9
print(type(extract(body.encode(), "https://a.example/1", datetime.now(UTC))).__name__)
"""


@pytest.mark.slow
def test_a_release_of_it_without_these_names_still_reads_pages():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *PRUNED_BY, "MANUALLY_CLEANED"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (done.stdout, done.stderr) == ("Page\n", "")
