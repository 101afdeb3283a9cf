"""Where the archive stands: in the data folder, or on the PostgreSQL server whose address is in the environment.

MONITOR_ARCHIVE holds the address, or MONITOR_ARCHIVE_FILE names a file that does (`secrets.py`). It is a secret: it has no
place in the YAML files or on a command line. The documents stand in the data folder all the same.
"""

import re
from collections.abc import Hashable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from monitor.app.home import whose
from monitor.app.secrets import ADDRESS, secret
from monitor.store import holds_something, sessions_kept, stamp_of
from monitor.store.search import stamp_of as stamp_of_index
from monitor.store.server import Where, server_at

ARCHIVE = "archive.db"  # the archive's file in the data folder
_NO_NAME = re.compile("[^a-z0-9_]")


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


def index_at(file: Path) -> Where:
    """Where the search index stands that would be this file: beside an archive on a server it is a schema there, of each
    panel its own. Raises InputError, StoreError."""
    archive = archive_of(file.parent)
    if isinstance(archive, Path):
        return file
    panel = f"_{name}" if (name := whose(file.parent)) else ""
    return replace(archive, schema=_NO_NAME.sub("_", f"{archive.schema}_search{panel}"))


def index_written(file: Path) -> Hashable:
    """By which one sees that the index was written since. Raises StoreError."""
    return stamp_of_index(index_at(file))


def kept_open(data: Path) -> AbstractContextManager[None]:
    """Inside, sessions on a server are kept for the next who opens the archive: for who opens it for every page."""
    return sessions_kept(archive_of(data))
