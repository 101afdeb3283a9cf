"""No text from outside is without an end: what is kept of it, how it is marked, and that every way in is one."""

import json
import time
from datetime import UTC, datetime

import pytest
from conftest import NOW, article
from editions import WEEK

from monitor.lengths import (
    CUT,
    LONGEST_QUOTED,
    LONGEST_TITLE,
    MOST_PARAGRAPHS,
    MOST_TEXT,
    shortened,
    shortened_text,
)
from monitor.model import ParsedFeed
from monitor.reading.feeds.listing import parse_listing
from monitor.reading.feeds.parse import parse
from monitor.reading.feeds.sitemap import parse_sitemap
from monitor.reading.pages.extract import extract
from monitor.store import Store
from monitor.store.owner import insert_into

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://courier.example/news/1234"
LONG = "The panel asks. " * 15_000


@pytest.mark.parametrize(
    "text, most, kept",
    [
        ("short", 5, "short"),
        ("", 5, ""),
        ("one two three four", 15, "one two […]"),
        ("one two three", 11, "one two […]"),
        ("onetwothreefour", 10, "onetwo […]"),  # one word: cut in it
        ("a onetwothreefour", 12, "a onetwo […]"),  # or nothing would be left
    ],
)
def test_a_text_is_cut_between_words_and_marked(text, most, kept):
    assert shortened(text, most) == kept
    assert len(kept) <= most


@pytest.mark.parametrize(
    "paragraphs, count, signs, is_cut",
    [
        pytest.param(("One.", "Two."), 2, 8, False, id="an article"),
        pytest.param((), 0, 0, False, id="none"),
        pytest.param(("w" * MOST_TEXT,), 1, MOST_TEXT, False, id="as long as may be"),
        pytest.param(("w " * MOST_TEXT,), 1, MOST_TEXT, True, id="one endless paragraph"),
        pytest.param(("One.", "w " * MOST_TEXT, "Three."), 2, MOST_TEXT, True, id="the second is endless"),
        pytest.param(("w" * (MOST_TEXT // 2),) * 3, 2, MOST_TEXT, True, id="each is long"),
        pytest.param(("x",) * 5_000, MOST_PARAGRAPHS, 2_004, True, id="too many"),
    ],
)
def test_an_article_has_an_end(paragraphs, count, signs, is_cut):
    kept = shortened_text(paragraphs)
    assert len(kept) == count
    assert signs - 100 <= sum(map(len, kept)) <= signs + len(CUT)
    assert (kept[-1].endswith(CUT) if kept else False) is is_cut


def rss(title: str, summary: str) -> bytes:
    item = f"<item><title>{title}</title><link>{URL}</link><description>{summary}</description></item>"
    return f"<rss version='2.0'><channel><title>{title}</title>{item}</channel></rss>".encode()


def atom(title: str, content: str) -> bytes:
    entry = (
        f"<entry><title>{title}</title><link href='{URL}'/><content type='html'>{content}</content></entry>"
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{title}</title>{entry}</feed>".encode()


def json_feed(title: str, text: str) -> bytes:
    item = {"url": URL, "title": title, "content_text": text}
    return json.dumps({"version": "https://jsonfeed.org/version/1", "title": title, "items": [item]}).encode()


def news_sitemap(title: str) -> bytes:
    return (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/"
        f"sitemap-news/0.9'><url><loc>{URL}</loc><news:news><news:title>{title}</news:title></news:news></url></urlset>"
    ).encode()


def listing(title: str) -> bytes:
    links = "".join(
        f"<h2><a href='/news/{n}'>Panel asks police about desk</a></h2>" for n in range(1000, 1005)
    )
    return f"<html><head><title>{title}</title></head><body>{links}</body></html>".encode()


WAYS_IN = {
    "RSS": lambda: parse(rss(LONG, LONG), None, URL, SEEN),
    "Atom": lambda: parse(atom(LONG, LONG), None, URL, SEEN),
    "JSON Feed": lambda: parse(json_feed(LONG, LONG), None, URL, SEEN),
    "a news sitemap": lambda: parse_sitemap(news_sitemap(LONG), URL, SEEN),
    "a listing": lambda: parse_listing(
        listing("The panel asks. " * 30), None, "https://courier.example/news"
    ),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_every_kind_of_feed_is_kept_within(way):
    found = WAYS_IN[way]()
    assert isinstance(found, ParsedFeed)
    assert len(found.title) <= LONGEST_TITLE
    for entry in found.entries:
        assert len(entry.title) <= LONGEST_TITLE
        assert len(entry.summary) <= LONGEST_QUOTED
        assert sum(map(len, entry.paragraphs)) <= MOST_TEXT


def test_a_page_is_kept_within():
    text = f"<h1>{LONG[:2000]}</h1><p>{LONG}</p>"
    body = f"<html><head><title>{LONG[:2000]}</title></head><body><article>{text}</article></body></html>"
    page = extract(body.encode(), URL, SEEN)
    assert len(page.title) <= LONGEST_TITLE and page.title.endswith(CUT)
    assert sum(map(len, page.paragraphs)) <= MOST_TEXT and page.paragraphs[-1].endswith(CUT)


def test_what_was_stored_before_is_cut_when_the_archive_is_opened(tmp_path):
    path = tmp_path / "archive.db"
    ordinary = article("ordinary")
    with Store.open(path) as store:
        endless = article("endless", paragraphs=(LONG,), title=LONG[:5_000])
        with store.articles.archive.transaction() as db:
            for one in (ordinary, endless):
                store_row(db, one)
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm_long_texts'")
    with Store.open(path) as store:
        begun = time.process_time()
        kept = {one.id: one for one in store.articles.of(WEEK)}
        assert time.process_time() - begun < 1
    assert kept["ordinary"] == ordinary
    assert len(kept["endless"].text) <= MOST_TEXT and kept["endless"].text.endswith(CUT)
    assert len(kept["endless"].title) <= LONGEST_TITLE
    assert kept["endless"].first_seen == endless.first_seen < NOW


def store_row(db, one):
    from monitor.store.rows import article_row

    row = article_row(one)
    db.execute(insert_into("articles", row), row)
