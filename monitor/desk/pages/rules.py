"""Rules: what topics.yaml says, by list, and the forms by which it is changed: each makes a draft (`rule_drafts.py`)."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import Draft, keep, of_id
from monitor.app.desk.rules.lists import PRECEDENCE, PhraseList, all_figures, all_lists, sections
from monitor.app.desk.rules.phrase_counts import phrase_counts, searched
from monitor.app.desk.rules.previews import Previews
from monitor.config.phrasing import wrong
from monitor.config.topics_edit import Change, changed, senses
from monitor.config.yamlfile import Document, document_of
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, the_desk
from monitor.errors import InputError, Mistake
from monitor.reporting.wording import one_line

page = Blueprint("rules", __name__)

LONGEST_PHRASE = 200
Errors = list[tuple[str, str]]


def previews() -> Previews:
    """Those of the running desk."""
    desk = the_desk()
    kept: Previews = current_app.extensions.setdefault("rule previews", Previews(desk))
    return kept


# ── what there is ───────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/rules")
def show() -> Answer:
    desk = the_desk()
    body = saving.body_of(desk)
    document = document_of("topics.yaml", body)
    parts = sections(document) if _can_be_edited(document) and isinstance(document, Document) else ()
    return render_template(
        "rules.html",
        sections=parts,
        mistakes=desk.mistakes(),
        phrase=_phrase(request.args.get("phrase", "")),
        versions=saving.versions(desk.home)[:5],
        counts=phrase_counts(desk),
        precedence=PRECEDENCE,
    )


def _can_be_edited(document: Document | Mistake) -> bool:
    """Not where the file has mistakes: what a form would change is not sure then. The text can be edited."""
    return isinstance(document, Document) and not [
        one for one in the_desk().mistakes() if one.file == "topics.yaml"
    ]


@page.get("/rules/list/<path:name>")
def one_list(name: str) -> Answer:
    previews().warm()
    document, found, base = _list_of(name)
    return _list_page(document, found, base, phrase=_phrase(request.args.get("phrase", "")))


def _list_of(name: str) -> tuple[Document, PhraseList, Draft | None]:
    """In the file as it stands, or in a draft that is worked on."""
    base = base_of(request.values.get("on", ""))
    body = base.body if base else saving.body_of(the_desk())
    document = document_of("topics.yaml", body)
    if isinstance(document, Mistake) or (base is None and not _can_be_edited(document)):
        abort(redirect(url_for("rules.show"), 303))
    return document, all_lists(document).get(name) or abort(404), base


def base_of(id: str) -> Draft | None:
    return (of_id(the_desk().home, id) or abort(404)) if id else None


def _list_page(
    document: Document, found: PhraseList, base: Draft | None, *, phrase: str = "", errors: Errors | None = None,
    filled: dict[str, str] | None = None,
) -> Answer:  # fmt: skip
    return render_template(
        "rules_list.html",
        list=found,
        on=base.id if base else "",
        base=base,
        senses=senses(document, found.where),
        phrase=phrase,
        counts=phrase_counts(the_desk()),
        searched=searched,
        errors=errors or [],
        filled=filled or {},
        precedence=PRECEDENCE,
    ), 422 if errors else 200


# ── a change, which makes a draft ───────────────────────────────────────────────────────────────────────────────


@page.post("/rules/list/<path:name>/add")
def add(name: str) -> Answer:
    document, found, base = _list_of(name)
    phrase = one_line(request.form.get("phrase", "")).strip()
    if amiss := _amiss(phrase):
        filled = dict(request.form)
        return _list_page(document, found, base, phrase=phrase, errors=[("phrase", amiss)], filled=filled)
    change = Change(where=found.where, new=phrase, sense=request.form.get("sense", ""))
    return _drafted(document, found, base, change, "phrase", phrase)


@page.post("/rules/list/<path:name>/remove")
def remove(name: str) -> Answer:
    document, found, base = _list_of(name)
    old = request.form.get("old", "")
    return _drafted(document, found, base, Change(where=found.where, old=old), "phrases", "")


@page.get("/rules/phrase/<path:name>")
def one_phrase(name: str) -> Answer:
    """The form that changes one phrase of a list."""
    previews().warm()
    _, found, base = _list_of(name)
    old = request.args.get("old", "")
    if old not in found.phrases:
        abort(404)
    return render_template(
        "rules_phrase.html", list=found, on=base.id if base else "", old=old, new=old, errors=[]
    )


@page.post("/rules/phrase/<path:name>")
def change(name: str) -> Answer:
    document, found, base = _list_of(name)
    old, new = request.form.get("old", ""), one_line(request.form.get("new", "")).strip()
    amiss = _amiss(new) or ("This is the phrase as it is." if new == old else "")
    if not amiss:
        try:
            return _made(document, base, Change(where=found.where, old=old, new=new))
        except InputError as error:
            amiss = str(error)
    on = base.id if base else ""
    errors = [("new", amiss)]
    return render_template("rules_phrase.html", list=found, on=on, old=old, new=new, errors=errors), 422


@page.post("/rules/figures")
def figure() -> Answer:
    """A threshold, or the points of a list."""
    base = base_of(request.form.get("on", ""))
    body = base.body if base else saving.body_of(the_desk())
    document = document_of("topics.yaml", body)
    if isinstance(document, Mistake) or (base is None and not _can_be_edited(document)):
        return redirect(url_for("rules.show"), 303)
    found = all_figures(document).get(request.form.get("figure", "")) or abort(404)
    written = request.form.get("value", "").strip()
    if not written.removeprefix("-").isascii() or not written.removeprefix("-").isdigit() or len(written) > 4:
        amiss = "Write a whole number."
    elif int(written) == found.value:
        amiss = f"It is {found.value} already."
    else:
        try:
            return _made(document, base, Change(where=found.where, value=int(written)))
        except InputError as error:
            amiss = str(error)
    return render_template(
        "rules_figure.html",
        figure=found,
        value=written,
        on=base.id if base else "",
        errors=[("value", amiss)],
    ), 422


@page.get("/rules/figure/<path:name>")
def one_figure(name: str) -> Answer:
    base = base_of(request.args.get("on", ""))
    document = document_of("topics.yaml", base.body if base else saving.body_of(the_desk()))
    if isinstance(document, Mistake):
        abort(404)
    found = all_figures(document).get(name) or abort(404)
    return render_template(
        "rules_figure.html", figure=found, value=str(found.value), on=base.id if base else "", errors=[]
    )


def _amiss(phrase: str) -> str:
    if not phrase:
        return "Write a phrase: a word, or some words as a paper prints them."
    if len(phrase) > LONGEST_PHRASE:
        return (
            f"A phrase of more than {LONGEST_PHRASE} characters will not stand in a story: write fewer words."
        )
    return (wrong(phrase) or "").replace("`", "")


def _drafted(
    document: Document, found: PhraseList, base: Draft | None, change: Change, field: str, phrase: str
) -> Answer:
    try:
        return _made(document, base, change)
    except InputError as error:
        filled = dict(request.form)
        return _list_page(document, found, base, phrase=phrase, errors=[(field, str(error))], filled=filled)


def _made(document: Document, base: Draft | None, change: Change) -> Answer:
    desk = the_desk()
    body = saving.body_with(document.body, changed(document, change))
    first = base.base if base else document.body
    changes = (*(base.changes if base else ()), change)
    if base and not base.changes:
        changes = ()  # of a text that was edited whole, the forms know a part only
    draft = keep(desk.home, first, body, desk.clock(), who(), changes)
    return redirect(url_for("rules.draft", id=draft.id), 303)


def _phrase(given: str) -> str:
    return one_line(given)[:LONGEST_PHRASE]
