"""What comes out of a backup: the archive, aside; and the other files, where they are missing.

- Nothing is unpacked that is no archive by its beginning, or for which there is no room: a few kilobytes may unpack to
  more than any disk has.
- The YAML files, the Word files of the drafts folder and what the desk keeps come back only where they are missing. One
  that is damaged in the backup, or cannot be written, stays away and is named: the archive is back all the same.
"""

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from monitor.app.backups import CONFIG, DESK, DRAFTS, OF_DESK
from monitor.app.workspace import ARCHIVE
from monitor.config.folder import FILES, read_config
from monitor.config.panels import PANELS
from monitor.errors import ConfigError, InputError, OutputError
from monitor.paths import exists, is_file
from monitor.settings import Config
from monitor.store.sqlite.lineage import has_log, is_foreign, log_of
from monitor.zips import DAMAGED

_USUAL_DRAFTS = "drafts"
_BEGINS = b"SQLite format 3\0"
_LARGEST = 100_000_000  # bytes of a YAML file or a Word draft


def look_at(file: Path) -> None:
    """Raises InputError where there is no such file, or where it may not be read."""
    try:
        if not is_file(file):
            raise InputError(f"There is no file {file}.")
        with file.open("rb"):
            pass
    except OSError as error:
        raise _unread(file, error) from error


def _unread(file: Path, error: OSError) -> InputError:
    return InputError(f"{file} cannot be read, and nothing was changed: {error.strerror or error}.")


def unpacked(file: Path, aside: Path) -> Path:
    """The archive of a backup; of a plain copy of one, with its log where that lies beside it."""
    new = aside / ARCHIVE
    if not zipfile.is_zipfile(file):
        _has_room(aside, file.stat().st_size)
        shutil.copyfile(file, new)
        if has_log(file) and not is_foreign(file):
            shutil.copyfile(log_of(file), log_of(new))
        return new
    try:
        with zipfile.ZipFile(file) as zipped, zipped.open(ARCHIVE) as packed:
            _has_room(aside, zipped.getinfo(ARCHIVE).file_size)
            _unpack(packed, new, file)
    except KeyError as error:
        raise InputError(f"{file} is no backup of the monitor: it holds no {ARCHIVE}.") from error
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno:  # the disk's
            raise
        raise InputError(
            f"{file} is damaged, and nothing was changed: {error}. Take another backup."
        ) from error
    return new


def _has_room(folder: Path, wanted: int) -> None:
    """The archive must have room beside the one that it replaces. Raises OutputError."""
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise OutputError(
            f"The archive in the backup has {wanted / 1e6:,.0f} MB, and {folder.parent} has room for {free / 1e6:,.0f}. "
            "Nothing was changed: make room, or name another folder with --data."
        )


def _unpack(packed: IO[bytes], new: Path, file: Path) -> None:
    begins = packed.read(len(_BEGINS))
    if begins != _BEGINS:
        raise InputError(
            f"{file} is no backup of the monitor: its {ARCHIVE} is no archive. Nothing was changed."
        )
    with new.open("wb") as out:
        out.write(begins)
        shutil.copyfileobj(packed, out, 1 << 20)


def put_back(file: Path, config_folder: Path, data: Path) -> Iterator[Path | str]:
    """What else is in a backup, where it is missing; or why it does not come back."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as zipped:
        names = [name for name in zipped.namelist() if _is_plain(name)]
        for name in sorted(names):  # "config" comes before drafts, whose folder it says
            target = _target(PurePosixPath(name), config_folder, data)
            if target and not name.endswith("/") and _is_missing(target):
                yield _written(zipped, name, target)


def _target(name: PurePosixPath, config_folder: Path, data: Path) -> Path | None:
    """Where a file goes: `config/feeds.yaml`, `drafts/a.docx`, and the same of a panel, `config/panels/NAME/panel.yaml`
    and `panels/NAME/drafts/a.docx`."""
    match name.parts:
        case (folder, own) if folder == CONFIG and _is_of_config(own):
            return config_folder / own
        case (folder, of_panels, panel, own) if (folder, of_panels) == (CONFIG, PANELS) and _is_of_config(
            own
        ):
            return config_folder / PANELS / panel / own
        case (folder, *below) if folder == DESK and _is_of_desk(below):
            return data / Path(*below)
        case (of_panels, panel, folder, *below) if (of_panels, folder) == (PANELS, DESK) and _is_of_desk(
            below
        ):
            return data / PANELS / panel / Path(*below)
        case (folder, *below) if folder == DRAFTS and below and name.suffix == ".docx":
            return data / _drafts_folder(config_folder) / Path(*below)
        case (of_panels, panel, folder, *below) if (of_panels, folder) == (PANELS, DRAFTS):
            if below and name.suffix == ".docx":
                own_folder = _drafts_folder(config_folder / PANELS / panel)
                return data / PANELS / panel / own_folder / Path(*below)
    return None


def _is_of_config(name: str) -> bool:
    return name in FILES or name.endswith((".docx", ".dotx", ".docm", ".dotm"))


def _is_of_desk(below: Sequence[str]) -> bool:
    return any(len(below) == kind.count("/") + 1 and PurePosixPath(*below).match(kind) for kind in OF_DESK)


def _is_plain(name: str) -> bool:
    """A zip file may name any place on the disk."""
    parts = PurePosixPath(name).parts
    return ".." not in parts and not name.startswith("/") and not any(sign in name for sign in "\\:\x00")


def _drafts_folder(config_folder: Path) -> str:
    config = _config(config_folder)
    return config.panel.folder if config else _USUAL_DRAFTS


def _config(config_folder: Path) -> Config | None:
    try:
        return read_config(config_folder)
    except ConfigError:
        return None


def _is_missing(target: Path) -> bool:
    with suppress(OSError):  # a folder that one may not look into: trying says so
        return not exists(target) and not target.is_symlink()
    return True


def _written(zipped: zipfile.ZipFile, name: str, target: Path) -> Path | str:
    part = target.with_name(f".{target.name}.part")
    try:
        if zipped.getinfo(name).file_size > _LARGEST:
            return f"Not written: {target}, which is too large in the backup."
        body = zipped.read(name)
    except DAMAGED as error:
        return f"Not written: {target}, which is damaged in the backup ({error})."
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(body)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        return f"Not written: {target} ({error.strerror or error})."
    return target
