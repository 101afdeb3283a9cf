"""Whole runs on a fake network and a real archive."""

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from papers import COURIER, EVERYTHING, FETE, GAZETTE, PRECEPT, draft, local_web, poll
from web import Web, html_page, rss

from monitor import pipeline
from monitor.errors import OutputError, StoreError
from monitor.model import FailureKind, FetchFailed, PollResult, TextFrom, Window
from monitor.pipeline.rhythms import feed_health
from monitor.reading.schedule import polling
from monitor.settings import ArticleFrom, Feed, FeedKind
from monitor.store.sqlite.file import FileArchive

pytestmark = pytest.mark.on_both

# ── poll ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_first_poll_stores_every_article_whole(store, config):
    assert poll(store, local_web(), config) == {
        COURIER.url: (PollResult.NEW, 2, None),
        GAZETTE.url: (PollResult.NEW, 1, None),
    }
    stored = store.articles.get("https://courier.example/news/precept")
    assert stored.paragraphs == PRECEPT
    assert (stored.outlet, stored.title) == ("Thames Courier", "Police precept to rise by £14")
    assert (stored.published, stored.first_seen) == (NOW - timedelta(hours=5), NOW)
    assert stored.text_from is TextFrom.PAGE


@pytest.mark.parametrize("etags", [True, False], ids=["the server says so", "the body is the same"])
def test_a_second_poll_with_nothing_new_fetches_no_page(store, config, etags):
    web = local_web()
    web.etags = etags
    poll(store, web, config)
    web.asked.clear()
    again = poll(store, web, config, now=NOW + timedelta(hours=1))
    assert {result for result, *_ in again.values()} == {PollResult.UNCHANGED}
    assert sorted(web.asked) == [COURIER.url, GAZETTE.url]


def test_only_what_is_new_in_a_changed_feed_is_fetched(store, config):
    web = local_web()
    poll(store, web, config)
    web.asked.clear()
    web.pages[GAZETTE.url] = rss(
        ("https://gazette.example/fete", "Sunny day for fete", NOW - timedelta(hours=8)),
        ("https://gazette.example/bridge", "Bridge to close", NOW),
    )
    web.pages["https://gazette.example/bridge"] = html_page("Bridge to close", *FETE)
    poll(store, web, config, now=NOW + timedelta(hours=1))
    assert "https://gazette.example/bridge" in web.asked
    assert "https://gazette.example/fete" not in web.asked
    assert store.articles.count() == 4


def refused(url: str) -> FetchFailed:
    return FetchFailed(
        url=url, kind=FailureKind.HARD, reason="403 Forbidden: the site refuses us", status=403
    )


def test_a_page_that_is_refused_leaves_the_feeds_summary_marked(store, config):
    web = local_web()
    address = "https://courier.example/news/precept"
    web.pages[address] = refused(address)
    poll(store, web, config)
    stored = store.articles.get(address)
    assert stored.paragraphs == ("In short: Police precept to rise by £14",)
    assert (stored.text_from, stored.text_reason) == (TextFrom.SUMMARY, "403 Forbidden: the site refuses us")


def test_a_page_is_held_against_its_entry_and_the_feeds_summary_stands_where_it_is_another(store, config):
    web, story = local_web(), "https://courier.example/news/precept"
    web.moved[story] = "https://courier.example/about"
    web.pages["https://courier.example/about"] = html_page("About the Courier", *FETE)
    poll(store, web, config)
    stored = store.articles.get(story)
    assert stored.paragraphs == ("In short: Police precept to rise by £14",)
    assert (stored.text_from, stored.text_reason) == (
        TextFrom.SUMMARY,
        "another page came in the article's place",
    )


def test_an_outlet_whose_pages_are_not_to_be_fetched_is_left_alone(store, config):
    web = local_web()
    poll(store, web, config, feeds=[replace(COURIER, article=ArticleFrom.FEED)])
    assert web.asked == [COURIER.url]
    assert store.articles.get("https://courier.example/news/fete").text_from is TextFrom.FEED


@pytest.mark.parametrize(
    "answer, reason",
    [
        pytest.param(None, "the name does not resolve", id="no such host"),
        pytest.param(refused(COURIER.url), "403 Forbidden: the site refuses us", id="refused"),
        pytest.param(b"<html><body>Moved house</body></html>", "an HTML page, not a feed", id="no feed"),
    ],
)
def test_a_broken_feed_stops_no_other_and_is_remembered(store, config, answer, reason):
    web = local_web()
    web.pages[COURIER.url] = answer
    assert poll(store, web, config) == {
        COURIER.url: (PollResult.FAILED, 0, reason),
        GAZETTE.url: (PollResult.NEW, 1, None),
    }
    state = {state.url: state for state in store.feeds.states()}[COURIER.url]
    assert state.last_failure == reason
    assert state.next_poll > NOW


def test_an_article_that_two_feeds_carry_is_stored_once(store, config):
    web = local_web()
    web.pages[GAZETTE.url] = rss(("https://www.courier.example/news/fete?utm_source=x", "Fete", NOW))
    poll(store, web, config)
    assert store.articles.count() == 2


@pytest.mark.slow
def test_a_poll_that_is_killed_keeps_what_was_finished_and_reads_the_rest_next_time(store, config):
    """It is killed while the first feed that is finished is being saved, which asks what time it is."""
    web, saving = local_web(), threading.Event()

    def killed(request):
        if request.url == "https://courier.example/news/fete":
            assert saving.wait(60), "the Gazette was not finished beside it"
            raise KeyboardInterrupt
        return web(request)

    def clock():
        saving.set()
        return NOW

    feeds = (GAZETTE, COURIER)
    with pytest.raises(KeyboardInterrupt):
        poll(store, killed, config, feeds=feeds, clock=clock)
    assert [state.url for state in store.feeds.states()] == [GAZETTE.url]
    due = polling.due(feeds, {state.url: state for state in store.feeds.states()}, NOW)
    assert due == (COURIER,)
    poll(store, web, config, feeds=due)
    assert store.articles.count() == 3


def test_a_host_that_asks_us_to_wait_is_left_alone_by_pages_and_later_runs(store, config):
    web = local_web()
    other = Feed(name="Thames Courier", url="https://courier.example/sport/rss")
    busy = FetchFailed(
        url=other.url, kind=FailureKind.SOFT, reason="429", status=429, retry_after=timedelta(hours=2)
    )
    web.pages[other.url] = busy
    feeds = (COURIER, other, GAZETTE)
    poll(store, web, config, feeds=feeds)
    assert web.asked.count("https://courier.example/news/precept") == 0, "its pages too"
    assert web.asked.count("https://gazette.example/fete") == 1, "another host is not concerned"
    poll(store, web, config, feeds=feeds, now=NOW + timedelta(hours=1))
    assert web.asked.count(COURIER.url) == 1
    poll(store, web, config, feeds=feeds, now=NOW + timedelta(hours=2))
    assert web.asked.count(COURIER.url) == 2


def test_a_feed_that_moved_is_read_at_its_new_address(store, config):
    web = local_web()
    there = "https://courier.example/feed/"
    web.pages[there] = web.pages[COURIER.url]
    web.moved[COURIER.url] = there
    poll(store, web, config, feeds=[COURIER])
    poll(store, web, config, feeds=[COURIER], now=NOW + timedelta(hours=1))
    assert web.asked.count(COURIER.url) == 1 and web.asked.count(there) == 1
    health = feed_health(store, [COURIER], EVERYTHING, NOW + timedelta(hours=1))
    assert [trouble.what for trouble in health.moved] == [
        "it has moved to https://courier.example/feed/; put that address into feeds.yaml"
    ]


def test_a_feed_whose_guids_change_each_time_brings_nothing_twice(store, config):
    web = local_web()
    link = "https://gazette.example/fete"
    for hours, guid in enumerate(("1", "2", "3")):
        item = f"<item><guid>{guid}</guid><link>{link}</link><title>Sunny day for fete</title></item>"
        web.pages[GAZETTE.url] = (
            f"<rss version='2.0'><channel><title>F</title>{item * 3}</channel></rss>".encode()
        )
        poll(store, web, config, feeds=[GAZETTE], now=NOW + timedelta(hours=hours))
    assert store.articles.count() == 1
    assert web.asked.count(link) == 1


def test_many_entries_with_one_link_are_each_kept_once_and_the_page_is_not_fetched(store, config):
    web, page = local_web(), "https://gazette.example/alerts/"
    for hours, titles in enumerate(
        (["Burglary in Thame", "Road closed"], ["Van stolen", "Burglary in Thame", "Road closed"])
    ):
        items = "".join(
            f"<item><guid>{hours}-{title}</guid><link>{page}</link><title>{title}</title><description>In short: {title}.</description></item>"
            for title in titles
        )
        web.pages[GAZETTE.url] = (
            f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
        )
        poll(store, web, config, feeds=[GAZETTE], now=NOW + timedelta(hours=hours))
    stored = store.articles.of(Window(since=None, until=NOW + timedelta(days=1)))
    assert sorted((article.title, article.text, article.url) for article in stored) == [
        ("Burglary in Thame", "In short: Burglary in Thame.", page),
        ("Road closed", "In short: Road closed.", page),
        ("Van stolen", "In short: Van stolen.", page),
    ]
    assert {article.text_reason for article in stored} == {"the feed gives it no page of its own"}
    assert page not in web.asked


WEEKLY = Feed(name="Weekly", url="https://weekly.example/news/", kind=FeedKind.LISTING)
MAPPED = Feed(name="Mapped", url="https://mapped.example/sitemap.xml", kind=FeedKind.SITEMAP)


def sitemap(root: str, name: str, *addresses: str) -> bytes:
    places = "".join(
        f"<{name}><loc>{url}</loc><lastmod>{NOW.isoformat()}</lastmod></{name}>" for url in addresses
    )
    return f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</{root}>".encode()


def test_an_outlet_without_a_feed_is_read_from_its_page_of_links(store, config):
    headlines = {
        "/news/12341": "Police precept to rise",
        "/news/12342": "Sunny day for fete",
        "/news/12343": "More",
    }
    body = "".join(f"<p><a href='{path}'>{text} by Monday</a></p>" for path, text in headlines.items())
    web = Web({WEEKLY.url: body.encode()})
    web.pages |= {f"https://weekly.example{path}": html_page(text, *FETE) for path, text in headlines.items()}
    assert poll(store, web, config, feeds=[WEEKLY]) == {WEEKLY.url: (PollResult.NEW, 3, None)}
    assert store.articles.get("https://weekly.example/news/12342").title == "Sunny day for fete by Monday"
    assert store.articles.get("https://weekly.example/news/12342").published_is_guess
    later = poll(store, web, config, feeds=[WEEKLY], now=NOW + timedelta(hours=1))
    assert later == {WEEKLY.url: (PollResult.UNCHANGED, 0, None)}


def test_an_outlet_without_a_feed_is_read_from_its_sitemaps(store, config):
    article = "https://mapped.example/news/12341"
    web = Web(
        {
            MAPPED.url: sitemap(
                "sitemapindex", "sitemap", "https://mapped.example/news.xml", "https://gone.example/"
            ),
            "https://mapped.example/news.xml": sitemap("urlset", "url", article),
            article: html_page("Sunny day for fete", *FETE),
        },
        etags=True,
    )
    assert poll(store, web, config, feeds=[MAPPED]) == {MAPPED.url: (PollResult.NEW, 1, None)}
    assert store.articles.get(article).title == "Sunny day for fete"
    second = "https://mapped.example/news/12342"
    web.pages["https://mapped.example/news.xml"] = sitemap("urlset", "url", second, article)
    later = poll(store, web, config, feeds=[MAPPED], now=NOW + timedelta(hours=1))
    assert later == {MAPPED.url: (PollResult.NEW, 1, None)}, "an index that stays the same hides nothing"


def test_an_index_whose_sitemaps_are_out_of_reach_has_failed(store, config):
    web = Web({MAPPED.url: sitemap("sitemapindex", "sitemap", "https://gone.example/news.xml")})
    reason = "none of its sitemaps could be read: the name does not resolve"
    assert poll(store, web, config, feeds=[MAPPED]) == {MAPPED.url: (PollResult.FAILED, 0, reason)}


# ── draft ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_holds_the_wanted_story_and_counts_the_others(store, config, tmp_path):
    poll(store, local_web(), config)
    drafted = draft(store, config, tmp_path)
    (item,) = drafted.edition.items
    assert item.heading == "Police precept to rise by £14"
    assert item.excerpt == PRECEPT
    assert [link.url for link in item.links] == ["https://courier.example/news/precept"]
    basis = drafted.edition.basis
    assert (basis.articles, basis.included + basis.near + basis.out) == (3, basis.stories)
    assert [path.name for path in drafted.documents] == [
        "topical-issues-2026-11-27-draft-1.docx",
        "topical-issues-2026-11-27-draft-1.json",
        "topical-issues-2026-11-27-draft-1-notes.docx",
    ]


def test_a_draft_says_what_it_rests_on_when_there_is_no_network(store, config, tmp_path):
    poll(store, Web(), config)
    drafted = draft(store, config, tmp_path)
    health = drafted.edition.basis.health
    assert (health.feeds, health.read, drafted.edition.items) == (2, 0, ())
    assert [(trouble.outlet, trouble.what) for trouble in health.failing] == [
        ("Thames Courier", "the name does not resolve; it has never been read"),
        ("Kennet Gazette", "the name does not resolve; it has never been read"),
    ]
    assert all(path.exists() for path in drafted.documents)


def test_each_article_is_in_one_window_only(store, config, tmp_path):
    poll(store, local_web(), config)
    before = draft(store, config, tmp_path, window=Window(since=None, until=NOW))
    after = draft(store, config, tmp_path, window=Window(since=NOW, until=NOW + timedelta(days=1)))
    assert (before.edition.basis.articles, after.edition.basis.articles) == (0, 3)


def test_a_kept_edition_stays_as_it_was_whatever_comes_later(store, config, tmp_path):
    poll(store, local_web(), config)
    drafted = draft(store, config, tmp_path)
    record = store.editions.record(1)
    web = local_web()
    web.pages[GAZETTE.url] = rss(("https://gazette.example/precept", "Precept goes up by £14", NOW))
    web.pages["https://gazette.example/precept"] = html_page("Precept goes up by £14", *PRECEPT)
    poll(store, web, config, now=NOW + timedelta(hours=1))
    later = draft(store, config, tmp_path, window=Window(since=None, until=NOW + timedelta(hours=2)))
    assert [len(item.links) for item in later.edition.items] == [2]  # the story has grown
    assert store.editions.record(1) == record
    assert json.loads(drafted.documents[1].read_text("utf-8")) == json.loads(record)


def test_a_draft_that_cannot_be_written_is_not_kept(store, config, tmp_path):
    poll(store, local_web(), config)
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(OutputError):
        draft(store, config, tmp_path / "taken")
    assert store.editions.all() == ()


def test_a_draft_that_cannot_be_kept_is_not_written(store, config, tmp_path):
    draft(store, config, tmp_path)
    with store.archive.transaction() as db:  # the next number is 1 again, and its documents are there
        db.execute("DELETE FROM editions")
    before = sorted(tmp_path.iterdir())
    with refusing_editions(store.archive), pytest.raises(StoreError, match="disk full"):
        draft(store, config, tmp_path)
    assert sorted(tmp_path.iterdir()) == before


@contextmanager
def refusing_editions(archive):
    is_file = isinstance(archive, FileArchive)
    full = (
        "CREATE TRIGGER full BEFORE INSERT ON editions BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        if is_file
        else 'ALTER TABLE editions ADD CONSTRAINT "disk full" CHECK (number < 0)'
    )
    archive.read(full)
    yield
    archive.read("DROP TRIGGER full" if is_file else 'ALTER TABLE editions DROP CONSTRAINT "disk full"')


def test_progress_counts_up_to_the_whole(store, config, tmp_path):
    told = []
    pipeline.poll(store, local_web(), config.network, config.feeds, NOW, lambda *step: told.append(step))
    assert told[0] == ("Reading feeds", 0, 2)
    assert ("Reading feeds", 2, 2) in told
    assert told[-1] == ("Reading pages", 3, 3)
