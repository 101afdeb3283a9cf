"""A session of the queue: on the archive's server, in a schema of its own beside the archive's.

Whoever works with the queue opens the archive first, which refuses a server that is too old, or only reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import make_conninfo

from monitor.store.postgresql.sessions import ALIVE, ALIVE_THERE
from monitor.store.postgresql.trouble import said, unreachable
from monitor.store.server import Server

CONNECT_SECONDS = 10

Connection = psycopg.Connection[tuple[object, ...]]


def settings(server: Server) -> str:
    """The server's address, where names mean the queue's schema. Raises StoreError."""
    schema = (
        f"{server.options} -csearch_path={server.schema}_jobs -cclient_min_messages=warning {ALIVE_THERE}"
    )
    try:
        return make_conninfo(
            server.address,
            options=schema.strip(),
            connect_timeout=CONNECT_SECONDS,
            application_name="topical-issues-jobs",
            **ALIVE,
        )
    except psycopg.Error as error:
        raise unreachable(server.name, error) from error


def connect(server: Server, *, hurried: bool = False) -> Connection:
    """A session whose every statement is a transaction of its own; `hurried`: what it writes may be lost where the
    server's power fails. Raises StoreError."""
    asked = settings(server)
    try:
        connection = psycopg.connect(asked, autocommit=True)
    except psycopg.Error as error:
        raise unreachable(server.name, error) from error
    if hurried:
        connection.execute("SET synchronous_commit = off")
    return connection


@contextmanager
def plainly(connection: Connection | None = None) -> Iterator[None]:
    """What the server says, as a StoreError of one line."""
    try:
        yield
    except psycopg.Error as error:
        is_lost = connection is not None and connection.closed
        raise said("and its jobs", error, is_lost=is_lost) from error
