"""Rules and grouping measured on labelled stories.

- *Choice*: include against exclude. A story labelled borderline is counted apart; a borderline verdict is no include.
- *Area*: every story.
- *Topics*: stories that have a label for them. "First" asks whether our first topic is in the label's list, "any"
  whether any of ours is.
- *Pairs*: two stories labelled with one slug are a pair; ours are the pairs of articles in one story.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from monitor.judging.classify import Judge
from monitor.judging.group import group
from monitor.judging.labelled import LabelledStory
from monitor.judging.labelled import read_labelled as read_labelled
from monitor.model import Choice, Verdict
from monitor.settings import Gazetteer, PanelArea


@dataclass(frozen=True, slots=True)
class Rate:
    right: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1; 1 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.value:.3f}  ({self.right} of {self.of})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled story beside what the rules made of it."""

    label: LabelledStory
    verdict: Verdict
    story: str  # the id of the lead of the story that it was put in


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPair:
    one: str
    two: str
    are_one_story: bool  # by the label; the grouping said the opposite


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    judged: tuple[Judged, ...]
    rates: dict[str, Rate]  # precision, recall, area, first_topic, any_topic, pair_precision, pair_recall
    borderline: dict[str, int]  # stories labelled borderline, by our choice
    wrong_pairs: tuple[WrongPair, ...]
    area: PanelArea

    @property
    def f1(self) -> float:
        precision, recall = self.rates["precision"].value, self.rates["recall"].value
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def let_in(self) -> tuple[Judged, ...]:
        """Unwanted stories that we include."""
        return tuple(one for one in self.judged if _is(one, Choice.EXCLUDE) and _included(one))

    @property
    def missed(self) -> tuple[Judged, ...]:
        """Wanted stories that we do not include."""
        return tuple(one for one in self.judged if _is(one, Choice.INCLUDE) and not _included(one))

    @property
    def wrong_area(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.verdict.area is not one.label.area)

    def as_record(self) -> dict[str, object]:
        """For JSON: the figures, and each error with its verdict."""
        return {
            "stories": len(self.judged),
            "f1": round(self.f1, 4),
            **{name: round(rate.value, 4) for name, rate in self.rates.items()},
            "borderline": self.borderline,
            "let_in": [_error(one, self.area) for one in self.let_in],
            "missed": [_error(one, self.area) for one in self.missed],
            "wrong_area": [_error(one, self.area) for one in self.wrong_area],
            "wrong_pairs": [asdict(pair) for pair in self.wrong_pairs],
        }

    def report(self) -> str:
        """For a person: the figures, then each error with the phrases that made it."""
        return "\n".join(self._report_lines()) + "\n"

    def _report_lines(self) -> Iterator[str]:
        yield f"{len(self.judged)} stories, F1 {self.f1:.3f}"
        for name, rate in self.rates.items():
            yield f"{name.replace('_', ' '):16}{rate}"
        counted = (f"{count} {choice}" for choice, count in sorted(self.borderline.items()))
        yield f"labelled borderline: {', '.join(counted) or 'none'}"
        for heading, errors in (("let in", self.let_in), ("missed", self.missed)):
            for one in errors:
                yield f"{heading}: {one.label.id}: {one.label.title} ({one.label.why})"
                yield f"    {one.verdict.choice}, {one.verdict.score} points: {one.verdict.reason}"
                yield f"    {', '.join(_points(one.verdict))}"
        for one in self.wrong_area:
            ours, label = self.area.id_of(one.verdict.area), self.area.id_of(one.label.area)
            yield f"area {ours}, by the label {label}: {one.label.id}"
        for pair in self.wrong_pairs:
            yield f"{'not joined' if pair.are_one_story else 'joined'}: {pair.one} and {pair.two}"

    def verdict_records(self) -> tuple[dict[str, object], ...]:
        """For JSON: id, decision, score, area, topics and story, a record a story."""
        return tuple(_line(one, self.area) for one in self.judged)


def evaluate(
    stories: Sequence[LabelledStory], judge: Judge, gazetteer: Gazetteer, area: PanelArea
) -> Evaluation:
    articles = [story.article for story in stories]
    lead = {
        article.id: story.id
        for story in group(articles, gazetteer, judge.rules)
        for article in story.articles
    }
    judged = tuple(
        Judged(label=label, verdict=judge.verdict(article), story=lead[article.id])
        for label, article in zip(stories, articles, strict=True)
    )
    same = {
        pair
        for pair in combinations(range(len(judged)), 2)
        if len({judged[at].label.story for at in pair}) == 1
    }
    ours = {
        pair for pair in combinations(range(len(judged)), 2) if len({judged[at].story for at in pair}) == 1
    }
    return Evaluation(
        judged=judged,
        rates={
            **_choice_rates(judged),
            **_topic_rates(judged),
            "pair_precision": Rate(len(same & ours), len(ours)),
            "pair_recall": Rate(len(same & ours), len(same)),
        },
        borderline=dict(Counter(str(one.verdict.choice) for one in judged if _is(one, Choice.BORDERLINE))),
        wrong_pairs=tuple(
            WrongPair(one=judged[one].label.id, two=judged[two].label.id, are_one_story=(one, two) in same)
            for one, two in sorted(same ^ ours)
        ),
        area=area,
    )


def _choice_rates(judged: Sequence[Judged]) -> dict[str, Rate]:
    counted = [one for one in judged if not _is(one, Choice.BORDERLINE)]
    hit = sum(_included(one) and _is(one, Choice.INCLUDE) for one in counted)
    return {
        "precision": Rate(hit, sum(map(_included, counted))),
        "recall": Rate(hit, sum(_is(one, Choice.INCLUDE) for one in counted)),
        "area": Rate(sum(one.verdict.area is one.label.area for one in judged), len(judged)),
    }


def _topic_rates(judged: Sequence[Judged]) -> dict[str, Rate]:
    named = [(one.verdict.topics, one.label.topics) for one in judged if one.label.topics]
    return {
        "first_topic": Rate(sum(bool(ours) and ours[0] in wanted for ours, wanted in named), len(named)),
        "any_topic": Rate(sum(bool(set(ours) & set(wanted)) for ours, wanted in named), len(named)),
    }


def _is(one: Judged, decision: Choice) -> bool:
    return one.label.decision is decision


def _included(one: Judged) -> bool:
    return one.verdict.choice is Choice.INCLUDE


def _points(verdict: Verdict) -> list[str]:
    return [f"{one.phrase} {one.points:+d}" for one in verdict.evidence if one.points]


def _line(one: Judged, area: PanelArea) -> dict[str, object]:
    return {
        "id": one.label.id,
        "decision": str(one.verdict.choice),
        "score": one.verdict.score,
        "area": area.id_of(one.verdict.area),
        "topics": list(one.verdict.topics),
        "story": one.story,
    }


def _error(one: Judged, area: PanelArea) -> dict[str, object]:
    return {
        **_line(one, area),
        "title": one.label.title,
        "why": one.label.why,
        "reason": one.verdict.reason,
        "evidence": [evidence._asdict() for evidence in one.verdict.evidence if evidence.points],
    }
