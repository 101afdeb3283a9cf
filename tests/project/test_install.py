"""The built wheel carries what it needs and, installed into an empty environment, does what the checkout does.

It is installed with the newest releases that its ranges admit, not with the locked ones, as pip does for anybody. So
these tests need the package index and can fail on a day when nothing of ours changed: `make test` leaves them out, and
`make test-newest`, which CI runs, has them.
"""

import os
import subprocess
import sys
import zipfile

import pytest
from where import ROOT


def run(*command, folder, **environment):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "COV"))
    }
    done = subprocess.run(
        command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(ROOT),
        folder=folder,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of the programs of an environment that holds the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", str(folder / "venv"), folder=folder)
    programs = folder / "venv" / "bin"
    run(str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel), folder=folder)
    run(str(programs / "python"), "-m", "pip", "check", folder=folder)
    return programs


@pytest.mark.slow
def test_the_wheel_carries_the_files_from_the_one_place_where_they_are_kept(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for name in ("feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml"):
            assert archive.read(f"monitor/defaults/{name}") == (ROOT / name).read_bytes()
    kept = [
        path for path in (ROOT / "monitor").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {str(path.relative_to(ROOT)) for path in kept} <= names
    assert {"jobs/poll.py", "jobs/weekly_report.py", "jobs/__main__.py", "jobs/crontab"} <= names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


@pytest.mark.newest
def test_an_empty_environment_runs_it(installed, tmp_path):
    monitor = str(installed / "monitor")
    assert "Written:" in run(monitor, "init", "desk", folder=tmp_path)
    assert "Feeds:" in run(monitor, "--config", "desk", "check", folder=tmp_path)
    shown = run(monitor, "demo", "week", folder=tmp_path)
    draft = shown.split("The draft report: ")[1].splitlines()[0]
    assert zipfile.is_zipfile(tmp_path / draft)


@pytest.mark.newest
def test_an_empty_environment_runs_the_jobs(installed, tmp_path):
    run(str(installed / "monitor"), "init", folder=tmp_path)
    (tmp_path / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)'}\n"
        "feeds: [{name: Nobody, url: 'http://127.0.0.1:9/rss', status: paused, reason: a test}]\n"
    )
    run(str(installed / "python"), "-m", "jobs.poll", folder=tmp_path)
    shown = run(str(installed / "python"), "-m", "jobs.weekly_report", folder=tmp_path)
    assert "topical-issues-" in shown
