"""Two workers as processes read for two panels, draft each one's week, deliver it to a relay of its own, and keep house.
With one of them killed in the midst of that: tests/unattended/test_weeks_killed.py."""

import pytest
from loopback import serve
from relay import serve_relay
from sidebyside import HANTS, OF_BOTH, OF_HANTS, OF_THAMES, THAMES
from workers import ENDED, begun_days_ago, drafted_once, fleet, has_read, is_delivered, two_panels

from benchmarks.fleet import until

__all__ = ["fleet"]

pytestmark = pytest.mark.postgresql


@pytest.mark.slow
def test_what_is_read_is_drafted_and_delivered_once_for_each_panel(fleet):
    with serve({}) as outlets, serve_relay() as of_thames, serve_relay() as of_hants:
        relays = {THAMES: of_thames, HANTS: of_hants}
        side = two_panels(fleet, outlets, relays)
        fleet.begin(2)
        until(lambda: has_read(side, 3), 300)
        assert all(count == 1 for path, count in outlets.counts.items() if path != "/robots.txt")
        begun_days_ago(side)
        until(lambda: is_delivered(side, relays), 300)
        until(lambda: list((side.data / "backups").glob("*.zip")), 300)
        codes, _ = fleet.stop()
        assert set(codes) <= ENDED
        drafted_once(side, relays, {THAMES: {OF_THAMES[0], OF_BOTH[0]}, HANTS: {OF_HANTS[0], OF_BOTH[0]}})
        assert "Traceback" not in fleet.said.read_text()
