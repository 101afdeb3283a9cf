"""The seconds by which Flask's signatures are dated, turned by a test."""

import time
from datetime import timedelta

BEGAN = time.time()


def at_second(monkeypatch, after: timedelta) -> None:
    """Signatures are made and read as if so long had passed."""
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: BEGAN + after.total_seconds())
