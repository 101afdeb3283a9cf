"""Whether an archive that is not there, or is empty, was ever there. Then it is lost, and never taken for a new one.

That a configuration has run is noted outside of the data folder, whose disk may not be mounted: in `.monitor-archives`
beside the YAML files, or, where that folder is read-only, in a file of the user's own state (XDG_STATE_HOME). A line a
data folder, by its whole path: another data folder is another archive, and may be new; or a line a server's archive, by
its address without user and password. It is noted as soon as the archive holds an article, for before that there is nothing
to lose. In the data folder, backups and drafts say the same; and an archive's file there says that one on a server is not
the first.

`monitor init --new-archive` makes the new archive itself, so nothing need be believed away.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from monitor.app.archives import ARCHIVE
from monitor.app.secrets import ADDRESS
from monitor.app.shelf import backups_in, command_in
from monitor.app.typed import as_typed, monitor_as_called
from monitor.errors import InputError
from monitor.settings import Panel
from monitor.store import holds_something
from monitor.store.server import Server, Where

NOTE = ".monitor-archives"
COPIED_TO = f"env:{ADDRESS}"


def lost(config_folder: Path, data: Path, archive: Where, panel: Panel, home: Path) -> str | None:
    """What is wrong, in a sentence or two; None where the archive is there, or may be new. `home`: where the panel's
    documents are. Raises StoreError, and InputError where a server's is to be begun beside a file that holds one."""
    if isinstance(archive, Server):
        return _lost_on(archive, config_folder, data)
    try:
        size = archive.stat().st_size
    except FileNotFoundError:
        size = None
    except OSError:
        return None  # what is wrong with it is said where it is opened
    if size or not _has_run(config_folder, data, panel, home):
        return None
    if size == 0:
        what = f"The archive {archive} is empty, though this configuration has run with it before"
    elif not _names_in(data):
        what = f"The data folder {data} is empty, though this configuration has run with it before: is its disk not there?"
    else:
        what = f"The archive {archive} is gone, though this configuration has run with it before"
    end = "" if what.endswith("?") else "."
    command = command_in(config_folder, data)
    return (
        f"{what}{end} Nothing was read or written. To begin anew without it: `{command} init --new-archive`."
    )


def _lost_on(server: Server, config_folder: Path, data: Path) -> str | None:
    noted, file = any(server.name in _lines(note) for note in _notes(config_folder)), data / ARCHIVE
    is_beside = not noted and holds_something(file)
    if not (noted or is_beside) or holds_something(server):
        return None
    command = command_in(config_folder, data)
    if is_beside:
        raise InputError(
            f"The archive {server.name} is empty, and the one in {file} is not. Nothing was read or written. To copy it "
            f"there: `{monitor_as_called()} archive copy {as_typed(data)} {COPIED_TO}`. To begin anew without "
            f"it: `{command} init --new-archive`."
        )
    return (
        f"The archive {server.name} is gone, though this configuration has run with it before: is it another database? "
        f"Nothing was read or written. To begin anew without it: `{command} init --new-archive`."
    )


def remember(config_folder: Path, data: Path, archive: Where) -> None:
    """Notes that this configuration has run with this archive: a file's by its data folder. Where nothing can be noted,
    nothing is."""
    folder = archive.name if isinstance(archive, Server) else str(data.resolve())
    notes = list(_notes(config_folder))
    if any(folder in _lines(note) for note in notes):
        return
    for note in notes:
        with suppress(OSError):
            _write(note, [*_lines(note), folder])
            return


def forget(config_folder: Path, data: Path) -> None:
    """That it has run with this data folder, which is gone for good."""
    folder = str(data.resolve())
    for note in _notes(config_folder):
        if folder in (lines := _lines(note)):
            with suppress(OSError):
                _write(note, [line for line in lines if line != folder])


def _has_run(config_folder: Path, data: Path, panel: Panel, home: Path) -> bool:
    folder = str(data.resolve())
    noted = any(folder in _lines(note) for note in _notes(config_folder))
    return noted or _has(data, panel.backups.folder, backups_in) or _has(home, panel.folder, _names_in)


def _has(data: Path, folder: str, found: Callable[[Path], Sequence[object]]) -> bool:
    """Whether something is found in a folder below the data folder; one elsewhere may be others' too."""
    return not Path(folder).is_absolute() and bool(found(data / folder))


def _notes(config_folder: Path) -> Iterator[Path]:
    """Where it may be noted, best first."""
    yield config_folder / NOTE
    home = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):  # a user without a home
        state = Path(home) if home else Path.home() / ".local" / "state"
        name = hashlib.sha256(str(config_folder.resolve()).encode()).hexdigest()[:16]
        yield (
            state / "topical-issues" / f"archives-{name}"
        )  # of use only where the data folder is not around it


def _write(note: Path, lines: Sequence[str]) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    part = note.with_name(f"{note.name}.{os.getpid()}.part")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        part.replace(note)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def _lines(note: Path) -> list[str]:
    try:
        return note.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _names_in(folder: Path) -> list[str]:
    """None also where there is no such folder."""
    try:
        return os.listdir(folder)
    except OSError:
        return []
