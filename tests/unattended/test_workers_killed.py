"""Workers that are told to stop, freeze, lose their server, or are killed by the dozen."""

import os
import random
import signal
import time

import postgres
import pytest
from workers import ENDED, ENTRIES, SHORT, all_read, asked, fleet, polled, whole

from benchmarks.crowd import crowd
from benchmarks.fleet import Fleet, until, write_config

__all__ = ["fleet"]

pytestmark = [pytest.mark.postgresql, pytest.mark.unattended]


def test_who_is_told_to_stop_while_a_server_drips_ends_at_once_and_the_feed_is_still_due(fleet):
    with crowd(ENTRIES, 0.0) as hosts:
        feed = hosts.feeds(1, 1)[0].replace("/feeds/", "/slow/")
        write_config(fleet.folder, {feed: "feed"})
        fleet.begin(1)
        until(lambda: asked(hosts), 60, 0.05)
        codes, seconds = fleet.stop()
        assert codes == [0] and seconds < 12
        assert polled(fleet) == {feed: False}  # left for the next


def test_a_frozen_worker_wakes_finds_its_host_taken_and_leaves(fleet):
    with crowd(ENTRIES, 0.6) as hosts:
        feeds = hosts.feeds(1, 6)
        write_config(fleet.folder, dict.fromkeys(feeds, "feed"))
        fleet.begin(1)
        until(lambda: len(asked(hosts)) >= 2, 60, 0.02)
        (frozen,) = fleet.processes
        frozen.send_signal(signal.SIGSTOP)
        before = len(asked(hosts))
        fleet.begin(1)
        until(lambda: len(asked(hosts)) >= before + 2, 60, 0.02)  # the other is at it
        frozen.send_signal(signal.SIGCONT)
        assert frozen.wait(20) == 70
        until(lambda: all_read(fleet, feeds), 60)
        assert "was given to another worker" in fleet.said.read_text()
        assert hosts.stats()["most_at_once"] == 1
        assert sorted(asked(hosts).values()) in ([1, 1, 1, 1, 1, 2], [1, 1, 1, 1, 2, 2])
        fleet.processes.remove(frozen)
        assert fleet.stop()[0] == [0]
        whole(fleet, feeds)


def test_twenty_are_killed_at_random(fleet):
    drawn = random.Random(16)
    with crowd(ENTRIES, 0.1) as hosts:
        feeds = hosts.feeds(60, 7)
        write_config(fleet.folder, dict.fromkeys(feeds, "feed"))
        fleet.begin(4)
        until(lambda: len(asked(hosts)) > 20, 60, 0.05)
        for _ in range(20):
            time.sleep(drawn.uniform(0.2, 1.0))
            fleet.kill(drawn.randrange(4))
        until(lambda: all_read(fleet, feeds), 240)
        assert set(fleet.stop()[0]) <= ENDED
        assert hosts.stats()["most_at_once"] == 1
        assert max(asked(hosts).values()) <= 2
        whole(fleet, feeds)


def test_a_server_that_goes_away_and_comes_back_is_gone_on_with(tmp_path):
    """Killed as by a power cut, in the midst of visits: the workers tell of it, and begin anew by themselves."""
    with postgres.laid_out() as place, crowd(ENTRIES, 0.3) as hosts:
        port = postgres.free_port()
        address = postgres.Server(place, port).address()
        with Fleet(tmp_path, address, 2, SHORT) as fleet:
            feeds = hosts.feeds(8, 4)
            write_config(fleet.folder, dict.fromkeys(feeds, "feed"))
            with postgres.running(place, port) as server:
                fleet.begin(2)
                until(lambda: len(asked(hosts)) > 6, 60, 0.05)
                os.kill(server, signal.SIGQUIT)  # at once, and nothing in order
            time.sleep(3)
            with postgres.running(place, port):
                until(lambda: all_read(fleet, feeds), 200)
                codes, seconds = fleet.stop()
                # 1: it had not begun when the server went away; 70: the server forgot whose its host was.
                assert set(codes) <= {*ENDED, 1, 70} and 0 in codes and seconds < 20
                assert hosts.stats()["most_at_once"] == 1
                whole(fleet, feeds)
            said = fleet.said.read_text()
            assert "this worker begins anew" in said and "Traceback" not in said
