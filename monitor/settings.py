"""What the four YAML files say, as frozen values. `config` reads and judges the files; everyone else sees these."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from monitor.errors import Mistake
from monitor.model import Area

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
    public: bool = False  # True: the licence covers publication, so the public version keeps its excerpt


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


class DeliverTo(StrEnum):
    """Where the weekly draft goes. It is written to a folder in any case, so that no failed delivery loses it."""

    FOLDER = "folder"
    E_MAIL = "e-mail"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The mail server that takes our messages. Who logs in, and with what, is never in a file."""

    host: str
    port: int = 587
    starttls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Exactly one of `relay` and `eml_folder` is set."""

    sender: str  # "Topical Issues monitor <monitor@example.org>", or the bare address
    recipients: tuple[str, ...]  # likewise; at least one
    relay: Relay | None = None
    eml_folder: str | None = (
        None  # below the data folder, or a full path: messages as files, for others to send
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWords:
    """Words that say an item wants a look before it is published; `reporting/edition/cautions.py` says what each does.

    A list that panel.yaml leaves out has the words below, so that nobody is without warnings unless they say so.
    """

    sexual_offence: tuple[str, ...] = (
        *("rape*", "rapist*", "sexual*", "sex offence*", "sex offender*", "sex attack*", "indecent*"),
        *("grooming", "upskirting", "voyeurism", "CSE"),
    )
    child: tuple[str, ...] = (
        *("child", "children", "boy", "boys", "girl", "girls", "teenager*", "schoolboy*", "schoolgirl*"),
        *("pupil*", "baby", "toddler*", "youth court"),
    )
    live: tuple[str, ...] = (  # of proceedings
        *("arrested", "on bail", "charged with", "been charged", "was charged", "were charged"),
        *("due to appear", "appeared in court", "appeared before magistrates", "on trial"),
        *("trial continues", "will stand trial", "pleaded not guilty", "denies", "remanded"),
    )
    outcome: tuple[str, ...] = (  # of proceedings: with one of these they are not live
        *("sentenced", "jailed", "convicted", "found guilty", "pleaded guilty", "admitted", "acquitted"),
        *("not guilty verdict", "cleared of", "found not guilty", "no further action"),
        "released without charge",
    )


class LinksAs(StrEnum):
    """How the report prints a link."""

    ADDRESS = "address"  # the address alone, as the filed reports have it
    TITLE = "title"  # outlet and day
    BOTH = "both"  # outlet and day, and the address beneath


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelArea:
    """The panel's own area: for scripts and labels its id, for people its name."""

    id: str  # "wessex"; neither "national" nor "elsewhere"
    name: str  # "the county of Wessex": as it stands inside a sentence

    def id_of(self, area: Area) -> str:
        """What JSON says of an area."""
        return self.id if area is Area.OWN else area.name.lower()

    @property
    def ids(self) -> dict[str, Area]:
        """Every area by what JSON and labels call it."""
        return {self.id_of(area): area for area in Area}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    panel: str
    force: str
    area: PanelArea
    report_to: str  # the report's first line
    title: str
    author: str
    excerpt: ExcerptLength = ExcerptLength()
    meetings: tuple[date, ...] = ()  # sorted
    papers_days: int = 8  # papers go out so many days before a meeting; later stories are for the next one
    weekly: WeeklyTime = WeeklyTime(weekday=0, at=time(7, 0))
    folder: str = "drafts"  # where drafts go, below the data folder
    deliver_to: DeliverTo = DeliverTo.FOLDER
    mail: Mail | None = None  # set wherever `deliver_to` asks for it
    template: str | None = None  # the officer's own .docx to write the report on; None: the program's own
    links: LinksAs = LinksAs.BOTH
    cautions: WatchWords = WatchWords()


# ── topics.yaml and places.yaml: see `judging/` for what each value does ────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject of the panel's. Phrases are as in the file; `judging/phrases.py` says how they match."""

    id: str
    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()  # count only in one sentence with a strong phrase, a police body or a figure
    never: tuple[str, ...] = ()  # longer phrases that cancel a hit inside them


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A named group of phrases that raises or sinks a story, whatever its topic."""

    name: str
    points: int  # of each phrase, once; above 0 in `raise`, below 0 in `sink`
    most: int  # no more phrases of the group count than this
    phrases: tuple[str, ...]
    case: bool = False  # of a sink: it tells a case, which below the first paragraph may be an example


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A named group of bodies: the force, its commissioner, the inspectorates, other forces."""

    name: str
    names: tuple[str, ...]
    points: int = 0  # what being named adds to the score, once


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in an office of the force or the commissioner's. The name counts in stories of that time only."""

    names: tuple[str, ...]
    office: str  # for people; the rules ask for names and days alone
    since: date
    until: date | None = None  # the last day; None: still in office
    points: int = 0  # what being named adds to the score, once for all people


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWeights:
    """How often a hit counts, by where it stands first."""

    title: int = 2
    lead: int = 1
    body: int = 1
    alone: int = 3  # in the title of an article without text


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    include: int
    borderline: int
    national: int  # what a story without a local tie needs instead of `include`
    policing: int  # hits on police bodies and strong phrases that make it a matter of policing or justice


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """topics.yaml."""

    topics: tuple[Topic, ...] = ()
    raises: tuple[Cue, ...] = ()
    sinks: tuple[Cue, ...] = ()
    bodies: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()
    never: tuple[str, ...] = ()  # longer phrases that cancel a body's name or a cue inside them
    fields: FieldWeights = FieldWeights()
    unsunk: int = 0  # what a story adds in which nothing sinks but cases told further down
    sunk_below: int | None = None  # what cases told further down take at most where nothing else sinks
    thresholds: Thresholds = Thresholds(include=6, borderline=3, national=8, policing=2)
    digest: str = ""  # SHA-256 (hex) of topics.yaml and places.yaml as they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    id: str
    name: str
    county: str
    unit: str  # the force's local command unit
    places: tuple[str, ...]  # names that mean this place and no other
    shared: tuple[str, ...] = ()  # names that other places, people or words have too: they need an anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """places.yaml."""

    councils: tuple[Council, ...] = ()
    area: tuple[str, ...] = ()  # names for the whole force area or a county of it
    shared_area: tuple[str, ...] = ()  # likewise, but they need an anchor
    never: tuple[
        str, ...
    ] = ()  # longer names that cancel a place inside them: outlets, football clubs, palaces
    outlets: tuple[str, ...] = ()  # outlets of the area whose name says no place
    nation: tuple[str, ...] = ()  # England and Wales, the United Kingdom, Parliament
    elsewhere: tuple[str, ...] = ()  # counties, cities and countries outside the area


# ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    network: Network
    feeds: tuple[Feed, ...]
    rules: Rules
    gazetteer: Gazetteer
    panel: Panel
    publishers: tuple[Publisher, ...] = field(default=())
    misfits: tuple[Mistake, ...] = ()  # what does not fit together, though each file is right by itself
