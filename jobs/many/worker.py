"""The process: `python -m jobs --cluster`.

It lays the queue's tables out where they are missing or older, works until a signal says stop, and begins anew where the
server was away. Told to stop, it takes up nothing more, and what it has in hand ends within seconds: a visit leaves what
is not done, a command is stopped as Ctrl-C would. A second signal, or `Limits.stop`, ends it at once.
"""

import logging
import os
import signal
import socket
import threading
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jobs import cluster
from jobs.cluster import Given
from jobs.many import child
from jobs.many.limits import LIMITS, Limits
from jobs.many.setting import Setting
from jobs.many.sweeping import Sweeper
from jobs.many.ticking import Ticking
from jobs.many.visiting import Visiting
from monitor.app.archives import kept_open
from monitor.app.installed import installed_to_change
from monitor.app.locks import among_others
from monitor.app.visiting import Configured
from monitor.app.workspace import utc_now
from monitor.config.panels import is_several
from monitor.errors import Busy, StoreError
from monitor.reading.workers import cores, resident
from monitor.store.postgresql.queue.layout import lay_out
from monitor.store.postgresql.queue.server import connect
from monitor.store.postgresql.queue.turns import HostTurns
from monitor.store.server import Server

log = logging.getLogger("jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line and the environment say of a worker."""

    config_folder: Path
    data: Path
    metrics: Path | None
    server: Server
    side_by_side: int
    queues: tuple[str, ...] = cluster.QUEUES


class Worker:
    def __init__(self, asked: Asked, limits: Limits = LIMITS) -> None:
        self._asked, self._limits = asked, limits
        self._setting = Setting(
            config_folder=asked.config_folder,
            data=asked.data,
            metrics=asked.metrics,
            server=asked.server,
            name=f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}",
            configured=Configured(asked.config_folder),
            turns=HostTurns(asked.server, limits.lease),
        )
        self._outdated = ""

    def run(self) -> int:
        """Returns the exit code. Raises MonitorError where it cannot begin."""
        cluster.silence_logs()
        asked, found = self._asked, self._setting.configured.now().known
        with installed_to_change(asked.config_folder, asked.data, None, utc_now, found):
            pass  # the archive is there, and can be written
        layout = cluster.layout()
        with connect(self._asked.server) as connection:
            for step in lay_out(connection, layout):
                log.info("The queue's tables: %s is taken.", step)
        sweeper = Sweeper(self._asked.server, layout, self._limits, self._is_outdated)
        with closing(self._setting.turns), kept_open(asked.data), resident(lends=cores()), sweeper:
            self._work()
        if self._outdated:
            log.error("%s", self._outdated)
            return 1
        return 0

    def _work(self) -> None:
        stop = self._setting.stop
        while not stop.is_set():
            try:
                self._work_among_others()
            except Busy:
                log.warning("`restore`, `erase` or the like has the archive to itself: this worker waits.")
                stop.wait(self._limits.anew)
                continue
            except StoreError as error:
                log.error("%s", error)
            if not stop.is_set():
                log.warning("The server was away: this worker begins anew.")
                stop.wait(self._limits.anew)

    def _work_among_others(self) -> None:
        """Raises Busy where somebody wants nobody at work, StoreError."""
        with among_others(self._asked.server, f"worker {self._setting.name}"):
            cluster.work_off(
                self._asked.server,
                self._does(),
                self._limits,
                queues=self._asked.queues,
                side_by_side=self._asked.side_by_side,
                on_stop=self._stopped,
            )

    def _does(self) -> cluster.Work:
        return cluster.Work(
            visit=Visiting(self._setting, self._limits),
            weekly=self._weekly,
            housekeeping=lambda given: self._command(("housekeeping", "--when-due"), given),
            tick=Ticking(self._setting, self._limits),
        )

    def _weekly(self, given: Given) -> None:
        panel = ("--panel", given.of) if is_several(self._asked.config_folder) else ()
        self._command((*panel, "weekly"), given)

    def _command(self, words: Sequence[str], given: Given) -> None:
        folders = ("--config", str(self._asked.config_folder), "--data", str(self._asked.data))
        code = child.run((*folders, *words), self._setting.stop)
        log.info("%s of %s: exit code %s.", " ".join(words), given.of, code)

    def _stopped(self) -> None:
        if self._setting.stop.is_set():
            os._exit(1)
        self._setting.stop.set()
        ending = threading.Timer(self._limits.stop, os._exit, (1,))
        ending.daemon = True
        ending.start()

    def _is_outdated(self, why: str) -> None:
        self._outdated = why
        os.kill(os.getpid(), signal.SIGTERM)  # as told to stop
