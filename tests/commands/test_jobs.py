"""The jobs: each is a command, and the timetable survives sleep and changes of the clock."""

import re
import shlex
import sys
import time
from datetime import UTC, datetime, timedelta
from queue import Empty
from threading import Event, current_thread

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.schedulers.background import BackgroundScheduler
from where import ROOT

from jobs import poll, weekly_report
from jobs.__main__ import main
from jobs.timetable import timetable, wake
from jobs.turns import InTurn
from monitor.reading.workers import between

CRONTAB = ROOT / "jobs" / "crontab"


@pytest.mark.parametrize("job, code", [(poll, 1), (weekly_report, 1)])
def test_a_job_is_its_command_and_hands_on_its_exit_code(job, code, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MONITOR_CONFIG", str(tmp_path))  # without a single file
    assert job.run() == code
    assert "feeds.yaml:1:" in capsys.readouterr().err


def test_both_jobs_run_at_once_and_never_side_by_side():
    ran, busy = [], []

    def job(name):
        def run():
            busy.append(name)
            time.sleep(0.05)
            ran.append((name, tuple(busy)))
            busy.remove(name)
            return 0

        return run

    scheduler = BackgroundScheduler()
    timetable(scheduler, job("poll"), job("weekly"), datetime.now(UTC))
    scheduler.start()
    deadline = time.monotonic() + 10
    while len(ran) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    scheduler.shutdown()
    assert sorted(ran) == [("poll", ("poll",)), ("weekly", ("weekly",))]


def test_what_is_due_is_said_on_the_scheduler_s_own_thread():
    """A pool of threads has ended where Python is being taken down, and says so with a traceback."""
    said = []
    scheduler = BackgroundScheduler()
    timetable(scheduler, *(2 * [lambda: said.append(current_thread().name) or 0]), datetime.now(UTC))
    scheduler.start()
    deadline = time.monotonic() + 10
    while len(said) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    scheduler.shutdown()
    assert said == ["APScheduler", "APScheduler"]


def test_a_tick_that_comes_late_is_still_run_and_ten_missed_ones_are_one():
    ran = []
    scheduler = BackgroundScheduler()
    asleep_since = datetime.now(UTC) - timedelta(hours=1)
    timetable(scheduler, lambda: ran.append("poll") or 0, lambda: 0, asleep_since)
    executed = []
    scheduler.add_listener(executed.append, EVENT_JOB_EXECUTED)
    scheduler.start()
    deadline = time.monotonic() + 10
    while len(executed) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    scheduler.shutdown()
    assert ran == ["poll"]


@pytest.mark.parametrize(
    "ahead, woken",
    [
        pytest.param(timedelta(0), False, id="as ever"),
        pytest.param(-timedelta(days=30), False, id="set ahead: both are overdue, and run by themselves"),
        pytest.param(timedelta(hours=2), True, id="set back by two hours"),
        pytest.param(timedelta(days=30), True, id="set back by a month"),
        pytest.param(timedelta(days=365), True, id="set back by a year"),
    ],
)
def test_a_clock_that_is_set_back_lets_no_job_sleep_until_then(ahead, woken):
    """The scheduler itself sleeps on: its jobs were reckoned by the clock that was ahead."""
    now = datetime.now(UTC)
    scheduler = BackgroundScheduler()
    timetable(scheduler, lambda: 0, lambda: 0, now + ahead)
    scheduler.start(paused=True)
    reckoned = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    wake(scheduler, now)
    found = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    assert found == ({"poll": now, "weekly_report": now} if woken else reckoned)
    wake(scheduler, now)
    assert {job.id: job.next_run_time for job in scheduler.get_jobs()} == found
    scheduler.shutdown()


def test_a_job_that_is_woken_runs_at_once_and_from_then_on_by_its_rhythm():
    ran = Event()
    scheduler = BackgroundScheduler()
    timetable(scheduler, lambda: ran.set() or 0, lambda: 0, datetime.now(UTC) + timedelta(days=30))
    scheduler.start()
    now = datetime.now(UTC)
    wake(scheduler, now)
    assert ran.wait(10)
    deadline = time.monotonic() + 10
    while (following := scheduler.get_job("poll").next_run_time) == now and time.monotonic() < deadline:
        time.sleep(0.01)
    scheduler.shutdown()
    assert timedelta(0) < following - now <= timedelta(minutes=5, seconds=10)


def test_no_job_is_tied_to_an_hour_so_a_change_of_the_clocks_moves_none():
    scheduler = BackgroundScheduler()
    timetable(scheduler, lambda: 0, lambda: 0, datetime(2026, 10, 25, 0, 0, tzinfo=UTC))
    scheduler.start(paused=True)
    triggers = {job.id: job.trigger for job in scheduler.get_jobs()}
    scheduler.shutdown()
    moment = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)  # the night in which London's clocks go back
    fires = []
    while len(fires) < 4:
        moment = triggers["weekly_report"].get_next_fire_time(moment, moment + timedelta(seconds=1))
        fires.append(moment.astimezone(UTC))
    assert {later - earlier for earlier, later in zip(fires, fires[1:], strict=False)} == {timedelta(hours=1)}


def test_the_crontab_runs_the_same_jobs():
    lines = [line for line in CRONTAB.read_text().splitlines() if re.match(r"[*0-9]", line)]
    modules = [shlex.split(line)[7] for line in lines]
    assert modules == ["jobs.poll", "jobs.weekly_report"]
    minutes = [line.split()[0] for line in lines]
    assert minutes == [f"*/{poll.EVERY_MINUTES}", str(weekly_report.MINUTE)]


# ── the resident ────────────────────────────────────────────────────────────────────────────────────────────────


def test_jobs_are_done_in_turn_and_none_is_in_line_twice():
    in_turn, done = InTurn(), []

    def poll() -> int:
        done.append("poll")
        ask_for_poll()  # a tick while it runs
        return 0

    ask_for_poll, ask_for_draft = in_turn.asks_for(poll), in_turn.asks_for(lambda: done.append("draft") or 0)
    for ask in (ask_for_poll, ask_for_draft, ask_for_poll):
        assert ask() == 0 and done == []
    in_turn.work_next()
    in_turn.work_next()
    assert done == ["poll", "draft"]
    with pytest.raises(Empty):
        in_turn.work_next(0.0)
    ask_for_poll()
    in_turn.work_next()
    assert done == ["poll", "draft", "poll"]


def test_a_job_that_is_broken_off_may_be_asked_for_again():
    in_turn = InTurn()

    def stopped() -> int:
        raise KeyboardInterrupt

    ask = in_turn.asks_for(stopped)
    for _ in range(2):
        ask()
        with pytest.raises(KeyboardInterrupt):
            in_turn.work_next(1)


def test_the_resident_keeps_workers_between_its_polls_and_ends_them_with_itself(monkeypatch):
    kept = []

    def work_next(_self, _seconds):
        for _ in range(2):
            with between() as idle:
                kept.append(idle)
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["jobs"])
    monkeypatch.setattr(InTurn, "work_next", work_next)
    assert main() == 0
    assert kept[0] is kept[1]
    with between() as idle:
        assert idle is not kept[0]
