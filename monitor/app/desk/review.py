"""This edition, by desk: what the newest draft has with what was decided since, and what a person does to it.

review                 what the next document will have
paragraphs_of          what a story's articles offer for its excerpt
act                    one deed, kept, or refused with why
undo, redo             what was kept is taken back, or put again; any of it, in any order, after a restart too
history                who said what when, from where
issue, unissue         the draft is what the panel gets
make_document          the ordinary draft; documents, document: the newest draft's, to be downloaded
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.errors import InputError
from monitor.model import Edition, Item, NearMiss, Said
from monitor.model.acts import Act, Drop, Take
from monitor.model.review import (
    Card,
    Conflict,
    Done,
    Happened,
    Paragraph,
    Place,
    Refused,
    Review,
    Stage,
)
from monitor.pipeline.records import edition_of_number
from monitor.pipeline.take import say
from monitor.reporting.wording import item_name


def review(desk: OpenDesk) -> Review:
    """The report that is being drafted. Raises ConfigError, StoreError."""
    with desk.reading() as workspace:
        kept = workspace.store.editions.all()
        if not kept:
            says = "Nothing is drafted yet: make the first document."
            return Review(stage=Stage.NOTHING_DRAFTED, says=says)
        edition = edition_of_number(workspace.store, kept[-1].number)
        assert edition is not None
        return _plain(edition)


def _plain(edition: Edition) -> Review:
    return Review(
        stage=Stage.DRAFTED,
        says="",
        meeting=edition.header.meeting,
        number=edition.number,
        made=edition.made,
        header=edition.header,
        towards=edition.towards,
        basis=edition.basis,
        items=tuple(_cards(edition.items, Place.ITEM)),
        further=tuple(_cards(edition.further, Place.FURTHER)),
        near=tuple(_missed(edition.near_misses, Place.NEAR)),
        old=tuple(_missed(edition.old, Place.OLD)),
        developments=edition.developments,
    )


def _cards(items: tuple[Item, ...], place: Place) -> Iterator[Card]:
    for number, item in enumerate(items, 1):
        yield Card(
            story=item.story,
            place=place,
            number=number,
            heading=item_name(item),
            drafted=item_name(item),
            reason=item.reason,
            links=item.links,
            version="",
            can=frozenset({"take", "drop"}),
            item=item,
        )


def _missed(stories: tuple[NearMiss, ...], place: Place) -> Iterator[Card]:
    for number, miss in enumerate(stories, 1):
        yield Card(
            story=miss.story,
            place=place,
            number=number,
            heading=miss.title,
            drafted=miss.title,
            reason=miss.reason,
            links=(),
            version="",
            can=frozenset({"take"}),
        )


def paragraphs_of(desk: OpenDesk, story: str) -> tuple[Paragraph, ...]:
    """Those of the story's articles, the quoted one's first, each outlet's in its order; empty where its licences allow
    none, or where there is no such story."""
    return ()


def act(desk: OpenDesk, what: Act, *, by: str = "", seen: str | None = None) -> Done | Conflict | Refused:
    """Keeps what a person does, in their name.

    `seen` is the version that the form was made from: of the story's card, of `Move` the review's `order`. What differs
    from what holds now is a conflict; what holds already is done without a new row. None asks for no comparison.
    """
    if not isinstance(what, Take | Drop):
        return Refused(words="This cannot be done yet.")
    said = Said.TAKEN if isinstance(what, Take) else Said.DROPPED
    try:
        with desk.changing() as workspace:
            (spoken,) = say(workspace.store, workspace.config, [what.story], said, desk.clock())
    except InputError as error:
        return Refused(words=str(error), is_unknown=True)
    heading = spoken.decision.heading or spoken.decision.drafted
    word = "Taken in" if said is Said.TAKEN else "Dropped"
    return Done(words=f"{word}: “{heading}”.", undo=None, story=spoken.decision.story)


def undo(desk: OpenDesk, id: int, *, by: str = "") -> Done | Refused:
    """Takes back what was kept under this number (`Done.undo`, `Change.id`, `Happened.id`). Refused with a sentence where
    what was made with it was filed. `Done.undo` is the same number, for `redo`."""
    return Refused(words="This cannot be taken back yet.")


def redo(desk: OpenDesk, id: int, *, by: str = "") -> Done | Refused:
    """Puts again what was taken back."""
    return Refused(words="This cannot be put again yet.")


def history(desk: OpenDesk, *, before: int | None = None, most: int = 100) -> tuple[Happened, ...]:
    """The newest first; `before`: those below this number."""
    return ()


def issue(desk: OpenDesk, number: int, *, by: str = "") -> Done | Refused:
    """Draft `number` is the report of its meeting from now on. Refused where it is not the newest towards it."""
    return Refused(words="This cannot be issued yet.")


def unissue(desk: OpenDesk, number: int, *, by: str = "") -> Done | Refused:
    """It is a draft again; until a later draft was made on it, or its meeting's papers are out."""
    return Refused(words="This was not issued.")


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────


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
    return Refused(words="No document can be made here yet.")


def documents(desk: OpenDesk) -> tuple[DocumentName, ...]:
    """Of the newest draft; empty where there is none."""
    return ()


def document(desk: OpenDesk, name: str) -> bytes | None:
    """The content of one of `documents`, made again from the kept draft where its file is gone; None for any other
    name."""
    return None
