"""restore: a backup takes the archive's place, and the archive that it replaces stays beside it.

    nobody is at work | unpacked aside | looked over | the old archive is out of use, and kept | in its place

- Until the last step nothing has changed but that the old archive has no log any more: SQLite gave it up, so its file
  alone is all of it. The last step is one renaming. So a kill at any moment leaves the old archive or the new one.
- An old archive that is damaged cannot be brought to give up its log: file and log are kept aside first, both, then the
  log goes, then the file is replaced. A log that is left by a kill between is no danger: it is not of the new file's
  family (`store/sqlite/lineage.py`).
- On a server the last step is one transaction: the schema gets another name, and the backup's rows stand in a new one.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from monitor.app.archives import archive_of
from monitor.app.backups import say_contents
from monitor.app.indexed import drop_indexes
from monitor.app.locks import quite_alone, writable
from monitor.app.lost import remember
from monitor.app.unpacking import look_at, put_back, unpacked
from monitor.app.workspace import Clock, recorded, utc_now
from monitor.config.panels import shared_of
from monitor.errors import ArchiveLost, Busy, StoreError
from monitor.paths import exists
from monitor.reporting.wording import LONDON, say_count, say_moment
from monitor.store import Store, archive_at, holds_something
from monitor.store.copying import Contents, contents_of, flush, look_over, replace_on
from monitor.store.moving import copied
from monitor.store.server import Where
from monitor.store.sqlite.lineage import index_of, log_of
from monitor.store.sqlite.unused import take_out_of_use

RESTORE = "restore"  # the job's name in the record of runs
_ASIDE = ".restoring-"


@dataclass(frozen=True, slots=True)
class Restored:
    file: Path
    back: Contents
    before: Contents | None  # what the replaced archive held; None where there was none that could be read
    replaced: Path | str | None  # where it is now; on a server, the name of its schema
    written: tuple[Path, ...]  # what else came back
    missing: tuple[str, ...] = ()  # what else did not, though it is not there: a sentence each

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
            "drafts": self.back.lacks(self.before),
            "decisions": max(self.before.decisions - self.back.decisions, 0),
        }

    def lines(self) -> Iterator[str]:
        yield from (f"Written: {path}" for path in self.written)
        yield from self.missing
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
    """Raises InputError where the file is no backup, StoreError where what it holds is not whole, Busy where a run
    is at work; then nothing has changed."""
    look_at(file)
    config_folder = shared_of(config_folder)
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
    with quite_alone(data), _aside(data) as aside:
        new = unpacked(file, aside)
        try:
            back = look_over(new)
        except StoreError as error:
            raise StoreError(f"{file} was not restored, and nothing was changed. {error}") from error
        flush(new)
        place = archive_of(data)
        before, replaced = _put_in(place, new, clock())
        drop_indexes(data)
        tried = tuple(put_back(file, config_folder, data))
        written = tuple(one for one in tried if isinstance(one, Path))
        missing = tuple(one for one in tried if isinstance(one, str))
        done = Restored(file, back, before, replaced, written, missing)
        with Store.open(place) as store, recorded(store, RESTORE, clock) as note:
            note.summary = list(done.lines())[-1]
        if back.articles:
            remember(config_folder, data, place)
    return done


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


# ── what is replaced ────────────────────────────────────────────────────────────────────────────────────────────


def _put_in(place: Where, new: Path, now: datetime) -> tuple[Contents | None, Path | str | None]:
    """What the old archive held, where it can be read, and where it is kept."""
    if isinstance(place, Path):
        return _replace(place, new, now)
    if not holds_something(place):
        before, replaced = None, None
        with archive_at(new, make=False) as source, archive_at(place) as target:
            copied(source, target)
    else:
        before, replaced = (
            _contents(place),
            f"{place.schema}_replaced_{now.astimezone(LONDON):%Y_%m_%d_%H%M%S}",
        )
        replace_on(place, new, replaced)
    return before, replaced


def _replace(archive: Path, new: Path, now: datetime) -> tuple[Contents | None, Path | None]:
    """What the old archive held, where it can be read, and where it is kept."""
    if not exists(archive) or not archive.stat().st_size:
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
        if exists(log_of(archive)):
            _copied(log_of(archive), log_of(kept))
            flush(archive.parent)
        log_of(archive).unlink(missing_ok=True)
        index_of(archive).unlink(missing_ok=True)
    return before, kept


def _contents(archive: Where) -> Contents | None:
    try:
        with Store.open(archive, make=False) as store:
            return contents_of(store)
    except StoreError:
        return None


def _log_kept(archive: Path, now: datetime) -> Path | None:
    """An archive that is gone or empty may have left its log."""
    if not exists(log_of(archive)):
        return None
    kept = log_of(_free(archive, now))
    log_of(archive).replace(kept)
    index_of(archive).unlink(missing_ok=True)
    return kept


def _free(archive: Path, now: datetime) -> Path:
    stem = f"archive-replaced-{now.astimezone(LONDON):%Y-%m-%d-%H%M}"
    number, free = 1, archive.with_name(f"{stem}.db")
    while exists(free) or exists(log_of(free)):
        number += 1
        free = archive.with_name(f"{stem}-{number}.db")
    return free


def _copied(file: Path, other: Path) -> None:
    """A copy, whole as soon as it has its name. No second name for the file: under each SQLite would look for
    another log, and after a kill both would be there."""
    part = other.with_name(f".{other.name}.part")
    try:
        shutil.copy2(file, part)
        flush(part)
        part.replace(other)
    except OSError:
        part.unlink(missing_ok=True)
        raise
