"""What an address looks like: an article's, or a page of the site's own furniture.

An article is one of thousands, so its address carries what tells it from the others: a number of four digits or more, a
date, or a slug of four words and more. A section, a tag, a form and a document are none, whatever they carry.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

SLUG_WORDS = 4
NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
NUMBERED_NAME = re.compile(r"id$|^(?:p|story|article|news|item|n)$", re.IGNORECASE)
DAY = re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$)")
SLUG = re.compile(r"[a-z0-9%]+(?:[-_][a-z0-9%’']+)*", re.IGNORECASE)

# Segments of a path below which no article stands.
FURNITURE = frozenset(
    (
        "tag",
        "tags",
        "topic",
        "topics",
        "category",
        "categories",
        "author",
        "authors",
        "profile",
        "page",
        "search",
    )
    + (
        "login",
        "log-in",
        "register",
        "account",
        "my-account",
        "subscribe",
        "subscriptions",
        "newsletter",
        "basket",
    )
    + (
        "about",
        "about-us",
        "contact",
        "contact-us",
        "privacy",
        "cookies",
        "terms",
        "advertise",
        "jobs",
        "events",
    )
    + ("share", "sharer", "print", "feed", "rss", "amp", "wp-content", "wp-json", "wp-admin")
)

DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|webp|svg|mp3|mp4|css|js|xml|ics)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What of an article's address an address has."""

    number: bool
    slug_words: int  # of its longest segment
    day: date | None  # the first of the month where only that is given

    @property
    def is_article(self) -> bool:
        return self.number or self.slug_words >= SLUG_WORDS or self.day is not None


NOTHING = Shape(number=False, slug_words=0, day=None)


def shape(url: str) -> Shape:
    """The shape of an address; an empty one for furniture, documents and what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return NOTHING
    segments = [segment for segment in parts.path.split("/") if segment]
    if any(segment.lower() in FURNITURE for segment in segments) or DOCUMENT.search(parts.path):
        return NOTHING
    day = _day(parts.path)
    rest = DAY.sub("/", parts.path) if day else parts.path
    numbered = any(
        NUMBERED_NAME.search(name) and value.isdecimal() for name, value in parse_qsl(parts.query)[:20]
    )
    return Shape(
        number=numbered or NUMBER.search(rest) is not None,
        slug_words=max((_words(segment) for segment in segments), default=0),
        day=day,
    )


def _day(path: str) -> date | None:
    found = DAY.search(path)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:  # a thirtieth of February
        return None


def _words(segment: str) -> int:
    """Words of a slug; figures are none, so that `news-2026-11-16` has one."""
    name = segment.rpartition(".")[0] or segment
    if SLUG.fullmatch(name) is None:
        return 0
    return sum(any(letter.isalpha() for letter in word) for word in re.split("[-_]", name))
