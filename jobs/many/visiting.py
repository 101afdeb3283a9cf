"""A visit of one host, as a job of the queue."""

import logging
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from jobs.cluster import Given
from jobs.many.limits import Limits
from jobs.many.setting import Setting
from monitor.app.visiting import Visited, Wanted, visit
from monitor.app.workspace import utc_now
from monitor.errors import MonitorError, TakenOver
from monitor.model import PollResult
from monitor.store.postgresql.queue.turns import Visit

log = logging.getLogger("jobs")

LOST = 70  # exit code of a process that was frozen, and whose work others have


@dataclass(frozen=True, slots=True)
class Visiting:
    setting: Setting
    limits: Limits
    end: Callable[[int], object] = os._exit

    def __call__(self, given: Given) -> None:
        """Never raises for what a person can mend, which is logged: what is still due is found again."""
        one = Visit(given.of, given.job, given.run + 1)
        try:
            visited = self._visited(one)
            rest = 0.0 if visited.goes_on or self.setting.stop.is_set() else self.limits.rest
            self.setting.turns.leave(one, rest)
        except TakenOver as error:
            # To end this job as jobs end would free the host's lock under who has it now. All that this process had in
            # hand was taken from it: nothing was heard of it for so long.
            log.error("%s It ends, to be begun anew.", error)
            self.end(LOST)
        except MonitorError as error:
            log.error("%s was not read: %s", given.of, error)
            with suppress(MonitorError):
                self.setting.turns.leave(one, self.limits.after_trouble)
        else:
            log.info("%s: %s", given.of, _counts(visited))

    def _visited(self, one: Visit) -> Visited:
        setting = self.setting
        wanted = Wanted(
            config_folder=setting.config_folder,
            data=setting.data,
            turns=setting.turns,
            worker=setting.name,
            visit=one,
            seconds=self.limits.visit,
            stop=setting.stop,
        )
        return visit(wanted, setting.configured.now(), utc_now)


def _counts(visited: Visited) -> str:
    results = Counter(outcome.result for outcome in visited.outcomes)
    new = sum(outcome.new for outcome in visited.outcomes)
    left = results[PollResult.LEFT]
    return f"{len(visited.outcomes) - left} feeds polled, {results[PollResult.FAILED]} failed, {left} left; {new} new."
