"""What the four YAML files say, as frozen values. `config` reads and judges the files; everyone else sees these."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

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
    poll_deadline: timedelta = timedelta(minutes=10)  # after it a poll leaves what is unfinished for the next


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
    """Words that say an item wants a look before it is published; `reporting/edition/watching.py` says what each does.

    A list that panel.yaml leaves out has the words below, so that nobody is without warnings unless they say so.
    """

    restricted: tuple[str, ...] = (  # somebody must not be named, whatever else is told
        *("reporting restriction*", "restricted reporting order*", "cannot be named"),
        *("can not be named", "can't be named", "could not be named", "may not be named"),
        *("must not be named", "cannot be identified", "can't be identified", "may not be identified"),
        *("must not be identified", "must not be published", "for legal reasons", "anonymity"),
        *("name withheld", "names withheld", "name has been withheld", "names have been withheld"),
        *("name was withheld", "names were withheld", "not her real name", "not his real name"),
        *("section 39 order", "section 45 order", "section 11 order", "Contempt of Court Act"),
        *("prohibits publication", "prohibits the publication", "prohibiting publication"),
        *("postpones report*", "postponing report*", "youth court", "youth magistrates"),
    )
    sexual_offence: tuple[str, ...] = (
        *("rape*", "rapist*", "sexual*", "sex offence*", "sex offender*", "sex attack*", "indecent*"),
        *("grooming", "upskirting", "voyeurism", "CSE"),
    )
    child: tuple[str, ...] = (
        *("child", "boy", "girl", "teenager", "schoolboy", "schoolgirl", "pupil", "baby", "toddler"),
        *("son", "daughter"),
    )
    live: tuple[str, ...] = (  # of proceedings, where the sentence tells of one case
        *("arrested", "rearrested", "on suspicion of", "on bail", "bailed"),
        *("released under investigation", "remain in custody", "remains in custody", "remanded"),
        *("charged with", "been charged", "was charged", "were charged", "is charged", "also charged"),
        *("on a charge of", "summonsed", "suspected of murder", "suspected of manslaughter"),
        *("under criminal investigation", "interviewed under caution", "denies the charge*"),
        *("denies all", "denies murder*", "denies rap*", "denies assault*", "denies wounding"),
        *("denies causing", "denies conspir*", "denies defraud*", "denies fraud*", "denies theft*"),
        *("denies steal*", "accused of a killing", "accused of killing", "accused of murder*"),
        *("accused of rap*", "accused of assault*", "accused of wounding", "accused of causing"),
        *("accused of conspir*", "accused of stealing", "accused of defraud*", "accused of sending"),
        *("accused of attack*", "accused of stabbing"),
    )
    trial: tuple[str, ...] = (  # likewise, one case whatever the number in the dock
        *("due to appear", "will appear", "appeared in court", "appeared before magistrates"),
        *("appeared in the dock", "stood in the dock", "due in court", "due before"),
        *("be before the crown court", "go before a judge", "goes before a judge"),
        *("before magistrates today", "on trial", "stand trial", "standing trial", "trial begins on"),
        *("trial will begin", "whose trial", "trial opened", "trial began", "pleaded not guilty"),
        *("plead not guilty", "the jury heard", "inquest into", "an inquest", "full inquest", "inquest will"),
        *("inquest opens", "inquest opened", "inquest heard", "inquest was told", "inquest was adjourned"),
        "pre-inquest review",
    )
    coming: tuple[str, ...] = (  # likewise, whatever outcome is told of others
        *("retrial", "will stand trial", "will go on trial", "trial continues", "trial goes on"),
        *("trial is due", "trial is set", "trial was set", "trial was fixed", "trial is fixed"),
        *("trial date", "jury is out", "await trial", "awaits trial", "awaiting trial"),
    )
    outcome: tuple[str, ...] = (  # of proceedings: with one of these they are not live
        *("sentenced", "jailed", "locked up", "behind bars", "convicted", "found guilty"),
        *("pleaded guilty", "guilty plea*", "changed his plea", "changed her plea", "admitted"),
        *("acquitted", "not guilty verdict", "cleared of", "was cleared", "were cleared", "cleared by"),
        *("found not guilty", "no further action", "released without charge", "fined", "ordered to pay"),
        *("community order", "referral order", "suspended sentence", "prison sentence"),
        *("years in prison", "months in prison", "life sentence", "quashed", "overturned"),
        *("charges were dropped", "case was dropped", "discontinued", "will not be charged"),
        *("will not be prosecuted", "will be no charges", "inquest concluded", "inquest found"),
        *("jury concluded", "jury found", "coroner concluded", "coroner ruled", "coroner found"),
        *("conclusion of", "recorded a conclusion"),
    )
    person: tuple[str, ...] = (  # somebody: the sentence tells of one case
        *("man", "woman", "boy", "girl", "teenager", "teen", "schoolboy", "schoolgirl", "pensioner"),
        *(
            "pair",
            "couple",
            "both men",
            "both women",
            "both were",
            "both remain",
            "brother",
            "two men",
            "two women",
            "two boys",
            "two brothers",
        ),
        *("two teenagers", "two people", "two others", "two officers", "three men", "three women"),
        *("three boys", "three brothers", "three teenagers", "three people", "three officers"),
        *("four men", "four people", "four officers", "a youth", "an officer", "a serving officer"),
        *("a former officer", "a constable", "a serving constable", "a former constable", "a sergeant"),
        *("a detective", "a councillor", "a driver", "a suspect", "the suspect", "the defendant"),
        *("the accused", "a victim", "the victim", "her attacker", "a passenger", "a pupil"),
        *("a student", "was raped", "was sexually", "was indecently"),
    )
    people: tuple[str, ...] = (  # five and more of them are a total
        *("people", "men", "women", "boys", "girls", "children", "teenagers", "youths", "adults", "arrests"),
        *(
            "arrested",
            "charged",
            "suspects",
            "suspected",
            "offenders",
            "drivers",
            "motorists",
            "thieves",
            "dealers",
        ),
        *(
            "officers",
            "others",
            "victims",
            "shoplifters",
            "burglars",
            "offences",
            "incidents",
            "reports",
            "rapes",
        ),
        *("crimes", "cases"),
    )
    nobody: tuple[str, ...] = (  # a rule for all, or nobody at all
        *("no one", "nobody", "none", "anyone", "anybody", "someone", "somebody", "whoever", "everyone"),
        *("if arrested", "if charged", "if convicted", "suspects", "those arrested", "those charged"),
        *("people who", "fewer", "per cent"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSize:
    """How many stories a report holds, and of what."""

    items: int | None = 12  # None: every story that is in
    per_topic: int = 2  # stories of one first topic, at most
    good_news: int = 2  # places kept for good news, where there is any


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """What the panel takes up at a meeting, or has dealt with there."""

    meeting: date
    subjects: tuple[str, ...]  # ids of topics, or phrases


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
class Span:
    """A length of time by the calendar."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long each kind of thing is kept; None: for ever. `forgetting/retention.py` says what each means."""

    texts: Span | None = Span(months=13)
    unused: Span | None = Span(months=6)
    titles: Span | None = Span(months=36)
    drafts: Span | None = Span(months=13)
    editions: Span | None = Span(months=72)
    messages: Span | None = Span(months=13)
    runs: Span | None = Span(months=13)
    polls: Span | None = Span(months=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """Where they go, and of how many days, weeks and months the last is kept."""

    folder: str = "backups"  # below the data folder
    daily: int = 7
    weekly: int = 8
    monthly: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How the desk's pages are reached by others than this machine."""

    public_address: str = (
        ""  # "https://intranet.example/desk", no slash at its end; "": where the desk listens
    )
    trusted_proxies: tuple[str, ...] = ()  # addresses whose word on who asks is believed
    user_header: str = ""  # in which they name who logged in to them
    hours: int = 12  # after which who logged in with the password is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsWanted:
    """Which of the feeds a panel wants: those of an area, and those called so."""

    areas: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    panel: str
    force: str
    area: PanelArea
    report_to: str  # the report's first line
    title: str
    author: str
    excerpt: ExcerptLength = ExcerptLength()
    size: ReportSize = ReportSize()
    meetings: tuple[date, ...] = ()  # sorted
    programme: tuple[Business, ...] = ()  # what is coming, by meeting
    handled: tuple[Business, ...] = ()  # what was dealt with, by meeting
    papers_days: int = 8  # papers go out so many days before a meeting; later stories are for the next one
    weekly: WeeklyTime = WeeklyTime(weekday=0, at=time(7, 0))
    folder: str = "drafts"  # where drafts go, below the data folder
    deliver_to: DeliverTo = DeliverTo.FOLDER
    mail: Mail | None = None  # set wherever `deliver_to` or `operator` asks for it
    operator: str | None = None  # who is mailed where a person must act
    template: str | None = None  # the officer's own .docx to write the report on; None: the program's own
    links: LinksAs = LinksAs.BOTH
    cautions: WatchWords = WatchWords()
    retention: Retention = Retention()
    backups: Backups = Backups()
    desk: Desk = Desk()
    feeds: FeedsWanted | None = None  # None: every feed


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


class Zone(StrEnum):
    """Where in an article the words of a ground must stand."""

    HEADLINE = "headline"
    OPENING = "opening"  # the headline and the first two paragraphs
    ANYWHERE = "anywhere"  # in the first ten


class Part(StrEnum):
    """The parts of a report, in the order of the real ones."""

    CRITICAL = "critical"
    FIGURES = "figures"
    SERVICES = "services"
    FUNDING = "funding"
    ANNOUNCEMENTS = "announcements"
    SUCCESSES = "successes"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGround:
    """A named reason for which a story matters more, or less; it counts once a story."""

    name: str
    says: str  # in a few words, for the officer
    points: int  # -9 to 9, never 0
    phrases: tuple[str, ...]
    where: Zone = Zone.OPENING
    beside: tuple[str, ...] = ()  # bodies of which one must be named in the same zone; "people" too
    ours: bool = False  # the force, its commissioner or the area must be named in the same zone
    instead: str | None = None  # of the grounds that share this word only the first that fits counts
    part: Part | None = None  # of the report, in which a story stands whose weightiest ground this is
    good_news: bool = False  # it may take a place kept for good news


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a story's reach adds."""

    headline: int = 0  # the force, its commissioner or the area in the headline
    local: int = 0  # none of these in the opening
    one_town: int = 0  # it speaks of one council's places alone
    one_town_led: int = 0  # likewise, and the commissioner stands in the opening
    national: int = 0  # nothing of it is said of our force
    national_here: int = 0  # our force or area is named in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Stories that are one subject to a panel, however many towns and years tell it."""

    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """How much a story that is in matters to the panel; `judging/priority.py` weighs by it."""

    grounds: tuple[PriorityGround, ...] = ()
    scope: Scope = Scope()
    fresh: int = 0  # what a story of the last `fresh_days` before the draft adds
    fresh_days: int = 35
    liked: int = 0  # what a story adds of whose first topic the officer kept at least `liked_kept`
    liked_kept: int = 3
    subjects: tuple[Subject, ...] = ()


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
    priority: Priority = Priority()
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
    abroad: tuple[str, ...] = ()  # what only another country's news says


# ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What one panel goes by."""

    network: Network
    feeds: tuple[Feed, ...]  # those that the panel wants
    rules: Rules
    gazetteer: Gazetteer
    panel: Panel
    publishers: tuple[Publisher, ...] = field(default=())
    is_alone: bool = True  # the only panel of its configuration

    @property
    def wants(self) -> frozenset[str] | None:
        """The addresses of its feeds, where it does not want all: only what these list is in its drafts."""
        return frozenset(feed.url for feed in self.feeds) if self.panel.feeds else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What is read, once, and for which panels."""

    network: Network
    feeds: tuple[Feed, ...]
    publishers: tuple[Publisher, ...]
    panels: tuple[Config, ...]
