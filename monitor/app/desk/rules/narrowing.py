"""The stored articles that may hold a changed phrase, from the search index, where it holds all that the archive does.

A changed phrase may name an outlet too, which says where all of its articles are; then no index narrows them.
"""

from collections.abc import Iterable
from pathlib import Path

from monitor.app.archives import index_at
from monitor.app.workspace import Workspace
from monitor.errors import StoreError
from monitor.judging.holding import may_hold
from monitor.judging.preview.difference import Difference, hits_of
from monitor.model import EVERYTHING, Article, Term, Window
from monitor.pipeline.preview.beforehand import included_in
from monitor.pipeline.preview.tried import Narrowed
from monitor.store.search import open_to_ask

MOST = 8_000  # articles: more are read quicker in one go than by their names


def narrowed_by(index: Path, workspace: Workspace) -> Narrowed:
    store, digest = workspace.store, workspace.config.rules.digest

    def narrowed(found: Difference, window: Window) -> Iterable[Article] | None:
        terms = [may_hold(phrase) for phrase in found.words]
        if found.all_because or EVERYTHING in terms:
            return None
        hits = hits_of(found.words)
        if any(map(hits, store.articles.outlets())):
            return None
        ids = _ids(index, digest, terms, window, store.articles.count())
        return store.articles.named(ids) if ids is not None and len(ids) <= MOST else None

    return narrowed


def included_by(index: Path, workspace: Workspace, window: Window) -> frozenset[str] | None:
    """The ids of the articles of the window that the rules in force include; None where the index does not know of all."""
    try:
        asked = open_to_ask(index_at(index), workspace.config.rules.digest)
        if asked is None:
            return None
        with asked:
            return included_in(asked, workspace.store, window)
    except StoreError:
        return None


def prepared_in(index: Path, workspace: Workspace, name: str) -> str | None:
    """What was worked out beforehand by the rules in force."""
    try:
        asked = open_to_ask(index_at(index), workspace.config.rules.digest)
        if asked is None:
            return None
        with asked:
            return asked.prepared(name)
    except StoreError:
        return None


def _ids(index: Path, digest: str, terms: list[Term], window: Window, stored: int) -> frozenset[str] | None:
    """None where the index is not there, or has not everything yet."""
    try:
        asked = open_to_ask(index_at(index), digest)
        if asked is None:
            return None
        with asked:
            if asked.state(stored).unindexed:
                return None
            return asked.candidates(terms, window.since, window.until)
    except StoreError:
        return None
