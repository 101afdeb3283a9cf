"""Two workers as processes: nobody is asked twice at once, and nothing is lost where one dies. More of that kind, which
takes longer: tests/unattended/test_workers_killed.py."""

import pytest
from workers import ENDED, ENTRIES, all_read, asked, fleet, whole

from benchmarks.crowd import crowd
from benchmarks.fleet import until, write_config
from monitor.app.locks import quite_alone_at
from monitor.errors import Busy
from monitor.store.server import server_at

__all__ = ["fleet"]

pytestmark = pytest.mark.postgresql


@pytest.mark.slow
def test_one_is_killed_in_the_midst_and_nothing_is_lost_or_asked_twice_at_once(fleet):
    with crowd(ENTRIES, 0.05) as hosts:
        feeds = hosts.feeds(8, 3)
        write_config(fleet.folder, dict.fromkeys(feeds, "feed"))
        fleet.begin(2)
        until(lambda: len(asked(hosts)) > 3, 60, 0.05)
        fleet.kill(0)
        until(lambda: all_read(fleet, feeds), 60)
        with pytest.raises(Busy, match="a worker"), quite_alone_at(server_at(fleet.address)):
            pass
        codes, seconds = fleet.stop()
        assert set(codes) <= ENDED and seconds < 20
        assert hosts.stats()["most_at_once"] == 1
        assert set(asked(hosts)) == {url.removeprefix("http://") for url in feeds}
        assert max(asked(hosts).values()) <= 2
        with quite_alone_at(server_at(fleet.address)):
            whole(fleet, feeds)
