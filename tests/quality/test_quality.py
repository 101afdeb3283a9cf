"""Judgement has floors: what the default rules reach on the labelled stories may rise and never fall.

`tuning.jsonl` and `everyday.jsonl` are real stories in our own words, `hard_cases.jsonl` and `borders.jsonl` (police of
namesakes abroad, other authorities' bills, one ward, one farm, one match, pilots and funds that we share) are invented, and
`report_items.jsonl` are the items of two real reports of the panel's. One fifth of the labelled stories, chosen by the
CRC-32 of their slug so that an event is never split, is held out: nobody reads it while tuning, and its figure is
kept apart. `examples/hampshire/` is another panel, judged by its own files on its own stories. `floors.json` holds the least that is accepted, by set; raise it when the rules get better.
"""

import json
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from monitor.config.folder import read_config
from monitor.judging.classify import prepare
from monitor.judging.evaluate import Evaluation, evaluate, read_labelled
from monitor.judging.labelled import LabelledStory
from monitor.model import Area, Choice
from tests.rules import THAMES_VALLEY, article, default_gazetteer, default_judge
from tests.where import ROOT

HERE = Path(__file__).parent
HAMPSHIRE = ROOT / "examples" / "hampshire"
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))
JUDGED = [
    which for which in FLOORS if which not in ("cautions", "choice", "pairs")
]  # those have tests of their own
SLACK = 0.03  # a floor further below what is measured than this guards nothing


def labelled(*names: str) -> list[LabelledStory]:
    return [
        story
        for name in names
        for story in read_labelled(name, (HERE / name).read_text("utf-8").split("\n"), THAMES_VALLEY)
    ]


def is_held_out(story: LabelledStory) -> bool:
    return zlib.crc32(story.story.encode()) % 5 == 0


@cache
def measured(which: str) -> Evaluation:
    if which == "hampshire":
        return measured_by(HAMPSHIRE)
    real = labelled("tuning.jsonl", "everyday.jsonl")
    stories = {
        "tuned": [story for story in real if not is_held_out(story)],
        "held_out": [story for story in real if is_held_out(story)],
        "all": real,
        "hard_cases": labelled("hard_cases.jsonl"),
        "borders": labelled("borders.jsonl"),
    }[which]
    return evaluate(stories, default_judge(), default_gazetteer(), THAMES_VALLEY)


@pytest.mark.parametrize("which", JUDGED)
def test_no_figure_is_below_its_floor(which):
    found = measured(which)
    below = [
        f"{name} {found.rates[name].value:.3f} < {floor}"
        for name, floor in FLOORS[which].items()
        if found.rates[name].value < floor
    ]
    assert below == [], f"{which}: {', '.join(below)}\n{found.report()}"


@pytest.mark.parametrize("which", JUDGED)
def test_no_floor_lies_idle(which):
    found = measured(which)
    idle = [name for name, floor in FLOORS[which].items() if found.rates[name].value > floor + SLACK]
    assert idle == [], f"{which}: raise the floors of {', '.join(idle)}\n{found.report()}"


def test_what_the_issue_asks_for():
    """Pair recall is asked to be 0.85 and is not: docs/judgement.md says why."""
    asked = {"precision": 0.97, "recall": 0.97, "area": 0.97, "first_topic": 0.9, "pair_precision": 0.98}
    assert {name: floor for name, floor in asked.items() if FLOORS["all"][name] < floor} == {}


def measured_by(folder: Path) -> Evaluation:
    """Another panel's rules on its own labelled stories."""
    config = read_config(folder)
    lines = (folder / "stories.jsonl").read_text("utf-8").split("\n")
    topics = [topic.id for topic in config.rules.topics]
    stories = read_labelled("stories.jsonl", lines, config.panel.area, topics)
    return evaluate(stories, prepare(config.rules, config.gazetteer), config.gazetteer, config.panel.area)


def test_another_panel_is_judged_as_well():
    """On stories of its own: enough of each decision, and of every area some."""
    found = measured("hampshire")
    decisions = Counter(one.label.decision for one in found.judged)
    areas = Counter(one.label.area for one in found.judged)
    assert len(found.judged) >= 40 and min(decisions[Choice.INCLUDE], decisions[Choice.EXCLUDE]) >= 15
    assert min(areas[area] for area in Area) >= 2, areas
    assert min(FLOORS["hampshire"][name] for name in ("precision", "recall", "area")) >= 0.9


def items() -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / "report_items.jsonl").read_text("utf-8").splitlines()]


def test_there_are_the_items_of_two_reports():
    assert len(items()) == 21


@pytest.mark.parametrize(
    "item, with_text",
    [
        pytest.param(item, with_text, id=f"{item['id']} {'with text' if with_text else 'alone'}")
        for item in items()
        for with_text in (False, True)
        if (item["gist"] if with_text else item["heading"])
    ],
)
def test_what_the_officer_chose_is_chosen(item, with_text):
    subject = article(item["heading"], *([item["gist"]] if with_text else []), outlet=item["outlet"])
    verdict = default_judge().verdict(subject)
    assert verdict.choice is Choice.INCLUDE, f"{verdict.score}: {verdict.reason}"
