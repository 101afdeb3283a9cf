"""While a program is loaded there is nothing to keep yet: Ctrl-C ends it at once, by the signal itself, and without
the traceback of whatever Python was importing just then. What runs afterwards hears signals in its own way
(`cli/stopping.py`).

From here on circles of objects are looked for once in 50,000 new ones, where Python does so once in 700. What these
programs hold in memory, classes, rules and articles, stays and hangs together in no circle: to go through it again and
again took a tenth of a draft of 10,000 articles (five runs of each in turns: 62.5 and 54.4 s), and the memory was the
same.
"""

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS, YOUNG, OLD = 50_000, 20, 50  # as `gc.set_threshold` has them


@contextmanager
def loading() -> Iterator[None]:
    """Inside stand a program's imports. Where somebody hears Ctrl-C already, or ignores it, it goes on as it was."""
    gc.set_threshold(NEW_OBJECTS, YOUNG, OLD)
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
