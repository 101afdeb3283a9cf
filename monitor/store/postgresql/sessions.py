"""Sessions on a server: opened as the archive wants them, and kept for the next where pages are served."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row
from psycopg.types.string import StrDumperUnknown
from psycopg_pool import ConnectionPool

from monitor.store.postgresql.trouble import unreachable
from monitor.store.server import Server

LONGEST_WAIT = 30  # seconds for who is writing
LONGEST_SILENCE = (
    20  # seconds in a transaction that writes, as of a frozen process: those who wait for it wait longer
)
ANSWERS_WITHIN = 10  # seconds to connect
MOST_KEPT = 8  # sessions kept open for pages
POOL_WAITS = 5.0  # seconds for one of them

ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
# The server asks likewise whether we are there. By itself it asks after two hours, and for so long a machine that lost
# its power in the midst of a transaction would keep all others from writing.
ALIVE_THERE = (
    "-ctcp_keepalives_idle=30 -ctcp_keepalives_interval=10 -ctcp_keepalives_count=3 -ctcp_user_timeout=60000"
)

Session = psycopg.Connection[dict[str, Any]]

_pools: dict[str, ConnectionPool[Session]] = {}  # by address, of this process


class _WithoutNul(StrDumperUnknown):
    def dump(self, text: str) -> Buffer | None:
        return super().dump(text.replace("\0", "\ufffd") if "\0" in text else text)


def settings(server: Server) -> str:
    options = (
        f"{server.options} -csearch_path={server.schema} -clock_timeout={LONGEST_WAIT}s -cTimeZone=UTC "
        f"-cclient_min_messages=warning {ALIVE_THERE}"
    )
    return make_conninfo(
        server.address,
        options=options.strip(),
        application_name="topical-issues-monitor",
        connect_timeout=ANSWERS_WITHIN,
        client_encoding="utf8",
        **ALIVE,
    )


def lock_of(what: str) -> int:
    """The number of an advisory lock."""
    return int.from_bytes(hashlib.blake2b(what.encode(), digest_size=8).digest(), "big", signed=True)


def opened(server: Server) -> Session:
    """Raises StoreError."""
    try:
        session: Session = psycopg.connect(settings(server), autocommit=True, row_factory=dict_row)
    except psycopg.Error as error:
        raise unreachable(server.name, error) from error
    _made(session)
    return session


def _made(session: Session) -> None:
    session.adapters.register_dumper(str, _WithoutNul)


def _cleared(session: Session) -> None:
    """Of the views through which one who only reads may have seen the tables (`clocks.py`)."""
    session.execute("DISCARD TEMP")


@contextmanager
def kept_open(server: Server) -> Iterator[None]:
    """Inside, sessions that are let go are kept for the next who opens this archive in this process. Raises StoreError."""
    try:
        conninfo = settings(server)
    except psycopg.Error as error:
        raise unreachable(server.name, error) from error
    pool: ConnectionPool[Session] = ConnectionPool(
        conninfo,
        kwargs={"autocommit": True, "row_factory": dict_row},
        min_size=0,
        max_size=MOST_KEPT,
        open=True,
        configure=_made,
        reset=_cleared,
        check=ConnectionPool.check_connection,
        timeout=POOL_WAITS,
        reconnect_timeout=POOL_WAITS,
        num_workers=1,
    )
    _pools[server.address] = pool
    try:
        yield
    finally:
        del _pools[server.address]
        pool.close()


def kept_for(server: Server) -> "ConnectionPool[Session] | None":
    """Where sessions are kept."""
    return _pools.get(server.address)
