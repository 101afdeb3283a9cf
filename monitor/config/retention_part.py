"""What panel.yaml says of how long things are kept: `retention`.

    texts, unused, titles    articles: the text of what was used, of what never was, and what else is known of them
    drafts, editions         drafts that were followed by another, and the reports that were issued
    messages, runs, polls    e-mails, and the records of what was done

A length is a number and `days`, `months` or `years`, or `forever`. Beyond the shape, these are mistakes: a length so
short that drafts would lose what they rest on (a slip of the pen cannot be taken back: what is forgotten is gone); what
was never used kept longer than what was; the bare record of an article gone before its text; an issued report gone
before the drafts that led to it.
"""

import re
from datetime import timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator

from monitor.config.values import Section
from monitor.settings import Retention, Span

FOREVER = "forever"
_MONTHS = {"month": 1, "year": 12}
_LONGEST = 100 * 12  # months: past it a moment may lie before the year 1


def _span(written: object) -> Span | None:
    if written == FOREVER:
        return None
    found = re.fullmatch(r"([0-9]{1,5}) (day|month|year)s?", written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(f"{written} is no length of time: write 90 days, 13 months, 6 years or forever")
    number, unit = int(found[1]), found[2]
    span = Span(days=number) if unit == "day" else Span(months=number * _MONTHS[unit])
    if _long(span) > _long(Span(months=_LONGEST)):
        raise ValueError(f"{written} is more than a hundred years: write forever")
    return span


def _long(span: Span | None) -> timedelta:
    """For comparing only."""
    return timedelta(days=span.days + span.months * 365.25 / 12) if span else timedelta.max


def _at_least(least: Span, said: str) -> AfterValidator:
    def long_enough(span: Span | None) -> Span | None:
        if _long(span) < _long(least):
            raise ValueError(f"is too short for what drafts rest on: write {said} or more")
        return span

    return AfterValidator(long_enough)


Kept = Annotated[
    Span | None,
    PlainValidator(_span),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^([0-9]{1,5} (day|month|year)s?|forever)$",
            "examples": ["90 days", "13 months", "6 years", "forever"],
        }
    ),
]

_USUAL = Retention()


class RetentionSection(Section):
    texts: Annotated[Kept, _at_least(Span(months=3), "3 months")] = Field(
        default=_USUAL.texts, description="The text of an article that a draft or the officer used."
    )
    unused: Annotated[Kept, _at_least(Span(months=1), "1 month")] = Field(
        default=_USUAL.unused, description="The text of an article that nothing used."
    )
    titles: Annotated[Kept, _at_least(Span(months=3), "3 months")] = Field(
        default=_USUAL.titles, description="An article's title, address and day, when its text is gone."
    )
    drafts: Annotated[Kept, _at_least(Span(months=3), "3 months")] = Field(
        default=_USUAL.drafts, description="A draft that another followed, and what the officer said of it."
    )
    editions: Annotated[Kept, _at_least(Span(months=12), "1 year")] = Field(
        default=_USUAL.editions, description="A report that was issued, and what the officer said of it."
    )
    messages: Annotated[Kept, _at_least(Span(months=1), "1 month")] = Field(
        default=_USUAL.messages, description="That a draft was mailed, to whom, and what the relay said."
    )
    runs: Annotated[Kept, _at_least(Span(months=1), "1 month")] = Field(
        default=_USUAL.runs, description="When each job ran, and how it ended."
    )
    polls: Annotated[Kept, _at_least(Span(days=14), "14 days")] = Field(
        default=_USUAL.polls, description="When each feed was asked, and what came of it."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for shorter, longer in (("unused", "texts"), ("texts", "titles"), ("drafts", "editions")):
            if _long(getattr(self, shorter)) > _long(getattr(self, longer)):
                raise ValueError(
                    f"keeps `{shorter}` longer than `{longer}`: write a shorter `{shorter}` or a longer `{longer}`"
                )
        return self


def retention_of(section: RetentionSection) -> Retention:
    return Retention(**{name: getattr(section, name) for name in RetentionSection.model_fields})
