"""What a story is about: its topics, most fitting first.

A topic is a story's where a strong phrase of it hits, or a weak one in one sentence with a strong one, a police body
or a figure. Where none does, the weak ones of the title say what it is about. Of two hits of a topic
that overlap ("criminal justice", "criminal justice system") the longer weighs.
"""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.judging.chunks import Hit
from monitor.judging.entries import Role, Spoken
from monitor.model import Field

_MOST_TOPICS = 5
_SUBJECT = {Field.TITLE: 4, Field.LEAD: 2, Field.BODY: 1}  # what a hit says of the subject; the rest wanders


class Subjects(NamedTuple):
    topics: tuple[str, ...]
    counted: tuple[Spoken, ...]


def subjects_of(spoken: Sequence[Spoken], best: Sequence[Spoken]) -> Subjects:
    """The topics, most fitting first: a strong phrase weighs 2, a weak one in company 1."""
    company = {one.hit.sentence for one in spoken if one.entry.is_company}
    counted = [
        one
        for one in best
        if one.entry.role is Role.STRONG or (one.entry.role is Role.WEAK and one.hit.sentence in company)
    ]
    if not counted:
        counted = [one for one in best if one.entry.role is Role.WEAK and one.field is Field.TITLE]
    weights: dict[str, int] = {}
    for one in _apart(counted):
        weight = _SUBJECT[one.field] * (2 if one.entry.role is Role.STRONG else 1)
        weights[one.entry.rule] = weights.get(one.entry.rule, 0) + weight
    most = max(weights.values(), default=0)
    ranked = sorted(
        (rule for rule in weights if 3 * weights[rule] >= most), key=lambda rule: (-weights[rule], rule)
    )
    kept = frozenset(ranked[:_MOST_TOPICS])
    topics = tuple(rule.removeprefix("topic ") for rule in ranked[:_MOST_TOPICS])
    return Subjects(topics, tuple(one for one in counted if one.entry.rule in kept))


def _apart(counted: Sequence[Spoken]) -> list[Spoken]:
    apart: list[Spoken] = []
    for one in sorted(counted, key=lambda one: one.hit.start - one.hit.end):
        if not any(one.entry.rule == other.entry.rule and _overlap(one.hit, other.hit) for other in apart):
            apart.append(one)
    return apart


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end
