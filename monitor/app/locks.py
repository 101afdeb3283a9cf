"""One run of a kind at a time.

    poll.lock           poll: two would ask every server twice
    draft.lock          draft, weekly while it drafts: two would make this week's draft twice
    learn.lock          learn, take, drop: what the officer says is taken in one word after the other
    delivery.lock       weekly while it delivers: two would send a message twice
    prune.lock          prune: two would do the same work twice
    housekeeping.lock   backup, housekeeping: two would make room for one another's backups

Of several panels each has the locks of drafting, learning and delivery in a folder of its own (`home.py`): one
panel's draft keeps no other's waiting.

A second run of a kind does nothing (`Busy`, exit code 75). `restore`, `erase` and `init --new-archive` hold all of
them. Runs of different kinds go side by side: a draft, or `learn`, beside a poll that waits for its slowest server;
another draft while a relay is waited for. The archive needs no lock of ours for that: each write is one transaction,
and SQLite has one writer at a time (`store/archive.py`). So the archive is never locked while the network is waited
for.

The operating system holds a lock, and lets go of it when the process ends, however it ends. The files stay, and are
empty. Since when one is held is noted beside it (`held.py`).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import filelock

from monitor.app.held import forget, note
from monitor.app.home import homes_in
from monitor.config.replacing import as_its_folder
from monitor.errors import Busy, OutputError


class Work(StrEnum):
    """The kinds of run, of which there is one at a time."""

    POLL = "poll"
    DRAFT = "draft"
    LEARN = "learn"
    DELIVERY = "delivery"
    PRUNE = "prune"
    HOUSEKEEPING = "housekeeping"


OF_PANELS = frozenset({Work.DRAFT, Work.LEARN, Work.DELIVERY})


@contextmanager
def writable(data: Path) -> Iterator[None]:
    """Says what the system says of a data folder in which nothing can be made. Raises OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"The data folder {data} cannot be written: {error.strerror or error}. Name another with --data."
        ) from error


@contextmanager
def alone(data: Path, work: Work) -> Iterator[None]:
    """Inside, no other run of the kind is at work in the data folder. Raises Busy where one is, and OutputError."""
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(data / f"{work}.lock")
        try:
            lock.acquire(timeout=0)
            as_its_folder(data / f"{work}.lock")
        except filelock.Timeout as error:
            raise Busy(
                f"Another run is at work in {data}, so this one did nothing. Try again when it has ended."
            ) from error
        noted = note(data, work, datetime.now(UTC))
    try:
        yield
    finally:
        forget(noted)
        lock.release()


@contextmanager
def quite_alone(data: Path) -> Iterator[None]:
    """Inside, no run of any kind is at work in the data folder, of any panel. Raises Busy where one is, and
    OutputError."""
    with ExitStack() as held:
        for place in homes_in(data):
            for work in Work if place == data else sorted(OF_PANELS):
                held.enter_context(alone(place, work))
        yield
