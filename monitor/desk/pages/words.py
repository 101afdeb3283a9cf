"""A story's words: its heading, the paragraphs of its excerpt, a note of one's own; and an item that is all one's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import Blueprint, abort, make_response, render_template, request

from monitor.app.desk.report import review
from monitor.app.desk.report.story import card_of
from monitor.desk.back import back_from_here, lead_back
from monitor.desk.pages.acts import said
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, the_desk
from monitor.model.acts import Edit, Write
from monitor.model.review import Card, Conflict, Done
from monitor.reporting.wording import one_line, web_address

page = Blueprint("words", __name__)

LONGEST_HEADING = 300  # signs: three lines of the report
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A paragraph to tick."""

    id: str  # of its words: what is offered may be another list when the form comes back
    text: str
    outlet: str
    is_ticked: bool


# ── a story's words ─────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/story/<id>/words")
def show(id: str) -> Answer:
    card = _card(id)
    note = "\n\n".join(card.item.note) if card.item else ""
    heading = card.item.heading if card.item else card.heading
    return _form(card, _offered(card), heading, note, seen=card.version)


@page.post("/story/<id>/words")
def change(id: str) -> Answer:
    card = _card(id)
    offered = _offered(card, set(request.form.getlist("paragraph")))
    heading, note = one_line(request.form.get("heading", "")), request.form.get("note", "")
    seen = request.form.get("seen", "")
    if len(heading) > LONGEST_HEADING:
        return _form(card, offered, heading, note, seen=seen, errors=[_too_long(heading)]), 422
    came = review.act(the_desk(), _edit(card, offered, heading, note), by=who(), seen=seen or None)
    if isinstance(came, Done):
        said(came)
        return lead_back(came.story, came.story)
    if isinstance(came, Conflict):
        return _form(card, offered, heading, note, seen=came.version, conflict=came), 409
    return _form(card, offered, heading, note, seen=seen, errors=[("heading", came.words)]), 422


def _edit(card: Card, offered: Sequence[Offered], heading: str, note: str) -> Edit:
    """What differs from what stands there; the rest is left, so that what is not touched stays as drafted."""
    now = card.item
    own = _paragraphs(note)
    quoted = tuple(one.text for one in offered if one.is_ticked)
    return Edit(
        story=card.story,
        heading=None if now and heading == now.heading else heading,
        quoted=None if now and quoted == _quoted(card) else quoted,
        note=None if now and own == now.note else own,
    )


def _offered(card: Card, ticked: set[str] | None = None) -> tuple[Offered, ...]:
    """What the articles offer, in their order; what stands in the excerpt and in no article comes first."""
    found = review.paragraphs_of(the_desk(), card.story)
    there = _quoted(card)
    texts = [one.text for one in found]
    left = [(text, "") for text in there if text not in texts]
    rows = [*left, *((one.text, one.outlet) for one in found)]
    if [text for text in texts if text in there] != [text for text in there if text in texts]:
        rows.sort(key=lambda row: there.index(row[0]) if row[0] in there else len(there))  # in her order
    once: dict[str, str] = {}
    for text, outlet in rows:
        once.setdefault(text, outlet)
    names = {text: sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] for text in once}
    return tuple(
        Offered(
            id=names[text],
            text=text,
            outlet=outlet,
            is_ticked=text in there if ticked is None else names[text] in ticked,
        )
        for text, outlet in once.items()
    )


def _quoted(card: Card) -> tuple[str, ...]:
    if card.item is None:
        return ()
    return tuple(one for one in card.item.excerpt if one not in card.item.note)


def _paragraphs(note: str) -> tuple[str, ...]:
    """As typed, parted by blank lines."""
    parts = _BLANK_LINE.split(note.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(line for line in map(one_line, parts) if line)


def _card(id: str) -> Card:
    card = card_of(review.review(the_desk()), id)
    if card is None:
        abort(404)
    if "edit" not in card.can:
        abort(make_response(_not_now(card), 409))
    return card


def _not_now(card: Card) -> str:
    says = (
        f"“{card.heading}” is not in the report now, and only what is in it can be edited. Take it in first."
    )
    return render_template("trouble.html", title="This cannot be edited now", says=says)


def _too_long(heading: str) -> tuple[str, str]:
    return (
        "heading",
        f"The heading has {len(heading)} signs; the report has room for {LONGEST_HEADING}. Shorten it.",
    )


def _form(
    card: Card,
    offered: Sequence[Offered],
    heading: str,
    note: str,
    *,
    seen: str,
    errors: Sequence[tuple[str, str]] = (),
    conflict: Conflict | None = None,
) -> str:
    return render_template(
        "words.html",
        card=card,
        offered=offered,
        heading=heading,
        note=note,
        seen=seen,
        errors=errors,
        conflict=conflict,
        back=back_from_here(),
    )


# ── an item of one's own ────────────────────────────────────────────────────────────────────────────────────────


@page.get("/own")
def own() -> Answer:
    asked = request.args
    return _own_form(asked.get("heading", ""), asked.get("address", ""), "")


@page.post("/own")
def write() -> Answer:
    heading, address = one_line(request.form.get("heading", "")), one_line(request.form.get("address", ""))
    note = request.form.get("note", "")
    errors = list(_wrong(heading, address))
    if errors:
        return _own_form(heading, address, note, errors), 422
    deed = Write(heading=heading, address=address, note=_paragraphs(note))
    came = review.act(the_desk(), deed, by=who())
    if isinstance(came, Done):
        said(came)
        return lead_back(next=came.story)
    return _own_form(heading, address, note, [("heading", came.words)]), 422


def _wrong(heading: str, address: str) -> list[tuple[str, str]]:
    found = []
    if not heading:
        found.append(("heading", "Write a heading: the report has nothing else to call it by."))
    elif len(heading) > LONGEST_HEADING:
        found.append(_too_long(heading))
    if address and web_address(address) is None:
        found.append(("address", "The address must begin with http:// or https://, or be left empty."))
    return found


def _own_form(heading: str, address: str, note: str, errors: Sequence[tuple[str, str]] = ()) -> str:
    return render_template("own.html", heading=heading, address=address, note=note, errors=errors)
