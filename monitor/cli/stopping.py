"""Ctrl-C and a termination signal (SIGTERM): heard by the main thread, and minded by another, so that the end comes.

1. The first signal raises KeyboardInterrupt in the main thread (Terminated where it was SIGTERM): what is finished is
   kept, and what cleans up cleans up.
2. The main thread may not hear it. Python runs a handler between two of its own steps: a thread that is about to wait
   for a queue or a lock when the signal comes waits on, with the signal unheard. So a second thread, which the signal
   itself wakes (`signal.set_wakeup_fd`), sends it to the main one again until it is heard.
3. Whatever keeps the main thread then (the system's resolver, a parser in C, a lock whose holder was broken off), the
   process is ended GRACE seconds after the first signal. The archive is written as if the power might fail at any
   moment, so nothing is lost by that.
4. A second signal ends the process at once. One within a fifth of a second of the first is the first: `timeout` sends
   its own to the process and then to its group, and a terminal may send to both.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

STOPPED = "Stopped. What was finished is kept; run the command again to go on."

GRACE = 3.5  # seconds; the pages in hand have two of them (`Limits.parting`), and everything is to be over after five
HEARD_WITHIN = 0.5  # seconds, after which the main thread is told again
AS_ONE = 0.2  # seconds within which signals are one

_DEFAULTS: dict[signal.Signals, Any] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
}


class Terminated(KeyboardInterrupt):
    """A termination signal came. What ends cleanly with Ctrl-C ends so with it."""


class Stop:
    """What was asked of this process by signals."""

    def __init__(self, stopped: int | None, grace: float) -> None:
        """`stopped`: the exit code of what was stopped; None: as shells have it, 128 and the signal's number."""
        self.is_asked = False
        self._stopped, self._grace = stopped, grace

    def hear(self, sent: int, _frame: FrameType | None) -> None:
        if not self.is_asked:
            self.is_asked = True
            raise Terminated if sent == signal.SIGTERM else KeyboardInterrupt

    def mind(self, woken: socket.socket, main_thread: int) -> None:
        """Waits for a first signal, and sees to it that the process ends. Returns when `woken` is closed."""
        sent = _next_signal(woken, None)
        if not sent:
            return
        began, unheard = time.monotonic(), 0
        ends = began + self._grace
        while (left := ends - time.monotonic()) > 0:
            try:
                again = _next_signal(woken, min(left, HEARD_WITHIN))
            except TimeoutError:
                if not self.is_asked:
                    unheard += 1
                    signal.pthread_kill(main_thread, sent)
                continue
            if not again:
                return
            if unheard:  # that was ours
                unheard -= 1
                continue
            if time.monotonic() - began > AS_ONE:
                self._end(128 + again)
        self._end(128 + sent if self._stopped is None else self._stopped)

    def _end(self, code: int) -> None:
        with suppress(OSError):
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"{STOPPED}\n".encode())
        os._exit(code)


def _next_signal(woken: socket.socket, seconds: float | None) -> int:
    """The next of ours; 0 where none will come any more. Raises TimeoutError where none does within so many seconds."""
    woken.settimeout(seconds)
    while number := woken.recv(1):
        if number[0] in _DEFAULTS:
            return number[0]
    return 0


@contextmanager
def stopping(*, stopped: int | None = None, grace: float = GRACE) -> Iterator[Stop]:
    """Inside, Ctrl-C and SIGTERM are heard as above; unless somebody else hears them already, or ignores them (`nohup`
    and shells do, of what runs behind)."""
    stop = Stop(stopped, grace)
    is_main = threading.current_thread() is threading.main_thread()
    ours = [sent for sent, usual in _DEFAULTS.items() if is_main and signal.getsignal(sent) is usual]
    if not ours:
        yield stop
        return
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    minding = threading.Thread(
        target=stop.mind, args=(woken, threading.get_ident()), name="signals", daemon=True
    )
    minding.start()
    others = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    try:
        for sent in ours:
            signal.signal(sent, stop.hear)
        yield stop
    finally:
        for sent in ours:
            signal.signal(sent, _DEFAULTS[sent])
        signal.set_wakeup_fd(others)
        waker.close()
        minding.join()
        woken.close()
