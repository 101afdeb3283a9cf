"""Mistakes in the priority card, the report's size and the panel's business: each with its line and a remedy."""

from pathlib import Path

import pytest
from where import ROOT

from monitor.config.panel_file import read_panel
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded

PANEL = (
    "panel: P\nforce: F\nmeetings: [2026-12-18]\nreport: {to: To, title: T, author: A"  # the report is line 4
)
BUSINESS = PANEL + "}\n"
CARD = """
topics: [{id: roads, name: Roads, strong: [speeding]}]
cues: {raise: {f: {points: 1, phrases: [figures]}}, sink: {c: {points: 1, phrases: [court]}}}
bodies: {force: [Vale Police], commissioner: [commissioner]}
thresholds: {policing: 1, borderline: 2, include: 3, national: 4}
priority:
"""


def mistakes(tmp_path: Path, text: str, read) -> list[str]:
    path = tmp_path / ("panel.yaml" if read is read_panel else "topics.yaml")
    path.write_text(text, "utf-8")
    found = read(path)
    return [str(mistake) for mistake in found] if isinstance(found, tuple) else []


@pytest.mark.parametrize(
    "text, said",
    [
        pytest.param(
            PANEL + ", items: 0}\n",
            "panel.yaml:4: report.items: 0 is no number of stories: write 1 to 99, as in 12, or all",
            id="no items",
        ),
        pytest.param(
            PANEL + ", items: some}\n",
            "panel.yaml:4: report.items: some is no number of stories: write 1 to 99, as in 12, or all",
            id="a word for items",
        ),
        pytest.param(
            BUSINESS + "programme:\n  - {meeting: 2027-01-29, subjects: [roads]}\n",
            "panel.yaml:6: programme.0.meeting: 2027-01-29 is no meeting of the panel’s: add it to `meetings`, or write a "
            "day that is there",
            id="a meeting that is not in meetings",
        ),
        pytest.param(
            BUSINESS
            + "handled:\n  - {meeting: 2026-12-18, subjects: [a]}\n  - {meeting: 2026-12-18, subjects: [b]}\n",
            "panel.yaml:7: handled.1.meeting: 2026-12-18 stands twice in handled: put its subjects into one entry",
            id="a meeting twice",
        ),
        pytest.param(
            BUSINESS + "handled:\n  - {meeting: 2026-12-18, subjects: ['***']}\n",
            "panel.yaml:6: handled.0.subjects.0: *** is no topic of topics.yaml, and can match nothing",
            id="a subject that is no topic and hits nothing",
        ),
    ],
)
def test_a_mistake_in_the_panels_business_is_named(tmp_path, text, said):
    (found,) = mistakes(tmp_path, text, read_panel)
    assert found.startswith(said)


@pytest.mark.parametrize(
    "ground, said",
    [
        pytest.param(
            "{says: x, points: 10, phrases: [lost]}",
            "points: 10 is too large: write 9 or less",
            id="points beyond 9",
        ),
        pytest.param(
            "{says: x, points: -10, phrases: [lost]}",
            "points: -10 is too small: write -9 or more",
            id="points beyond -9",
        ),
        pytest.param(
            "{says: x, points: 0, phrases: [lost]}", "points: 0 points change nothing", id="no points"
        ),
        pytest.param("{says: x, points: 1, phrases: []}", "phrases:", id="no phrases"),
        pytest.param(
            "{says: x, points: 1, phrases: [lost], beside: [polise]}",
            "beside.0: no such body",
            id="a body that is none",
        ),
        pytest.param("{says: x, points: 1, phrases: [lost], part: top}", "part:", id="a part that is none"),
        pytest.param(
            "{says: x, points: 1, phrases: [lost, lost]}", "phrases.1: lost stands twice", id="a phrase twice"
        ),
        pytest.param(
            "{says: x, points: 1, phrases: ['e-bike ~3']}", "phrases.0:", id="a phrase that can match nothing"
        ),
    ],
)
def test_a_mistake_in_the_card_is_named(tmp_path, ground, said):
    found = mistakes(tmp_path, CARD + "  grounds:\n    g: " + ground + "\n", read_topics)
    assert any(f"topics.yaml:8: priority.grounds.g.{said}" in one for one in found), found


def test_an_amount_of_money_alone_is_a_ground(tmp_path):
    assert (
        mistakes(
            tmp_path, CARD + "  grounds:\n    g: {says: x, points: 1, phrases: ['<money>']}\n", read_topics
        )
        == []
    )


def test_what_the_default_files_say_is_understood():
    panel = read_panel(ROOT / "panel.yaml")
    assert isinstance(panel, Loaded)
    assert (panel.value.size.items, panel.value.size.per_topic) == (12, 2)
    assert {one.meeting for one in (*panel.value.programme, *panel.value.handled)} <= set(
        panel.value.meetings
    )


def test_all_is_every_story(tmp_path):
    (tmp_path / "panel.yaml").write_text(PANEL + ", items: all}\n", "utf-8")
    panel = read_panel(tmp_path / "panel.yaml")
    assert isinstance(panel, Loaded) and panel.value.size.items is None
