"""The desk's password, as a hash: in the environment, or beside the archive, where `monitor desk --new-password` writes
it. The environment goes before.

A password as such is not taken from the environment, where every process of the user reads it. Where it stands there all
the same, the desk does not start: it would be open while its operator believes that it is not.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from monitor.app.locks import writable
from monitor.app.secrets import DESK_HASH, DESK_PASSWORD, Unread, read_secret, secret
from monitor.errors import InputError
from monitor.paths import exists

FILE = "desk.password"
HOW = "`monitor desk --new-password` asks for it and keeps its hash"


def in_environment(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the environment says the password, so that what stands beside the archive does not."""
    environment = os.environ if environment is None else environment
    return any(environment.get(name, "").strip() for name in (DESK_HASH, f"{DESK_HASH}_FILE"))


def password_hash(
    data: Path,
    is_hash: Callable[[str], bool],
    environment: Mapping[str, str] | None = None,
    panel: str = "",
) -> str | None:
    """As it is now; None where there is none. Of one of several panels it is the one beside its own documents, and none
    of the environment: that would open every panel. Raises InputError where what should hold it does not."""
    environment = os.environ if environment is None else environment
    if panel:
        return _own(data, is_hash, environment)
    if any(environment.get(name, "").strip() for name in (DESK_PASSWORD, f"{DESK_PASSWORD}_FILE")):
        raise InputError(f"{DESK_PASSWORD} is set, and the desk takes no password as such from there: {HOW}.")
    found, where = secret(DESK_HASH, environment), DESK_HASH
    if found is None and in_environment(environment):
        raise InputError(
            f"{DESK_HASH}_FILE names a file that is empty: {HOW} in {data / FILE}, to copy from there."
        )
    if found is None:
        found, where = _beside(data), str(data / FILE)
    if found is not None and not is_hash(found):
        raise InputError(f"{where} holds no hash of a password as the desk makes it: {HOW} in {data / FILE}.")
    return found


def _own(home: Path, is_hash: Callable[[str], bool], environment: Mapping[str, str]) -> str | None:
    if exists(old := home.parent.parent / FILE):
        raise InputError(
            f"{old} is of before there were several panels, and opens no desk now: move it into {home.parent / 'NAME'} of "
            "its panel, or delete it."
        )
    if any(environment.get(name, "").strip() for name in (DESK_HASH, f"{DESK_HASH}_FILE", DESK_PASSWORD)):
        raise InputError(
            f"{DESK_HASH} or {DESK_PASSWORD} is set, and would open the desk of every panel: unset it, and give each its "
            "own with `monitor --panel NAME desk --new-password`."
        )
    found = _beside(home)
    if found is not None and not is_hash(found):
        raise InputError(
            f"{home / FILE} holds no hash of a password as the desk makes it: `monitor --panel NAME desk "
            "--new-password` asks for it and keeps its hash."
        )
    return found


def _beside(data: Path) -> str | None:
    file = data / FILE
    if not exists(file):
        return None
    held = read_secret(str(file))
    if isinstance(held, Unread):
        raise InputError(f"The desk’s password is in {file}, which cannot be read: {held.why}.")
    return held.strip()


def keep_hash(data: Path, made: str) -> Path:
    """Raises OutputError where it cannot be kept."""
    file = data / FILE
    with writable(data):
        data.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(f"{made}\n")
        os.replace(temporary, file)
    return file
