"""Whose log lies beside an archive: what SQLite alone would take for the archive's own, whatever was copied there."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from conftest import NOW, article

from monitor.model import FeedState, PollOutcome, PollResult
from monitor.store import Store
from monitor.store.sqlite.lineage import is_foreign, log_of

FEED = "https://courier.example/rss"


def write(store, *names):
    """A transaction an article."""
    for name in names:
        outcome = PollOutcome(feed=FEED, at=NOW, result=PollResult.NEW, entries=1, new=1)
        store.feeds.save_poll(outcome, FeedState(url=FEED), [article(name)])


def held(path) -> set[str]:
    with Store.open(path) as store:
        return {row["id"] for row in store.archive.read("SELECT id FROM articles")}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.db"
    with Store.open(path) as store:
        write(store, "one", "two")
    return path


def crashed(path, *names, checkpointed=()):
    """As a killed run leaves it: what it wrote last is in the log alone."""
    aside = path.with_name("aside")
    aside.mkdir()
    with Store.open(path) as store:
        if checkpointed:
            write(store, *checkpointed)
            store.archive.read("PRAGMA wal_checkpoint(PASSIVE)")
        write(store, *names)
        for name in (path.name, f"{path.name}-wal"):
            shutil.copy(path.with_name(name), aside / name)
    for name in (path.name, f"{path.name}-wal"):
        os.replace(aside / name, path.with_name(name))
    aside.rmdir()


def test_the_log_of_a_killed_run_is_the_archives_own(archive):
    crashed(archive, "three", "four")
    assert log_of(archive).stat().st_size > 0 and not is_foreign(archive)
    assert held(archive) == {"one", "two", "three", "four"}


def test_so_it_is_where_the_log_had_begun_to_be_taken_over(archive):
    crashed(archive, "five", checkpointed=("three", "four"))
    assert not is_foreign(archive)
    assert held(archive) == {"one", "two", "three", "four", "five"}


def test_an_older_copy_over_a_killed_run_keeps_what_it_holds(archive, caplog):
    older = archive.read_bytes()
    with Store.open(archive) as store:
        write(store, "three")
    crashed(archive, "four")
    archive.write_bytes(older)
    with caplog.at_level(logging.WARNING):
        assert held(archive) == {"one", "two"}
    assert "archive.db.old-wal-1" in caplog.text
    assert archive.with_name("archive.db.old-wal-1").stat().st_size > 0


def test_a_newer_copy_over_a_killed_run_loses_nothing_to_its_log(archive):
    newer = archive.with_name("newer.db")
    shutil.copy(archive, newer)
    with Store.open(newer) as store:
        write(store, "three", "four", "edition")
    crashed(archive, "other")
    archive.write_bytes(newer.read_bytes())
    assert held(archive) == {"one", "two", "three", "four", "edition"}


def test_a_backup_is_known_from_the_log_though_their_numbers_fit(archive):
    backup = archive.with_name("backup.db")
    crashed(archive, "three")
    with Store.open(archive) as store:
        store.archive.copy_to(backup)
    crashed(archive, "four")
    archive.write_bytes(backup.read_bytes())
    assert held(archive) == {"one", "two", "three"}


def test_who_only_reads_and_may_not_write_reads_such_a_copy_too(archive):
    older = archive.read_bytes()
    with Store.open(archive) as store:
        write(store, "three")
    crashed(archive, "four")
    archive.write_bytes(older)
    with Store.open(archive, make=False) as store:
        assert store.articles.count() == 2


def test_an_archive_of_before_there_were_numbers_is_believed(archive):
    crashed(archive, "three")
    with archive.open("r+b") as file:
        file.seek(60)
        file.write(bytes(4))
    assert not is_foreign(archive)


def test_each_transaction_counts(store):
    def number():
        return store.archive.read("PRAGMA user_version")[0][0]

    before = number()
    write(store, "one", "two")
    assert number() == before + 2
    assert store.archive.read("PRAGMA application_id")[0][0] != 0


def test_between_runs_the_file_alone_is_whole_though_others_have_it_open(archive, tmp_path):
    reader = sqlite3.connect(archive)
    reader.execute("SELECT count(*) FROM articles").fetchall()
    with Store.open(archive) as store:
        write(store, "three")
    copy = tmp_path / "copy" / "archive.db"
    copy.parent.mkdir()
    shutil.copy(archive, copy)
    reader.close()
    assert held(copy) == {"one", "two", "three"}


LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # where SQLite locks who reads
    except OSError:
        print("held")
"""


def test_who_opens_an_archive_again_does_not_let_go_of_the_lock_of_who_has_it_open(tmp_path, new_archive):
    """A thread of the desk does, for each page; then another process took the log away under the others."""
    where = tmp_path / "archive.db"
    shutil.copy(new_archive, where)

    def is_held():
        return (
            subprocess.run([sys.executable, "-c", LOCKED, where], capture_output=True, text=True).stdout
            == "held\n"
        )

    with Store.open(where) as one:
        write(one, "first")  # from then on there is a log
        assert is_held()
        with Store.open(where) as other:
            other.articles.count()
            assert is_held()
        one.articles.count()
        assert is_held()
