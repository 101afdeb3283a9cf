"""What many machines have in hand."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCount:
    """Jobs of one kind."""

    task: str  # "visit_host", "weekly_of_panel"
    waiting: int
    running: int
    since: datetime | None  # when the one that waits longest was put into the queue


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """A job that was given up."""

    task: str
    of: str  # the host, the panel
    runs: int  # how often it was begun
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    workers: int  # that were heard of within the last minute
    tasks: tuple[TaskCount, ...]
    failed: tuple[FailedJob, ...]  # of the last days, the newest first
