"""The polling job: `monitor poll`, every five minutes. Which feeds are due is decided by the monitor, not the timer.

From cron: python -m jobs.poll
"""

import sys

from jobs.arguments import no_arguments
from monitor.cli import main

WHAT = "Reads the feeds that are due, once, and ends: what `monitor poll` does, for cron."

EVERY_MINUTES = (
    5  # the shortest time between two looks at what is due; a feed's own `every` is 30 minutes or more
)


def run() -> int:
    """Returns the command's exit code; 0, with nothing said, where another poll is at work: the next tick makes it
    good."""
    return main(["poll"], is_job=True)


if __name__ == "__main__":
    no_arguments("jobs.poll", WHAT)
    sys.exit(run())
