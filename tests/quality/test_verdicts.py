"""No verdict changes unseen: every story we keep is judged as `verdicts.tsv` says, until the change is accepted."""

import subprocess
import sys
from dataclasses import replace

import pytest

from monitor.judging.classify import prepare
from tests.quality import verdicts
from tests.quality.verdicts import ACCEPT, FILE, differences, kept, written
from tests.rules import default_gazetteer, default_judge, default_rules
from tests.where import ROOT


def test_every_story_is_judged_as_before():
    changed = differences(kept(FILE.read_text("utf-8")), verdicts.verdicts(default_judge()))
    assert changed == [], f"{len(changed)} verdicts changed. If that is wanted: {ACCEPT}\n" + "\n".join(
        changed
    )


def test_the_file_holds_every_labelled_story_every_item_and_the_week():
    names = [name.partition(":")[0] for name in kept(FILE.read_text("utf-8"))]
    counts = {name: names.count(name) for name in names}
    assert counts == {"tuning": 173, "everyday": 74, "hard_cases": 122, "report_items": 34, "week": 71}


@pytest.mark.slow
def test_a_phrase_less_is_seen_story_by_story():
    rules = default_rules()
    raises = tuple(
        replace(cue, phrases=tuple(p for p in cue.phrases if p != "a fifth of")) for cue in rules.raises
    )
    judge = prepare(replace(rules, raises=raises), default_gazetteer())
    assert differences(kept(FILE.read_text("utf-8")), verdicts.verdicts(judge)) == [
        "hard_cases:hard-vru-funding: include 12 thames-valley serious-violence"
        " -> include 10 thames-valley serious-violence"
    ]


@pytest.mark.parametrize(
    "before, after, said",
    [
        pytest.param({"a": "include\t7\tnational\t"}, {"a": "include\t7\tnational\t"}, [], id="the same"),
        pytest.param(
            {"a": "include\t7\tnational\troads"},
            {"a": "borderline\t4\tnational\t"},
            ["a: include 7 national roads -> borderline 4 national"],
            id="another decision",
        ),
        pytest.param(
            {}, {"a": "exclude\t0\telsewhere\t"}, ["a: no such story -> exclude 0 elsewhere"], id="new"
        ),
        pytest.param(
            {"a": "exclude\t0\telsewhere\t"}, {}, ["a: exclude 0 elsewhere -> no such story"], id="gone"
        ),
    ],
)
def test_what_is_said_of_a_change(before, after, said):
    assert differences(before, after) == said


def test_what_is_written_is_read_back():
    found = {"a": "include\t7\tnational\troads finance", "b": "exclude\t0\telsewhere\t"}
    assert kept(written(found)) == found


@pytest.mark.parametrize("module", ["verdicts", "propose"])
@pytest.mark.slow
def test_the_commands_of_the_docs_can_be_run_from_the_checkout(module):
    """They are run without pytest, which puts `tests/` on the path."""
    done = subprocess.run(
        [sys.executable, "-c", f"import tests.quality.{module}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stderr == ""
