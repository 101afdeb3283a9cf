"""topics.yaml and places.yaml: each mistake that an editor makes is named with its line and a remedy."""

from pathlib import Path

import pytest

from monitor.config.places_file import read_places
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from tests.rules import default_gazetteer, default_rules

TOPICS = """\
thresholds: {policing: 1, borderline: 3, include: 6, national: 7}
bodies: {force: [Vale Police], commissioner: [PCC]}
cues:
  raise:
    figures: {points: 1, phrases: [per cent]}
  sink:
    court: {points: 3, most: 2, phrases: [jailed]}
topics:
  - id: roads
    name: Roads
    strong: [speeding]
    weak: [drivers]
    never: [speeding up]
"""

PLACES = """\
councils:
  - id: slough
    name: Slough Borough Council
    county: Berkshire
    unit: Berkshire East
    places: [Chalvey]
    shared: [Slough]
area: {names: [Berkshire]}
elsewhere: [Kent]
"""


def mistakes(reader, folder: Path, text: str) -> list[str]:
    path = folder / "rules.yaml"
    path.write_text(text, "utf-8")
    loaded = reader(path)
    return [] if isinstance(loaded, Loaded) else [str(mistake) for mistake in loaded]


@pytest.mark.parametrize(
    "old, new, message",
    [
        pytest.param("", "", None, id="nothing wrong"),
        pytest.param(
            "[speeding]",
            "[]",
            "rules.yaml:11: topics.0.strong: too few entries",
            id="a topic without strong phrases",
        ),
        pytest.param(
            "[speeding]",
            "[speeding, Speeding]",
            "rules.yaml:11: topics.0.strong.1: Speeding stands twice",
            id="a phrase twice",
        ),
        pytest.param(
            "[drivers]",
            "[speeding]",
            "rules.yaml:12: topics.0.weak.0: speeding stands twice",
            id="strong and weak",
        ),
        pytest.param(
            "[drivers]",
            "['—']",
            "rules.yaml:12: topics.0.weak.0: — can match nothing: a phrase of punctuation",
            id="punctuation",
        ),
        pytest.param("[drivers]", "['']", "rules.yaml:12: topics.0.weak.0: is empty", id="an empty phrase"),
        pytest.param(
            "[drivers]", "['driv.*']", "regular expressions are not offered", id="a regular expression"
        ),
        pytest.param(
            "[jailed]", "[<figures> jailed]", "<figures> is no kind of figure", id="an unknown kind of figure"
        ),
        pytest.param(
            "id: roads",
            "id: Roads and lanes",
            "rules.yaml:9: topics.0.id: Roads and lanes is no id: write small letters, figures and hyphens",
            id="an id that is no word",
        ),
        pytest.param("id: roads", "id: water-policing", None, id="a topic of the editor's"),
        pytest.param(
            "[drivers]",
            "[drivers,\n\n      # figures\n      many drivers, <number>,\n      drivers in court]",
            "rules.yaml:15: topics.0.weak.2: <number> hits stories of every kind",
            id="the phrase's own line in a folded list",
        ),
        pytest.param(
            "include: 6",
            "include: 2",
            "rules.yaml:1: thresholds.borderline: 3 is above include (2)",
            id="thresholds in the wrong order",
        ),
        pytest.param("points: 3", "points: 0", "write 1 or more", id="a group without points"),
        pytest.param("points: 3", "point: 3", "no such key: did you mean `points`?", id="a misspelt key"),
        pytest.param("bodies:", "body:", "rules.yaml:1: bodies: is missing", id="no bodies"),
        pytest.param(
            "topics:\n",
            "topics:\n  - {id: workforce, name: W, strong: [speeding up], never: []}\n  - {id: finance, name: F, strong: [speeding]}\n",
            "topics.1.strong.0: speeding lies inside `never: speeding up` of topic 2",
            id="a phrase inside another topic's never",
        ),
        pytest.param(
            "topics:\n",
            "topics:\n  - {id: roads, name: R, strong: [crash]}\n",
            "roads stands twice",
            id="a topic's id twice",
        ),
    ],
)
def test_topics_file(tmp_path, old, new, message):
    found = mistakes(read_topics, tmp_path, TOPICS.replace(old, new, 1))
    assert any(message in line for line in found) if message else found == []


@pytest.mark.parametrize(
    "old, new, message",
    [
        pytest.param("", "", None, id="nothing wrong"),
        pytest.param(
            "[Slough]",
            "[slough]",
            "rules.yaml:7: councils.0.shared.0: slough would match a plain word",
            id="a name in small letters",
        ),
        pytest.param(
            "[Kent]",
            "[Kent, Chalvey]",
            "rules.yaml:9: elsewhere.1: Chalvey stands twice, first in councils.0.places",
            id="a name in two places",
        ),
        pytest.param(
            "[Chalvey]",
            "[]",
            "rules.yaml:6: councils.0.places: too few entries",
            id="a council without places",
        ),
        pytest.param("area:", "areas:", "no such key: did you mean `area`?", id="a misspelt key"),
    ],
)
def test_places_file(tmp_path, old, new, message):
    found = mistakes(read_places, tmp_path, PLACES.replace(old, new, 1))
    assert any(message in line for line in found) if message else found == []


def test_the_default_files_hold_every_topic_and_council():
    assert len(default_rules().topics) == 21
    assert len(default_gazetteer().councils) == 14
    assert {council.county for council in default_gazetteer().councils} == {
        "Berkshire",
        "Buckinghamshire",
        "Oxfordshire",
    }


def test_points_of_a_sink_are_taken_away(tmp_path):
    (tmp_path / "topics.yaml").write_text(TOPICS, "utf-8")
    loaded = read_topics(tmp_path / "topics.yaml")
    assert [(cue.name, cue.points, cue.most) for cue in loaded.value.sinks] == [("court", -3, 2)]
    assert [(cue.name, cue.points, cue.most) for cue in loaded.value.raises] == [("figures", 1, 3)]
