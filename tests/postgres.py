"""A real PostgreSQL for tests: one server for a whole run, and an empty database's schema for each test.

`postgresql_server` is the server, `postgresql` the address of a schema that nobody else uses, empty, dropped afterwards.
Tests that ask for either are marked `postgresql`, and skipped where Debian's package is missing (`machine.py`).

- The server is this file, run as a program: it lays the server's files out in memory, serves on a socket in its folder
  and on a port of loopback, and stops as soon as no test process holds the folder's lock any more: that a process was
  killed is seen by its lock. Processes of one run (pytest-xdist) share it: to lay out a server takes a second of a core.
- PostgreSQL refuses to run as root: there it runs as `postgres` or `nobody`. On its socket everybody is let in; over
  the port a password is asked for.
- The tables are written without waiting for the disk to turn: they are in memory.
"""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from monitor.store import Store
from monitor.store.postgresql.schema import tables
from monitor.store.postgresql.sessions import lock_of
from monitor.store.server import Server as ArchiveServer
from monitor.store.server import server_at

SUPERUSER, PASSWORD = "postgres", "made for tests alone"
STARTS_WITHIN = 240  # seconds, on a machine that is busy
_READY, _USERS, _STARTING = "ready", "users.lock", "starting.lock"
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)
_SETTINGS = {
    "fsync": "off",  # which the kernel would not keep in memory either
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "400",  # all workers of pytest share it, and a test may have several machines
    "max_wal_size": "256MB",
    "autovacuum": "off",
    "logging_collector": "off",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}  # fmt: skip


@cache
def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; most systems keep them out of the PATH."""
    found = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    if tool := shutil.which("pg_config"):
        said = subprocess.run([tool, "--bindir"], capture_output=True, text=True).stdout.strip()
        found.append(Path(said))
    for place in _PLACES:
        found += sorted(Path("/").glob(place.lstrip("/")), key=_version, reverse=True)
    return next((one for one in found if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _version(folder: Path) -> int:
    number = re.search(r"\d+", str(folder))
    return int(number[0]) if number else 0


@dataclass(frozen=True)
class Server:
    folder: Path
    port: int

    def address(self, *, database: str = "postgres", user: str = SUPERUSER, **more: str) -> str:
        """By its socket, where no password is asked for."""
        options = "".join(f"&{name}={value}" for name, value in more.items())
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}{options}"

    def by_port(self, *, database: str = "postgres", user: str = SUPERUSER, password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"


# ── for tests ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def shared(folder: Path) -> Iterator[Server]:
    """The server of a folder that all processes of a run know; started by the first who asks."""
    folder.mkdir(exist_ok=True)
    with (folder / _STARTING).open("a") as starting, (folder / _USERS).open("a") as users:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)  # waits for one that is being stopped
        if not (folder / _READY).exists():
            _start(folder)
        fcntl.flock(starting, fcntl.LOCK_UN)
        place, port = (folder / _READY).read_text().splitlines()
        yield Server(Path(place), int(port))


@contextmanager
def own_schema(server: Server) -> Iterator[str]:
    """The address of an empty schema, which goes at the end with all that was laid into it."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        try:
            yield server.address(options=f"-csearch_path%3D{name}")
        finally:
            connection.execute(
                f"SET client_min_messages = warning; DROP SCHEMA {name} CASCADE; DROP SCHEMA IF EXISTS {name}_jobs CASCADE"
            )


@contextmanager
def emptying(address: str) -> Iterator[Callable[[], ArchiveServer]]:
    """An archive is laid out there; what is given empties it, and says where it is."""
    place = server_at(address)
    Store.open(place).close()
    emptied = "; ".join(f"DELETE FROM {table}" for table in tables() if table != "forgotten_key")
    numbered = "; ".join(
        f"ALTER SEQUENCE {table}_id_seq RESTART" for table in ("decisions", "writings", "erasures")
    )
    with psycopg.connect(address, autocommit=True) as connection:

        def empty() -> ArchiveServer:
            connection.execute(f"{emptied}; {numbered}")
            return place

        yield empty


def holders(address: str, what: str) -> list[int]:
    """The processes of the server's sessions that hold the advisory lock of that name."""
    number = lock_of(what) % (1 << 64)
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_locks WHERE (classid, objid) = (%s::oid, %s::oid) AND granted",
            (str(number >> 32), str(number % (1 << 32))),
        )
        return [pid for (pid,) in found]


def _start(folder: Path) -> None:
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, __file__, str(folder)], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )  # fmt: skip
    end = time.monotonic() + STARTS_WITHIN
    while not (folder / _READY).exists():
        if process.poll() is not None or time.monotonic() > end:
            process.terminate()
            process.wait()
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.02)
    process.returncode = 0  # it outlives who started it: nobody is to wait for it, or to warn that nobody did


# ── the program ─────────────────────────────────────────────────────────────────────────────────────────────────


def main(folder: Path) -> None:
    """Serves until nobody holds the lock of users."""
    with laid_out() as place:
        port = free_port()
        with running(place, port):
            part = folder / f".{_READY}"
            part.write_text(f"{place}\n{port}\n")
            part.rename(folder / _READY)
            with (folder / _USERS).open("a") as users:
                fcntl.flock(users, fcntl.LOCK_EX)
                (folder / _READY).unlink()


@contextmanager
def laid_out(below: Path = Path("/dev/shm")) -> Iterator[Path]:
    """A folder with a server's files, in memory where nothing else is said; a socket's address has room for a hundred
    signs, so it stands right below that."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir=below if os.access(below, os.W_OK) else None))
    try:
        if os.geteuid() == 0:
            shutil.chown(place, _user())
        secret = place / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        laying = [_program("initdb"), "-D", place / "data", "-U", SUPERUSER, "-E", "UTF8", "--locale", "C"]
        _run(
            [
                *laying,
                "--no-sync",
                "--auth-local",
                "trust",
                "--auth-host",
                "scram-sha-256",
                "--pwfile",
                secret,
            ],
            place,
        )
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def running(place: Path, port: int, **settings: str) -> Iterator[int]:
    """A server over these files, by its process's number."""
    wanted = {
        **_SETTINGS,
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(place),
    }
    options = [part for name, value in {**wanted, **settings}.items() for part in ("-c", f"{name}={value}")]
    process = subprocess.Popen([_program("postgres"), "-D", place / "data", *options], **_as_its_user(place))
    try:
        end = time.monotonic() + STARTS_WITHIN
        while not is_up(place, port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL does not answer")
            time.sleep(0.02)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)  # at once, and in order
        process.wait()


def is_up(place: Path, port: int) -> bool:
    """Whether it answers, and is not still taking in what a killed one left."""
    try:
        psycopg.connect(Server(place, port).address()).close()
    except psycopg.OperationalError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _program(name: str) -> Path:
    folder = programs()
    assert folder, "no PostgreSQL on this machine"
    return folder / name


def _run(command: list[object], place: Path) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **_as_its_user(place))
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")


def _as_its_user(place: Path) -> dict[str, object]:
    cut = {"cwd": place, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}}
    return {**cut, "user": _user(), "group": _group(), "extra_groups": []} if os.geteuid() == 0 else cut


def _user() -> str:
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("There is no user `postgres` and no `nobody`, and as root PostgreSQL does not run.")


def _group() -> int:
    import pwd

    return pwd.getpwnam(_user()).pw_gid


if __name__ == "__main__":
    main(Path(sys.argv[1]))
