"""A transaction of the archive, when something comes between: a signal, another writer, a full disk."""

import signal
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
from conftest import NOW

from monitor.errors import StoreError
from monitor.model import Decision, Learned, Run, Said, Source
from monitor.store import Store
from monitor.store.sqlite import file as archive

RUN = Run(job="poll", started=NOW, ended=NOW, ok=True, summary="x" * 500)


def test_a_signal_is_heard_while_another_program_writes(store):
    """SQLite's own waiting hears none for its half minute."""
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ringing = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    ringing.start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        store.runs.record(RUN)
    assert time.monotonic() - began < 5
    other.execute("ROLLBACK")
    other.close()
    store.runs.record(RUN)
    assert store.runs.last() == (RUN,)


def test_who_writes_is_waited_for_and_not_for_ever(store, monkeypatch):
    monkeypatch.setattr(archive, "LONGEST_WAIT", 0.3)
    other = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="database is locked"):
        store.runs.record(RUN)
    monkeypatch.setattr(archive, "LONGEST_WAIT", 30)
    ending = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    ending.start()
    store.runs.record(RUN)
    ending.join()
    other.close()


class Interrupting:
    """In the place of a connection: a signal comes right after what begins so was done."""

    def __init__(self, connection, after):
        self._connection, self._after = connection, after

    def execute(self, sql, *parameters):
        done = self._connection.execute(sql, *parameters)
        if sql.startswith(self._after):
            self._after = "never again"
            raise KeyboardInterrupt
        return done

    def __getattr__(self, name):
        return getattr(self._connection, name)


@pytest.mark.parametrize("after, kept", [("BEGIN", 0), ("COMMIT", 1), ("PRAGMA", 0)])
def test_a_signal_between_two_steps_leaves_no_transaction_open(store, monkeypatch, after, kept):
    monkeypatch.setattr(store.archive, "_connection", Interrupting(store.archive._connection, after))
    with pytest.raises(KeyboardInterrupt):
        store.runs.record(RUN)
    assert len(store.runs.last()) == kept
    store.runs.record(RUN)
    assert len(store.archive.read("SELECT * FROM runs")) == kept + 1


def test_a_full_disk_is_said_and_costs_nothing_that_was_kept(store):
    store.runs.record(RUN)
    (pages,) = store.archive.read("PRAGMA page_count")[0]
    store.archive.read(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError, match=r"archive\.db cannot be used: there is no room left on its disk"):
        for _ in range(100):
            store.runs.record(RUN)
    kept = len(store.archive.read("SELECT * FROM runs"))
    store.archive.read("PRAGMA max_page_count=1000000")
    store.runs.record(RUN)
    assert len(store.archive.read("SELECT * FROM runs")) == kept + 1


def test_what_others_are_told_of_outlives_a_power_cut(store, monkeypatch):
    """SQLite writes the journal through to the disk before a commit returns, where it is told to (2 is FULL)."""
    seen = []

    def level(lasting):
        with store.archive.transaction(lasting=lasting):
            seen.append(store.archive.read("PRAGMA synchronous")[0][0])

    for lasting in (True, False, True):
        level(lasting)
    assert seen == [2, 1, 2]


def test_what_one_call_of_learn_says_is_kept_whole_or_not_at_all(tmp_path, monkeypatch):
    word = Decision(said=Said.DROPPED, edition=1, story="a", drafted="A", articles=("a",))
    one = Learned(edition=1, learned=NOW, digest="d", decisions=(word,), source=Source.REPORT)
    other = replace(one, digest="e", source=Source.NOTES)
    with Store.open(tmp_path / "archive.db") as store:
        with pytest.raises(StoreError):
            store.decisions.keep_all([(one, "{}"), (other, None)])
        assert store.decisions.records() == ()
        assert store.decisions.keep_all([(one, "{}"), (other, "{}"), (other, "{}")]) == (1, 2, None)
