"""CI meets the project as a stranger does, and fails when a step fails. Here its script runs with programs that only
write down how they were called."""

import os
import shutil
import subprocess

import pytest
from machine import PARTS
from where import ROOT

# Each writes a line into `calls`: its name, its last argument, its folder and its environment.
MAKE = """#!/bin/sh
echo "$1 $PWD $HOME $(env | grep -Ev '^(PATH|HOME|PWD|OLDPWD|SHLVL|_)=' | tr '\\n' ' ')" >> {calls}
[ -z "$(ls -A "$HOME")" ] || exit 9
echo "$1 was made"
[ "$1" != "{failing}" ]
"""
GIT = """#!/bin/sh
for last; do :; done
mkdir -p "$last"
"""
HAVE_EVERYTHING = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def ci(tmp_path):
    """Runs .ci/run; gives what came of it and the calls of make, as (target, folder, home, rest of environment)."""

    def run(failing=""):
        programs, calls = tmp_path / "programs", tmp_path / "calls"
        programs.mkdir()
        for name, text in {
            "make": MAKE,
            "git": GIT,
            "dpkg": HAVE_EVERYTHING,
            "apt-get": "#!/bin/sh\nexit 1\n",
        }.items():
            (programs / name).write_text(text.replace("{calls}", str(calls)).replace("{failing}", failing))
            (programs / name).chmod(0o755)
        (tmp_path / "checkout" / ".ci").mkdir(parents=True)
        script = shutil.copy(ROOT / ".ci" / "run", tmp_path / "checkout" / ".ci" / "run")
        environment = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PIP_INDEX_URL": "x",
            "MONITOR_DATA": "y",
        }
        done = subprocess.run(["bash", script], env=environment, capture_output=True, text=True, timeout=60)
        return done, [line.split(" ", 3) for line in calls.read_text().splitlines()]

    return run


def test_both_commands_are_given_an_empty_home_and_nothing_but_the_path(ci, tmp_path):
    done, calls = ci()
    assert done.returncode == 0, done.stderr
    assert [target for target, *_ in calls] == ["demo", "test-newest", "unattended", "test-slow", "test"]
    assert {rest for *_, rest in calls} == {""}
    ((folder, home),) = {(folder, home) for _, folder, home, _ in calls}
    assert home != os.environ["HOME"] and folder not in (str(ROOT), str(tmp_path / "checkout"))
    assert done.stdout.splitlines()[-1] == "test was made"


@pytest.mark.parametrize(
    "failing, made", [("demo", 1), ("test-newest", 2), ("unattended", 3), ("test-slow", 4), ("test", 5)]
)
def test_a_step_that_fails_ends_it(ci, failing, made):
    done, calls = ci(failing)
    assert (done.returncode != 0, len(calls)) == (True, made)


def test_what_ci_installs_is_what_the_skipped_tests_ask_for():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    installed = script.split("packages=(")[1].split(")")[0].split()
    assert set(installed) == {package for part in PARTS.values() for package in part.packages.split()}
