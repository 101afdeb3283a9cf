"""A change of the rules that is not saved yet: what it would do, saved, ticked right or wrong. And what was saved: every
version, what it changed, and its way back."""

import difflib

from flask import abort, redirect, render_template, request, url_for

from monitor.app.desk.rules import labels, saving
from monitor.app.desk.rules.drafts import Draft, digest_of, of_id
from monitor.app.desk.rules.lists import PhraseList, all_lists
from monitor.app.desk.rules.looks import Failed, Look, Running
from monitor.app.desk.rules.saving import Conflict, Version, Wrong
from monitor.config.yamlfile import Document, document_of
from monitor.desk.pages.rules import page, previews
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, tell, the_desk
from monitor.errors import InputError, MonitorError
from monitor.judging.preview.difference import said_of
from monitor.model import Choice
from monitor.pipeline.preview.beforehand import WEEKS

LONGEST_DIFF = 2_000  # lines
SHOWN = 100  # stories of each kind on a page


@page.get("/rules/drafts/<id>")
def draft(id: str) -> Answer:
    return _shown(_known(id))


def _known(id: str) -> Draft:
    return of_id(the_desk().home, id) or abort(404)


def _weeks() -> str:
    asked = request.values.get("weeks", "4")
    return asked if asked in WEEKS else "4"


def _shown(draft: Draft, conflict: Conflict | None = None) -> Answer:
    desk, weeks = the_desk(), _weeks()
    wrong = saving.mistakes_of(desk, draft)
    look = None if wrong else previews().of(draft, WEEKS[weeks])
    everything = request.args.get("stories") == "all"
    return render_template(
        "rules_draft.html",
        draft=draft,
        weeks=weeks,
        wrong=wrong,
        look=look if isinstance(look, Look) else None,
        running=look if isinstance(look, Running) else look.running if isinstance(look, Look) else None,
        failed=look.says if isinstance(look, Failed) else "",
        said=list(said_of(look.found.phrases)) if isinstance(look, Look) else [],
        ticked=labels.ticked(desk.home),
        most=None if everything else SHOWN,
        diff=_diff(draft.base, draft.body),
        is_current=saving.body_of(desk) == draft.base,
        is_saved=saving.body_of(desk) == draft.body,
        conflict=conflict,
        again=_lists_of(draft),
    ), 409 if conflict else 200


def _lists_of(draft: Draft) -> list[PhraseList]:
    """Those that its changes are in."""
    document = document_of("topics.yaml", draft.body)
    places = {change.where for change in draft.changes}
    lists = all_lists(document).values() if isinstance(document, Document) and places else ()
    return [one for one in lists if one.where in places]


def _diff(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """What was taken out and what came, by line, with what stands beside it."""
    old, new = (body.decode("utf-8", "replace").splitlines() for body in (before, after))
    lines = list(difflib.unified_diff(old, new, "before", "after", n=1, lineterm=""))[2:LONGEST_DIFF]
    words = {"+": "added", "-": "removed", "@": "place"}
    return [(words.get(line[:1], "same"), line if line[:1] == "@" else line[1:]) for line in lines]


@page.post("/rules/drafts/<id>/save")
def save(id: str) -> Answer:
    draft, desk = _known(id), the_desk()
    look = previews().known(draft)
    done = saving.save(
        desk,
        draft,
        request.form.get("previewed", ""),
        who=who(),
        gained=len(look.gained) if look and not look.is_first else None,
        lost=len(look.lost) if look and not look.is_first else None,
        weeks=look.weeks if look else None,
    )
    if isinstance(done, Conflict):
        return _shown(draft, done)
    if isinstance(done, Wrong):
        tell("Nothing was saved: mend what is named below first.")
        return redirect(url_for("rules.draft", id=id), 303)
    tell(
        f"Saved: {'; '.join(done.says[:3])}. The old file is kept beside it as {done.copy}. It counts from the next draft "
        "on; the present one stays as it is until it is made anew.",
        undo=url_for("rules.undo", number=done.number),
    )
    return redirect(url_for("rules.version", number=done.number), 303)


@page.post("/rules/drafts/<id>/again")
def again(id: str) -> Answer:
    """The draft's changes on the file as it is now."""
    draft = _known(id)
    try:
        made = saving.rebased(the_desk(), draft, who())
    except InputError as error:
        tell(f"It could not be put on the file as it is now: {error}")
        return redirect(url_for("rules.draft", id=id), 303)
    tell("This is your change on the file as it is now. Look at what it does, then save it.")
    return redirect(url_for("rules.draft", id=made.id), 303)


@page.post("/rules/drafts/<id>/fresh")
def fresh(id: str) -> Answer:
    """Stories that came since are taken along."""
    previews().anew()
    return redirect(url_for("rules.draft", id=_known(id).id, weeks=_weeks()), 303)


@page.post("/rules/drafts/<id>/tick/<article>")
def tick(id: str, article: str) -> Answer:
    """Says whether a story is wanted, or takes that back: `wanted` is yes, no, or nothing."""
    draft, desk = _known(id), the_desk()
    said = {"yes": Choice.INCLUDE, "no": Choice.EXCLUDE, "": None}.get(
        request.values.get("wanted", ""), Choice.BORDERLINE
    )
    if said is Choice.BORDERLINE:
        abort(400)
    was = labels.ticked(desk.home).get(article)
    story = request.values.get("story", "")[:200] or article
    found = labels.tick(desk, article, said, story, "; ".join(draft.says)[:300]) or abort(404)
    previews().ticked(draft)
    done = {None: "Tick taken back", Choice.INCLUDE: "Ticked as wanted"}.get(said, "Ticked as not wanted")
    back = {Choice.INCLUDE: "yes", Choice.EXCLUDE: "no"}.get(was, "") if was else ""
    undo = url_for("rules.tick", id=id, article=article, weeks=_weeks(), wanted=back)
    tell(f"{done}: “{found.title}”.", undo=undo)
    return redirect(url_for("rules.draft", id=id, weeks=_weeks(), _anchor=f"story-{article}"), 303)


# ── what was saved ──────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/rules/versions")
def versions() -> Answer:
    return render_template("rules_versions.html", versions=saving.versions(the_desk().home))


def _version(number: int) -> Version:
    return saving.version_of(the_desk().home, number) or abort(404)


@page.get("/rules/versions/<int:number>")
def version(number: int) -> Answer:
    desk, found = the_desk(), _version(number)
    before, after = saving.texts_of(desk.home, found)
    return render_template(
        "rules_version.html",
        saved=found,
        diff=_diff(before, after),
        is_current=digest_of(saving.body_of(desk)) == found.after,
    )


@page.post("/rules/versions/<int:number>/undo")
def undo(number: int) -> Answer:
    """What stood before, where nothing was changed since; else as a draft that is to be looked at."""
    desk, found = the_desk(), _version(number)
    try:
        done = saving.undone(desk, found, who())
    except MonitorError as error:
        tell(str(error))
        return redirect(url_for("rules.version", number=number), 303)
    if isinstance(done, Version):
        tell(f"Taken back: version {number}.", undo=url_for("rules.undo", number=done.number))
        return redirect(url_for("rules.version", number=done.number), 303)
    if isinstance(done, Wrong):
        tell(f"It was not taken back: {done.mistakes[0]}")
        return redirect(url_for("rules.version", number=number), 303)
    draft = saving.restored(desk, found, who(), before=True)
    tell("The file was changed since, so nothing was taken back. This is what the old text would change now.")
    return redirect(url_for("rules.draft", id=draft.id), 303)


@page.post("/rules/versions/<int:number>/restore")
def restore(number: int) -> Answer:
    """A draft that makes the file what it was then: to be looked at, and saved as any."""
    desk, found = the_desk(), _version(number)
    draft = saving.restored(desk, found, who(), before=request.form.get("which") == "before")
    if draft.base == draft.body:
        tell("The file says just that already.")
        return redirect(url_for("rules.version", number=number), 303)
    tell("This would bring the old text back. Look at what it does, then save it.")
    return redirect(url_for("rules.draft", id=draft.id), 303)
