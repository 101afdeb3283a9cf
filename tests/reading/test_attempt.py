"""Attempts have one watch: each is cut when its own time is over, no earlier and not much later."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from monitor.reading.fetch.attempt import Watch
from monitor.reading.fetch.turn import FREELY, Turn

SECONDS = 0.25


def turn() -> Turn:
    return Turn(FREELY, lambda _url: timedelta(0), lambda: False)


@pytest.fixture
def watch():
    watch = Watch(SECONDS)
    yield watch
    watch.close()


def waits(watch: Watch, *, after: float = 0.0) -> float:
    """Seconds that a read from a silent neighbour takes, begun after so many seconds."""
    time.sleep(after)
    ours, theirs = socket.socketpair()
    ours.settimeout(5)  # else a watch that is broken would hold the test for ever
    with ours, theirs, watch.attempt(turn(), allow_private=True) as attempt:
        attempt.use(ours.fileno())
        began = time.monotonic()
        assert ours.recv(1) == b"" and attempt.is_cut
        return time.monotonic() - began


def watchers() -> int:
    return sum(thread.name == "fetch deadlines" for thread in threading.enumerate())


def test_each_has_its_own_time_and_all_have_one_watcher(watch):
    with ThreadPoolExecutor(5) as threads:
        begun = [threads.submit(waits, watch, after=number / 20) for number in range(5)]
        assert watchers() <= 1
        waited = [one.result() for one in begun]
    assert all(SECONDS - 0.05 < seconds < SECONDS + 0.3 for seconds in waited), waited
    assert watchers() == 1


def test_the_watcher_wakes_after_a_quiet_time(watch):
    with watch.attempt(turn(), allow_private=True) as attempt:
        assert SECONDS < attempt.left() < SECONDS + 2
    time.sleep(SECONDS * 1.5)  # it woke in vain, and waits for a first again
    assert not attempt.is_cut, "what is over is not cut"
    assert waits(watch) < SECONDS + 0.3


def test_a_socket_that_comes_too_late_is_shut_at_once(watch):
    ours, theirs = socket.socketpair()
    with ours, theirs, watch.attempt(turn(), allow_private=True) as attempt:
        attempt.cut()
        attempt.use(ours.fileno())
        assert ours.recv(1) == b""


def test_closing_cuts_all_and_ends_the_watcher(watch):
    with ThreadPoolExecutor(3) as threads:
        begun = [threads.submit(waits, watch) for _ in range(3)]
        time.sleep(0.1)
        watch.close()
        assert all(one.result() < 0.3 for one in begun)
    assert watchers() == 0
    assert waits(watch) < 0.1, "a closed watch lets nothing begin"
