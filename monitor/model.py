"""The values that flow from a feed to the officer's desk, in the order in which they flow.

All are frozen; sequences are tuples; every `datetime` is aware and in UTC. A value crosses a border between two
files as one of these types and never as a dict. What the YAML files say is in `settings.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# ── reading: from an address to an article ──────────────────────────────────────────────────────────────────────


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
    """A whole answer with status 200."""

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
    """How heavily a failure weighs on a feed; see `reading/polling.py` for the weights."""

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
    was_asked: bool = True  # False: nothing was sent, because the host wants to be left alone


FetchResult = Fetched | NotModified | FetchFailed

Fetch = Callable[[FetchRequest], FetchResult]
"""The one seam to the network. Never raises for what a server or a network does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as text: markup is gone, whitespace is single."""

    id: str  # the guid; the link where there is none
    url: str  # absolute http(s) address, as given
    title: str
    summary: str  # one line; "" where the feed gives none
    paragraphs: tuple[
        str, ...
    ] = ()  # the feed's own text of the story, where it gives one (content or summary)
    published: datetime | None = None  # None: not given, or not believable (see `reading/parse.py`)
    source: str | None = None  # the outlet that an aggregator names
    shares_link: bool = False  # its address is a page that others of its feed link too, and no article's own


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    reason: str  # for a person: "an HTML page, not a feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What extraction found on a page."""

    title: str
    paragraphs: tuple[str, ...]  # lead first; never empty
    published: date | None = None  # a day only; the feed's time is better where there is one
    outlet: str | None = None  # the site's own name for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class NoArticle:
    reason: str  # for a person: "a cookie notice, not an article"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWait:
    """A host that asked to be left alone (429), for every feed and page of it."""

    host: str  # with its port, as in the address: "www.example.org", "example.org:8080"
    until: datetime


class PollResult(StrEnum):
    NEW = "new"  # read, and there was something new
    UNCHANGED = "unchanged"  # read, or told there is nothing new
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """What one poll of one feed came to. Stored for every poll."""

    feed: str  # the feed's address
    at: datetime
    result: PollResult
    entries: int = 0  # in the feed as read; 0 where it was not read
    new: int = 0  # articles stored
    reason: str | None = None  # set where FAILED


class TextFrom(StrEnum):
    PAGE = "page"
    SUMMARY = (
        "summary"  # the page gave no article, so the feed's own words stand; `Article.text_reason` says why
    )
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
    def text(self) -> str:
        """The paragraphs, parted by blank lines. Evidence spans count characters in this text."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRetry:
    """A page to ask for again; until it comes, the feed's summary stands for it."""

    article: str  # its id
    url: str
    feed: str  # the address of the feed it came by
    tries: int  # made so far; none where its host wanted to be left alone
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


# ── judging: from articles to stories with verdicts ─────────────────────────────────────────────────────────────


class Area(StrEnum):
    THAMES_VALLEY = "thames-valley"
    NATIONAL = "national"
    ELSEWHERE = "elsewhere"


class Choice(StrEnum):
    """What a verdict comes to."""

    INCLUDE = "include"
    BORDERLINE = "borderline"
    EXCLUDE = "exclude"


class Field(StrEnum):
    """Where in an article a hit stands."""

    TITLE = "title"
    LEAD = "lead"  # the first paragraph
    BODY = "body"


class Evidence(NamedTuple):
    """One hit of one rule. A plain tuple: a long window has a hundred thousand of them."""

    rule: str  # "topic roads", "cue raise figures", "body force", "place reading"
    phrase: str  # as the YAML file has it
    field: Field
    start: int  # characters into the title (TITLE) or into `Article.text` (LEAD, BODY)
    end: int
    points: int  # what it added to or took from the score; 0 where it only helped to place the story


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    choice: Choice
    score: int
    area: Area
    topics: tuple[str, ...] = ()  # ids, most fitting first
    councils: tuple[str, ...] = ()  # ids of places.yaml, most hits first
    reason: str  # one plain sentence: why this choice
    evidence: tuple[Evidence, ...] = ()


class Kinship(StrEnum):
    COPY = "copy"  # near-identical text
    REPORT = "report"  # written separately, about the same event


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two articles stand in one story."""

    one: str  # article id, the smaller of the two
    two: str
    kinship: Kinship
    score: float  # 0 to 1
    reason: str  # for a person: "92 % of the shorter text stands in the longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event. Every article of a window is in exactly one story."""

    id: str  # the lead article's id
    articles: tuple[Article, ...]  # lead first, then by time and id; never empty
    links: tuple[Link, ...] = ()

    @property
    def lead(self) -> Article:
        return self.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStory:
    story: Story
    verdict: Verdict  # of the article that speaks most strongly for the story
    speaker: Article  # that article: it gives the item its heading and excerpt


# ── reporting: from stories to the officer's desk ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open span of first-seen times: since <= first_seen < until. `since` None: from the beginning."""

    since: datetime | None
    until: datetime

    def holds(self, moment: datetime) -> bool:
        return (self.since is None or self.since <= moment) and moment < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTrouble:
    outlet: str
    url: str
    what: str  # for a person: "404 Not Found since 3 November 2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChange:
    """An article that the report quotes, and what its page has become since it was read."""

    outlet: str
    title: str
    url: str
    what: str  # for a person: "its headline is now “…”"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHealth:
    """How the feeds did in a window; what a draft rests on besides its articles."""

    feeds: int = 0  # configured and on
    read: int = 0  # read at least once in the window
    failing: tuple[FeedTrouble, ...] = ()
    silent: tuple[FeedTrouble, ...] = ()
    paused: tuple[FeedTrouble, ...] = ()
    moved: tuple[FeedTrouble, ...] = ()  # read at a new address; feeds.yaml has the old one
    last_poll: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLink:
    outlet: str
    url: str
    published: date
    published_is_guess: bool  # then the day is the one on which we first saw it
    kinship: Kinship | None  # None for the article that the item quotes; else how this one relates to it
    article: str  # its id
    later: bool = False  # it came after the edition in which the item first stood
    text: str | None = None  # what the officer calls it; None: outlet and day


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of an edition: a story as the report prints it."""

    story: str  # the story's id
    heading: str  # "" where the officer took it out
    links: tuple[ItemLink, ...]
    excerpt: tuple[str, ...]  # whole paragraphs; empty where the outlet's licence or the page allows none
    area: Area
    topics: tuple[str, ...]
    councils: tuple[str, ...]
    score: int
    reason: str
    first_edition: int | None = None  # the earlier edition in which it first stood; None: it is new
    decided: int | None = None  # the edition whose document the officer edited it in; None: not yet
    note: tuple[str, ...] = ()  # those paragraphs of the excerpt that the officer wrote
    speaks: str = ""  # the sentence that speaks most strongly for it
    cautions: tuple[str, ...] = ()  # what to check before publishing, a sentence each

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(link.article for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A borderline story: not in the draft, but named in what goes with it."""

    title: str
    outlet: str
    url: str
    published: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A story that the officer struck from an earlier draft, and that is therefore not in this one."""

    heading: str
    edition: int  # the draft from which it was struck
    links: tuple[ItemLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What came after a story was reported: it is not news to the panel, but it may want to know."""

    heading: str  # as reported
    reported: date  # the day of that report
    links: tuple[ItemLink, ...]  # only what is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a draft rests on. The counts add up: stories = included + near + out + dropped + reported."""

    window: Window
    articles: int
    stories: int
    included: int
    near: int
    out: int
    health: ReadingHealth
    dropped: int = 0  # by the officer, from an earlier draft
    reported: int = 0  # stories of a report that was issued
    own: int = 0  # items of the officer's own that are no story of the window; not among `stories`
    changed: tuple[ArticleChange, ...] = ()
    unchecked: tuple[ArticleChange, ...] = ()  # could not be read again; `what` says why

    def __post_init__(self) -> None:
        if self.stories != self.included + self.near + self.out + self.dropped + self.reported:
            raise ValueError(f"counts do not add up: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    to: str  # "Report to the Thames Valley Police & Crime Panel"
    title: str  # "Topical Issues"
    author: str
    meeting: date | None  # None: the next meeting is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A draft report, complete before any document is made of it. Kept frozen."""

    number: int  # from 1, one more for each edition; 0 before it is kept
    made: datetime
    header: ReportHeader
    items: tuple[Item, ...]
    near_misses: tuple[NearMiss, ...]
    basis: Basis
    rules_digest: str  # SHA-256 (hex) of the rules that chose
    articles: tuple[str, ...] = field(default=())  # ids of every article in the window, sorted
    previous: int | None = None  # the draft before it towards the same report; None: it is the first
    dropped: tuple[Dropped, ...] = ()
    developments: tuple[Development, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """What the archive knows of an edition without reading it."""

    number: int
    made: datetime
    window: Window
    meeting: date | None
    items: int


class MessageState(StrEnum):
    """How a message stands. All but SENT and PARTLY_REFUSED are tried again; see `reporting/delivery.py`."""

    COMPOSED = "composed"  # nobody has it: never tried, or the way was closed
    SENT = "sent"  # the relay took it for every recipient, or it lies in the folder
    PARTLY_SENT = "partly sent"  # the relay took it for some, and refused others for the moment
    PARTLY_REFUSED = "partly refused"  # the relay took it for some, and refused others for good
    REFUSED = "refused"  # the relay said no: nobody has it
    UNSURE = "unsure"  # it was handed over and no answer came: somebody may have it


class Answer(StrEnum):
    """What a relay says of one recipient."""

    TAKEN = "taken"
    LATER = "later"  # not for the moment (4xx): a full or greylisting mailbox
    REFUSED = "refused"  # for good


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    address: str  # bare
    answer: Answer
    said: str = ""  # the relay's words, for a person; "" where it took the message


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An edition's e-mail, kept before it is sent."""

    id: str  # the Message-ID, angle brackets included; the same at every try
    edition: int
    composed: datetime
    content: bytes  # the whole message, RFC 5322; empty once it need not be sent again
    state: MessageState = MessageState.COMPOSED
    detail: str = ""  # for a person: why it stands so
    tried: datetime | None = None  # the last time
    doubts: int = 0  # how many tries ended without an answer
    receipts: tuple[Receipt, ...] = ()  # a recipient each, once somebody has it; empty while nobody does


# ── the officer's word ──────────────────────────────────────────────────────────────────────────────────────────


class Said(StrEnum):
    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"  # an item of the officer's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person said of one item by editing its document. It belongs to whatever story holds its articles."""

    said: Said
    edition: int  # the edition whose document was edited
    story: str  # the item's story; of an added item an id made of its heading and links
    drafted: str  # the heading as drafted; of an added item as written
    articles: tuple[str, ...] = ()  # ids of the item's links
    heading: str | None = None  # as rewritten, "" where it was taken out; None: as drafted
    excerpt: tuple[str, ...] | None = None  # every paragraph as left, in that order; None: as drafted
    note: tuple[str, ...] = ()  # those of `excerpt` that the officer wrote
    links: tuple[ItemLink, ...] = ()  # that the officer added
    without: tuple[str, ...] = ()  # ids of links that the officer took out
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One edited document, as it was understood. A fact: a later save of the same edition stands beside it."""

    edition: int
    learned: datetime
    digest: str  # SHA-256 (hex) of the file
    decisions: tuple[Decision, ...]  # in the order of the document, then what is dropped


# ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a job, with its outcome."""

    job: str  # "poll", "draft", "weekly report"
    started: datetime
    ended: datetime
    ok: bool
    summary: str  # the run's last line: its counts, or what went wrong
