"""What can go wrong that a person can mend. One tree; everything outside it is a bug.

MonitorError              the message is for the person; exit code 1
├── ConfigError           mistakes in the YAML files, all of them at once
├── StoreError            the archive cannot be opened, or is from a newer version
│   └── ArchiveLost       it is damaged, empty, or gone: a backup is wanted
├── OutputError           a document cannot be written where it was asked for
├── InputError            a file or address named on the command line cannot be used
├── TakenOver             the work was given to another worker
├── ClockError            this machine's clock is behind what is stored
└── Busy                  another run of the kind is at work; exit code 75

A feed that fails, a page without an article, an address that is no feed are not here: they are values
(`model.FetchFailed`, `model.ParseFailed`, `model.NoArticle`), counted, stored and shown. `cli.py` is the one place
where an exception becomes a message and an exit code.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class MonitorError(Exception):
    """Something the user can mend. `str(error)` says what, and how."""

    exit_code = 1


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in a YAML file."""

    file: str
    line: int  # from 1
    path: str  # "feeds.3.url"; empty where the whole file is meant
    message: str  # what, and what to write instead

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return where + (f"{self.path}: {self.message}" if self.path else self.message)


class ConfigError(MonitorError):
    """Mistakes in the configuration, every one of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class StoreError(MonitorError):
    """The archive cannot be used."""


class ArchiveLost(StoreError):
    """The archive is damaged, empty, or not where it was: nothing is written before a person has looked."""


class OutputError(MonitorError):
    """A document cannot be written."""


class InputError(MonitorError):
    """A file or address given on the command line cannot be used."""


class ClockError(MonitorError):
    """The clock shows a time that is over."""


class TakenOver(MonitorError):
    """The work was given to another worker, since nothing was heard of this one."""


class Busy(MonitorError):
    """Another run of the kind is at work."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h: try again later
