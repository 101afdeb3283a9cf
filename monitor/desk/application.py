"""The desk as a WSGI application: its pages, what guards them, and what is said when something is wrong."""

import time
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined

from monitor.app.desk.entry.ended import Ended
from monitor.app.desk.opened import OpenDesk
from monitor.desk import pages, say
from monitor.desk.compiled import Compiled
from monitor.desk.safety import bodies, forms, gate, headers, hosts, origins, sessions, trouble
from monitor.desk.safety.attempts import Attempts
from monitor.desk.safety.front import Front
from monitor.desk.safety.password import Password
from monitor.desk.safety.standing import AT_HOME, Standing
from monitor.errors import InputError

A_WORKING_DAY = timedelta(hours=12)  # how long a form that was left open can still be sent
COOKIE_LASTS = timedelta(
    days=31
)  # since it was written last; how long one is logged in is in the session itself


def application(
    desk: OpenDesk,
    key: bytes,
    stands: Standing = AT_HOME,
    password: Password | None = None,
    ticks: Callable[[], float] = time.monotonic,
    *,
    is_one_of_many: bool = False,
) -> Flask:
    """`key` signs the sessions; `password` None: whoever reaches the desk is in. `ticks` are the seconds by which log-in
    attempts are slowed. `is_one_of_many`: the prefix is its panel's name, which is never taken off on the way (`chooser.py`).
    Raises InputError where the prefix is the address of a page."""
    app = Flask("monitor.desk")
    app.config.update(
        SECRET_KEY=key,
        PERMANENT_SESSION_LIFETIME=COOKIE_LASTS,
        SESSION_COOKIE_NAME=hosts.cookie_of(desk.home),
        SESSION_COOKIE_PATH=stands.prefix or "/",
        SESSION_COOKIE_SECURE=stands.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=int(max(A_WORKING_DAY, timedelta(hours=stands.hours)).total_seconds()),
    )
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": Compiled(),
    }
    app.extensions["desk"] = desk
    app.extensions["desk.attempts"], app.extensions["desk.ticks"] = Attempts(), ticks
    app.extensions["desk.guarded"] = sessions.Guarded(
        stands, password or Password(lambda: None), Ended(desk.home)
    )
    say.teach(app)
    for guard in (bodies.guard, origins.guard, gate.guard, forms.guard):  # in this order
        guard(app)
    headers.put_on(app)
    trouble.explain(app)
    pages.register(app)
    app.config["PANELS"] = f"{stands.prefix.rpartition('/')[0]}/" if is_one_of_many else ""
    if not is_one_of_many:
        _prefix_is_no_page(app, stands.prefix)
    app.wsgi_app = Front(app.wsgi_app, stands)  # type: ignore[method-assign]
    return app


def _prefix_is_no_page(app: Flask, prefix: str) -> None:
    """Else `/search` would be a page where the proxy takes the prefix off, and the first page where it does not."""
    if prefix and any(f"{rule.rule}/".startswith(f"{prefix}/") for rule in app.url_map.iter_rules()):
        raise InputError(
            f"desk.public_address in panel.yaml ends in {prefix}, which is one of the desk’s own pages: have it end in "
            "another word, as in https://intranet.example/desk."
        )
