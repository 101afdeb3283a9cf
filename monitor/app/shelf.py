"""The folder of backups: what stands there, newest first, and what to say to who has lost an archive."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.app.typed import as_typed, monitor_as_called
from monitor.settings import Backups, Config

_NAME = re.compile(r"topical-issues-(\d{8}T\d{6}Z)(?:-\d+)?\.zip")
_FORM = "%Y%m%dT%H%M%SZ"
NAMED = 3  # backups in advice


@dataclass(frozen=True, slots=True)
class OnShelf:
    made: datetime
    path: Path


def shelf_of(config: Config | None, data: Path) -> Path:
    """The folder; as by default where the configuration cannot be read."""
    return data / (config.panel.backups if config else Backups()).folder


def name_of(made: datetime) -> str:
    return f"topical-issues-{made.astimezone(UTC).strftime(_FORM)}.zip"


def backups_in(folder: Path) -> tuple[OnShelf, ...]:
    """Newest first. Only what is named as ours is; nothing where the folder cannot be read."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return ()
    named = ((path, _NAME.fullmatch(path.name)) for path in paths)
    found = [
        OnShelf(datetime.strptime(name[1], _FORM).replace(tzinfo=UTC), path) for path, name in named if name
    ]
    return tuple(sorted(found, key=lambda one: (one.made, one.path.name), reverse=True))


def advice(config: Config | None, config_folder: Path, data: Path) -> str:
    """How to get an archive back: the backups there are, newest first, and the command."""
    command = command_in(config_folder, data)
    folder = shelf_of(config, data)
    found = backups_in(folder)
    if not found:
        return f"There is no backup in {folder}. If there is one elsewhere, `{command} restore FILE` puts it back."
    listed = ", ".join(str(one.path) for one in found[:NAMED])
    more = f" and {len(found) - NAMED} older" if len(found) > NAMED else ""
    return f"Backups, newest first: {listed}{more}. `{command} restore {as_typed(found[0].path)}` puts the newest back."


def command_in(config_folder: Path, data: Path) -> str:
    """The program with its folders, as they are to be typed."""
    config = "" if config_folder == Path() else f" --config {as_typed(config_folder)}"
    where = "" if data == config_folder / "data" else f" --data {as_typed(data)}"
    return f"{monitor_as_called()}{config}{where}"
