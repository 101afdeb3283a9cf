"""One call's time, and the watch that ends it.

A socket's timeout begins anew with each byte, so a server that drips is never late. So the socket of each attempt is
shut down when its total time is over, whatever is under way: the TLS handshake, headers, body. Looking up a name cannot
be cut; the system's resolver has limits of its own.

One thread watches all attempts of a fetcher. They have the same time, so the one that began first ends first, and the
thread sleeps until then: over a thousand feeds that answer it wakes a few times. (A timer of its own for each attempt
was half of what a poll with nothing new cost.)
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from monitor.reading.fetch.turn import Turn

GRACE_SECONDS = 1.0


class Attempt:
    """The time of one call, and the socket that it is using."""

    def __init__(self, ends: float, turn: Turn, *, allow_private: bool) -> None:
        self.turn = turn
        self.allow_private = allow_private
        self.is_cut = False
        self.has_connected = False
        self.asks = ""  # the address that is being asked: a redirect's, a robots.txt
        self.ends = ends  # monotonic seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def left(self) -> float:
        """Seconds for a socket's own timeout: a little more than are left, so that it is the watch that cuts."""
        return max(self.ends - time.monotonic(), 0.0) + GRACE_SECONDS

    def use(self, descriptor: int) -> None:
        """Remembers the socket in use, as a duplicate: ours to shut down, whoever closes the other."""
        with self._lock:
            self._let_go()
            self._socket = socket.socket(fileno=os.dup(descriptor))
            if self.is_cut:
                self._shut()

    def cut(self) -> None:
        """Ends whatever is under way; reads and writes return at once."""
        with self._lock:
            self.is_cut = True
            self._shut()

    def end(self) -> None:
        """The call is over: nothing of it is left to cut."""
        with self._lock:
            self._let_go()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # the other side was quicker
                self._socket.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class Watch:
    """Cuts each attempt when `seconds` are over, and all of them when it is closed; for many threads."""

    def __init__(self, seconds: float) -> None:
        self.is_closed = False
        self._seconds = seconds
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._under_way: dict[Attempt, None] = {}  # the one that ends first comes first
        self._waits_for_first = False
        self._thread: threading.Thread | None = None

    @contextmanager
    def attempt(self, turn: Turn, *, allow_private: bool) -> Iterator[Attempt]:
        """An attempt of this thread; its time begins now."""
        with self._changed:
            attempt = Attempt(time.monotonic() + self._seconds, turn, allow_private=allow_private)
            self._begin(attempt)
        _current.attempt = attempt
        try:
            yield attempt
        finally:
            _current.attempt = None
            with self._changed:
                self._under_way.pop(attempt, None)
            attempt.end()

    def _begin(self, attempt: Attempt) -> None:
        if self.is_closed:
            attempt.cut()
            return
        self._under_way[attempt] = None
        if self._thread is None:
            self._thread = threading.Thread(target=self._mind, name="fetch deadlines", daemon=True)
            self._thread.start()
        elif self._waits_for_first:
            self._changed.notify()

    def _mind(self) -> None:
        with self._changed:
            while not self.is_closed:
                first = next(iter(self._under_way), None)
                left = None if first is None else first.ends - time.monotonic()
                if first is None or (left is not None and left > 0):
                    self._waits_for_first = first is None
                    self._changed.wait(left)
                else:
                    del self._under_way[first]
                    first.cut()

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            for attempt in self._under_way:
                attempt.cut()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()


class _Current(threading.local):
    """The attempt of this thread: urllib3 makes connections itself, and can be handed nothing."""

    attempt: Attempt | None = None


_current = _Current()


def current() -> Attempt | None:
    """The attempt that this thread makes; None where it makes none."""
    return _current.attempt
