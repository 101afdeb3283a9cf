"""A feed and a sitemap bring old articles as new: read, kept, counted, and in no draft."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import NOW
from papers import EVERYTHING, PRECEPT, draft, poll
from web import Web, html_page, rss

from monitor.reporting.edition.basis import basis_lines
from monitor.settings import Feed, FeedKind

pytestmark = pytest.mark.on_both

URL = "https://courier.example/news/police-precept-to-rise-by-14"
HEADLINE = "Police precept to rise by £14"
MARCH = datetime(2024, 3, 1, 9, tzinfo=UTC)
PAGE = html_page(HEADLINE, *PRECEPT)
DATED = PAGE.replace(
    b"</title>", b"</title><meta property='article:published_time' content='2024-03-01T09:00:00Z'>"
)
FEED = Feed(name="Thames Courier", url="https://courier.example/rss")
SITEMAP = replace(FEED, kind=FeedKind.SITEMAP)
TODAY = rss((URL, HEADLINE, NOW))
LASTMOD = f"<urlset><url><loc>{URL}</loc><lastmod>{NOW.isoformat()}</lastmod></url></urlset>".encode()


@pytest.mark.parametrize(
    "feed, body, page, old",
    [
        pytest.param(FEED, rss((URL, HEADLINE, MARCH)), DATED, 1, id="feed and page say it"),
        pytest.param(FEED, rss((URL, HEADLINE, MARCH)), PAGE, 1, id="the feed alone"),
        pytest.param(FEED, TODAY, DATED, 1, id="the page alone, in a feed that was dated anew"),
        pytest.param(SITEMAP, LASTMOD, DATED, 1, id="the page alone, changed today"),
        pytest.param(FEED, TODAY, PAGE, 0, id="nobody says it"),
    ],
)
def test_it_is_left_out_with_its_day(store, config, tmp_path, feed, body, page, old):
    config = replace(config, feeds=(feed,))
    poll(store, Web({feed.url: body, URL: page}), config)
    drafted = draft(store, config, tmp_path, formats=("json",)).edition
    assert (len(drafted.items), drafted.basis.old) == (1 - old, old)
    assert ("(Thames Courier, 1 March 2024)" in " ".join(basis_lines(drafted))) == bool(old)
    assert not any("seen" in line and HEADLINE in line for line in basis_lines(drafted))
    assert EVERYTHING.holds(store.articles.get(URL).first_seen)
