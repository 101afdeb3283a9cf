"""What is due by the archive is put into the queue: hosts, panels, the housekeeping; and what was polled is summed up.

What waits or runs already is not put in again, nor what failed lately (`monitor/store/postgresql/queue/counts.py`), nor a host that
was visited a moment ago. The queue's own locks hold against two ticks at once.
"""

import logging
import time

from jobs.cluster import HOUSEKEEPING, VISIT, WEEKLY, Defer, lock_of
from jobs.many.limits import Limits
from jobs.many.setting import Setting
from monitor.app import housekeeping
from monitor.app.due import panels_due
from monitor.app.installed import installed_to_change
from monitor.app.summing import sum_up
from monitor.app.visiting import hosts_due
from monitor.app.workspace import utc_now
from monitor.errors import MonitorError
from monitor.store.postgresql.queue.counts import spoken_for
from monitor.store.postgresql.queue.server import connect

log = logging.getLogger("jobs")


class Ticking:
    def __init__(self, setting: Setting, limits: Limits) -> None:
        self._setting, self._limits = setting, limits
        self._said: dict[str, float] = {}

    def __call__(self, defer: Defer) -> None:
        """Never raises for what a person can mend, which is logged: the next tick makes it good."""
        try:
            self._put(defer)
            self._sum_up()
        except MonitorError as error:
            self._say(f"Nothing was put into the queue: {error}")

    def _put(self, defer: Defer) -> None:
        setting, now = self._setting, utc_now()
        found = setting.configured.now().known
        with connect(setting.server) as connection:
            taken = spoken_for(connection)
        resting = setting.turns.not_yet()
        with installed_to_change(setting.config_folder, setting.data, None, utc_now, found) as installed:
            for fault in installed.faults:
                self._say(f"A panel is left out: {fault.line}")
            due = {
                VISIT: [host for host in hosts_due(installed, now) if host not in resting],
                WEEKLY: panels_due(installed, now),
                HOUSEKEEPING: ["archive"] if housekeeping.is_due(setting.data) else [],
            }
        for name, of in due.items():
            defer(name, [one for one in of if lock_of(name, one) not in taken])

    def _say(self, line: str) -> None:
        """A mistake in the files may stand for days, and there is a look every fifteen seconds."""
        at, last = time.monotonic(), self._said.get(line)
        if last is None or at - last >= self._limits.told_every:
            self._said[line] = at
            log.error("%s", line)

    def _sum_up(self) -> None:
        setting = self._setting
        sum_up(
            setting.config_folder,
            setting.data,
            setting.metrics,
            self._limits.told_every,
            found=setting.configured.now().known,
        )
