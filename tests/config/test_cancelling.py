"""What is right as it is written and still does nothing needs a look, by line, with what to write instead."""

import pytest
from where import ROOT

from monitor.config.cancelling import looks
from monitor.config.folder import read_with_looks
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded

TOPICS = """\
thresholds: {policing: 1, borderline: 3, include: 6, national: 7}
bodies: {force: [Vale Police], commissioner: [PCC*]}
people: [{name: Ann Admiral, from: 2020-01-01, office: commissioner}]
cues:
  raise:
    figures: {points: 1, phrases: [per cent, <number> thefts, crime ~4 fell]}
  sink:
    court: {points: 3, phrases: [jailed]}
never: [NEVER]
topics:
  - id: roads
    name: Roads
    strong: [speeding, road deaths]
    weak: [drivers]
    never: [TOPIC]
"""
HOLD = "write the longer phrase that holds the hit, or delete it"
INSIDE = f"no body's name or cue lies inside it; {HOLD}"
ITSELF = "itself, and only what is shorter is cancelled"


def found(tmp_path, text):
    (tmp_path / "topics.yaml").write_text(text, "utf-8")
    loaded = read_topics(tmp_path / "topics.yaml")
    assert isinstance(loaded, Loaded), loaded
    return [str(look) for look in looks(loaded.document)]


@pytest.mark.parametrize(
    "never, said",
    [
        pytest.param("Vale Police Choir", None, id="a body's name inside"),
        pytest.param("PCCs' choir", None, id="a stem inside"),
        pytest.param("HMS Ann Admiral", None, id="a person's name inside"),
        pytest.param("was never jailed", None, id="a cue inside"),
        pytest.param("two thefts each", None, id="a figure in words inside"),
        pytest.param("crime fell asleep", None, id="both sides of a gap inside"),
        pytest.param("<many> ~5 choir", None, id="a gap may hold anything"),
        pytest.param("jail*", f"jail* cancels nothing: {INSIDE}", id="no longer than the cue"),
        pytest.param("choir practice", f"choir practice cancels nothing: {INSIDE}", id="nothing inside"),
        pytest.param(
            "road deaths seen", f"road deaths seen cancels nothing: {INSIDE}", id="a topic's is not its"
        ),
        pytest.param(
            "per cent",
            f"per cent cancels nothing: it is a body's name or cue {ITSELF}; {HOLD}",
            id="a cue itself",
        ),
    ],
)
def test_a_never_of_all_bodies_and_cues(tmp_path, never, said):
    text = TOPICS.replace("NEVER", never).replace("TOPIC", "speeding up")
    assert found(tmp_path, text) == ([f"topics.yaml:9: never.0: {said}"] if said else [])


@pytest.mark.parametrize(
    "never, said",
    [
        pytest.param("speeding up", None, id="a strong phrase inside"),
        pytest.param("pile drivers", None, id="a weak phrase inside"),
        pytest.param(
            "speeding",
            f"speeding cancels nothing: it is a strong or weak phrase of the topic {ITSELF}",
            id="itself",
        ),
        pytest.param(
            "jailed for it",
            "jailed for it cancels nothing: no strong or weak phrase of the topic",
            id="a cue",
        ),
    ],
)
def test_a_never_of_a_topic(tmp_path, never, said):
    text = TOPICS.replace("NEVER", "Vale Police Choir").replace("TOPIC", never)
    (line,) = found(tmp_path, text) or [""]
    assert line.startswith(f"topics.yaml:15: topics.0.never.0: {said}") if said else line == ""


def test_the_same_words_on_both_sides_of_a_gap(tmp_path):
    text = TOPICS.replace("NEVER", "Vale Police Choir").replace("TOPIC", "speeding up")
    assert found(tmp_path, text.replace("crime ~4 fell", "crime ~4 Crime")) == [
        "topics.yaml:6: cues.raise.figures.phrases.2: crime ~4 Crime wants the same words twice in one sentence: "
        "write `crime`, or another word on one side"
    ]


def test_nothing_that_ships_needs_a_look():
    assert read_with_looks(ROOT)[1] == ()
