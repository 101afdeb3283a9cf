"""Which processes live, read from /proc. A dead one that nobody has buried yet does not live."""

import os
from pathlib import Path


def _living(number_of_field: int, value: int) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        if fields[0] not in "ZX" and int(fields[number_of_field]) == value:
            found.append(f"{folder.name} {command}")
    return found


def living_children() -> list[str]:
    """The processes that this one has started."""
    return _living(1, os.getpid())


def living_in_session(session: int) -> list[str]:
    return _living(3, session)
