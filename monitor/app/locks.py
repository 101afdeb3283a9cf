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
and there is one writer at a time (`store/archive.py`). So the archive is never locked while the network is waited for.

An archive on a server may have runs in other data folders, and on other machines. There each run has a claim too
(`store/postgresql/claims.py`), and a worker of many has one as long as it works.

The operating system holds a lock, and lets go of it when the process ends, however it ends. The files stay, and are
empty. Since when one is held is noted beside it (`held.py`).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import filelock

from monitor.app.archives import archive_of
from monitor.app.held import forget, note
from monitor.app.home import homes_in, whose
from monitor.config.replacing import as_its_folder
from monitor.errors import Busy, OutputError
from monitor.store import claimed
from monitor.store.server import Where


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
    """Inside, no other run of the kind is at work in the data folder, nor on its archive. Raises Busy where one is,
    OutputError, and StoreError where the archive's server cannot be asked."""
    with _alone_in(data, work), _alone_on(archive_of(data), f"{work} {whose(data)}"):
        yield


@contextmanager
def quite_alone(data: Path) -> Iterator[None]:
    """Inside, no run of any kind is at work in the data folder, of any panel, nor on its archive. Raises as `alone`
    does."""
    with _quite_alone_in(data), _alone_on(archive_of(data), None):
        yield


@contextmanager
def quite_alone_at(archive: Where) -> Iterator[None]:
    """The same of an archive that need not be the configuration's."""
    in_folder = _quite_alone_in(archive.parent) if isinstance(archive, Path) else nullcontext()
    with in_folder, _alone_on(archive, None):
        yield


@contextmanager
def among_others(archive: Where, name: str) -> Iterator[None]:
    """Inside, nobody is quite alone at work on the archive: for a worker, whose jobs are no runs. `name`: of this one.
    Raises as `alone` does."""
    with _alone_on(archive, name):
        yield


@contextmanager
def _quite_alone_in(data: Path) -> Iterator[None]:
    with ExitStack() as held:
        for place in homes_in(data):
            for work in Work if place == data else sorted(OF_PANELS):
                held.enter_context(_alone_in(place, work))
        yield


@contextmanager
def _alone_in(data: Path, work: Work) -> Iterator[None]:
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
def _alone_on(archive: Where, name: str | None) -> Iterator[None]:
    with claimed(archive, name) as is_ours:
        if not is_ours:
            raise Busy(
                f"Another run is at work on the archive {archive.name}, in another folder or on another machine, so this "
                "one did nothing. Try again when it has ended."
                if name
                else f"A run, or a worker, is at work on the archive {archive.name}, in another folder or on another machine, "
                "so nothing was done. Try again when all have ended."
            )
        yield
