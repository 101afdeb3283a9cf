"""Values of reading: from an address to an article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

OLD = timedelta(days=60)
"""How long before it was first seen an article's own day may lie; what says that it is older is no news."""


class Wanted(StrEnum):
    """What an address is fetched for; it sets the size cap and whether robots.txt is asked."""

    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    url: str
    wanted: Wanted
    etag: str | None = None  # as the server sent it; sent back as If-None-Match
    last_modified: str | None = None  # likewise, as If-Modified-Since
    barred: frozenset[str] = frozenset()  # hosts that want to be left alone: no redirect is followed there


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole answer with status 200 (or 203)."""

    url: str  # as asked
    final_url: str  # after redirects
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # where every redirect on the way was permanent (301, 308): the new address
    crawl_delay: timedelta | None = (
        None  # between two requests, as robots.txt asks; None where it was not read
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Status 304: what we have is what there is."""

    url: str
    crawl_delay: timedelta | None = None


class FailureKind(StrEnum):
    """How heavily a failure weighs on a feed; see `reading/schedule/polling.py` for the weights."""

    TEMPORARY = "temporary"  # name look-up, time-out, connection reset: the network's fault, likely brief
    SOFT = "soft"  # 404, 429, 5xx: feeds come back from these
    HARD = "hard"  # refused for good (401, 403, 410), too large, not allowed, not a feed


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    url: str
    kind: FailureKind
    reason: str  # for a person: "404 Not Found", "no answer within 20 s", "robots.txt does not allow it"
    status: int | None = None
    retry_after: timedelta | None = None  # asked for by the server; counted from the moment of the answer
    crawl_delay: timedelta | None = None
    answered_by: str | None = (
        None  # the address that refused, where another was asked: a redirect, a robots.txt
    )
    was_asked: bool = (
        True  # False: nothing was sent, or nothing that was waited for; `reading/fetch/hosts.py` says why
    )
    timed_out: bool = False  # the host let our time run out


FetchResult = Fetched | NotModified | FetchFailed

Fetch = Callable[[FetchRequest], FetchResult]
"""The one seam to the network. Never raises for what a server or a network does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as text: markup is gone, whitespace is single."""

    id: str  # the guid; the link where there is none, or where the feed gives one guid to several stories
    url: str  # absolute http(s) address, as given; of a redirector's, the one it carries
    title: str
    summary: str  # one line; "" where the feed gives none
    paragraphs: tuple[
        str, ...
    ] = ()  # the feed's own text of the story, where it gives one (content or summary)
    published: datetime | None = None  # None: not given, or not believable (see `reading/feeds/parse.py`)
    source: str | None = None  # the outlet that an aggregator names
    is_passed_on: bool = False  # by an aggregator: its link led through the aggregator's site to another
    # What tells it from the others of its feed that link the same page; "" where that page is its own.
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    title: str
    entries: tuple[Entry, ...]
    left_out: str | None = None  # what a limit of ours leaves unread, for a person; None where nothing is


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    reason: str  # for a person: "an HTML page, not a feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What extraction found on a page."""

    title: str
    paragraphs: tuple[str, ...]  # lead first; never empty
    published: date | None = None  # a day only; the feed's time is better where there is one
    own_day: date | None = None  # the day that it gives as its article's own; see `reading/pages/days.py`
    outlet: str | None = None  # the site's own name for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class NoArticle:
    """Why there is none; and of one that is for subscribers, what the page shows to everybody."""

    reason: str  # for a person: "a cookie notice, not an article"
    title: str = ""
    beginning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls. Identity is the address in feeds.yaml."""

    url: str
    etag: str | None = None  # validators are kept only after a good parse
    last_modified: str | None = None
    body_digest: str | None = None  # SHA-256 (hex) of the last body that parsed
    next_poll: datetime | None = None  # None: never polled, so due
    last_poll: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None  # when an entry was last seen that was new to us
    last_full: datetime | None = None  # when a whole body, known or new, was last had
    failures: float = 0.0  # weighed sum of failures since the last success
    last_failure: str | None = None  # for a person; None once it works again
    moved_to: str | None = None  # where permanent redirects led at the last good parse; it is asked for there
    gone_since: datetime | None = None  # the first 410 since it last answered; None where there was none
    left_out: str | None = None  # what a limit of ours left unread when it was last read, for a person
    left: str | None = None  # why the last poll left it for the next, for a person; None where it was asked
    left_since: datetime | None = None  # when it was first left since it was last asked


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWait:
    """A host that asked to be left alone (429), for every feed and page of it."""

    host: str  # with its port, as in the address: "www.example.org", "example.org:8080"
    until: datetime


class PollResult(StrEnum):
    NEW = "new"  # read, and there was something new
    UNCHANGED = "unchanged"  # read, or told there is nothing new
    FAILED = "failed"
    LEFT = "left"  # not asked, or not waited for, by a poll that it would have held up: the next asks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSum:
    """The polls of a while that ended alike."""

    result: PollResult
    polls: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """What one poll of one feed came to. Stored for every poll."""

    feed: str  # the feed's address
    at: datetime
    result: PollResult
    entries: int = 0  # in the feed as read; 0 where it was not read
    new: int = 0  # articles stored
    old: int = 0  # of these, how many say that they are old; told, not stored
    waiting: int = 0  # of these, those whose page waits for a later poll; told, not stored
    reason: str | None = None  # set where FAILED or LEFT
    failure: FailureKind | None = None  # how it weighs, where nothing was fetched; told, not stored


class TextFrom(StrEnum):
    PAGE = "page"
    SUMMARY = "summary"  # the page gave no (whole) article, so the feed's own words stand; `Article.text_reason` says why
    FEED = "feed"  # the outlet's pages are never fetched (`article: feed`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry whose page was fetched and extracted. A fact: never changed, only erased.

    One exception: where the page was not to be had for a while, its text replaces the feed's summary, once.
    """

    id: str  # `reading.urls.article_id`: stable, made from the normalised address
    url: str  # the address to print and follow
    outlet: str  # the outlet's name, as printed in the report
    feed: str  # the address of the feed it came by
    title: str
    paragraphs: tuple[str, ...]  # lead first; may be empty where feed and page gave nothing
    published: datetime  # the first-seen time where `published_is_guess`
    published_is_guess: bool = False
    first_seen: datetime
    text_from: TextFrom = TextFrom.PAGE
    text_reason: str | None = None  # why the text is not the page's
    shared_key: str | None = (
        None  # the publisher's own number, where its titles share one: same key, same article
    )
    page_title: str | None = None  # the page's own headline, against which a later one is compared

    @property
    def is_old(self) -> bool:
        """Whether it says that it is of long before it was first seen; see `reading/pages/dating.py`."""
        return not self.published_is_guess and self.published < self.first_seen - OLD

    @property
    def text(self) -> str:
        """The paragraphs, parted by blank lines. Evidence spans count characters in this text."""
        return "\n\n".join(self.paragraphs)

    def seen(self, moment: datetime) -> "Article":
        """The same, first seen at another moment."""
        is_by_sight = self.published_is_guess and self.published == self.first_seen
        return replace(self, first_seen=moment, published=moment if is_by_sight else self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """As much of a stored article as tells whether an entry is it."""

    id: str
    url: str
    title: str
    text: str  # its beginning
    text_from: TextFrom
    feed: str = ""  # by which it came


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticles:
    """The stored articles that a feed's entries may be."""

    by_name: Mapping[str, KnownArticle]  # by the entries' own ids, in this feed
    by_id: Mapping[str, KnownArticle]
    by_link: Mapping[str, tuple[KnownArticle, ...]]  # newest first
    named: frozenset[str]  # ids of articles that this feed knows by an entry's own id
    listed: frozenset[str] = frozenset()  # of those that came by another and are known to be listed here too


def listed(article: str) -> str:
    """The name of an entry without an own id, whose article came by another feed: that this feed lists it too."""
    return f"={article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryName:
    """By which of its own ids a feed's entry is known for an article."""

    feed: str
    entry: str  # `reading.recognise.own_id`; `listed`, where it has none and the article came by another feed
    article: str  # its id


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRetry:
    """A page to ask for again; until it comes, the feed's summary stands for it."""

    article: str  # its id
    url: str
    feed: str  # the address of the feed it came by
    tries: int  # made so far; what was not asked for is none
    next_try: datetime
    until: datetime  # from then on the summary stays


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCheck:
    """The last time that a quoted article's page was asked for again."""

    article: str  # its id
    at: datetime
    unread: str | None = None  # why nothing can be told of it, for a person; None: it was read again


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a page had become when it was read again. A fact, kept beside the article as it was first read."""

    article: str  # its id
    at: datetime
    what: str  # for a person: "its headline is now “…”"; "" where the page is again as it was first read
    title: str | None = None  # the page's headline then; None where there was no article
    paragraphs: tuple[str, ...] = ()
