"""Documents into a folder: all of them or none, and never over something that is there.

They are written under temporary names first (`.NAME.part`). When everything else has gone well they get their own
names; when something failed they are removed. A name that is taken gets a number, so a draft that the officer has
edited stays.

A run that is killed leaves what it was writing. `clear_parts` takes such halves away, those of our names alone.
`write_missing` writes again what is not there of documents whose names are settled.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import OutputError
from monitor.paths import exists, is_folder

NOTES = "notes"  # the folder below, for what is not for publication

_OURS = re.compile(
    r"\.topical-issues(-\d{4}-\d\d-\d\d)?(-draft-\d+|-public)(-\d+)?(-notes)?\.(docx|html|md|json|pdf|atom)\.part"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    ending: str  # "docx"
    content: bytes
    part: str = ""  # "-notes": what tells it from another document with that ending
    below: str = ""  # a folder of its own: what is not for publication does not lie beside what is

    def name(self, stem: str) -> str:
        return f"{stem}{self.part}.{self.ending}"


@dataclass(frozen=True, slots=True)
class Placed:
    """The names that documents will have."""

    stem: str  # the one asked for, or the first with a number under which none of them was there
    paths: tuple[Path, ...]


@contextmanager
def staged(
    folder: Path, stem: str, documents: Sequence[Document], *, kept: str = "Run the command again."
) -> Iterator[Placed]:
    """Writes the documents aside and yields the names they will have: `stem`, or `stem-2` ..., and their endings.

    Raises OutputError where the folder cannot be written. `kept` is said where that happens after the yield: what is
    kept, and what the next run does.
    """
    temporary: list[Path] = []
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            clear_parts(folder)
            placed = _free_names(folder, stem, documents)
            for path, document in zip(placed.paths, documents, strict=True):
                temporary.append(aside_of(path))
                write_aside(path, document.content)
        except OSError as error:
            raise _refusal(folder, error, "Nothing was written; name another folder with --out.") from error
        yield placed
        try:
            for path in placed.paths:
                os.replace(aside_of(path), path)
            lasting({path.parent for path in placed.paths})
        except OSError as error:
            raise _refusal(folder, error, kept) from error
    finally:
        _remove(temporary)


def write_missing(folder: Path, stem: str, documents: Sequence[Document]) -> tuple[Path, ...]:
    """Those of the documents that are not there get written, one after the other; returns which. Raises OutputError."""
    written: list[Path] = []
    aside: Path | None = None
    try:
        for document in documents:
            path = _path(folder, stem, document)
            if not exists(path):
                aside = aside_of(path)
                write_aside(path, document.content)
                os.replace(aside, path)
                written.append(path)
        lasting({path.parent for path in written})
    except OSError as error:
        raise _refusal(folder, error, "") from error
    finally:
        _remove([aside] if aside else [])
    return tuple(written)


def clear_parts(folder: Path) -> None:
    """Takes away what runs that were killed left half written. Raises OSError."""
    for where in (folder, folder / NOTES):
        if is_folder(where):
            for path in where.glob(".topical-issues*.part"):
                if _OURS.fullmatch(path.name):
                    path.unlink(missing_ok=True)


def aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def write_aside(path: Path, content: bytes) -> Path:
    """Writes beside `path` what is to become it; on the disk when this returns, so that a power cut after the change of
    names leaves no empty file. Raises OSError."""
    aside = aside_of(path)
    aside.parent.mkdir(parents=True, exist_ok=True)
    with aside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return aside


def lasting(folders: set[Path]) -> None:
    """The names in the folders outlive a power cut from now on, where the system has a way to say so."""
    for folder in folders:
        with suppress(OSError):  # Windows opens no folder
            opened = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _remove(temporary: Sequence[Path]) -> None:
    for aside in temporary:
        with suppress(OSError):  # what could not be written cannot be cleared away, and has been told already
            aside.unlink(missing_ok=True)


def _free_names(folder: Path, stem: str, documents: Sequence[Document]) -> Placed:
    """One stem for all the documents, the first under which none of them is there."""
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        paths = tuple(_path(folder, name, document) for document in documents)
        if not any(exists(path) for path in paths):
            return Placed(name, paths)
        number += 1


def _path(folder: Path, stem: str, document: Document) -> Path:
    return folder / document.below / document.name(stem)


def _refusal(folder: Path, error: OSError, then: str) -> OutputError:
    what = error.strerror or str(error)
    return OutputError(f"The draft cannot be written to {folder}: {what}. {then}".rstrip())
