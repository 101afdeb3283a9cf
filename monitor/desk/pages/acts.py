"""What a person does to a story by a button: one at a time, or all that are ticked, and taken back again.

Every act sets a state by the one function of `app/desk/review.py`, leads back to where its button stood, says what was
done and offers to undo it. One that was made from an older page is answered by what changed meanwhile (409).
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from monitor.app.desk.report import review
from monitor.desk.back import back_from_here, lead_back
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, tell, the_desk
from monitor.model import acts
from monitor.model.review import Conflict, Done, Refused
from monitor.reporting.wording import say_count

page = Blueprint("acts", __name__)

BY_NAME: dict[str, Callable[..., acts.Act]] = {
    "take": acts.Take,
    "drop": acts.Drop,
    "later": acts.Later,
    "dismiss": acts.Dismiss,
    "restore": acts.Restore,
}
OF_ALL = {
    "take": "taken in",
    "drop": "dropped",
    "later": "put off",
    "dismiss": "dismissed",
    "restore": "taken back",
}
SAID_OF_ONE = {
    "take": "Take it in",
    "drop": "Drop it",
    "later": "Put it off",
    "dismiss": "Dismiss it",
    "restore": "Take it back",
}
LONGEST_UNDO = 1_500  # characters of an address: what is said is kept in a cookie of four kilobytes


@page.post("/story/<id>/<any(take, drop, later, dismiss, restore):what>")
def simply(id: str, what: str) -> Answer:
    return answered(BY_NAME[what](story=id), "Do it all the same")


@page.post("/story/<id>/move")
def move(id: str) -> Answer:
    """By the number field, or by a button that names a place of its own."""
    wanted = request.form.get("to") or request.form.get("place", "")
    if not (wanted.isascii() and wanted.isdigit() and int(wanted[:6]) > 0):
        return _refused(Refused(words=f"A place is a whole number from 1; this was “{wanted[:40]}”."), 422)
    return answered(acts.Move(story=id, place=int(wanted[:6])), "Move it all the same")


@page.post("/story/<id>/merge")
def merge(id: str) -> Answer:
    into = request.form.get("into", "")
    if not into:
        return _refused(Refused(words="Choose the story that it becomes part of, then press Merge."), 422)
    return answered(acts.Merge(story=id, into=into), "Merge them all the same")


@page.post("/story/<id>/<any(split, unlink):what>")
def of_link(id: str, what: str) -> Answer:
    deed = acts.Split if what == "split" else acts.Unlink
    return answered(deed(story=id, article=request.form.get("article", "")), "Do it all the same")


@page.post("/<any(check, uncheck):what>")
def look_at(what: str) -> Answer:
    deed = acts.Check if what == "check" else acts.Uncheck
    return answered(deed(warning=request.form.get("warning", "")), "Do it all the same")


def answered(deed: acts.Act, insist: str) -> Answer:
    """Done and led back; or what changed meanwhile, with a button to do it all the same; or why it cannot be."""
    came = review.act(the_desk(), deed, by=who(), seen=request.form.get("seen") or None)
    if isinstance(came, Done):
        said(came)
        return lead_back(came.story, came.next or came.story)
    if isinstance(came, Conflict):
        return conflict(came, insist)
    return _refused(came, 404 if came.is_unknown else 409)


def said(came: Done) -> None:
    """In the banner of the next page, with the button that takes it back."""
    undo = url_for("acts.undo", ids=str(came.undo), **_around()) if came.undo is not None else ""
    tell(came.words, undo)


def conflict(came: Conflict, insist: str) -> Answer:
    """Nothing was kept. The very form comes back, made from what holds now."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in UNSENT]
    shown = {"conflict": came, "fields": fields, "insist": insist, "around": _around()}
    return render_template("conflict.html", **shown), 409


UNSENT = {"csrf_token", "seen"}


def _refused(came: Refused, code: int) -> Answer:
    return render_template("trouble.html", title="This was not done", says=came.words), code


def _around() -> dict[str, Any]:
    return back_from_here()


# ── all that are ticked ─────────────────────────────────────────────────────────────────────────────────────────


@page.post("/all/<any(take, drop, later, dismiss, restore):what>")
def of_all(what: str) -> Answer:
    """Each by itself, as by its own button; what cannot be done is told, and the rest is done. Of those that changed since
    the page was made it is shown what changed (409), and asked again."""
    ticked = list(dict.fromkeys(request.form.getlist("story")))
    if not ticked:
        tell("Nothing was ticked, so nothing was done. Tick the stories first.")
        return lead_back()
    done, told, conflicts = list[Done](), list[str](), list[Conflict]()
    for each in ticked:
        story, _, seen = each.partition(" ")
        came = review.act(the_desk(), BY_NAME[what](story=story), by=who(), seen=seen or None)
        if isinstance(came, Done):
            done.append(came)
        elif isinstance(came, Conflict):
            conflicts.append(came)
        else:
            told.append(came.words)
    if done or told:
        _all_said(what, done, told)
    if conflicts:
        shown = {"conflicts": conflicts, "around": _around(), "insist": f"{SAID_OF_ONE[what]} all the same"}
        return render_template("conflicts.html", **shown), 409
    return lead_back("", next((one.next for one in reversed(done)), ""))


def _all_said(what: str, done: list[Done], told: list[str]) -> None:
    ids = ",".join(str(one.undo) for one in done if one.undo is not None)
    address = url_for("acts.undo", ids=ids, **_around()) if ids else ""
    words = f"{say_count(len(done), 'story', 'stories').capitalize()} {OF_ALL[what]}."
    if len(address) > LONGEST_UNDO:
        address, words = "", f"{words} History takes them back."
    if told:
        others = f" And {len(told) - 3} more." if len(told) > 3 else ""
        words += f" {len(told)} could not be: {' '.join(dict.fromkeys(told[:3]))}{others}"
    tell(words, address)


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────


@page.post("/undo/<ids>")
def undo(ids: str) -> Answer:
    return _back(ids, review.undo, "redo")


@page.post("/redo/<ids>")
def redo(ids: str) -> Answer:
    return _back(ids, review.redo, "undo")


def _back(ids: str, way: Callable[..., Done | Refused], other: str) -> Answer:
    """The last first, so that each finds what it left."""
    if not all(one.isascii() and one.isdigit() and len(one) < 12 for one in ids.split(",")):
        abort(404)
    came = [way(the_desk(), int(one), by=who()) for one in reversed(ids.split(","))]
    done = [one for one in came if isinstance(one, Done)]
    words = [one.words for one in came]
    if not done:
        code = 404 if all(isinstance(one, Refused) and one.is_unknown for one in came) else 409
        return render_template("trouble.html", title="This was not done", says="\n".join(words)), code
    again = ",".join(str(one.undo) for one in reversed(done) if one.undo is not None)
    address = url_for(f"acts.{other}", ids=again, **_around()) if again else ""
    text = words[0] if len(words) == 1 else f"{len(done)} acts of {len(words)} {_WAYS[other]}."
    tell(text, address)
    return _back_to(done[0])


_WAYS = {"redo": "taken back", "undo": "put again"}


def _back_to(one: Done) -> Response:
    if request.args.get("at") == "history":
        return redirect(url_for("history.show"), 303)
    return lead_back(one.story, one.story)
