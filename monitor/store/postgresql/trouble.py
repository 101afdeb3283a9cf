"""What a server says when it cannot do what was asked, in one sentence, with the remedy. Pure but for psycopg's errors.

No address stands in it: where psycopg cannot read one it repeats it, with the password.
"""

import psycopg
from psycopg import errors

from monitor.errors import StoreError

_REMEDIES: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.InvalidPassword, "Set the right one in MONITOR_ARCHIVE."),
    (errors.InvalidAuthorizationSpecification, "Name a user that the server lets in, in MONITOR_ARCHIVE."),
    (errors.InvalidCatalogName, "Make it with `createdb`, or name another in MONITOR_ARCHIVE."),
    (errors.InsufficientPrivilege, "See docs/postgresql.md for the rights that its user needs."),
    (
        errors.ReadOnlySqlTransaction,
        "It is a standby, or only reads: name in MONITOR_ARCHIVE the server that writes.",
    ),
    (errors.LockNotAvailable, "Another command writes for half a minute already: see what it does."),
    (errors.DiskFull, "Make room on the server's disk."),
    (errors.TooManyConnections, "Raise max_connections on the server, or run fewer commands at a time."),
)
# What libpq says before there is a session, and so without a code. The server's own words may be of another language.
_SAID = (
    ("password authentication failed", "Set the right one in MONITOR_ARCHIVE."),
    ("no password supplied", "Set one in MONITOR_ARCHIVE."),
    ("no pg_hba.conf entry", "Let the user in from this machine, in the server's pg_hba.conf."),
    ("does not exist", "Make it, or name another in MONITOR_ARCHIVE (docs/postgresql.md)."),
    ("starting up", "Call again in a minute."),
    ("shutting down", "Call again when it is back."),
    ("recovery", "Call again in a minute, or name in MONITOR_ARCHIVE the server that writes."),
    ("accepting connections", "Call again in a minute, or name in MONITOR_ARCHIVE the server that writes."),
    ("too many clients", "Raise max_connections on the server, or run fewer commands at a time."),
    ("remaining connection slots", "Raise max_connections on the server, or run fewer commands at a time."),
    (
        "unsupported startup parameter",
        "Name the server itself in MONITOR_ARCHIVE, not a pooler (docs/postgresql.md).",
    ),
    ("resolve host", "See to the host's name in MONITOR_ARCHIVE."),
    ("translate host name", "See to the host's name in MONITOR_ARCHIVE."),
    ("SSL", "See to sslmode in MONITOR_ARCHIVE, and to the server's certificate."),
)
_ENDED = (
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.IdleSessionTimeout,
    errors.IdleInTransactionSessionTimeout,
)
DOWN = "Is the server running, and is its address in MONITOR_ARCHIVE right?"
GONE = "What was under way was not kept; the next run goes on from there."


def said(name: str, error: psycopg.Error, *, is_lost: bool = False) -> StoreError:
    """`is_lost`: there was a session, and there is none any more."""
    if is_lost or isinstance(error, _ENDED):
        return StoreError(f"The server of the archive {name} went away. {GONE}")
    why = _why(error).rstrip(".")
    remedy = next((remedy for kind, remedy in _REMEDIES if isinstance(error, kind)), "")
    return StoreError(f"The archive {name} cannot be used: {why}.{f' {remedy}' if remedy else ''}")


def unreachable(name: str, error: psycopg.Error) -> StoreError:
    """There is no session."""
    if isinstance(error, psycopg.ProgrammingError):  # which repeats the address
        return StoreError(
            f"The archive {name} cannot be opened: its address says what PostgreSQL does not know. In MONITOR_ARCHIVE "
            "write what is no letter or digit in the password as %40 for @, and behind ? only what libpq understands."
        )
    why = _why(error)
    remedy = next((remedy for words, remedy in _SAID if words in why), DOWN)
    return StoreError(f"The archive {name} cannot be opened: {why.rstrip('.')}. {remedy}")


def _why(error: psycopg.Error) -> str:
    """The first line of what was said, without the place in the server's source and what was tried."""
    if error.diag.message_primary:
        return error.diag.message_primary
    line = (str(error).strip() or type(error).__name__).splitlines()[0]
    for word in ("FATAL:", "failed: error:", "failed:", "error:"):
        line = line.rpartition(word)[2].strip() or line
    return line
