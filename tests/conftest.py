"""For every test: no network but this machine, and builders for the values that flow."""

import gc
import ipaddress
import os
import shutil
import signal
import socket
import sys
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import postgres
import pytest
from hypothesis import HealthCheck, settings
from machine import PARTS, USES, lacking, parts_are_marked

import monitor.pipeline  # noqa: F401 - its flows are looked up below
from monitor.config import folder, updating, yamlfile
from monitor.judging.classify import Judge
from monitor.model import Article, TextFrom
from monitor.pipeline import choose
from monitor.pipeline.preview import stories as preview_stories
from monitor.pipeline.preview import twelve
from monitor.reading import single
from monitor.reading.workers import Idle
from monitor.store import Store
from monitor.store.sqlite import file

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)  # a Monday morning


# Where the folders of tests stand: an archive waits for the disk forty times a test, which was a quarter of all the
# time that they took. What passed leaves nothing there (`tmp_path_retention_policy`).
MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000  # bytes; a run leaves and clears some 300 MB


def is_roomy(place: Path) -> bool:
    """Whether it can be the tests' own: there is room, and programs may be run from it, which a container may forbid."""
    try:
        return not os.statvfs(place).f_flag & os.ST_NOEXEC and shutil.disk_usage(place).free > ROOM
    except (OSError, AttributeError):  # no such folder, or no such question on this system
        return False


class YouForgotToKeepTheTestOnThisMachine(AssertionError):
    """A test reached for the real network. Serve what it needs on loopback (tests/loopback.py)."""


def _is_this_machine(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def pytest_configure(config):
    # A shell starts what runs behind it deaf to Ctrl-C: who sends one in a test would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if is_roomy(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    # How long a machine takes that has other work is no property of the code: a case of 13 ms took 329 beside four others.
    # What must not take long is counted in seconds of a core, where it is tested.
    settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("here")
    beside = "|".join(sorted(path.stem for path in Path(__file__).parent.rglob("*.py")))
    config.addinivalue_line("filterwarnings", f"error:::({beside})$")
    for mark, part in PARTS.items():
        config.addinivalue_line("markers", f"{mark}: needs {part.name} on the machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Three processes on two cores: tests wait for servers, deadlines and browsers for a third of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


def pytest_collection(session):
    """Of several processes each begins elsewhere to take in the files of tests: a fresh clone has none of them compiled,
    and what one has compiled the others find. Two took 59 s of a core to collect there, and so take 48."""
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args_source is not session.config.ArgsSource.TESTPATHS:
        return
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    begin = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for path in files[begin:] + files[:begin]:
        if str(path.parent) not in sys.path:
            sys.path.insert(0, str(path.parent))
        with suppress(Exception, pytest.skip.Exception):  # which is told when it is collected
            import_module(path.stem)


def pytest_collection_finish(session):
    """Thousands of tests with their values live to the end: to look through them for garbage again and again took a
    fifth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


def pytest_runtest_setup(item):
    marks = [mark.name for mark in item.iter_markers()]
    for reason in filter(None, map(lacking, marks)):
        pytest.skip(reason)
    USES.marks = frozenset(marks)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown():
    USES.marks = None


@contextmanager
def kept_workers():
    """Polls and drafts of one test process hand their workers on: each would load trafilatura anew, 0.6 s of a core. How
    workers come and go is tested where they are (`test_workers.py`, `test_stopping.py`), in processes of their own."""
    with Idle() as idle, pytest.MonkeyPatch.context() as patched:
        for flow in ("poll", "pages"):
            patched.setattr(sys.modules[f"monitor.pipeline.{flow}"], "between", lambda: nullcontext(idle))
        patched.setattr(single, "Idle", lambda: idle)
        yield


@contextmanager
def files_read_once():
    """What a YAML file says is remembered for all tests of a process: topics.yaml costs half a second of a core, and
    the last eight files, which the program remembers, are soon others among tests."""
    read, judged = (
        lru_cache(maxsize=1 << 9)(yamlfile.document_of.__wrapped__),
        lru_cache(maxsize=1 << 6)(yamlfile._known.__wrapped__),
    )
    with pytest.MonkeyPatch.context() as patched:
        for room in (yamlfile, folder, updating):
            patched.setattr(room, "document_of", read)
        patched.setattr(yamlfile, "_known", judged)
        yield


@contextmanager
def windows_judged_once():
    """The same articles under the same rules are the same stories with the same verdicts, whichever test asks: most of
    what a draft costs, and hundreds of tests draft the sample's week. How stories are put together is tested on the function
    itself, which is remembered only where a draft or a preview of one panel asks for it: what several share is theirs."""
    anew = choose.grouped
    known = lru_cache(maxsize=1 << 8)(anew)

    def put_together(articles, gazetteer, rules, outlines=None):
        if outlines:
            return anew(articles, gazetteer, rules, outlines)
        return known(tuple(sorted(articles, key=lambda one: (one.first_seen, one.id))), gazetteer, rules)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(choose, "grouped", put_together)
        patched.setattr(twelve, "grouped", put_together)
        patched.setattr(preview_stories, "group", lambda articles, *by: put_together(articles, *by).stories)
        patched.setattr(Judge, "in_brief", lru_cache(maxsize=1 << 14)(Judge.in_brief))
        yield


@contextmanager
def archives_laid_at_once():
    """A new archive's tables are those of the first: to make them step by step, as they came to be, takes four times as
    long, and hundreds of tests begin with one. How old ones are brought up to date is tested where it is done."""
    step_by_step, laid = file.upgrade, []

    def upgrade(db):
        if db.table_names():
            step_by_step(db)
        elif not laid:
            step_by_step(db)
            laid.extend(_statements(db.conn))
        else:
            for statement, parameters in laid:
                db.conn.execute(statement, parameters)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(file, "upgrade", upgrade)
        yield


def _statements(connection):
    """That make such a database; a key in it is drawn anew."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite@_%' ESCAPE '@' "
        "ORDER BY rowid"
    ).fetchall()
    yield from ((sql, ()) for _, _, sql in made)
    for name in [name for kind, name, _ in made if kind == "table"]:
        for row in connection.execute(f"SELECT * FROM {name}"):
            values = ("randomblob(32)" if isinstance(value, bytes) else "?" for value in row)
            known = tuple(value for value in row if not isinstance(value, bytes))
            yield f"INSERT INTO {name} VALUES ({', '.join(values)})", known


@contextmanager
def no_network():
    """Connections and name look-ups that leave this machine fail loudly."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if self.family != socket.AF_UNIX and not _is_this_machine(address[0]):
            raise YouForgotToKeepTheTestOnThisMachine(address)
        return connect(self, address)

    def guarded_look_up(host, *rest, **named):
        try:
            ipaddress.ip_address(str(host).strip("[]").split("%")[0])
        except ValueError:
            if not _is_this_machine(host):
                # What a machine without a network says, so that the code under test behaves as it would there.
                raise socket.gaierror(socket.EAI_NONAME, f"{host}: no names are looked up in tests") from None
        return look_up(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", guarded_connect)
        patched.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def all_tests():
    """One for all, for nine thousand tests ask whether it is set up."""
    with ExitStack() as inside:
        for around in (
            no_network,
            parts_are_marked,
            kept_workers,
            files_read_once,
            windows_judged_once,
            archives_laid_at_once,
        ):
            inside.enter_context(around())
        yield


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory):
    """One for a whole run (`postgres.py`). Its tests are marked `postgresql`."""
    folder = tmp_path_factory.getbasetemp()
    is_part_of_many = "PYTEST_XDIST_WORKER" in os.environ
    with postgres.shared((folder.parent if is_part_of_many else folder) / "postgresql") as server:
        yield server


@pytest.fixture
def postgresql(postgresql_server):
    """The address of a PostgreSQL schema of this test's own, empty, and named by `search_path`."""
    with postgres.own_schema(postgresql_server) as address:
        yield address


@pytest.fixture(scope="session")
def new_archive(tmp_path_factory):
    """An archive without a row; to copy, never to change. To lay its tables anew takes ten times as long."""
    path = tmp_path_factory.mktemp("new") / "archive.db"
    with Store.open(path):
        pass
    return path


@pytest.fixture(scope="session")
def laid_out(postgresql_server):
    """An archive on it, laid out once for all tests of a process: each begins with its tables emptied, which takes four
    milliseconds, and to lay them out forty."""
    with postgres.own_schema(postgresql_server) as address, postgres.emptying(address) as empty:
        yield empty


@pytest.fixture
def engine(request, monkeypatch):
    """Where every command of a test has its archive, empty: on PostgreSQL, where the test or its file is marked `on_both`,
    for a second time, or ARCHIVE=postgresql stands in the environment; None where it is in a file of its data folder."""
    if getattr(request, "param", os.environ.get("ARCHIVE")) != "postgresql":
        return None
    place = request.getfixturevalue("laid_out")()
    monkeypatch.setenv("MONITOR_ARCHIVE", place.address)
    return place


@pytest.fixture
def where(request, tmp_path, engine):
    """Where a test's archive stands, empty: on that server, or in a file."""
    if engine:
        return engine
    shutil.copy(request.getfixturevalue("new_archive"), tmp_path / "archive.db")
    return tmp_path / "archive.db"


def pytest_generate_tests(metafunc):
    """What is marked `on_both` and asks for an archive is tested on both; whole commands on a server are slow, for it works in
    processes of its own beside the test's."""
    if metafunc.definition.get_closest_marker("on_both") and "engine" in metafunc.fixturenames:
        is_of_commands = metafunc.definition.path.parent.name in ("commands", "forgetting")
        marks = [pytest.mark.postgresql] + is_of_commands * [pytest.mark.slow]
        on_server = pytest.param("postgresql", marks=marks)
        metafunc.parametrize("engine", ["sqlite", on_server], indirect=True)


@pytest.fixture
def store(where):
    with Store.open(where) as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    return NOW


def article(name: str = "one", **changes) -> Article:
    """A small article; `name` makes its id, address and headline its own."""
    values = {
        "id": name,
        "url": f"https://courier.example/news/{name}",
        "outlet": "Thames Courier",
        "feed": "https://courier.example/rss",
        "title": f"Headline {name}",
        "paragraphs": ("First paragraph.", "Second paragraph."),
        "published": NOW - timedelta(hours=3),
        "first_seen": NOW - timedelta(hours=2),
        "text_from": TextFrom.PAGE,
    }
    return Article(**{**values, **changes})


@pytest.fixture(scope="session")
def config():
    """The default rules over two small papers (`papers.py`)."""
    from papers import papers_config  # which needs what stands above

    return papers_config()


@pytest.fixture(scope="session")
def desk_week(tmp_path_factory):
    """The demo's week, which the desk's tests copy, and what its files say."""
    from desks import compile_routes_once, config_of, made_week

    week = made_week(tmp_path_factory)
    with pytest.MonkeyPatch.context() as patched:
        compile_routes_once(patched)
        yield week, config_of(week)


@pytest.fixture
def desk(desk_week, tmp_path):
    """A desk over a copy of the demo's week (`tests/desk/desks.py`)."""
    from desks import copied

    week, config = desk_week
    return copied(week, tmp_path / "week", config)


@pytest.fixture(scope="module")
def week(desk_week, tmp_path_factory):
    """The same, made once for a file of tests that only read."""
    from desks import copied

    made, config = desk_week
    return copied(made, tmp_path_factory.mktemp("desk") / "week", config)


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of a process. Its tests are marked `chromium` and `driver`."""
    from chromium import PROGRAM, opened_browser

    with opened_browser(shutil.which(PROGRAM)) as opened:
        yield opened


@pytest.fixture
def windows(browser):
    """Opens windows of one person, as many as are wanted: `windows(home)`; when the test ends,
    no page of them may have asked for anything elsewhere, or been refused or complained of unexpectedly."""
    from chromium import opened_windows

    with opened_windows(browser) as opened:
        yield opened


@pytest.fixture
def window(desk, windows):
    """A window at the desk over a copy of the demo's week, which is served for this test."""
    from chromium import serving

    with serving(desk.application()) as home:
        yield windows(home).open("/")
