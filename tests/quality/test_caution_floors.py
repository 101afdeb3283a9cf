"""Warnings are worth reading: what the default words reach on the labelled items may rise and never fall.

`cautions.jsonl` holds invented items of real kinds; `cautions.md` says how they are labelled and what was measured
first. A warning counts as right where its kind is the label's.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from monitor.reporting.edition.watching import watch_of, watched
from monitor.settings import WatchWords

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))["cautions"]
ITEMS = [json.loads(line) for line in (HERE / "cautions.jsonl").read_text("utf-8").splitlines()]
SLACK = 0.03  # as in test_quality.py


def said(item: dict) -> set[str]:
    told = [item["heading"], *(report["text"].replace("\n\n", "\n") for report in item["reports"])]
    outlets = len({report["outlet"] for report in item["reports"]})
    return {found.risk.value for found in watched("\n".join(told), outlets, watch_of(WatchWords()))}


@cache
def rates(which: str) -> dict[str, float]:
    pairs = [(said(item), set(item["warn"])) for item in ITEMS if which in (item["set"], "all")]
    right = sum(len(got & wanted) for got, wanted in pairs)
    return {
        "precision": right / sum(len(got) for got, _ in pairs),
        "recall": right / sum(len(wanted) for _, wanted in pairs),
    }


def test_there_are_sixty_items_and_more_of_each_answer():
    assert len(ITEMS) >= 60 and len({item["id"] for item in ITEMS}) == len(ITEMS)
    assert {kind for item in ITEMS for kind in item["warn"]} == {"restricted", "sexual", "child", "live"}
    assert 0.4 < sum(bool(item["warn"]) for item in ITEMS) / len(ITEMS) < 0.6


def test_the_floors_are_those_that_were_asked_for_or_higher():
    assert FLOORS["all"]["precision"] >= 0.8 and FLOORS["all"]["recall"] >= 0.95


@pytest.mark.parametrize("which", FLOORS)
def test_no_figure_of_the_warnings_is_below_its_floor(which):
    found = rates(which)
    wrong = [
        f"{item['id']}: {said(item) or 'nothing'}, not {item['warn'] or 'nothing'} ({item['why']})"
        for item in ITEMS
        if which in (item["set"], "all") and said(item) != set(item["warn"])
    ]
    below = [
        f"{name} {found[name]:.3f} < {floor}" for name, floor in FLOORS[which].items() if found[name] < floor
    ]
    assert below == [], "\n".join([*below, *wrong])


@pytest.mark.parametrize("which", FLOORS)
def test_no_floor_of_the_warnings_lies_idle(which):
    found = rates(which)
    assert [name for name, floor in FLOORS[which].items() if found[name] > floor + SLACK] == []
