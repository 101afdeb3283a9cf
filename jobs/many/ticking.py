"""What is due by the archive is put into the queue: hosts, panels, the housekeeping; and what was polled is summed up.

What waits or runs already is not put in again, nor what failed lately (`monitor/store/postgresql/queue/counts.py`), nor a host that
was visited a moment ago. The queue's own locks hold against two ticks at once.
"""

import logging
from datetime import datetime

from jobs.cluster import HOUSEKEEPING, VISIT, WEEKLY, Defer, lock_of
from jobs.many.limits import Limits
from jobs.many.setting import Setting
from monitor.app import housekeeping
from monitor.app.due import is_weekly_due
from monitor.app.summing import sum_up
from monitor.app.visiting import hosts_due
from monitor.app.workspace import Workspace, utc_now, workspace_to_change
from monitor.errors import MonitorError
from monitor.store.postgresql.queue.counts import spoken_for
from monitor.store.postgresql.queue.server import connect

log = logging.getLogger("jobs")


class Ticking:
    def __init__(self, setting: Setting, limits: Limits) -> None:
        self._setting, self._limits = setting, limits

    def __call__(self, defer: Defer) -> None:
        """Never raises for what a person can mend, which is logged: the next tick makes it good."""
        try:
            self._put(defer)
            sum_up(
                self._setting.config_folder,
                self._setting.data,
                self._setting.metrics,
                self._limits.told_every,
            )
        except MonitorError as error:
            log.error("Nothing was put into the queue: %s", error)

    def _put(self, defer: Defer) -> None:
        setting, now = self._setting, utc_now()
        config = setting.configured.now().config
        with connect(setting.server) as connection:
            taken = spoken_for(connection)
        resting = setting.turns.not_yet()
        with workspace_to_change(setting.config_folder, setting.data, None, utc_now, config) as workspace:
            due = {
                VISIT: [host for host in hosts_due(workspace, now) if host not in resting],
                WEEKLY: panels_due(workspace, now),
                HOUSEKEEPING: ["archive"] if housekeeping.is_due(setting.data) else [],
            }
        for name, of in due.items():
            defer(name, [one for one in of if lock_of(name, one) not in taken])


def panels_due(workspace: Workspace, now: datetime) -> list[str]:
    return [workspace.config.panel.area.id] if is_weekly_due(workspace, now) else []
