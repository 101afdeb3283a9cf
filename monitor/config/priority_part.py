"""The priority card of topics.yaml: how much a story that is in matters to the panel. `judging/priority.py` weighs by it.

    grounds    named reasons, each with small whole points, the words for it and where they must stand
    scope      what the reach of a story adds: the force in the headline, one town, the nation
    fresh      what a story of the last weeks before the papers close adds
    liked      what a story adds of which kind the officer kept several
    subjects   stories that are one subject to a panel, however many towns and years tell it

Beyond the shape, these are mistakes: a ground in a part of the report, or beside a body, that there is none of; a
phrase twice in one list or one that can match nothing, and why; points of 0.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field

from monitor.config.values import Section, Text
from monitor.config.wording import nearest
from monitor.config.yamlfile import Document
from monitor.errors import Mistake
from monitor.settings import Part, Priority, PriorityGround, Scope, Subject, Zone

Points = Annotated[int, Field(ge=-9, le=9)]
Phrases = Annotated[list[Text], Field(min_length=1)]
PartName = Literal["critical", "figures", "services", "funding", "announcements", "successes"]
ZoneName = Literal["headline", "opening", "anywhere"]


class GroundSection(Section):
    says: Text = Field(
        description="The ground in a few words, as the officer reads it.",
        examples=["an outside body's verdict on the force"],
    )
    points: Points = Field(description="What it adds, or takes: a small whole number, once a story.")
    where: ZoneName = Field(
        default="opening",
        description="Where its words must stand: the headline, the opening (with two paragraphs), or anywhere.",
    )
    beside: list[Text] = Field(
        default=[],
        description="Bodies of topics.yaml of which one must be named there too: force, commissioner, people, …",
    )
    ours: bool = Field(
        default=False, description="Whether the force, its commissioner or the area must be named there too."
    )
    instead: Text | None = Field(
        default=None, description="Of grounds with the same word here only the first that fits counts."
    )
    part: PartName | None = Field(
        default=None, description="The part of the report in which a story with this ground stands."
    )
    good_news: bool = Field(
        default=False, description="Whether a story with this ground may take a place kept for good news."
    )
    phrases: Phrases


class ScopeSection(Section):
    headline: Points = Field(
        default=0, description="The force, its commissioner or the area in the headline."
    )
    local: Points = Field(default=0, description="None of these in the opening.")
    one_town: Points = Field(default=0, description="It speaks of one council's places alone.")
    one_town_led: Points = Field(
        default=0, description="Likewise, and the commissioner stands in the opening."
    )
    national: Points = Field(default=0, description="National, and nothing of it is said of our force.")
    national_here: Points = Field(default=0, description="National, with our force or area named in it.")


class FreshSection(Section):
    points: Points = 0
    days: int = Field(default=35, ge=1, le=366, description="So many days before the draft.")


class LikedSection(Section):
    points: Points = 0
    kept: int = Field(default=3, ge=1, le=99, description="So many kept or taken stories of its first topic.")


class PrioritySection(Section):
    grounds: dict[str, GroundSection] = Field(
        default_factory=dict, description="Named reasons, with points and phrases."
    )
    scope: ScopeSection = Field(default_factory=ScopeSection)
    fresh: FreshSection = Field(default_factory=FreshSection)
    liked: LikedSection = Field(default_factory=LikedSection)
    subjects: dict[str, Phrases] = Field(
        default_factory=dict,
        description="One subject to a panel, by the words of headline and opening; one story a subject is chosen.",
    )


def priority_mistakes(document: Document, bodies: frozenset[str]) -> Iterator[Mistake]:
    """`bodies` are the names that `beside` may hold."""
    for where, name in document.each("priority", "grounds", "*", "beside", "*"):
        if isinstance(name, str) and name not in bodies:
            yield document.mistake(where, f"no such body: {nearest(name, sorted(bodies))}")
    for where, points in document.each("priority", "grounds", "*", "points"):
        if points == 0:
            yield document.mistake(
                where, "0 points change nothing: write 1 to 9, -1 to -9, or delete the ground"
            )


def priority_of(section: PrioritySection) -> Priority:
    return Priority(
        grounds=tuple(
            PriorityGround(
                name=name,
                says=ground.says,
                points=ground.points,
                phrases=tuple(ground.phrases),
                where=Zone(ground.where),
                beside=tuple(ground.beside),
                ours=ground.ours,
                instead=ground.instead,
                part=Part(ground.part) if ground.part else None,
                good_news=ground.good_news,
            )
            for name, ground in section.grounds.items()
        ),
        scope=Scope(**section.scope.model_dump()),
        fresh=section.fresh.points,
        fresh_days=section.fresh.days,
        liked=section.liked.points,
        liked_kept=section.liked.kept,
        subjects=tuple(Subject(name=name, phrases=tuple(words)) for name, words in section.subjects.items()),
    )


assert set(get_args(PartName)) == set(Part) and set(get_args(ZoneName)) == set(Zone)
