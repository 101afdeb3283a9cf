"""`python -m jobs`: the resident scheduler. Ctrl-C or a termination signal ends it, and the job that is running, within
seconds: what is finished is kept. A second signal ends it at once."""

import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty

from monitor.loading import loading

with loading():
    from apscheduler.schedulers.background import BackgroundScheduler

    from jobs import poll, weekly_report
    from jobs.arguments import of_all_jobs
    from jobs.many.begin import begin
    from jobs.timetable import LOOK_EVERY, timetable, wake
    from jobs.turns import InTurn
    from monitor.cli.showing import log_to_stderr, logs_as_json, show
    from monitor.cli.stopping import stopping
    from monitor.reading.workers import resident

WHAT = (
    f"Reads the feeds that are due, every {poll.EVERY_MINUTES} minutes, and drafts and delivers once a week, until it "
    "is stopped: by Ctrl-C or a termination signal, which end the job that is running too; a second one ends it at once."
)


def main() -> int:
    said = of_all_jobs(WHAT)
    log_to_stderr(
        logging.WARNING, "%(asctime)s %(levelname)s %(name)s: %(message)s", as_records=logs_as_json()
    )
    return begin(said) if said.cluster else alone()


def alone() -> int:
    """All the work of one machine, until it is told to stop."""
    scheduler, in_turn = BackgroundScheduler(), InTurn()
    asked = in_turn.asks_for(poll.run), in_turn.asks_for(weekly_report.run)
    timetable(scheduler, *asked, datetime.now(UTC))
    try:
        with stopping(stopped=0) as stop, resident():
            show(
                "The jobs are running: feeds every few minutes, the draft once a week. Ctrl-C ends them.",
                err=True,
                level=logging.INFO,
            )
            scheduler.start()
            while not stop.is_asked:
                with suppress(Empty):
                    in_turn.work_next(LOOK_EVERY)
                wake(scheduler, datetime.now(UTC))
    except KeyboardInterrupt:
        pass
    return 0  # the scheduler's threads end with this one: they have nothing in hand but what is due


if __name__ == "__main__":
    sys.exit(main())
