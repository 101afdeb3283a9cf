"""The turns at hosts that all share who ask over one archive: workers, and commands that a person or a worker calls.

Where the archive is a file, or on a server without workers, there is nobody to share them with.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.archives import archive_of
from monitor.app.network import fetcher
from monitor.app.turns_here import TurnsHere
from monitor.settings import Network
from monitor.store.server import Server

if TYPE_CHECKING:  # psycopg, which one machine can do without
    from monitor.reading.fetch.fetcher import Fetcher
    from monitor.store.postgresql.queue.turns import HostTurns, Visit


@dataclass(frozen=True, slots=True)
class VisitTurns:
    """The turns of a visit's calls (`fetch.turn.Turns`); of a worker's, where there is no visit."""

    turns: "HostTurns"
    name: str  # of the worker: its calls are numbered
    visit: "Visit | None" = None

    def claim(self, host: str, by: str) -> float:
        return self.turns.claim(host, f"{self.name}/{by}", self.visit)

    def release(self, host: str, by: str, rest: float) -> None:
        self.turns.release(host, f"{self.name}/{by}", rest)


@contextmanager
def shared_turns(data: Path) -> Iterator[VisitTurns | None]:
    """A command's; None where nobody else asks. Raises StoreError, and InputError as `archive_of` does."""
    server = archive_of(data)
    if not isinstance(server, Server):
        yield None
        return
    from monitor.store.postgresql.queue.turns import HostTurns

    with closing(HostTurns(server)) as turns:
        name = f"command {socket.gethostname()}-{os.getpid()}"
        yield VisitTurns(turns, name) if turns.is_laid_out() else None


@contextmanager
def fetcher_in_turn(network: Network, data: Path, here: TurnsHere | None = None) -> Iterator["Fetcher"]:
    """The real network, for a command that asks many hosts; `here` are the turns that its own processes share, where
    nobody else does. Raises as `fetcher` and `shared_turns` do."""
    with shared_turns(data) as turns, fetcher(network, turns=turns or here) as fetch:
        yield fetch
