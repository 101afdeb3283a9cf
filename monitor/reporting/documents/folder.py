"""Documents into a folder: all of them or none, and never over something that is there.

They are written under temporary names first. When everything else has gone well they get their own names; when
something failed they are removed. A name that is taken gets a number, so a draft that the officer has edited stays.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import OutputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    ending: str  # "docx"
    content: bytes
    part: str = ""  # "-notes": what tells it from another document with that ending
    below: str = ""  # a folder of its own: what is not for publication does not lie beside what is

    def name(self, stem: str) -> str:
        return f"{stem}{self.part}.{self.ending}"


@contextmanager
def staged(folder: Path, stem: str, documents: Sequence[Document]) -> Iterator[tuple[Path, ...]]:
    """Writes the documents aside and yields the names they will have: `stem`, or `stem-2` ..., and their endings.

    Raises OutputError where the folder cannot be written.
    """
    temporary: list[Path] = []
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            paths = _free_names(folder, stem, documents)
            for path, document in zip(paths, documents, strict=True):
                aside = path.with_name(f".{path.name}.part")
                temporary.append(aside)
                aside.parent.mkdir(exist_ok=True)
                aside.write_bytes(document.content)
        except OSError as error:
            raise _refusal(folder, error) from error
        yield paths
        try:
            for aside, path in zip(temporary, paths, strict=True):
                os.replace(aside, path)
        except OSError as error:
            raise _refusal(folder, error) from error
    finally:
        for aside in temporary:
            with suppress(
                OSError
            ):  # what could not be written cannot be cleared away, and has been told already
                aside.unlink(missing_ok=True)


def _free_names(folder: Path, stem: str, documents: Sequence[Document]) -> tuple[Path, ...]:
    """One stem for all the documents, the first under which none of them is there."""
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        paths = tuple(folder / document.below / document.name(name) for document in documents)
        if not any(path.exists() for path in paths):
            return paths
        number += 1


def _refusal(folder: Path, error: OSError) -> OutputError:
    what = error.strerror or str(error)
    return OutputError(
        f"The draft cannot be written to {folder}: {what}. Nothing was written; name another folder with --out."
    )
