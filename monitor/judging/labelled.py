"""Labelled stories: one JSON object a line. `tests/quality/labelling.md` says what a label means.

A mistake is named with its file, line and key, and nothing is guessed. Topics are the editor's: which ids there are is
said by whoever reads, and each label that names another is told, all at once.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import TypeVar

from monitor.errors import InputError
from monitor.model import Area, Article, Choice
from monitor.settings import PanelArea

_TEXTS = ("id", "url", "outlet", "title", "text", "story", "why")
_KEYS = (*_TEXTS, "published", "area", "decision", "topics")
_OPTIONAL = frozenset({"why"})
_FOR_PEOPLE = frozenset({"officer", "pick", "day_is_rough"})  # of stories from an officer's own window
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)

_CHOICES = {choice.value: choice for choice in Choice}

Offered = TypeVar("Offered")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledStory:
    id: str
    url: str
    outlet: str
    published: date | None
    title: str
    text: str  # paragraphs parted by blank lines
    area: Area
    decision: Choice
    topics: tuple[str, ...]  # ids, most fitting first; none where it is not about policing
    story: str  # shared by all reports of one event
    why: str

    @property
    def article(self) -> Article:
        """A story without a date is published at a guess, so its day says nothing for or against another's."""
        day = self.published
        when = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _NO_DAY
        return Article(
            id=self.id,
            url=self.url,
            outlet=self.outlet,
            feed="",
            title=self.title,
            paragraphs=tuple(part.strip() for part in self.text.split("\n\n") if part.strip()),
            published=when,
            published_is_guess=day is None,
            first_seen=when,
        )


def read_labelled(
    name: str,
    lines: Iterable[str],
    area: PanelArea,
    topics: Collection[str] | None = None,
    *,
    pooled: bool = False,
) -> tuple[LabelledStory, ...]:
    """`area` is that of the panel for which they were labelled. Raises InputError for the first mistake, as
    `name:line: key: what`; else for every topic that is not of `topics`, the ids in topics.yaml, where they are given.

    With `pooled` a report may stand under two events: readers of a pool tell events apart that share one.
    """
    stories: dict[tuple[str, str], LabelledStory] = {}
    unknown: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            story = _story(f"{name}:{number}", line, area)
            key = (story.id, story.story if pooled else "")
            if key in stories:
                raise InputError(f"{name}:{number}: id: {story.id} stands twice")
            stories[key] = story
            strange = [topic for topic in story.topics if topics is not None and topic not in topics]
            unknown += (f"{name}:{number}: topics: {_no_topic(topic, topics or ())}" for topic in strange)
    if unknown:
        raise InputError("\n".join(unknown))
    return tuple(stories.values())


def _no_topic(topic: str, topics: Collection[str]) -> str:
    near = get_close_matches(topic, topics, n=1)
    known = f"did you mean {near[0]}?" if near else f"the ids there are {', '.join(topics)}."
    return f"{topic} is no topic of topics.yaml: {known} Mend the label, or add the topic"


def _story(where: str, line: str, area: PanelArea) -> LabelledStory:
    record = _record(where, line)
    texts = {key: _text(f"{where}: {key}", record.get(key, "")) for key in _TEXTS}
    if not texts["id"]:
        raise InputError(f"{where}: id: is empty")
    return LabelledStory(
        **texts,
        published=_day(f"{where}: published", record["published"]),
        area=_one_of(f"{where}: area", record["area"], area.ids),
        decision=_one_of(f"{where}: decision", record["decision"], _CHOICES),
        topics=_topics(f"{where}: topics", record["topics"]),
    )


def _record(where: str, line: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: a JSON object is wanted")
    for key in record:
        if key not in _KEYS and key not in _FOR_PEOPLE:
            raise InputError(f"{where}: {key}: no such key; the keys are {', '.join(_KEYS)}")
    for key in _KEYS:
        if key not in record and key not in _OPTIONAL:
            raise InputError(f"{where}: {key}: is missing")
    return record


def _text(where: str, found: object) -> str:
    if not isinstance(found, str):
        raise InputError(f"{where}: a text is wanted, not {found!r:.60}")
    return found


def _day(where: str, found: object) -> date | None:
    if found is None:
        return None
    try:
        return date.fromisoformat(found) if isinstance(found, str) else _no_day(where, found)
    except ValueError:
        return _no_day(where, found)


def _no_day(where: str, found: object) -> date:
    raise InputError(f"{where}: {found!r:.60} is not a date: write year-month-day, or null")


def _one_of(where: str, found: object, offered: Mapping[str, Offered]) -> Offered:
    if not isinstance(found, str) or found not in offered:
        raise InputError(f"{where}: {found!r:.60} is not offered: write {', '.join(offered)}")
    return offered[found]


def _topics(where: str, found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(topic, str) for topic in found):
        raise InputError(f"{where}: a list of topics is wanted, not {found!r:.60}")
    return tuple(found)
