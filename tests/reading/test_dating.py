"""Whose word is taken for an article's day, where feed, address and page disagree."""

from datetime import UTC, date, datetime

import pytest

from monitor.model import Article, Entry, NoArticle, Page
from monitor.reading.pages.dating import dated, dated_again

SEEN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
MARCH = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
OLD = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)  # noon, where only the day is known
LONG_AGO, RECENT = date(2024, 3, 1), date(2026, 11, 26)
RECENTLY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PLAIN = "https://a.example/news/police-desk"
DATED = "https://a.example/2024/03/01/police-desk"
OF_MONTH = "https://a.example/2024/03/police-desk"
NEW_ADDRESS = "https://a.example/2026/11/26/police-desk"
GUESS = (SEEN, True)


@pytest.mark.parametrize(
    "feed, own, found, url, expected",
    [
        # old
        pytest.param(MARCH, None, None, PLAIN, (MARCH, False), id="the feed alone"),
        pytest.param(MARCH, LONG_AGO, LONG_AGO, PLAIN, (MARCH, False), id="both"),
        pytest.param(None, LONG_AGO, LONG_AGO, PLAIN, (OLD, False), id="the page alone"),
        pytest.param(FRIDAY, LONG_AGO, LONG_AGO, PLAIN, (OLD, False), id="a feed re-dated after a move"),
        pytest.param(FRIDAY, None, None, DATED, (OLD, False), id="a re-dated feed, the address says it"),
        pytest.param(None, None, None, DATED, (OLD, False), id="the address alone"),
        pytest.param(
            None, None, None, OF_MONTH, (datetime(2024, 3, 31, 11, tzinfo=UTC), False), id="its month alone"
        ),
        pytest.param(
            MARCH, None, RECENT, PLAIN, (MARCH, False), id="a recent day found somewhere on its page"
        ),
        # new
        pytest.param(FRIDAY, None, None, PLAIN, (FRIDAY, False), id="the feed's time"),
        pytest.param(
            FRIDAY, RECENT, RECENT, PLAIN, (FRIDAY, False), id="the feed's time before the page's day"
        ),
        pytest.param(
            MARCH, RECENT, RECENT, PLAIN, (RECENTLY, False), id="the page is recent, the feed is not"
        ),
        pytest.param(FRIDAY, LONG_AGO, LONG_AGO, NEW_ADDRESS, (FRIDAY, False), id="the address is recent"),
        pytest.param(MARCH, None, None, NEW_ADDRESS, (RECENTLY, False), id="the address alone is recent"),
        pytest.param(
            FRIDAY, date(2025, 11, 27), None, PLAIN, (FRIDAY, False), id="a slip of a year on the page"
        ),
        pytest.param(FRIDAY, RECENT, RECENT, DATED, (FRIDAY, False), id="an old address, but both say new"),
        pytest.param(
            FRIDAY, None, None, OF_MONTH, (FRIDAY, False), id="a month is too little against the feed"
        ),
        pytest.param(
            FRIDAY, None, LONG_AGO, PLAIN, (FRIDAY, False), id="an old day found somewhere on its page"
        ),
        pytest.param(None, None, LONG_AGO, PLAIN, GUESS, id="that alone is no proof either"),
        pytest.param(None, None, RECENT, PLAIN, (RECENTLY, False), id="a recent day found there will do"),
        pytest.param(None, None, None, PLAIN, GUESS, id="nobody says"),
        pytest.param(datetime(2026, 11, 29, 8, tzinfo=UTC), None, None, PLAIN, GUESS, id="still to come"),
    ],
)
def test_whose_word_is_taken(feed, own, found, url, expected):
    entry = Entry(id="1", url=url, title="Police desk to close", summary="", published=feed)
    page = Page(title="", paragraphs=("x",), published=found, own_day=own)
    when = dated(entry, page, SEEN)
    assert (when.published, when.is_guess) == expected


@pytest.mark.parametrize(
    "days, is_old",
    [(59, False), (60, False), (61, True), (1_000, True)],
)
def test_from_when_it_is_old(days, is_old):
    own = date.fromordinal(SEEN.date().toordinal() - days)
    page = Page(title="", paragraphs=("x",), published=own, own_day=own)
    when = dated(Entry(id="1", url=PLAIN, title="", summary=""), page, SEEN)
    article = made(when.published, when.is_guess)
    assert (article.is_old, when.published.date(), when.is_guess) == (is_old, own, False)


def made(published: datetime, is_guess: bool) -> Article:
    return Article(
        id="1",
        url=PLAIN,
        outlet="A",
        feed=PLAIN,
        title="",
        paragraphs=(),
        published=published,
        published_is_guess=is_guess,
        first_seen=SEEN,
    )


@pytest.mark.parametrize("page", [None, NoArticle(reason="404 Not Found")])
def test_without_a_page_the_feed_says_it(page):
    assert (
        dated(Entry(id="1", url=PLAIN, title="", summary="", published=MARCH), page, SEEN).published == MARCH
    )


@pytest.mark.parametrize(
    "stored, expected",
    [
        pytest.param(made(SEEN, True), (OLD, False), id="a guess gives way"),
        pytest.param(made(FRIDAY, False), (OLD, False), id="a re-dated feed does too"),
        pytest.param(made(MARCH, False), (MARCH, False), id="the same day: the feed's time"),
    ],
)
def test_a_page_that_comes_later_dates_its_article(stored, expected):
    when = dated_again(stored, Page(title="", paragraphs=("x",), published=LONG_AGO, own_day=LONG_AGO))
    assert (when.published, when.is_guess) == expected
