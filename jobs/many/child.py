"""A command of the monitor in a process of its own: what a person could type.

A weekly draft keeps a core busy for longer than a worker may be silent, and is broken off by a signal as a typed one is:
nothing is lost by that, and the job is done again by whoever comes next.
"""

import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

LOOK_AGAIN = 0.5  # seconds after which to see whether it is to end
ENDS_WITHIN = 10.0  # seconds; a command ends within five (`monitor/cli/stopping.py`)
WELL = (0, 1, 75)  # done; something for a person, who was told; another run is at it


class Ended(Exception):
    """A command ended as none should: by a signal, or by a bug."""


def run(command: Sequence[str], stop: threading.Event) -> int | None:
    """Its exit code; None where it was told to stop. Raises Ended."""
    with subprocess.Popen([sys.executable, "-m", "monitor", *command], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if stop.wait(0):
                _end(process)
                return None
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_AGAIN)
    if process.returncode not in WELL:
        raise Ended(f"`monitor {' '.join(command)}` ended with exit code {process.returncode}.")
    return process.returncode


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
