"""What must not be broken off half way: a signal that comes meanwhile is heard at its end.

A message that a relay takes, and the archive's note of that, belong together: a run that is stopped between them would
send it again. So Ctrl-C and SIGTERM are held back, for the few seconds for which what is under way is told to hurry; the
second one is not.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

HELD = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def unbroken(hurry: Callable[[], None]) -> Iterator[None]:
    """Inside, the first Ctrl-C or SIGTERM does nothing but call `hurry`; it is heard when this ends. Only the main thread
    hears signals, so for others there is nothing to do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sent: heard for sent in HELD if (heard := signal.getsignal(sent)) is not None}
    held: list[int] = []

    def hold(sent: int, frame: FrameType | None) -> None:
        held.append(sent)
        if len(held) == 1:
            hurry()
        else:
            _heard(sent, before, frame)

    try:
        for sent in before:
            signal.signal(sent, hold)
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)
        if len(held) == 1:
            _heard(held[0], before, None)


def _heard(sent: int, before: dict[Any, Any], frame: FrameType | None) -> None:
    handler = before[sent]
    if callable(handler):
        handler(sent, frame)
    else:
        os.kill(os.getpid(), sent)  # by now it means what it meant
