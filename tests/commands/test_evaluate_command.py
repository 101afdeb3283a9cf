"""`monitor evaluate`, as a script outside the project calls it."""

import json

import pytest
from where import ROOT

from monitor.cli import main

HARD = ROOT / "tests" / "quality" / "hard_cases.jsonl"


def evaluate(*arguments):
    return main(["--config", str(ROOT), "evaluate", *map(str, arguments)])


def test_a_line_a_story_is_written_with_the_keys_that_were_promised(tmp_path, capsys):
    assert evaluate(HARD, "--verdicts", tmp_path / "out.jsonl") == 0
    assert capsys.readouterr().out.startswith(f"{len(HARD.read_text('utf-8').splitlines())} stories, F1 ")
    labelled = [json.loads(line) for line in HARD.read_text("utf-8").splitlines()]
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in written] == [line["id"] for line in labelled]
    assert all(list(line) == ["id", "decision", "score", "area", "topics", "story"] for line in written)
    assert {line["decision"] for line in written} <= {"include", "borderline", "exclude"}
    assert {line["story"] for line in written} <= {line["id"] for line in labelled}


def test_the_figures_are_there_for_a_script_too(capsys):
    assert evaluate(HARD, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert 0.9 < figures["f1"] <= 1


STORY = json.loads(HARD.read_text("utf-8").splitlines()[0])


@pytest.mark.parametrize(
    "line, said",
    [
        pytest.param("{", "labelled.jsonl:2: ", id="no JSON"),
        pytest.param(json.dumps({**STORY, "decision": "maybe"}), "decision", id="no such decision"),
        pytest.param(json.dumps({**STORY, "decison": "include"}), "decison", id="no such key"),
        pytest.param(
            json.dumps({k: v for k, v in STORY.items() if k != "text"}), "text", id="a key is missing"
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(tmp_path, capsys, line, said):
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps(STORY) + "\n" + line + "\n", "utf-8")
    assert evaluate(file, "--verdicts", tmp_path / "out.jsonl") == 1
    shown = capsys.readouterr().err
    assert "labelled.jsonl:2: " in shown and said in shown
    assert not (tmp_path / "out.jsonl").exists()


def labelled(topic):
    return json.dumps({**STORY, "id": topic, "topics": [topic]}) + "\n"


def test_labels_that_name_no_topic_of_topics_yaml_are_told_by_line(tmp_path, capsys):
    """Topics are the editor's, so only what refers to one can name a wrong one."""
    file = tmp_path / "labelled.jsonl"
    file.write_text("".join(map(labelled, ("road", "roads", "zeppelins"))), "utf-8")
    assert evaluate(file) == 1
    first, second = capsys.readouterr().err.splitlines()
    remedy = "Mend the label, or add the topic"
    assert first == f"labelled.jsonl:1: topics: road is no topic of topics.yaml: did you mean roads? {remedy}"
    assert second.startswith(
        "labelled.jsonl:3: topics: zeppelins is no topic of topics.yaml: the ids there are neighbourhood-policing, "
    )
    assert second.endswith(remedy)


def test_a_place_that_cannot_be_written_is_said(tmp_path, capsys):
    assert evaluate(HARD, "--verdicts", tmp_path / "nowhere" / "out.jsonl") == 1
    assert "cannot be written" in capsys.readouterr().err
