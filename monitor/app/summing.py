"""What many visits polled, as one run in the record: so that `status`, figures and pings know of it as of a poll's.

A visit of one host is no run: there are thousands a day. Every few minutes whoever looks for what is due sums up what
was polled since the last sum, up to a minute ago, since a visit is stored by the moment at which it began.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from monitor.app.channels import Job
from monitor.app.installed import Known, installed_to_change
from monitor.app.telling import watched
from monitor.app.workspace import Clock, utc_now
from monitor.model import PollResult, PollSum, Run, Window
from monitor.reporting.wording import say_count

POLL = "poll"  # the job's name in the record of runs
LATE = timedelta(minutes=1)  # a visit takes less


def sum_up(
    config_folder: Path,
    data: Path,
    metrics: Path | None,
    every: float,
    clock: Clock = utc_now,
    found: Known | None = None,
) -> str | None:
    """Records what was polled, and tells of it, where that was not done for so many seconds; returns its line."""
    now = clock()
    with installed_to_change(config_folder, data, None, clock, found) as installed:
        runs = installed.store.runs
        since = runs.last_end(POLL)
        until = now - LATE
        if since is not None and (until - since).total_seconds() < every:
            return None
        window = Window(since=since or until - timedelta(seconds=every), until=until)
        sums = installed.store.feeds.polls_in(window)
        if not sums:
            return None
        line = _say(sums)
        with watched(Job.POLL, config_folder, data, metrics, str(uuid4()), clock=clock) as watch:
            watch.begun(installed.config)
            run = Run(job=POLL, started=window.since or until, ended=until, ok=True, summary=line)
            runs.record(run)
            watch.ended(True, line)
    return line


def _say(sums: Sequence[PollSum]) -> str:
    results = {one.result: one for one in sums}
    polled = say_count(sum(one.polls for one in sums if one.result is not PollResult.LEFT), "feed")
    failed = results[PollResult.FAILED].polls if PollResult.FAILED in results else 0
    left = f", {results[PollResult.LEFT].polls} left" if PollResult.LEFT in results else ""
    new = say_count(sum(one.new for one in sums), "new article")
    return f"{polled} polled by all workers, {failed} failed{left}; {new}."
