"""What a body holds, read by the kind that feeds.yaml gives the feed: a feed, a sitemap, or a page of links."""

from datetime import datetime

from monitor.model import Fetched, ParsedFeed, ParseFailed
from monitor.reading.feeds.listing import parse_listing
from monitor.reading.feeds.parse import parse
from monitor.reading.feeds.sitemap import SitemapIndex, parse_sitemap
from monitor.settings import FeedKind


def entries_of(kind: FeedKind, answer: Fetched, seen: datetime) -> ParsedFeed | SitemapIndex | ParseFailed:
    """The entries of an answer, or the sitemaps that are to be fetched for them; `seen` is now."""
    match kind:
        case FeedKind.FEED:
            return parse(answer.body, answer.content_type, answer.final_url, seen)
        case FeedKind.SITEMAP:
            return parse_sitemap(answer.body, answer.final_url, seen)
        case FeedKind.LISTING:
            return parse_listing(answer.body, answer.content_type, answer.final_url)
