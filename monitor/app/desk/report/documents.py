"""The document by desk: the ordinary draft, and the newest draft's documents to be downloaded.

A document is asked for by its name out of the list, never by a path. Where its file lies in the drafts' folder it is given
as it is there, for somebody may have edited it; where it does not, it is made again from the kept draft.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.app.desk.opened import OpenDesk
from monitor.app.locks import Work
from monitor.app.runs import FORMATS, DraftWanted, draft_in, draft_lines
from monitor.app.workspace import Workspace, recorded
from monitor.errors import InputError
from monitor.model import KeptEdition
from monitor.model.review import Refused
from monitor.pipeline.documents import documents_of, finish, notes_on
from monitor.pipeline.draft import stem_of
from monitor.pipeline.records import edition_of_number
from monitor.reporting.documents.folder import NOTES

_SAYS = {
    "docx": "Word",
    "html": "page",
    "md": "Markdown",
    "json": "JSON",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A draft that was made."""

    number: int
    lines: tuple[str, ...]  # what it rests on, where its documents are, its counts, a sentence each
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName:
    """A document of the newest draft."""

    name: str  # by which it is asked for; no path
    says: str  # "Word", "working notes, Word"
    ending: str  # "docx"
    is_changed: bool = False  # the file was edited since: it is given as it lies in the folder


def make_document(desk: OpenDesk) -> Made | Refused:
    """The ordinary draft, towards the coming meeting, with all that was decided. It takes seconds. Raises ConfigError,
    StoreError, ClockError, Busy, and OutputError where the folder cannot be written."""
    with desk.changing(Work.DRAFT) as workspace:
        if workspace.store.articles.beginning() is None:
            return Refused(
                words="Nothing was read yet, so there is nothing to draft from: read the feeds first."
            )
        with recorded(workspace.store, "draft", desk.clock) as note:
            finish(workspace.store, workspace.config)
            now = workspace.store.archive.moment(desk.clock)
            try:
                drafted = draft_in(workspace, DraftWanted(formats=FORMATS), now, _quietly)
            except InputError as error:
                return Refused(words=str(error))
            note.summary = draft_lines(drafted)[-1]
        return Made(number=drafted.edition.number, lines=draft_lines(drafted), at=now)


def _quietly(_what: str, _done: int, _all: int) -> None:
    """Nobody watches the progress."""


def documents(desk: OpenDesk) -> tuple[DocumentName, ...]:
    """Of the newest draft; empty where there is none."""
    with desk.reading() as workspace:
        return tuple(name for name, _ in _listed(workspace))


def document(desk: OpenDesk, name: str) -> bytes | None:
    """The content of one of `documents`, made again from the kept draft where its file is gone; None for any other
    name."""
    with desk.reading() as workspace:
        path = next((path for one, path in _listed(workspace) if one.name == name), None)
        if path is None:
            return None
        try:
            return path.read_bytes()
        except OSError:
            return _made_again(workspace, name)


def _newest(workspace: Workspace) -> KeptEdition | None:
    return next(reversed(workspace.store.editions.all()), None)


def _listed(workspace: Workspace) -> list[tuple[DocumentName, Path]]:
    kept = _newest(workspace)
    if kept is None:
        return []
    folder = workspace.home / workspace.config.panel.folder
    stem = f"{stem_of(kept.meeting)}-draft-{kept.number}"
    listed = [
        (
            DocumentName(name=f"{stem}.{ending}", says=_SAYS[ending], ending=ending),
            folder / f"{stem}.{ending}",
        )
        for ending in FORMATS
    ]
    for ending in ("docx", "html"):
        name = f"{stem}-notes.{ending}"
        says = f"working notes, {_SAYS[ending]}"
        listed.append((DocumentName(name=name, says=says, ending=ending), folder / NOTES / name))
    made = kept.made.timestamp()
    return [
        (
            DocumentName(name=one.name, says=one.says, ending=one.ending, is_changed=_is_changed(path, made)),
            path,
        )
        for one, path in listed
    ]


GRACE = 120  # seconds in which a draft's documents are written


def _is_changed(path: Path, made: float) -> bool:
    try:
        return path.stat().st_mtime > made + GRACE
    except OSError:
        return False


def _made_again(workspace: Workspace, name: str) -> bytes | None:
    kept = _newest(workspace)
    edition = edition_of_number(workspace.store, kept.number) if kept else None
    record = workspace.store.editions.record(kept.number) if kept else None
    if kept is None or edition is None or record is None:
        return None
    stem = f"{stem_of(kept.meeting)}-draft-{kept.number}"
    notes = notes_on(edition, workspace.store, workspace.config)
    made = documents_of(edition, record, notes, workspace.config, FORMATS)
    return next((one.content for one in made if one.name(stem) == name), None)
