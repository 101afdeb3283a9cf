"""The files of one panel as one Config, those of all as one Installation; or every mistake in all of them, and nothing
half read.

Files that are right by themselves and do not fit together are read: what worked goes on working, unattended too. What
does not fit is named by `misfits_in`, which takes a third of a second and is asked for by who tells of it: `check`
refuses it, and `status` asks for a person.

A panel's files are its own and the shared ones (`panels.py`); what is read once for several is read once.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from monitor.config.cancelling import looks
from monitor.config.feeds_file import FeedList, read_feeds
from monitor.config.fitting import Written, misfits_of
from monitor.config.panel_file import mailboxes_twice, read_panel
from monitor.config.panels import (
    PANELS,
    file_of,
    is_several,
    mistakes_of_folders,
    name_of,
    panels_in,
    shared_of,
)
from monitor.config.places_file import read_places
from monitor.config.topics_file import read_topics
from monitor.config.wanted_part import narrowed, unknown_in
from monitor.config.yamlfile import PANELS_KEPT, Document, Loaded, document_of, read
from monitor.errors import ConfigError, Mistake
from monitor.paths import is_folder
from monitor.settings import Config, Gazetteer, Installation, Panel, Rules

FILES = ("feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml")

T = TypeVar("T")
Found = Loaded[T] | tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFiles:
    """A panel's files as they were read: right, or with their mistakes."""

    folder: Path
    topics: Found[Rules]
    places: Found[Gazetteer]
    panel: Found[Panel]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(
            mistake
            for one in (self.topics, self.places, self.panel)
            if isinstance(one, tuple)
            for mistake in one
        )

    @property
    def key(self) -> str | None:
        return None if isinstance(self.panel, tuple) else self.panel.value.area.id


def read_config(folder: Path) -> Config:
    """One panel's. Raises ConfigError with every mistake, each as `file:line: path: message`."""
    return _read(folder)[0]


def read_installation(folder: Path) -> Installation:
    """Everybody's. Raises ConfigError with every mistake in every file."""
    feeds, mistakes = read_shared(folder), [*mistakes_of_folders(folder)]
    files = files_of_all(folder)
    configs = [config_or_mistakes(feeds, one) for one in files]
    mistakes += [mistake for one in configs if isinstance(one, tuple) for mistake in one]
    mistakes += [*_not_alike(files), *_folders_of_several(files)]
    if isinstance(feeds, tuple) or mistakes:
        own = feeds if isinstance(feeds, tuple) else ()
        misfits = [misfit for one in panels_in(folder) for misfit in misfits_in(one)]
        raise ConfigError([*dict.fromkeys([*own, *mistakes, *misfits])])
    return Installation(
        network=feeds.value.network,
        feeds=feeds.value.feeds,
        publishers=feeds.value.publishers,
        panels=tuple(config for config in configs if isinstance(config, Config)),
    )


def read_shared(folder: Path) -> Found[FeedList]:
    return read_feeds(shared_of(folder) / "feeds.yaml")


def files_of_all(folder: Path) -> tuple[PanelFiles, ...]:
    """Each panel's files, a shared one read once."""
    reader = _Once()
    return tuple(_files_of(one, reader) for one in panels_in(folder))


def config_or_mistakes(feeds: Found[FeedList], files: PanelFiles) -> Config | tuple[Mistake, ...]:
    """A panel's configuration; or every mistake in its files and in how they go with feeds.yaml and with its folder."""
    topics, places, panel = files.topics, files.places, files.panel
    mistakes = [*files.mistakes]
    if not isinstance(panel, tuple):
        mistakes += _not_called_so(files, panel.document)
        mistakes += () if isinstance(feeds, tuple) else unknown_in(panel.document, feeds.value.feeds)
    if (
        isinstance(feeds, tuple)
        or isinstance(topics, tuple)
        or isinstance(places, tuple)
        or isinstance(panel, tuple)
        or mistakes
    ):
        return tuple(mistakes)
    return Config(
        network=feeds.value.network,
        feeds=narrowed(feeds.value.feeds, panel.value.feeds),
        publishers=feeds.value.publishers,
        rules=replace(topics.value, digest=_digest(topics.document, places.document)),
        gazetteer=places.value,
        panel=panel.value,
        is_alone=_is_alone(files.folder),
    )


def read_with_looks(folder: Path) -> tuple[Config, tuple[Mistake, ...]]:
    """A panel's configuration, and what is right as it is written and needs a look, by line."""
    config, topics, panel = _read(folder)
    return config, tuple(sorted([*looks(topics), *mailboxes_twice(panel)]))


def misfits_in(folder: Path) -> tuple[Mistake, ...]:
    """What does not fit together in topics, places and panel; nothing where one of them cannot be read at all."""
    documents = [read(file_of(folder, name)) for name in FILES[1:]]
    if any(isinstance(document, Mistake) for document in documents):
        return ()
    return _misfits_of(*((one.file, one.body) for one in documents if isinstance(one, Document)))


def misfits_between(topics: bytes, places: bytes, panel: bytes) -> tuple[Mistake, ...]:
    """The same of three files as text, each of which can be read."""
    return _misfits_of(*zip(FILES[1:], (topics, places, panel), strict=True))


def _read(folder: Path) -> tuple[Config, Document, Document]:
    """The documents are topics.yaml and panel.yaml."""
    feeds, files = read_shared(folder), _files_of(folder, _Once())
    config = config_or_mistakes(feeds, files)
    topics, panel = files.topics, files.panel
    if isinstance(config, tuple) or isinstance(topics, tuple) or isinstance(panel, tuple):
        own = feeds if isinstance(feeds, tuple) else ()
        found = config if isinstance(config, tuple) else ()
        raise ConfigError([*own, *found, *misfits_in(folder)])
    return config, topics.document, panel.document


def _not_alike(files: Sequence[PanelFiles]) -> Iterator[Mistake]:
    """What is one for all panels, and said by each: the archive's backups, and how the desk is reached."""
    said = [one.panel for one in files if not isinstance(one.panel, tuple)]
    for key, is_one in (("backups", "the archive"), ("desk", "the desk")):
        for one in said[1:]:
            if getattr(one.value, key) != getattr(said[0].value, key):
                yield one.document.mistake(
                    (key,),
                    f"{is_one} is one for all panels, and {said[0].document.file} says otherwise: write the same in each",
                )


def _folders_of_several(files: Sequence[PanelFiles]) -> Iterator[Mistake]:
    """Drafts and e-mails are called by their numbers, and each panel counts from 1."""
    first: dict[Path, str] = {}
    for one in files:
        if isinstance(one.panel, tuple):
            continue
        document, mail = one.panel.document, one.panel.value.mail
        for where, folder in (
            (("delivery", "folder"), one.panel.value.folder),
            (("delivery", "mail", "eml_folder"), (mail.eml_folder if mail else None) or ""),
        ):
            path = _below(one.folder, folder)
            if folder and first.setdefault(path, document.file) != document.file:
                yield document.mistake(
                    where,
                    f"{folder} is {first[path]}'s too, and drafts of the same name would meet: write another",
                )


def _below(panel: Path, folder: str) -> Path:
    """Seen from the data folder: an own folder of the panel's name, unless a person writes another place."""
    return Path(os.path.normpath(Path(PANELS) / panel.name / Path(folder).expanduser()))


class _Once:
    """Reads each file once."""

    def __init__(self) -> None:
        self._found: dict[Path, Any] = {}

    def __call__(self, reader: Callable[[Path], Found[T]], path: Path) -> Found[T]:
        if path not in self._found:
            self._found[path] = reader(path)
        found: Found[T] = self._found[path]
        return found


def _files_of(folder: Path, once: _Once) -> PanelFiles:
    return PanelFiles(
        folder=folder,
        topics=once(read_topics, file_of(folder, "topics.yaml")),
        places=once(read_places, file_of(folder, "places.yaml")),
        panel=once(read_panel, file_of(folder, "panel.yaml")),
    )


def _is_alone(folder: Path) -> bool:
    shared = shared_of(folder)
    return not is_several(shared) or len(panels_in(shared)) == 1


def _not_called_so(files: PanelFiles, document: Document) -> Iterator[Mistake]:
    """A panel's folder is called as its area's id: by that the archive knows what is its own."""
    name, key = name_of(files.folder), files.key
    if not name or key == name:
        return
    where = ("area", "id") if ("area", "id") in document.lines else ("area",)
    if key and is_folder(files.folder.parent / key):
        yield document.mistake(
            where,
            f"`{key}` is the id of panels/{key} too: give this panel its own, as its folder is called: `{name}`",
        )
    else:
        yield document.mistake(
            where,
            f"the id is `{key}`, and the folder is called {name}: write `area: {{id: {name}, name: …}}`, or call the "
            f"folder panels/{key}",
        )


@lru_cache(maxsize=PANELS_KEPT)
def _misfits_of(*files: tuple[str, bytes]) -> tuple[Mistake, ...]:
    documents = [document_of(name, body) for name, body in files]
    topics, places, panel = (one for one in documents if isinstance(one, Document))
    return tuple(sorted(misfits_of(Written(topics=topics, places=places, panel=panel))))


def _digest(*documents: Document) -> str:
    """SHA-256 (hex) of the files that decide a verdict, byte for byte: an edition says by which rules it was made."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(hashlib.sha256(document.body).digest())
    return digest.hexdigest()
