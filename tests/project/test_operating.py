"""docs/operating.md: its lines are run, as far as a test may. What belongs to the machine alone (packages, users,
services) is answered by stand-ins that write down what they were asked; all else is done, in three folders of the
test's own.
"""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs import blocks
from where import ROOT

from monitor.store import Store

OPERATING = ROOT / "docs" / "operating.md"
UNITS = ROOT / "jobs" / "systemd"

ASKED = """#!/bin/sh
echo "$(basename "$0") $*" >> "$ASKED"
"""
STAND_INS = {
    **dict.fromkeys(("apt-get", "useradd", "chgrp", "chown", "systemctl", "crontab", "podman"), ASKED),
    # as the user that the test runs as
    "runuser": ASKED + 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"\n',
    "install": ASKED
    + """for one; do
  shift
  if [ -n "$skip" ]; then skip=; continue; fi
  case $one in --owner|--group) skip=yes;; *) set -- "$@" "$one";; esac
done
exec /usr/bin/install "$@"
""",
    # a clone is this source, without its environment
    "git": ASKED
    + """[ "$1" = clone ] || exit 0
mkdir -p "$3"
for one in "$SOURCE"/*; do ln -s "$one" "$3"; done
""",
    # an environment is the one that runs the test; nothing is installed
    "python3": ASKED
    + """mkdir -p "$3/bin"
printf '#!/bin/sh\\nexec "$PYTHON" -m monitor "$@"\\n' > "$3/bin/monitor"
printf '#!/bin/sh\\necho "pip $*" >> "$ASKED"\\n' > "$3/bin/pip"
chmod +x "$3/bin/monitor" "$3/bin/pip"
""",
}


class Server:
    """A server whose /opt, /etc, /var/lib and /root are in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        stand_ins = folder / "stand-ins"
        stand_ins.mkdir()
        for name, script in STAND_INS.items():
            (stand_ins / name).write_text(script)
            (stand_ins / name).chmod(0o755)
        for made in ("opt", "etc/systemd/system", "var/lib", "root"):
            (folder / made).mkdir(parents=True)
        self._environment = {
            "PATH": f"{stand_ins}:/usr/bin:/bin",
            "HOME": str(folder / "root"),
            "ASKED": str(folder / "asked"),
            "SOURCE": str(ROOT),
            "PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        }

    def here(self, text: str) -> str:
        return re.sub(r"(?<![\w.])/(opt|etc|var/lib|root)/", lambda found: f"{self.folder}{found[0]}", text)

    def run(self, block: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-e", "-c", self.here(block)],
            capture_output=True,
            text=True,
            env=self._environment,
            cwd=self.folder,
        )

    @property
    def asked(self) -> str:
        return (self.folder / "asked").read_text("utf-8").replace(str(self.folder), "")


def block_with(words: str) -> str:
    return next(block for block in blocks("sh", OPERATING) if words in block)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One on which everything up to the units was done."""
    made = Server(tmp_path_factory.mktemp("server"))
    for words in ("git clone", "monitor init", "cat >> environment", "monitor check", "daemon-reload"):
        ran = made.run(block_with(words))
        assert (ran.returncode, ran.stderr) == (0, ""), words
    return made


@pytest.mark.slow
def test_the_folders_and_the_four_files_are_made(server):
    config, data = server.folder / "etc/topical-issues", server.folder / "var/lib/topical-issues"
    assert {"feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml", "environment"} <= {
        path.name for path in config.iterdir()
    }
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((config / "environment").stat().st_mode) == 0o640


def test_the_service_reads_what_root_writes(server):
    """The monitor makes files for their maker alone, and its files are root's here."""
    config = server.folder / "etc/topical-issues"
    assert "chgrp --recursive topical-issues /etc/topical-issues" in server.asked
    assert [path.name for path in config.rglob("*") if not path.stat().st_mode & stat.S_IRGRP] == []


def test_what_is_said_by_hand_has_the_environment_of_the_services(server):
    """Else it looks for another archive, or takes one that is not mounted for one that never was."""
    written = (server.folder / "etc/topical-issues/environment").read_text().replace(str(server.folder), "")
    unit = (UNITS / "topical-issues@.service").read_text()
    of_unit = re.findall(r"\b((?:MONITOR|XDG)_\w+=\S+)", unit)
    crontab = (ROOT / "jobs" / "crontab").read_text()
    assert of_unit and set(of_unit) <= set(written.split()) and set(of_unit) <= set(crontab.split())
    named = [Path(line.partition("=")[2]) for line in written.split()]
    assert all(Path(f"{server.folder}{path}").exists() for path in named)
    assert [
        line for line in lines_said_by_hand() if "$(cat /etc/topical-issues/environment)" not in line
    ] == []


def lines_said_by_hand() -> list[str]:
    return [line for line in OPERATING.read_text().splitlines() if line.startswith("runuser ")]


def test_the_machine_is_asked_for_what_the_units_need(server):
    user = re.search(r"^User=(.+)$", (UNITS / "topical-issues@.service").read_text(), re.MULTILINE)[1]
    assert f"useradd --system --home-dir /var/lib/{user} " in server.asked
    for unit in re.findall(r"systemctl (?:enable --now|start) (.+)", server.asked)[0].split():
        assert (server.folder / "etc/systemd/system" / unit).exists(), unit


@pytest.mark.slow
def test_it_answers_how_things_stand(server):
    ran = server.run(block_with("monitor status"))
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("No feed was ever read")


@pytest.mark.slow
def test_the_desk_has_a_password_and_a_unit(server):
    (server.folder / "words").write_text("three words here\n")
    block = block_with("--new-password")
    ran = server.run(block.replace("--new-password", f"--new-password < {server.folder}/words"))
    assert (ran.returncode, ran.stderr) == (0, "")
    password = server.folder / "var/lib/topical-issues/desk.password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    unit = re.search(r"systemctl enable --now (topical-issues-desk\S+)", server.asked)[1]
    written = (server.folder / "etc/systemd/system" / unit).read_text()
    assert re.search(r"^ExecStart=\S+/python -m monitor desk$", written, re.MULTILINE)


@pytest.mark.slow
def test_a_backup_goes_to_another_machine(server, tmp_path):
    """And an upgrade backs up, and checks the files with the new version."""
    Store.open(server.folder / "var/lib/topical-issues/archive.db").close()
    ran = server.run(block_with("monitor backup"))
    assert (ran.returncode, ran.stderr) == (0, "")
    (backup,) = (server.folder / "var/lib/topical-issues/backups").glob("*.zip")
    other = Server(tmp_path)
    (other.folder / "root/topical-issues.zip").write_bytes(backup.read_bytes())
    restoring = block_with("restore /root")
    init = next(line for line in block_with("monitor init").splitlines() if "monitor init" in line)
    for block in (block_with("git clone"), block_with("monitor init").replace(init, restoring)):
        ran = other.run(block)
        assert (ran.returncode, ran.stderr) == (0, "")
    config = other.folder / "etc/topical-issues"
    assert [path.name for path in config.rglob("*") if not path.stat().st_mode & stat.S_IRGRP] == []
    assert (other.folder / "etc/topical-issues/panel.yaml").exists()
    assert (other.folder / "var/lib/topical-issues/archive.db").exists()


def test_the_timers_start_jobs_that_are_there():
    for timer in UNITS.glob("*.timer"):
        job = re.search(r"^Unit=topical-issues@(\w+)\.service$", timer.read_text(), re.MULTILINE)[1]
        assert (ROOT / "jobs" / f"{job}.py").exists()


def test_the_services_are_hardened_alike():
    alike = [
        [line for line in (UNITS / name).read_text().splitlines() if re.match(r"(?!Exec)\w+=", line)]
        for name in (
            "topical-issues.service",
            "topical-issues@.service",
            "topical-issues-desk.service",
            "topical-issues-worker@.service",
        )
    ]
    own = ("Description", "Type", "Restart", "SuccessExitStatus", "WantedBy", "ReadWritePaths")
    own += ("Documentation", "TimeoutStopSec", "KillMode", "StartLimit")
    one, *others = ([line for line in lines if not line.startswith(own)] for lines in alike)
    assert others == [one, one, one]


@pytest.mark.systemd
@pytest.mark.parametrize(
    "name",
    [
        "topical-issues.service",
        "topical-issues@poll.service",
        "topical-issues-desk.service",
        "topical-issues-worker@1.service",
    ],
)
def test_systemd_takes_the_service_and_calls_it_hardened(tmp_path, name):
    unit = tmp_path / name
    written = (UNITS / re.sub("@[a-z0-9]+", "@", name)).read_text()
    unit.write_text(written.replace("/opt/topical-issues/.venv/bin/python", "/bin/true"))
    for asked in (["verify"], ["security", "--offline=yes", "--threshold=30"]):
        ran = subprocess.run(["systemd-analyze", *asked, unit], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        if asked == ["verify"]:
            assert ran.stderr == ""
