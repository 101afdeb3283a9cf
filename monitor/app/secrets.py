"""The secrets of the environment: read where they are needed, and known as such wherever something is shown.

A secret stands in a variable, or in a file that the variable with `_FILE` behind its name names, which goes before.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from monitor.errors import InputError
from monitor.striking import spellings, struck_out

PROXY = "MONITOR_PROXY"
PASSWORD = "MONITOR_SMTP_PASSWORD"
PING = "MONITOR_PING_"  # and the job's name in capitals


def secret(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """What the variable, or the file that it names, holds. Raises InputError where that file cannot be read."""
    environment = os.environ if environment is None else environment
    file = environment.get(f"{name}_FILE", "").strip()
    if not file:
        return environment.get(name, "").strip() or None
    try:
        return Path(file).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise InputError(f"{name}_FILE names {file}, which cannot be read: {why}.") from error


def known_secrets(environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """Every secret that the environment holds or names, in each way it may be spelt in a text."""
    environment = os.environ if environment is None else environment
    found: set[str] = set()
    for name in _names(environment):
        try:
            found |= spellings(secret(name, environment) or "")
        except InputError:
            continue  # who needs it says so
    return frozenset(found)


def _names(environment: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys(variable.removesuffix("_FILE") for variable in environment):
        if name in (PROXY, PASSWORD) or name.startswith(PING):
            yield name


def without_secrets(text: str) -> str:
    """What may be shown, logged or sent."""
    return struck_out(text, known_secrets())
