"""What stands between this process and the kernel: `shim.c`, built when it is wanted and loaded before the C library.

Only a program that was started with it has it (`start`); there `Shim.here()` arms it, in a forked child mostly.
"""

import ctypes
import os
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

from where import ROOT, TESTS

SOURCE = Path(__file__).with_name("shim.c")
VARIABLE = "LD_PRELOAD"


class Harm(IntEnum):
    """What befalls a program at one of its calls; as in shim.c."""

    NONE = 0
    COUNTED = 1
    KILLED = 2  # kill -9, or the power
    TERMINATED = 3
    FULL = 4  # no room on the disk, from that call on
    IO_ERROR = 5  # one rename fails
    NO_ACCESS = 6
    TORN = 7  # killed in the middle of a write


def built(folder: Path) -> Path:
    library = folder / "shim.so"
    command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return library


def start(library: Path, program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Starts a file of this folder as a program that stands behind the shim."""
    path = os.pathsep.join(map(str, (ROOT, TESTS, TESTS / "unattended")))
    return subprocess.Popen(
        [sys.executable, str(TESTS / "unattended" / program), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, VARIABLE: str(library)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Shim:
    """The shim of this process."""

    def __init__(self, library: Path) -> None:
        found = ctypes.CDLL(str(library))
        self._arm, self._counted = found.arm, found.counted
        self._arm.argtypes = [ctypes.c_int, ctypes.c_long, ctypes.c_int]
        self._arm.restype = None
        self._counted.restype = ctypes.c_long

    @classmethod
    def here(cls) -> "Shim":
        return cls(Path(os.environ[VARIABLE]))

    def arm(self, harm: Harm, at: int = 0, told: int = -1) -> None:
        """`told` is a descriptor that is written a line for each call."""
        self._arm(harm, at, told)

    def disarm(self) -> int:
        """How many calls there were since it was armed."""
        counted = int(self._counted())
        self._arm(Harm.NONE, 0, -1)
        return counted
