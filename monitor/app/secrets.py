"""The secrets of the environment: read where they are needed, and known as such wherever something is shown.

A secret stands in a variable, or in a file that the variable with `_FILE` behind its name names, which goes before.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.errors import InputError
from monitor.striking import spellings, struck_out

PROXY = "MONITOR_PROXY"
PASSWORD = "MONITOR_SMTP_PASSWORD"
DESK_HASH = "MONITOR_DESK_PASSWORD_HASH"
DESK_PASSWORD = "MONITOR_DESK_PASSWORD"  # which is refused; and no log repeats it either
ADDRESS = "MONITOR_ARCHIVE"  # of the archive on a PostgreSQL server, with its password
PING = "MONITOR_PING_"  # and the job's name in capitals
LONGEST = 10_000  # bytes of a file that holds one


def secret(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """What the variable, or the file that it names, holds. Raises InputError where that file cannot be read."""
    environment = os.environ if environment is None else environment
    file = environment.get(f"{name}_FILE", "").strip()
    if not file:
        return environment.get(name, "").strip() or None
    held = read_secret(file)
    if isinstance(held, Unread):
        raise InputError(f"{name}_FILE names {file}, which cannot be read: {held.why}.")
    return held.strip() or None


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file's secret is not to be had; without a full stop."""

    why: str


def read_secret(file: str) -> str | Unread:
    """What a file holds. Only of a file, and a short one: a pipe is waited for, and a device has no end."""
    try:
        if not os.path.isfile(file):
            os.stat(file)  # which says what is wrong
            return Unread("it is no file")
        with open(file, "rb") as opened:
            held = opened.read(LONGEST + 1)
        return Unread("it is too long for a secret") if len(held) > LONGEST else held.decode("utf-8")
    except (OSError, ValueError) as error:  # ValueError: bytes that are no text, a name that cannot be
        return Unread(error.strerror or str(error) if isinstance(error, OSError) else "it is no text")


def known_secrets(environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """Every secret that the environment holds or names, in each way it may be spelt in a text."""
    environment = os.environ if environment is None else environment
    found: set[str] = set()
    for name in _names(environment):
        try:
            held = secret(name, environment) or ""
            found |= _of_address(held) if name == ADDRESS else spellings(held)
        except InputError:
            continue  # who needs it says so
    return frozenset(found)


def _of_address(address: str) -> frozenset[str]:
    """Only what lets one in: where the archive stands may be told, and is."""
    who = address.partition("://")[2].rpartition("@")[0]
    password = who.partition(":")[2]
    return spellings(password) | spellings(who) if password else frozenset()


def _names(environment: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys(variable.removesuffix("_FILE") for variable in environment):
        if name in (PROXY, PASSWORD, DESK_HASH, DESK_PASSWORD, ADDRESS) or name.startswith(
            (PING, f"{PASSWORD}_")
        ):
            yield name


def without_secrets(text: str) -> str:
    """What may be shown, logged or sent."""
    return struck_out(text, known_secrets())
