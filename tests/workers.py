"""Workers as processes over a crowd of hosts on loopback (`benchmarks/fleet.py`), with limits of seconds where they are
minutes in earnest (`jobs/many/limits.py`): what fits together there does here."""

import signal
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Server
from relay import Relay
from sidebyside import Side, headings, installed, mailed

from benchmarks.fleet import Fleet
from monitor.errors import StoreError
from monitor.model import MessageState

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


# ── weeks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def two_panels(fleet: Fleet, outlets: Server, relays: Mapping[str, Relay]) -> Side:
    """Their files in the fleet's folder, each mailed by a relay of its own."""
    side = installed(fleet.folder, outlets, address=fleet.address)
    for name, relay in relays.items():
        mailed(side, name, relay.port)
    return side


def has_read(side: Side, articles: int) -> bool:
    try:
        with side.store() as store:
            return store.articles.count() == articles
    except StoreError:  # it is being laid out
        return False


def begun_days_ago(side: Side) -> None:
    """Two days have gone since the first article: its week is due, and the housekeeping."""
    ago = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    with side.store() as store, store.archive.transaction() as db:
        db.execute("UPDATE articles SET first_seen = ?", [ago])


def is_delivered(side: Side, relays: Mapping[str, Relay]) -> bool:
    with side.store() as store:
        sent = [
            one.state is MessageState.SENT for name in relays for one in store.of(name).editions.messages()
        ]
    return len(sent) == len(relays) and all(sent)


def drafted_once(
    side: Side, relays: Mapping[str, Relay], wanted: Mapping[str, set[str]], *others: Path
) -> None:
    """`others`: data folders of other machines, any of which may have the documents."""
    for name, relay in relays.items():
        assert [recipients for _, recipients, _ in relay.taken] == [(f"officer@{name}.example",)]
        assert set(headings(side, name)) == wanted[name]
        with side.store(name) as store:
            assert [one.number for one in store.editions.all()] == [1]
            left = (
                store.writings.unfinished()
            )  # one that kept no edition left nothing; the next run forgets it
            assert [one.edition for one in left if one.edition] == []
        folders = [data / "panels" / name / "drafts" for data in (side.data, *others)]
        documents = [path.suffix for folder in folders for path in folder.glob("*") if path.is_file()]
        assert sorted(documents) == [".docx", ".html", ".json", ".md"]
