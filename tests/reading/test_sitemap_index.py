"""Which sitemaps of an index are read."""

from datetime import UTC, datetime

import pytest
from feedtext import SEEN

from monitor.reading.feeds.sitemap_index import Named, best_parts, kind_of

HOST = "https://w.example/"


def best(*names: str) -> tuple[list[str], str | None]:
    """The parts chosen of an index; a name may be followed by its day."""
    named = []
    for name in names:
        address, _, day = name.partition(" ")
        named.append(Named(HOST + address, datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None))
    parts, left_out = best_parts(named, SEEN)
    return [part.removeprefix(HOST) for part in parts], left_out


@pytest.mark.parametrize(
    "address, kind",
    [
        # WordPress itself
        ("wp-sitemap-posts-post-1.xml", "articles"),
        ("wp-sitemap-posts-news-12.xml", "news"),
        ("wp-sitemap-posts-page-1.xml", "pages"),
        ("wp-sitemap-posts-event-1.xml", "others"),
        ("wp-sitemap-posts-tribe_events-1.xml", "others"),
        ("wp-sitemap-taxonomies-category-1.xml", "others"),
        ("wp-sitemap-taxonomies-post_tag-1.xml", "others"),
        ("wp-sitemap-users-1.xml", "others"),
        # Yoast, Rank Math, All in One SEO, SEOPress
        ("post-sitemap.xml", "articles"),
        ("post-sitemap12.xml", "articles"),
        ("page-sitemap.xml", "pages"),
        ("category-sitemap.xml", "others"),
        ("post_tag-sitemap3.xml", "others"),
        ("author-sitemap.xml", "others"),
        ("news-sitemap.xml", "news"),
        ("sitemap-news.xml", "news"),
        ("local-sitemap.xml", "others"),
        ("local-news-sitemap.xml", "news"),
        ("attachment-sitemap1.xml", "others"),
        # Google XML Sitemaps, Ghost, Jetpack, WordPress VIP
        ("sitemap-pt-post-2026-11.xml", "articles"),
        ("sitemap-tax-category.xml", "others"),
        ("sitemap-archives.xml", "others"),
        ("sitemap-posts.xml", "articles"),
        ("sitemap-authors.xml", "others"),
        ("sitemap-pages.xml", "pages"),
        ("sitemap-1.xml", ""),
        ("image-sitemap-1.xml", "others"),
        ("sitemap.xml?yyyy=2026&mm=11&dd=15", ""),
        # others
        ("sitemaps/news.xml.gz", "news"),
        ("sitemaps/articles/2026/nov.xml", "articles"),
        ("sitemap.xml?page=2", ""),
        ("sitemap.php?type=news", "news"),
        ("news/sitemap-tags.xml", "others"),
        ("articles-page-2.xml", "articles"),
        ("video-news-sitemap.xml", "others"),
        ("https-sitemap-uk-news-1.xml", "news"),
        ("https-sitemap-uk-archive-12.xml", "others"),
        ("map_news.xml", "news"),
        ("sitemap-posttype-post.2026.xml", "articles"),
        ("sitemap-posttype-page.2026.xml", "pages"),
        ("blog-posts-sitemap.xml", "articles"),
        ("blog-categories-sitemap.xml", "others"),
        ("post_format-sitemap.xml", "others"),
        ("sitemap_blogs_1.xml", "articles"),
        ("", ""),
    ],
)
def test_what_a_sitemap_holds(address, kind):
    assert kind_of(HOST + address) == kind


@pytest.mark.parametrize(
    "names, parts, left_out",
    [
        pytest.param(
            [f"wp-sitemap-posts-{kind}-1.xml" for kind in ("post", "page", "event")]
            + [
                "wp-sitemap-posts-post-2.xml",
                "wp-sitemap-taxonomies-post_tag-1.xml",
                "wp-sitemap-users-1.xml",
            ],
            ["wp-sitemap-posts-post-2.xml", "wp-sitemap-posts-post-1.xml"],
            None,
            id="WordPress, without a date",
        ),
        pytest.param(
            [f"wp-sitemap-posts-post-{number}.xml" for number in range(1, 21)],
            ["wp-sitemap-posts-post-20.xml", "wp-sitemap-posts-post-1.xml", "wp-sitemap-posts-post-19.xml"],
            "3 of its 20 sitemaps are read",
            id="both ends, by number and not by letter",
        ),
        pytest.param(
            [f"post-sitemap{number}.xml 2026-11-16" for number in ("", *range(2, 12))],
            ["post-sitemap11.xml", "post-sitemap.xml", "post-sitemap10.xml"],
            "3 of its 11 sitemaps are read",
            id="one day for all says nothing",
        ),
        pytest.param(
            ["post-sitemap.xml 2019-01-01", "post-sitemap2.xml 2026-11-16", "page-sitemap.xml 2026-11-16"],
            ["post-sitemap2.xml", "post-sitemap.xml"],
            None,
            id="Yoast, the newest last",
        ),
        pytest.param(
            [
                "post-sitemap1.xml 2026-11-16",
                *(f"post-sitemap{number}.xml 20{24 - number}-01-01" for number in range(2, 9)),
            ],
            ["post-sitemap1.xml", "post-sitemap2.xml", "post-sitemap3.xml"],
            "3 of its 8 sitemaps are read",
            id="Rank Math, the newest first",
        ),
        pytest.param(
            [
                *(f"post-sitemap{number}.xml 2026-11-{number:02}" for number in range(10, 15)),
                "news-sitemap.xml",
            ],
            ["news-sitemap.xml", "post-sitemap14.xml", "post-sitemap13.xml"],
            "3 of its 6 sitemaps are read",
            id="news before articles",
        ),
        pytest.param(
            [f"sitemap-{year}-{month:02}.xml" for year in (2024, 2025, 2026) for month in range(1, 13)],
            ["sitemap-2026-11.xml", "sitemap-2026-10.xml", "sitemap-2026-09.xml"],
            "3 of its 36 sitemaps are read",
            id="by month, none of the months to come",
        ),
        pytest.param(
            [f"sitemap.xml?yyyy=2026&mm=11&dd={day:02}" for day in range(16, 9, -1)],
            [f"sitemap.xml?yyyy=2026&mm=11&dd={day}" for day in (16, 15, 14)],
            "3 of its 7 sitemaps are read",
            id="by day, in parameters",
        ),
        pytest.param(
            [f"sitemaps/articles/2026/{month}.xml" for month in ("jan", "february", "oct", "november")],
            [f"sitemaps/articles/2026/{month}.xml" for month in ("november", "oct", "february")],
            "3 of its 4 sitemaps are read",
            id="by the names of months",
        ),
        pytest.param(
            [
                "sitemap-20261115.xml.gz",
                "sitemap-20261116.xml.gz",
                "sitemap-20250101.xml.gz",
                "sitemap-20240101.xml.gz",
            ],
            ["sitemap-20261116.xml.gz", "sitemap-20261115.xml.gz", "sitemap-20250101.xml.gz"],
            "3 of its 4 sitemaps are read",
            id="by day, written together",
        ),
        pytest.param(
            [
                "sitemap_16-11-2026.xml",
                "sitemap_15-11-2026.xml",
                "sitemap_28-02-2026.xml",
                "sitemap_30-01-2025.xml",
            ],
            ["sitemap_16-11-2026.xml", "sitemap_15-11-2026.xml", "sitemap_28-02-2026.xml"],
            "3 of its 4 sitemaps are read",
            id="by day, the year last",
        ),
        pytest.param(
            ["sitemap-1.xml", "image-sitemap-1.xml", "video-sitemap-1.xml"],
            ["sitemap-1.xml"],
            None,
            id="no kind named",
        ),
        pytest.param(["pages.xml", "tags.xml"], ["pages.xml"], None, id="pages where there is nothing else"),
        pytest.param(["tags.xml", "users.xml"], [], None, id="never tags and users"),
        pytest.param(["post.xml", "post.xml"], ["post.xml"], None, id="named twice"),
        pytest.param([], [], None, id="nothing"),
    ],
)
def test_the_newest_articles_are_read(names, parts, left_out):
    assert best(*names) == (parts, left_out)
