"""init --new-archive: an empty archive, where the one that was there is lost and nothing is to be restored."""

from pathlib import Path

from monitor.app.archives import archive_of
from monitor.app.indexed import drop_indexes
from monitor.app.locks import quite_alone, writable
from monitor.errors import InputError
from monitor.store import Store, holds_something
from monitor.store.server import Server, Where
from monitor.store.sqlite.lineage import has_log
from monitor.store.sqlite.opening import put_aside


def begin_anew(data: Path) -> tuple[str, ...]:
    """Raises InputError where there is an archive that holds something: a person moves it away."""
    archive = archive_of(data)
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
        if holds_something(archive):
            raise InputError(
                f"{_named(archive)} is there, and nothing was changed. To begin anew all the same, move it away yourself."
            )
    with quite_alone(data):
        kept = []
        if isinstance(archive, Path) and has_log(archive):
            kept.append(f"What was left of the old archive is kept: {put_aside(archive)}")
        drop_indexes(data)
        with Store.open(archive):
            pass
    return (*kept, f"Begun anew, with an empty archive: {_named(archive)}")


def _named(archive: Where) -> str:
    return archive.name if isinstance(archive, Server) else str(archive)
