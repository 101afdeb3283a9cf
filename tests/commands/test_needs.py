"""What `status` asks a person for: one trouble is one need, told in time, and nothing else is."""

import json
import re
import resource
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import article
from editions import edition
from loopback import Answer, serve
from papers import quietly
from rules import FEW_TOPICS
from web import rss

from monitor.app.attempted import begun, unrecorded_since
from monitor.app.runs import poll
from monitor.app.state import status
from monitor.app.weekly import WEEKLY
from monitor.config.defaults import write_defaults
from monitor.errors import StoreError
from monitor.model import FeedState, NeedKind, PollOutcome, PollResult, Run
from monitor.store import Store

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEEDS = tuple(f"https://outlet{n}.example/rss" for n in range(12))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("panel")
    write_defaults(folder)
    (folder / "topics.yaml").write_text(FEW_TOPICS)
    _feeds(folder, FEEDS)
    panel = (folder / "panel.yaml").read_text("utf-8")
    (folder / "panel.yaml").write_text(
        panel.replace("meetings:", f"meetings:\n  - {date(2027, 3, 5)}", 1), "utf-8"
    )
    return folder


def _feeds(folder, urls) -> None:
    (folder / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\nfeeds:\n"
        + "".join(
            f"  - {{name: Outlet {n}, url: '{url}', area: Berkshire, article: feed}}\n"
            for n, url in enumerate(urls)
        )
    )


class Past:
    """An archive of ten weeks: an article an hour from one of the feeds in turn, all feeds read until the end."""

    def __init__(self, folder, data):
        self.folder, self.data = folder, data
        data.mkdir()
        self.store = Store.open(data / "archive.db")

    def read(self, until=NOW, new_until=None, states=None):
        new_until = new_until or until
        hours = range(int(70 * DAY / HOUR) + 1)
        articles = [
            article(str(hour), feed=FEEDS[hour % len(FEEDS)], first_seen=seen, published=seen)
            for hour in hours
            if (seen := until - 70 * DAY + hour * HOUR) <= new_until
        ]
        for place, url in enumerate(FEEDS):
            usual = FeedState(
                url=url,
                last_poll=until,
                last_success=until,
                last_new=min(new_until, until),
                next_poll=until + HOUR / 2,
            )
            state = replace(usual, **(states or {}).get(place, {}))
            read = state.last_success == until
            outcome = PollOutcome(
                feed=url,
                at=until - MINUTE,
                result=PollResult.UNCHANGED if read else PollResult.FAILED,
                reason="why",
            )
            self.store.feeds.save_poll(outcome, state, articles if place == 0 else [])
        return self

    def ran(self, *runs: tuple[str, datetime, bool]):
        for job, at, ok in runs:
            self.store.runs.record(Run(job=job, started=at, ended=at + MINUTE, ok=ok, summary="said"))
            if job == WEEKLY and ok:
                made = edition(number=self.store.editions.next_number(), made=at)
                week = at.replace(minute=0)
                self.store.editions.keep(made, "{}", weekly=week)
        return self

    def needs(self, now=NOW):
        return status(self.folder, self.data, now).needs

    def kinds(self, now=NOW) -> list[str]:
        return [need.kind.value for need in self.needs(now)]


@pytest.fixture
def past(folder, tmp_path):
    made = Past(folder, tmp_path / "data")
    yield made
    made.store.close()


DRAFTED = (WEEKLY, MONDAY + 2 * MINUTE, True)


def test_where_all_is_well_nobody_is_asked(past):
    assert past.read().ran(DRAFTED).kinds() == []


@pytest.mark.parametrize("stopped", [2 * DAY, 10 * DAY, 100 * DAY])
def test_a_poller_that_stopped_is_one_need_however_many_feeds(past, stopped):
    """One feed had failed for an hour when it stopped, and one was left for the next poll."""
    last = NOW - stopped
    troubled = {
        3: {"last_success": last - HOUR, "last_failure": "503", "failures": 0.5},
        4: {"left": "its host wants to be left alone", "left_since": last - HOUR},
    }
    past.read(until=last, states=troubled).ran(DRAFTED)
    (need,) = past.needs()
    assert (need.id, need.since) == ("poller-stopped", last)
    assert need.sentence.startswith("no feed was read since ") and need.sentence.endswith(
        "See whether the jobs run: `monitor poll` does once what they do."
    )


@pytest.mark.slow
def test_a_dead_collector_is_one_need_where_every_poll_succeeds(past):
    for place, quiet in enumerate((14 * HOUR, 3 * DAY, 20 * DAY)):
        made = past if not place else Past(past.folder, past.data.with_name(f"data{place}"))
        made.read(new_until=NOW - quiet).ran(DRAFTED)
        (need,) = made.needs()
        assert need.id == "nothing-new" and NOW - quiet - HOUR < need.since <= NOW - quiet
        assert re.fullmatch(
            r"there is no new article since \w+ .*, though feeds answered until Wednesday 25 November 2026, 12:00; by "
            r"the last 8 weeks, about this hour of the week, 60 minutes without one are usual at most\. Run .*",
            need.sentence,
        )
        made.store.close()


def test_half_a_day_without_news_is_no_need(past):
    assert past.read(new_until=NOW - 12 * HOUR).ran(DRAFTED).kinds() == []


def test_one_silent_feed_among_others_is_named_and_judged_by_when_it_was_asked(past):
    past.read(
        states={
            5: {"last_new": NOW - 30 * DAY},
            6: {"last_success": NOW - 2 * DAY, "last_new": NOW - 8 * DAY},
        }
    )
    (need,) = past.ran(DRAFTED).needs()
    assert need.id == f"feed-silent:{FEEDS[5]}" and need.since == NOW - 30 * DAY


# ── the weekly draft ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "runs, since, now, told",
    [
        pytest.param(
            [DRAFTED], None, MONDAY + 7 * DAY + 5 * HOUR, None, id="hours late: it is tried every hour"
        ),
        pytest.param(
            [DRAFTED], MONDAY + 7 * DAY, MONDAY + 7 * DAY + 6 * HOUR, "weekly-overdue", id="overdue"
        ),
        pytest.param(
            [(WEEKLY, MONDAY, False)],
            None,
            MONDAY + 5 * HOUR,
            None,
            id="it failed for five hours, and never worked",
        ),
        pytest.param(
            [(WEEKLY, MONDAY, False), (WEEKLY, MONDAY + HOUR, False)],
            MONDAY,
            MONDAY + 7 * HOUR,
            "weekly-never",
            id="it never once worked",
        ),
        pytest.param(
            [], MONDAY, MONDAY + 6 * HOUR, "weekly-never", id="it was never tried, nor a draft made"
        ),
    ],
)
def test_a_weekly_draft_that_is_missing_is_told_within_hours(past, runs, since, now, told):
    past.read(until=now).ran(*runs)
    found = [(need.id, need.since) for need in past.needs(now)]
    assert found == ([(told, since)] if told else [])


# ── polls without a record ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "began, recorded, told",
    [
        pytest.param(NOW - 3 * HOUR, NOW - 5 * HOUR, True, id="hours ago, and nothing recorded since"),
        pytest.param(NOW - 3 * HOUR, None, True, id="never one recorded"),
        pytest.param(NOW - HOUR, NOW - 5 * HOUR, False, id="it may be at work"),
        pytest.param(NOW - 3 * HOUR, NOW - 2 * HOUR, False, id="another was recorded since"),
        pytest.param(NOW + 30 * DAY, NOW - HOUR, False, id="a moment of the future"),
    ],
)
def test_a_poll_that_could_not_be_recorded_is_known(past, began, recorded, told):
    past.read().ran(DRAFTED, *([("poll", recorded, True)] if recorded else []))
    with begun(past.data, began):
        pass
    found = [(need.id, need.since) for need in past.needs()]
    assert found == ([("poll-unrecorded", began)] if told else [])


@contextmanager
def full_disk():
    """No file can grow: what SQLite meets on a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_over_with_the_next_poll_that_is_recorded(tmp_path):
    with serve({}) as server:
        server.answers["/rss"] = Answer(rss((server.url("/1"), "Police precept may rise", NOW - HOUR)))
        write_defaults(tmp_path)
        (tmp_path / "topics.yaml").write_text(FEW_TOPICS)
        _feeds(tmp_path, [server.url("/rss")])
        data = tmp_path / "data"

        def once(now: datetime) -> None:
            poll(tmp_path, data, everything=True, names=(), progress=quietly, clock=lambda: now)

        def kinds(now: datetime) -> set[NeedKind]:
            return {need.kind for need in status(tmp_path, data, now).needs} - {NeedKind.NO_MEETING}

        once(NOW)
        once(NOW + HOUR)
        assert unrecorded_since(data, NOW + HOUR) is None
        for hours in (2, 3, 4):
            with full_disk(), pytest.raises(StoreError):
                once(NOW + hours * HOUR)
        assert kinds(NOW + 3 * HOUR) == set()
        assert kinds(NOW + 5 * HOUR) == {NeedKind.POLL_UNRECORDED}
        assert unrecorded_since(data, NOW + 5 * HOUR) == NOW + 2 * HOUR
        once(NOW + 5 * HOUR)
        assert kinds(NOW + 6 * HOUR) == set()


# ── for scripts ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_needs_are_sentences_for_people_and_have_ids_for_scripts(past):
    record = json.loads(json.dumps(status(past.folder, past.data, NOW).record(), default=str))
    (sentence,) = record["needs"]
    assert sentence.startswith("no feed was ever read. Run `monitor poll`")
    assert record["needs_by_id"] == [
        {"id": "never-polled", "kind": "never-polled", "sentence": sentence, "since": None, "subject": ""}
    ]
