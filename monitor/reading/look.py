"""What a body is, looked at in a worker process (`single.py`): a feed, an article, or neither."""

from datetime import datetime

from monitor.model import Fetched, NoArticle, ParsedFeed
from monitor.reading.feeds.links import feed_links
from monitor.reading.feeds.parse import parse
from monitor.reading.pages.borders.sought import Sought
from monitor.reading.pages.extract import extract
from monitor.reading.single import Looked


def load() -> bool:
    """Nothing, but that all this was imported."""
    return True


def look(answer: Fetched, seen: datetime) -> Looked:
    feed = parse(answer.body, answer.content_type, answer.final_url, seen)
    if isinstance(feed, ParsedFeed):
        return Looked(feed)
    page = extract(answer.body, answer.final_url, seen, Sought(url=answer.url), answer.content_type)
    if isinstance(page, NoArticle):
        return Looked(feed, page, feed_links(answer.body, answer.final_url, answer.content_type))
    return Looked(feed, page)
