"""What many machines share in PostgreSQL: the tables of the queue, the turns at hosts, and what is swept."""

import threading
import time

import pytest

from jobs import cluster
from jobs.many.limits import Limits
from jobs.many.sweeping import Sweeper
from monitor.errors import StoreError, TakenOver
from monitor.store.postgresql.queue import layout as layouts
from monitor.store.postgresql.queue.counts import spoken_for, state_of_queue
from monitor.store.postgresql.queue.layout import Layout, demand_known, lay_out
from monitor.store.postgresql.queue.server import connect
from monitor.store.postgresql.queue.stalled import MOST_RUNS, Swept, sweep
from monitor.store.postgresql.queue.turns import HostTurns, Visit
from monitor.store.server import server_at

pytestmark = pytest.mark.postgresql

A, B = "www.courier.example", "feeds.courier.example"


@pytest.fixture
def address(postgresql):
    """A server with the queue laid out beside the archive's schema."""
    server = server_at(postgresql)
    with connect(server) as connection:
        lay_out(connection, cluster.layout())
    return server


@pytest.fixture
def queue(address):
    with connect(address) as connection:
        yield connection


@pytest.fixture
def turns(address):
    turns = HostTurns(address)
    yield turns
    turns.close()


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_they_are_laid_out_once_by_whoever_comes_first(address):
    with connect(address) as connection:
        assert lay_out(connection, cluster.layout()) == ()
        connection.execute("DELETE FROM layout_steps WHERE name LIKE 'monitor%'; DROP TABLE host_turns")
        assert lay_out(connection, cluster.layout()) == tuple(layouts.OUR_STEPS)


def test_a_step_that_a_newer_library_brings_is_taken_by_itself(queue):
    known = cluster.layout()
    newer = Layout(known.whole, {**known.steps, "99.00.00_01_pre_more": "CREATE TABLE more (n int)"})
    assert lay_out(queue, newer) == ("99.00.00_01_pre_more",)
    assert queue.execute("SELECT count(*) FROM more").fetchone() == (0,)


def test_a_worker_of_an_older_version_says_so_and_changes_nothing(queue):
    queue.execute("INSERT INTO layout_steps VALUES ('99.00.00_01_pre_more'); DROP TABLE host_turns")
    for look in (lay_out, demand_known):
        with pytest.raises(StoreError) as told:
            look(queue, cluster.layout())
        assert str(told.value) == (
            "The queue's tables are of a newer version than this worker, which does not know “99.00.00_01_pre_more”: "
            "upgrade the monitor on this machine, with its extra `cluster`."
        )
    assert queue.execute("SELECT to_regclass('host_turns')").fetchone() == (None,)


@pytest.mark.parametrize(
    "address, said",
    [
        ("nonsense", "not one of PostgreSQL's"),
        ("postgresql://u:hush@127.0.0.1:1/x", "Connection refused"),
        ("postgresql://u:hush@127.0.0.1:1/x?bogus=1", "says what PostgreSQL does not know"),
    ],
)
def test_a_server_that_is_not_there_is_one_line_without_the_password(address, said):
    with pytest.raises(StoreError) as told:
        connect(server_at(address))
    assert said in str(told.value) and "hush" not in str(told.value) and "\n" not in str(told.value)


# ── turns ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_is_one_calls_at_a_time_and_rests_in_between(turns):
    assert turns.claim(A, "one/1", None) == 0
    assert 30 < turns.claim(A, "two/1", None) <= 40  # until the lease of who died ends
    assert turns.claim(B, "two/1", None) == 0  # another host
    assert turns.claim(A, "one/1", None) == 0  # the same call again: its robots.txt, then its page
    turns.release(A, "one/1", 5.0)
    assert 4 < turns.claim(A, "two/1", None) <= 5
    assert turns.claim(A, "one/1", None) == 0  # led back to it
    turns.release(A, "one/1", 0.0)
    assert turns.claim(A, "two/1", None) == 0
    turns.release(A, "one/1", 0.0)  # comes late: it is not one's any more
    assert turns.claim(A, "three/1", None) > 30


def test_of_many_who_ask_at_once_one_has_the_turn(turns, address):
    others = [HostTurns(address) for _ in range(6)]
    for host in (f"{number}.example" for number in range(5)):
        found = []
        asking = [
            threading.Thread(
                target=lambda t, by, at, found: found.append(t.claim(at, by, None)),
                args=(t, str(n), host, found),
            )
            for n, t in enumerate(others)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        assert sum(wait == 0 for wait in found) == 1 and len(found) == 6
    for one in others:
        one.close()


def test_an_older_visit_hears_at_its_next_claim_that_the_host_is_anothers(turns):
    older, newer = Visit(A, 7, 1), Visit(A, 7, 2)
    turns.begin(older)
    assert turns.claim(A, "old/1", older) == 0 and turns.claim(B, "old/2", older) == 0
    turns.release(B, "old/2", 0)
    turns.begin(newer)
    for ask in (
        lambda: turns.claim(A, "old/1", older),
        lambda: turns.claim(B, "old/2", older),  # at another host as well
        lambda: turns.demand(older),
        lambda: turns.begin(older),  # frozen before it had begun
    ):
        with pytest.raises(TakenOver):
            ask()
    turns.demand(newer)
    assert turns.claim(B, "new/1", newer) == 0
    turns.begin(Visit(A, 8, 1))  # the next job of the host


def test_a_host_that_was_visited_is_left_alone_for_a_while(turns):
    visit = Visit(A, 1, 1)
    turns.begin(visit)
    assert turns.not_yet() == frozenset()
    turns.leave(visit, 60)
    assert turns.not_yet() == {A}
    turns.begin(Visit(A, 2, 1))
    turns.leave(visit, 0)  # comes late
    assert turns.not_yet() == {A}


@pytest.mark.parametrize(
    "ahead, waits",
    [
        ({"until": "9 minutes"}, True),
        ({"until": "11 minutes"}, False),
        ({"next_allowed": "23 hours"}, True),
        ({"next_allowed": "25 hours"}, False),
        ({"until": "25 hours", "next_allowed": "1 minute"}, True),
    ],
)
def test_what_a_clock_that_was_wrong_has_written_keeps_nobody_waiting(turns, queue, ahead, waits):
    turns.claim(A, "one/1", None)
    turns.release(A, "one/1", 0)
    for column, moment in ahead.items():
        queue.execute(f"UPDATE host_turns SET {column} = now() + %s::interval", (moment,))
    wait = turns.claim(A, "two/1", None)
    assert (0 < wait < 24 * 3600) if waits else wait == 0


@pytest.mark.parametrize("ahead, is_left", [("5 minutes", True), ("2 hours", False)])
def test_a_visit_that_a_wrong_clock_put_off_is_made(turns, queue, ahead, is_left):
    turns.begin(Visit(A, 1, 1))
    queue.execute("UPDATE host_turns SET next_visit = now() + %s::interval", (ahead,))
    assert (turns.not_yet() == {A}) is is_left


def test_the_turns_outlive_a_session_that_was_lost(turns, address):
    turns.claim(A, "one/1", None)
    with connect(address) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() "
            "AND datname = current_database() AND query LIKE '%%host_turns%%'"
        )
    with pytest.raises(StoreError, match="The (server of the )?archive and its jobs"):
        turns.claim(B, "one/2", None)
    assert turns.claim(B, "one/2", None) == 0


# ── the jobs of the dead ────────────────────────────────────────────────────────────────────────────────────────


def put(queue, of: str, *, status: str = "todo", runs: int = 0, heard: float | None = None) -> int:
    """A job of a host; `heard`: how many seconds ago its worker was, None where that is gone."""
    worker = None
    if heard is not None:
        (worker,) = queue.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            (heard,),
        ).fetchone()
    (job,) = queue.execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, lock, queueing_lock, args, attempts, worker_id) "
        "VALUES ('visit_host', 'hosts', %(lock)s, %(lock)s, %(args)s, %(runs)s, %(worker)s) RETURNING id",
        {"lock": f"visit_host:{of}", "args": f'{{"of": "{of}"}}', "runs": runs, "worker": worker},
    ).fetchone()
    queue.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", (status, job))
    return job


def stand(queue, job: int) -> tuple[str, int] | None:
    return queue.execute(
        "SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", (job,)
    ).fetchone()


DOING = {"status": "doing"}


@pytest.mark.parametrize(
    "named, swept, then",
    [
        ({**DOING, "heard": 71}, Swept(1, 0), ("todo", 1)),
        ({**DOING, "heard": None}, Swept(1, 0), ("todo", 1)),  # another worker's start has pruned it
        ({**DOING, "heard": 60}, Swept(0, 0), ("doing", 0)),  # it may be finishing what it has in hand
        ({"status": "todo", "heard": None}, Swept(0, 0), ("todo", 0)),
        ({**DOING, "heard": 71, "runs": MOST_RUNS - 2}, Swept(1, 0), ("todo", MOST_RUNS - 1)),
        ({**DOING, "heard": 71, "runs": MOST_RUNS - 1}, Swept(0, 1), ("failed", MOST_RUNS)),
    ],
)
def test_a_stalled_job_is_done_again_four_times(queue, named, swept, then):
    job = put(queue, A, **named)
    assert sweep(queue, 70, 0) == swept
    assert stand(queue, job) == then


def test_a_stalled_job_makes_way_for_its_twin(queue):
    stalled = put(queue, A, status="doing", heard=71)
    twin = put(queue, A)
    assert sweep(queue, 70, 0) == Swept(0, 0)
    assert stand(queue, stalled) is None and stand(queue, twin) == ("todo", 0)


def test_who_is_heard_again_meanwhile_keeps_its_job(queue, address):
    job = put(queue, A, status="doing", heard=71)

    def speaks(seconds):
        queue.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")

    assert sweep(queue, 70, 10, speaks) == Swept(0, 0)
    assert stand(queue, job) == ("doing", 0)


def test_a_job_that_ended_and_was_begun_again_meanwhile_is_another_run(queue):
    job = put(queue, A, status="doing", heard=71)

    def goes_on(seconds):
        queue.execute("UPDATE procrastinate_jobs SET attempts = attempts + 1")

    assert sweep(queue, 70, 10, goes_on) == Swept(0, 0)
    assert stand(queue, job) == ("doing", 1)


def test_one_sweeps_at_a_time(queue, address):
    put(queue, A, status="doing", heard=71)
    with connect(address) as other:
        found = []
        assert sweep(queue, 70, 0, lambda _: found.append(sweep(other, 70, 0))) == Swept(1, 0)
        assert found == [Swept(0, 0)]
        assert sweep(other, 70, 0) == Swept(0, 0)  # the lock was let go


def test_a_worker_is_told_of_what_is_to_be_done_again(queue, address):
    with connect(address) as other:
        other.execute('LISTEN "procrastinate_queue_v1#hosts"')
        put(queue, A, status="doing", heard=71)
        for told in other.notifies(timeout=5, stop_after=1):
            assert "job_inserted" in told.payload
        sweep(queue, 70, 0)
        (told,) = list(other.notifies(timeout=5, stop_after=1))
        assert told.payload == '{"type": "job_inserted", "job_id": 0}'


# ── what people and the tick see ────────────────────────────────────────────────────────────────────────────────


def test_what_waits_runs_and_failed_is_counted(queue):
    put(queue, A)
    put(queue, B, status="doing", heard=1)
    put(queue, "gone.example", status="failed", runs=5)
    found = state_of_queue(queue)
    assert found.workers == 1
    ((task, waiting, running),) = [(one.task, one.waiting, one.running) for one in found.tasks]
    assert (task, waiting, running) == ("visit_host", 1, 1)
    ((of, runs),) = [(one.of, one.runs) for one in found.failed]
    assert (of, runs) == ("gone.example", 5)


@pytest.mark.parametrize(
    "runs, minutes, is_left",
    [(1, 29, True), (1, 31, False), (5, 31, True), (5, 359, True), (5, 361, False)],
)
def test_what_failed_is_left_alone_for_a_while(queue, runs, minutes, is_left):
    job = put(queue, A, status="failed", runs=runs)
    queue.execute(
        "UPDATE procrastinate_events SET at = now() - make_interval(mins => %s), type = 'failed' WHERE job_id = %s",
        (minutes, job),
    )
    assert spoken_for(queue) == ({f"visit_host:{A}"} if is_left else set())


def test_what_waits_and_runs_is_spoken_for(queue):
    put(queue, A)
    put(queue, B, status="doing", heard=1)
    put(queue, "done.example", status="succeeded")
    assert spoken_for(queue) == {f"visit_host:{A}", f"visit_host:{B}"}


# ── by way of the library ───────────────────────────────────────────────────────────────────────────────────────


def test_a_job_is_put_into_the_queue_once_also_where_it_is_among_many(queue, address):
    nothing = cluster.Work(visit=print, weekly=print, housekeeping=print, tick=print)
    app = cluster.queue(address, nothing)
    with app.open():
        cluster.put(app, cluster.VISIT, [A, B])
        cluster.put(
            app, cluster.VISIT, [A, "new.example"]
        )  # one waits already: the other is put in all the same
        queue.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE lock = %s", (f"visit_host:{A}",))
        cluster.put(app, cluster.VISIT, [A])  # its twin
        cluster.put(app, cluster.VISIT, [])
    found = queue.execute(
        "SELECT args ->> 'of', status::text, lock = queueing_lock, priority, queue_name FROM procrastinate_jobs ORDER BY id"
    ).fetchall()
    assert found == [
        (A, "doing", True, 0, "hosts"),
        (B, "todo", True, 0, "hosts"),
        ("new.example", "todo", True, 0, "hosts"),
        (A, "todo", True, 0, "hosts"),
    ]


def test_a_lock_has_one_priority_and_the_tick_goes_before_all_else(address):
    app = cluster.queue(address, cluster.Work(visit=print, weekly=print, housekeeping=print, tick=print))
    found = {name: app.tasks[name].priority for name in cluster.PRIORITIES}
    assert found == cluster.PRIORITIES and max(found, key=found.get) == cluster.SEARCH
    assert all(app.tasks[name].retry_strategy is None for name in found)


def test_a_running_worker_hears_that_a_newer_version_was_here(queue, address):
    queue.execute("INSERT INTO layout_steps VALUES ('99.00.00_01_pre_more')")
    said, heard = [], threading.Event()

    def outdated(why):
        said.append(why)
        heard.set()

    quick = Limits(silence=0.05, every=0.05, confirm=1.0)
    with Sweeper(address, cluster.layout(), quick, outdated):
        assert heard.wait(10)
    assert "99.00.00_01_pre_more" in said[0] and len(said) == 1


def test_a_worker_sweeps_by_itself(queue, address):
    job = put(queue, A, status="doing", heard=71)
    with Sweeper(address, cluster.layout(), Limits(silence=0.3, every=0.05, confirm=0.05), print):
        end = time.monotonic() + 10
        while stand(queue, job) != ("todo", 1) and time.monotonic() < end:
            time.sleep(0.05)
    assert stand(queue, job) == ("todo", 1)
