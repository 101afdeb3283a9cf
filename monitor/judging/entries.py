"""The rules as a list of phrases, each with what a hit on it means. `classify.py` weighs the hits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from monitor.judging import places
from monitor.judging.chunks import Hit
from monitor.judging.forms import Phrase
from monitor.judging.places import Name, Side
from monitor.model import Field
from monitor.settings import Gazetteer, Person, Rules

_SIDES = {
    "force": Side.OUR_BODY,
    "commissioner": Side.A_COMMISSIONER,
    "other_forces": Side.OTHER_FORCE,
    "inspectorates": Side.NATIONAL_BODY,
    "government": Side.NATIONAL_BODY,
}


class Role(Enum):
    BODY = auto()
    CUE = auto()
    STRONG = auto()
    WEAK = auto()
    FIGURE = auto()  # gives weak phrases company
    NEVER = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A phrase of the rules, and what a hit on it means."""

    phrase: Phrase
    role: Role
    rule: str = ""  # as evidence names it: "body force", "cue raise figures", "topic roads"; of NEVER: what it cancels
    points: int = 0  # of the phrase, in a field of weight 1
    most: int = 1  # phrases of the rule that count
    name: Name | None = None  # what it says about the area
    person: Person | None = None  # whose name it is
    is_case: bool = False  # sinks, and may be an example where it stands further down
    # Derived once, because they are asked of every hit:
    scores: bool = field(init=False)
    speaks: int = field(init=False)  # of police: 0 not at all, 2 for the force and its commissioner
    # Whether it speaks of policing where it stands up front: the Home Secretary alone does not.
    opens: bool = field(init=False)
    is_company: bool = field(init=False)  # lets a weak phrase of its sentence count
    # The rules whose longer phrases (NEVER) rule out a hit of this one: its own, and "" for all bodies and cues.
    ruled_out_by: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        ours = self.rule in ("body force", "body commissioner")
        derive = object.__setattr__
        derive(self, "scores", self.role in (Role.BODY, Role.CUE))
        derive(self, "speaks", (2 if ours else 1) if self.role in (Role.BODY, Role.STRONG) else 0)
        derive(self, "opens", self.speaks > 0 and self.rule != "body government")
        own = (self.rule,) if self.rule else ()
        derive(self, "ruled_out_by", ("", *own) if self.scores else own)
        derive(self, "is_company", self.role in (Role.FIGURE, Role.STRONG) or self.rule == "body force")


class Spoken(NamedTuple):
    """An entry's hit in its field."""

    entry: Entry
    hit: Hit
    field: Field
    weight: int


@lru_cache(maxsize=8)  # who tries a change compares the rules in force again and again
def entries(rules: Rules, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    return (
        *_body_entries(rules),
        *_people_entries(rules),
        *_cue_entries(rules),
        *_topic_entries(rules),
        *(Entry(name.phrase, Role.NAME, name=name) for name in places.names(gazetteer)),
    )


def _body_entries(rules: Rules) -> Iterator[Entry]:
    for body in rules.bodies:
        side = _SIDES.get(body.name)
        for text in body.names:
            phrase = Phrase(text)
            name = Name(phrase, side) if side else None
            yield Entry(phrase, Role.BODY, f"body {body.name}", points=body.points, name=name)
    yield from (Entry(Phrase(text), Role.NEVER) for text in rules.never)


def _people_entries(rules: Rules) -> Iterator[Entry]:
    for person in rules.people:
        for phrase in map(Phrase, person.names):
            yield Entry(
                phrase,
                Role.BODY,
                "body people",
                points=person.points,
                name=Name(phrase, Side.OUR_BODY),
                person=person,
            )


def _cue_entries(rules: Rules) -> Iterator[Entry]:
    for kind, cues in (("raise", rules.raises), ("sink", rules.sinks)):
        for cue in cues:
            for text in cue.phrases:
                yield Entry(
                    Phrase(text),
                    Role.CUE,
                    f"cue {kind} {cue.name}",
                    points=cue.points,
                    most=cue.most,
                    is_case=cue.case,
                )


def _topic_entries(rules: Rules) -> Iterator[Entry]:
    for topic in rules.topics:
        for role, texts in (
            (Role.STRONG, topic.strong),
            (Role.WEAK, topic.weak),
            (Role.NEVER, topic.never),
        ):
            yield from (Entry(Phrase(text), role, f"topic {topic.id}") for text in texts)
    yield from (Entry(Phrase(text), Role.FIGURE) for text in ("<large>", "<money>", "%", "per cent"))
