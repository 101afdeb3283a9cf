"""A token in every form that changes something: what another site sends in a person's name has none (Flask-WTF).

It is bound to the session, which is begun at the first page and anew at logging in and out, and to nothing else: a form
in an older window can be sent all day. Only a form's field carries it. Flask-WTF's own check of the Referer is turned
off: it knows no public address, and locks out browsers that send none; `origins.py` is in its place.
"""

from flask import Flask
from flask_wtf.csrf import CSRFProtect


def guard(app: Flask) -> None:
    """Every POST is looked at; there is no exemption."""
    app.config.update(WTF_CSRF_SSL_STRICT=False, WTF_CSRF_HEADERS=[])
    CSRFProtect(app)
