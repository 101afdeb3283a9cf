"""A connection that comes to its end in time, whatever is done at the other side of it.

A socket's own timeout is for each piece that comes: who sends a letter a second, or one `220-` line after the other, is
listened to for ever. So a thread of its own keeps the time, and shuts the connection when it is over: whatever was
waited for then ends, a TLS handshake too. Nobody can be told to leave the system's resolver: it is asked on a thread
that is left behind where it takes too long, and nothing that it finds later is used.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar, cast

PARTING = 2.0  # seconds for what is under way when we are asked to stop
NAMING = 5.0  # seconds to find out this machine's own name

Found = TypeVar("Found")


class Line:
    """One connection and its end. A context manager; nothing of it is left afterwards."""

    def __init__(self, seconds: float) -> None:
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._end = time.monotonic() + seconds
        self._connection: socket.socket | None = None  # another handle of it: TLS takes over the first
        self._is_over = self._is_hurried = self._is_closed = False
        self._thread = threading.Thread(target=self._keep_time, name="line", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()
        if self._connection:
            self._connection.close()

    @property
    def is_over(self) -> bool:
        return self._is_over

    @property
    def is_hurried(self) -> bool:
        return self._is_hurried

    def give(self, seconds: float) -> None:
        """From now on it has so many seconds."""
        with self._changed:
            self._end = time.monotonic() + seconds
            self._changed.notify_all()

    def hurry(self) -> None:
        """It is to end soon; what comes until then still counts."""
        with self._changed:
            self._is_hurried = True
            self._end = min(self._end, time.monotonic() + PARTING)
            self._changed.notify_all()

    def connected(self, host: str, port: int, step: float) -> socket.socket:
        """Connects to the first address of the host that answers. Raises OSError, TimeoutError where time is over."""
        last: OSError | None = None
        for family, kind, protocol, _, address in self._looked_up(host, port):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(max(min(step, self._left()), 0.001))
                connection.connect(address)
                self._watch(connection)
                return connection
            except OSError as error:
                connection.close()
                last = error
            except BaseException:
                connection.close()
                raise
        raise last or OSError(f"{host} has no address")

    def own_name(self) -> str:
        """What this machine calls itself to the other side; its loopback address where no name is known."""
        try:
            name = self._asked(socket.getfqdn, NAMING)
        except OSError:
            name = ""
        return name if "." in name else "[127.0.0.1]"

    def _looked_up(self, host: str, port: int) -> list[Any]:
        return self._asked(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), self._left())

    def _asked(self, resolver: Callable[[], Found], seconds: float) -> Found:
        """What the system's resolver says. Raises OSError, TimeoutError after so many seconds."""
        heard: SimpleQueue[tuple[Found | None, OSError | None]] = SimpleQueue()

        def ask() -> None:
            try:
                heard.put((resolver(), None))
            except OSError as error:
                heard.put((None, error))
            except UnicodeError as error:  # a name that no resolver takes
                heard.put((None, OSError(str(error))))

        threading.Thread(target=ask, name="look-up", daemon=True).start()
        try:
            found, error = heard.get(timeout=max(min(seconds, self._left()), 0.001))
        except Empty:
            raise TimeoutError from None
        if error:
            raise error
        return cast(Found, found)

    def _left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)

    def _watch(self, connection: socket.socket) -> None:
        with self._changed:
            self._connection = connection.dup()
            self._changed.notify_all()

    def _keep_time(self) -> None:
        with self._changed:
            while not self._is_closed and (self._left() or not self._connection):
                self._changed.wait(self._left() or None)
            if self._connection and not self._is_closed:
                self._is_over = True
                with suppress(OSError):  # the other side has hung up meanwhile
                    self._connection.shutdown(socket.SHUT_RDWR)
