"""A thread of each worker that looks for the jobs of workers that died (`monitor/store/postgresql/queue/stalled.py`).

Not a job of the queue: it would need a free slot, and would stall with the others. After each connection it waits as long
as a worker may be silent: while the server was away all of them were. It also looks whether a newer version has changed
the tables; then this worker is to end.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from jobs.many.limits import Limits
from monitor.errors import StoreError
from monitor.store.postgresql.queue.layout import Layout, demand_known
from monitor.store.postgresql.queue.server import Connection, connect
from monitor.store.postgresql.queue.stalled import sweep
from monitor.store.server import Server

log = logging.getLogger("jobs")


class Sweeper:
    """Begun and ended as a context manager; `outdated` is called once, with what to say."""

    def __init__(
        self, server: Server, layout: Layout, limits: Limits, outdated: Callable[[str], None]
    ) -> None:
        self._server, self._layout, self._limits, self._outdated = server, layout, limits, outdated
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(self._limits.confirm)

    def _run(self) -> None:
        while not self._over.is_set():
            with suppress(StoreError), connect(self._server) as connection:  # the worker itself tells of it
                self._sweep(connection)
            self._over.wait(self._limits.every)

    def _sweep(self, connection: Connection) -> None:
        pause = self._limits.silence
        while not self._over.wait(pause):
            pause = self._limits.every
            try:
                demand_known(connection, self._layout)
            except StoreError as error:
                if "newer version" not in str(error):
                    raise
                self._outdated(str(error))
                return
            swept = sweep(connection, self._limits.silence, self._limits.confirm, self._over.wait)
            if swept.again or swept.given_up:
                log.warning(
                    "Workers fell silent: %d of their jobs are done again, %d given up.",
                    swept.again,
                    swept.given_up,
                )
