"""The archive on a PostgreSQL server, as a person meets it: set up by one address, wrong in many ways, moved and restored."""

import json
import os
import threading
import time
import zipfile
from contextlib import contextmanager

import postgres
import psycopg
import pytest
from conftest import NOW, article

from monitor.app import archives
from monitor.app.secrets import known_secrets, without_secrets
from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.errors import StoreError
from monitor.model import FeedState, PollOutcome, PollResult, Run
from monitor.store import Store, holds_something, sessions_kept, stamp_of
from monitor.store.postgresql import archive as on_server
from monitor.store.postgresql import schema, sessions
from monitor.store.postgresql.queue.server import settings as of_queue
from monitor.store.postgresql.trouble import unreachable
from monitor.store.server import server_at

FEED = "https://courier.example/rss"
RUN = Run(job="poll", started=NOW, ended=NOW, ok=True, summary="")
PASSWORD = "Quite!secret-42"


def save(store, *articles):
    outcome = PollOutcome(feed=FEED, at=NOW, result=PollResult.NEW, entries=1, new=1)
    store.feeds.save_poll(outcome, FeedState(url=FEED), list(articles))


@pytest.fixture
def folder(tmp_path):
    write_defaults(tmp_path)
    return tmp_path


@pytest.fixture
def monitor(folder, monkeypatch, capsys):
    """A command, with the archive at an address from then on; its exit code, and what it said."""

    def call(*arguments, **environment):
        for name, value in environment.items():
            monkeypatch.setenv({"at": "MONITOR_ARCHIVE"}.get(name, name), str(value))
        code = main(["--config", str(folder), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


# ── what is wrong with it ───────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def as_is(server):
    yield server.by_port()


@contextmanager
def nobody_serves(server):
    yield f"postgresql://u:{PASSWORD}@127.0.0.1:{postgres.free_port()}/x"


@contextmanager
def wrong_password(server):
    yield server.by_port(password=PASSWORD)


@contextmanager
def no_database(server):
    yield server.by_port(database="elsewhere")


@contextmanager
def no_host(server):
    yield f"postgresql://u:{PASSWORD}@nowhere.invalid/x"


@contextmanager
def no_rights(server):
    """A user who may not make a schema here."""
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
        yield server.by_port(user="reader", password=PASSWORD) + "?options=-csearch_path%3Dnot_there"
        connection.execute("DROP OWNED BY reader; DROP ROLE reader")


def an_address(text):
    @contextmanager
    def given(server):
        yield text

    return given


WRONG = [
    (nobody_serves, "cannot be opened: Connection refused. Is the server running, and is its address in MONITOR_ARCHIVE right?"),
    (wrong_password, 'password authentication failed for user "postgres". Set the right one in MONITOR_ARCHIVE.'),
    (no_database, 'database "elsewhere" does not exist. Make it, or name another in MONITOR_ARCHIVE (docs/postgresql.md).'),
    (no_host, "See to the host's name in MONITOR_ARCHIVE."),
    (no_rights, "permission denied for database postgres. See docs/postgresql.md for the rights that its user needs."),
    (an_address(f"mysql://u:{PASSWORD}@h/d"), "is not one of PostgreSQL's: write it as postgresql:// and behind it user:password@host/database"),
    (an_address(f"u:{PASSWORD}@h/d"), "is not one of PostgreSQL's"),
    (an_address(f"host=h password={PASSWORD}"), "is not one of PostgreSQL's"),
    (an_address(f"postgresql://u:{PASSWORD}@h:port/d"), "is not one of PostgreSQL's"),
    (an_address(f"postgresql://u:{PASSWORD}@[::1/d"), "is not one of PostgreSQL's"),
    (an_address(f"postgresql://u:{PASSWORD}@127.0.0.1/d?no_such_setting=1"), "its address says what PostgreSQL does not know."),
    (an_address(f"postgresql://u:{PASSWORD}@127.0.0.1/d?sslmode=perhaps"), 'invalid sslmode value: "perhaps"'),
    (an_address(f"postgresql://u:{PASSWORD}@h/d?options=-csearch_path%3Da,b"), "not the name of one schema"),
]  # fmt: skip


@pytest.mark.postgresql
@pytest.mark.parametrize("command", ["status", "housekeeping"])
@pytest.mark.parametrize("wrong, says", WRONG, ids=lambda value: getattr(value, "__name__", ""))
def test_an_archive_that_cannot_be_used_is_said_in_one_line(
    monitor, folder, postgresql_server, wrong, says, command
):
    before = sorted(os.listdir(folder))
    with wrong(postgresql_server) as address:
        if wrong is no_rights and command == "status":
            return  # who only asks finds nothing there, and makes nothing
        code, out, err = monitor(command, at=address)
    assert (code, out) == (1, "")
    assert says in err and len(err.splitlines()) == 1, err
    assert PASSWORD not in err and "Traceback" not in err
    assert [name for name in sorted(os.listdir(folder)) if name not in (*before, "data")] == []


def test_a_file_for_the_address_that_is_not_there_is_said(monitor, folder):
    code, _, err = monitor("status", MONITOR_ARCHIVE_FILE=folder / "gone")
    assert code == 1 and "MONITOR_ARCHIVE_FILE names" in err and "No such file or directory" in err


@pytest.mark.postgresql
def test_an_older_server_is_refused(monkeypatch, postgresql):
    monkeypatch.setattr(on_server, "OLDEST", 99)
    with pytest.raises(
        StoreError, match=r"is on PostgreSQL \d\d: 99 or newer is needed. Upgrade the server."
    ):
        Store.open(server_at(postgresql))
    with psycopg.connect(postgresql) as connection:
        assert connection.execute("SELECT to_regclass('articles')").fetchone() == (None,)


@pytest.mark.postgresql
def test_a_schema_of_a_newer_version_is_refused_and_left(postgresql):
    Store.open(server_at(postgresql)).close()
    with psycopg.connect(postgresql) as connection:
        connection.execute("INSERT INTO _steps (name, at) VALUES ('m_of_tomorrow', '')")
    for make in (True, False):
        with pytest.raises(
            StoreError, match=r"newer version of the monitor \(m_of_tomorrow\). Install that version."
        ):
            Store.open(server_at(postgresql), make=make)


@pytest.mark.postgresql
def test_an_older_schema_is_brought_up_to_date_once(monkeypatch, postgresql):
    Store.open(server_at(postgresql)).close()
    step = schema.Step(
        "m_of_tomorrow", ("ALTER TABLE runs ADD COLUMN mood text", "UPDATE runs SET mood = 'fair'")
    )
    monkeypatch.setattr(schema, "LATER", (*schema.LATER, step))
    ready, opened = threading.Barrier(4), []

    def open_it():
        ready.wait(10)
        with Store.open(server_at(postgresql)) as store:
            opened.append(store.archive.columns()["runs"][-1])

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == ["mood"] * 4


@pytest.mark.postgresql
def test_a_standby_is_read_and_not_written(postgresql):
    """As one in recovery (`tests/unattended/test_server.py`) here one whose sessions only read."""
    with Store.open(server_at(postgresql)) as store:
        save(store, article("one"))
    only = postgresql.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    with Store.open(server_at(only), make=False) as store:
        assert store.articles.count() == 1
        with pytest.raises(
            StoreError, match="read-only transaction. It is a standby, or only reads: name in MONITOR_ARCHIVE"
        ):
            store.runs.record(RUN)
    with pytest.raises(
        StoreError,
        match=r"a server that only reads \(a standby, or one in recovery\): nothing was written. Name",
    ):
        Store.open(server_at(only))
    with Store.open(server_at(only), make=False) as store:
        assert store.articles.count() == 1


@pytest.mark.parametrize(
    "said, remedy",
    [
        ("the database system is starting up", "Call again in a minute."),
        ("the database system is in recovery mode", "Call again in a minute, or name in MONITOR_ARCHIVE the server that writes."),
        ("the database system is not yet accepting connections", "Call again in a minute, or name in MONITOR_ARCHIVE the server that writes."),
        ("the database system is shutting down", "Call again when it is back."),
        ("sorry, too many clients already", "Raise max_connections on the server, or run fewer commands at a time."),
        ("unsupported startup parameter: options", "Name the server itself in MONITOR_ARCHIVE, not a pooler (docs/postgresql.md)."),
        ("something of another language", "Is the server running, and is its address in MONITOR_ARCHIVE right?"),
    ],
)  # fmt: skip
def test_what_a_server_says_at_the_door_has_its_remedy(said, remedy):
    error = psycopg.OperationalError(
        f'connection to server at "h", port 5432 failed: FATAL:  {said}\nDETAIL: more'
    )
    assert str(unreachable("A", error)) == f"The archive A cannot be opened: {said}. {remedy}"


@pytest.mark.postgresql
def test_status_names_the_server_and_its_version(monitor, postgresql, capsys):
    Store.open(server_at(postgresql)).close()
    with psycopg.connect(postgresql) as connection:
        version = connection.execute("SHOW server_version").fetchone()[0].split()[0]
    assert f", PostgreSQL {version}." in monitor("status", at=postgresql)[1]
    assert json.loads(monitor("status", "--json")[1])["server"] == f"PostgreSQL {version}"
    assert json.loads(monitor("status", "--json", at="")[1])["server"] is None


# ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address, text, shown",
    [
        ("postgresql://ann:Wo%21rd-1@db.example/m", "as Wo!rd-1 and Wo%21rd-1", "as [struck out] and [struck out]"),
        ("postgresql://ann:Wo%21rd-1@db.example/m", "postgresql://ann:Wo%21rd-1@db.example/m", "postgresql://[struck out]@db.example/m"),
        ("postgresql://ann:word-1@db.example/m", "The archive postgresql://db.example/m", "The archive postgresql://db.example/m"),
        ("postgresql:///monitor", "the archive postgresql:///monitor of /monitor", "the archive postgresql:///monitor of /monitor"),
    ],
)  # fmt: skip
def test_what_lets_one_in_is_never_shown_and_where_it_is_may_be(monkeypatch, address, text, shown):
    monkeypatch.setenv("MONITOR_ARCHIVE", address)
    assert without_secrets(text) == shown


def test_an_address_in_a_file_goes_before_and_is_a_secret_too(monkeypatch, tmp_path):
    (tmp_path / "address").write_text("postgresql://ann:from-a-file@db.example/m\n")
    monkeypatch.setenv("MONITOR_ARCHIVE", "postgresql://ann:from-here@db.example/other")
    monkeypatch.setenv("MONITOR_ARCHIVE_FILE", str(tmp_path / "address"))
    assert archives.archive_of(tmp_path).name == "postgresql://db.example/m"
    assert "from-a-file" in known_secrets()


@pytest.mark.parametrize(
    "address, name, schema_, options",
    [
        ("postgresql://ann:x@db.example:5433/m", "postgresql://db.example:5433/m", "monitor", ""),
        ("postgres://db.example/m", "postgresql://db.example/m", "monitor", ""),
        ("postgresql://ann@[::1]:5/m", "postgresql://[::1]:5/m", "monitor", ""),
        ("postgresql:///m?host=/var/run/postgresql", "postgresql:///var/run/postgresql/m", "monitor", ""),
        ("postgresql:///m", "postgresql://localhost/m", "monitor", ""),
        ("postgresql://h/m?options=-csearch_path%3Dnorth", "postgresql://h/m (north)", "north", ""),
        ("postgresql://h/m?options=-c%20search_path%3Dnorth%20-cwork_mem%3D1MB", "postgresql://h/m (north)", "north", "-cwork_mem=1MB"),
        ("postgresql://h/m?options=-cwork_mem%3D1MB", "postgresql://h/m", "monitor", "-cwork_mem=1MB"),
    ],
)  # fmt: skip
def test_an_address_has_a_name_that_may_be_shown(address, name, schema_, options):
    server = server_at(address)
    assert (server.name, server.schema, server.options) == (name, schema_, options)
    assert "ann" not in repr(server)


# ── transactions ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def place(laid_out):
    return laid_out()


def cut(store):
    """As a server that goes away in the midst of it."""
    number = store.archive._session.info.backend_pid
    with Store.open(store.archive._server) as other:
        other.archive.read("SELECT pg_terminate_backend(?)", number)


@pytest.mark.postgresql
def test_a_server_that_goes_away_ends_a_run_with_one_line_and_the_next_goes_on(place):
    gone = r"The server of the archive \S+ \(\w+\) went away. What was under way was not kept; the next run goes on from there."
    with Store.open(place) as store:
        save(store, article("one"))
        with pytest.raises(StoreError, match=gone), store.archive.transaction() as db:
            db.execute("DELETE FROM articles")
            cut(store)
            db.execute("DELETE FROM polls")
        for question in (store.articles.count, lambda: store.runs.record(RUN)):
            with pytest.raises(StoreError, match=gone):
                question()
    with Store.open(place) as store:
        save(store, article("two"))
        assert store.articles.count() == 2


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", range(5))
def test_at_whichever_statement_it_goes_away_that_is_what_is_said(place, monkeypatch, statement):
    """Also in the midst of many rows, where psycopg says that it is busy."""
    with Store.open(place) as store:
        said = []
        for name in ("execute", "executemany"):
            say = getattr(store.archive, name)

            def saying(*words, say=say):
                if len(said) == statement:
                    cut(store)
                said.append(words)
                return say(*words)

            monkeypatch.setattr(store.archive, name, saying)
        with pytest.raises(StoreError, match="went away"):
            save(store, *(article(f"a{number}") for number in range(50)))
    with Store.open(place) as store:
        assert store.articles.count() == 0 and store.feeds.states() == ()


@pytest.mark.postgresql
def test_who_opens_it_for_each_page_gets_a_session_that_lives(place):
    """Kept sessions that died meanwhile, one and all, are never met; nor what one of them was shown as set right."""
    with sessions_kept(place):
        for _ in range(2):
            with Store.open(place) as one, Store.open(place) as other:
                for store in (one, other):
                    store.clocks.show_right(store.clocks.witness(NOW))
                assert one.articles.count() == other.articles.count() == 0
                numbers = [number_of(one), number_of(other)]
            end = time.monotonic() + 20
            while (
                opened_again(place) not in numbers
            ):  # a session is cleared in a thread before it is given again
                assert time.monotonic() < end, "every page has a session of its own"
            with psycopg.connect(place.address, autocommit=True) as killer:
                killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(%s)", (numbers,)
                )


def number_of(store):
    return store.archive.read("SELECT pg_backend_pid() AS n")[0]["n"]


def opened_again(place):
    with Store.open(place) as again:
        left = again.archive.read(
            "SELECT count(*) AS n FROM pg_class WHERE relnamespace = pg_my_temp_schema()"
        )
        assert left[0]["n"] == 0
        return number_of(again)


@pytest.mark.postgresql
def test_who_writes_is_waited_for_and_not_for_ever(place, monkeypatch):
    monkeypatch.setattr(sessions, "LONGEST_WAIT", 0.2)
    began, ends = threading.Event(), threading.Event()

    def write():
        with Store.open(place) as other, other.archive.transaction():
            began.set()
            ends.wait(10)

    with Store.open(place) as store:
        writing = threading.Thread(target=write)
        writing.start()
        began.wait(10)
        with pytest.raises(
            StoreError, match="lock timeout. Another command writes for half a minute already"
        ):
            store.runs.record(RUN)
        ends.set()
        store.runs.record(RUN)
        writing.join()
        assert store.runs.last() == (RUN,)


@pytest.mark.postgresql
def test_one_that_freezes_while_it_writes_keeps_nobody_from_writing(place, monkeypatch):
    monkeypatch.setattr(sessions, "LONGEST_SILENCE", 0.1)
    with Store.open(place) as frozen, Store.open(place) as other:
        gone = "went away. What was under way was not kept"
        with pytest.raises(StoreError, match=gone), frozen.archive.transaction() as db:
            db.execute("DELETE FROM forgotten_key")
            other.runs.record(RUN)
            db.execute("DELETE FROM runs")
        assert other.runs.last() == (RUN,)
        assert len(other.archive.read("SELECT key FROM forgotten_key")) == 1


@pytest.mark.postgresql
def test_of_a_machine_that_is_gone_the_server_hears_within_a_minute(postgresql_server):
    """It is asked for over a port; on a socket there is no machine that could be gone."""
    asked = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
    for settings in (sessions.settings, of_queue):
        with psycopg.connect(settings(server_at(postgresql_server.by_port()))) as session:
            found = [session.execute(f"SHOW {one}").fetchone()[0] for one in asked]
        assert found == ["30", "10", "3", "60000"]


@pytest.mark.postgresql
def test_ctrl_c_while_another_writes_is_heard_at_once(place):
    import signal

    with Store.open(place) as store, Store.open(place) as other:
        with other.archive.transaction():
            ringing = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
            ringing.start()
            began = time.monotonic()
            with pytest.raises(KeyboardInterrupt):
                store.runs.record(RUN)
            assert time.monotonic() - began < 5
        store.runs.record(RUN)
        assert store.runs.last() == (RUN,)


@pytest.mark.postgresql
def test_what_is_written_is_on_the_disk_first_where_others_are_told_of_it(place):
    with Store.open(place) as store:
        for lasting, level in ((True, "on"), (False, "off"), (True, "on")):
            with store.archive.transaction(lasting=lasting):
                assert store.archive.read("SHOW synchronous_commit")[0]["synchronous_commit"] == level


@pytest.mark.postgresql
def test_that_it_was_written_is_seen_without_reading_it(place):
    with Store.open(place) as store:
        before = stamp_of(place)
        assert store.articles.count() == 0 and stamp_of(place) == before
        save(store, article("one"))
        assert (after := stamp_of(place)) != before
        with pytest.raises(ValueError), store.archive.transaction():
            raise ValueError
        assert stamp_of(place) == after


@pytest.mark.postgresql
def test_a_row_that_cannot_be_read_is_set_aside_and_named(place, caplog):
    with Store.open(place) as store:
        save(store, article("one"), article("two"))
        with store.archive.transaction() as db:
            db.execute("UPDATE articles SET paragraphs = '[broken' WHERE id = 'two'")
        assert [one.id for one in store.articles.named(["one", "two"])] == ["one"]
    assert "damaged and set aside: articles two: a list in it is no JSON" in caplog.text


@pytest.mark.postgresql
def test_a_question_where_there_is_no_archive_leaves_no_trace(postgresql):
    server = server_at(postgresql)
    with Store.open(server, make=False) as store:
        assert store.articles.count() == 0
    assert not holds_something(server)


# ── moved, backed up, restored ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.postgresql
def test_an_archive_is_copied_by_name_and_back(monitor, folder, place, monkeypatch):
    with Store.open(folder / "data" / "archive.db") as store:
        save(store, article("one"), article("two"))
    code, out, err = monitor("archive", "copy", folder / "data", "env:MONITOR_ARCHIVE", at=place.address)
    assert (code, err) == (0, "")
    assert out == (
        "Copied, and compared row by row: 5 rows, of them 2 articles and 0 drafts.\n"
        f"From {folder / 'data' / 'archive.db'}, which is as it was, to {place.name}.\n"
    )
    code, out, err = monitor("archive", "copy", place.address, folder / "back.db")
    assert code == 0, err
    with Store.open(folder / "back.db") as store:
        assert store.articles.count() == 2
    code, out, err = monitor("archive", "copy", folder / "back.db", place.address)
    assert (code, out) == (1, "") and "holds something" in err and "nothing was copied" in err


@pytest.mark.parametrize(
    "source, target, says",
    [
        (
            "data",
            "postgresql://ann:word-1@h/d",
            "may hold no password, for everybody on this machine can read it",
        ),
        ("data", "env:NOWHERE", "The environment has no NOWHERE, and no NOWHERE_FILE"),
        ("data", "mysql://h/d", "An address of PostgreSQL's is postgresql:// and behind it"),
        ("nothing", "data", "There is no archive in"),
        ("data", "data", "cannot be copied to itself"),
    ],
)
def test_what_cannot_be_copied_is_said_and_nothing_is_touched(monitor, folder, source, target, says):
    with Store.open(folder / "data" / "archive.db") as store:
        save(store, article("one"))
    where = [folder / one if "://" not in one and ":" not in one else one for one in (source, target)]
    code, out, err = monitor("archive", "copy", *where)
    assert (code, out) == (1, "") and says in err and "word-1" not in err
    assert sorted(os.listdir(folder / "data")) == ["archive.db"]


@pytest.mark.postgresql
@pytest.mark.slow
def test_a_backup_of_a_server_is_one_of_a_file_and_goes_back_into_either(monitor, folder, postgresql):
    with Store.open(server_at(postgresql)) as store:
        save(store, article("one"))
    code, out, err = monitor("backup", at=postgresql)
    assert code == 0, err
    (file,) = (folder / "data" / "backups").glob("*.zip")
    with zipfile.ZipFile(file) as zipped:
        assert {"archive.db", "about.json"} <= set(zipped.namelist())
    with Store.open(server_at(postgresql)) as store:
        save(store, article("two"))
    code, out, err = monitor("restore", file)
    assert code == 0, err
    kept = next(line for line in out.splitlines() if line.startswith("The replaced archive is kept: "))
    schema_kept = kept.rpartition(" ")[2]
    assert "Lost: 1 article that the replaced archive held and this one does not." in out
    with Store.open(server_at(postgresql)) as store:
        assert [one.id for one in store.articles.named(["one", "two"])] == ["one"]
    with psycopg.connect(postgresql) as connection:
        assert connection.execute(f"SELECT count(*) FROM {schema_kept}.articles").fetchone() == (2,)
        connection.execute(f"DROP SCHEMA {schema_kept} CASCADE")
    code, out, err = monitor("restore", file, at="")
    assert code == 0, err
    with Store.open(folder / "data" / "archive.db") as store:
        assert store.articles.count() == 1


@pytest.mark.postgresql
def test_an_archive_that_is_gone_from_the_server_is_not_taken_for_a_new_one(
    monitor, folder, postgresql, postgresql_server
):
    with Store.open(server_at(postgresql)) as store:
        save(store, article("one"))
    assert monitor("prune", at=postgresql)[0] == 0
    with psycopg.connect(postgresql_server.address(), autocommit=True) as connection:
        connection.execute(f"ALTER SCHEMA {server_at(postgresql).schema} RENAME TO elsewhere_{os.getpid()}")
        for command in ("prune", "status"):
            code, out, err = monitor(command)
            assert (
                code == 1
                and "is gone, though this configuration has run with it before: is it another database?"
                in err + out
            )
        assert monitor("init", "--new-archive")[0] == 0
        assert monitor("prune")[0] == 0
        assert monitor("init", "--new-archive")[0] == 1
        connection.execute(f"DROP SCHEMA elsewhere_{os.getpid()} CASCADE")


@pytest.mark.postgresql
def test_an_empty_server_beside_a_file_with_an_archive_is_not_begun(monitor, folder, postgresql):
    """Whose jobs have the address before the archive was copied would begin with draft 1 again, and mail it."""
    file = folder / "data" / "archive.db"
    file.parent.mkdir()
    with Store.open(file) as store:
        save(store, article("one"))
    for command in ("poll", "weekly", "status"):
        code, out, err = monitor(command, at=postgresql)
        assert code == 1 and "is empty, and the one in" in err + out and "archive copy" in err + out
    assert not holds_something(server_at(postgresql))
    assert monitor("archive", "copy", folder / "data", "env:MONITOR_ARCHIVE")[0] == 0
    assert monitor("prune")[0] == 0


@pytest.mark.postgresql
def test_a_file_beside_an_empty_server_is_left_where_that_is_wanted(monitor, folder, postgresql):
    file = folder / "data" / "archive.db"
    file.parent.mkdir()
    with Store.open(file) as store:
        save(store, article("one"))
    assert monitor("init", "--new-archive", at=postgresql)[0] == 0
    assert monitor("prune")[0] == 0
    with Store.open(server_at(postgresql)) as store:
        assert store.articles.count() == 0


@pytest.mark.postgresql
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_has_not_every_sign_is_refused(postgresql_server, encoding):
    name = f"in_{encoding.lower()}"
    with psycopg.connect(postgresql_server.address(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING {encoding} TEMPLATE template0 LOCALE 'C'")
        try:
            for make in (True, False):
                with pytest.raises(StoreError, match=f"encoding {encoding}.*: make another .*UTF8"):
                    Store.open(server_at(postgresql_server.address(database=name)), make=make)
        finally:
            connection.execute(f"DROP DATABASE {name}")
