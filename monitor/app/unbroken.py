"""What must not be broken off half way: a signal that comes meanwhile is heard at its end.

A message that a relay takes, and the archive's note of that, belong together: a run that is stopped between them would
send it again. So Ctrl-C and SIGTERM are held back, for the two seconds that what is under way is told to hurry. That is
less than a process has from a first signal to its end (`GRACE` in `cli/stopping.py`, where a second one is minded too).
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

HELD = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def unbroken(hurry: Callable[[], None]) -> Iterator[None]:
    """Inside, Ctrl-C or SIGTERM does nothing but call `hurry`; it is heard when this ends. Only the main thread
    hears signals, so for others there is nothing to do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sent: usual for sent in HELD if (usual := signal.getsignal(sent)) is not None}
    held: list[int] = []

    def hold(sent: int, _frame: FrameType | None) -> None:
        if not held:
            hurry()
        held.append(sent)

    try:
        for sent in before:
            signal.signal(sent, hold)
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)
        if held and callable(heard := before[signal.Signals(held[0])]):
            heard(held[0], None)  # sent anew, it would count as a second one
        elif held:
            signal.raise_signal(held[0])
