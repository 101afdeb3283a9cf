"""Pages that name their feeds."""

import pytest
from feedtext import URL

from monitor.reading.feeds.links import feed_links


@pytest.mark.parametrize(
    "head, links",
    [
        pytest.param("", (), id="none"),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="RSS",
        ),
        pytest.param(
            "<LINK REL='Alternate home' TYPE='application/atom+xml' HREF='https://a.org/f' />",
            ("https://a.org/f",),
            id="Atom",
        ),
        pytest.param(
            "<link rel=alternate type=application/feed+json href=feed.json>",
            ("https://www.example.org/news/rss/feed.json",),
            id="JSON",
        ),
        pytest.param(
            '<link rel="alternate" type="text/html" hreflang="cy" href="/cy">', (), id="another language"
        ),
        pytest.param(
            '<link rel="stylesheet" type="application/rss+xml" href="/rss">', (), id="not alternate"
        ),
        pytest.param('<link rel="alternate" type="application/rss+xml">', (), id="no address"),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/rss">' * 2,
            ("https://www.example.org/rss",),
            id="twice",
        ),
    ],
)
def test_feed_links(head, links):
    assert feed_links(f"<!doctype html><html><head>{head}</head></html>".encode(), URL) == links
