"""What may be said to a job: nothing but `--help`, and to `python -m jobs` that it is one worker of many. Whatever else is
said is wrong usage (exit code 2).

So that a person who wants to know what a job does is told, and does not start it.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.cli import say

FOLDERS = (
    "The folders come from the environment: MONITOR_CONFIG, where the four YAML files are (by default the current "
    "folder), and MONITOR_DATA, where the archive and the drafts are (by default data/ in it). To be told: "
    "MONITOR_PING_POLL, MONITOR_PING_WEEKLY and MONITOR_PING_HOUSEKEEPING hold addresses to ping (or, with _FILE, name "
    "files that do), MONITOR_METRICS names a file for Prometheus, MONITOR_LOG_JSON=1 asks for JSON logs."
)
CLUSTER = (
    "Be one of many workers, on any number of machines, that share an archive in PostgreSQL (MONITOR_ARCHIVE, or a file "
    "that MONITOR_ARCHIVE_FILE names, holds its address); see docs/cluster.md."
)
USUAL, MOST = 10, 100  # visits side by side
QUEUES = ("hosts", "panels", "keeping")  # as `jobs/cluster.py` calls them, which needs its library


@dataclass(frozen=True, slots=True)
class Said:
    cluster: bool
    side_by_side: int
    only: tuple[str, ...]


def no_arguments(module: str, what: str, given: Sequence[str] | None = None) -> None:
    """Returns where nothing was said; else ends the process, with what the job does or what is wrong."""
    _parsed(_parser(module, what), given)


def of_all_jobs(what: str, given: Sequence[str] | None = None) -> Said:
    """What was said to `python -m jobs`; ends the process where that is help, or wrong."""
    parser = _parser("jobs", what)
    parser.add_argument("--cluster", action="store_true", help=CLUSTER)
    parser.add_argument(
        "--side-by-side",
        type=_number,
        metavar="N",
        help=f"with --cluster: how many hosts are visited at a time [default: {USUAL}]",
    )
    parser.add_argument(
        "--only",
        choices=QUEUES,
        action="append",
        help="with --cluster: take up jobs of this kind alone; may be said again",
    )
    found = _parsed(parser, given)
    if not found["cluster"] and (found["side_by_side"] or found["only"]):
        parser.error("--side-by-side and --only go with --cluster.")
    return Said(
        found["cluster"], found["side_by_side"] or USUAL, tuple(dict.fromkeys(found["only"] or QUEUES))
    )


def _parser(module: str, what: str) -> ArgumentParser:
    parser = ArgumentParser(prog=f"python -m {module}", description=what, epilog=FOLDERS, add_help=False)
    parser.add_argument("-h", "--help", action="store_true", help="say this and end")
    return parser


def _parsed(parser: ArgumentParser, given: Sequence[str] | None) -> dict[str, Any]:
    found = vars(parser.parse_args(given))
    if found["help"]:
        sys.exit(say(parser.format_help()))
    return found


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"write a number from 1 to {MOST}")
    return int(text)
