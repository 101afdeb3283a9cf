"""What the jobs of a worker have in common."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from monitor.app.visiting import Configured
from monitor.store.queue.turns import HostTurns


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    config_folder: Path
    data: Path
    metrics: Path | None
    address: str  # of the archive's database: a secret
    name: str  # of this worker, unlike any other's
    configured: Configured
    turns: HostTurns
    stop: threading.Event = field(default_factory=threading.Event)
