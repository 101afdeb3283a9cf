"""init --new-archive: an empty archive, where the one that was there is lost and nothing is to be restored."""

from pathlib import Path

from monitor.app.indexed import drop_index
from monitor.app.locks import quite_alone, writable
from monitor.app.workspace import ARCHIVE
from monitor.errors import InputError
from monitor.store import Store
from monitor.store.lineage import has_log
from monitor.store.opening import put_aside


def begin_anew(data: Path) -> tuple[str, ...]:
    """Raises InputError where there is an archive that holds something: a person moves it away."""
    archive = data / ARCHIVE
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
        if archive.exists() and archive.stat().st_size:
            raise InputError(
                f"{archive} is there, and nothing was changed. To begin anew all the same, move it away yourself."
            )
    with quite_alone(data):
        kept = [f"What was left of the old archive is kept: {put_aside(archive)}"] if has_log(archive) else []
        drop_index(data)
        with Store.open(archive):
            pass
    return (*kept, f"Begun anew, with an empty archive: {archive}")
