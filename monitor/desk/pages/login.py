"""Logging in and out, where the desk has a password."""

import math
import time
from collections.abc import Callable

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from monitor.desk.safety.attempts import Attempts
from monitor.desk.safety.gate import form_of_login, kept
from monitor.desk.safety.password import LONGEST
from monitor.desk.safety.returning import own_path
from monitor.desk.safety.sessions import begin, end, guarded, is_in
from monitor.desk.say import Answer

page = Blueprint("login", __name__)

AGAIN = (
    "You are logged in again. Nothing was changed yet: what you had sent is below; send it again, or copy it."
)
WRONG = "That is not the desk’s password."
TOO_LONG = f"A password has at most {LONGEST:,} bytes."
BUSY = "Others are logging in just now. Try again in a moment."


@page.get("/login")
def show() -> Answer:
    then = own_path(request.args.get("then"))
    if is_in() or guarded().password.hash() is None:
        return _going_on(then)
    return render_template("login.html", then=then, kept=[], why="", error="")


@page.post("/login")
def enter() -> Answer:
    held, then = guarded().password.hash(), own_path(request.form.get("then"))
    if held is None:
        return _going_on(then)
    refused = _refused(request.form.get("password", ""))
    if refused:
        return refused
    begin(held)
    if fields := kept():
        action = request.script_root + then
        return render_template("again.html", fields=fields, why=AGAIN, action=action, is_error=False)
    return _going_on(then)


@page.post("/logout")
def leave() -> Answer:
    end()
    flash("You are logged out.")
    return redirect(url_for("login.show"), 303)


def _going_on(then: str) -> Response:
    return redirect(request.script_root + then, 303)


def _refused(typed: str) -> Response | None:
    """What is said to an attempt that fails, or must wait; None: it is right."""
    attempts, clock = _attempts()
    address = request.remote_addr or ""
    if seconds := math.ceil(attempts.wait(address, clock())):
        words = "1 second" if seconds == 1 else f"{seconds} seconds"
        return _said(f"There were several wrong passwords. Wait {words}, then try again.", 429, seconds)
    if len(typed.encode("utf-8", "replace")) > LONGEST:
        return _said(TOO_LONG, 422)
    right = guarded().password.is_right(typed)
    if right is None:
        return _said(BUSY, 429, 2)
    if not right:
        current_app.logger.warning("a wrong password for the desk from %s", address)
        return _said(WRONG, 422)
    attempts.right(address)
    return None


def _attempts() -> tuple[Attempts, Callable[[], float]]:
    return current_app.extensions["desk.attempts"], current_app.extensions.get("desk.ticks", time.monotonic)


def _said(error: str, code: int, seconds: int = 0) -> Response:
    answer = make_response(form_of_login(error), code)
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer
