"""The report under review as its page shows it: before the first draft, while it is drafted, once it is issued."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from monitor.app.desk.report.cards import cards, is_new, missed, undone
from monitor.app.workspace import Workspace
from monitor.model import Edition, KeptEdition, KeptWord
from monitor.model.review import Card, Change, Issued, Place, Review, Stage
from monitor.pipeline.issuing import can_be_taken_back
from monitor.pipeline.reviewing import Stand
from monitor.reporting.edition.arrange import Decided, say_order
from monitor.reporting.edition.basis import basis_lines
from monitor.reporting.edition.cycle import Before, papers_out
from monitor.reporting.edition.past import Past
from monitor.reporting.reviewing.telling import said_in
from monitor.reporting.reviewing.versions import order_of
from monitor.reporting.wording import day_in_london, say_count, say_day


def not_yet(workspace: Workspace, at: Stand) -> Review:
    ahead = _ahead(workspace, at)
    if workspace.store.articles.beginning() is None:
        says = "Nothing was read yet, so there is nothing to draft from: read the feeds first."
        return Review(stage=Stage.NOTHING_READ, says=says, meeting=at.meeting, ahead=ahead)
    says = "No draft is made yet: make the first document, and review it here."
    return Review(stage=Stage.NOTHING_DRAFTED, says=says, meeting=at.meeting, ahead=ahead)


def _ahead(workspace: Workspace, at: Stand) -> tuple[tuple[str, str], ...]:
    return tuple((one.story, one.heading or one.drafted) for one in at.past.kept)


def drafted(workspace: Workspace, at: Stand, edition: Edition, now: datetime) -> Review:
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


def issued(workspace: Workspace, at: Stand, kept: KeptEdition, edition: Edition, now: datetime) -> Review:
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
