"""Over an archive on a server one run of a kind is at work at a time, whichever folder or machine it is called in."""

import time

import postgres
import psycopg
import pytest
from conftest import NOW, article

from benchmarks.fleet import until
from monitor.app.archives import ARCHIVE, archive_of
from monitor.app.locks import OF_PANELS, Work, alone, among_others, quite_alone, quite_alone_at
from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.errors import Busy
from monitor.model import FeedState, PollOutcome, PollResult
from monitor.store import Store
from monitor.store.postgresql import claims
from monitor.store.server import server_at

pytestmark = pytest.mark.postgresql

ELSEWHERE = "in another folder or on another machine, so this one did nothing. Try again when it has ended"
NOBODY_ELSE = "in another folder or on another machine, so nothing was done. Try again when all have ended"


@pytest.fixture
def machines(tmp_path, postgresql, monkeypatch):
    """Two data folders over one archive."""
    monkeypatch.setenv("MONITOR_ARCHIVE", postgresql)
    return tmp_path / "one", tmp_path / "other"


@pytest.mark.parametrize("work", Work)
def test_a_second_of_a_kind_is_busy_and_one_of_another_is_not(machines, work):
    one, other = machines
    with alone(one, work):
        with pytest.raises(Busy, match=ELSEWHERE), alone(other, work):
            pass
        for another in set(Work) - {work}:
            with alone(other, another):
                pass
    for _ in range(20):  # the next is not kept by one that has ended
        with alone(other, work):
            pass


@pytest.mark.parametrize("work", sorted(OF_PANELS))
def test_each_panel_has_its_own(machines, work):
    one, other = machines
    with alone(one / "panels" / "hampshire", work):
        with alone(other / "panels" / "dorset", work), alone(other, work):
            pass
        with pytest.raises(Busy), alone(other / "panels" / "hampshire", work):
            pass


def test_who_wants_nobody_at_work_finds_who_is_and_keeps_all_others_off(machines, tmp_path, monkeypatch):
    one, other = machines
    with alone(one, Work.POLL), pytest.raises(Busy, match=NOBODY_ELSE), quite_alone(other):
        pass
    with quite_alone(one):
        for work in Work:
            with pytest.raises(Busy, match=ELSEWHERE), alone(other, work):
                pass
        with pytest.raises(Busy, match=NOBODY_ELSE), quite_alone(other):
            pass
    with quite_alone(other):
        pass


def test_archives_on_one_server_do_not_keep_each_other(machines, postgresql, monkeypatch):
    one, other = machines
    with alone(one, Work.POLL):
        monkeypatch.setenv("MONITOR_ARCHIVE", f"{postgresql}_north")
        with alone(other, Work.POLL), quite_alone_at(server_at(f"{postgresql}_south")):
            pass


def test_a_worker_is_at_work_too_and_keeps_no_run_off(machines, postgresql):
    one, other = machines
    server = server_at(postgresql)
    with among_others(server, "worker a"), among_others(server, "worker b"):
        with (
            pytest.raises(Busy, match="A run, or a worker, is at work .* so nothing was done"),
            quite_alone(one),
        ):
            pass
        for work in Work:  # its own drafts and housekeeping among them
            with alone(other, work):
                pass
    with quite_alone(one), pytest.raises(Busy), among_others(server, "worker a"):
        pass


# ── a run that is gone, or frozen ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_run_that_is_heard_of_keeps_its_claim_and_a_silent_one_loses_it(machines, monkeypatch):
    one, other = machines
    monkeypatch.setattr(claims, "LONGEST_SILENCE", 0.5)
    monkeypatch.setattr(claims, "SPEAKS_EVERY", 0.1)
    with alone(one, Work.DRAFT):
        time.sleep(0.8)
        with pytest.raises(Busy), alone(other, Work.DRAFT):
            pass
    monkeypatch.setattr(claims, "SPEAKS_EVERY", 60.0)
    with alone(one, Work.DRAFT):
        until(lambda: is_free(other, Work.DRAFT), 30)


def test_a_run_whose_session_was_ended_ends_as_it_would_have(machines, postgresql):
    one, other = machines
    with alone(one, Work.DRAFT):
        (claim,) = postgres.holders(postgresql, f"run {server_at(postgresql).schema} draft ")
        with psycopg.connect(postgresql) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", [claim])
        until(lambda: is_free(other, Work.DRAFT), 30)


def is_free(data, work):
    try:
        with alone(data, work):
            return True
    except Busy:
        return False


@pytest.mark.parametrize(
    "held, command, says",
    [
        (Work.POLL, ["poll"], ELSEWHERE),
        (Work.DRAFT, ["draft"], ELSEWHERE),
        (Work.HOUSEKEEPING, ["housekeeping"], ELSEWHERE),
        (Work.PRUNE, ["archive", "copy", "env:MONITOR_ARCHIVE", "copy.db"], NOBODY_ELSE),
        (Work.DELIVERY, ["init", "--new-archive"], NOBODY_ELSE),
    ],
)
def test_a_command_ends_with_75_and_writes_nothing(
    machines, tmp_path, monkeypatch, capsys, held, command, says
):
    one, other = machines
    write_defaults(tmp_path)
    monkeypatch.chdir(tmp_path)
    if command[0] == "archive":
        with Store.open(archive_of(one)) as store:
            outcome = PollOutcome(
                feed="https://a.example/rss", at=NOW, result=PollResult.NEW, entries=1, new=1
            )
            store.feeds.save_poll(outcome, FeedState(url=outcome.feed), [article("one")])
    with alone(one, held):
        assert main(["--config", str(tmp_path), "--data", str(other), *command]) == 75
    said = capsys.readouterr()
    assert said.out == "" and says in said.err and len(said.err.splitlines()) == 1
    assert not (tmp_path / "copy.db").exists() and not (other / ARCHIVE).exists()
