"""A warning fails a test where it is ours, and only there: pytest is run with our settings on tests made for it."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from textwrap import dedent

import pytest
from where import ROOT

# Each is the body of a test, which fails or passes under the settings of pyproject.toml.
SITUATIONS = {
    "a library warns of itself while it is imported": ("import elsewhere.at_import", "passed"),
    "a library warns of itself when it is called": ("elsewhere.of_itself()", "passed"),
    "a library whose name begins as ours does": (
        "call_from('monitoring.feeds', elsewhere.of_its_caller)",
        "passed",
    ),
    "a library is warned by a library": ("call_from('requests.sessions', elsewhere.of_its_caller)", "passed"),
    "a library warns of what the monitor asks": (
        "call_from('monitor.reading.x', elsewhere.of_its_caller)",
        "failed",
    ),
    "a library warns of what a job asks": ("call_from('jobs.poll', elsewhere.of_its_caller)", "failed"),
    "a library warns of what a benchmark asks": (
        "call_from('benchmarks.poll', elsewhere.of_its_caller)",
        "failed",
    ),
    "a library warns of what a test's own library asks": (
        "call_from('loopback', elsewhere.of_its_caller)",
        "failed",
    ),
    "a library warns of what a test asks": ("elsewhere.of_its_caller()", "failed"),
    "the monitor warns": ("call_from('monitor', elsewhere.of_its_caller)", "failed"),
    "a socket is left open": ("import socket; elsewhere.clear([socket.socket()])", "failed"),
    "a file is left open": ("elsewhere.clear([open(__file__)])", "failed"),
    "an archive is left open": ("import sqlite3; elsewhere.clear([sqlite3.connect(':memory:')])", "failed"),
    "a thread fails": ("t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()", "failed"),
    "what is cleared away fails": (
        "type('X', (), {'__del__': lambda self: 1 / 0})(); gc.collect()",
        "failed",
    ),
}
ONLY_FROM = {"an archive is left open": (3, 13)}  # older Pythons do not warn of it at all

ELSEWHERE = '''
import gc
import warnings

def of_itself():
    warnings.warn("an old part of the system", DeprecationWarning)

def of_its_caller():
    warnings.warn("you call what will go", DeprecationWarning, stacklevel=2)

def clear(box):
    """Where Python happens to clear away what somebody else left open."""
    box.clear()
    gc.collect()  # an archive holds on to itself
'''
BEGINNING = """
import gc
import threading

import elsewhere


def call_from(name, function):
    exec("function()", {"__name__": name, "function": function})
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each situation, in one run of pytest."""
    folder = tmp_path_factory.mktemp("warned")
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "__init__.py").write_text(ELSEWHERE)
    (folder / "elsewhere" / "at_import.py").write_text("from elsewhere import of_itself\n\nof_itself()\n")
    bodies = "".join(
        f"\n\ndef test_{place}():\n    {body}\n" for place, (body, _) in enumerate(SITUATIONS.values())
    )
    (folder / "test_warned.py").write_text(dedent(BEGINNING) + bodies)
    settings = [
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(folder),
        "-p",
        "conftest",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *settings, "--junit-xml=out.xml", "test_warned.py"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "tests")}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    cases = ET.parse(folder / "out.xml").getroot().iter("testcase")
    return {
        int(case.get("name").removeprefix("test_")): "passed" if len(case) == 0 else "failed"
        for case in cases
    }


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_warning_fails_where_it_is_ours(outcomes, situation):
    if sys.version_info < ONLY_FROM.get(situation, (3,)):
        pytest.skip("this Python does not warn of it")
    assert outcomes[list(SITUATIONS).index(situation)] == SITUATIONS[situation][1]
