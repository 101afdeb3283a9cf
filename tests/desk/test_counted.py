"""What is counted for the desk: by days of London, kept until something is written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import NOW, article

from monitor.app.desk.counted import Counted, stamp
from monitor.app.desk.feeds.listed import _of_days
from monitor.app.workspace import Workspace
from monitor.model import FeedState, PollOutcome, PollResult, Run, Window
from monitor.store import Store, stamp_of

URL = "https://courier.example/rss"


def polled(store, *moments: datetime, result=PollResult.NEW, new: int = 1) -> None:
    for moment in moments:
        outcome = PollOutcome(feed=URL, at=moment, result=result, new=new)
        store.feeds.save_poll(outcome, FeedState(url=URL), [])


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "first, end, moments, days",
    [
        pytest.param(
            date(2026, 7, 1),
            date(2026, 7, 3),
            [
                utc(2026, 6, 30, 22, 59),
                utc(2026, 6, 30, 23, 0),
                utc(2026, 7, 1, 22, 59),
                utc(2026, 7, 1, 23, 0),
            ],
            {date(2026, 7, 1): 2, date(2026, 7, 2): 1},
            id="summer: a day begins at eleven by UTC",
        ),
        pytest.param(
            date(2026, 12, 1),
            date(2026, 12, 3),
            [
                utc(2026, 11, 30, 23, 59),
                utc(2026, 12, 1, 0, 0),
                utc(2026, 12, 2, 23, 59),
                utc(2026, 12, 3, 0, 0),
            ],
            {date(2026, 12, 1): 1, date(2026, 12, 2): 1},
            id="winter",
        ),
        pytest.param(
            date(2026, 10, 24),
            date(2026, 10, 27),
            [
                utc(2026, 10, 24, 22, 59),
                *(utc(2026, 10, 24, 23, 30), utc(2026, 10, 25, 12, 0), utc(2026, 10, 25, 23, 59)),
                utc(2026, 10, 26, 0, 0),
            ],
            {date(2026, 10, 24): 1, date(2026, 10, 25): 3, date(2026, 10, 26): 1},
            id="the day of 25 hours",
        ),
        pytest.param(
            date(2026, 3, 28),
            date(2026, 3, 31),
            [
                utc(2026, 3, 28, 23, 59),
                *(utc(2026, 3, 29, 0, 0), utc(2026, 3, 29, 22, 59)),
                utc(2026, 3, 29, 23, 0),
            ],
            {date(2026, 3, 28): 1, date(2026, 3, 29): 2, date(2026, 3, 30): 1},
            id="the day of 23 hours",
        ),
    ],
)
def test_days_are_londons(store, config, tmp_path, first, end, moments, days):
    polled(store, *moments)
    found = _of_days(Workspace(config, store, tmp_path, tmp_path), first, end)
    assert {one.day: one.new for one in found} == days
    assert all(one.read == one.new for one in found)


def test_what_failed_is_not_read_and_what_was_left_is_nothing(store):
    polled(store, NOW, result=PollResult.FAILED, new=0)
    polled(store, NOW + timedelta(minutes=1), result=PollResult.LEFT, new=0)
    polled(store, NOW + timedelta(minutes=2), result=PollResult.UNCHANGED, new=0)
    found = store.counts.feed_days(Window(since=None, until=NOW + timedelta(days=1)), timedelta(0))
    assert [(one.new, one.failed, one.read) for one in found] == [(0, 1, 1)]
    ends = (NOW - timedelta(days=2), NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert store.counts.days_with_polls(ends) == (False, True)
    assert [one.result for one in store.counts.last_polls(URL, 2)] == [PollResult.UNCHANGED, PollResult.LEFT]


def test_runs_are_counted_by_job(store):
    for hours, ok in ((1, True), (30, True), (2, False)):
        began = NOW - timedelta(hours=hours)
        ended = began + timedelta(seconds=10 * hours)
        store.runs.record(Run(job="poll", started=began, ended=ended, ok=ok, summary="a test"))
    found = store.counts.jobs(Window(since=NOW - timedelta(days=1), until=NOW))
    assert [(one.job, one.runs, one.failed, one.last) for one in found] == [
        ("poll", 2, 1, NOW - timedelta(hours=1))
    ]
    assert [round(one.total_seconds()) for one in (found[0].usual, found[0].longest)] == [15, 20]


def test_articles_are_counted_by_feed_and_the_last_come_first(store):
    many = [article(str(n), feed=URL, first_seen=NOW - timedelta(hours=n)) for n in range(3)]
    store.feeds.save_poll(
        PollOutcome(feed=URL, at=NOW, result=PollResult.NEW, new=3), FeedState(url=URL), many
    )
    everything = Window(since=None, until=NOW + timedelta(days=1))
    assert store.counts.articles_of_feeds(everything) == {URL: 3}
    assert store.counts.articles_of_feeds(Window(since=NOW - timedelta(minutes=1), until=NOW)) == {}
    assert [one.id for one in store.counts.headlines(URL, 2)] == ["0", "1"]
    assert store.counts.editions(everything) == () and store.counts.reported_of_outlets(everything) == {}


class Ticking:
    """A clock and a core that are set by hand."""

    def __init__(self) -> None:
        self.moment, self.worked = 100.0, 0.0

    def counted(self) -> Counted:
        return Counted(clock=lambda: self.moment, core=lambda: self.worked)


def test_a_count_serves_until_what_it_was_counted_from_changes():
    counted, made = Ticking().counted(), []
    for made_of in (1, 1, 2, 2, 1):
        counted.of("what", made_of, lambda: made.append(1) or len(made))
    assert len(made) == 3 and counted.of("other", 1, lambda: "mine") == "mine"


def test_what_took_long_to_count_serves_on_while_a_poll_writes():
    time = Ticking()
    counted, made = time.counted(), []

    def slow() -> int:
        time.worked += 0.2
        made.append(1)
        return len(made)

    assert counted.of("what", 1, slow) == 1
    time.moment += 1.9
    assert counted.of("what", 2, slow) == 1, "for ten times as long as it took"
    time.moment += 0.2
    assert counted.of("what", 3, slow) == 2


def test_what_is_kept_does_not_grow():
    counted = Ticking().counted()
    for number in range(500):
        counted.of(number, 0, lambda: "answer")
    assert len(counted._kept) == 64


def test_a_stamp_changes_with_what_is_written_also_in_the_archives_log(tmp_path):
    file = tmp_path / "archive.db"
    none = stamp_of(file)
    file.write_bytes(b"1")
    one = stamp_of(file)
    (tmp_path / "archive.db-wal").write_bytes(b"2")
    assert len({none, one, stamp_of(file)}) == 3 and stamp_of(file) == stamp_of(file)
    assert stamp(file) != stamp(tmp_path / "nothing")


def test_a_stamp_is_the_same_while_others_only_read(tmp_path):
    file = tmp_path / "archive.db"
    with Store.open(file):
        pass
    stamps = {stamp_of(file)}
    for _ in range(2):
        with Store.open(file, make=False) as store:
            store.articles.count()
            stamps.add(stamp_of(file))
    assert len(stamps) == 1
