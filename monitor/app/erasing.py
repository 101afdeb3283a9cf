"""erase: what somebody asked to be forgotten, everywhere it stands, after it was shown.

    pipeline.erase.find | the files of the data folder, the drafts' and the outbox | shown | with --yes: files, archive,
    the archive's file written anew

Nothing else is at work meanwhile (every lock of `locks.py` is held). Files go first and the archive last, in one step
with the record that it was done: so a run that is killed has said nothing yet, and said again it finds what is left.
Whatever is left to do on the archive's file after that step, the next `prune` does.

- Of our data folder, and of the folders that panel.yaml names for drafts and e-mails, every file goes that holds it, a
  draft that the officer edited too; a log loses the lines that do.
- The search index goes whole; a desk makes it anew from what is left.
- A copy of the archive, a backup in another folder too, stays unless it is said that it goes: it is what saves the
  archive, and has to be made anew first.
- What cannot be looked into (a PDF of another name than ours) is named.
"""

import getpass
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from monitor.app.archives import ARCHIVE, archive_of
from monitor.app.home import homes_in
from monitor.app.indexed import drop_indexes
from monitor.app.installed import Installed, installed_to_change, installed_to_read
from monitor.app.locks import quite_alone
from monitor.app.shelf import backups_in, shelf_of
from monitor.app.workspace import Clock, Workspace, utc_now
from monitor.config.folder import FILES
from monitor.config.panels import panels_in
from monitor.errors import OutputError
from monitor.forgetting.erased import MARK
from monitor.forgetting.inside import MOST, Inside, edition_in_name, inside, is_copy, unescaped
from monitor.forgetting.names import Sought
from monitor.model import Erased, Run
from monitor.paths import is_file, is_folder
from monitor.pipeline.erase import Found, Wanted, erase, find
from monitor.reporting.wording import day_in_london, say_count, say_moment
from monitor.settings import Config
from monitor.store.owner import NOBODY
from monitor.store.search import FILE

ERASE = "erase"  # the job's name in the record of runs

_OF_THE_ARCHIVE = (ARCHIVE, f"{ARCHIVE}-wal", f"{ARCHIVE}-shm", f"{ARCHIVE}-journal")
_OF_THE_INDEX = (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal")  # goes whole
_LOG = re.compile(r"\.(?:log|jsonl)(?:\.\d+)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What was found on disk."""

    go: tuple[Path, ...] = ()
    logs: tuple[Path, ...] = ()  # lose the lines that hold it
    copies: tuple[Path, ...] = ()  # of the archive: each may hold it
    dark: tuple[Path, ...] = ()  # cannot be looked into
    yours: tuple[
        Path, ...
    ] = ()  # the configuration's, which people write and nothing of ours changes unasked


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    found: Found
    files: Files
    is_done: bool
    with_copies: bool = False
    is_whole: bool = True  # False: the archive's file is still to be written anew
    counts: Mapping[str, int] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        return {
            "done": self.is_done,
            **self.counts,
            "titles": {one.id: one.title for one in self.found.articles},
            "perhaps": {one.id: one.title for one in self.found.perhaps},
            "rewritten": sorted(number for _, number in self.found.editions),
            "removed": [str(path) for path in self.files.go],
            "copies": [str(path) for path in self.files.copies],
            "unread": [str(path) for path in self.files.dark],
            "yours": [str(path) for path in self.files.yours],
        }

    def lines(self) -> Iterator[str]:
        for article in self.found.articles:
            yield f"Article {article.id}: {article.outlet}, {article.title}"
        for (_, number), edition in self.found.editions.items():
            yield f"Draft {number}, made {say_moment(edition.made)}: rewritten, with a mark that something was erased"
        yield from (f"File: {path}" for path in self.files.go)
        yield from (f"Lines of the log {path}" for path in self.files.logs)
        yield from self._stays()
        if not self.is_whole:
            yield (
                "The archive was being read, so what was erased may still stand in its empty pages: say "
                "`monitor prune`, which writes the file anew."
            )
        yield f"{'Erased' if self.is_done else 'Would be erased'}: {say_counts(self.counts)}."

    def _stays(self) -> Iterator[str]:
        if self.found.perhaps:
            yield "Only the last word of the name stands in these, which stay; erase by its id what is of the same person:"
            yield from (
                f"  {article.id}: {article.outlet}, {article.title}" for article in self.found.perhaps
            )
        for path in self.files.copies:
            what = (
                "goes too" if self.with_copies else "stays, and may hold it: make a new one, then delete it"
            )
            yield f"Copy of the archive: {path} {what}"
        for path in self.files.yours:
            yield f"It stands in {path} too, which is yours and stays as it is: take it out there"
        for path in self.files.dark:
            yield f"Cannot be looked into: {path}. Open it, and delete it if it holds what is erased"


_NOUNS = {
    "articles": ("article", "articles"),
    "editions": ("draft rewritten", "drafts rewritten"),
    "decisions": ("decision rewritten", "decisions rewritten"),
    "messages": ("e-mail", "e-mails"),
    "other texts": ("other text", "other texts"),
    "files": ("file", "files"),
    "logs": ("log", "logs"),
}


def say_counts(counts: Mapping[str, int]) -> str:
    said = [say_count(counts[name], *nouns) for name, nouns in _NOUNS.items() if counts.get(name)]
    return ", ".join(said) or "nothing that is stored"


def show(config_folder: Path, data: Path, wanted: Wanted, clock: Clock = utc_now) -> Erasing:
    """What would be erased; nothing is touched."""
    with installed_to_read(config_folder, data) as installed:
        return found_in(installed, wanted, clock)


def erase_now(config_folder: Path, data: Path, wanted: Wanted, *, with_copies: bool = False) -> Erasing:
    with installed_to_change(config_folder, data, None) as installed:
        return erased_from(installed, wanted, utc_now, with_copies=with_copies)


def erased_from(installed: Installed, wanted: Wanted, clock: Clock, *, with_copies: bool = False) -> Erasing:
    """Raises Busy where anything else is at work, with nothing touched."""
    with quite_alone(installed.data):
        started, store = clock(), installed.store
        shown = found_in(installed, wanted, clock)
        _remove(shown.files, shown.found.erasure.sought, with_copies=with_copies)
        drop_indexes(installed.data)
        erase(
            store,
            _configs(installed),
            shown.found,
            Erased(at=started, by=_user(), counts=shown.counts),
        )
        summary = f"Erased: {say_counts(shown.counts)}."
        drop_indexes(installed.data)  # a desk may have made it anew meanwhile, of what was still there
        store.runs.record(Run(job=ERASE, started=started, ended=clock(), ok=True, summary=summary))
        is_whole = store.forgetting.finish()
        return replace(shown, is_done=True, with_copies=with_copies, is_whole=is_whole)


def _configs(installed: Installed) -> dict[str, Config]:
    """Of each panel; of the only one also for what was made before there were keys."""
    alone = next((one.config for one in installed.panels if one.config.is_alone), None)
    return installed.configs | ({NOBODY: alone} if alone else {})


def erasures(config_folder: Path, data: Path) -> tuple[Erased, ...]:
    """Every time that something was erased."""
    with installed_to_read(config_folder, data) as installed:
        return installed.store.forgetting.erasures()


def erasure_lines(done: Sequence[Erased]) -> Iterator[str]:
    for one in done:
        yield f"{say_moment(one.at)}, by {one.by}: {say_counts(one.counts)}."
    yield f"{say_count(len(done), 'erasure')}. What was erased is in no record."


def found_in(installed: Installed, wanted: Wanted, clock: Clock) -> Erasing:
    found = find(installed.store, wanted, day_in_london(clock()))
    files = _files(installed, found)
    counts = {**found.counts, "files": len(files.go), "logs": len(files.logs)}
    return Erasing(found=found, files=files, is_done=False, counts=counts)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, in a container say
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "an unknown user"


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _files(installed: Installed, found: Found) -> Files:
    sorts: dict[str, list[Path]] = {"go": [], "logs": [], "copies": [], "dark": []}
    for path, panels in _all_files(installed).items():
        look = _looked_into(path)
        holds = any(map(found.erasure.sought.is_in, (path.name, *look.texts)))
        number = edition_in_name(path.name)
        if look.is_archive:
            sorts["copies"].append(path)
        elif any((panel, number) in found.editions for panel in panels) or (
            holds and not _LOG.search(path.name)
        ):
            sorts["go"].append(path)
        elif holds:
            sorts["logs"].append(path)
        elif look.is_dark:
            sorts["dark"].append(path)
    # A folder of backups elsewhere may be others' too: of that our backups alone are looked at.
    backups = (one.path for one in backups_in(shelf_of(installed.config, installed.data)))
    sorts["copies"] += sorted(set(backups) - set(sorts["copies"]))
    yours = [path for path in _written_by_people(installed.config_folder) if _holds(path, found)]
    return Files(**{name: tuple(paths) for name, paths in sorts.items()}, yours=tuple(yours))


def _written_by_people(config_folder: Path) -> Iterator[Path]:
    """The YAML files, of each panel too, and the dated copies beside them."""
    for folder in dict.fromkeys((config_folder, *panels_in(config_folder))):
        for name in FILES:
            yield from sorted(path for path in folder.glob(f"{name}*") if is_file(path))


def _holds(path: Path, found: Found) -> bool:
    return any(map(found.erasure.sought.is_in, _looked_into(path).texts))


def _all_files(installed: Installed) -> dict[Path, frozenset[str]]:
    """Each with the keys of the panels whose draft it may be, by its number: of what stands in no panel's folder only
    what it holds tells."""
    data = installed.data
    paths = dict.fromkeys(_files_below(data), frozenset[str]())
    for one in installed.panels:
        panel = one.config.panel
        named = [panel.folder, *([panel.mail.eml_folder] if panel.mail and panel.mail.eml_folder else [])]
        for folder in (one.home, *(one.home / name for name in named)):
            for path in _files_below(folder):
                paths[path] = paths.get(path, frozenset()) | _keys_of(one)
    archive = _OF_THE_ARCHIVE if archive_of(data) == data / ARCHIVE else ()  # or else a copy
    own = {home / name for home in homes_in(data) for name in (*archive, *_OF_THE_INDEX)}
    return {path: paths[path] for path in sorted(paths.keys() - own)}


def _keys_of(workspace: Workspace) -> frozenset[str]:
    """Of the drafts in a panel's folder: its own, and where it is the only one those of before there were keys."""
    return frozenset((workspace.config.panel.area.id, *([NOBODY] if workspace.config.is_alone else [])))


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*") if is_folder(folder) else ():
        if is_file(path) and not path.is_symlink() and path.suffix != ".lock":
            yield path


def _looked_into(path: Path) -> Inside:
    try:
        if path.stat().st_size > MOST:
            with path.open("rb") as file:
                return Inside((), is_archive=is_copy(file), is_dark=True)
        return inside(path.read_bytes())
    except OSError:
        return Inside((), is_dark=True)


def _remove(files: Files, sought: Sought, *, with_copies: bool) -> None:
    for path in (*files.go, *(files.copies if with_copies else ())):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"{path} cannot be deleted: {error.strerror or error}. Nothing was erased from the archive yet; close "
                "the file where it is open, and say it again."
            ) from error
    for path in files.logs:
        _without_lines(path, sought)


def _without_lines(path: Path, sought: Sought) -> None:
    aside = path.with_name(f".{path.name}.part")
    try:
        text = path.read_text("utf-8", "replace")
        lines = (
            f"{MARK}\n" if sought.is_in(unescaped(line)) else line for line in text.splitlines(keepends=True)
        )
        aside.write_text("".join(lines), "utf-8")
        aside.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written anew: {error.strerror or error}.") from error
