"""The archive: what goes in comes out, whole transactions, and plain words when a file cannot be used."""

import os
import pwd
import sqlite3
import threading
import time
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum

import pytest
from conftest import NOW, article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from monitor.errors import Busy, StoreError
from monitor.model import (
    Answer,
    Article,
    Basis,
    Edition,
    EntryName,
    FeedState,
    HostWait,
    KeptEdition,
    Learned,
    Message,
    MessageState,
    PollOutcome,
    PollResult,
    ReadingHealth,
    Receipt,
    ReportHeader,
    Run,
    TextFrom,
    Window,
)
from monitor.store import Store, rows
from monitor.store.sqlite import file as archive_file
from monitor.store.sqlite import opening
from monitor.store.sqlite.schema import migrations

pytestmark = pytest.mark.on_both

EVERYTHING = Window(since=None, until=NOW + timedelta(days=1))
FEED = "https://courier.example/rss"


def outcome(**changes) -> PollOutcome:
    return PollOutcome(
        **{"feed": FEED, "at": NOW, "result": PollResult.NEW, "entries": 3, "new": 2, **changes}
    )


def edition(number: int, *, until: datetime = NOW, meeting: date | None = None) -> Edition:
    basis = Basis(
        window=Window(since=None, until=until),
        articles=0,
        stories=0,
        included=0,
        near=0,
        out=0,
        health=ReadingHealth(),
    )
    header = ReportHeader(to="Report to the panel", title="Topical Issues", author="Officer", meeting=meeting)
    return Edition(
        number=number, made=until, header=header, items=(), near_misses=(), basis=basis, rules_digest="d"
    )


moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)).map(
    lambda m: m.replace(tzinfo=UTC)
)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
articles = st.builds(
    Article,
    id=words.filter(bool),
    url=words,
    outlet=words,
    feed=words,
    title=words,
    paragraphs=st.lists(words, max_size=4).map(tuple),
    published=moments,
    published_is_guess=st.booleans(),
    first_seen=moments,
    text_from=st.sampled_from(TextFrom),
    text_reason=st.none() | words,
    shared_key=st.none() | words,
    page_title=st.none() | words,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(stored=articles)
def test_every_article_comes_back_as_it_was(store, stored):
    """Each into an empty archive. PostgreSQL has no NUL in its texts."""
    wanted = stored
    if not isinstance(store.archive, archive_file.FileArchive):
        wanted = Article(**{name: without_nul(value) for name, value in asdict(stored).items()})
    with store.archive.transaction() as db:
        db.execute("DELETE FROM articles")
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [stored])
    assert store.articles.get(stored.id) == wanted
    later = Window(since=stored.first_seen, until=datetime(2031, 1, 1, tzinfo=UTC))
    assert store.articles.of(later) == (wanted,)


def without_nul(value):
    """A paragraph stands in JSON, which has a way to write it."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) and not isinstance(value, Enum) else value


def test_a_feed_state_comes_back_as_it_was_and_is_replaced_by_the_next(store):
    first = FeedState(
        url=FEED,
        etag='W/"a"',
        last_modified="Mon, 16 Nov 2026 06:00:00 GMT",
        body_digest="ab12",
        next_poll=NOW + timedelta(minutes=30),
        last_poll=NOW,
        last_success=NOW,
        last_new=NOW - timedelta(days=1),
        last_full=NOW,
        failures=0.25,
        last_failure="no answer within 20 s",
    )
    store.feeds.save_poll(outcome(), first, [])
    assert store.feeds.states() == (first,)
    second = replace(first, etag=None, failures=0.0, last_failure=None)
    store.feeds.save_poll(outcome(), second, [])
    assert store.feeds.states() == (second,)


def test_the_first_sight_of_an_article_is_the_fact(store):
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one", title="As first seen")])
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one", title="As changed later")])
    assert store.articles.get("one").title == "As first seen"
    assert store.articles.count() == 1


def test_unseen_tells_new_ids_from_stored_ones(store):
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")])
    assert store.articles.unseen(["one", "two"]) == {"two"}
    assert store.articles.unseen([]) == frozenset()


def test_what_a_feed_s_entries_may_be_is_found_by_name_id_and_link(store):
    one, two = article("one"), article("two")
    names = [EntryName(feed=FEED, entry=entry, article=id) for entry, id in (("a", "one"), ("b", "gone"))]
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [one, two], names=names)
    found = store.articles.known(
        FEED, ["a", "b", "c"], ["two", "three"], [one.url, "https://nobody.example/"]
    )
    assert {name: known.id for name, known in found.by_name.items()} == {"a": "one"}
    assert (set(found.by_id), found.named) == ({"one", "two"}, {"one"})
    assert {url: [known.id for known in linked] for url, linked in found.by_link.items()} == {
        one.url: ["one"]
    }
    assert (found.by_id["one"].title, found.by_id["one"].text_from) == (one.title, one.text_from)
    assert one.paragraphs[0] in found.by_id["one"].text
    assert store.articles.known("https://other.example/rss", ["a"], [], []).by_name == {}
    store.feeds.save_poll(
        outcome(), FeedState(url=FEED), [], names=[EntryName(feed=FEED, entry="a", article="two")]
    )
    assert store.articles.known(FEED, ["a"], [], []).by_name["a"].id == "two"


def test_an_archive_from_before_entries_had_names_is_read_and_taught(tmp_path):
    """Every migration but the last ones, then today's monitor."""
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as connection:
        migrations.apply(Database(connection), stop_before="m_entries")
        columns = Database(connection).table("articles").columns_dict
        row = {name: value for name, value in rows.article_row(article("one")).items() if name in columns}
        connection.execute(
            f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
        )
    connection.close()
    with Store.open(path) as store:
        assert store.articles.get("one") == article("one")
        assert store.articles.known(FEED, ["a"], ["one"], []).by_name == {}
        store.feeds.save_poll(
            outcome(), FeedState(url=FEED), [], names=[EntryName(feed=FEED, entry="a", article="one")]
        )
        assert store.articles.known(FEED, ["a"], [], []).by_name["a"].id == "one"


def test_an_article_is_found_by_id_or_address(store):
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")])
    assert store.articles.get("https://courier.example/news/one").id == "one"
    assert store.articles.get("elsewhere") is None


@pytest.mark.parametrize(
    "since, until, found",
    [
        pytest.param(None, 3, ["a", "b", "c"], id="from the beginning"),
        pytest.param(1, 3, ["b", "c"], id="the first moment is in"),
        pytest.param(0, 2, ["a", "b"], id="the last moment is out"),
        pytest.param(3, 9, [], id="nothing there"),
    ],
)
def test_a_window_is_half_open_on_first_seen(store, since, until, found):
    seen = [article(name, first_seen=NOW + timedelta(hours=hour)) for hour, name in enumerate("abc")]
    store.feeds.save_poll(outcome(), FeedState(url=FEED), seen)
    window = Window(
        since=None if since is None else NOW + timedelta(hours=since), until=NOW + timedelta(hours=until)
    )
    assert [stored.id for stored in store.articles.of(window)] == found


def test_feeds_read_counts_only_polls_that_succeeded_in_the_window(store):
    for feed, at, result in [
        ("https://a.example/rss", NOW, PollResult.NEW),
        ("https://b.example/rss", NOW, PollResult.UNCHANGED),
        ("https://c.example/rss", NOW, PollResult.FAILED),
        ("https://d.example/rss", NOW - timedelta(days=9), PollResult.NEW),
    ]:
        store.feeds.save_poll(outcome(feed=feed, at=at, result=result), FeedState(url=feed), [])
    window = Window(since=NOW - timedelta(days=7), until=NOW + timedelta(seconds=1))
    assert store.feeds.read_in(window) == {"https://a.example/rss", "https://b.example/rss"}


def test_a_feed_that_was_left_was_neither_read_nor_asked(store):
    left = outcome(result=PollResult.LEFT, reason="the poll's time was over")
    store.feeds.save_poll(left, FeedState(url=FEED, left="why", left_since=NOW), [])
    assert store.feeds.read_in(EVERYTHING) == frozenset()
    assert store.feeds.polled_before(NOW + timedelta(days=1)) == frozenset()
    assert store.feeds.states() == (FeedState(url=FEED, left="why", left_since=NOW),)


# ── side by side ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_stored_after_the_clock_was_set_back_is_of_the_next_draft(store):
    """Were it first seen before the last window's end, no draft would ever look at it."""
    store.editions.keep(edition(1, until=NOW), "{}")
    for name, clock in [("a day back", NOW - timedelta(days=1)), ("right", NOW + timedelta(hours=1))]:
        store.feeds.save_poll(outcome(), FeedState(url=FEED), [article(name)], clock=lambda at=clock: at)
    seen = {
        one.id: one.first_seen for one in store.articles.of(Window(since=NOW, until=NOW + timedelta(days=1)))
    }
    assert seen == {article("a day back").id: NOW, article("right").id: NOW + timedelta(hours=1)}


def test_what_is_stored_by_a_clock_is_first_seen_then(store):
    guessed = article("guess", published=NOW, published_is_guess=True, first_seen=NOW)
    later = NOW + timedelta(minutes=4)
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one"), guessed], clock=lambda: later)
    found = {one.id: (one.first_seen, one.published) for one in store.articles.of(EVERYTHING)}
    assert found == {"one": (later, article("one").published), "guess": (later, later)}


def test_a_moment_waits_for_who_is_writing(store, where):
    """What is written before it was seen before it: no article slips between two windows."""
    began, times = threading.Event(), iter((NOW, NOW + timedelta(seconds=1)))

    def clock():
        began.set()
        time.sleep(0.1)  # the other asks for its moment meanwhile
        return next(times)

    def write():
        with Store.open(where) as other:
            other.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")], clock=clock)

    writing = threading.Thread(target=write)
    writing.start()
    assert began.wait(10)
    until = store.archive.moment(lambda: next(times))
    assert [one.id for one in store.articles.of(Window(since=None, until=until))] == ["one"]
    writing.join()


def test_a_snapshot_is_one_state_whatever_is_written_meanwhile(store, where):
    with Store.open(where) as other:
        with store.archive.snapshot():
            before = store.articles.count()
            other.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")])
            assert store.articles.count() == before == 0
        assert store.articles.count() == 1
        store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("two")])
        assert other.articles.count() == 2


def test_many_may_find_the_same_archive_new(tmp_path):
    """A poll and a draft that begin at the same time, on a machine on which nothing ran before."""
    ready, opened = threading.Barrier(6), []

    def open_it():
        ready.wait(10)
        with Store.open(tmp_path / "new" / "archive.db") as store:
            opened.append(store.articles.count())

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [0] * 6


def test_a_poll_is_saved_whole_or_not_at_all(store):
    broken = replace(article("two"), title=None)  # the table refuses it
    with pytest.raises(StoreError, match="(?i)not.null"):
        store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one"), broken])
    assert store.articles.count() == 0
    assert store.feeds.states() == ()


def test_editions_are_numbered_and_never_replaced(store):
    assert store.editions.next_number() == 1
    store.editions.keep(edition(1, meeting=date(2026, 11, 27)), '{"kept": "as it was"}')
    assert store.editions.next_number() == 2
    with pytest.raises(StoreError, match="(?i)unique"):
        store.editions.keep(edition(1), "{}")
    assert store.editions.record(1) == '{"kept": "as it was"}'
    assert store.editions.record(2) is None
    assert store.editions.all() == (
        KeptEdition(
            number=1, made=NOW, window=Window(since=None, until=NOW), meeting=date(2026, 11, 27), items=0
        ),
    )


def test_two_runs_that_make_one_week_s_draft_keep_one(store):
    """Each took its number after the other's was kept, or before."""
    week, next_week = NOW, NOW + timedelta(days=7)
    store.editions.keep(edition(1), "{}", weekly=week)
    for number in (1, 2):
        with pytest.raises(Busy, match="Another run made this week's draft meanwhile"):
            store.editions.keep(edition(number), "{}", weekly=week)
    store.editions.keep(edition(2), "{}")  # a draft that a person asks for
    store.editions.keep(edition(3), "{}", weekly=next_week)
    store.editions.keep(edition(4), "{}", weekly=week)  # next week's was made under a wrong clock
    with pytest.raises(Busy):
        store.editions.keep(edition(5), "{}", weekly=week)
    store.of("another").editions.keep(edition(1), "{}", weekly=week)
    assert [one.number for one in store.editions.all()] == [1, 1, 2, 3, 4]


def test_a_message_is_kept_with_its_edition_or_not_at_all(store):
    message = Message(id="<1@desk.example>", edition=1, composed=NOW, content=b"Subject: x\r\n\r\n\xff\x00")
    with pytest.raises(StoreError, match="(?i)not.null"):
        store.editions.keep(edition(1), "{}", replace(message, content=None))
    assert (store.editions.all(), store.editions.messages()) == ((), ())
    store.editions.keep(edition(1), "{}", message)
    assert store.editions.messages() == (message,)


def test_how_a_message_stands_is_kept(store):
    for number in (1, 2):
        message = Message(
            id=f"<{number}@desk.example>", edition=number, composed=NOW + timedelta(days=number), content=b"x"
        )
        store.editions.keep(edition(number), "{}", message)
    receipts = (Receipt(address="o@desk.example", answer=Answer.LATER, said="“451 später”"),)
    later = replace(
        message, state=MessageState.PARTLY_SENT, detail="no", tried=NOW, doubts=1, receipts=receipts
    )
    store.editions.save_message(later)
    first, second = store.editions.messages()
    assert (first.id, second) == ("<1@desk.example>", later)


def test_when_reading_began_is_known(store):
    assert store.articles.beginning() is None
    later = article("two", first_seen=NOW)
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [later, article("one")])
    assert store.articles.beginning() == article("one").first_seen


def test_the_last_run_of_each_job_is_told(store):
    def run(job, hour, ok):
        started = NOW + timedelta(hours=hour)
        return Run(job=job, started=started, ended=started, ok=ok, summary=f"{job} {hour}")

    for job, hour, ok in [("poll", 0, True), ("draft", 1, True), ("poll", 2, False)]:
        store.runs.record(run(job, hour, ok))
    assert store.runs.last() == (run("draft", 1, True), run("poll", 2, False))


def test_an_archive_is_the_same_when_opened_again(tmp_path):
    path = tmp_path / "below" / "archive.db"
    with Store.open(path) as store:
        store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")])
    with Store.open(path) as store:
        assert [stored.id for stored in store.articles.of(EVERYTHING)] == ["one"]


def test_a_question_asked_where_there_is_no_archive_leaves_no_trace(tmp_path):
    with Store.open(tmp_path / "below" / "archive.db", make=False) as store:
        assert store.articles.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_reader_sees_the_archive_while_a_writer_is_busy(tmp_path):
    with Store.open(tmp_path / "archive.db") as writer, Store.open(tmp_path / "archive.db") as reader:
        writer.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one")])
        with writer.archive.transaction():
            assert reader.articles.count() == 1


def a_text_file(path):
    path.write_text("this is no database, but a text that is long enough to be read as one " * 20)


def a_folder(path):
    path.mkdir()


def a_newer_archive(path):
    with Store.open(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('monitor', 'm999_later', '')"
        )
    connection.close()


@pytest.mark.parametrize(
    "when, said",
    [(a_text_file, "not a database"), (a_folder, "cannot be opened"), (a_newer_archive, "newer version")],
)
def test_an_archive_that_cannot_be_used_is_said_plainly(tmp_path, when, said):
    path = tmp_path / "archive.db"
    when(path)
    with pytest.raises(StoreError, match=said) as caught:
        Store.open(path)
    assert str(path) in str(caught.value)


@pytest.fixture
def connections(monkeypatch):
    """Every connection that is made, by whomever. Only from Python 3.13 on does one that was left open warn."""
    made, connect = [], sqlite3.connect

    def recorded(*given, **named):
        made.append(connect(*given, **named))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", recorded)
    return made


def is_closed(connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def test_a_closed_archive_leaves_no_connection_open(tmp_path, connections):
    for _ in ("made", "opened again"):
        with Store.open(tmp_path / "archive.db"):
            pass
    with Store.open(tmp_path / "elsewhere" / "archive.db", make=False):
        pass
    assert len(connections) >= 3
    assert [is_closed(connection) for connection in connections] == [True] * len(connections)


@pytest.mark.parametrize("when", [a_text_file, a_newer_archive])
def test_an_archive_that_cannot_be_used_leaves_no_connection_open(tmp_path, connections, when):
    when(tmp_path / "archive.db")
    with pytest.raises(StoreError):
        Store.open(tmp_path / "archive.db")
    assert connections and all(is_closed(connection) for connection in connections)


def test_ctrl_c_while_an_archive_is_opened_leaves_no_connection_open(tmp_path, connections, monkeypatch):
    def interrupted(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_file.FileArchive, "_prepare", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Store.open(tmp_path / "archive.db")
    assert [is_closed(connection) for connection in connections] == [True]


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────────


def learned(edition: int, digest: str) -> Learned:
    return Learned(edition=edition, learned=NOW, digest=digest, decisions=())


def test_of_each_edition_the_document_learned_last_holds(store):
    kept = [
        store.decisions.keep(learned(number, digest), f"{number} {digest}")
        for number, digest in ((2, "a"), (1, "a"), (2, "b"), (2, "b"), (2, "a"))
    ]
    assert kept == [True, True, True, False, True]  # the same file twice in a row changes nothing
    assert store.decisions.records() == ("1 a", "2 a")


def test_named_articles_are_found_and_strange_ids_pass(store):
    store.feeds.save_poll(outcome(), FeedState(url=FEED), [article("one"), article("two")])
    assert [each.id for each in store.articles.named(["two", "none", "two"])] == ["two"]


def test_the_longer_wait_of_a_host_stands(store):
    for minutes in (5, 30, 10):
        store.feeds.save_host_wait(HostWait(host="courier.example", until=NOW + timedelta(minutes=minutes)))
    assert store.feeds.host_waits() == (HostWait(host="courier.example", until=NOW + timedelta(minutes=30)),)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP]
)
def test_on_a_full_disk_the_archive_is_read_and_writing_says_what_is_wrong(
    tmp_path, monkeypatch, caplog, code
):
    """SQLite makes an index of its log, for which there is no room either, and calls that an I/O error."""
    with Store.open(tmp_path / "archive.db") as store:
        store.runs.record(Run(job="poll", started=NOW, ended=NOW, ok=True, summary=""))

    def full(_path):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    for module in (opening, archive_file):
        monkeypatch.setattr(module, "to_write", full)
    with Store.open(tmp_path / "archive.db", make=False) as store:
        assert store.runs.last_success("poll") == NOW
    assert "no room left on the disk" in caplog.text
    with pytest.raises(StoreError, match="there is no room left on its disk"):
        Store.open(tmp_path / "archive.db")


def test_an_archive_that_may_not_be_looked_for_is_no_bug(tmp_path):
    """Its folder is another user's, say; here its name is none that can be."""
    for make in (False, True):
        with pytest.raises(StoreError, match="cannot be opened: File name too long"):
            Store.open(tmp_path / ("a" * 300) / "archive.db", make=make)


def test_whose_an_archive_is_that_may_not_be_touched_is_said(tmp_path, monkeypatch):
    path = tmp_path / "archive.db"
    Store.open(path).close()
    owner = pwd.getpwuid(path.stat().st_uid).pw_name
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

    def denied(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archive_file, "to_write", denied)
    with pytest.raises(StoreError, match=f"Permission denied. It belongs to the user {owner}: call"):
        Store.open(path)
