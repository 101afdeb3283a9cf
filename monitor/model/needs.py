"""What a person should do: said by `status`, and told by whatever tells (a ping, an e-mail)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NeedKind(StrEnum):
    """What a need is of. The values are kept and compared by scripts: they may be added to, never changed."""

    NEVER_POLLED = "never-polled"  # no feed was ever asked
    POLLER_STOPPED = "poller-stopped"  # no poll for a day: the jobs do not run
    POLL_UNRECORDED = "poll-unrecorded"  # polls begin, and the archive does not hear of them: a full disk
    NOTHING_READ = "nothing-read"  # polls run, and no feed answers
    NOTHING_NEW = "nothing-new"  # feeds answer, and nothing is new for longer than was ever usual
    FEED_FAILING = "feed-failing"
    FEED_SILENT = "feed-silent"
    FEEDS_LEFT = "feeds-left"  # polls have no time for some feeds
    WEEKLY_OVERDUE = "weekly-overdue"
    WEEKLY_NEVER = "weekly-never"  # the weekly draft never once worked
    DOCUMENTS_UNWRITTEN = "documents-unwritten"  # an edition is kept, and its documents could not be written
    MAIL = "mail"
    CONFIG_MISFIT = "config-misfit"
    NO_MEETING = "no-meeting"
    CLOCK_WAS_AHEAD = "clock-was-ahead"  # told for a day
    CLOCK_IS_BEHIND = "clock-is-behind"
    ARCHIVE_UNREADABLE = "archive-unreadable"  # damaged, empty or gone; nothing else is known then
    CONFIG_UNREADABLE = "config-unreadable"  # likewise: no job runs
    RUN_HANGS = "run-hangs"  # a run holds its lock for hours, and no other of its kind can begin
    ARCHIVE_DAMAGED = "archive-damaged"
    NO_BACKUP = "no-backup"
    NO_WORKER = "no-worker"  # jobs wait, and no worker is heard of
    JOB_GIVEN_UP = "job-given-up"  # one that ended its workers, or failed by a bug


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    kind: NeedKind
    sentence: str  # what is wrong, and what to do; begins small, ends with a full stop
    since: datetime | None = None  # since when it stands, where that is known
    subject: str = ""  # which of its kind: a feed's address, a message's id; "" where there is but one

    @property
    def id(self) -> str:
        """The same while the same thing is wrong, whatever the sentence says of it meanwhile."""
        return f"{self.kind}:{self.subject}" if self.subject else self.kind.value
