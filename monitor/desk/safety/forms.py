"""A token in every form that changes something: what another site sends in a person's name has none (Flask-WTF)."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect


def guard(app: Flask) -> None:
    """Every POST is looked at; there is no exemption."""
    CSRFProtect(app)
