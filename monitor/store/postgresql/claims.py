"""What one run has to itself on a server, over all machines: advisory locks of a session of its own, which end with it,
however it ends. Where its machine is gone, or its process frozen, that is within a minute: a thread lets the server hear
of it.

Every run has a share in the archive, and its name alone. Who wants nobody else at work has the archive alone.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg

from monitor.store.postgresql.sessions import Session, lock_of, opened
from monitor.store.postgresql.trouble import said
from monitor.store.server import Server

LONGEST_SILENCE = 60  # seconds, as of a frozen process
SPEAKS_EVERY = 15.0  # seconds


@contextmanager
def claimed(server: Server, name: str | None) -> Iterator[bool]:
    """Inside, what no other has who claims that name; with None, who claims any. False: another has it. Raises
    StoreError."""
    with closing(opened(server)) as session:
        try:
            is_ours = _claim(session, server.schema, name)
        except psycopg.Error as error:
            raise said(server.name, error) from error
        try:
            with _heard_of(session):
                yield is_ours
        finally:  # the server ends a session a moment after we do, and who comes next would be told that we are at work
            with suppress(psycopg.Error):
                session.execute("SELECT pg_advisory_unlock_all()")


def _claim(session: Session, schema: str, name: str | None) -> bool:
    whole, own = lock_of(f"runs {schema}"), lock_of(f"run {schema} {name}")
    among_others = f"pg_try_advisory_lock_shared({whole}) AND pg_try_advisory_lock({own})"
    found = session.execute(
        f"SELECT {among_others if name else f'pg_try_advisory_lock({whole})'} AS is_ours"
    ).fetchone()
    session.execute(  # an older server does not know it, and is refused where the archive is opened
        f"SELECT set_config(name, '{LONGEST_SILENCE}s', false) FROM pg_settings WHERE name = 'idle_session_timeout'"
    )
    return bool(found and found["is_ours"])


@contextmanager
def _heard_of(session: Session) -> Iterator[None]:
    over = threading.Event()

    def speak() -> None:
        with suppress(psycopg.Error):  # the run is told at its own next word with the server
            while not over.wait(SPEAKS_EVERY):
                session.execute("SELECT")

    speaking = threading.Thread(target=speak, name="claim", daemon=True)
    speaking.start()
    try:
        yield
    finally:
        over.set()
        speaking.join()
