"""SIGTERM ends a command as Ctrl-C does, with one line and 143, wherever in it the signal comes."""

import signal

import click
import pytest

import monitor.cli as cli
from monitor.cli import main

STOPPED = "Stopped. What was finished is kept; run the command again to go on.\n"


def terminate(*_, **__):
    signal.raise_signal(signal.SIGTERM)
    raise AssertionError("the signal was not heard")


def interrupt(*_, **__):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("monitor.app.setting_up.init", id="in the command"),
        pytest.param("monitor.cli.log_to_stderr", id="before it begins"),
        pytest.param("monitor.cli.show_lines", id="while it says what it did"),
        pytest.param("monitor.cli.Folders", id="while its arguments are read"),
    ],
)
@pytest.mark.parametrize("stop, code", [(terminate, 143), (interrupt, 130)], ids=["kill", "Ctrl-C"])
def test_wherever_it_comes(monkeypatch, capsys, tmp_path, place, stop, code):
    monkeypatch.setattr(place, stop)
    assert main(["init", str(tmp_path)]) == code
    assert capsys.readouterr().err.lstrip("\n") == STOPPED
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize("stop, code", [(terminate, 143), (interrupt, 130)], ids=["kill", "Ctrl-C"])
def test_when_the_command_has_ended(monkeypatch, capsys, stop, code):
    def main_of_click(*_, **__):
        stop()

    monkeypatch.setattr(click.Group, "main", main_of_click)
    assert main(["check"]) == code
    assert capsys.readouterr().err == STOPPED


def test_while_click_reads_arguments(monkeypatch, capsys):
    """Click hears it before us there, and calls it its own name."""
    monkeypatch.setattr(cli.monitor, "make_context", terminate)
    assert main(["check"]) == 143
    assert capsys.readouterr().err.strip() == STOPPED.strip()
