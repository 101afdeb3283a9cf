"""This edition, by desk: what the newest draft has with what was decided since, and what a person does to it.

review                 what the next document will have
paragraphs_of          what a story's articles offer for its excerpt
act                    one deed, kept, or refused with why
undo, redo             what was kept is taken back, or put again; any of it, in any order, after a restart too
history                who said what when, from where
issue, unissue         the draft is what the panel gets

The documents are in `documents.py`.
"""

from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.report import shown
from monitor.app.desk.report.documents import (
    DocumentName,
    Made,
    document,
    documents,
    make_document,
)
from monitor.app.workspace import Workspace
from monitor.model import KeptWord
from monitor.model.acts import Act, Check, Dismiss, Drop, Later, Take, Uncheck, Write
from monitor.model.review import (
    Conflict,
    Done,
    Happened,
    Paragraph,
    Refused,
    Review,
)
from monitor.pipeline.issuing import issue_it, report_now, unissue_it
from monitor.pipeline.remembered import words_of
from monitor.pipeline.reviewing import Reviewing
from monitor.reporting.edition.item import may_quote
from monitor.reporting.reviewing.overlay import everyone
from monitor.reporting.reviewing.telling import phrases, said_in
from monitor.reporting.wording import day_in_london, one_line

MOST_OFFERED = 60  # paragraphs of one article


def _reviewing(desk: OpenDesk, workspace: Workspace) -> Reviewing:
    return Reviewing(workspace.store, workspace.config, desk.remembered)


def review(desk: OpenDesk) -> Review:
    """The report that is being drafted. Raises ConfigError, StoreError."""
    with desk.reading() as workspace:
        at = _reviewing(desk, workspace).stand(day_in_london(desk.clock()))
        if at.edition and at.now:
            return shown.drafted(workspace, at, at.edition, desk.clock())
        if issued := report_now(at.editions, at.meeting, workspace.config.panel, desk.clock()):
            edition = desk.remembered.whole(workspace.store, issued.number)
            if edition:
                return shown.issued(workspace, at, issued, edition, desk.clock())
        return shown.not_yet(workspace, at)


def paragraphs_of(desk: OpenDesk, story: str) -> tuple[Paragraph, ...]:
    """Those of the story's articles, the quoted one's first, each outlet's in its order; empty where its licences allow
    none, or where there is no such story."""
    with desk.reading() as workspace:
        reviewing = _reviewing(desk, workspace)
        at = reviewing.stand(day_in_london(desk.clock()))
        found = next((one for one in everyone(at.now) if one.item.story == story), None) if at.now else None
        if found is None:
            return ()
        readable = reviewing.remembered.readable(workspace.store, frozenset(found.item.articles))
        stored = {one.id: one for one in readable}
        chosen = frozenset(found.item.excerpt)
        offered = [
            Paragraph(text=line, outlet=link.outlet, article=link.article, is_chosen=line in chosen)
            for link in found.item.links
            if (article := stored.get(link.article)) and may_quote(article, workspace.config.feeds)
            for line in filter(None, map(one_line, article.paragraphs[:MOST_OFFERED]))
        ]
        texts = {one.text for one in offered}
        first = found.item.links[0] if found.item.links else None
        kept = [line for line in found.item.excerpt if line not in texts and line not in found.item.note]
        left = [
            Paragraph(text=line, outlet=first.outlet if first else "", article="", is_chosen=True)
            for line in kept
        ]
        return (*left, *offered)


def act(desk: OpenDesk, what: Act, *, by: str = "", seen: str | None = None) -> Done | Conflict | Refused:
    """Keeps what a person does, in their name.

    `seen` is the version that the form was made from: of the story's card, of `Move` the review's `order`. What differs
    from what holds now is a conflict; what holds already is done without a new row. None asks for no comparison.
    """
    with desk.changing() as workspace:
        now = workspace.store.archive.moment(desk.clock)
        if refused := _frozen_story(desk, workspace, what, now):
            return refused
        return _reviewing(desk, workspace).do(what, now, by=by, seen=seen)


def _frozen_story(desk: OpenDesk, workspace: Workspace, what: Act, now: datetime) -> Refused | None:
    """An issued report stays as it is; what it has not may be taken for the next."""
    editions = workspace.store.editions.all()
    at = _reviewing(desk, workspace).stand(day_in_london(now))
    if at.edition is not None:
        return None
    issued = report_now(editions, at.meeting, workspace.config.panel, now)
    if issued is None or isinstance(what, Write):
        return None
    said = f"Draft {issued.number} is the report of its meeting, and cannot be changed."
    if isinstance(what, Check | Uncheck) or not isinstance(what, Take | Drop | Later | Dismiss):
        return Refused(words=f"{said} Make the next document first.")
    edition = desk.remembered.whole(workspace.store, issued.number)
    if edition and any(what.story in (item.story, *item.articles) for item in edition.items):
        return Refused(words=said)
    return None


def undo(desk: OpenDesk, id: int, *, by: str = "") -> Done | Refused:
    """Takes back what was kept under this number (`Done.undo`, `Change.id`, `Happened.id`). Refused with a sentence where
    what was made with it was filed. `Done.undo` is the same number, for `redo`."""
    with desk.changing() as workspace:
        now = workspace.store.archive.moment(desk.clock)
        return _reviewing(desk, workspace).withdraw(id, now, by=by)


def redo(desk: OpenDesk, id: int, *, by: str = "") -> Done | Refused:
    """Puts again what was taken back."""
    with desk.changing() as workspace:
        now = workspace.store.archive.moment(desk.clock)
        return _reviewing(desk, workspace).withdraw(id, now, by=by, again=True)


def history(desk: OpenDesk, *, before: int | None = None, most: int = 100) -> tuple[Happened, ...]:
    """The newest first; `before`: those below this number."""
    with desk.reading() as workspace:
        reviewing = _reviewing(desk, workspace)
        editions, today = workspace.store.editions.all(), day_in_london(desk.clock())
        words = [one for one in words_of(workspace.store) if before is None or one.id < before]
        return tuple(_happened(one, reviewing.fixed(one, editions, today)) for one in words[: -most - 1 : -1])


def _happened(word: KeptWord, fixed: str) -> Happened:
    learned = word.learned
    return Happened(
        id=word.id,
        at=learned.learned,
        by=learned.by,
        source=learned.source,
        edition=learned.edition,
        lines=said_in(learned),
        # Who moves one story says an order of all: only those of which something is said are named.
        stories=tuple(
            (one.story, one.heading or one.drafted) for one in learned.decisions if any(phrases(one, learned))
        ),
        withdrawn=word.withdrawn,
        withdrawn_by=word.withdrawn_by,
        replaced=not word.holds and word.withdrawn is None,
        fixed=fixed,
    )


def issue(desk: OpenDesk, number: int, *, by: str = "") -> Done | Refused:
    """Draft `number` is the report of its meeting from now on. Refused where it is not the newest towards it."""
    with desk.changing() as workspace:
        now = workspace.store.archive.moment(desk.clock)
        return issue_it(workspace.store, workspace.config.panel, number, now, by)


def unissue(desk: OpenDesk, number: int, *, by: str = "") -> Done | Refused:
    """It is a draft again; until a later draft was made on it, or its meeting's papers are out."""
    with desk.changing() as workspace:
        now = workspace.store.archive.moment(desk.clock)
        return unissue_it(workspace.store, workspace.config.panel, number, now)


__all__ = [
    "DocumentName",
    "Made",
    "act",
    "document",
    "documents",
    "history",
    "issue",
    "make_document",
    "paragraphs_of",
    "redo",
    "review",
    "undo",
    "unissue",
]
