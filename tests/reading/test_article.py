"""An entry and what its page gave become the article that is stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model import Entry, NoArticle, Page, TextFrom
from monitor.reading.pages.article import article_of
from monitor.reading.recognise import id_of
from monitor.settings import Feed, Publisher

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
FEED = Feed(name="Thames Courier", url="https://courier.example/rss")
PAGE = Page(title="The page’s own title", paragraphs=("First.", "Second."), published=date(2026, 11, 14))
BLOCKED = NoArticle(reason="a cookie notice, not an article")
WALLED = NoArticle(
    reason="the article is for the site's subscribers", title="The page’s", beginning=("A longer beginning.",)
)


def entry(**changes) -> Entry:
    values = {
        "id": "1",
        "url": "https://courier.example/news/1",
        "title": "The feed’s title",
        "summary": "A summary.",
        "published": datetime(2026, 11, 15, 9, 30, tzinfo=UTC),
    }
    return Entry(**{**values, **changes})


@pytest.mark.parametrize(
    "found, page, paragraphs, text_from, reason",
    [
        pytest.param(entry(), PAGE, ("First.", "Second."), TextFrom.PAGE, None, id="the page's text"),
        pytest.param(
            entry(),
            BLOCKED,
            ("A summary.",),
            TextFrom.SUMMARY,
            BLOCKED.reason,
            id="no article: the summary, marked",
        ),
        pytest.param(
            entry(paragraphs=("Long one.", "Long two.")),
            BLOCKED,
            ("Long one.", "Long two."),
            TextFrom.SUMMARY,
            BLOCKED.reason,
            id="the feed's full text before its summary",
        ),
        pytest.param(
            entry(),
            WALLED,
            WALLED.beginning,
            TextFrom.SUMMARY,
            WALLED.reason,
            id="a longer beginning, marked",
        ),
        pytest.param(
            entry(summary="A summary that is longer than it."),
            WALLED,
            ("A summary that is longer than it.",),
            TextFrom.SUMMARY,
            WALLED.reason,
            id="a summary that is longer than the beginning",
        ),
        pytest.param(entry(), None, ("A summary.",), TextFrom.FEED, None, id="pages are never fetched"),
        pytest.param(entry(summary=""), BLOCKED, (), TextFrom.SUMMARY, BLOCKED.reason, id="nothing at all"),
    ],
)
def test_the_text(found, page, paragraphs, text_from, reason):
    made = article_of(found, FEED, page, SEEN)
    assert (made.paragraphs, made.text_from, made.text_reason) == (paragraphs, text_from, reason)


@pytest.mark.parametrize(
    "found, page, title",
    [
        pytest.param(entry(), PAGE, "The feed’s title", id="the feed's"),
        pytest.param(entry(title=""), PAGE, "The page’s own title", id="the page's"),
        pytest.param(entry(title=""), WALLED, "The page’s", id="that of a page which shows the beginning"),
        pytest.param(entry(title=""), BLOCKED, "A summary.", id="the text's beginning"),
        pytest.param(
            entry(title="", summary=""), BLOCKED, "https://courier.example/news/1", id="the address"
        ),
    ],
)
def test_the_title(found, page, title):
    assert article_of(found, FEED, page, SEEN).title == title


def day(number: int) -> Page:
    return Page(title="", paragraphs=("x",), published=SEEN.date() + timedelta(days=number))


@pytest.mark.parametrize(
    "found, page, published, is_guess",
    [
        pytest.param(entry(), PAGE, datetime(2026, 11, 15, 9, 30, tzinfo=UTC), False, id="the feed's time"),
        pytest.param(
            entry(published=SEEN + timedelta(hours=1)),
            PAGE,
            SEEN,
            False,
            id="an hour ahead: summer time, or a clock",
        ),
        pytest.param(
            entry(published=SEEN + timedelta(hours=20)),
            PAGE,
            datetime(2026, 11, 14, 12, tzinfo=UTC),
            False,
            id="a day that is still to come: the page's",
        ),
        pytest.param(
            entry(published=SEEN + timedelta(hours=20)), BLOCKED, SEEN, True, id="and no page: a guess"
        ),
        pytest.param(
            entry(published=None),
            PAGE,
            datetime(2026, 11, 14, 12, tzinfo=UTC),
            False,
            id="the page's day, at noon",
        ),
        pytest.param(entry(published=None), day(0), SEEN, False, id="today at noon is not later than now"),
        pytest.param(entry(published=None), day(1), SEEN, True, id="a page's future is not believed"),
        pytest.param(entry(published=None), day(-90), SEEN, True, id="nor is its distant past"),
        pytest.param(
            entry(published=None), BLOCKED, SEEN, True, id="no date: when we first saw it, as a guess"
        ),
    ],
)
def test_the_date(found, page, published, is_guess):
    made = article_of(found, FEED, page, SEEN)
    assert (made.published, made.published_is_guess) == (published, is_guess)
    assert made.first_seen == SEEN


NEWSQUEST = Publisher(name="newsquest", same_article=r"/news/(\d{6,})\.")


@pytest.mark.parametrize(
    "one, two, same_id, same_key",
    [
        pytest.param(
            "https://www.courier.example/news/19374532.a-story/?ref=rss",
            "https://courier.example/news/19374532.a-story/",
            True,
            True,
            id="one address in two spellings",
        ),
        pytest.param(
            "https://courier.example/news/19374532.a-story/",
            "https://gazette.example/news/19374532.another-headline/",
            False,
            True,
            id="one number under two titles: both stay, known for one",
        ),
        pytest.param(
            "https://courier.example/news/19374532.a-story/",
            "https://courier.example/news/19374533.b-story/",
            False,
            False,
            id="two articles",
        ),
    ],
)
def test_identity(one, two, same_id, same_key):
    feed = Feed(name="Thames Courier", url="https://courier.example/rss", publisher=NEWSQUEST)
    first, second = (article_of(entry(url=url), feed, PAGE, SEEN) for url in (one, two))
    assert (first.id == second.id) is same_id
    assert (first.shared_key == second.shared_key) is same_key
    assert first.id == id_of(entry(url=one))
    assert first.url == one  # printed and followed as given


def test_an_outlet_without_shared_numbers_has_no_shared_key():
    assert article_of(entry(), FEED, PAGE, SEEN).shared_key is None


@pytest.mark.parametrize(
    "feed_url, outlet",
    [
        ("https://news.google.com/rss/search?q=police", "Kennet Gazette"),
        ("https://courier.example/rss", "Thames Courier"),
    ],
    ids=["an aggregator's entries name their outlet", "an outlet's own feed speaks for itself"],
)
def test_the_outlet(feed_url, outlet):
    feed = Feed(name="Thames Courier", url=feed_url)
    assert article_of(entry(source="Kennet Gazette"), feed, PAGE, SEEN).outlet == outlet


@pytest.mark.parametrize(
    "named, page, outlet, title",
    [
        pytest.param("Kennet Gazette", PAGE, "Kennet Gazette", "Panel meets", id="the aggregator names it"),
        pytest.param(
            None,
            replace(PAGE, outlet="The Gazette"),
            "The Gazette",
            "Panel meets - Kennet Gazette",
            id="its page",
        ),
        pytest.param(
            None, BLOCKED, "Kennet Gazette", "Panel meets", id="the headline's end, which its host confirms"
        ),
        pytest.param(None, None, "Kennet Gazette", "Panel meets", id="likewise where no page is fetched"),
    ],
)
def test_what_an_aggregator_passes_on_is_its_outlet_s(named, page, outlet, title):
    feed = Feed(name="Alert", url="https://www.search.example/alerts/1")
    given = entry(
        url="https://www.gazette.example/1",
        title="Panel meets - Kennet Gazette",
        source=named,
        is_passed_on=True,
    )
    made = article_of(given, feed, page, SEEN)
    assert (made.outlet, made.title) == (outlet, title)


@pytest.mark.parametrize(
    "title, url, outlet",
    [
        ("Panel meets - Kennet Gazette", "https://kennet-gazette.example/1", "Kennet Gazette"),
        ("Panel meets - The Kennet Gazette", "https://www.kennetgazette.co.uk/1", "The Kennet Gazette"),
        ("Desk to close - latest", "https://www.gazette.example/1", "gazette.example"),
        ("Desk to close", "https://www.gazette.example/1", "gazette.example"),
        ("Desk to close - ", "https://www.gazette.example/1", "gazette.example"),
        ("Co-op bid - the", "https://the.example/1", "the.example"),
    ],
)
def test_the_end_of_a_headline_that_an_aggregator_passes_on(title, url, outlet):
    feed = Feed(name="Alert", url="https://www.search.example/alerts/1")
    assert article_of(entry(url=url, title=title, is_passed_on=True), feed, None, SEEN).outlet == outlet
