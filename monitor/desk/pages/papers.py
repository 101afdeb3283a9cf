"""The documents: made, downloaded, handed in again when they were edited, and issued to the panel."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from monitor.app.desk.report import review
from monitor.app.desk.report.handing_in import Doubted, HandedIn, hand_in
from monitor.desk.safety.bodies import LARGEST_DOCUMENTS, takes_a_file
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, tell, the_desk
from monitor.model.review import Done, Refused

page = Blueprint("papers", __name__)

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "xml": "application/atom+xml",
}


@page.get("/documents")
def show() -> Answer:
    return _documents()


def _documents(error: str = "", meant: str = "") -> str:
    desk = the_desk()
    return render_template(
        "documents.html",
        review=review.review(desk),
        documents=review.documents(desk),
        error=error,
        meant=meant,
    )


@page.post("/documents")
def make() -> Answer:
    """It takes seconds, and is the ordinary draft: with all that was decided."""
    came = review.make_document(the_desk())
    if isinstance(came, Refused):
        return render_template("trouble.html", title="No document was made", says=came.words), 409
    tell(f"Draft {came.number} is made. Its documents are below.")
    return redirect(url_for("papers.show"), 303)


@page.get("/documents/<name>")
def document(name: str) -> Answer:
    """To be kept, never shown: a page of the report is not a page of the desk."""
    known = next((one for one in review.documents(the_desk()) if one.name == name), None)
    content = review.document(the_desk(), name) if known else None
    if known is None or content is None:
        abort(404)
    answer = Response(content, content_type=TYPES.get(known.ending, "application/octet-stream"))
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


# ── handed in ───────────────────────────────────────────────────────────────────────────────────────────────────


@page.post("/documents/handed-in")
@takes_a_file(LARGEST_DOCUMENTS)
def learn() -> Answer:
    """Edited drafts and ticked notes, learned as the command learns them. What a file is called is only said."""
    files = [(one.filename, one.read()) for one in request.files.getlist("file") if one.filename]
    meant = request.form.get("meant", "")
    came = hand_in(the_desk(), files, meant=frozenset(meant.split(",")), by=who())
    if isinstance(came, HandedIn):
        ids = ",".join(map(str, came.rows))
        tell(came.words, url_for("acts.undo", ids=ids) if ids else "")
        return redirect(url_for("edition.show"), 303)
    if isinstance(came, Doubted):
        return _documents(came.words, ",".join(came.digests)), 422
    return _documents(came.words), 422


# ── issued ──────────────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/issue")
def ask() -> Answer:
    return render_template("issue.html", review=review.review(the_desk()), why="")


@page.post("/issue/<int:number>")
def issue(number: int) -> Answer:
    return _issued(review.issue(the_desk(), number, by=who()), url_for("papers.unissue", number=number))


@page.post("/unissue/<int:number>")
def unissue(number: int) -> Answer:
    return _issued(review.unissue(the_desk(), number, by=who()), "")


def _issued(came: Done | Refused, undo: str) -> Answer:
    if isinstance(came, Refused):
        return render_template("issue.html", review=review.review(the_desk()), why=came.words), 409
    tell(came.words, undo)
    return redirect(url_for("edition.show"), 303)
