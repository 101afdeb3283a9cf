"""What the jobs of a worker have in common."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from monitor.app.visiting import Configured
from monitor.store.postgresql.queue.turns import HostTurns
from monitor.store.server import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    config_folder: Path
    data: Path
    metrics: Path | None
    server: Server  # the archive's
    name: str  # of this worker, unlike any other's
    configured: Configured
    turns: HostTurns
    stop: threading.Event = field(default_factory=threading.Event)
