"""Nobody who is not in sees a page or does anything. What they asked for, or had written, is kept through the log-in."""

from urllib.parse import quote

from flask import Flask, redirect, render_template, request, url_for

from monitor.desk.safety.front import USER
from monitor.desk.safety.origins import SAFE
from monitor.desk.safety.returning import own_path
from monitor.desk.safety.sessions import guarded, is_in
from monitor.desk.say import Answer
from monitor.errors import MonitorError

ENTER = "login.enter"
OPEN = ("static", "login.show", ENTER)
KEPT = "kept."  # before the name of a field that was sent by somebody who was not in
OUT = "You were logged out meanwhile."
NAMED_NOBODY = (
    "The web server before the desk named nobody, or named them so that two people might be meant. Open the desk by its "
    "own address; if that is what you did, tell whoever runs that server."
)


def guard(app: Flask) -> None:
    @app.before_request
    def gate() -> Answer | None:
        if request.endpoint in OPEN or is_in():
            return None
        if guarded().password.hash() is None:
            return render_template("trouble.html", title="Nobody is logged in", says=NAMED_NOBODY), 403
        if request.method in SAFE:
            return redirect(url_for("login.show", then=asked_for()), 303)
        return render_template("login.html", then=quote(request.path), kept=sent(), why=OUT, error=""), 401

    @app.context_processor
    def around() -> dict[str, object]:
        name, outside = request.environ[USER], _is_outside()
        has_password = guarded().password.is_asked
        return {"outside": outside, "person": name, "can_leave": has_password and not name and not outside}


def _is_outside() -> bool:
    try:
        return not is_in()
    except MonitorError:  # which this page is about
        return True


def asked_for() -> str:
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{query}" if query else "")


def sent() -> list[tuple[str, str]]:
    """A form's fields, but what is of us and what nobody may read again."""
    return [pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "password")]


def kept() -> list[tuple[str, str]]:
    """The fields of a form that was sent by somebody who was not in, as the log-in's form holds them."""
    names = [(name, value) for name, value in request.form.items(multi=True) if name.startswith(KEPT)]
    return [(name.removeprefix(KEPT), value) for name, value in names]


def form_of_login(error: str = "") -> str:
    """The form once more, with where it leads and what it keeps."""
    then = own_path(request.form.get("then"))
    return render_template("login.html", then=then, kept=kept(), why="", error=error)
