"""A connection to the PostgreSQL server of the queue, and in one line why there is none.

What psycopg says of a server never holds the password; what it says of an address that it cannot read may, so that is
never repeated.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from monitor.errors import StoreError

OLDEST = 13  # what procrastinate supports; older servers are out of PostgreSQL's own care
CONNECT_SECONDS = 10

_SEARCH_PATH = re.compile(r"(?:-c\s*|--)search_path=(\S+)")

Connection = psycopg.Connection[tuple[object, ...]]


def of_queue(address: str) -> str:
    """The archive's address as the queue's: names mean its own schema, beside the archive's. Raises StoreError."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.Error:
        raise StoreError(
            "MONITOR_ARCHIVE holds no address of a PostgreSQL database: it is to look like "
            "postgresql://user:password@host/database."
        ) from None
    options = str(given.get("options") or "")
    found = _SEARCH_PATH.search(options)
    options = f"{_SEARCH_PATH.sub('', options)} -csearch_path={found[1] if found else 'monitor'}_jobs".strip()
    timeout = given.get("connect_timeout") or CONNECT_SECONDS
    return make_conninfo(address, options=options, connect_timeout=timeout, application_name="topical-issues")


def connect(address: str, *, hurried: bool = False) -> Connection:
    """A connection whose every statement is a transaction of its own; `hurried`: what it writes may be lost where the
    server's power fails. Raises StoreError."""
    with plainly():
        connection = psycopg.connect(of_queue(address), autocommit=True)
        try:
            _demand_usable(connection)
            if hurried:
                connection.execute("SET synchronous_commit = off")
        except BaseException:
            connection.close()
            raise
    return connection


def _demand_usable(connection: Connection) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise StoreError(f"The server is PostgreSQL {version}; the jobs need {OLDEST} or newer.")
    row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    if row and row[0]:
        raise StoreError(
            "The PostgreSQL server only reads: it is a standby, or in recovery. Name the one that writes, or wait until "
            "it has recovered."
        )


@contextmanager
def plainly() -> Iterator[None]:
    """What the server says, as a StoreError of one line."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(f"The PostgreSQL server of the queue cannot be used: {said(error)}.") from error


def said(error: BaseException) -> str:
    """Its first line, without a full stop."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".:") if lines else type(error).__name__
