"""What the tests of parsing share: feeds written small, and read as if they had just come."""

from datetime import UTC, datetime

from monitor.model import Entry
from monitor.reading.feeds.parse import parse

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://www.example.org/news/rss/"


def read(body: bytes | str, content_type: str | None = "application/rss+xml", seen: datetime = SEEN):
    return parse(body.encode() if isinstance(body, str) else body, content_type, URL, seen)


def rss(*items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>'
    )


def item(**parts: str) -> str:
    given = {"title": "T", "link": "https://example.org/1"} | parts
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in given.items() if text) + "</item>"


def only(body: bytes | str, **named) -> Entry:
    (entry,) = read(body, **named).entries
    return entry
