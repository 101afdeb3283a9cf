"""How long a person waits for `monitor --help`: at most 0.3 s is wanted."""

import subprocess
import sys
import time
from collections.abc import Iterator

RUNS = 7


def run() -> Iterator[str]:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "monitor", "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    yield f"monitor --help: {sorted(times)[RUNS // 2]:.3f} s (median of {RUNS}; wanted: at most 0.3 s)"
