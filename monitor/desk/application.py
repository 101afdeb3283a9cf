"""The desk as a WSGI application: its pages, what guards them, and what is said when something is wrong."""

from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined

from monitor.app.desk.opened import OpenDesk
from monitor.desk import pages, say
from monitor.desk.safety import forms, headers, hosts, trouble

A_WORKING_DAY = timedelta(hours=12)  # how long a form that was left open can still be sent
LARGEST_FORM = (
    4_000_000  # bytes: a topics.yaml is 0.2 MB, an edited draft with pictures is learned from the shell
)
MOST_FIELDS = 2_000


def application(desk: OpenDesk, key: bytes, names: tuple[str, ...] = hosts.LOOPBACK) -> Flask:
    """`key` signs the sessions; `names` are the hosts by which the desk may be asked for."""
    app = Flask("monitor.desk")
    app.config.update(
        SECRET_KEY=key,
        TRUSTED_HOSTS=list(names),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        PERMANENT_SESSION_LIFETIME=A_WORKING_DAY,
        SESSION_COOKIE_NAME=hosts.cookie_of(desk.data),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=int(A_WORKING_DAY.total_seconds()),
    )
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.extensions["desk"] = desk
    say.teach(app)
    forms.guard(app)
    headers.put_on(app)
    trouble.explain(app)
    pages.register(app)
    return app
