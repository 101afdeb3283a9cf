"""The search index beside the archive (`store/search`): thrown away by whoever takes something from the archive."""

from pathlib import Path

from monitor.app.home import homes_in
from monitor.errors import OutputError
from monitor.store.search import FILE, thrown_away


def drop_index(data: Path) -> None:
    """Raises OutputError where it stays, for then what is to go would stay in it."""
    try:
        thrown_away(data)
    except OSError as error:
        raise OutputError(
            f"The search index {data / FILE} cannot be deleted: {error.strerror or error}. Delete it yourself and say "
            "this again; the desk makes it anew."
        ) from error


def drop_indexes(data: Path) -> None:
    """Every panel's. Raises OutputError likewise."""
    for home in homes_in(data):
        drop_index(home)
