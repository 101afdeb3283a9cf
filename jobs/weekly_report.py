"""The report job: `monitor weekly`, every hour. It drafts once a week, from the time in panel.yaml on.

Asking every hour whether this week's draft is missing means that a machine which slept on Monday morning delivers
when it wakes, and that a draft which failed is tried again; what was made already is not made twice.

From cron: python -m jobs.weekly_report
"""

import sys

from jobs.arguments import no_arguments
from monitor.cli import main

WHAT = (
    "Drafts this week's report and delivers it, where that is not done yet, and ends: what `monitor weekly` does, "
    "for cron."
)

MINUTE = 2  # past each hour: a draft set for seven is there at two minutes past


def run() -> int:
    """Returns the command's exit code; 0 also where this week's draft was made before, or another run is at it; 1
    where it is not delivered."""
    return main(["weekly"], is_job=True)


if __name__ == "__main__":
    no_arguments("jobs.weekly_report", WHAT)
    sys.exit(run())
