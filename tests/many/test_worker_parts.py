"""The parts of a worker: what may be said to it, what it finds due, what it does with a host, a command, a bad server."""

import logging
import sys
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from conftest import article
from loopback import Answer, serve
from web import html_page, rss

from benchmarks.fleet import write_config
from jobs import cluster
from jobs.arguments import QUEUES, Said, of_all_jobs
from jobs.cluster import HOUSEKEEPING, VISIT, WEEKLY, Given
from jobs.many import child, visiting
from jobs.many.begin import begin
from jobs.many.limits import LIMITS, Limits
from jobs.many.setting import Setting
from jobs.many.ticking import Ticking
from jobs.many.visiting import Visiting
from monitor.app.host_turns import VisitTurns
from monitor.app.runs import poll
from monitor.app.summing import sum_up
from monitor.app.visiting import Configured, Visited, Wanted, visit
from monitor.app.workspace import utc_now
from monitor.errors import StoreError, TakenOver
from monitor.model import PollOutcome, PollResult
from monitor.store import Store
from monitor.store.postgresql.queue.layout import lay_out
from monitor.store.postgresql.queue.server import connect
from monitor.store.postgresql.queue.turns import HostTurns, Visit
from monitor.store.server import server_at

# ── what may be said ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "given, said",
    [
        ([], Said(False, 10, QUEUES)),
        (["--cluster"], Said(True, 10, QUEUES)),
        (["--cluster", "--side-by-side", "3"], Said(True, 3, QUEUES)),
        (["--cluster", "--only", "hosts", "--only", "keeping"], Said(True, 10, ("hosts", "keeping"))),
        (["--side-by-side", "3"], None),
        (["--only", "hosts"], None),
        (["--cluster", "--side-by-side", "0"], None),
        (["--cluster", "--side-by-side", "many"], None),
        (["--cluster", "--only", "pages"], None),
        (["hello"], None),
    ],
)
def test_what_is_said_to_the_jobs(given, said, capsys):
    if said:
        assert of_all_jobs("Works.", given) == said
    else:
        with pytest.raises(SystemExit) as ended:
            of_all_jobs("Works.", given)
        assert ended.value.code == 2


def test_the_kinds_of_jobs_are_called_alike():
    assert cluster.QUEUES == QUEUES


@pytest.mark.parametrize(
    "queues, groups",
    [
        (QUEUES, ((("tick", "hosts"), 10), (("panels", "keeping"), 1))),
        (("hosts",), ((("tick", "hosts"), 10),)),
        (("keeping", "panels"), ((("tick", "keeping", "panels"), 2),)),
    ],
)
def test_drafts_do_not_take_the_places_of_visits(queues, groups):
    assert cluster.groups_of(queues, 10) == groups


def test_the_limits_fit_together():
    """As their file says: who is silent for so long has nothing more in hand, and is found within two minutes."""
    at_most = LIMITS.silence + LIMITS.every + LIMITS.confirm + LIMITS.polling
    assert LIMITS.visit + 5 <= 50 < LIMITS.silence and at_most <= 100 and LIMITS.stop <= 20


@pytest.mark.parametrize(
    "address, said",
    [
        (
            None,
            "`--cluster` needs a PostgreSQL server, which all workers share: let MONITOR_ARCHIVE hold its address",
        ),
        ("nonsense", "The archive's address is not one of PostgreSQL's"),
        (
            "postgresql://u:hush@127.0.0.1:1/x",
            "Is the server running, and is its address in MONITOR_ARCHIVE right?",
        ),
    ],
)
def test_a_worker_without_its_server_says_one_line_and_writes_nothing(
    address, said, tmp_path, monkeypatch, capsys
):
    write_config(tmp_path, {"http://courier.example/rss": "feed"})
    monkeypatch.delenv("MONITOR_ARCHIVE", raising=False)
    if address:
        monkeypatch.setenv("MONITOR_ARCHIVE", address)
    assert begin(Said(True, 1, QUEUES), {"MONITOR_CONFIG": str(tmp_path)}) == 1
    told = capsys.readouterr().err
    assert said in told and "hush" not in told and "Traceback" not in told
    assert not list(tmp_path.glob("**/*.db"))


def test_a_mistake_in_the_files_is_said_before_anything_is_asked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MONITOR_ARCHIVE", "postgresql://u@127.0.0.1:1/x")
    assert begin(Said(True, 1, QUEUES), {"MONITOR_CONFIG": str(tmp_path)}) == 1
    assert "feeds.yaml:1:" in capsys.readouterr().err


def test_the_end_of_a_job_that_another_worker_has_meanwhile_is_told_in_a_line(caplog):
    """As of a worker that was frozen, and woke: asyncio tells of it, with two tracebacks."""
    cluster.silence_logs()
    error = cluster.exceptions.ConnectorException()
    error.__cause__ = OSError(
        'Job was not found or not in "doing" or "todo" status (job id: 5)\nCONTEXT: PL/pgSQL'
    )
    logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
    (said,) = caplog.records
    assert said.exc_info is None and said.getMessage() == (
        "A job ended of which nothing was heard for too long: another worker had it meanwhile."
    )


def test_a_server_that_is_away_is_told_in_a_line_and_a_bug_with_its_traceback(caplog):
    """As the library tells of it: four times, with the error that its own was made of."""
    cluster.silence_logs()
    for name in ("procrastinate.worker.worker", "procrastinate.utils") * 2:
        try:
            try:
                raise OSError(
                    "connection failed: FATAL:  the database system is shutting down\nIs it running?"
                )
            except OSError as error:
                raise cluster.exceptions.ConnectorException from error
        except cluster.exceptions.ConnectorException:
            logging.getLogger(name).exception("Side task listener failed")
    logging.getLogger("psycopg.pool").warning("error connecting in 'pool-2'")
    (said,) = caplog.records
    assert said.exc_info is None and said.getMessage() == (
        "The archive's server cannot be used for the jobs: connection failed: FATAL:  the database system is shutting down."
    )
    try:
        raise ValueError("a bug")
    except ValueError:
        logging.getLogger("procrastinate.worker.worker").exception("Job visit_host ended with status: Error")
    assert caplog.records[-1].exc_info and "Job visit_host" in caplog.text


def test_without_the_extra_its_name_is_said(monkeypatch, capsys):
    for name in [
        name for name in sys.modules if name.startswith("jobs.many.worker") or name == "jobs.cluster"
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    assert begin(Said(True, 1, QUEUES), {}) == 1
    assert "pip install 'topical-issues-monitor[cluster]'" in capsys.readouterr().err


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_command_runs_in_a_process_of_its_own():
    assert child.run(["--version"], threading.Event()) == 0


def test_a_command_that_ends_as_none_should_is_a_failure_of_the_job():
    with pytest.raises(child.Ended, match="exit code 2"):
        child.run(["no-such-command"], threading.Event())


def test_a_command_is_stopped_with_its_worker():
    stop = threading.Event()
    stop.set()
    began = time.monotonic()
    assert child.run(["--version"], stop) is None
    assert time.monotonic() - began < child.ENDS_WITHIN


# ── on a server ─────────────────────────────────────────────────────────────────────────────────────────────────


class Place:
    """A configuration with a worker's setting over it."""

    def __init__(self, folder, address: str) -> None:
        self.folder = folder
        server = server_at(address, folder / "data")
        with connect(server) as connection:
            lay_out(connection, cluster.layout())
        self.setting = Setting(
            config_folder=folder,
            data=folder / "data",
            metrics=None,
            server=server,
            name="one",
            configured=Configured(folder),
            turns=HostTurns(server),
        )

    def store(self) -> Store:
        return Store.open(self.setting.server)

    def due(self) -> dict[str, list[str]]:
        """What a tick puts into the queue."""
        found: dict[str, list[str]] = {}
        Ticking(self.setting, LIMITS)(lambda name, of: found.update({name: list(of)}))
        return found

    def wanted(self, host: str, job: int = 1, seconds: float = 45.0) -> Wanted:
        return Wanted(
            config_folder=self.folder,
            data=self.setting.data,
            turns=self.setting.turns,
            worker="one",
            visit=Visit(host, job, 1),
            seconds=seconds,
            stop=self.setting.stop,
        )

    def visit(self, host: str, **named) -> Visited:
        return visit(self.wanted(host, **named), self.setting.configured.now(), utc_now)


def polls(place: Place, _host: str) -> None:
    """What a person types beside the workers."""
    poll(place.folder, place.setting.data, everything=True, names=(), progress=lambda *_: None)


@pytest.fixture
def place(tmp_path, postgresql, monkeypatch):
    monkeypatch.setenv("MONITOR_ARCHIVE", postgresql)
    write_config(
        tmp_path, {f"http://{host}/rss": "feed" for host in ("a.example", "b.example", "a.example/2")}
    )
    place = Place(tmp_path, postgresql)
    yield place
    place.setting.turns.close()


@pytest.mark.postgresql
class TestOnAServer:
    def test_a_mistake_that_stands_is_said_once_in_a_while_and_a_file_that_is_mended_counts_at_the_next_look(
        self, place, caplog
    ):
        ticking, feeds, found = Ticking(place.setting, LIMITS), place.folder / "feeds.yaml", {}
        right = feeds.read_text()
        feeds.write_text(f"{right}x: [")
        for _ in range(3):
            ticking(lambda name, of: found.update({name: list(of)}))
        said = [record.message for record in caplog.records if record.levelname == "ERROR"]
        assert (len(said), found) == (1, {}) and "feeds.yaml" in said[0]
        feeds.write_text(right.replace("http://b.example/rss", "http://new.example/rss"))
        ticking(lambda name, of: found.update({name: list(of)}))
        assert found[VISIT] == ["a.example", "new.example"]

    def test_the_hosts_of_feeds_that_are_due_are_put_into_the_queue_once_each(self, place):
        assert place.due() == {VISIT: ["a.example", "b.example"], WEEKLY: [], HOUSEKEEPING: []}

    def test_a_host_that_waits_runs_or_was_visited_a_moment_ago_is_not(self, place):
        with connect(place.setting.server) as queue:
            queue.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, lock) VALUES ('visit_host', 'hosts', %s)",
                ("visit_host:a.example",),
            )
        one = Visit("b.example", 1, 1)
        place.setting.turns.begin(one)
        place.setting.turns.leave(one, 60)
        assert place.due()[VISIT] == []

    def test_a_week_without_its_draft_is_due_once_there_is_something_to_draft_from(self, place):
        with place.store() as store:
            store.feeds.save_poll(*polled("http://a.example/rss", utc_now()), [article(first_seen=utc_now())])
        assert (
            place.due()[WEEKLY] == []
        )  # nothing is older than half an hour: a draft would rest on the first feeds
        with place.store() as store, store.archive.transaction() as db:
            old = (utc_now() - timedelta(days=2)).isoformat()
            db.execute("UPDATE articles SET first_seen = ?", (old,))
        assert place.due() == {
            VISIT: ["a.example", "b.example"],
            WEEKLY: ["thames-valley"],
            HOUSEKEEPING: ["archive"],
        }

    def test_a_server_that_is_away_and_a_mistake_in_the_files_are_logged_and_the_next_tick_makes_it_good(
        self, place, caplog
    ):
        feeds = (place.folder / "feeds.yaml").read_text()
        (place.folder / "feeds.yaml").write_text("nonsense")
        assert place.due() == {} and "Nothing was put into the queue: feeds.yaml:1" in caplog.text
        (place.folder / "feeds.yaml").write_text(feeds)
        assert place.due()[VISIT] == ["a.example", "b.example"]

    @pytest.mark.slow
    def test_pages_at_another_host_are_asked_for_in_its_turn_and_all_is_stored(self, place):
        story = html_page("Budget agreed", *["The council agreed its budget on Monday, it said."] * 4)
        with serve({"/1": Answer(story), "/2": Answer(story)}) as pages, serve({}) as feeds:
            host = f"127.0.0.1:{feeds.port}"
            feeds.answers["/rss"] = Answer(
                rss(*((pages.url(f"/{n}"), f"Budget {n}", utc_now()) for n in (1, 2)))
            )
            write_config(place.folder, {feeds.url("/rss"): "page"})
            found = place.visit(host)
            assert [one.result for one in found.outcomes] == [PollResult.NEW] and not found.goes_on
            assert [asked.path for asked in pages.asked] == ["/robots.txt", "/1", "/2"]
            with connect(place.setting.server) as queue:
                rows = queue.execute("SELECT host, job FROM host_turns ORDER BY job DESC").fetchall()
            assert rows == [(host, 1), (f"127.0.0.1:{pages.port}", 0)]
        with place.store() as store:
            assert store.articles.count() == 2

    @pytest.mark.slow
    def test_a_host_that_says_429_to_one_visit_is_asked_no_more_by_another_that_is_under_way(self, place):
        """The outlets' feeds stand at two hosts, their pages at one that wants to be left alone."""
        busy = Answer(status=429, headers={"Retry-After": "7200"}, delay=0.3)
        with serve({"/1": busy, "/2": busy}) as pages, serve({}) as one, serve({}) as two:
            for number, feeds in enumerate((one, two), 1):
                feeds.answers["/rss"] = Answer(
                    rss((pages.url(f"/{number}"), f"Budget {number}", utc_now())), delay=0.3
                )
            write_config(place.folder, {feeds.url("/rss"): "page" for feeds in (one, two)})
            visits = [
                threading.Thread(target=place.visit, args=(f"127.0.0.1:{feeds.port}",))
                for feeds in (one, two)
            ]
            for visiting_one in visits:
                visiting_one.start()
            for visiting_one in visits:
                visiting_one.join()
            assert [asked.path for asked in pages.asked] in (["/robots.txt", "/1"], ["/robots.txt", "/2"])
        with place.store() as store:
            assert store.articles.count() == 2
            (first, second) = store.feeds.retries_due(utc_now() + timedelta(hours=3))
            assert first.next_try > utc_now() + timedelta(minutes=110)
            assert second.next_try > utc_now() + timedelta(minutes=110)

    @pytest.mark.parametrize("asks", [Place.visit, polls])
    @pytest.mark.slow
    def test_a_host_that_another_holds_is_waited_for(self, place, asks):
        with serve({"/rss": Answer(rss())}) as feeds:
            host = f"127.0.0.1:{feeds.port}"
            write_config(place.folder, {feeds.url("/rss"): "feed"})
            other = VisitTurns(place.setting.turns, "two")
            other.claim(host, "1")
            releasing = threading.Timer(0.4, other.release, (host, "1", 0.2))
            releasing.start()
            began = time.monotonic()
            asks(place, host)
            assert time.monotonic() - began >= 0.6
            assert feeds.counts["/rss"] == 1
            releasing.join()

    @pytest.mark.parametrize("after", [0.0, 0.4])
    @pytest.mark.slow
    def test_a_worker_that_is_told_to_stop_leaves_what_is_not_done_and_it_is_still_due(self, place, after):
        with serve({"/rss": Answer(rss(), delay=9.0)}) as feeds:
            host = f"127.0.0.1:{feeds.port}"
            write_config(place.folder, {feeds.url("/rss"): "feed"})
            stopping = threading.Timer(after, place.setting.stop.set)
            stopping.start()
            stopping.join() if not after else None
            began = time.monotonic()
            assert [one.result for one in place.visit(host).outcomes] == [PollResult.LEFT]
            assert time.monotonic() - began < 8
            assert place.due()[VISIT] == [host]

    @pytest.mark.slow
    def test_an_older_visit_stores_nothing_any_more(self, place):
        def taken_over(asked):
            place.setting.turns.begin(Visit(host, 2, 1))
            return Answer(rss())

        with serve({"/rss": taken_over}) as feeds:
            host = f"127.0.0.1:{feeds.port}"
            write_config(place.folder, {feeds.url("/rss"): "feed"})
            with pytest.raises(TakenOver):
                place.visit(host)
        with place.store() as store:
            assert store.feeds.states() == ()

    def test_what_was_polled_is_summed_up_as_a_run_and_not_again_so_soon(self, place):
        now = utc_now()
        with place.store() as store:
            for url, result, new in (
                ("a", PollResult.NEW, 3),
                ("b", PollResult.FAILED, 0),
                ("c", PollResult.LEFT, 0),
            ):
                outcome, state = polled(url, now - timedelta(minutes=3), result)
                store.feeds.save_poll(outcome, state, [article(f"{url}{n}", feed=url) for n in range(new)])
        line = "2 feeds polled by all workers, 1 failed, 1 left; 0 new articles."
        assert sum_up(place.folder, place.setting.data, None, 300, lambda: now) == line
        assert sum_up(place.folder, place.setting.data, None, 300, lambda: now) is None
        with place.store() as store:
            assert [(run.job, run.ok, run.summary) for run in store.runs.last()] == [("poll", True, line)]


def polled(url: str, at, result=PollResult.NEW):
    from monitor.model import FeedState

    return PollOutcome(feed=url, at=at, result=result), FeedState(url=url, last_poll=at, next_poll=at)


# ── what becomes of a visit ─────────────────────────────────────────────────────────────────────────────────────


class Left:
    """Turns that only hear when a visit is left."""

    def __init__(self) -> None:
        self.rests: list[float] = []

    def leave(self, visit: Visit, rest: float) -> None:
        self.rests.append(rest)


@pytest.mark.parametrize(
    "found, rests, codes, logged",
    [
        (Visited((), goes_on=False), [300.0], [], ""),
        (Visited((), goes_on=True), [0.0], [], ""),
        (StoreError("The archive is away."), [60.0], [], "a.example was not read: The archive is away."),
        (TakenOver("Given to another."), [], [70], "Given to another. It ends, to be begun anew."),
    ],
)
def test_what_becomes_of_a_visit(found, rests, codes, logged, monkeypatch, caplog):
    def answers(*_):
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(visiting, "visit", answers)
    turns, ended = Left(), []
    setting = SimpleNamespace(
        turns=turns,
        stop=threading.Event(),
        config_folder=None,
        data=None,
        name="one",
        configured=SimpleNamespace(now=lambda: None),
    )
    Visiting(setting, Limits(), ended.append)(Given("a.example", 1, 0))
    assert (turns.rests, ended) == (rests, codes)
    assert logged in caplog.text
