"""The archive on PostgreSQL is the one of SQLite: the same columns, the same rows, the same answers; and it can be moved
from one to the other and back."""

import json
from datetime import timedelta

import postgres
import pytest
from archives import ROWS
from conftest import NOW

from monitor.errors import StoreError
from monitor.model import Goes, Run, Window
from monitor.store import Store, archive_at
from monitor.store.moving import copied
from monitor.store.owner import insert_into
from monitor.store.postgresql import likeness, schema
from monitor.store.server import server_at
from monitor.store.sqlite.schema import migrations

WHOLE = Window(since=None, until=NOW + timedelta(days=400))


@pytest.fixture(scope="module")
def both(tmp_path_factory, postgresql_server):
    """An archive in a file, and one on a server, each with a row or two of every table."""
    with postgres.own_schema(postgresql_server) as address:
        places = tmp_path_factory.mktemp("file") / "archive.db", server_at(address)
        for place in places:
            with Store.open(place) as store:
                fill(store)
        yield places


def fill(store) -> None:
    with store.archive.transaction() as db:
        for table, rows in ROWS.items():
            for row in rows:
                whole = {**row, "record": "{}"} if "record" in row else row
                db.execute(insert_into(table, whole), whole)


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────

KINDS = {
    "TEXT": "text",
    "INTEGER": "bigint",
    "FLOAT": "double precision",
    "REAL": "double precision",
    "BLOB": "bytea",
}


@pytest.mark.postgresql
def test_tables_columns_and_what_is_never_missing_are_the_same(both):
    file, server = both
    with archive_at(file, make=False) as one, archive_at(server, make=False) as other:
        columns = {table: of for table, of in one.columns().items() if table != "seals"}
        assert other.columns() == columns
        assert set(schema.tables()) == set(columns)
        for table in columns:
            there = {
                row["name"]: (KINDS[row["type"].upper()], bool(row["notnull"] or row["pk"]), bool(row["pk"]))
                for row in one.read(f"PRAGMA table_info({table})")
            }
            assert described(other, table) == there, table


def described(archive, table):
    found = archive.read(
        "SELECT attname AS name, format_type(atttypid, NULL) AS type, attnotnull AS never, coalesce(attnum = ANY(indkey), "
        "false) AS key FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary "
        "WHERE attrelid = to_regclass(?) AND attnum > 0 AND attname != 'rowid' ORDER BY attnum",
        table,
    )
    return {row["name"]: (row["type"], row["never"], row["key"]) for row in found}


@pytest.mark.postgresql
def test_texts_compare_as_bytes_whatever_the_database_was_made_with(both):
    with archive_at(both[1], make=False) as archive:
        found = archive.read(
            "SELECT DISTINCT collation_name AS name FROM information_schema.columns "
            "WHERE table_schema = ? AND data_type = 'text' AND table_name NOT LIKE '\\_%' AND table_name != 'seals'",
            archive.schema,
        )
    assert [row["name"] for row in found] == ["C"]


@pytest.mark.postgresql
def test_long_texts_are_packed_in_the_way_that_takes_least(both):
    """Where the server can (it names the ways that it has), and nothing fails where it cannot."""
    with archive_at(both[1], make=False) as archive:
        ways = archive.read("SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")
        found = archive.read(
            "SELECT attcompression AS way FROM pg_attribute WHERE attrelid = to_regclass('articles') "
            "AND attname = 'paragraphs'"
        )
    assert found[0]["way"] == ("l" if "lz4" in ways[0]["enumvals"] else "")


def test_the_steps_of_both_end_alike():
    """A step that one takes and the other does not would part them."""
    from sqlite_utils import Database

    with Database(memory=True) as empty:
        of_file = [step.name for step in migrations.pending(empty)]
    ours = schema.known_steps()
    assert of_file[of_file.index(ours[0]) :] == list(ours)


# ── the answers ─────────────────────────────────────────────────────────────────────────────────────────────────

FEED = ROWS["feed_states"][0]["url"]
ARTICLES = [row["id"] for row in ROWS["articles"]]
QUESTIONS = {
    "articles.of": lambda store: store.articles.of(WHOLE),
    "articles.headed": lambda store: store.articles.headed(["panel", "calls"]),
    "articles.headed, one": lambda store: store.articles.headed(["front-counter's"], 1),
    "articles.known": lambda store: store.articles.known(FEED, ["guid-1"], ARTICLES, [ROWS["articles"][0]["url"]]),
    "articles.last_of_each_outlet": lambda store: store.articles.last_of_each_outlet(WHOLE.until, 1),
    "articles.last_of_outlets": lambda store: store.articles.last_of_outlets(["Thames Courier"], WHOLE, 2),
    "articles.sightings": lambda store: store.articles.sightings(WHOLE),
    "articles.sightings, of feeds": lambda store: store.articles.sightings(WHOLE, [FEED, "https://other.example/rss"]),
    "articles.new_ones": lambda store: store.articles.new_ones(timedelta(days=9)),
    "articles.counted": lambda store: (store.articles.counted(WHOLE), store.articles.count_since(NOW)),
    "articles.ids": lambda store: (store.articles.ids(WHOLE), store.articles.outlets(), list(store.articles.seals())),
    "articles.revisions": lambda store: (store.articles.revisions(ARTICLES), store.articles.last_checks()),
    "feeds.states": lambda store: store.feeds.states(),
    "feeds.successes": lambda store: store.feeds.successes(),
    "feeds.read_in": lambda store: (store.feeds.read_in(WHOLE), store.feeds.polled_before(WHOLE.until)),
    "feeds.host_waits": lambda store: store.feeds.host_waits(),
    "feeds.waiting_pages": lambda store: store.feeds.waiting_pages(ARTICLES),
    "editions": lambda store: (store.editions.all(), store.editions.record(1), store.editions.messages()),
    "editions.seals": lambda store: list(store.editions.seals()),
    "decisions": lambda store: (store.decisions.kept(), store.decisions.all(), store.decisions.last_documents()),
    "runs": lambda store: (store.runs.last(), store.runs.last_successes(), store.runs.counts()),
    "runs.last_before": lambda store: (store.runs.last_before("poll", NOW), store.runs.last_before("x", NOW, tried=True)),
    "writings": lambda store: [(one.edition, one.stem, one.formats) for one in store.writings.unfinished()],
    "told": lambda store: store.told.all(),
    "forgetting": lambda store: (store.forgetting.sightings(None), store.forgetting.erasures()),
    "forgetting.names_of": lambda store: (store.forgetting.names_of(ARTICLES), list(store.forgetting.all_names())),
    "forgetting.countable": lambda store: store.forgetting.countable(Goes(runs=WHOLE.until, polls=WHOLE.until)),
    "forgetting.all_texts": lambda store: {
        (place.table, place.column, place.text) for place in store.forgetting.all_texts(["seals"], ())
    },
    "clocks.witness": lambda store: (store.clocks.witness(NOW), store.clocks.witness(NOW - timedelta(days=40))),
    "counts.feed_days": lambda store: [
        sorted(map(repr, store.counts.feed_days(WHOLE, timedelta(hours=hours)))) for hours in (0, 1)
    ],
    "counts.articles": lambda store: (store.counts.articles_of_feeds(WHOLE), store.counts.articles_of_outlets(WHOLE)),
    "counts.headlines": lambda store: (store.counts.headlines(FEED, 5), store.counts.last_polls(FEED, 5)),
    "counts.days_with_polls": lambda store: store.counts.days_with_polls([NOW - timedelta(days=30), NOW, WHOLE.until]),
    "counts.editions": lambda store: (store.counts.editions(WHOLE), store.counts.reported_of_outlets(WHOLE)),
    "counts.messages": lambda store: store.counts.messages(WHOLE),
    "counts.jobs": lambda store: [
        (one.job, one.runs, one.failed, one.last, round(one.usual.total_seconds()), round(one.longest.total_seconds()))
        for one in store.counts.jobs(WHOLE)
    ],
    "panels": lambda store: (store.panels.all(), store.panels.may_be_given("", "x"), store.panels.editions("")),
}  # fmt: skip


@pytest.mark.postgresql
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_of_one_is_answered_by_the_other_alike(both, question):
    answers = []
    for place in both:
        with Store.open(place, make=False) as store:
            answers.append(QUESTIONS[question](store))
    assert answers[0] == answers[1]


def test_every_room_is_asked(store):
    """A new room has its questions here."""
    asked = {question.split(".")[0] for question in QUESTIONS}
    assert asked == set(vars(store)) - {"archive", "owner"}


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────


def contents(archive):
    """Every row of every table, but what each makes for itself."""
    tables = {table: columns for table, columns in archive.columns().items() if table != "seals"}
    return {
        table: [plain(row, columns) for row in rows_of(archive, table)] for table, columns in tables.items()
    }


def rows_of(archive, table):
    return archive.read(f"SELECT * FROM {table} ORDER BY rowid")


def plain(row, columns):
    """JSON in which a moment was set right is written by each in its way."""
    return {name: json.loads(row[name]) if name == "record" else row[name] for name in columns}


AHEAD = NOW - timedelta(days=40)  # by this clock all that is stored lies ahead
ACTS = {
    "clocks.set_right": lambda store: store.clocks.set_right(store.clocks.witness(AHEAD)),
    "panels.give": lambda store: store.panels.give("", "thames-valley"),
    "runs.record": lambda store: store.runs.record(Run(job="x", started=NOW, ended=NOW, ok=True, summary="")),
    "decisions.withdraw": lambda store: store.decisions.withdraw([7], NOW, "Ann"),
    "editions.issue": lambda store: store.editions.issue(1, NOW, "Ann"),
    "told.change": lambda store: store.told.change(lambda told: told[:0]),
    "feeds.retries_due": lambda store: store.feeds.retries_due(NOW + timedelta(days=9)),
    "feeds.end_retry": lambda store: store.feeds.end_retry("bbbbbbbbbbb2"),
    "forgetting.texts": lambda store: store.forgetting.texts(ARTICLES, NOW),
    "forgetting.articles": lambda store: store.forgetting.articles({ARTICLES[0]: ["a trace"]}, NOW),
    "forgetting.records": lambda store: store.forgetting.records(
        Goes(editions=(1,), decisions=(7,), messages=("<1@monitor.example>",), runs=WHOLE.until, polls=WHOLE.until)
    ),
    "forgetting.finish": lambda store: store.forgetting.finish(),
}  # fmt: skip


@pytest.fixture
def pair(tmp_path, laid_out):
    """As `both`, for one test that changes them."""
    places = tmp_path / "archive.db", laid_out()
    for place in places:
        with Store.open(place) as store:
            fill(store)
            with store.archive.transaction() as db:
                db.execute("UPDATE forgotten_key SET key = ?", (b"k" * 32,))
    return places


@pytest.mark.postgresql
@pytest.mark.parametrize("act", ACTS)
def test_what_is_done_to_one_does_to_the_other_alike(pair, act):
    left = []
    for place in pair:
        with Store.open(place) as store:
            done = ACTS[act](store)
            left.append((done, contents(store.archive)))
    assert left[0] == left[1]


@pytest.mark.postgresql
def test_who_only_reads_sees_both_as_if_they_were_set_right(pair):
    shown = []
    for place in pair:
        with Store.open(place) as store:
            before = contents(store.archive)
            store.clocks.show_right(store.clocks.witness(AHEAD))
            shown.append(
                (store.articles.of(WHOLE), store.editions.all(), store.feeds.states(), store.told.all())
            )
        with Store.open(place) as store:
            assert contents(store.archive) == before
    assert shown[0] == shown[1]
    assert shown[0][0][0].first_seen == AHEAD


# ── moved ───────────────────────────────────────────────────────────────────────────────────────────────────────


def numbered(archive):
    return {
        table: [(row["place"], plain(row, columns)) for row in archive.read(f"SELECT rowid AS place, * FROM {table} ORDER BY 1")]
        for table, columns in archive.columns().items()
        if table != "seals"
    }  # fmt: skip


@pytest.mark.postgresql
def test_an_archive_goes_to_a_server_and_comes_back_the_same(tmp_path, both, laid_out):
    progress = []
    with archive_at(both[0], make=False) as file, archive_at(laid_out()) as server:
        counts = copied(file, server, lambda *step: progress.append(step))
        there = numbered(file)
        assert {**numbered(server)} == there
        with archive_at(tmp_path / "back.db") as back:
            assert copied(server, back) == counts
            assert numbered(back) == there
            assert list(back.broken_seals()) == [] and len(back.read("SELECT * FROM seals")) == 6
    assert counts == {table: len(rows) for table, rows in there.items()}
    assert progress[-1] == ("Comparing rows", 2 * sum(counts.values()), 2 * sum(counts.values()))


@pytest.mark.postgresql
def test_what_comes_after_a_copy_is_numbered_after_it(both, laid_out):
    place = laid_out()
    with archive_at(both[0], make=False) as file, archive_at(place) as server:
        copied(file, server)
    with Store.open(place) as store:
        run = Run(job="poll", started=NOW, ended=NOW, ok=True, summary="after")
        store.runs.record(run)
        assert run in store.runs.last()
        row = {**ROWS["decisions"][0], "record": "{}"}
        del row["id"]
        with store.archive.transaction() as db:
            added = db.execute(f"{insert_into('decisions', row)} RETURNING id", row).fetchone()
        assert added["id"] == 8


@pytest.mark.postgresql
def test_a_server_knows_from_a_copy_on_how_many_rows_there_are(both, laid_out):
    """Else it looks through all of a table for one row, until it has counted by itself."""
    with archive_at(both[0], make=False) as file, archive_at(laid_out()) as server:
        counts = copied(file, server)
        known = server.read(
            "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(?)",
            server.schema,
        )
        assert {row["relname"]: row["reltuples"] for row in known}.items() >= counts.items()


@pytest.mark.postgresql
def test_a_target_that_holds_anything_is_refused_and_left(both, pair):
    with archive_at(both[0], make=False) as source:
        for place in pair:
            with archive_at(place) as target:
                before = contents(target)
                with pytest.raises(StoreError, match="holds something .*articles.* nothing was copied"):
                    copied(source, target)
                assert contents(target) == before


@pytest.mark.postgresql
@pytest.mark.parametrize("lost", ["a row", "a sign"])
def test_a_copy_that_differs_is_not_kept(both, laid_out, monkeypatch, lost):
    with archive_at(both[0], make=False) as file, archive_at(laid_out()) as server:
        keep = server.executemany

        def badly(sql, rows):
            if "INTO revisions" in sql:
                rows = rows[1:] if lost == "a row" else [(*row[:-1], row[-1] + "!") for row in rows]
            keep(sql, rows)

        monkeypatch.setattr(server, "executemany", badly)
        with pytest.raises(StoreError, match="What was copied of revisions is not what is there"):
            copied(file, server)
        assert {
            table: rows for table, rows in contents(server).items() if rows and table != "forgotten_key"
        } == {}


# ── the statements ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sql, psycopg",
    [
        ("SELECT ? WHERE a = ?", "SELECT %s WHERE a = %s"),
        ("SELECT :a, :b_2", "SELECT %(a)s, %(b_2)s"),
        ("SELECT '?', ':a', 'it''s :b', \"?\", \":a\"", "SELECT '?', ':a', 'it''s :b', \"?\", \":a\""),
        ("a LIKE 'x%' AND b % 2", "a ILIKE 'x%%' AND b %% 2"),
        ("SELECT number::text", "SELECT number::text"),
        ("INSERT INTO main.told", 'INSERT INTO "north".told'),
        ("SELECT domain.x, 'main.told'", "SELECT domain.x, 'main.told'"),
    ],
)
def test_a_statement_is_written_as_psycopg_wants_it(sql, psycopg):
    assert likeness.translated(sql, "north") == psycopg


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "sql, is_true",
    [
        ("json_valid('{\"a\": 1}')", True),
        ("json_valid('{\"a\"')", False),
        ("json_valid('')", False),
        ("json_extract('{\"a\": \"b\"}', '$.a') = 'b'", True),
        ("json_extract('{\"a\": \"b\"}', '$.c') IS NULL", True),
        ("json_array_length('{\"a\": [1, 2]}', '$.a') = 2", True),
        ("json_array_length('{\"b\": [1, 2]}', '$.a') IS NULL", True),
        ("(SELECT count(*) FROM json_each('{\"a\": [1, [2], {}]}', '$.a')) = 3", True),
        ("(SELECT count(*) FROM json_each('{\"b\": 1}', '$.a')) = 0", True),
        ("'x' IN (SELECT value FROM json_each('[\"x\", \"y\"]'))", True),
        ("'y' IN (SELECT value FROM json_each('[\"x\\u0000\", \"y\"]'))", True),
        ("2 IN (SELECT CAST(value AS BIGINT) FROM json_each('[1, 2]'))", True),
        ("json_extract(json_set('{\"a\": 1}', '$.a', 'b'), '$.a') = 'b'", True),
        ("(SELECT json_group_array(value) FROM json_each('[\"x\", \"y\"]')) = '[\"x\",\"y\"]'", True),
        ("instr('abc', 'c') = 3 AND instr('abc', 'd') = 0", True),
        ("glob('[0-9].*+0', '1.5+0')", True),
        ("glob('[0-9].*+0', '1x5+0')", False),
        ("typeof('a') = 'text' AND typeof(1) = 'text'", False),
        ("date('2026-11-16T23:30:00.000000+00:00', '+60 minutes') = '2026-11-17'", True),
        ("round(CAST((julianday('2026-11-17T00:00:00.000000+00:00') - julianday('2026-11-16T12:00:00.000000+00:00')) * 4 "
         "AS INTEGER)) = 2", True),
        ("lower('ÄB') = 'Äb'", True),
        ("'a' < 'b' AND 'B' < 'a' AND 'z' < 'ä'", True),
    ],
)  # fmt: skip
def test_what_sqlite_brings_the_other_has_too(both, sql, is_true):
    for place in both:
        with archive_at(place, make=False) as archive:
            ask = f"SELECT CASE WHEN {sql} THEN 1 ELSE 0 END AS found FROM (SELECT 1 AS one) AS one"
            assert bool(archive.read(ask)[0]["found"]) is is_true, archive.path
