"""Proposes points: what one more or one less would gain, for each number of topics.yaml, on labelled stories.

    python -m tests.quality.propose [MORE.jsonl ...]

The stories are those that rules may be tuned on (`test_quality.py`), the hard cases, and any files that are named. Each
line is one number, what it is, what it could be, and the wrong choices before and after: wanted stories missed and
unwanted ones let in. Gains come first, then what would change nothing and so guards nothing. It changes no file: what
ships is the card that a person reads, and a gain of one story is no reason.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from monitor.judging.classify import prepare
from monitor.judging.evaluate import read_labelled
from monitor.judging.labelled import LabelledStory
from monitor.model import Choice
from monitor.settings import Gazetteer, Rules
from tests.quality.test_quality import is_held_out, labelled
from tests.rules import THAMES_VALLEY, default_gazetteer, default_rules

Change = Callable[[Rules, int], Rules]


class Number(NamedTuple):
    name: str  # as in topics.yaml
    value: int
    change: Change  # the rules with another value


class Proposal(NamedTuple):
    number: Number
    value: int
    missed: int
    let_in: int

    @property
    def wrong(self) -> int:
        return self.missed + self.let_in


def numbers(rules: Rules) -> Iterator[Number]:
    """Those that weigh: thresholds, bonus, bodies, people, cues."""
    for name in ("include", "national", "policing"):
        yield Number(f"thresholds.{name}", getattr(rules.thresholds, name), _threshold(name))
    yield Number("unsunk", rules.unsunk, lambda given, value: replace(given, unsunk=value))
    if rules.sunk_below is not None:
        yield Number("sunk_below", rules.sunk_below, lambda given, value: replace(given, sunk_below=value))
    for body in rules.bodies:
        yield Number(f"named.{body.name}", body.points, _body(body.name))
    for field in ("raises", "sinks"):
        for cue in getattr(rules, field):
            yield Number(f"cues.{field.removesuffix('s')}.{cue.name}", abs(cue.points), _cue(field, cue.name))


def _threshold(name: str) -> Change:
    return lambda rules, value: replace(rules, thresholds=replace(rules.thresholds, **{name: value}))


def _body(name: str) -> Change:
    def change(rules: Rules, value: int) -> Rules:
        bodies = (replace(one, points=value) if one.name == name else one for one in rules.bodies)
        return replace(rules, bodies=tuple(bodies))

    return change


def _cue(field: str, name: str) -> Change:
    sign = 1 if field == "raises" else -1

    def change(rules: Rules, value: int) -> Rules:
        cues = (
            replace(one, points=sign * value) if one.name == name else one for one in getattr(rules, field)
        )
        return replace(rules, **{field: tuple(cues)})

    return change


def wrong(rules: Rules, gazetteer: Gazetteer, stories: Sequence[LabelledStory]) -> tuple[int, int]:
    """Wanted stories missed, and unwanted ones let in."""
    judge = prepare(rules, gazetteer)
    missed = let_in = 0
    for story in stories:
        is_in = judge.in_brief(story.article).choice is Choice.INCLUDE
        missed += story.decision is Choice.INCLUDE and not is_in
        let_in += story.decision is Choice.EXCLUDE and is_in
    return missed, let_in


def proposals(rules: Rules, gazetteer: Gazetteer, stories: Sequence[LabelledStory]) -> Iterator[Proposal]:
    """One more and one less of each number; none below 0."""
    for number in numbers(rules):
        for value in (number.value - 1, number.value + 1):
            if value >= 0:
                yield Proposal(number, value, *wrong(number.change(rules, value), gazetteer, stories))


def main(files: Sequence[str]) -> None:
    rules, gazetteer = default_rules(), default_gazetteer()
    stories = [story for story in labelled("tuning.jsonl", "everyday.jsonl") if not is_held_out(story)]
    stories += labelled("hard_cases.jsonl")
    for name in files:
        stories += read_labelled(name, Path(name).read_text("utf-8").split("\n"), THAMES_VALLEY)
    missed, let_in = wrong(rules, gazetteer, stories)
    print(f"{len(stories)} stories: {missed} missed, {let_in} let in")
    for one in sorted(proposals(rules, gazetteer, stories), key=lambda one: one.wrong):
        if one.wrong <= missed + let_in:
            gain = missed + let_in - one.wrong
            said = f"{one.missed} missed, {one.let_in} let in: {f'{gain} better' if gain else 'no change'}"
            print(f"{one.number.name}: {one.number.value} -> {one.value}: {said}")


if __name__ == "__main__":
    main(sys.argv[1:])
