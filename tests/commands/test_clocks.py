"""Clocks that are wrong for a while: no edition is lost, nothing that was read is hidden, and a person is told once."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import editions
import pytest
from loopback import Answer, serve
from papers import quietly
from rules import FEW_TOPICS
from web import rss

import monitor.store.rows as rows
from monitor.app.feed_states import list_feeds
from monitor.app.runs import poll
from monitor.app.state import status
from monitor.app.weekly import weekly
from monitor.config.defaults import write_defaults
from monitor.errors import ClockError
from monitor.model import Decision, Learned, NeedKind, Said, Source
from monitor.pipeline.choose import past_of
from monitor.reporting.edition.record import edition_record, learned_record
from monitor.store import Store
from monitor.store.clocks import CLOCK, MOMENTS
from monitor.store.owner import insert_into

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Office:
    """One feed, whose outlet's clock is right, and a machine whose clock is what a test says."""

    def __init__(self, server, folder):
        self.server, self.folder, self.data = server, folder, folder / "data"
        self.stories = []
        write_defaults(folder)
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\n"
            f"feeds: [{{name: Post, url: '{server.url('/post')}', area: Berkshire, article: feed}}]\n"
        )
        (folder / "topics.yaml").write_text(FEW_TOPICS)

    def publish(self, headline: str, at: datetime) -> None:
        self.stories.append((self.server.url(f"/news/{len(self.stories) + 1000000}"), headline, at))
        self.server.answers["/post"] = Answer(rss(*self.stories))

    def poll(self, clock: datetime) -> int:
        """How many feeds were asked: those that were due."""
        return len(
            poll(
                self.folder, self.data, everything=False, names=(), progress=quietly, clock=lambda: clock
            ).outcomes
        )

    def weekly(self, clock: datetime) -> str:
        return weekly(self.folder, self.data, progress=quietly, clock=lambda: clock).lines[-1]

    def status(self, clock: datetime):
        return status(self.folder, self.data, clock)

    def kinds(self, clock: datetime) -> set[NeedKind]:
        return {need.kind for need in self.status(clock).needs} - {NeedKind.NO_MEETING}

    def everything(self) -> list[tuple]:
        with closing(sqlite3.connect(self.data / "archive.db")) as connection:
            tables = sorted({moment.table for moment in MOMENTS})
            return [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]


@pytest.fixture
def office(tmp_path):
    with serve({}) as server:
        desk = Office(server, tmp_path)
        desk.publish("Police precept may rise", NOW - HOUR)
        desk.poll(NOW)
        assert desk.weekly(NOW).startswith("Draft 1: ")
        yield desk


@pytest.mark.parametrize("by", [30 * DAY, 365 * DAY], ids=["a month", "a year"])
def test_a_clock_that_was_ahead_costs_no_edition_and_no_article(office, by, caplog):
    office.publish("Police precept is debated", NOW)
    assert office.poll(NOW + by) == 1
    assert office.weekly(NOW + by).startswith("Draft 2: ")
    right = NOW + HOUR
    (need,) = [need for need in office.status(right).needs if need.kind is NeedKind.CLOCK_WAS_AHEAD]
    assert f"{(NOW + by).year}. The next `monitor poll` sets them right" in need.sentence
    assert list_feeds(office.folder, office.data, right)[0].last_success == NOW
    office.publish("Police precept is set", right)
    assert office.poll(right) == 1, "the feeds are read at once"
    assert "The clock had been ahead" in caplog.text
    assert office.weekly(right) == "The draft of Monday 16 November 2026, 07:00 is made already."
    assert office.poll(MONDAY) == 1
    assert re.match(r"Draft 3: .* from 3 articles\.", office.weekly(MONDAY))
    assert office.weekly(MONDAY + HOUR) == "The draft of Monday 23 November 2026, 07:00 is made already."


def test_the_person_is_told_once_and_not_for_ever(office):
    office.poll(NOW + 30 * DAY)
    office.poll(NOW + HOUR)
    (need,) = office.status(NOW + 2 * HOUR).needs[:1]
    assert (need.id, need.since) == ("clock-was-ahead", NOW + HOUR)
    assert need.sentence.startswith(
        "the clock had been ahead, by 30 days: 3 entries of the archive bore moments of"
    )
    assert sum("had been ahead" in line for line in office.status(NOW + 2 * HOUR).lines()) == 1
    for clock, lines in [(NOW + 26 * HOUR, 1), (NOW + 40 * DAY, 0)]:
        office.poll(clock)
        assert NeedKind.CLOCK_WAS_AHEAD not in office.kinds(clock + HOUR)
        assert sum("had been ahead" in line for line in office.status(clock + HOUR).lines()) == lines


def test_a_week_that_began_under_the_wrong_clock_gets_its_edition(office):
    """A draft was made on Sunday, by a clock that said December; the clock was right again on Monday at eight."""
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    office.poll(sunday)
    assert office.weekly(sunday + 30 * DAY).startswith("Draft 2: ")
    assert office.weekly(MONDAY + HOUR).startswith("Draft 3: ")
    assert office.weekly(MONDAY + 2 * HOUR).endswith(" is made already.")


@pytest.mark.parametrize(
    "clock",
    [
        datetime(1970, 1, 1, 0, 3, tzinfo=UTC),
        datetime(2020, 1, 1, tzinfo=UTC),
        NOW - 20 * DAY,
        NOW - 2 * DAY,
    ],
    ids=["1970", "2020", "weeks", "two days"],
)
def test_a_clock_that_is_behind_changes_nothing_and_is_said(office, clock):
    before = office.everything()
    for command in (office.poll, office.weekly):
        with pytest.raises(
            ClockError, match="This machine's clock shows .* Set this machine's clock, and try again"
        ):
            command(clock)
    assert office.everything() == before
    assert NeedKind.CLOCK_IS_BEHIND in office.kinds(clock)
    assert office.poll(NOW + HOUR) == 1
    assert office.kinds(NOW + HOUR) == set()


@pytest.mark.parametrize(
    "clocks, drafts",
    [
        pytest.param([MONDAY, MONDAY - DAY, MONDAY - HOUR, MONDAY], 1, id="a day back"),
        pytest.param([MONDAY + 2 * DAY, MONDAY + 2 * DAY + HOUR], 1, id="asleep from Friday to Wednesday"),
        pytest.param(
            [datetime(2027, 3, 29, 6, 1, tzinfo=UTC), datetime(2027, 3, 29, 6, 2, tzinfo=UTC)],
            1,
            id="the morning after clocks went forward",
        ),
        pytest.param(
            [datetime(2027, 3, 29, 5, 2, tzinfo=UTC), datetime(2027, 3, 29, 6, 2, tzinfo=UTC)],
            2,
            id="an hour before, the week before's is missing still",
        ),
        pytest.param(
            [datetime(2027, 11, 1, 7, 2, tzinfo=UTC), datetime(2027, 11, 1, 8, 2, tzinfo=UTC)],
            1,
            id="the morning after they went back",
        ),
    ],
)
def test_sleep_summer_time_and_a_day_back_are_one_draft_a_week(office, clocks, drafts):
    for clock in clocks:
        office.poll(clock)
        office.weekly(clock)
    with Store.open(office.data / "archive.db") as store:
        assert store.editions.next_number() - 2 == drafts
        assert not [run for run in store.runs.last() if run.job == CLOCK]


# ── every stored moment ─────────────────────────────────────────────────────────────────────────────────────────

# Columns that hold no moment, or one that nobody reads.
OTHER = {
    "erasures": "id by counts rewritten",
    "forgotten": "digest",
    "forgotten_key": "key",
    "articles": "id url outlet feed title paragraphs text_from text_reason shared_key page_title",
    "decisions": "panel id edition digest source by withdrawn_by",
    "editions": "panel number meeting items rules_digest record issued_by",  # the record is frozen: what was printed was printed
    "entries": "feed entry article",
    "feed_states": "url etag last_modified body_digest failures last_failure moved_to left_out left",
    "host_waits": "host",
    "messages": "panel id edition content state detail doubts receipts",
    "page_checks": "article unread",
    "page_retries": "article url feed tries",
    "polls": "feed result entries new reason",
    "revisions": "article what title paragraphs",
    "runs": "panel job ok summary",
    "writings": "panel id edition folder stem formats",
    "told": "panel kind subject says doubts",
    "seals": "room key seal",
    "_sqlite_migrations": "id migration_set name applied_at",
}


def test_every_column_of_the_archive_is_known_to_hold_a_moment_or_none(store):
    """A new column that holds a moment has its line in MOMENTS of store/clocks.py; any other stands above."""
    tables = [
        row["name"] for row in store.archive.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    columns = {
        (table, row["name"]) for table in tables for row in store.archive.read(f"PRAGMA table_info({table})")
    }
    others = {(table, column) for table, named in OTHER.items() for column in named.split()}
    moments = {(moment.table, moment.column) for moment in MOMENTS}
    assert columns == others | moments
    assert not (others & moments) - {("decisions", "record")}


def test_whatever_is_stored_of_the_future_is_set_right_and_the_rest_left(store):
    """Each column bears a moment a month ahead in one row, and one of last week in another."""
    future, past = rows.moment_text(NOW + 30 * DAY), rows.moment_text(NOW - 7 * DAY)
    made = {moment: index for index, moment in enumerate(MOMENTS)}
    with store.archive.transaction() as db:
        for table in {moment.table for moment in MOMENTS}:
            for value in (past, future):
                columns = store.archive.read(f"PRAGMA table_info({table})")
                row = {column["name"]: _filled(table, column, value, made) for column in columns}
                db.execute(insert_into(table, row), row)
    witness = store.clocks.witness(NOW)
    before = _moments(store)
    assert {value for values in before.values() for value in values} == {past, future}
    store.clocks.show_right(witness)
    shown = _moments(store)
    for table in {moment.table for moment in MOMENTS}:
        store.archive.read(f"DROP VIEW temp.{table}")
    assert _moments(store) == before, "to show is not to change"
    assert store.clocks.set_right(witness) is not None
    store.archive.read("DELETE FROM runs WHERE job = 'clock'")
    assert _moments(store) == shown
    now, later = rows.moment_text(NOW), rows.moment_text(NOW + 2 * DAY)
    assert {name: values[1] for name, values in shown.items()} == {
        "articles.first_seen": now,
        "articles.published": now,
        "decisions.learned": now,
        "decisions.withdrawn": past,
        "articles.forgotten": past,
        "erasures.at": past,
        "forgotten.at": past,
        "editions.made": past,
        "editions.issued": past,
        "editions.since": past,
        "editions.until": past,
        "editions.weekly": None,
        "feed_states.next_poll": None,
        "feed_states.last_poll": past,
        "feed_states.last_success": past,
        "feed_states.last_new": now,
        "feed_states.last_full": None,
        "feed_states.gone_since": now,
        "feed_states.left_since": now,
        "host_waits.until": past,
        "messages.composed": past,
        "messages.tried": past,
        "page_checks.at": past,
        "page_retries.next_try": now,
        "page_retries.until": later,
        "polls.at": past,
        "revisions.at": now,
        "runs.started": past,
        "runs.ended": past,
        "told.since": now,
        "told.told": past,
        "told.tried": past,
    }
    assert {values[0] for values in shown.values()} == {past}
    assert "1" in str(
        store.archive.read("SELECT published_is_guess AS g FROM articles ORDER BY rowid")[1]["g"]
    )
    (_, learned) = store.archive.read("SELECT record FROM decisions ORDER BY id")
    assert learned["record"] == f'{{"learned":"{now}"}}'
    assert store.clocks.set_right(witness) is None, "and once"


def _filled(table: str, column, value: str, made):
    if any(
        (moment.table, moment.column) == (table, column["name"]) and moment.becomes != "1" for moment in made
    ):
        return '{"learned":"' + value + '"}' if column["name"] == "record" else value
    return (
        {"INTEGER": 0, "REAL": 0.0, "BLOB": b""}.get(column["type"], value)
        if not column["pk"]
        else _key(column, value)
    )


def _key(column, value: str):
    return (1 if value < rows.moment_text(NOW) else 2) if column["type"] == "INTEGER" else value


def _moments(store) -> dict[str, list[str]]:
    return {
        f"{moment.table}.{moment.column}": [
            row["value"]
            for row in store.archive.read(
                f"SELECT {moment.column} AS value FROM {moment.table} ORDER BY rowid"
            )
        ]
        for moment in MOMENTS
        if moment.column not in ("record", "published_is_guess")
    }


def test_the_officers_word_counts_after_an_edition_of_the_future(store, config):
    """The report that was filed bears a date of next month in its record, which is never changed."""
    filed, word = NOW.date() - DAY, "A story that was left out"
    ahead = editions.edition(number=1, made=NOW + 30 * DAY)
    ahead = replace(ahead, header=replace(ahead.header, meeting=filed))
    store.editions.keep(ahead, edition_record(ahead))
    assert store.clocks.set_right(store.clocks.witness(NOW))
    taken = Decision(said=Said.TAKEN, edition=0, story="one", drafted=word, articles=("one",))
    said = Learned(edition=0, learned=NOW + HOUR, digest="d", decisions=(taken,), source=Source.WORD)
    store.decisions.keep(said, learned_record(said))
    assert [one.drafted for one in past_of(store, config, None, NOW + 2 * HOUR).decisions] == [word]
