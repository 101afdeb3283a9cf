"""The jobs take no arguments: whatever is said to one is `--help`, or wrong usage (exit code 2).

So that a person who wants to know what a job does is told, and does not start it.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from monitor.cli import say

FOLDERS = (
    "The folders come from the environment: MONITOR_CONFIG, where the four YAML files are (by default the current "
    "folder), and MONITOR_DATA, where the archive and the drafts are (by default data/ in it). To be told: "
    "MONITOR_PING_POLL, MONITOR_PING_WEEKLY and MONITOR_PING_HOUSEKEEPING hold addresses to ping (or, with _FILE, name "
    "files that do), MONITOR_METRICS names a file for Prometheus, MONITOR_LOG_JSON=1 asks for JSON logs."
)


def no_arguments(module: str, what: str, given: Sequence[str] | None = None) -> None:
    """Returns where nothing was said; else ends the process, with what the job does or what is wrong."""
    parser = ArgumentParser(prog=f"python -m {module}", description=what, epilog=FOLDERS, add_help=False)
    parser.add_argument("-h", "--help", action="store_true", help="say this and end")
    if parser.parse_args(given).help:
        sys.exit(say(parser.format_help()))
