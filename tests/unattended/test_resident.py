"""The resident process with nothing to do takes next to nothing, and no more memory as time goes by."""

import json
import os
import subprocess
import sys

import pytest
from where import ROOT, TESTS

TICKS = int(os.environ.get("TICKS", "750"))  # 10,000 are asked of it by hand: TICKS=10000 make unattended
SHARE = 0.01  # of a core
GROWTH = 1.02  # of the memory, from a fifth of the ticks to the last; a leak of a kilobyte a tick would be 8 MB of 90 in 10,000


@pytest.mark.unattended
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_resident_with_nothing_to_do_costs_next_to_nothing_and_its_memory_is_flat(tmp_path):
    path = f"{ROOT}:{TESTS}:{TESTS / 'unattended'}"
    done = subprocess.run(
        [sys.executable, TESTS / "unattended" / "resident.py", tmp_path, str(TICKS)],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    share = found["cost"]["poll"] / 300 + found["cost"]["weekly"] / 3600
    print(f"{share:.3%} of a core; {found['early']} kB early, {found['late']} kB late")
    assert share < SHARE
    assert found["late"] < found["early"] * GROWTH
    assert found["poll"] == TICKS
    assert found["weekly"] > TICKS // 13
