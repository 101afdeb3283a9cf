"""Which of the hits in an article count, and how much: each stands in a field, and some are ruled out.

- A hit inside a longer phrase that rules it out is none: a topic's own, or one for all bodies and cues.
- A name of somebody in office counts in stories of that time and of the year after, when papers still quote those who
  left; a namesake of another time is nobody. A day that is a guess rules nobody out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from monitor.judging.chunks import Hit
from monitor.judging.entries import Entry, Role, Spoken
from monitor.judging.inside import Longest
from monitor.model import Article, Field
from monitor.settings import FieldWeights, Person

STILL_QUOTED = timedelta(days=365)


def in_fields(
    hits: Iterable[Hit], entries: Sequence[Entry], article: Article, weights: FieldWeights
) -> list[Spoken]:
    """The hits in title and text, each with its field and the weight of that."""
    title = len(article.title) + 1
    lead = title + len(article.paragraphs[0]) if article.paragraphs else title
    in_title = Field.TITLE, weights.title if article.paragraphs else weights.alone
    in_lead, in_body = (Field.LEAD, weights.lead), (Field.BODY, weights.body)
    spoken = []
    for hit in hits:
        start = hit[1]
        field, weight = in_body if start >= lead else in_lead if start >= title else in_title
        spoken.append(_spoken(Spoken, (entries[hit[0]], hit, field, weight)))
    return spoken


_spoken = tuple.__new__  # as in `phrases.py`


def of_its_time(spoken: Iterable[Spoken], article: Article) -> list[Spoken]:
    """Without the names of those who are not in office."""
    return [one for one in spoken if not one.entry.person or _is_in_office(one.entry.person, article)]


def _is_in_office(person: Person, article: Article) -> bool:
    if article.published_is_guess:
        return True
    day, until = article.published.date(), person.until
    return person.since <= day and (until is None or day <= until + STILL_QUOTED)


def uncancelled(spoken: list[Spoken]) -> list[Spoken]:
    """Without the hits inside a longer phrase that rules them out."""
    nevers: dict[str, list[Hit]] = {}
    for one in spoken:
        if one.entry.role is Role.NEVER:
            nevers.setdefault(one.entry.rule, []).append(one.hit)
    longest = {rule: Longest(hits) for rule, hits in nevers.items()}
    return [one for one in spoken if not _is_cancelled(one, longest)] if longest else spoken


def _is_cancelled(one: Spoken, longest: Mapping[str, Longest]) -> bool:
    return any(longest[rule].hold(one.hit) for rule in one.entry.ruled_out_by if rule in longest)
