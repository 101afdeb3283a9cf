"""While a program is loaded there is nothing to keep yet: Ctrl-C ends it at once, by the signal itself, and without the
traceback of whatever Python was importing just then. What runs afterwards hears signals in its own way (`cli/stopping.py`)."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Inside stand a program's imports. Where somebody hears Ctrl-C already, or ignores it, nothing is changed."""
    usual = signal.default_int_handler
    is_ours = (
        threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is usual
    )
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, usual)
