"""Where an archive stands: in a file, or on a PostgreSQL server, by its address. Pure.

    postgresql://user:password@host:5432/database?options=-csearch_path%3Dnorth

The tables stand in a schema of their own: `monitor`, or the one that the address's `search_path` names, so that one
database can hold several archives. An address is a secret, for it holds the password: what is shown is its `name`.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from monitor.errors import StoreError

SCHEMA = "monitor"
FORM = "postgresql:// and behind it user:password@host/database"

_SCHEMES = ("postgresql://", "postgres://")
_SEARCH_PATH = re.compile(r"(?:-c\s*|--)search_path=(\S+)")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Server:
    """An archive on a PostgreSQL server."""

    address: str = field(repr=False)
    name: str  # without user, password and settings
    schema: str
    home: Path = Path()  # the folder whose documents it knows by their names there
    options: str = ""  # what the address says for the server's settings, but the schema


Where = Path | Server


def is_address(text: str) -> bool:
    return text.lower().startswith(_SCHEMES)


def server_at(address: str, home: Path = Path()) -> Server:
    """Raises StoreError, which does not repeat it."""
    wrong = f"The archive's address is not one of PostgreSQL's: write it as {FORM}"
    if not is_address(address):
        raise StoreError(f"{wrong}.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:  # a port that is no number, a bracket that is not closed
        raise StoreError(f"{wrong}, with what is no letter or digit in the password as %40 for @.") from error
    asked = parse_qs(parts.query)
    options = asked.get("options", [""])[-1]
    schema = found[1] if (found := _SEARCH_PATH.search(options)) else SCHEMA
    if not _NAME.fullmatch(schema):
        raise StoreError(
            "The archive's address names a search_path that is not the name of one schema: "
            "small letters, digits and underscores, like north."
        )
    host = parts.hostname or asked.get("host", ["localhost"])[-1]
    database = unquote(parts.path.strip("/")) or "?"
    shown = f"postgresql://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}/{database}"
    return Server(
        address=address,
        name=shown if schema == SCHEMA else f"{shown} ({schema})",
        schema=schema,
        home=home,
        options=_SEARCH_PATH.sub("", options).strip(),
    )
