"""What the four YAML files say, as frozen values. `config` reads and judges the files; everyone else sees these."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

# ── feeds.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    user_agent: str
    allow_private_addresses: bool = False  # True only for tests and the demo
    proxy: str | None = None
    ca_bundle: str | None = None
    workers: int = 10  # addresses fetched side by side
    spacing: timedelta = timedelta(seconds=1)  # between two requests to one host


class ArticleFrom(StrEnum):
    PAGE = "page"
    FEED = "feed"  # never fetch this outlet's pages


class Excerpt(StrEnum):
    """How much of an outlet's text the report may print, by what its licence allows."""

    LEAD = "lead"
    NONE = "none"
    FULL = "full"


class FeedKind(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A group that prints one article under several titles."""

    name: str
    same_article: str  # a regular expression with one group: the number that the titles share


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    name: str  # the outlet's name, as printed in the report
    url: str
    publisher: Publisher | None = None
    area: str | None = None  # for people; places.yaml decides what is where
    kind: FeedKind = FeedKind.FEED
    every: timedelta = timedelta(minutes=30)
    article: ArticleFrom = ArticleFrom.PAGE
    excerpt: Excerpt = Excerpt.LEAD
    paused: str | None = None  # the reason; None while it is on
    verified: bool = True  # False: the address follows a publisher's pattern and was never seen to answer


# ── panel.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptLength:
    """Bounds of a lead excerpt, in whole paragraphs."""

    least: int = 3
    most: int = 6
    words: int = 250  # past `least` paragraphs, no paragraph is begun beyond this many words


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyTime:
    """When the weekly draft is made, in Europe/London."""

    weekday: int  # 0 Monday to 6 Sunday
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    panel: str
    force: str
    report_to: str  # the report's first line
    title: str
    author: str
    excerpt: ExcerptLength = ExcerptLength()
    meetings: tuple[date, ...] = ()  # sorted
    papers_days: int = 8  # papers go out so many days before a meeting; later stories are for the next one
    weekly: WeeklyTime = WeeklyTime(weekday=0, at=time(7, 0))
    folder: str = "drafts"  # where drafts go, below the data folder


# ── topics.yaml and places.yaml: see `judging/` for what each value does ────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """topics.yaml. Shaped by `judging/classify.py`."""

    digest: str = ""  # SHA-256 (hex) of topics.yaml and places.yaml as they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """places.yaml. Shaped by `judging/places.py`."""


# ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    network: Network
    feeds: tuple[Feed, ...]
    rules: Rules
    gazetteer: Gazetteer
    panel: Panel
    publishers: tuple[Publisher, ...] = field(default=())
