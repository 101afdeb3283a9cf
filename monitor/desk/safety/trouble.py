"""What is said when something is wrong. One place turns what was raised into a page: what a person can mend in its own
words, a bug as what it is, and a form that could not be taken with everything that stood in it."""

import logging

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug import Response
from werkzeug.exceptions import HTTPException, SecurityError

from monitor.desk.safety.front import STRANGE
from monitor.desk.safety.gate import ENTER, form_of_login, sent
from monitor.desk.say import Answer
from monitor.errors import Busy, ConfigError, MonitorError

log = logging.getLogger("monitor.desk")

# What happened, and what to do.
SAID = {
    400: (
        "This could not be read",
        "The address or the form is not one of the desk’s. Go back and try again.",
    ),
    403: (
        "This was sent from elsewhere",
        "Nothing was changed: the form did not come from a page of this desk. Open the desk by its own address and try "
        "again.",
    ),
    404: ("There is no such page", "The address may be mistyped, or what it showed is not stored any more."),
    405: ("This address takes no such request", "Go back and use the button or the link."),
    413: (
        "The form is too large",
        "Nothing was changed. A form may have 4 MB and 5,000 fields, a list of feeds 2 MB, Word files"
        " 20 MB together: send less at once.",
    ),
    415: (
        "This is no form",
        "Nothing was changed. The desk takes what its own forms send, and nothing else.",
    ),
}
OLD_FORM = (
    "This page was open for so long, or in so many windows, that the desk no longer knew it. Nothing was changed. "
    "What you wrote is below: send it again, or copy it."
)
NO_COOKIE = (
    "Your browser brought no cookie of the desk’s along, and without one nobody can log in. Allow cookies for this "
    "address."
)
ONLY_HTTPS = " The desk’s go by https alone: open it by an address that begins with https://."
OLD_LOGIN = "This page was open for a long time. Type the password again."


def explain(app: Flask) -> None:
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(MonitorError, _mendable)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _bug)


def _old_form(_error: CSRFError) -> Answer:
    """The form comes back filled, with a token that is good; a password does not."""
    if request.endpoint == ENTER:
        came = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
        return form_of_login(OLD_LOGIN if came else _no_cookie()), 400
    action = request.script_root + request.path
    return render_template("again.html", fields=sent(), why=OLD_FORM, action=action, is_error=True), 400


def _no_cookie() -> str:
    return NO_COOKIE + (ONLY_HTTPS if current_app.config["SESSION_COOKIE_SECURE"] else "")


def _strange_host(_error: SecurityError) -> Answer:
    """What `front` lets through and werkzeug does not. No address of a page can be made for it."""
    return Response(STRANGE, mimetype="text/plain"), 400


def _mendable(error: MonitorError) -> Answer:
    if isinstance(error, ConfigError):
        return render_template("mistakes.html", mistakes=error.mistakes), 503
    code = 409 if isinstance(error, Busy) else 503
    return render_template("trouble.html", title="This cannot be done now", says=str(error)), code


def _refused(error: HTTPException) -> Answer:
    if error.code and error.code < 400:
        return error.get_response(), error.code
    title, says = SAID.get(error.code or 500, ("Something is wrong", error.description or ""))
    return render_template("trouble.html", title=title, says=says), error.code or 500


def _bug(error: Exception) -> Answer:
    log.error("a page failed: %s", request.endpoint, exc_info=error)
    says = f"This is a bug in the monitor ({type(error).__name__}). Its log has the details; nothing else is affected."
    return render_template("trouble.html", title="The desk made a mistake", says=says), 500
