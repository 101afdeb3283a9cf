"""How a feed stands, in one word and one sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model import FeedDay, FeedState
from monitor.reading.schedule.standing import Standing, in_words, standing_of
from monitor.settings import Feed

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
FEED = Feed(name="Courier", url="https://courier.example/rss")
WELL = FeedState(
    url=FEED.url,
    last_poll=NOW,
    last_success=NOW,
    last_new=NOW - timedelta(hours=20),
)
SIX_A_DAY = timedelta(hours=4)


def state(**changes) -> FeedState:
    return replace(WELL, **changes)


def day(number: int, *, new: int = 0, failed: int = 0, read: int = 0) -> FeedDay:
    return FeedDay(feed=FEED.url, day=date(2026, 11, number), new=new, failed=failed, read=read)


FAILING = state(last_failure="404 Not Found", last_success=NOW - timedelta(days=5))


@pytest.mark.parametrize(
    "feed, state, gap, days, standing, says",
    [
        pytest.param(FEED, WELL, SIX_A_DAY, (), Standing.WELL, "about 6 a day", id="well"),
        pytest.param(
            FEED, WELL, None, (), Standing.WELL, "too few entries yet to know its rhythm", id="well, young"
        ),
        pytest.param(
            FEED, FeedState(url=FEED.url), None, (), Standing.UNREAD, "no poll has asked it", id="never asked"
        ),
        pytest.param(
            FEED,
            FAILING,
            SIX_A_DAY,
            (day(9, read=3), day(11, read=1, failed=2), day(12, failed=9)),
            Standing.FAILING,
            "since 11 November 2026; 404 Not Found; last read on 11 November 2026",
            id="failing since the day of its last success",
        ),
        pytest.param(
            FEED,
            FAILING,
            SIX_A_DAY,
            (day(11, read=2), day(14, failed=9)),
            Standing.FAILING,
            "since 14 November 2026; 404 Not Found; last read on 11 November 2026",
            id="failing since the first poll after it: the machine slept",
        ),
        pytest.param(
            FEED,
            state(last_failure="404 Not Found", last_success=NOW - timedelta(days=80)),
            SIX_A_DAY,
            (day(3, failed=1), day(4, failed=1)),
            Standing.FAILING,
            "since 3 November 2026 at least; 404 Not Found; last read on 28 August 2026",
            id="failing for longer than polls are known",
        ),
        pytest.param(
            FEED,
            state(last_failure="an HTML page, not a feed", last_success=None),
            None,
            (day(2, failed=1),),
            Standing.FAILING,
            "since 2 November 2026; an HTML page, not a feed; it has never been read",
            id="never read",
        ),
        pytest.param(
            FEED,
            state(last_failure="410 Gone", gone_since=NOW - timedelta(days=2)),
            None,
            (),
            Standing.FAILING,
            "gone for good, says the site, since 14 November 2026; 410 Gone; last read on 16 November 2026",
            id="gone",
        ),
        pytest.param(
            FEED,
            state(last_new=NOW - timedelta(days=40)),
            SIX_A_DAY,
            (),
            Standing.SILENT,
            "for 40 days: it answers, but its newest entry is of 7 October 2026; usual is about 6 a day",
            id="silent, against its own rhythm",
        ),
        pytest.param(
            FEED,
            state(last_new=NOW - timedelta(days=10)),
            timedelta(days=7),
            (),
            Standing.WELL,
            "one every 7 days",
            id="a weekly one is not silent after ten days",
        ),
        pytest.param(
            FEED,
            state(last_new=None),
            None,
            (),
            Standing.SILENT,
            "it answers, but has no entries",
            id="empty",
        ),
        pytest.param(
            FEED,
            state(left="the poll's time was over", left_since=NOW - timedelta(days=1)),
            SIX_A_DAY,
            (),
            Standing.LEFT,
            "the last poll did not ask it, as the poll's time was over, since 15 November 2026",
            id="left for the next",
        ),
        pytest.param(
            FEED,
            state(moved_to="https://new.example/rss"),
            SIX_A_DAY,
            (),
            Standing.MOVED,
            "it is read at https://new.example/rss, where its server sends us",
            id="moved",
        ),
        pytest.param(
            replace(FEED, paused="its licence ended"),
            FAILING,
            SIX_A_DAY,
            (),
            Standing.PAUSED,
            "because: its licence ended",
            id="paused, whatever else",
        ),
        pytest.param(
            FEED,
            state(moved_to="https://new.example/rss", last_new=NOW - timedelta(days=40)),
            SIX_A_DAY,
            (),
            Standing.SILENT,
            "for 40 days: it answers, but its newest entry is of 7 October 2026; usual is about 6 a day",
            id="moved and silent is silent",
        ),
    ],
)
def test_how_a_feed_stands(feed, state, gap, days, standing, says):
    assert (standing_of(feed, state, gap), in_words(feed, state, gap, days)) == (standing, says)
