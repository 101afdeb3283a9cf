"""What the shipped files have that a folder's files lack: found, and taken in.

1. A file that is missing is written as `init` does.
2. The parts that are wanted are written into a copy of the text, and the copy is judged as `check` judges: the file by
   itself, and whether the files fit together. What was wrong before is no reason; what would be wrong anew is.
3. Parts that cannot be taken in are found by halves, and told with the reason: a feed whose publisher is not listed,
   a phrase that stands elsewhere already. The others are taken.
4. The new text must differ from the old one by those parts and nothing else.
5. Then a copy of the old file is put beside it, dated, and the new one takes its place at once, with the old one's
   owner and mode. A file that somebody changed meanwhile is not overwritten.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from monitor.config.defaults import defaults_folder, refresh_schemas, write_defaults
from monitor.config.feeds_file import read_feeds
from monitor.config.folder import FILES, misfits_between, read_config
from monitor.config.insertion import ByHand
from monitor.config.panel_file import read_panel
from monitor.config.panels import is_several, name_of
from monitor.config.parts import Part, Standing, chosen, marks_of, parts_of
from monitor.config.places_file import read_places
from monitor.config.replacing import Beside, body_like, replaced
from monitor.config.seen import note_seen, read_seen
from monitor.config.taking import with_parts
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Document, document_of, read
from monitor.errors import ConfigError, InputError, Mistake
from monitor.paths import exists

BY_HAND = "your file is written there in a way that only a person should change: add it by hand"
_READ: Mapping[str, Callable[[Path], object]] = {
    "feeds.yaml": read_feeds,
    "topics.yaml": read_topics,
    "places.yaml": read_places,
    "panel.yaml": read_panel,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A part that cannot be taken in by itself."""

    part: Part
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """The differences of a folder's files."""

    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()  # whole files
    elsewhere: bool = False  # the panel is another force's


@dataclass(frozen=True, slots=True)
class Updated:
    taken: tuple[Part, ...]
    refused: tuple[Refused, ...]
    written: tuple[Path, ...]
    copies: tuple[Path, ...]


def find(folder: Path) -> Found:
    """Raises ConfigError where one of the files cannot be read at all."""
    there = [name for name in FILES if exists(folder / name)]
    missing = () if _has_its_parts_elsewhere(folder) else tuple(name for name in FILES if name not in there)
    seen = read_seen(folder)
    documents = {name: _document(folder / name) for name in there}
    elsewhere = "panel.yaml" in documents and _force(documents["panel.yaml"]) != _force(
        _shipped("panel.yaml")
    )
    parts = (
        part
        for name, document in documents.items()
        for part in parts_of(name, _shipped(name).tree, document.tree, seen, elsewhere=elsewhere)
    )
    return Found(tuple(parts), missing, elsewhere)


def _has_its_parts_elsewhere(folder: Path) -> bool:
    return is_several(folder) or bool(name_of(folder))


def begin(folder: Path) -> tuple[Path, ...]:
    """Writes the files that are missing, and notes what they held; of several panels none is. Raises OutputError."""
    if _has_its_parts_elsewhere(folder):
        return ()
    written = write_defaults(folder)
    _note(folder, written)
    return written


def dismiss(folder: Path, names: Sequence[str]) -> tuple[Part, ...]:
    """What is named is not proposed again. Raises ConfigError, InputError and OutputError."""
    parts = chosen_to_dismiss(find(folder).parts, names)
    note_seen(folder, {mark for part in parts for mark in part.marks})
    return parts


def chosen_to_dismiss(parts: Sequence[Part], names: Sequence[str]) -> tuple[Part, ...]:
    """Also what is otherwise and was chosen so: leaving that is no risk."""
    new = [replace(part, untouched=True) for part in parts if part.is_new]
    return chosen(new, names)


def update(folder: Path, names: Sequence[str], today: date) -> Updated:
    """Takes in what is named. Raises ConfigError where the files are not right as they are, InputError and
    OutputError."""
    if _has_its_parts_elsewhere(folder):
        raise InputError(
            "With panels/ the files stand in several folders, and nothing is taken in by itself: `init --diff` says what "
            "is new in each, to be copied by hand from where the shipped files are."
        )
    written = begin(folder)
    read_config(folder)
    found = find(folder)
    just_written = {path.name for path in written}
    parts = chosen(found.parts, [name for name in names if name not in just_written])
    taken, refused, texts = _Trial(folder).of(parts)
    copies = tuple(replaced(folder / name, old, new, today) for name, (old, new) in texts.items())
    note_seen(folder, {mark for part in taken for mark in part.marks})
    return Updated(taken, refused, (*written, *refresh_schemas(folder)), copies)


def _note(folder: Path, written: Iterable[Path]) -> None:
    names = [path.name for path in written if path.name in FILES]
    note_seen(
        folder, {mark for name in names for mark in marks_of(name, _shipped(name).tree)}
    ) if names else None


def _document(path: Path) -> Document:
    document = read(path)
    if isinstance(document, Mistake):
        raise ConfigError([document])
    return document


@lru_cache(maxsize=len(FILES))
def _shipped(name: str) -> Document:
    return _document(defaults_folder() / name)


def _force(panel: Document) -> object:
    return panel.tree.get("force") if isinstance(panel.tree, dict) else None


# ── tried before it is done ─────────────────────────────────────────────────────────────────────────────────────


class _Trial:
    """The files as they would be. Nothing is changed but for files aside, which are gone at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._old = {name: _document(folder / name) for name in FILES}
        self._now = dict(self._old)
        self._misfits = self._misfits_now()

    def of(
        self, parts: Sequence[Part]
    ) -> tuple[tuple[Part, ...], tuple[Refused, ...], dict[str, tuple[bytes, bytes]]]:
        refused: dict[str, Refused] = {}
        for name in FILES:
            own = [part for part in parts if part.file == name]
            for why in self._take(name, own) if own else ():
                refused[why.part.name] = why
        if refused and len(refused) < len(parts):  # what one part lacked, another may have brought
            for name in FILES:
                again = [one.part for one in refused.values() if one.part.file == name]
                still = {one.part.name for one in (self._take(name, again) if again else ())}
                refused = {key: one for key, one in refused.items() if one.part.file != name or key in still}
        taken = tuple(part for part in parts if part.name not in refused)
        texts = {
            name: (self._old[name].body, document.body)
            for name, document in self._now.items()
            if document is not self._old[name]
        }
        return taken, tuple(refused.values()), texts

    def _take(self, name: str, parts: Sequence[Part]) -> list[Refused]:
        """Takes in what can be; the rest with the reason."""
        why = self._try(name, parts)
        if why is None:
            return []
        if len(parts) == 1:
            return [Refused(parts[0], why)]
        half = len(parts) // 2
        return [*self._take(name, parts[:half]), *self._take(name, parts[half:])]

    def _try(self, name: str, parts: Sequence[Part]) -> str | None:
        """None where the file has them now; else what speaks against it."""
        before = self._now[name]
        wanted = {part.mark for part in parts}
        found = parts_of(name, _shipped(name).tree, before.tree, ())  # where things stand by now
        try:
            text = with_parts(before, _shipped(name), [part for part in found if part.mark in wanted])
        except ByHand:
            return BY_HAND
        after = document_of(name, body_like(before.body, text))
        if isinstance(after, Mistake):
            return BY_HAND
        if _changed(before, after) != wanted:
            return BY_HAND
        if wrong := self._mistakes(name, after):
            return str(wrong[0])
        self._now[name] = after
        return None

    def _mistakes(self, name: str, after: Document) -> list[Mistake]:
        path = self._folder / name
        with Beside(Path(os.path.realpath(path))) as new:
            new.write_bytes(after.body)
            found = _READ[name](new)
        if isinstance(found, tuple):
            return sorted(replace(mistake, file=name) for mistake in found)
        now = self._misfits_now(after)
        return sorted(
            one
            for one in now
            if (one.path, one.message) not in {(was.path, was.message) for was in self._misfits}
        )

    def _misfits_now(self, after: Document | None = None) -> tuple[Mistake, ...]:
        documents = {**self._now, **({after.file: after} if after else {})}
        return misfits_between(*(documents[name].body for name in FILES[1:]))


def _changed(before: Document, after: Document) -> set[str]:
    """The marks of what is in the new file and not in the old one, or otherwise; and an empty one for what is gone."""
    parts = parts_of(before.file, after.tree, before.tree, ())
    return {"" if part.standing is Standing.OWN else part.mark for part in parts}
