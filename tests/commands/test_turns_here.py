"""The processes of one run on one machine never ask a host at once, and let it rest between two calls."""

import subprocess
import sys

import pytest
from rights import bound_by_modes

from monitor.app import turns_here
from monitor.app.turns_here import LOOK_AGAIN, TurnsHere
from monitor.errors import OutputError

HOST = "news.example"


@pytest.fixture
def two(tmp_path):
    return TurnsHere(tmp_path), TurnsHere(tmp_path)


def test_a_host_is_one_calls_at_a_time(two):
    one, other = two
    assert one.claim(HOST, "1") == 0
    assert one.claim(HOST, "1") == 0  # it goes on
    assert one.claim(HOST, "2") == other.claim(HOST, "1") == LOOK_AGAIN
    assert other.claim("elsewhere.example", "1") == 0
    one.release(HOST, "1", 0.0)
    assert other.claim(HOST, "1") == 0


def test_a_host_rests_before_it_is_anothers_turn(two):
    one, other = two
    one.claim(HOST, "1")
    one.release(HOST, "1", 30.0)
    assert 29 < other.claim(HOST, "1") <= 30
    assert 29 < one.claim(HOST, "2") <= 30
    other.release(HOST, "1", 0.0)  # which it has not


def test_a_rest_that_no_host_asks_for_is_not_believed(two, monkeypatch):
    one, other = two
    one.claim(HOST, "1")
    one.release(HOST, "1", turns_here.LONGEST_REST + 60)
    assert other.claim(HOST, "1") == 0


def test_where_no_lock_can_be_had_it_is_said(tmp_path):
    tmp_path.chmod(0o555)
    with (
        bound_by_modes(),
        pytest.raises(OutputError, match="cannot be written, so no page was asked for: Permission denied"),
    ):
        TurnsHere(tmp_path).claim(HOST, "1")
    tmp_path.chmod(0o755)


def test_a_process_that_ended_holds_no_turn(tmp_path):
    claims = f"import pathlib, os; from monitor.app.turns_here import TurnsHere; TurnsHere(pathlib.Path({str(tmp_path)!r}))"
    subprocess.run(
        [sys.executable, "-c", f"{claims}.claim({HOST!r}, '1'); os._exit(1)"], check=False, timeout=60
    )
    assert list(tmp_path.iterdir())
    assert TurnsHere(tmp_path).claim(HOST, "1") == 0
