"""The resident process with nothing to do: `python resident.py FOLDER TICKS`.

First what a tick costs: the commands as the jobs call them, over the shipped feeds, of which none is due. Then the
scheduler itself, driven by a clock that is handed to it, for so many ticks: what is due is asked for on its thread and
done on this one, as in `jobs/__main__.py`. A line of JSON on stdout.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apscheduler.schedulers.base as base
from apscheduler.schedulers.base import BaseScheduler
from office import Office, quietly

import monitor.app.host_turns as host_turns
import monitor.app.runs as runs
import monitor.app.weekly as weekly_flow
import monitor.app.workspace as workspace
from jobs import poll, weekly_report
from jobs.timetable import timetable
from jobs.turns import InTurn
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config

MEASURED = 20  # of each command
WARM = 5  # one in so many ticks is over before the memory is first looked at


class Driven(BaseScheduler):
    """A scheduler without a thread: who drives it says when."""

    def wakeup(self) -> None:
        pass

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def tick(self) -> int:
        """How many jobs came due."""
        due = sum(job.next_run_time <= Clock.is_at for job in self.get_jobs())
        self._process_jobs()
        return due


class Clock(datetime):
    """In the place of datetime in the scheduler."""

    is_at = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.is_at.astimezone(tz)


def memory() -> int:
    """Kilobytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def seconds(command) -> float:
    command()
    began = time.process_time()
    for _ in range(MEASURED):
        command()
    return (time.process_time() - began) / MEASURED


def costs(config: Path, data: Path) -> dict[str, float]:
    """Seconds of a core that a tick of each job takes when there is nothing to do."""
    real_read, real_fetcher, now = workspace.read_config, host_turns.fetcher, datetime.now(UTC)
    office = Office(read_config(config))
    office.poll(data, now)
    office.weekly(data, now)
    workspace.read_config, host_turns.fetcher = real_read, real_fetcher
    os.environ |= {"MONITOR_CONFIG": str(config), "MONITOR_DATA": str(data)}
    return {"poll": seconds(poll.run), "weekly": seconds(weekly_report.run)}


def driven(data: Path, ticks: int) -> dict[str, int]:
    """How many of each job were done, and the memory early and at the end."""
    base.datetime = Clock
    now, config = datetime.now(UTC), read_config(defaults_folder())
    workspace.read_config = lambda folder: config
    done = {"poll": 0, "weekly": 0}

    def poll_due() -> int:
        runs.poll(Path(), data, everything=False, names=(), progress=quietly, clock=lambda: now)
        done["poll"] += 1
        return 0

    def weekly() -> int:
        weekly_flow.weekly(Path(), data, progress=quietly, clock=lambda: now)
        done["weekly"] += 1
        return 0

    in_turn, scheduler, early = InTurn(), Driven(), 0
    timetable(scheduler, in_turn.asks_for(poll_due), in_turn.asks_for(weekly), Clock.is_at)
    scheduler.start()
    for tick in range(ticks):
        for _ in range(scheduler.tick()):
            in_turn.work_next(30)
        Clock.is_at += timedelta(minutes=poll.EVERY_MINUTES)
        if tick == ticks // WARM:
            early = memory()
    scheduler.shutdown()
    return {**done, "early": early, "late": memory()}


def main() -> None:
    folder, ticks = Path(sys.argv[1]), int(sys.argv[2])
    cost = costs(defaults_folder(), folder / "data")
    print(json.dumps({"cost": cost, **driven(folder / "data", ticks)}))


if __name__ == "__main__":
    main()
