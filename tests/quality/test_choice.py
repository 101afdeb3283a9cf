"""The choice of the twelve against what readers and the officer chose. Floors only rise; `pools/README.md` says more."""

import json

import pytest
from rules import THAMES_VALLEY
from where import QUALITY, ROOT

from monitor.config.folder import read_config
from monitor.judging.labelled import read_labelled
from monitor.judging.pools import read_pool
from monitor.pipeline.ranking import rank

FLOORS = json.loads((QUALITY / "floors.json").read_text("utf-8"))["choice"]
POOLS = QUALITY / "pools"


def lines(file):
    return file.read_text("utf-8").split("\n")


@pytest.fixture(scope="module")
def config():
    return read_config(ROOT)


@pytest.mark.parametrize("name", FLOORS)
def test_as_many_of_the_chosen_come_first_as_ever(name, config):
    floor = FLOORS[name]
    stories = [
        story
        for file in floor["reports"]
        for story in read_labelled(file, lines(QUALITY / file), THAMES_VALLEY, pooled=True)
    ]
    meeting = next((day for day in config.panel.meetings if day.isoformat() == floor.get("meeting")), None)
    pool = read_pool(name, lines(POOLS / f"{name}.jsonl"))
    ranking = rank(stories, pool, config, meeting)
    found = {"among_12": ranking.among(12), "among_24": ranking.among(24)}
    print(name, found, "of", ranking.chosen)
    assert found["among_12"] >= floor["among_12"] and found["among_24"] >= floor["among_24"]


def test_every_ground_is_small_and_whole(config):
    card = config.rules.priority
    points = [ground.points for ground in card.grounds]
    points += [getattr(card.scope, name) for name in card.scope.__slots__]
    assert all(isinstance(each, int) and -9 <= each <= 9 for each in points)
    assert all(ground.points for ground in card.grounds)
