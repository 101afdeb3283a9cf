"""topics.yaml: what counts. The editor's file.

    fields      how often a hit counts, by where it stands
    thresholds  the points at which a story is in, or nearly
    bodies      who is named: the force, its commissioner, inspectorates, other forces
    people      who holds which office, from when until when
    named       what being named adds to the score
    never       longer phrases that cancel a body's name or a cue inside them
    cues        phrases that raise or sink a story whatever its topic, in named groups with points
    topics      the subjects of the panel's, with the phrases that speak for them
    priority    how much a story that is in matters (priority_part.py)

Topics are the editor's: any id will do. Beyond the shape, these are mistakes: a topic's id twice, or of other signs than
small letters, figures and hyphens; a phrase twice in one list or one topic; a phrase that can match nothing or hits
nearly every story (`phrasing.py`); a phrase inside another topic's `never`; thresholds in the wrong order; a group of
cues without points. What is no mistake and needs a look is found by `cancelling.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from monitor.config.phrasing import wrong
from monitor.config.priority_part import PrioritySection, priority_mistakes, priority_of
from monitor.config.values import Day, Section, Text, Where
from monitor.config.yamlfile import Document, Loaded, load_by_content
from monitor.errors import Mistake
from monitor.settings import Body, Cue, FieldWeights, Person, Rules, Thresholds, Topic
from monitor.text import KINDS, normalise

Points = Annotated[int, Field(ge=0, le=50)]
Phrases = list[Text]
_NONE: Phrases = []
_ID = r"[a-z0-9]+(-[a-z0-9]+)*"


def _topic_id(written: str) -> str:
    """Evidence, labels and files of verdicts name it as one word."""
    if not re.fullmatch(_ID, written):
        raise ValueError(f"{written} is no id: write small letters, figures and hyphens, as in rural-crime")
    return written


TopicId = Annotated[
    Text, AfterValidator(_topic_id), WithJsonSchema({"type": "string", "pattern": f"^{_ID}$"})
]


class FieldsSection(Section):
    title: Points = Field(default=2, description="A hit in the headline counts this often.")
    lead: Points = Field(default=1, description="A hit in the first paragraph.")
    body: Points = Field(default=1, description="A hit further down.")
    alone: Points = Field(default=3, description="A hit in the headline of an article without text.")


class ThresholdsSection(Section):
    policing: Points = Field(
        description="Hits on police bodies and strong phrases that make it a matter of policing."
    )
    borderline: Points = Field(description="Points from which a story is a near miss.")
    include: Points = Field(description="Points from which a story is in the draft.")
    national: Points = Field(description="The same for a story without a local tie.")


class BodiesSection(Section):
    force: Phrases = Field(min_length=1, description="Names of our force.")
    commissioner: Phrases = Field(min_length=1, description="The commissioner's office, and the panel.")
    leaders: Phrases = Field(_NONE, description="Ranks that speak for a whole force.")
    inspectorates: Phrases = Field(_NONE, description="Who inspects forces.")
    complaints: Phrases = Field(_NONE, description="Who looks into complaints.")
    government: Phrases = Field(_NONE, description="National bodies that decide or count.")
    police: Phrases = Field(_NONE, description="Words that make it a matter of policing or justice.")
    other_forces: Phrases = Field(_NONE, description="Forces that are not ours.")


class PersonSection(Section):
    name: Text = Field(examples=["Jo Example"])
    also: Phrases = Field(_NONE, description="Other ways in which papers write the name.")
    office: Text = Field(examples=["Police and Crime Commissioner"])
    force: Text | None = Field(
        None,
        description="Of which force, as under `bodies: force:`; left out, the panel's.",
        examples=["Wessex Police"],
    )
    since: Day = Field(alias="from", description="The first day in office.")
    until: Day | None = Field(None, description="The last day in office; left out while they hold it.")


class NamedSection(Section):
    force: Points = 0
    commissioner: Points = 0
    people: Points = 0
    leaders: Points = 0
    inspectorates: Points = 0
    complaints: Points = 0
    government: Points = 0
    police: Points = 0
    other_forces: Points = 0


class CueSection(Section):
    points: Annotated[int, Field(ge=1, le=50)] = Field(
        description="What each phrase of the group counts for."
    )
    most: Annotated[int, Field(ge=1, le=50)] = Field(
        default=3, description="No more phrases of the group count."
    )
    phrases: Phrases = Field(min_length=1)


class SinkSection(CueSection):
    case: bool = Field(
        default=False,
        description="Whether it tells a single case: below the first paragraph that may be an example (sunk_below).",
    )


class CuesSection(Section):
    raise_: dict[str, CueSection] = Field(
        alias="raise", description="Groups that speak for a systemic story."
    )
    sink: dict[str, SinkSection] = Field(description="Groups that speak for a single case.")


class TopicSection(Section):
    id: TopicId = Field(description="Of your choice; labels of stories name it.", examples=["roads"])
    name: Text = Field(description="As people read it.", examples=["Speeding and road safety"])
    strong: Phrases = Field(
        min_length=1, description="Phrases that count alone.", examples=["[speed camera*]"]
    )
    weak: Phrases = Field(
        _NONE, description="Phrases that count beside a strong one, a police body or a figure."
    )
    never: Phrases = Field(_NONE, description="Longer phrases that cancel a hit inside them.")


class TopicsFile(Section):
    topics: list[TopicSection] = Field(min_length=1)
    cues: CuesSection
    bodies: BodiesSection
    people: list[PersonSection] = Field(default=[], description="People in office, now and before.")
    thresholds: ThresholdsSection
    named: NamedSection = NamedSection()
    unsunk: Points = Field(
        default=0,
        description="What a story adds in which no cue sinks but cases told below the first paragraph.",
    )
    sunk_below: Points | None = Field(
        default=None,
        description="What cases told below the first paragraph take at most, where nothing else sinks.",
    )
    never: Phrases = _NONE
    priority: PrioritySection = Field(
        default_factory=PrioritySection, description="How much a story that is in matters to the panel."
    )
    fields: FieldsSection = FieldsSection()


def read_topics(path: Path) -> Loaded[Rules] | tuple[Mistake, ...]:
    checks = (
        _topics_once,
        _phrases_that_tell,
        _phrases_once,
        _phrases_in_never,
        _thresholds,
        _terms,
        _priority,
    )
    loaded = load_by_content(path, TopicsFile, *checks)
    return loaded if isinstance(loaded, tuple) else loaded.holding(_rules(loaded.value))


def _priority(document: Document) -> Iterator[Mistake]:
    return priority_mistakes(document, frozenset((*BodiesSection.model_fields, "people")))


def _topics_once(document: Document) -> Iterator[Mistake]:
    seen: set[object] = set()
    for where, topic in document.each("topics", "*", "id"):
        if topic in seen:
            yield document.mistake(where, f"{topic} stands twice: keep one topic of this id")
        seen.add(topic)


_LISTS: tuple[tuple[str, ...], ...] = (
    ("topics", "*", "strong"),
    ("topics", "*", "weak"),
    ("topics", "*", "never"),
    ("cues", "*", "*", "phrases"),
    ("bodies", "*"),
    ("people", "*", "also"),
    ("never",),
    ("priority", "grounds", "*", "phrases"),
    ("priority", "subjects", "*"),
)


def _phrases_that_tell(document: Document) -> Iterator[Mistake]:
    for pattern in _LISTS:
        for where, phrase in document.each(*pattern, "*"):
            if where[0] == "priority" and str(phrase).strip("<>") in KINDS:
                continue  # an amount of money in the opening is a ground, though it stands in stories of every kind
            if isinstance(phrase, str) and phrase.strip() and (what := wrong(phrase)) is not None:
                yield document.mistake(where, what)


def _phrases_once(document: Document) -> Iterator[Mistake]:
    """In one list, or in the strong and weak phrases of one topic."""
    seen: dict[tuple[Where, str], str] = {}
    for pattern in _LISTS:
        for where, phrase in document.each(*pattern, "*"):
            home = where[:2] if pattern[-1] in ("strong", "weak") else where[:-1]
            key = (home, written_alike(phrase)) if isinstance(phrase, str) else None
            if key is None or not key[1]:
                continue
            if key in seen:
                yield document.mistake(where, f"{phrase} stands twice, first as {seen[key]}: delete one")
            seen.setdefault(key, phrase)


def _terms(document: Document) -> Iterator[Mistake]:
    for where, person in document.each("people", "*"):
        days = (
            [str(person.get(key, "")) for key in ("from", "until")] if isinstance(person, dict) else ["", ""]
        )
        if all(days) and days[1] < days[0]:
            yield document.mistake(
                (*where, "until"), f"{days[1]} is before {days[0]}, the first day in office"
            )


def written_alike(phrase: str) -> str:
    """Equal for phrases that match the same; the marks of a stem, a figure and nearness are kept."""
    return f"{normalise(phrase)} {''.join(mark for mark in phrase if mark in '*<>~,')}".strip()


def _phrases_in_never(document: Document) -> Iterator[Mistake]:
    """A phrase inside a `never` that its own topic lacks would still hit what another topic rules out."""
    nevers = [
        (where[1], f" {normalise(phrase)} ")
        for where, phrase in document.each("topics", "*", "never", "*")
        if isinstance(phrase, str)
    ]
    if not nevers:
        return
    own = {(topic, words) for topic, words in nevers}
    for kind in ("strong", "weak"):
        for where, phrase in document.each("topics", "*", kind, "*"):
            words = f" {normalise(phrase)} " if isinstance(phrase, str) else ""
            for topic, never in nevers:
                if topic != where[1] and words.strip() and words in never and (where[1], never) not in own:
                    yield document.mistake(
                        where,
                        f"{phrase} lies inside `never: {never.strip()}` of topic {topic}: rule it out here too",
                    )


def _thresholds(document: Document) -> Iterator[Mistake]:
    found = {where[-1]: value for where, value in document.each("thresholds", "*") if isinstance(value, int)}
    rising = ("borderline", "include", "national")
    for lower, upper in zip(rising, rising[1:], strict=False):
        if lower in found and upper in found and found[lower] > found[upper]:
            yield document.mistake(
                ("thresholds", lower),
                f"{found[lower]} is above {upper} ({found[upper]}): write no more than that",
            )


def _rules(file: TopicsFile) -> Rules:
    return Rules(
        topics=tuple(
            Topic(
                id=topic.id,
                name=topic.name,
                strong=tuple(topic.strong),
                weak=tuple(topic.weak),
                never=tuple(topic.never),
            )
            for topic in file.topics
        ),
        raises=tuple(_cue(name, cue, 1) for name, cue in file.cues.raise_.items()),
        sinks=tuple(_cue(name, cue, -1) for name, cue in file.cues.sink.items()),
        bodies=tuple(
            Body(name=name, names=tuple(getattr(file.bodies, name)), points=getattr(file.named, name))
            for name in BodiesSection.model_fields
        ),
        people=tuple(
            Person(
                names=(person.name, *person.also),
                office=person.office,
                since=person.since,
                until=person.until,
                points=file.named.people,
            )
            for person in file.people
        ),
        never=tuple(file.never),
        unsunk=file.unsunk,
        sunk_below=file.sunk_below,
        priority=priority_of(file.priority),
        fields=FieldWeights(**file.fields.model_dump()),
        thresholds=Thresholds(**file.thresholds.model_dump()),
    )


def _cue(name: str, cue: CueSection, sign: int) -> Cue:
    return Cue(
        name=name,
        points=sign * cue.points,
        most=cue.most,
        phrases=tuple(cue.phrases),
        case=isinstance(cue, SinkSection) and cue.case,
    )
