"""Pages that name their feeds."""

import pytest
from feedtext import URL

from monitor.reading.feeds.links import feed_links, is_of_comments


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
            '<base href="https://cms.example/x/"><link rel="alternate" type="application/rss+xml" href="feed.xml">',
            ("https://cms.example/x/feed.xml",),
            id="relative to a base",
        ),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="feed.xml"><base target="_top"><base href="/cms/">',
            ("https://www.example.org/cms/feed.xml",),
            id="relative to a base that comes later, and is relative",
        ),
        pytest.param(
            '<base href="ftp://no"><link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="a base that is none",
        ),
        pytest.param(
            '<link rel="ALTERNATE" type="Application/RSS+XML; charset=UTF-8" href=" /rss ">',
            ("https://www.example.org/rss",),
            id="capitals and an encoding",
        ),
        pytest.param(
            '<link rel="alternate" type="text/xml" title="RSS" href="/cms/feed.xml">',
            ("https://www.example.org/cms/feed.xml",),
            id="text/xml",
        ),
        pytest.param(
            '<link rel="alternate" type="text/xml" href="/sitemap.xml"><link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="text/xml beside a feed's type",
        ),
        pytest.param(
            '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/5">'
            '<link rel="alternate" type="text/xml+oembed" href="/oembed?url=x&format=xml">'
            '<link rel="alternate" type="application/json" href="/feed.json">',
            ("https://www.example.org/feed.json",),
            id="JSON of other kinds",
        ),
        pytest.param(
            '<link rel=feed type="application/atom+xml" href="/?feed=atom&#038;cat=7">',
            ("https://www.example.org/?feed=atom&cat=7",),
            id="rel=feed, and an entity",
        ),
        pytest.param(
            '<!-- <link rel="alternate" type="application/rss+xml" href="/no"> -->'
            '<script>var a = \'<link rel="alternate" type="application/rss+xml" href="/no">\'</script>'
            '<link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="in comments and scripts",
        ),
        pytest.param(
            f"<style>{'a' * 300_000}</style>"
            + '<link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://www.example.org/rss",),
            id="after much else",
        ),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">'
            '<link rel="alternate" type="application/rss+xml" href="/?feed=comments-rss2">'
            '<link rel="alternate" type="application/rss+xml" href="/2026/11/28/police-desk/feed/">'
            '<link rel="alternate" type="application/rss+xml" href="/feed/">',
            (
                "https://www.example.org/feed/",
                "https://www.example.org/comments/feed/",
                "https://www.example.org/?feed=comments-rss2",
                "https://www.example.org/2026/11/28/police-desk/feed/",
            ),
            id="feeds of comments come last",
        ),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/feed/">'
            '<link rel="alternate" type="application/rss+xml" href="/news/rss/feed/">',
            ("https://www.example.org/news/rss/feed/", "https://www.example.org/feed/"),
            id="the section's own feed comes first",
        ),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/rss">' * 2,
            ("https://www.example.org/rss",),
            id="twice",
        ),
    ],
)
def test_feed_links(head, links):
    assert feed_links(f"<!doctype html><html><head>{head}</head></html>".encode(), URL) == links


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://w.example/comments/feed/", True),
        ("https://w.example/comments/feed", True),
        ("https://w.example/?feed=comments-atom", True),
        ("https://b.example/feeds/comments/default", True),
        ("https://b.example/feeds/8123456789/comments/default?alt=rss", True),
        ("https://w.example/2026/11/28/desk-to-close/feed/", True),
        ("https://w.example/police-desk-to-close-soon/feed/", True),
        ("https://w.example/feed/", False),
        ("https://w.example/category/thames-valley-police-news/feed/", False),
        ("https://w.example/news/rss/", False),
        ("https://w.example/rss.xml", False),
        ("https://b.example/feeds/posts/default", False),
        ("https://w.example/?feed=rss2", False),
    ],
)
def test_feeds_of_comments_are_known_by_their_addresses(url, expected):
    assert is_of_comments(url) is expected
