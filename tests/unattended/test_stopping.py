"""Ctrl-C and a termination signal end a poll, and every process of it, in time and with one line; and the resident that
polls; whatever the main thread does.

Each is a real `monitor poll`, or `python -m jobs`, in a session of its own. Ctrl-C reaches every process of a
terminal at once; `kill` and systemd's first signal may reach the first process alone, or all.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from loopback import Answer, serve
from processes import living_in_session
from where import TESTS

from monitor.config.defaults import write_defaults

# Each starts the whole of it: a minute of a core together.
pytestmark = pytest.mark.unattended

IN_TIME = 5.0  # seconds from the signal until the last process is gone
STOPPED = "Stopped. What was finished is kept; run the command again to go on.\n"

CTRL_C = (signal.SIGINT, os.killpg, 130)
KILL = (signal.SIGTERM, os.kill, 143)
KILL_ALL = (signal.SIGTERM, os.killpg, 143)

FEED = """<rss version="2.0"><channel><title>Courier</title><link>http://127.0.0.1/</link>{items}</channel></rss>"""
ITEM = "<item><title>Story {n}</title><link>{url}</link></item>"

PROGRAM = """
import socket, sys, time
from monitor.cli import main
import monitor.reading.pages.apart as apart
apart.EXTRACT = "obedient:obey"
if "lookup" in sys.argv:
    sys.argv.remove("lookup")
    def getaddrinfo(*_, **__):
        time.sleep(60)
    socket.getaddrinfo = getaddrinfo
sys.exit(main())
"""


RESIDENT = PROGRAM.replace(
    "sys.exit(main())", "sys.argv = ['jobs']\nfrom jobs.__main__ import main\nsys.exit(main())"
)
RUNNING = "The jobs are running: feeds every few minutes, the draft once a week. Ctrl-C ends them.\n"


@contextmanager
def polling(
    folder: Path, *, pages: bytes, feed_delay: float = 0.0, more: tuple[str, ...] = (), program: str = PROGRAM
) -> Iterator:
    """A running poll, and what the server was asked for; `pages`: what each page says."""
    with serve({f"/{n}": Answer(pages) for n in range(6)}) as server:
        items = "".join(ITEM.format(n=n, url=server.url(f"/{n}")) for n in range(6))
        server.answers["/feed"] = Answer(FEED.format(items=items).encode(), delay=feed_delay)
        host = "localhost" if more else "127.0.0.1"
        (folder / "feeds.yaml").write_text(
            "network:\n"
            '  user_agent: "TopicalIssuesMonitor/1.0 (test; +mailto:test@topical-issues.example)"\n'
            "  allow_private_addresses: true\n"
            f"feeds:\n  - name: Courier\n    url: http://{host}:{server.port}/feed\n"
        )
        write_defaults(folder)
        process = subprocess.Popen(
            [sys.executable, "-c", program, *more, "--config", str(folder), "poll"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(TESTS), "MONITOR_CONFIG": str(folder)},
            start_new_session=True,
        )
        try:
            yield process, server
        finally:
            with_it = living_in_session(process.pid)
            if with_it:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def wait_for(moment: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not moment():
        assert time.monotonic() < end, "the moment never came"
        time.sleep(0.02)


def workers_of(process) -> list[str]:
    return [one for one in living_in_session(process.pid) if "monitor.reading.worker" in one]


def ends_in_time(process, how, *, first: str = "") -> None:
    """`first` is what it had said before."""
    sent, to, code = how
    began = time.monotonic()
    to(process.pid, sent)
    said = process.communicate(timeout=60)
    while living_in_session(process.pid):
        assert time.monotonic() - began < 60
        time.sleep(0.02)
    took = time.monotonic() - began
    assert (said, process.returncode) == (("", first + STOPPED), code)
    assert took < IN_TIME


@contextmanager
def busy_machine() -> Iterator[None]:
    """Twice as many processes that only count as there are cores."""
    spinning = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


@pytest.mark.parametrize("how", [CTRL_C, KILL, KILL_ALL], ids=["Ctrl-C", "kill", "kill all"])
def test_while_a_page_hangs(tmp_path, how):
    with polling(tmp_path, pages=b"hang") as (process, _):
        wait_for(lambda: len(workers_of(process)) > 0)
        time.sleep(0.5)  # so that it is at work
        ends_in_time(process, how)


@pytest.mark.parametrize("how", [CTRL_C, KILL_ALL], ids=["Ctrl-C", "kill all"])
def test_while_workers_start(tmp_path, how):
    with polling(tmp_path, pages=b"hang") as (process, _):
        wait_for(lambda: len(workers_of(process)) > 0)
        ends_in_time(process, how)


@pytest.mark.parametrize("how", [CTRL_C, KILL], ids=["Ctrl-C", "kill"])
def test_while_a_server_is_waited_for(tmp_path, how):
    with polling(tmp_path, pages=b"fine", feed_delay=60) as (process, server):
        wait_for(lambda: server.counts["/feed"] > 0)
        ends_in_time(process, how)


@pytest.mark.parametrize(
    "sent, to", [(signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)], ids=["Ctrl-C", "kill"]
)
def test_the_resident_while_it_polls(tmp_path, sent, to):
    with polling(tmp_path, pages=b"fine", feed_delay=60, program=RESIDENT) as (process, server):
        wait_for(lambda: server.counts["/feed"] > 0)
        ends_in_time(process, (sent, to, 0), first=RUNNING)


IDLE = """
import sys
from jobs import poll, weekly_report
from jobs.__main__ import main
poll.run = weekly_report.run = lambda: 0
sys.argv = ["jobs"]
sys.exit(main())
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
@pytest.mark.parametrize("milliseconds", [*range(10), 100])
def test_the_resident_while_nothing_is_due(sent, milliseconds):
    """In its first moments too, when both jobs have just come due."""
    with subprocess.Popen([sys.executable, "-c", IDLE], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == RUNNING
        time.sleep(milliseconds / 1000)
        process.send_signal(sent)
        assert (process.communicate(timeout=IN_TIME)[1], process.returncode) == ("", 0)


def test_a_second_signal_ends_the_resident_at_once(tmp_path):
    """The page hangs, so that the first signal gives it two seconds."""
    with polling(tmp_path, pages=b"hang", program=RESIDENT) as (process, _):
        wait_for(lambda: len(workers_of(process)) > 0)
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGTERM)
        time.sleep(0.3)
        began = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        # Where Python is being taken down already, the signal itself ends it.
        assert process.wait(60) in (128 + signal.SIGTERM, -signal.SIGTERM)
        assert time.monotonic() - began < 1
        wait_for(lambda: living_in_session(process.pid) == [])
        assert time.monotonic() - began < IN_TIME


def test_while_a_name_is_looked_up(tmp_path):
    """No thread can be told to leave the system's resolver, which may wait for half a minute."""
    with polling(tmp_path, pages=b"fine", more=("lookup",)) as (process, _):
        wait_for(lambda: (tmp_path / "data").exists())
        time.sleep(1)
        ends_in_time(process, CTRL_C)


@pytest.mark.parametrize("how", [CTRL_C, KILL_ALL], ids=["Ctrl-C", "kill all"])
def test_on_a_busy_machine(tmp_path, how):
    with busy_machine(), polling(tmp_path, pages=b"hang") as (process, _):
        wait_for(lambda: len(workers_of(process)) > 0)
        ends_in_time(process, how)


def test_no_worker_outlives_a_parent_that_was_killed_outright(tmp_path):
    with polling(tmp_path, pages=b"fine") as (process, _):
        wait_for(lambda: len(workers_of(process)) > 0)
        os.kill(process.pid, signal.SIGKILL)
        wait_for(lambda: living_in_session(process.pid) == [])


MINDED = """
import signal, sys, threading, time
from queue import SimpleQueue
from monitor.cli.stopping import Terminated, stopping

def sent_here():  # a signal that another thread takes wakes the main one from nothing
    time.sleep(0.2)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

try:
    with stopping(grace=1.5):
        {body}
except Terminated:
    sys.exit("heard")
"""


@pytest.mark.parametrize(
    "body, said, code",
    [
        pytest.param(
            "threading.Thread(target=sent_here).start(); SimpleQueue().get()", "heard\n", 1, id="unheard"
        ),
        pytest.param(
            "threading.Thread(target=sent_here).start(); signal.pthread_sigmask(signal.SIG_BLOCK, {2, 15});"
            " SimpleQueue().get()",
            STOPPED,
            143,
            id="deaf",
        ),
        pytest.param(
            "threading.Thread(target=sent_here).start()\n"
            "        try: time.sleep(9)\n"
            "        finally: time.sleep(9)",
            STOPPED,
            143,
            id="held up while it cleans up",
        ),
        pytest.param(
            "threading.Thread(target=lambda: (sent_here(), signal.raise_signal(15))).start()\n"
            "        try: time.sleep(9)\n"
            "        finally: time.sleep(0.5)",
            "heard\n",
            1,
            id="twice in a moment",
        ),
    ],
)
def test_whatever_keeps_the_main_thread(body, said, code):
    ran = subprocess.run(
        [sys.executable, "-c", MINDED.replace("{body}", body)], capture_output=True, text=True, timeout=8
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", said, code)
