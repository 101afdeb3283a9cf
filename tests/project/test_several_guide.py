"""docs/several-panels.md, done as written: the first of its blocks in a folder as `init` leaves it."""

import re
import shlex
import shutil

import pytest
from where import ROOT

from monitor.cli import main
from monitor.config.defaults import write_defaults

GUIDE = (ROOT / "docs" / "several-panels.md").read_text("utf-8")
BLOCKS = [re.findall(r"^\$ (.*)$", block, re.M) for block in re.findall(r"```console\n(.*?)```", GUIDE, re.S)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    write_defaults(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def done(command: str, capsys) -> str:
    """What it says."""
    typed, _, file = command.partition(" > ")
    program, *words = shlex.split(typed)
    if program == "monitor":
        assert main(words) == 0, command
        said = capsys.readouterr().out
        if file:
            (ROOT.__class__(file)).write_text(said)
        return said
    if program == "mkdir":
        for word in words[1:]:
            ROOT.__class__(word).mkdir(parents=True)
    else:
        *names, target = words
        for name in names:
            {"mv": shutil.move, "cp": shutil.copy}[program](name, target)
    return ""


@pytest.mark.slow
def test_from_one_panel_to_two(folder, capsys):
    said = [done(command, capsys) for command in BLOCKS[0]][-1]
    assert re.findall(r"^Panel .*:$", said, re.M) == ["Panel hampshire:", "Panel thames-valley:"]
    assert (
        done(BLOCKS[1][0], capsys)
        == "The archive holds nothing of before there were several panels; nothing was changed.\n"
    )


@pytest.mark.slow
def test_the_feeds_that_it_narrows_to_are_there(folder, capsys):
    for command in BLOCKS[0]:
        done(command, capsys)
    narrowed = re.search(r"```yaml\n(.*?)```", GUIDE, re.S)[1]
    with (folder / "panels" / "hampshire" / "panel.yaml").open("a") as file:
        file.write(f"\n{narrowed}")
    assert "Feeds: " in done("monitor --panel hampshire check", capsys)
