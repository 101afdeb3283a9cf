"""The feed list changed: added to, paused, resumed, edited, read in from another reader; and each of these taken back.

A form that is wrong, or that somebody else was quicker than, comes back with every word that was typed.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from flask import redirect, render_template, request, url_for

from monitor.app.desk.feeds.feed_edits import (
    MOST_OPML,
    FeedAnswer,
    FeedConflict,
    FeedDone,
    FeedWrong,
    add_feed,
    add_offered,
    edit_feed,
    offered,
    pause_feed,
    resume_feed,
    undo_feed_change,
)
from monitor.app.desk.feeds.listed import one_feed
from monitor.config.feeds_text import KEYS, WrittenFeed
from monitor.desk.pages.feeds import known, page
from monitor.desk.safety.bodies import LARGEST_FILE, takes_a_file
from monitor.desk.say import Answer, tell, the_desk

__all__ = ["page"]

LONGEST = 2_000  # signs of a field

# Value and label of each choice; "" leaves it to the list's `defaults`.
KINDS = (
    ("", "feed (RSS, Atom or JSON)"),
    ("sitemap", "sitemap"),
    ("listing", "listing: a page of links"),
)
ARTICLES = (("", "as the list’s defaults say"), ("page", "the article’s page"), ("feed", "the feed alone"))
EXCERPTS = (
    ("", "as the list’s defaults say"),
    ("lead", "the first paragraphs"),
    ("none", "nothing but the headline"),
    ("full", "the whole text"),
)
PUBLIC = (("", "as the list’s defaults say"), ("true", "yes"), ("false", "no"))
VERIFIED = (("", "yes"), ("false", "not yet"))
LABELS = {
    "name": "Name",
    "url": "Address",
    "area": "Area",
    "publisher": "Publisher",
    "kind": "Kind",
    "every": "Read every",
    "article": "The text is from",
    "excerpt": "The report may print",
    "public": "The public version may print it too",
    "verified": "The address was seen to answer",
    "status": "Read or paused",
    "reason": "Reason of the pause",
}


# ── add ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds/add")
def ask_what_to_add() -> Answer:
    return _form(WrittenFeed(**{key: request.args.get(key, "")[:LONGEST] for key in KEYS}))


@page.post("/feeds/add")
def add() -> Answer:
    new = _sent()
    answer = add_feed(the_desk(), new)
    return _form(new, answer=answer) if isinstance(answer, FeedWrong) else _done(answer)


# ── one feed ────────────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds/<id>/edit")
def ask_what_to_change(id: str) -> Answer:
    before = known(id).written
    asked = {key: request.args[key][:LONGEST] for key in KEYS if key in request.args}
    return _form(replace(before, **asked), id=id, before=before)


@page.post("/feeds/<id>/edit")
def edit(id: str) -> Answer:
    new, before = _sent(), _sent("was-")
    return _answered(edit_feed(the_desk(), before, new), id, new, before)


@page.post("/feeds/<id>/pause")
def pause(id: str) -> Answer:
    reason = request.form.get("reason", "")[:LONGEST]
    found = one_feed(the_desk(), id)
    if found is None:  # deleted meanwhile, or given another address: the reason that was typed is shown
        gone = _sent("was-")
        yours = replace(gone, status="paused", reason=reason)
        return _conflict(id, FeedConflict(before=gone, theirs=None, yours=yours))
    now = found.written
    before = _paused_as_seen(now)
    answer = pause_feed(the_desk(), before, reason)
    return _answered(answer, id, replace(now, status="paused", reason=reason), before)


@page.post("/feeds/<id>/resume")
def resume(id: str) -> Answer:
    now = known(id).written
    before = _paused_as_seen(now)
    return _answered(resume_feed(the_desk(), before), id, replace(now, status="", reason=""), before)


def _paused_as_seen(now: WrittenFeed) -> WrittenFeed:
    """The feed as it is, but for its pause, which is as whoever pressed the button saw it."""
    form = request.form
    return replace(now, status=form.get("was-status", now.status), reason=form.get("was-reason", now.reason))


@page.post("/feeds/undo/<int:change>")
def undo(change: int) -> Answer:
    answer = undo_feed_change(the_desk(), change)
    if isinstance(answer, FeedWrong):
        tell(f"Nothing was taken back. {answer.errors[0][1]}")
        return redirect(url_for("feeds.show"), 303)
    return _done(answer)


# ── another reader's list ───────────────────────────────────────────────────────────────────────────────────────


@page.get("/feeds/import")
def ask_for_a_list() -> Answer:
    return render_template("feed_import.html", found=None, opml="", error="")


@page.post("/feeds/import")
@takes_a_file(LARGEST_FILE)
def show_a_list() -> Answer:
    """What it would add; nothing is added before it was ticked."""
    file, pasted = request.files.get("file"), request.form.get("opml", "")
    content = (file.read(MOST_OPML + 1) if file else b"") or pasted.encode("utf-8", "replace")
    if not content.strip():
        error = "Choose a file, or paste what stands in it."
    elif isinstance(found := offered(the_desk(), content), str):
        error = found
    elif not found:
        error = "There is no feed in this list."
    else:
        ticks = {one: json.dumps([one.name, one.url, one.area]) for one in found if not one.trouble}
        return render_template("feed_import.html", found=found, ticks=ticks, opml="", error="")
    return render_template("feed_import.html", found=None, opml=pasted, error=error), 422


@page.post("/feeds/import/add")
def add_the_ticked() -> Answer:
    answer = add_offered(the_desk(), list(_ticked()))
    if isinstance(answer, FeedDone):
        return _done(answer)
    tell(answer.errors[0][1])
    return redirect(url_for("feeds.ask_for_a_list"), 303)


def _ticked() -> Iterator[WrittenFeed]:
    """A feed a tick: a form has only so many fields. What is none of ours is left out."""
    for tick in request.form.getlist("add"):
        try:
            name, url, area = (str(said)[:LONGEST] for said in json.loads(tick))
        except (ValueError, TypeError, RecursionError):
            continue
        yield WrittenFeed(name=name, url=url, area=area)


# ── what they share ─────────────────────────────────────────────────────────────────────────────────────────────


def _sent(before: str = "") -> WrittenFeed:
    form = request.form
    return WrittenFeed(**{key: form.get(before + key, "")[: LONGEST + 1].strip() for key in KEYS})


def _answered(answer: FeedAnswer, id: str, new: WrittenFeed, before: WrittenFeed) -> Answer:
    if isinstance(answer, FeedDone):
        return _done(answer)
    if isinstance(answer, FeedConflict):
        return _conflict(id, answer)
    return _form(new, id=id, before=before, answer=answer)


def _conflict(id: str, found: FeedConflict) -> Answer:
    return render_template("feed_conflict.html", id=id, found=found, labels=LABELS), 409


def _done(answer: FeedDone) -> Answer:
    undo = url_for("feeds.undo", change=answer.change) if answer.change else ""
    tell(answer.says, undo)
    return redirect(url_for("feeds.one", id=answer.id) if answer.id else url_for("feeds.show"), 303)


def _form(
    feed: WrittenFeed, *, id: str = "", before: WrittenFeed | None = None, answer: FeedWrong | None = None
) -> Answer:
    """The form of a feed, filled; `id` of the one that is changed."""
    publishers = sorted(
        {one.publisher.name for one in the_desk().config().feeds if one.publisher} | {feed.publisher} - {""}
    )
    errors = answer.errors if answer else ()
    shown = render_template(
        "feed_form.html",
        feed=feed,
        id=id,
        before=before,
        errors=[(name or "main", message) for name, message in errors],
        wrong=dict(reversed(errors)),
        choices={
            "kind": KINDS,
            "article": ARTICLES,
            "excerpt": EXCERPTS,
            "public": PUBLIC,
            "verified": VERIFIED,
            "publisher": [("", "none"), *((name, name) for name in publishers)],
        },
        areas=sorted({one.area for one in the_desk().config().feeds if one.area}),
        labels=LABELS,
    )
    return (shown, 422) if answer else shown
