"""The lists and figures of topics.yaml as they are shown and edited: each under a name that an address can hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.config.topics_file import BodiesSection
from monitor.config.values import Where
from monitor.config.yamlfile import Document

PRECEDENCE = (
    "Is it ours? The places in it and its outlet say so; what is elsewhere is out.",
    "Is it of policing? Bodies and strong phrases add up, and one of them must stand in the headline or the first "
    "paragraph; what is not is out.",
    "Is it systemic? The points of bodies and raising cues, less those of sinking cues, against the thresholds.",
    "A longer “never” phrase cancels each hit inside it, before anything is counted.",
    "In one list a phrase counts once, of two that overlap the longer, and no more phrases than its limit.",
    "A weak phrase counts only in one sentence with a strong one, the force or a figure.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be changed."""

    name: str  # in an address: "cues/raise/figures/points"
    says: str
    value: int
    line: int
    where: Where


@dataclass(frozen=True, slots=True)
class PhraseList:
    name: str  # in an address: "topics/roads/strong"
    title: str
    does: str  # what a phrase of it does
    phrases: tuple[str, ...]
    line: int
    where: Where
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    lists: tuple[PhraseList, ...]
    figures: tuple[Figure, ...] = ()


_DOES = {
    "strong": "Speaks for the topic by itself.",
    "weak": "Counts only in one sentence with a strong phrase, the force or a figure.",
    "never": "A longer phrase that cancels a hit inside it.",
}


def sections(document: Document) -> tuple[Section, ...]:
    """Everything that can be edited, in the order in which a verdict is made of it."""
    return (
        Section("thresholds", "Thresholds", (), tuple(_thresholds(document))),
        Section("bodies", "Bodies", tuple(_bodies(document))),
        Section("cues", "Cues", tuple(_cues(document))),
        Section("topics", "Topics", tuple(_topics(document))),
        Section("priority", "Priorities", tuple(_priorities(document)), tuple(_reach(document))),
    )


def all_lists(document: Document) -> dict[str, PhraseList]:
    return {one.name: one for part in sections(document) for one in part.lists}


def all_figures(document: Document) -> dict[str, Figure]:
    parts = sections(document)
    listed = [figure for part in parts for one in part.lists for figure in one.figures]
    return {figure.name: figure for figure in (*(one for part in parts for one in part.figures), *listed)}


def _figure(document: Document, name: str, says: str, value: object, *where: str | int) -> Figure:
    return Figure(name, says, value if isinstance(value, int) else 0, document.mistake(where, "").line, where)


def _list(
    document: Document, name: str, title: str, does: str, listed: object, where: Where, *figures: Figure
) -> PhraseList:
    phrases = tuple(map(str, listed)) if isinstance(listed, list) else ()
    return PhraseList(name, title, does, phrases, document.mistake(where, "").line, where, figures)


def _thresholds(document: Document) -> Iterator[Figure]:
    says = {
        "policing": "Hits on bodies and strong phrases that make it a matter of policing",
        "borderline": "Points from which a story is a near miss",
        "include": "Points from which a story is in the draft",
        "national": "The same for a story without a local tie",
    }
    for where, value in document.each("thresholds", "*"):
        yield _figure(document, f"thresholds/{where[-1]}", says.get(str(where[-1]), ""), value, *where)
    for key, what in (
        ("unsunk", "What a story adds in which nothing sinks but cases told further down"),
        ("sunk_below", "What cases told further down take at most"),
    ):
        for where, value in document.each(key):
            if isinstance(value, int):
                yield _figure(document, key, what, value, *where)


def _bodies(document: Document) -> Iterator[PhraseList]:
    named = {where[-1]: value for where, value in document.each("named", "*")}
    for key, model in BodiesSection.model_fields.items():
        for where, listed in document.each("bodies", key):
            points = _figure(
                document, f"named/{key}", "Points for being named, once", named.get(key), "named", key
            )
            title, does = key.replace("_", " ").capitalize(), model.description or ""
            yield _list(document, f"bodies/{key}", title, does, listed, where, *([points] if named else []))
    for where, listed in document.each("never"):
        does = "A longer phrase that cancels a body’s name or a cue inside it."
        yield _list(document, "never", "Never, for all bodies and cues", does, listed, where)


def _cues(document: Document) -> Iterator[PhraseList]:
    for kind in ("raise", "sink"):
        for where, cue in document.each("cues", kind, "*"):
            name, points = f"cues/{kind}/{where[-1]}", cue.get("points")
            title = f"{str(where[-1]).replace('_', ' ').capitalize()} ({kind}s)"
            yield _list(
                document, name, title, f"Each phrase {kind}s a story by {points}.", cue.get("phrases"),
                (*where, "phrases"),
                _figure(document, f"{name}/points", "Points of each phrase", points, *where, "points"),
                _figure(document, f"{name}/most", "Phrases that count, at most", cue.get("most", 3), *where, "most"),
            )  # fmt: skip


def _topics(document: Document) -> Iterator[PhraseList]:
    for where, topic in document.each("topics", "*"):
        for key, does in _DOES.items():
            name, title = f"topics/{topic['id']}/{key}", f"{topic['name']}: {key}"
            yield _list(document, name, title, does, topic.get(key), (*where, key))


def _priorities(document: Document) -> Iterator[PhraseList]:
    for where, ground in document.each("priority", "grounds", "*"):
        name, says = f"priority/grounds/{where[-1]}", str(ground["says"])
        points = _figure(
            document, f"{name}/points", "Points, once a story", ground["points"], *where, "points"
        )
        does = f"Where: {ground.get('where', 'opening')}."
        phrases = (*where, "phrases")
        yield _list(document, name, says[:1].upper() + says[1:], does, ground.get("phrases"), phrases, points)
    for where, listed in document.each("priority", "subjects", "*"):
        does = "Stories with these words are one subject to the panel."
        name = f"priority/subjects/{where[-1]}"
        yield _list(document, name, f"Subject: {where[-1]}", does, listed, where)


def _reach(document: Document) -> Iterator[Figure]:
    says = {
        "headline": "The force, its commissioner or the area in the headline",
        "local": "None of these in the opening",
        "one_town": "It speaks of one council’s places alone",
        "one_town_led": "Likewise, and the commissioner leads",
        "national": "National, and nothing of it is said of the force",
        "national_here": "National, with the force or area named",
    }
    for where, value in document.each("priority", "scope", "*"):
        yield _figure(document, f"priority/scope/{where[-1]}", says.get(str(where[-1]), ""), value, *where)
    for key, what in (("fresh", "New in the last weeks"), ("liked", "Of a topic of which others were kept")):
        for where, value in document.each("priority", key, "points"):
            yield _figure(document, f"priority/{key}/points", what, value, *where)
