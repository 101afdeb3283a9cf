"""This edition, by desk: what the newest draft has with what was decided since, and what a person does to it.

review                 what the next document will have
paragraphs_of          what a story's articles offer for its excerpt
act                    one deed, kept, or refused with why
undo, redo             what was kept is taken back, or put again; any of it, in any order, after a restart too
history                who said what when, from where
issue, unissue         the draft is what the panel gets

The documents are in `documents.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.report.cards import cards, is_new, missed, undone
from monitor.app.desk.report.documents import (
    DocumentName,
    Made,
    document,
    documents,
    make_document,
)
from monitor.app.workspace import Workspace
from monitor.model import Edition, KeptEdition, KeptWord
from monitor.model.acts import Act, Check, Dismiss, Drop, Later, Take, Uncheck, Write
from monitor.model.review import (
    Card,
    Change,
    Conflict,
    Done,
    Happened,
    Issued,
    Paragraph,
    Place,
    Refused,
    Review,
    Stage,
)
from monitor.pipeline.issuing import can_be_taken_back, issue_it, report_now, unissue_it
from monitor.pipeline.remembered import words_of
from monitor.pipeline.reviewing import Reviewing, Stand
from monitor.reporting.edition.arrange import Decided, say_order
from monitor.reporting.edition.basis import basis_lines
from monitor.reporting.edition.cycle import Before, papers_out
from monitor.reporting.edition.item import may_quote
from monitor.reporting.edition.past import Past
from monitor.reporting.reviewing.overlay import everyone
from monitor.reporting.reviewing.telling import phrases, said_in
from monitor.reporting.reviewing.versions import order_of
from monitor.reporting.wording import day_in_london, one_line, say_count, say_day

MOST_OFFERED = 60  # paragraphs of one article


def _reviewing(desk: OpenDesk, workspace: Workspace) -> Reviewing:
    return Reviewing(workspace.store, workspace.config, desk.remembered)


def review(desk: OpenDesk) -> Review:
    """The report that is being drafted. Raises ConfigError, StoreError."""
    with desk.reading() as workspace:
        at = _reviewing(desk, workspace).stand(day_in_london(desk.clock()))
        if at.edition and at.now:
            return _drafted(workspace, at, at.edition, desk.clock())
        if issued := report_now(at.editions, at.meeting, workspace.config.panel, desk.clock()):
            edition = desk.remembered.whole(workspace.store, issued.number)
            if edition:
                return _issued(workspace, at, issued, edition, desk.clock())
        return _not_yet(workspace, at)


def _not_yet(workspace: Workspace, at: Stand) -> Review:
    ahead = _ahead(workspace, at)
    if workspace.store.articles.beginning() is None:
        says = "Nothing was read yet, so there is nothing to draft from: read the feeds first."
        return Review(stage=Stage.NOTHING_READ, says=says, meeting=at.meeting, ahead=ahead)
    says = "No draft is made yet: make the first document, and review it here."
    return Review(stage=Stage.NOTHING_DRAFTED, says=says, meeting=at.meeting, ahead=ahead)


def _ahead(workspace: Workspace, at: Stand) -> tuple[tuple[str, str], ...]:
    return tuple((one.story, one.heading or one.drafted) for one in at.past.kept)


def _drafted(workspace: Workspace, at: Stand, edition: Edition, now: datetime) -> Review:
    assert at.now is not None
    new = undone(at, edition.made)
    return Review(
        stage=Stage.DRAFTED,
        says="",
        meeting=at.meeting,
        number=edition.number,
        made=edition.made,
        header=edition.header,
        towards=edition.towards,
        basis=edition.basis,
        rests_on=tuple(basis_lines(edition)),
        items=cards(at, at.now.items, Place.ITEM),
        further=cards(at, at.now.further, Place.FURTHER),
        near=cards(at, at.now.near, Place.NEAR),
        later=cards(at, at.now.later, Place.LATER),
        dropped=cards(at, at.now.dropped, Place.DROPPED),
        old=missed(at, at.now.old),
        developments=edition.developments,
        warnings=at.warnings,
        order=order_of(at.past.kept),
        in_order=say_order(at.now.items, workspace.config.panel.size),
        size=workspace.config.panel.size.items,
        is_exact=at.now.is_exact,
        undone=len(new),
        last=_last(new, at),
        can_issue=edition.header.meeting is not None,
        meanwhile=tuple(_meanwhile(workspace, edition)),
    )


def _meanwhile(workspace: Workspace, edition: Edition) -> Iterator[str]:
    """What else the next document may bring."""
    since = workspace.store.articles.count_since(edition.basis.window.until)
    if since:
        yield (
            f"{say_count(since, 'article')} {'was' if since == 1 else 'were'} read since this draft: the next "
            "document looks at them too."
        )
    if edition.rules_digest != workspace.config.rules.digest:
        yield "The rules were changed since this draft: the next document judges all stories anew."


def _last(new: tuple[KeptWord, ...], at: Stand) -> Change | None:
    holding = [word for word in new if word.holds]
    if not holding:
        return None
    word = max(holding, key=lambda one: one.id)
    learned = word.learned
    return Change(
        id=word.id,
        words=said_in(learned)[0],
        by=learned.by,
        at=learned.learned,
        source=learned.source,
        is_new=is_new(word, at),
    )


def _issued(workspace: Workspace, at: Stand, kept: KeptEdition, edition: Edition, now: datetime) -> Review:
    panel = workspace.config.panel
    meeting = kept.meeting
    assert meeting is not None
    out = papers_out(meeting, panel.papers_days)
    how = (
        f"was issued on {say_day(day_in_london(kept.issued))}"
        if kept.issued
        else f"went out with the papers on {say_day(out)}"
    )
    return Review(
        stage=Stage.ISSUED,
        says=f"Draft {kept.number} {how}, so it cannot be changed. The next document begins the report after it.",
        meeting=meeting,
        number=kept.number,
        made=kept.made,
        header=edition.header,
        towards=edition.towards,
        basis=edition.basis,
        rests_on=tuple(basis_lines(edition)),
        items=tuple(_frozen(edition, Place.ITEM)),
        further=tuple(_frozen(edition, Place.FURTHER)),
        near=(),
        developments=edition.developments,
        issued=Issued(
            at=kept.issued or kept.made,
            by=kept.issued_by,
            is_by_day=kept.issued is None,
            can_take_back=not can_be_taken_back(at.editions, kept, panel, now),
        ),
        ahead=_ahead(workspace, at),
    )


def _frozen(edition: Edition, place: Place) -> Iterator[Card]:
    stories = edition.items if place is Place.ITEM else edition.further
    plain = Stand(
        editions=(),
        meeting=None,
        of=Before(stood=(), issued=()),
        edition=edition,
        words=(),
        past=Past(),
    )
    for card in cards(plain, [Decided(item, None) for item in stories], place):
        yield replace(card, can=frozenset())


def paragraphs_of(desk: OpenDesk, story: str) -> tuple[Paragraph, ...]:
    """Those of the story's articles, the quoted one's first, each outlet's in its order; empty where its licences allow
    none, or where there is no such story."""
    with desk.reading() as workspace:
        at = _reviewing(desk, workspace).stand(day_in_london(desk.clock()))
        found = next((one for one in everyone(at.now) if one.item.story == story), None) if at.now else None
        if found is None:
            return ()
        stored = {one.id: one for one in workspace.store.articles.named(found.item.articles)}
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
