"""The key by which the desk signs its sessions: made once, kept private beside the archive, the same after a restart, so
that a form that was open meanwhile can still be sent."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from monitor.app.locks import writable

FILE = "desk.key"
LENGTH = 32


def session_key(data: Path) -> bytes:
    """Raises OutputError where it cannot be kept."""
    file = data / FILE
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            held = file.read_bytes()
            if len(held) == LENGTH:
                return held
        made = secrets.token_bytes(LENGTH)
        temporary = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(made)
        os.replace(temporary, file)
    return made
