"""Damage: which rows are set aside, what is named, what is found at a glance; and that no text of an article gets
out."""

import logging
import random
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from conftest import NOW, article

from monitor.errors import ArchiveLost, MonitorError
from monitor.model import FeedState, Learned, PollOutcome, PollResult, Run, Window
from monitor.pipeline.records import all_learned
from monitor.store import Store
from monitor.store.integrity import at_a_glance, thoroughly

FEED = "https://courier.example/rss"
EVERYTHING = Window(since=None, until=NOW + timedelta(days=1))
SECRET = "Zebedee was here"  # what no message may repeat


def filled(path, *names):
    with Store.open(path) as store:
        outcome = PollOutcome(feed=FEED, at=NOW, result=PollResult.NEW, entries=1, new=1)
        stored = [article(name, paragraphs=(f"{SECRET} {name}. " * 60,)) for name in names]
        store.feeds.save_poll(outcome, FeedState(url=FEED), stored)


def changed(path, *statements):
    """By somebody who does not mind what a column may hold."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA ignore_check_constraints=ON;" + ";".join(statements))
    connection.close()


def with_null(path):
    """Of a column that is never NULL."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA writable_schema=ON;"
        "UPDATE sqlite_master SET sql = replace(sql, '\"title\" TEXT NOT NULL', '\"title\" TEXT') "
        "WHERE name = 'articles'"
    )
    connection.close()
    changed(path, "UPDATE articles SET title = NULL WHERE id = 'two'")


ROWS = {
    "no JSON": (
        lambda path: changed(path, f"UPDATE articles SET paragraphs = '[\"{SECRET}' WHERE id = 'two'"),
        "a list in it is no JSON",
    ),
    "no list": (
        lambda path: changed(path, "UPDATE articles SET paragraphs = '{\"a\": 1}' WHERE id = 'two'"),
        "a value in it is missing",
    ),
    "no texts in it": (
        lambda path: changed(path, "UPDATE articles SET paragraphs = '[1, null]' WHERE id = 'two'"),
        "a value in it is missing",
    ),
    "no UTF-8": (
        lambda path: changed(
            path, f"UPDATE articles SET title = CAST('{SECRET}' || x'ff' AS TEXT) WHERE id = 'two'"
        ),
        "a text in it is no UTF-8",
    ),
    "no day": (
        lambda path: changed(path, "UPDATE articles SET published = 'yesterday' WHERE id = 'two'"),
        "a value in it is none that is ever written",
    ),
    "no such kind of text": (
        lambda path: changed(path, "UPDATE articles SET text_from = 'hearsay' WHERE id = 'two'"),
        "a value in it is none that is ever written",
    ),
    "NULL": (with_null, "a value in it is missing"),
}


@pytest.mark.parametrize("spoil, why", ROWS.values(), ids=ROWS)
def test_a_damaged_row_is_set_aside_and_named(tmp_path, caplog, spoil, why):
    path = tmp_path / "archive.db"
    filled(path, "one", "two", "three")
    spoil(path)
    with Store.open(path) as store, caplog.at_level(logging.WARNING):
        assert [each.id for each in store.articles.of(EVERYTHING)] == ["one", "three"]
        assert [each.id for each in store.articles.named(["one", "two"])] == ["one"]
        assert store.articles.get("two") is None
        store.articles.known(FEED, [], ["one", "two"], [])
        store.articles.sightings(EVERYTHING)
        assert [each.id for each in store.articles.last_of_each_outlet(EVERYTHING.until, 9)] == [
            "one",
            "three",
        ]
        assert f"articles two: {why}" in thoroughly(store.archive)
    assert f"damaged and set aside: articles two: {why}" in caplog.text
    assert caplog.text.count(f"articles two: {why}") == 1  # once for as long as it is open
    assert SECRET not in caplog.text


def with_page_of(path, table, content=b"\xff" * 4096):
    """Puts something else on a page of the table's."""
    connection = sqlite3.connect(path)
    pages = connection.execute(
        "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (table,)
    ).fetchall()
    connection.close()
    page = pages[len(pages) // 2][0]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(content)


def has_dbstat() -> bool:
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("SELECT * FROM dbstat")
    except sqlite3.OperationalError:
        return False
    return True


@pytest.mark.skipif(not has_dbstat(), reason="this SQLite does not tell which page is whose")
def test_articles_on_a_page_that_cannot_be_read_are_named_and_the_others_come(tmp_path, caplog):
    path = tmp_path / "archive.db"
    names = [f"{number:03}" for number in range(90)]
    filled(path, *names)
    with_page_of(path, "articles")
    with Store.open(path, make=False) as store, caplog.at_level(logging.WARNING):
        found = [each.id for each in store.articles.of(EVERYTHING)]
        assert at_a_glance(store.archive) != ()
        lost = [damaged.key for damaged in store.archive.damaged]
    assert found and lost and sorted(found + lost) == names
    assert "articles 0" in caplog.text and SECRET not in caplog.text


def test_what_was_learned_and_cannot_be_read_is_set_aside(tmp_path, caplog):
    with Store.open(tmp_path / "archive.db") as store, caplog.at_level(logging.WARNING):
        store.decisions.keep(Learned(edition=1, learned=NOW, digest="a", decisions=()), SECRET)
        assert all_learned(store) == ()
    assert "decisions 1: its record cannot be read" in caplog.text and SECRET not in caplog.text


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def body(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "archive.db"
    filled(path, *(f"{number:03}" for number in range(120)))
    return path.read_bytes()


def content(path) -> dict[str, object]:
    """Every table, as far as it can be read."""
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    connection.text_factory = bytes
    found: dict[str, object] = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        try:
            found[name.decode()] = connection.execute(f"SELECT * FROM {name.decode()}").fetchall()
        except sqlite3.DatabaseError:
            found[name.decode()] = None
    connection.close()
    return found


def flipped(body, kind, number) -> bytes:
    chance, spoilt = random.Random(f"{kind} {number}"), bytearray(body)
    at = chance.randrange(len(body))
    if kind == "a bit":
        spoilt[at] ^= 1 << chance.randrange(8)
    else:
        start = at // kind * kind
        spoilt[start : start + kind] = chance.randbytes(kind)
    return bytes(spoilt)


def is_named_at_once(path) -> bool:
    try:
        with Store.open(path, make=False) as store:
            return at_a_glance(store.archive) != ()
    except MonitorError:
        return True


@pytest.mark.parametrize("kind", ["a bit", 16, 512])
def test_of_28_files_damaged_anywhere_each_that_holds_something_else_is_named_at_once(tmp_path, body, kind):
    """What is not named has changed nothing that stands in a table: it fell between the rows of a page."""
    path, whole = tmp_path / "archive.db", tmp_path / "whole.db"
    whole.write_bytes(body)
    wanted, unnamed = content(whole), []
    for number in range(28):
        for left in tmp_path.glob("archive.db*"):
            left.unlink()
        path.write_bytes(flipped(body, kind, number))
        if not is_named_at_once(path):
            found = content(path)
            unnamed += [(number, name) for name in wanted if found.get(name) != wanted[name]]
    assert unnamed == []


def test_a_letter_that_was_turned_is_found_and_what_was_written_since_is_right(tmp_path):
    path = tmp_path / "archive.db"
    filled(path, "one", "two")
    spoilt = path.read_bytes().replace(f"{SECRET} two".encode(), f"{SECRET} tvo".encode())
    path.write_bytes(spoilt)
    filled(path, "three")
    with Store.open(path) as store:
        assert at_a_glance(store.archive) == ("articles two: it is not as it was written",)
        with store.archive.transaction() as db:
            db.execute("UPDATE articles SET title = 'Changed by hand' WHERE id = 'two'")
        assert at_a_glance(store.archive) == ()
        with store.archive.transaction() as db:
            db.execute("DELETE FROM articles WHERE id = 'one'")
        assert at_a_glance(store.archive) == ()


def test_rows_that_others_wrote_are_sealed_by_the_next_transaction(tmp_path):
    path = tmp_path / "archive.db"
    filled(path, "one")
    changed(path, "UPDATE articles SET title = 'Changed elsewhere'")
    with Store.open(path) as store:
        assert store.archive.read("SELECT count(*) FROM seals WHERE seal IS NULL")[0][0] == 1
        store.runs.record(Run(job="poll", started=NOW, ended=NOW, ok=True, summary=""))
        assert store.archive.read("SELECT count(*) FROM seals WHERE seal IS NULL")[0][0] == 0
        assert at_a_glance(store.archive) == ()


@pytest.mark.parametrize("head", [b"", b"\xff" * 200, b"SQLite format 3\x00" + b"\x9e" * 4000])
def test_a_file_that_is_no_archive_any_more_is_said_without_what_stands_in_it(tmp_path, body, head):
    path = tmp_path / "archive.db"
    path.write_bytes((head + body[len(head) :]) if head else body[: len(body) // 3])
    try:
        with Store.open(path) as store:
            assert at_a_glance(store.archive) != ()
    except ArchiveLost as lost:
        assert SECRET not in str(lost) and "is damaged" in str(lost)
