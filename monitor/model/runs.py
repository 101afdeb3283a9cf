"""Runs of the jobs."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a job, with its outcome."""

    job: str  # "poll", "draft", "weekly report"
    started: datetime
    ended: datetime
    ok: bool
    summary: str  # the run's last line: its counts, or what went wrong
