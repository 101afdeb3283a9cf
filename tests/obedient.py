"""What a worker does in tests: what the page says. A module of its own, because workers import it."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from monitor.model import Page

if TYPE_CHECKING:  # a worker of ours has loaded nothing else: that is half of the time it takes to begin
    from datetime import datetime

    from monitor.model import Fetched, NoArticle
    from monitor.reading.pages.borders.sought import Sought
    from monitor.settings import FeedKind

OBEY = "obedient:obey"


def obey(
    body: bytes, url: str, seen: datetime, sought: Sought, content_type: str | None = None
) -> Page | NoArticle:
    match body.decode().split():
        case ["hang"]:
            time.sleep(60)
        case ["wait"]:
            time.sleep(0.15)
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["fail"]:
            raise ValueError("a bug in a parser")
        case ["swell"]:
            return Page(title=str(len(bytearray(2_000_000_000))), paragraphs=("x",))
        case ["print"]:
            print("a library that prints")
        case ["sink"]:
            # With each argument: 3.13.0 counts no calls that leave one to its default, and sinks until memory ends.
            return obey(body, url, seen, sought, content_type)
    return Page(title=f"{body.decode()} {os.getpid()}", paragraphs=(seen.isoformat(),))


def hang_on_harm(kind: FeedKind, answer: Fetched, seen: datetime) -> object:
    if answer.body == b"harm":
        time.sleep(60)
    from monitor.reading.feeds.kinds import entries_of

    return entries_of(kind, answer, seen)


def look(answer: Fetched, seen: datetime) -> object:
    if answer.body == b"harm":
        time.sleep(60)
    from monitor.model import ParsedFeed
    from monitor.reading.single import Looked

    return Looked(ParsedFeed(title=answer.body.decode(), entries=()))


def links(body: bytes, base: str, content_type: str | None = None) -> tuple[str, ...]:
    if body == b"harm":
        time.sleep(60)
    from monitor.reading.feeds.links import feed_links

    return feed_links(body, base, content_type)
