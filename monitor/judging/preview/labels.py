"""How often the rules choose as a person did, before and after. Only labelled stories that a change touches are judged
twice, and what the rules in force choose is known from one change to the next; a story labelled borderline is counted
by nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.judging.backtest import is_in
from monitor.judging.classify import Judge
from monitor.judging.evaluate import Rate
from monitor.judging.labelled import LabelledStory
from monitor.judging.preview.difference import Difference, touches
from monitor.model import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    precision: Rate  # of what the rules include, how much was wanted
    recall: Rate  # of what was wanted, how much they include


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A labelled story that is chosen otherwise."""

    label: LabelledStory
    is_right: bool  # by the tried rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One set of labelled stories."""

    name: str
    stories: int
    before: Figures
    after: Figures
    changed: tuple[Changed, ...]


def figures_by(
    name: str, labelled: Sequence[LabelledStory], found: Difference, *, before: Judge, after: Judge
) -> Labels:
    counted = tuple(one for one in labelled if one.decision is not Choice.BORDERLINE)
    touched, was = touches(found), _included(before, counted)
    becomes = {**was} | {
        one.id: is_in(after.in_brief(one.article)) for one in counted if touched(one.article)
    }
    return Labels(
        name=name,
        stories=len(labelled),
        before=_figures(counted, was),
        after=_figures(counted, becomes),
        changed=tuple(
            Changed(label=one, is_right=becomes[one.id] == (one.decision is Choice.INCLUDE))
            for one in counted
            if was[one.id] != becomes[one.id]
        ),
    )


@lru_cache(maxsize=8)  # as many sets as there may be, by the rules in force
def _included(judge: Judge, counted: tuple[LabelledStory, ...]) -> Mapping[str, bool]:
    return {one.id: is_in(judge.in_brief(one.article)) for one in counted}


def _figures(counted: Sequence[LabelledStory], chosen: Mapping[str, bool]) -> Figures:
    wanted = [one for one in counted if one.decision is Choice.INCLUDE]
    right = sum(chosen[one.id] for one in wanted)
    return Figures(
        precision=Rate(right, sum(chosen.values())),
        recall=Rate(right, len(wanted)),
    )
