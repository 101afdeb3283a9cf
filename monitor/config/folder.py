"""The four files of one folder as one Config; or every mistake in all of them, and nothing half read.

Files that are right by themselves and do not fit together are read: what worked goes on working, unattended too. What
does not fit is named by `misfits_in`, which takes a third of a second and is asked for by who tells of it: `check`
refuses it, and `status` asks for a person.
"""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from monitor.config.cancelling import looks
from monitor.config.feeds_file import read_feeds
from monitor.config.fitting import Written, misfits_of
from monitor.config.panel_file import mailboxes_twice, read_panel
from monitor.config.places_file import read_places
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Document, document_of, read
from monitor.errors import ConfigError, Mistake
from monitor.settings import Config

FILES = ("feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml")


def read_config(folder: Path) -> Config:
    """Raises ConfigError with every mistake, each as `file:line: path: message`."""
    return _read(folder)[0]


def read_with_looks(folder: Path) -> tuple[Config, tuple[Mistake, ...]]:
    """The same, and what is right as it is written and needs a look, by line."""
    config, topics, panel = _read(folder)
    return config, tuple(sorted([*looks(topics), *mailboxes_twice(panel)]))


def misfits_in(folder: Path) -> tuple[Mistake, ...]:
    """What does not fit together in topics, places and panel; nothing where one of them cannot be read at all."""
    bodies = []
    for name in FILES[1:]:
        document = read(folder / name)
        if isinstance(document, Mistake):
            return ()
        bodies.append(document.body)
    return misfits_between(*bodies)


def misfits_between(topics: bytes, places: bytes, panel: bytes) -> tuple[Mistake, ...]:
    """The same of three files as text, each of which can be read."""
    return _misfits_of(topics, places, panel)


def _read(folder: Path) -> tuple[Config, Document, Document]:
    """The documents are topics.yaml and panel.yaml."""
    feeds = read_feeds(folder / "feeds.yaml")
    topics = read_topics(folder / "topics.yaml")
    places = read_places(folder / "places.yaml")
    panel = read_panel(folder / "panel.yaml")
    if (
        isinstance(feeds, tuple)
        or isinstance(topics, tuple)
        or isinstance(places, tuple)
        or isinstance(panel, tuple)
    ):
        files = (feeds, topics, places, panel)
        own = [mistake for file in files if isinstance(file, tuple) for mistake in file]
        raise ConfigError([*own, *misfits_in(folder)])
    config = Config(
        network=feeds.value.network,
        feeds=feeds.value.feeds,
        publishers=feeds.value.publishers,
        rules=replace(topics.value, digest=_digest(topics.document, places.document)),
        gazetteer=places.value,
        panel=panel.value,
    )
    return config, topics.document, panel.document


@lru_cache(maxsize=2)
def _misfits_of(*bodies: bytes) -> tuple[Mistake, ...]:
    documents = [document_of(name, body) for name, body in zip(FILES[1:], bodies, strict=True)]
    topics, places, panel = (one for one in documents if isinstance(one, Document))
    return tuple(sorted(misfits_of(Written(topics=topics, places=places, panel=panel))))


def _digest(*documents: Document) -> str:
    """SHA-256 (hex) of the files that decide a verdict, byte for byte: an edition says by which rules it was made."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(hashlib.sha256(document.body).digest())
    return digest.hexdigest()
