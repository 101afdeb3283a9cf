"""The seconds by which Flask's signatures are dated, turned by a test."""

import time
from datetime import timedelta

_real = time.time  # which `at_second` puts another in the place of


def at_second(monkeypatch, after: timedelta) -> None:
    """Signatures are made and read as if so long had passed since now, however long the test took to come here."""
    moment = _real() + after.total_seconds()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: moment)
