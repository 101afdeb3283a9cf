"""Values of judging: from articles to stories with verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from monitor.model.reading import Article


class Area(Enum):
    """Where a story is. Not a text: people and scripts know the panel's own area by the id in panel.yaml, which is put in
    where a value leaves the program (`settings.PanelArea`), so that none leaves with a name of ours by mistake.
    """

    OWN = auto()  # the panel's
    NATIONAL = auto()
    ELSEWHERE = auto()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground for a story's place: how much it adds to or takes from how much the story matters."""

    points: int  # small and whole; below 0 where it sinks
    says: str  # for a person, a few words: "an inspectorate's verdict on the force (“inadequate”)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much a story matters to the panel, which is not how sure its verdict is."""

    points: int  # the sum of its grounds
    grounds: tuple[Ground, ...] = ()  # the weightiest first
    part: str = ""  # of the report, in which it stands
    subject: str = ""  # its subject to a panel, where topics.yaml names one
    good_news: str = ""  # the ground by which it may take a place kept for good news


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


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedWindow:
    """What was chosen from: the stories of a window, each with its verdict."""

    stories: tuple[JudgedStory, ...]
    doubtful: tuple[Link, ...] = ()  # between different stories that may be one event, the likeliest first
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)  # by article: of stories that may be parted
