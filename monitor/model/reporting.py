"""Values of reporting: from stories to the officer's desk."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from monitor.model.judging import Ground, Kinship


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
    last_poll: datetime | None = None  # when a feed was last asked
    last_read: datetime | None = None  # when a feed last answered


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
    area: str  # the id of the panel's area as it was then, "national" or "elsewhere"
    topics: tuple[str, ...]
    councils: tuple[str, ...]
    score: int
    reason: str
    first_edition: int | None = None  # the earlier edition in which it first stood; None: it is new
    decided: int | None = None  # the edition whose document the officer edited it in; None: not yet
    note: tuple[str, ...] = ()  # those paragraphs of the excerpt that the officer wrote
    speaks: str = ""  # the sentence that speaks most strongly for it
    cautions: tuple[str, ...] = ()  # what to check before publishing, a sentence each
    points: int = 0  # its priority: how much it matters to this panel, which is not how sure the verdict is
    why: tuple[Ground, ...] = ()  # the grounds of its priority, the weightiest first; they add up to `points`
    part: str = ""  # of the report in which it stands: "critical", "figures", …
    subject: str = ""  # its subject to a panel, where topics.yaml names one: "precept"
    outside: str = ""  # why it has no place in the report, for a person; "" where it has one
    taken: bool = False  # the officer took it in, and has not edited it since
    drafted: str | None = None  # its heading by itself, where the officer's is another; None: it is `heading`
    choice: str = ""  # what the rules by themselves say: "include", "borderline", "exclude"
    is_old: bool = False  # its articles say that it is no news
    good_news: str = ""  # the ground of its priority that makes it good news; "" where none does
    quoted: str = ""  # the article that it quotes
    copied: tuple[tuple[str, ...], ...] = ()  # pairs of its articles of which one copies the other
    speaker: str = ""  # the article that speaks for it, its length in characters, and its date
    length: int = 0
    said: datetime | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(link.article for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A story that is not in the draft, but named in what goes with it: a borderline one, or an old one."""

    title: str
    outlet: str
    url: str
    published: date
    reason: str
    story: str = ""  # the story's id
    articles: tuple[str, ...] = ()  # ids of its articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An item, and another item or a near miss, that may be one event: suggested, not joined."""

    story: str  # of the item
    heading: str  # the item's
    other: str  # the other's heading or title
    other_story: str | None  # None: the other is a near miss
    reason: str  # "both name amnesty, bins"


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
    """What a draft rests on. The counts add up: stories = included + near + out + old + dropped + reported +
    later."""

    window: Window
    articles: int
    stories: int
    included: int
    near: int
    out: int
    health: ReadingHealth
    old: int = 0  # not news: their articles say that they are of long before they were first seen
    dropped: int = 0  # by the officer, from an earlier draft
    reported: int = 0  # stories of a report that was issued
    later: int = 0  # put off by the officer to the next report
    further: int = 0  # of those included, how many stand in no report, but among the further stories
    own: int = 0  # items of the officer's own that are no story of the window; not among `stories`
    changed: tuple[ArticleChange, ...] = ()
    unchecked: tuple[ArticleChange, ...] = ()  # could not be read again; `what` says why

    def __post_init__(self) -> None:
        parts = (self.included, self.near, self.out, self.old, self.dropped, self.reported, self.later)
        if self.stories != sum(parts):
            raise ValueError(f"counts do not add up: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    to: str  # "Report to the Wessex Police & Crime Panel"
    title: str  # "Topical Issues"
    author: str
    meeting: date | None  # None: the next meeting is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A draft report, complete before any document is made of it. Kept frozen.

    `items` are the report; every other story that is in stands in `further`, complete, so that it can be taken in.
    """

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
    doubts: tuple[Doubt, ...] = ()  # the likeliest first
    old: tuple[NearMiss, ...] = ()  # left out as old, those first that the rules would have taken
    further: tuple[Item, ...] = ()  # included stories that the report has no room for, in order of priority
    aside: tuple[
        Item, ...
    ] = ()  # as they would be without the officer's word: what she decided on, and near misses
    later: tuple[
        Item, ...
    ] = ()  # what the officer put off to the next report, as it was to stand in this one
    towards: str = ""  # for a person, where it is not plain: which meeting it is for, after papers went out
    erased: date | None = (
        None  # the day on which something was last erased from it; None: it is as it was made
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """What the archive knows of an edition without reading it."""

    number: int
    made: datetime
    window: Window
    meeting: date | None
    items: int
    weekly: datetime | None = (
        None  # the moment of the weekly timetable that it was made for; None: a person asked
    )
    issued: datetime | None = (
        None  # when somebody said that it is the report of its meeting; None: nobody has
    )
    issued_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Documents that are being written into a folder. It is kept from before the first of them is begun until all of
    them have their names; so one that is still there is of a run that was stopped."""

    id: int
    folder: str  # its whole path
    edition: int | None = None  # None: no edition was kept (yet), so there is nothing to write again
    stem: str = ""  # what the documents' names begin with, once an edition was kept
    formats: tuple[str, ...] = ()


class MessageState(StrEnum):
    """How a message stands. All but SENT and PARTLY_REFUSED are tried again; see `reporting/delivery/state.py`."""

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
