"""Where the archive stands: in the data folder, or on the PostgreSQL server whose address is in the environment.

MONITOR_ARCHIVE holds the address, or MONITOR_ARCHIVE_FILE names a file that does (`secrets.py`). It is a secret: it has no
place in the YAML files or on a command line. The documents stand in the data folder all the same.
"""

from collections.abc import Hashable
from contextlib import AbstractContextManager
from pathlib import Path

from monitor.app.secrets import ADDRESS, secret
from monitor.store import holds_something, sessions_kept, stamp_of
from monitor.store.server import Where, server_at

ARCHIVE = "archive.db"  # the archive's file in the data folder


def archive_of(data: Path) -> Where:
    """Raises InputError where the file that holds the address cannot be read, StoreError where it is none."""
    address = secret(ADDRESS)
    return server_at(address, data) if address else data / ARCHIVE


def is_there(data: Path) -> bool:
    """Whether there is an archive, and it is not a file with nothing in it. Raises StoreError."""
    return holds_something(archive_of(data))


def written(data: Path) -> Hashable:
    """By which one sees that the archive was written since. Raises StoreError."""
    return stamp_of(archive_of(data))


def kept_open(data: Path) -> AbstractContextManager[None]:
    """Inside, sessions on a server are kept for the next who opens the archive: for who opens it for every page."""
    return sessions_kept(archive_of(data))
