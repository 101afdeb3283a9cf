"""The jobs on a resident scheduler, for a machine without cron.

Each setting answers a measured trap of the library:
- `misfire_grace_time` None: by default a run that starts a second late is skipped;
- `coalesce`: a machine that slept through ten ticks makes one run, not ten;
- `max_instances` 1: a tick never overtakes the last. The resident's jobs are done one after the other (`turns.py`): a
  draft that is due while feeds are read waits for the end of that, `network.poll_deadline` at the most. Cron and
  systemd run both side by side;
- no pool of threads: a job here only says that it is due, and the scheduler's own thread can say that. A pool ends
  before the scheduler does where the process is told to stop, and a job that came due within that moment was logged as
  an error with its traceback (13 of 120 that were stopped as soon as they ran);
- the jobs are asked for by interval and minute, never by an hour of the day, so a change of the clocks neither
  doubles nor drops a run. The hour of the weekly draft is the monitor's business.
- the scheduler sleeps until the moment that its clock showed when it reckoned: where that clock was ahead, or is set
  back while it sleeps, for months. `wake` looks every minute and has run at once whatever is further off than its
  rhythm.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from jobs import poll, weekly_report

log = logging.getLogger("jobs")

Job = Callable[[], int]

POLL, REPORT = "poll", "weekly_report"
LONGEST_SLEEP = {POLL: timedelta(minutes=poll.EVERY_MINUTES), REPORT: timedelta(hours=1)}
LOOK_EVERY = 60  # seconds between two looks at the clock


def timetable(scheduler: BaseScheduler, poll_job: Job, report_job: Job, start: datetime) -> None:
    """Puts both jobs on the scheduler: at `start`, and from then on at their intervals."""
    scheduler.configure(
        timezone="UTC",
        executors={"default": DebugExecutor()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    polling = IntervalTrigger(minutes=poll.EVERY_MINUTES, timezone="UTC")
    scheduler.add_job(poll_job, polling, id=POLL, next_run_time=start)
    hourly = CronTrigger(minute=weekly_report.MINUTE, timezone="UTC")
    scheduler.add_job(report_job, hourly, id=REPORT, next_run_time=start)
    scheduler.add_listener(tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED)


def wake(scheduler: BaseScheduler, now: datetime) -> None:
    """Has whatever is further off than its rhythm run now: a clock that was wrong has put it there."""
    for job in scheduler.get_jobs():
        if job.next_run_time and job.next_run_time - now > LONGEST_SLEEP[job.id]:
            log.warning("The clock was set back: the job %s runs now.", job.id)
            job.modify(next_run_time=now)


def tell(event: JobExecutionEvent) -> None:
    """A job that raised or was missed is said; the scheduler alone would only note it for itself."""
    log.error("The job %s did not run: %s", event.job_id, event.exception or "its time was missed")
