"""restore: a backup takes the archive's place, and the archive that it replaces stays beside it.

    nobody is at work | unpacked aside | looked over | the old archive is out of use, and kept | in its place

- Until the last step nothing has changed but that the old archive has no log any more: SQLite gave it up, so its file
  alone is all of it. The last step is one renaming. So a kill at any moment leaves the old archive or the new one.
- An old archive that is damaged cannot be brought to give up its log: file and log are kept aside first, both, then the
  log goes, then the file is replaced. A log that is left by a kill between is no danger: it is not of the new file's
  family (`store/lineage.py`).
- The YAML files and the Word files of the drafts folder come back only where they are missing.
"""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from monitor.app.backups import CONFIG, DRAFTS, say_contents
from monitor.app.begun import remember
from monitor.app.locks import quite_alone, writable
from monitor.app.workspace import ARCHIVE, Clock, recorded, utc_now
from monitor.config.folder import FILES, read_config
from monitor.errors import ArchiveLost, Busy, ConfigError, InputError, OutputError, StoreError
from monitor.reporting.wording import LONDON, say_count, say_moment
from monitor.settings import Config
from monitor.store import Store
from monitor.store.copying import Contents, contents_of, flush, look_over, take_out_of_use
from monitor.store.lineage import has_log, index_of, is_foreign, log_of

RESTORE = "restore"  # the job's name in the record of runs
_ASIDE = ".restoring-"
_USUAL_DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Restored:
    file: Path
    back: Contents
    before: Contents | None  # what the replaced archive held; None where there was none that could be read
    replaced: Path | None  # where it is now
    written: tuple[Path, ...]  # what else came back

    def record(self) -> dict[str, Any]:
        paths = {name: str(path) if (path := getattr(self, name)) else None for name in ("file", "replaced")}
        return {**asdict(self), **paths, "written": [str(path) for path in self.written], "lost": self.lost}

    @property
    def lost(self) -> dict[str, int]:
        """What the replaced archive held and this one does not."""
        if self.before is None:
            return {}
        return {
            "articles": max(self.before.articles - self.back.articles, 0),
            "drafts": len(set(self.before.editions) - set(self.back.editions)),
            "decisions": max(self.before.decisions - self.back.decisions, 0),
        }

    def lines(self) -> Iterator[str]:
        yield from (f"Written: {path}" for path in self.written)
        if self.replaced:
            yield f"The replaced archive is kept: {self.replaced}"
        if waiting := self.back.waiting:
            drafts = ", ".join(map(str, waiting))
            yield (
                f"The e-mail of draft {drafts} was waiting when the backup was made: `monitor weekly` sends it, under "
                "the same Message-ID as it may have been sent since."
            )
        yield self._lost_line()
        yield f"Restored from {self.file}: {say_contents(self.back)}."

    def _lost_line(self) -> str:
        if self.before is None:
            since = f" since {say_moment(self.back.last)}" if self.back.last else ""
            return f"Lost: what was stored{since}. There was no archive that could be read, so it cannot be counted."
        lost = self.lost
        if not any(lost.values()):
            return "Lost: nothing that the replaced archive held."
        said = ", ".join(say_count(number, name[:-1]) for name, number in lost.items() if number)
        return f"Lost: {said} that the replaced archive held and this one does not."


def restore(config_folder: Path, data: Path, file: Path, *, clock: Clock = utc_now) -> Restored:
    """Raises InputError where the file is no backup, StoreError where what it holds is not whole, Busy where a run is at
    work; then nothing has changed."""
    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
    with quite_alone(data), _aside(data) as aside:
        new = _unpacked(file, aside)
        try:
            back = look_over(new)
        except StoreError as error:
            raise StoreError(f"{file} was not restored, and nothing was changed. {error}") from error
        flush(new)
        before, replaced = _replace(data / ARCHIVE, new, clock())
        written = tuple(_put_back(file, config_folder, data))
        done = Restored(file, back, before, replaced, written)
        with Store.open(data / ARCHIVE) as store, recorded(store, RESTORE, clock) as note:
            note.summary = list(done.lines())[-1]
        if back.articles:
            remember(config_folder, data)
    return done


# ── what comes back ─────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _aside(data: Path) -> Iterator[Path]:
    """A folder on the archive's disk that is gone at the end, and with it what killed runs left."""
    with writable(data):
        for left in data.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        for half in data.glob(".archive-replaced-*.part"):
            half.unlink()
        aside = Path(mkdtemp(prefix=_ASIDE, dir=data))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _unpacked(file: Path, aside: Path) -> Path:
    """The archive of a backup; of a plain copy of one, with its log where that lies beside it."""
    new = aside / ARCHIVE
    if not zipfile.is_zipfile(file):
        shutil.copyfile(file, new)
        if has_log(file) and not is_foreign(file):
            shutil.copyfile(log_of(file), log_of(new))
        return new
    try:
        with zipfile.ZipFile(file) as zipped, zipped.open(ARCHIVE) as packed, new.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
    except KeyError as error:
        raise InputError(f"{file} is no backup of the monitor: it holds no {ARCHIVE}.") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(
            f"{file} is damaged, and nothing was changed: {error}. Take another backup."
        ) from error
    return new


def _put_back(file: Path, config_folder: Path, data: Path) -> Iterator[Path]:
    """What else is in a backup, where it is missing."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as zipped:
        names = [name for name in zipped.namelist() if _is_plain(name)]
        for name in sorted(names):  # "config" comes before "drafts", whose folder it says
            folder, _, below = name.partition("/")
            if folder == CONFIG and "/" not in below:
                target = config_folder / below
            elif folder == DRAFTS and below.endswith(".docx"):
                target = data / _drafts_folder(config_folder) / below
            else:
                continue
            if below and _written(zipped, name, target):
                yield target


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


def _written(zipped: zipfile.ZipFile, name: str, target: Path) -> bool:
    if target.exists() or target.is_symlink():
        return False
    is_ours = target.name in FILES or target.suffix in (".docx", ".dotx", ".docm", ".dotm")
    if not is_ours:
        return False
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(zipped.read(name))
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise OutputError(
            f"The archive is back, but {target} cannot be written: {error.strerror or error}."
        ) from error
    return True


# ── what is replaced ────────────────────────────────────────────────────────────────────────────────────────────


def _replace(archive: Path, new: Path, now: datetime) -> tuple[Contents | None, Path | None]:
    """What the old archive held, where it can be read, and where it is kept."""
    if not archive.exists() or not archive.stat().st_size:
        before, kept = None, _log_kept(archive, now)
    else:
        before, kept = _kept(archive, now)
    new.replace(archive)
    flush(archive.parent)
    return before, kept


def _kept(archive: Path, now: datetime) -> tuple[Contents | None, Path]:
    before = _contents(archive)
    kept = _free(archive, now)
    try:
        if not take_out_of_use(archive):
            raise Busy(
                f"Another command has {archive} open, so nothing was changed. Try again when it has ended."
            )
        _copied(archive, kept)
    except ArchiveLost:
        _copied(archive, kept)
        if log_of(archive).exists():
            _copied(log_of(archive), log_of(kept))
            flush(archive.parent)
        log_of(archive).unlink(missing_ok=True)
        index_of(archive).unlink(missing_ok=True)
    return before, kept


def _contents(archive: Path) -> Contents | None:
    try:
        with Store.open(archive, make=False) as store:
            return contents_of(store)
    except StoreError:
        return None


def _log_kept(archive: Path, now: datetime) -> Path | None:
    """An archive that is gone or empty may have left its log."""
    if not log_of(archive).exists():
        return None
    kept = log_of(_free(archive, now))
    log_of(archive).replace(kept)
    index_of(archive).unlink(missing_ok=True)
    return kept


def _free(archive: Path, now: datetime) -> Path:
    stem = f"archive-replaced-{now.astimezone(LONDON):%Y-%m-%d-%H%M}"
    number, free = 1, archive.with_name(f"{stem}.db")
    while free.exists() or log_of(free).exists():
        number += 1
        free = archive.with_name(f"{stem}-{number}.db")
    return free


def _copied(file: Path, other: Path) -> None:
    """A copy, whole as soon as it has its name. No second name for the file: under each SQLite would look for another log,
    and after a kill both would be there."""
    part = other.with_name(f".{other.name}.part")
    try:
        shutil.copy2(file, part)
        flush(part)
        part.replace(other)
    except OSError:
        part.unlink(missing_ok=True)
        raise
