"""`python -m jobs`: the resident scheduler. Ctrl-C or a termination signal ends it after the job that is running."""

import logging
import signal
import sys
from datetime import UTC, datetime
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from jobs import poll, weekly_report
from jobs.arguments import no_arguments
from jobs.timetable import timetable
from monitor.cli.showing import log_to_stderr

WHAT = (
    f"Reads the feeds that are due, every {poll.EVERY_MINUTES} minutes, and drafts and delivers once a week, until it "
    "is stopped: by Ctrl-C or a termination signal, after the job that is running."
)


def main() -> int:
    no_arguments("jobs", WHAT)
    log_to_stderr(logging.WARNING, "%(asctime)s %(levelname)s %(name)s: %(message)s")
    scheduler = BlockingScheduler()
    timetable(scheduler, poll.run, weekly_report.run, datetime.now(UTC))

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    print(
        "The jobs are running: feeds every few minutes, the draft once a week. Ctrl-C ends them.",
        file=sys.stderr,
    )
    try:
        scheduler.start()
    except KeyboardInterrupt:
        scheduler.shutdown(wait=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
