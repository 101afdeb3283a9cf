"""The search index kept current beside the desk: a process of its own, so that pages stay fast while it judges.

1. It looks every few seconds whether the archive, the rules or the index changed, by the marks of their files: a file that
   was put in another's place is seen too. Then it takes in what is new, judges what these rules have not, and makes
   ready what a preview of other rules begins with.
2. One process indexes an archive (`search.lock`). Another desk's waits until that ends; its pages read the same index.
3. It is nice to others, deaf to Ctrl-C, and ends with the desk, also with one that is killed: then its input ends.
4. An index that is damaged, of another version, or that holds what is gone from the archive is thrown away and made
   anew. Where the data folder cannot be written, it stands in a folder of its own that goes with the desk.
5. Trouble with the archive or the configuration is for the pages to tell; it tries again.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import filelock

from monitor.app.archives import archive_of, index_at, is_there, written
from monitor.app.desk.rules.phrase_counts import count_phrases
from monitor.app.workspace import Clock, utc_now
from monitor.config.folder import FILES, read_config
from monitor.config.panels import file_of
from monitor.errors import ConfigError, StoreError
from monitor.paths import exists
from monitor.pipeline.indexing import judge, take_in
from monitor.pipeline.preview.beforehand import make_ready
from monitor.settings import Config
from monitor.store import Store
from monitor.store.search import (
    FILE,
    Outlived,
    can_search,
    identity_of,
    open_to_ask,
    open_to_write,
    thrown_away,
)

LOCK = "search.lock"
EVERY = 3.0  # seconds between two looks
AT_LEAST = 15.0  # seconds of judging, before it is looked again what else has changed
PARTING = 2.0  # seconds for a step, when the desk ends
AFTER_TROUBLE = 30.0
_NICE = 10
_TEMPORARY = "monitor-search-"

log = logging.getLogger("monitor.desk")

Marks = tuple[Hashable, ...]


# ── the desk's side ─────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def index_file(data: Path) -> Iterator[Path]:
    """Where the index stands: beside the archive, or for want of that in a folder that goes at the end."""
    if os.access(data, os.W_OK) or not exists(data):
        yield data / FILE
        return
    folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    try:
        yield folder / FILE
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_current(config_folder: Path, data: Path, index: Path) -> Iterator[None]:
    """Inside, a process keeps it so. Nothing is started where this Python's SQLite cannot search texts."""
    with all_kept_current([(config_folder, data, index)]):
        yield


@contextmanager
def all_kept_current(places: Sequence[tuple[Path, Path, Path]]) -> Iterator[None]:
    """The same for several panels: folder, data folder and index of each."""
    if not can_search():
        yield
        return
    process = subprocess.Popen(
        # -P: what lies in the current folder is not imported in place of a library
        [
            sys.executable,
            "-P",
            "-m",
            "monitor.app.desk.search.indexing",
            *(str(part) for place in places for part in place),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdin
    try:
        yield
    finally:
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(PARTING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# ── the process ─────────────────────────────────────────────────────────────────────────────────────────────────


def main(*parts: Path) -> None:
    """Folder, data folder and index, of one panel or of several."""
    places = [(parts[at], parts[at + 1], parts[at + 2]) for at in range(0, len(parts), 3)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk hears it, and ends this
    with suppress(OSError):
        os.nice(_NICE)
    for place in places:
        threading.Thread(target=_keep_one, args=place, daemon=True).start()
    _end_with_the_desk([index for _, _, index in places])


def _keep_one(config_folder: Path, data: Path, index: Path) -> None:
    with _the_only_one(index.parent):
        keep(config_folder, data, index)


def _end_with_the_desk(indexes: Sequence[Path]) -> None:
    """A transaction that is broken off is as if it had not begun."""
    while os.read(0, 1024):
        pass
    for index in indexes:
        if index.parent.name.startswith(_TEMPORARY):
            shutil.rmtree(index.parent, ignore_errors=True)
    os._exit(0)


@contextmanager
def _the_only_one(folder: Path) -> Iterator[None]:
    """Waits for another to end, however long that takes."""
    lock = filelock.FileLock(folder / LOCK)
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except (filelock.Timeout, OSError):  # no folder yet, or another's
            time.sleep(EVERY)
    try:
        yield
    finally:
        lock.release()


def keep(config_folder: Path, data: Path, index: Path) -> None:
    """For as long as the process lives."""
    seen: Marks | None = None
    while True:
        try:
            marks = _marks(config_folder, data, index)
            if marks == seen:
                time.sleep(EVERY)
                continue
            began = time.monotonic()
            bring_up(config_folder, data, index)
            # The file that was made is its own doing; what else changed meanwhile is seen at the next look.
            seen = (*marks[:-1], identity_of(index_at(index)))
            time.sleep(max(EVERY, time.monotonic() - began))  # a busy archive has at most half of a core
        except (StoreError, ConfigError) as error:
            log.debug("indexing: %s", error)
            time.sleep(AFTER_TROUBLE)


def bring_up(
    config_folder: Path, data: Path, index: Path, config: Config | None = None, clock: Clock = utc_now
) -> None:
    """Until all is taken in, judged and made ready, or until something changed meanwhile. Raises ConfigError,
    StoreError."""
    if not is_there(data):
        return
    try:
        _bring_up(config_folder, data, index, config, clock())
    except Outlived:
        thrown_away(index_at(index))
        _bring_up(config_folder, data, index, config, clock())


def _bring_up(config_folder: Path, data: Path, index: Path, config: Config | None, now: datetime) -> None:
    """Between two steps it is asked whether the file is still there: what was thrown away is not written any more, and
    what is written is read after that."""
    marks = _marks(config_folder, data, index)[:-1]

    def opened() -> Store:
        return Store.open(archive_of(data), make=False)

    def is_other() -> bool:
        return _marks(config_folder, data, index)[:-1] != marks

    with open_to_write(index_at(index)) as intake:
        for _ in take_in(opened, intake):
            if not intake.is_still():
                return
        config = config or read_config(config_folder)
        until = time.monotonic() + AT_LEAST
        for _ in judge(opened, config, intake):
            if not intake.is_still() or (time.monotonic() > until and is_other()):
                return
        if asked := open_to_ask(index_at(index), config.rules.digest):
            with asked:
                for _ in make_ready(opened, config, intake, asked, now):
                    if not intake.is_still() or is_other():
                        return
                topics = file_of(config_folder, "topics.yaml").read_bytes()
                count_phrases(topics, config.rules.digest, intake, asked, now)


def _marks(config_folder: Path, data: Path, index: Path) -> Marks:
    """By which a change is seen. Every transaction moves the mark of the archive's log, or of the archive."""
    rules = (file_of(config_folder, name) for name in FILES)
    return *map(_mark, rules), written(data), identity_of(index_at(index))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
