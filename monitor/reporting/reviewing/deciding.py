"""An act -> the decisions that it is kept as. The one place that knows what an act means: the desk and the commands `take`
and `drop` come here, and a document says the same in the same values.

- What is said of one story alone (taken, dropped, put off, dismissed, edited) says nothing of its place.
- Move, merge and split give the order of the whole report (`ordering.py`), so they are what an edited document says.
- What holds already is not decided once more.
"""

from monitor.model import Checked, Decision, Said
from monitor.model.acts import (
    Act,
    Check,
    Dismiss,
    Drop,
    Edit,
    Later,
    Merge,
    Move,
    Restore,
    Split,
    Take,
    Uncheck,
    Unlink,
    Write,
)
from monitor.model.officer import OUT
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.past import belong
from monitor.reporting.reviewing.deeds import Deed, No, Table, place_of
from monitor.reporting.reviewing.editing import edit, unlink, write
from monitor.reporting.reviewing.ordering import merge, move, split
from monitor.reporting.reviewing.overlay import claims, everyone
from monitor.reporting.reviewing.telling import quoted
from monitor.reporting.wording import item_name


def decide(act: Act, table: Table) -> Deed | No:
    match act:
        case Take() | Drop() | Later() | Dismiss() | Restore():
            return _word(act, table)
        case Check() | Uncheck():
            return _check(act, table)
        case Write():
            return write(act, table)
    if table.report is None:
        return No(words="There is no draft to change yet: make the first document.")
    place = place_of(table.report.items, act.story)
    if place is None:
        return _no_item(act.story, table)
    one = table.report.items[place]
    match act:
        case Edit():
            return edit(act, one, table)
        case Unlink():
            return unlink(act, one, table)
        case Move():
            return move(act, place, table.report.items, table)
        case Merge():
            return merge(act, one, table.report.items, table)
        case Split():
            return split(act, one, table.report.items, table)


def _no_item(story: str, table: Table) -> No:
    found = table.find(story)
    if found is None:
        return No(words="There is no such story in this draft.", is_unknown=True)
    return No(words=f"{quoted(found.heading)} is not in the report: take it in first.")


# ── a word ──────────────────────────────────────────────────────────────────────────────────────────────────────

_SAID = {
    Take: Said.TAKEN,
    Drop: Said.DROPPED,
    Dismiss: Said.DROPPED,
    Later: Said.LATER,
    Restore: Said.BACK,
}
_DONE = {
    Take: ("Taken in", "In the report already"),
    Drop: ("Dropped", "Dropped already"),
    Dismiss: ("Dismissed", "Dismissed already"),
    Later: ("Put off to the next report", "Put off already"),
    Restore: ("As the rules have it again", "As the rules have it already"),
}


def _word(act: Take | Drop | Later | Dismiss | Restore, table: Table) -> Deed | No:
    found = table.find(act.story)
    if found is None:
        return No(words=f"There is no story or stored article “{act.story}”.", is_unknown=True)
    if whole := _whole_of(found.story, table):
        return No(
            words=f"{quoted(found.heading)} is part of {quoted(item_name(whole.item))}: split it off there."
        )
    said = _SAID[type(act)]
    decision = Decision(
        said=said,
        edition=table.number,
        story=found.story,
        drafted=found.heading,
        articles=found.articles,
        placed=False,
    )
    before = next((one for one in table.past.decisions if belong(decision, one)), None)
    holds = _holds(said, before)
    done, already = _DONE[type(act)]
    words = (
        f"{already}: {quoted(found.heading)}; nothing changed."
        if holds
        else f"{done}: {quoted(found.heading)}."
    )
    return Deed(
        deed=type(act).__name__.lower(),
        words=words,
        story=found.story,
        decisions=(decision,),
        holds=holds,
        before=before,
    )


def _whole_of(story: str, table: Table) -> Decided | None:
    """The item that the story was made part of."""
    base = table.report.bases.get(story) if table.report else None
    if table.report is None or base is None:
        return None
    for one in table.report.items:
        if one.item.story != story and one.decision and claims(one.decision, base):
            return one if story not in {each.item.story for each in everyone(table.report)} else None
    return None


def _holds(said: Said, before: Decision | None) -> bool:
    if said is Said.BACK:
        return before is None or before.said not in (Said.TAKEN, *OUT)
    if before is None or before.said is Said.BACK:
        return False
    return before.said is said or (said is Said.TAKEN and before.said not in OUT)


# ── warnings ────────────────────────────────────────────────────────────────────────────────────────────────────


def _check(act: Check | Uncheck, table: Table) -> Deed | No:
    found = next((one for one in table.warnings if one.id == act.warning), None)
    if found is None:
        return No(words="There is no such warning: it may be gone with what it warned of.", is_unknown=True)
    is_checked = isinstance(act, Check)
    one = Checked(warning=found.id, says=found.says, story=found.story, is_checked=is_checked)
    done = "Looked at" if is_checked else "In sight again"
    return Deed(
        deed="check" if is_checked else "uncheck",
        words=f"{done}: {quoted(found.says, 160)}",
        story=found.story,
        checked=(one,),
        holds=(found.checked is not None) == is_checked,
    )
