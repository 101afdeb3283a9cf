"""JSON Feed (jsonfeed.org, versions 1 and 1.1), which feedparser does not read."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from monitor.model import ParseFailed
from monitor.reading.feeds.newest import chosen, moment
from monitor.reading.feeds.plain_rss import Found


def read_json(
    body: bytes, most: int, latest: datetime
) -> tuple[str, tuple[Found, ...], str | None] | ParseFailed:
    """The title and entries of a feed, and what is said of those beyond the most; dates after `latest` are not believed."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):  # RecursionError: nested a few thousand deep
        return ParseFailed(reason="broken JSON")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in _text(document.get("version")):
        return ParseFailed(reason="JSON, but not a JSON Feed")
    items = [item for item in items if isinstance(item, dict)]
    kept, left_out = chosen([moment(_date(item)) for item in items], most, latest)
    return _text(document.get("title")), tuple(_found(items[at] for at in kept)), left_out


def _found(items: Iterable[dict[str, Any]]) -> Iterator[Found]:
    for item in items:
        yield Found(
            id=str(item.get("id") or ""),  # version 1 allowed numbers
            link=_text(item.get("url")) or _text(item.get("external_url")),
            title=_text(item.get("title")),
            summary=_text(item.get("summary")),
            content=_text(item.get("content_html")) or _text(item.get("content_text")),
            date=moment(_date(item)),
        )


def _date(item: dict[str, Any]) -> str:
    return _text(item.get("date_published")) or _text(item.get("date_modified"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
