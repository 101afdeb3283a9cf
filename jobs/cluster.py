"""The queue of many machines: procrastinate, on PostgreSQL. The only file that knows it.

Each setting answers a measured trap of the library (3.10):
- a job's `lock` and `queueing_lock` are the same, so of one host, one panel, one housekeeping one job waits and one runs
  at the most; the tick has no lock, or one whose worker died would hold up the next;
- a lock has one priority: jobs of two priorities under one lock end the workers that fetch them;
- no `retry`: with a queueing lock it leaves the job running for good where its twin waits. What failed is found due again;
- no job is put off: one that waits for its time holds up its lock;
- jobs that went well are deleted at once, others at night: each end of a worker writes all rows that it ran anew;
- drafts and housekeeping are worked off one at a time by a worker of their own: they keep a core each, and would take the
  places of visits;
- our own executor: by default six threads serve thirty jobs, which hold their locks meanwhile;
- one periodic task at the least: a worker that lost the server ends with it, where without one it would go on deaf. It
  is begun anew then (`many/worker.py`).
"""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from procrastinate import App, JobContext, PsycopgConnector, exceptions, schema
from procrastinate.jobs import DeleteJobCondition

from jobs.many.limits import Limits
from monitor.errors import StoreError
from monitor.store.postgresql.queue.layout import Layout
from monitor.store.postgresql.queue.server import settings
from monitor.store.server import Server

HOSTS, PANELS, KEEPING, TICK = "hosts", "panels", "keeping", "tick"
QUEUES = (HOSTS, PANELS, KEEPING)

VISIT, WEEKLY, HOUSEKEEPING, SEARCH = "visit_host", "weekly_of_panel", "keep_house", "find_due"
PRIORITIES = {VISIT: 0, HOUSEKEEPING: 1, WEEKLY: 5, SEARCH: 10}

TICK_EVERY = "* * * * * */15"  # seconds last
CLEAN_AT = "17 3 * * *"
KEPT_HOURS = 72  # that jobs which failed are kept for people
BATCH = 500  # jobs that are put into the queue by one statement
POOL = 4  # connections of the queue's own, beside the one that listens
SAID_AGAIN = 30.0  # seconds after which the same is worth a line
# The loggers that tell of it, each by name: filters are not inherited. asyncio's tells of a job whose end could not be
# written.
SPEAK = ("procrastinate.worker", "procrastinate.worker.worker", "procrastinate.utils", "asyncio")
TAKEN = "Job was not found"  # as the library's tables say of the end of a job that is another worker's now
PATIENCE = 300  # seconds that a job which has ended waits for a server that went away


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """A job that is being done."""

    of: str  # the host, the panel
    job: int
    run: int  # how many-th of this job


Do = Callable[[Given], None]
Defer = Callable[[str, Iterable[str]], None]
"""Puts a job of that name into the queue for each that it is of, unless one waits there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is done for each kind of job."""

    visit: Do
    weekly: Do
    housekeeping: Do
    tick: Callable[[Defer], None]


def layout() -> Layout:
    """What the installed version lays out."""
    files = sorted(Path(schema.SchemaManager.get_migrations_path()).glob("*.sql"))
    return Layout(schema.SchemaManager.get_schema(), {file.stem: file.read_text("utf-8") for file in files})


def queue(server: Server, work: Work) -> App:
    """The queue with its tasks."""
    connector = PsycopgConnector(conninfo=settings(server), min_size=1, max_size=POOL, timeout=PATIENCE)
    app = App(connector=connector)
    kinds: Mapping[str, tuple[str, Do]] = {
        VISIT: (HOSTS, work.visit),
        WEEKLY: (PANELS, work.weekly),
        HOUSEKEEPING: (KEEPING, work.housekeeping),
    }
    for name, (queue_name, do) in kinds.items():
        app.task(name=name, queue=queue_name, priority=PRIORITIES[name], pass_context=True)(_task(do))

    def find_due(timestamp: int) -> None:
        work.tick(lambda name, of: put(app, name, of))

    searching = app.task(name=SEARCH, queue=TICK, priority=PRIORITIES[SEARCH], queueing_lock=SEARCH)(find_due)
    app.periodic(cron=TICK_EVERY)(searching)

    async def remove_old(context: JobContext, timestamp: int) -> None:
        await app.job_manager.delete_old_jobs(
            nb_hours=KEPT_HOURS, include_failed=True, include_aborted=True, include_cancelled=True
        )

    cleaning = app.task(name="remove_old", queue=TICK, queueing_lock="remove_old", pass_context=True)(
        remove_old
    )
    app.periodic(cron=CLEAN_AT)(cleaning)
    return app


def _task(do: Do) -> Callable[..., None]:
    def done(context: JobContext, of: str) -> None:
        do(Given(of, context.job.id or 0, context.job.attempts))

    return done


def put(app: App, name: str, of: Iterable[str]) -> None:
    """All at once, or one by one where one of them waits already. Raises StoreError."""
    configured = [
        (one, app.configure_task(name, lock=lock_of(name, one), queueing_lock=lock_of(name, one)))
        for one in of
    ]
    with _plainly():
        for some in batched(configured, BATCH):
            try:
                app.job_manager.batch_defer_jobs([job.make_new_job(of=one) for one, job in some])
            except exceptions.AlreadyEnqueued:
                for one, job in some:
                    with suppress(exceptions.AlreadyEnqueued):
                        job.defer(of=one)


def lock_of(name: str, of: str) -> str:
    """The lock under which a job waits and runs."""
    return f"{name}:{of}"


def batched(all_of_them: list[T], most: int) -> Iterator[list[T]]:
    for begin in range(0, len(all_of_them), most):
        yield all_of_them[begin : begin + most]


@contextmanager
def _plainly() -> Iterator[None]:
    """What the server says, as a StoreError of one line."""
    try:
        yield
    except exceptions.ConnectorException as error:
        raise StoreError(_in_words(error)) from error


def _in_words(error: exceptions.ConnectorException) -> str:
    why = str(error.__cause__ or error).strip().partition("\n")[0].rstrip(".")
    if why.startswith(TAKEN):
        return "A job ended of which nothing was heard for too long: another worker had it meanwhile."
    return f"The archive's server cannot be used for the jobs: {why}."


def work_off(
    server: Server,
    work: Work,
    limits: Limits,
    *,
    queues: Iterable[str],
    side_by_side: int,
    on_stop: Callable[[], None],
) -> None:
    """Works until a signal says stop, or the server was away. Raises StoreError."""
    with _plainly():
        asyncio.run(_work_off(queue(server, work), limits, queues, side_by_side, on_stop))


async def _work_off(
    app: App, limits: Limits, queues: Iterable[str], side_by_side: int, on_stop: Callable[[], None]
) -> None:
    loop = asyncio.get_running_loop()
    groups = groups_of(tuple(queues), side_by_side)
    threads = sum(most for _, most in groups)
    loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="job"))
    async with app.open_async():
        working = [asyncio.ensure_future(_of_group(app, limits, names, most)) for names, most in groups]
        ending = _Ending(working)

        def stopped() -> None:
            on_stop()
            ending.begin()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopped)
        await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        ending.begin()  # where one lost the server, the others end too
        for error in await asyncio.gather(*working, return_exceptions=True):
            if isinstance(error, Exception):
                raise error


def groups_of(queues: tuple[str, ...], side_by_side: int) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Queues that are worked off together, and how many of their jobs at a time: of drafts and housekeeping, which keep
    a core each, one. The first looks for what is due."""
    visits = tuple(name for name in queues if name == HOSTS)
    rest = tuple(name for name in queues if name != HOSTS)
    found = [(visits, side_by_side)] if visits else []
    found += [(rest, 1)] if rest else []
    (names, most), *others = found
    return (
        (TICK, *names),
        max(most, 2),
    ), *others  # a look at what is due does not wait for the end of a draft


class _Ending:
    """Tells workers to end, once: told again, they would leave what they have in hand."""

    def __init__(self, working: Sequence["asyncio.Future[None]"]) -> None:
        self._working, self._is_begun = working, False

    def begin(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            for one in self._working:
                one.cancel()


async def _of_group(app: App, limits: Limits, names: tuple[str, ...], most: int) -> None:
    await app.run_worker_async(
        queues=list(names),
        concurrency=most,
        fetch_job_polling_interval=limits.polling,
        update_heartbeat_interval=limits.heartbeat,
        stalled_worker_timeout=limits.silence,
        shutdown_graceful_timeout=limits.stop,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        install_signal_handlers=False,
    )


class _Plainly(logging.Filter):
    """Of a server that is away the library tells with a traceback, four times a worker: one line says it."""

    def __init__(self) -> None:
        super().__init__()
        self._said, self._until = "", 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, exceptions.ConnectorException):
            return True
        record.msg, record.args = _in_words(error), ()
        record.exc_info = record.exc_text = None
        is_said = record.msg == self._said and time.monotonic() < self._until
        self._said, self._until = record.msg, time.monotonic() + SAID_AGAIN
        return not is_said


_PLAINLY = _Plainly()


def silence_logs() -> None:
    """The library tells of each job twice, with all that it is given, and its pool of each try at a server that is away;
    our own lines say what people need."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    for name in SPEAK:
        logging.getLogger(name).addFilter(_PLAINLY)
