"""To be who may not write everything.

Root may, so where tests are root's, as on a build machine, it lays down for a while what lets it pass over modes. It
stays root: as another user it could not read the project itself where that lies in a folder of root's alone, and a page
whose template had not been read before failed on such a machine.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3, <linux/capability.h>
_PASSING = (1 << 1) | (1 << 2) | (1 << 3)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
_TO_WHOM = (_VERSION, 0)  # this thread


@contextmanager
def bound_by_modes() -> Iterator[None]:
    """Inside, the modes of files and folders hold for whoever runs the tests. A process that is started has root's
    rights again."""
    if os.name != "posix":
        pytest.skip("modes are POSIX")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may do everything here")
    before = _held()
    _hold([before[0] & ~_PASSING, *before[1:]])
    try:
        yield
    finally:
        _hold(before)


def _held() -> list[int]:
    """Effective, permitted and inheritable; the same again of the later half of all, which are not ours."""
    words = (ctypes.c_uint32 * 6)()
    _ask("capget", words)
    return list(words)


def _hold(words: list[int]) -> None:
    _ask("capset", (ctypes.c_uint32 * 6)(*words))


def _ask(call: str, words: ctypes.Array[ctypes.c_uint32]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, call)((ctypes.c_uint32 * 2)(*_TO_WHOM), words):
        raise OSError(ctypes.get_errno(), f"{call} failed")
