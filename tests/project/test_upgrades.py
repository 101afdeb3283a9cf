"""Archives of every schema that there ever was, read by the program of today; and the way back."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import archives
import pytest
from archives import COURIER, LANTERN, ROWS, restore, steps, stored, tables
from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.model import (
    Answer,
    Article,
    Message,
    MessageState,
    Receipt,
    Run,
    TextFrom,
    Window,
)
from monitor.reporting.edition.record import read_edition, read_learned
from monitor.store import Store
from monitor.store.sqlite.schema import migrations
from monitor.store.sqlite.upgrading import copy_of

with Database(memory=True) as empty:
    NAMES = [migration.name for migration in migrations.pending(empty)]
LONG, CUT = "Counter " * 75, 500


def at(*moment: int) -> datetime:
    return datetime(2026, 11, *moment, tzinfo=UTC)


@pytest.fixture(params=stored(), ids=lambda file: file.stem)
def archive(request, tmp_path) -> Path:
    return restore(request.param, tmp_path / "archive.db")


@pytest.fixture(scope="module")
def read_today(tmp_path_factory):
    """Of each dump the steps that it had, and its rows as they are after it was opened."""
    folder, found = tmp_path_factory.mktemp("opened"), {}
    for dump in stored():
        path = restore(dump, folder / f"{dump.stem}.db")
        had = steps(path)
        opened(path)
        found[dump.stem] = had, tables(path)
    return found


def opened(path: Path) -> None:
    Store.open(path).close()


def has(path: Path, step: str) -> bool:
    return step in steps(path)


# ── forward ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_schema_has_its_archive_with_rows_in_all_its_tables(tmp_path):
    known, empty = set(), []
    for dump in stored():
        path = restore(dump, tmp_path / f"{dump.stem}.db")
        known |= set(steps(path))
        empty += [f"{dump.stem}: {table}" for table, rows in tables(path).items() if not rows]
    assert empty == []
    assert set(NAMES) - known == set(), "say `python tests/archives.py`, and commit what it stores"


def _with_panel(seal, editions):
    if seal["room"] != "editions" or " " in seal["key"]:
        return seal["key"]
    return next(f"{row['panel']} {row['number']}" for row in editions if str(row["number"]) == seal["key"])


def test_no_row_is_lost_or_changed(archive):
    """Whatever the new columns hold: the old ones hold what they held. Only a title without an end was cut."""
    before = tables(archive)
    opened(archive)
    after = tables(archive)
    for table, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[table]]
        if table == "seals":  # an edition goes by its panel's key too
            rows = [{**row, "key": _with_panel(row, after["editions"])} for row in rows]
        if table == "articles" and rows[1]["title"] == LONG:
            short, _, end = kept[1]["title"].rpartition(" […]")
            assert (LONG.startswith(short), end, CUT - 20 < len(kept[1]["title"]) <= CUT) == (True, "", True)
            kept[1]["title"] = LONG
        assert kept == rows, table


@pytest.mark.parametrize(
    "step, table, column, value",
    [
        ("m_moves_and_host_waits", "feed_states", "moved_to", None),
        ("m_moves_and_host_waits", "feed_states", "gone_since", None),
        ("m_revisions", "articles", "page_title", None),
        ("m_receipts", "messages", "receipts", "[]"),
        ("m_sources", "decisions", "source", "report"),
        ("m_unread_checks", "page_checks", "unread", None),
        ("m_left_out", "feed_states", "left_out", None),
        ("m_left_feeds", "feed_states", "left", None),
        ("m_left_feeds", "feed_states", "left_since", None),
        ("m_forgetting", "articles", "forgotten", None),
    ],
)
def test_what_an_older_archive_does_not_know_is_said_so(read_today, step, table, column, value):
    for name, (had, rows) in read_today.items():
        if step not in had:
            assert {row[column] for row in rows[table]} <= {value}, name


def test_an_edition_of_before_is_known_for_a_weekly_one_by_its_message(read_today):
    for name, (had, rows) in read_today.items():
        weekly = "2026-11-16T07:00:00.000000+00:00" if "m_messages" in had else None
        assert [row["weekly"] for row in rows["editions"]] == [weekly], name


def test_the_next_archive_is_stored_as_this_version_writes_it(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "ARCHIVES", tmp_path)
    file = archives.store_this_schema()
    path = restore(file, tmp_path / "archive.db")
    assert file.stem.startswith(f"{len(NAMES)}-")
    written = tables(path)
    assert {table for table, rows in written.items() if not rows} == set(), (
        "rows are wanted in tests/archives.py"
    )
    for table, rows in ROWS.items():
        kept = [{**row, "record": ""} if "record" in row else row for row in written[table]]
        assert kept == list(rows), table


PANEL = Article(
    id="aaaaaaaaaaa1", url="https://courier.example/news/1", outlet="Thames Courier", feed=COURIER,
    title="Panel asks why calls wait",
    paragraphs=("The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"),
    published=at(10, 9), first_seen=at(10, 10, 30, 0, 1), text_from=TextFrom.PAGE, shared_key="newsquest:1234567",
    page_title="Panel asks why calls wait | Thames Courier",
)  # fmt: skip
COUNTER = Article(
    id="bbbbbbbbbbb2", url="https://lantern.example/b", outlet="Wycombe Lantern", feed=LANTERN,
    title="Front counter to close", paragraphs=(), published=at(11), published_is_guess=True, first_seen=at(11, 8),
    text_from=TextFrom.SUMMARY, text_reason="the server said 503",
)  # fmt: skip
MESSAGE = Message(
    id="<1@monitor.example>", edition=1, composed=at(16, 7, 1, 30), content=b"Subject: Topical Issues, draft 1\r\n\r\n\x00\xff",
    state=MessageState.UNSURE, detail="no answer within 30 s", tried=at(16, 7, 2), doubts=1,
    receipts=(Receipt(address="officer@example.org", answer=Answer.LATER, said="450 busy"),),
)  # fmt: skip
RUNS = (
    Run(job="poll", started=at(16, 7), ended=at(16, 7, 0, 9), ok=True, summary="2 feeds polled, 1 failed; 0 new articles."),
    Run(job="weekly report", started=at(16, 7, 1), ended=at(16, 7, 2), ok=False, summary="The mail server did not answer."),
)  # fmt: skip


def test_articles_messages_and_runs_mean_what_they_meant(archive):
    had = {step: has(archive, step) for step in NAMES}
    with Store.open(archive) as store:
        panel, counter = store.articles.of(Window(since=None, until=at(30)))
        messages, runs = store.editions.messages(), store.runs.last()
        known = store.articles.known(COURIER, ["guid-1"], [], []).by_name
    assert panel == (PANEL if had["m_revisions"] else replace(PANEL, page_title=None))
    assert replace(counter, title=COUNTER.title) == COUNTER
    assert (counter.title == COUNTER.title) == had["m_long_texts"]
    sent = (MESSAGE if had["m_receipts"] else replace(MESSAGE, receipts=()),)
    assert messages == (sent if had["m_messages"] else ())
    assert runs == RUNS
    assert [one.id for one in known.values()] == ([PANEL.id] if had["m_entries"] else [])


def test_editions_and_decisions_mean_what_they_meant(archive):
    """Their records are JSON of then: what it lacks is as if it had never been said."""
    had = has(archive, "m_decisions")
    with Store.open(archive) as store:
        edition = read_edition(store.editions.record(1))
        (kept,) = store.editions.all()
    assert (kept.number, kept.made, kept.meeting.isoformat(), kept.items) == (1, at(16, 7), "2026-12-18", 1)
    assert (edition.number, len(edition.items), len(edition.near_misses), len(edition.articles)) == (
        1,
        1,
        1,
        2,
    )
    assert edition.items[0].heading and edition.items[0].links and edition.items[0].excerpt
    records = [row["record"] for row in tables(archive)["decisions"]]
    assert len(records) == had
    for learned in map(read_learned, records):
        (decision,) = learned.decisions
        assert (learned.edition, learned.learned) == (1, at(17, 12))
        assert (decision.heading, decision.note) == ("Calls that wait", ("For the chair.",))
        assert decision.articles == (PANEL.id,)


# ── and back ────────────────────────────────────────────────────────────────────────────────────────────────────


def backups(archive: Path) -> dict[str, Path]:
    return {path.name: path for path in (archive.parent / "backups").glob("*")}


def old(tmp_path: Path) -> Path:
    return restore(stored()[0], tmp_path / "archive.db")


def test_a_copy_is_made_before_and_is_the_archive_of_before(archive):
    before, applied = tables(archive), steps(archive)
    lacking = [name for name in NAMES if name not in applied]
    opened(archive)
    opened(archive)  # and no second one, where there is nothing to do
    kept = backups(archive)
    assert list(kept) == [f"archive-before-{name}.db" for name in lacking[:1]]
    for copy in kept.values():
        assert (tables(copy), steps(copy)) == (before, applied)
        assert copy.stat().st_mode & 0o777 == 0o600
        assert copy.parent.stat().st_mode & 0o777 == 0o700


def test_a_copy_holds_what_is_only_in_the_log_yet(tmp_path, monkeypatch):
    monkeypatch.setattr("monitor.store.sqlite.file.PARTING", 0.05)
    path = old(tmp_path)
    with closing(sqlite3.connect(path)) as reading:  # which keeps the log from being taken into the file
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM runs").fetchone()
        with closing(sqlite3.connect(path)) as writing, writing:
            writing.execute("INSERT INTO runs VALUES ('poll', '2026', '2026', 1, 'only in the log')")
        opened(path)
    (copy,) = backups(path).values()
    assert [row["summary"] for row in tables(copy)["runs"]][-1] == "only in the log"


@pytest.mark.parametrize("path", [":memory:", "archive.db"])
def test_a_new_archive_has_nothing_to_copy(tmp_path, path):
    opened(Path(path) if path == ":memory:" else tmp_path / path)
    assert not (tmp_path / "backups").exists()


def test_the_copy_of_an_earlier_upgrade_makes_room(tmp_path):
    path = old(tmp_path)
    (tmp_path / "backups").mkdir()
    for name in ("archive-before-m_long_ago.db", "topical-issues-20261116.zip", "archive-2026.db"):
        (tmp_path / "backups" / name).write_text("older")
    opened(path)
    assert sorted(backups(path)) == [
        "archive-2026.db",
        f"archive-before-{NAMES[1]}.db",
        "topical-issues-20261116.zip",
    ]


def test_without_a_copy_nothing_is_changed(tmp_path):
    path = old(tmp_path)
    before, applied = tables(path), steps(path)
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="was left as it is") as caught:
        Store.open(path)
    assert str(tmp_path / "backups") in str(caught.value)
    assert (tables(path), steps(path)) == (before, applied)
    with Store.open(path, make=False) as store:  # who only reads is told what stands there all the same
        assert store.articles.count() == 2
    assert (tables(path), steps(path)) == (before, applied)


class Failing(sqlite3.Connection):
    """Fails at the statement of a number, counted from the first that changes the archive's tables."""

    left = 0

    def execute(self, sql, *parameters):
        if sql.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DELETE", "DROP")):
            Failing.left -= 1
            if Failing.left == 0:
                raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *parameters)


@pytest.mark.slow
def test_a_migration_that_fails_anywhere_leaves_the_archive_as_it_was(tmp_path, monkeypatch):
    path, connect, failed = old(tmp_path), sqlite3.connect, 0
    before, applied = tables(path), steps(path)
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, factory=Failing, **named))
    for statement in range(1, 1000):
        Failing.left = statement
        try:
            opened(path)
        except StoreError as error:
            assert "disk I/O error" in str(error)
            failed += 1
            Failing.left = 0
            assert (tables(path), steps(path)) == (before, applied), statement
            continue
        if Failing.left > 0:
            break  # there were fewer
        path.unlink()  # what sqlite_utils only tries may fail
        old(tmp_path)
    assert failed >= len(NAMES) - 1  # each step has one such statement at least
    assert steps(path) == NAMES


def test_a_newer_archive_is_refused_and_the_way_back_is_named(tmp_path):
    path = old(tmp_path)
    opened(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("m_zones", "m_alleys"):
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('monitor', ?, '')",
                [name],
            )
    before = path.read_bytes()
    with pytest.raises(
        StoreError, match="newer version of the monitor \\(m_alleys\\). Install that version"
    ) as first:
        Store.open(path)
    assert "put it in its place" not in str(first.value)
    copy = copy_of(path, "m_zones")
    shutil.copy(next(iter(backups(path).values())), copy)
    with pytest.raises(StoreError, match="put it in its place") as second:
        Store.open(path)
    assert f" {copy} is how it was before" in str(second.value)
    assert path.read_bytes() == before


def test_the_copy_in_its_place_is_an_archive_again(tmp_path):
    """What docs/upgrading.md says: the copy over the archive, and the log of the newer one gone."""
    path = old(tmp_path)
    before = tables(path)
    opened(path)
    (copy,) = backups(path).values()
    for beside in ("archive.db-wal", "archive.db-shm"):
        (tmp_path / beside).unlink(missing_ok=True)
    shutil.copy(copy, path)
    assert (tables(path), steps(path)) == (before, NAMES[:1])
    opened(path)
    assert steps(path) == NAMES


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_what_root_copies_belongs_to_whom_the_archive_belongs(tmp_path):
    path = old(tmp_path)
    for one in (tmp_path, path):
        os.chown(one, 1234, 1234)
    opened(path)
    (copy,) = backups(path).values()
    assert {(one.stat().st_uid, one.stat().st_gid) for one in (copy, copy.parent)} == {(1234, 1234)}


def test_a_new_archive_of_a_test_is_as_one_that_was_made_step_by_step(tmp_path):
    """The tests lay the tables of a new archive at once (`conftest.archives_laid_at_once`)."""
    with Store.open(tmp_path / "first.db"), Store.open(tmp_path / "laid.db"):
        pass
    with Database(memory=True) as by_steps, closing(sqlite3.connect(tmp_path / "laid.db")) as laid:
        migrations.apply(by_steps)
        assert laid_in(laid) == laid_in(by_steps.conn)


def laid_in(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What there is, as it was asked for, and which steps and how many rows are in it."""
    made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    names = [name for kind, name, _ in made if kind == "table"]
    rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names}
    steps = connection.execute(
        "SELECT id, migration_set, name FROM _sqlite_migrations ORDER BY id"
    ).fetchall()
    return made, rows, steps
