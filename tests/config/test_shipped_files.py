"""The YAML files that ship can be read in any editor: folded at 110 signs, and long lists in groups with a comment."""

import re

import pytest

from tests.where import ROOT

FILES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.yaml"), *ROOT.glob("examples/**/*.yaml"))
)
WIDTH = 110
MOST_LINES = 6  # of phrases below one comment


def test_the_four_files_are_looked_at():
    assert {"feeds.yaml", "panel.yaml", "places.yaml", "topics.yaml"} <= set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_no_line_is_wider_than_an_editor_shows(file):
    lines = (ROOT / file).read_text("utf-8").split("\n")
    wide = [f"{file}:{number}" for number, line in enumerate(lines, 1) if len(line) > WIDTH]
    assert wide == []


@pytest.mark.parametrize("file", ["topics.yaml", "places.yaml"])
def test_a_long_list_is_in_groups_that_say_what_they_are_for(file):
    run = 0
    for number, line in enumerate((ROOT / file).read_text("utf-8").split("\n"), 1):
        run = run + 1 if re.fullmatch(r"\s+[^#:]+,", line) else 0
        assert run <= MOST_LINES, f"{file}:{number}: part this group by sense, with a comment"
