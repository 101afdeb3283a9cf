"""Workers as processes over a crowd of hosts on loopback (`benchmarks/fleet.py`), with limits of seconds where they are
minutes in earnest (`jobs/many/limits.py`): what fits together there does here."""

import signal

import pytest

from benchmarks.fleet import Fleet

SHORT = {
    "heartbeat": 0.5,
    "silence": 8.0,
    "every": 0.5,
    "confirm": 0.5,
    "polling": 1.0,
    "lease": 8.0,
    "anew": 0.5,
}
ENTRIES = 2
ENDED = {
    0,
    -signal.SIGTERM,
}  # how a worker that was told to stop may end; the latter where it had not begun yet


@pytest.fixture
def fleet(tmp_path, postgresql):
    with Fleet(tmp_path / "config", postgresql, 4, SHORT) as fleet:
        yield fleet


def asked(hosts, path_begins: str = "/") -> dict[str, int]:
    """How often each address was asked."""
    return {url: count for url, count in hosts.stats()["asked"].items() if path_begins in url}


def polled(fleet) -> dict[str, bool]:
    """The feeds that were read, each with whether it was read well."""
    with fleet.store() as store:
        return {state.url: state.last_success is not None for state in store.feeds.states()}


def all_read(fleet, feeds) -> bool:
    try:
        return sum(polled(fleet).values()) == len(feeds)
    except Exception:  # the archive is not there yet
        return False


def whole(fleet, feeds) -> None:
    """Every entry of every feed is stored once."""
    with fleet.store() as store:
        assert store.articles.count() == len(feeds) * ENTRIES
