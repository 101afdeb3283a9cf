"""The search index beside the archive (`store/search`): thrown away by whoever takes something from the archive."""

from pathlib import Path

from monitor.app.archives import archive_of, index_at
from monitor.app.home import homes_in
from monitor.errors import OutputError
from monitor.store.search import FILE, all_thrown_away, thrown_away
from monitor.store.server import Server


def drop_index(data: Path) -> None:
    """Raises OutputError where it stays, for then what is to go would stay in it."""
    try:
        thrown_away(index_at(data / FILE))
    except OSError as error:
        raise OutputError(
            f"The search index {data / FILE} cannot be deleted: {error.strerror or error}. Delete it yourself and say "
            "this again; the desk makes it anew."
        ) from error


def drop_indexes(data: Path) -> None:
    """Every panel's. Raises OutputError likewise, and StoreError."""
    archive = archive_of(data)
    if isinstance(archive, Server):
        all_thrown_away(archive)
        return
    for home in homes_in(data):
        drop_index(home)
