"""What panel.yaml says of the report's size and of the panel's own business.

    report.items, per_topic, good_news    how many stories a report holds, and of what
    programme                              what the panel takes up, by meeting
    handled                                what it has dealt with, by meeting

Beyond the shape, these are mistakes: a meeting that is not among `meetings`, or twice in one list; a subject that is no
topic of topics.yaml and, as a phrase, can match nothing.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from monitor.config.phrasing import why_never
from monitor.config.values import Day, Section, Text
from monitor.config.yamlfile import Document
from monitor.errors import Mistake
from monitor.settings import Business

MOST_ITEMS = 99


def _items(written: Any) -> int | None:
    if written == "all":
        return None
    if isinstance(written, int) and not isinstance(written, bool) and 1 <= written <= MOST_ITEMS:
        return written
    raise ValueError(f"{written} is no number of stories: write 1 to {MOST_ITEMS}, as in 12, or all")


Items = Annotated[
    int | None,
    PlainValidator(_items),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_ITEMS}, {"const": "all"}]}),
]
"""A number of stories, or `all` (None)."""


class BusinessSection(Section):
    meeting: Day = Field(description="One of `meetings`.")
    subjects: list[Text] = Field(
        min_length=1, description="Ids of topics, or phrases.", examples=["[standards-complaints, custody]"]
    )


def business_of(sections: list[BusinessSection]) -> tuple[Business, ...]:
    found = (Business(meeting=one.meeting, subjects=tuple(one.subjects)) for one in sections)
    return tuple(sorted(found, key=lambda one: one.meeting))


def business_mistakes(document: Document) -> Iterator[Mistake]:
    meetings = {str(day) for _, day in document.each("meetings", "*")}
    for key in ("programme", "handled"):
        seen: set[str] = set()
        for where, day in document.each(key, "*", "meeting"):
            if str(day) in seen:
                yield document.mistake(where, f"{day} stands twice in {key}: put its subjects into one entry")
            elif str(day) not in meetings:
                yield document.mistake(
                    where,
                    f"{day} is no meeting of the panel’s: add it to `meetings`, or write a day that is there",
                )
            seen.add(str(day))
        for where, subject in document.each(key, "*", "subjects", "*"):
            if isinstance(subject, str) and subject.strip() and (why := why_never(subject)) is not None:
                yield document.mistake(
                    where, f"{subject} is no topic of topics.yaml, and can match nothing: {why}"
                )
