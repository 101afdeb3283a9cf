"""backup: the archive, and what else cannot be made again, in one zip file; old ones make room.

    archive.db     one state of it, a file of SQLite's also where it is on a server, looked over (`store/copying.py`)
    config/        the four YAML files and the Word template, as they stand
    drafts/        the Word files of the drafts folder: the officer's own edits may not be learned yet
    desk/          what the desk keeps: the rules' versions, labelled stories, changes of the feed list
    about.json     when it was made, by which version, and what it holds

A file beside the archive that may not be read is left out and named; it keeps back no backup.
Not in it: what is written again from the archive (pages, Markdown, JSON), e-mails in a folder, logs, secrets.

It is made aside and gets its name when it is whole, was read back, and is on the disk. Only then is an older one
removed (`rotation.py`), and none while the archive is damaged: its copy would not be kept, and the older ones are
what is wanted.
"""

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from monitor import __version__
from monitor.app.archives import ARCHIVE, archive_of, is_there
from monitor.app.home import homes_in
from monitor.app.installed import Installed, installed_to_change, installed_to_read
from monitor.app.locks import Work
from monitor.app.rotation import superfluous
from monitor.app.shelf import OnShelf, backups_in, name_of, shelf_of
from monitor.app.workspace import (
    Clock,
    recorded,
    utc_now,
)
from monitor.config.folder import FILES
from monitor.config.panels import PANELS, panels_in
from monitor.config.panels import name_of as panel_in
from monitor.errors import ArchiveLost, InputError, OutputError
from monitor.paths import exists, is_file
from monitor.reporting.wording import say_count, say_moment
from monitor.store.copying import Contents, copy_to, flush, look_over

BACKUP = "backup"  # the job's name in the record of runs
ABOUT = "about.json"
CONFIG, DRAFTS, DESK = "config", "drafts", "desk"  # folders in the file
OF_DESK = (
    "labels.jsonl",
    "feed-changes.json",
    "rules/versions/*.json",
)  # in a panel's folder, and in that of all
_MAKING = ".making-"


@dataclass(frozen=True, slots=True)
class BackedUp:
    path: Path
    made: datetime
    bytes: int
    contents: Contents
    removed: tuple[Path, ...]
    left_out: tuple[str, ...] = ()  # files that could not be read, and why

    def record(self) -> dict[str, Any]:
        removed = [str(path) for path in self.removed]
        return {**asdict(self), "path": str(self.path), "removed": removed}

    def lines(self) -> Iterator[str]:
        yield from (f"Removed: {path}" for path in self.removed)
        yield f"Written: {self.path}"
        yield from (f"Not in it: {one}" for one in self.left_out)
        yield self.counts

    @property
    def counts(self) -> str:
        without = (
            f"; without {say_count(len(self.left_out), 'file')} that cannot be read" if self.left_out else ""
        )
        return f"Backup, {self.bytes / 1e6:.1f} MB: {say_contents(self.contents)}{without}."


def say_contents(contents: Contents) -> str:
    seen = ""
    if contents.first and contents.last:
        seen = f", first seen {say_moment(contents.first)} to {say_moment(contents.last)}"
    return (
        f"{say_count(contents.articles, 'article')}{seen}; {say_count(len(contents.editions), 'draft')}, "
        f"{say_count(contents.decisions, 'decision')}"
    )


def backup(config_folder: Path, data: Path, out: Path | None = None, *, clock: Clock = utc_now) -> BackedUp:
    """Into the folder of backups, where old ones make room, or into another, where none does."""
    with installed_to_read(config_folder, data):  # which says so where the archive was lost
        if not is_there(data):
            raise InputError(f"There is no archive in {data} yet, so there is nothing to back up.")
    with installed_to_change(config_folder, data, Work.HOUSEKEEPING, clock) as installed:
        return back_up(installed, out, clock)


def back_up(installed: Installed, out: Path | None, clock: Clock) -> BackedUp:
    """Records the run. Raises OutputError, StoreError."""
    with recorded(installed.store, BACKUP, clock) as note:
        now = clock()
        path, contents, left_out = _made(installed, out or shelf_of(installed.config, installed.data), now)
        removed = () if out else _rotated(installed, now)
        done = BackedUp(path, now, path.stat().st_size, contents, removed, left_out)
        note.summary = done.counts
    return done


def _made(installed: Installed, folder: Path, now: datetime) -> tuple[Path, Contents, tuple[str, ...]]:
    left_out = []
    with _aside(folder) as aside:
        copy, zipped = aside / ARCHIVE, aside / "backup.zip"
        copy_to(archive_of(installed.data), copy)
        try:
            contents = look_over(copy)
        except ArchiveLost as error:
            raise ArchiveLost(f"No backup was kept, and none removed. {error}") from error
        about = {"made": now, "version": __version__, **asdict(contents)}
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as file:
            file.write(copy, ARCHIVE)
            for path, name in _beside(installed):
                if why := _why_unread(path):
                    left_out.append(f"{path} ({why})")
                else:
                    file.write(path, name)
            file.writestr(ABOUT, json.dumps(about, default=lambda moment: moment.isoformat(), indent=2))
        with zipfile.ZipFile(zipped) as file:
            if broken := file.testzip():
                raise OutputError(f"The backup in {folder} cannot be read back: {broken} is damaged.")
        flush(zipped)
        path = _free(folder / name_of(now))
        zipped.replace(path)
        flush(folder)
    return path, contents, tuple(left_out)


def _why_unread(path: Path) -> str | None:
    try:
        with path.open("rb"):
            return None
    except OSError as error:
        return error.strerror or str(error)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder in it that is gone at the end, and with it what killed runs left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(mkdtemp(prefix=_MAKING, dir=folder))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"No backup can be written to {folder}: {error.strerror or error}.") from error


def _beside(installed: Installed) -> Iterator[tuple[Path, str]]:
    """What goes in beside the archive, with its name there: what all share, then what is each panel's."""
    yield from _files_in(installed.config_folder, FILES, CONFIG)
    for folder in panels_in(installed.config_folder):
        if panel_in(folder):
            yield from _files_in(folder, FILES, f"{CONFIG}/{PANELS}/{folder.name}")
    for one in installed.panels:
        if one.config.panel.template:
            template = Path(one.config.panel.template)
            below = f"/{PANELS}/{name}" if (name := panel_in(one.config_folder)) else ""
            yield from _files_in(template.parent, (template.name,), f"{CONFIG}{below}")
    folders = {one.home: one.config.panel.folder for one in installed.panels}
    # Also of a panel whose files have mistakes, that is configured no more, or that was alone in the data folder.
    for home in dict.fromkeys((*folders, *homes_in(installed.data))):
        below = "" if home == installed.data else f"{PANELS}/{home.name}/"
        yield from _words(home / folders.get(home, DRAFTS), below)
        yield from _of_desk(home, below)


def _words(drafts: Path, below: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(drafts.rglob("*.docx")):
        if is_file(path) and not path.name.startswith(("~$", ".")):
            yield path, f"{below}{DRAFTS}/{path.relative_to(drafts).as_posix()}"


def _of_desk(folder: Path, below: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(found for kind in OF_DESK for found in folder.glob(kind)):
        yield path, f"{below}{DESK}/{path.relative_to(folder).as_posix()}"


def _files_in(folder: Path, names: Iterable[str], within: str) -> Iterator[tuple[Path, str]]:
    yield from ((folder / name, f"{within}/{name}") for name in names if is_file(folder / name))


def _rotated(installed: Installed, now: datetime) -> tuple[Path, ...]:
    found = backups_in(shelf_of(installed.config, installed.data))
    gone = set(superfluous((one.made for one in found), now, installed.config.panel.backups))
    return tuple(_removed(one) for one in reversed(found) if one.made in gone)


def _removed(one: OnShelf) -> Path:
    with suppress(OSError):
        one.path.unlink()
    return one.path


def _free(path: Path) -> Path:
    number, free = 1, path
    while exists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
