"""The policy of polling, as its head comment says it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import (
    Entry,
    FailureKind,
    FeedState,
    Fetched,
    FetchFailed,
    FetchRequest,
    HostWait,
    NotModified,
    ParsedFeed,
    ParseFailed,
    Wanted,
)
from monitor.reading.fetch.hosts import wait_of
from monitor.reading.schedule.polling import (
    after_failure,
    after_read,
    after_unchanged,
    due,
    interval,
    is_silent,
    is_unchanged,
    request_for,
    requests_for,
    state_of,
    usual_gap,
    waiting_hosts,
)
from monitor.settings import Feed, FeedKind

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
HALF_HOUR, HOUR, DAY = timedelta(minutes=30), timedelta(hours=1), timedelta(days=1)
FEED = Feed(name="Loddon Bridge Gazette", url="https://example.org/rss", every=HALF_HOUR)
BLANK = FeedState(url=FEED.url)
BODY = b"<rss/>"
ANSWER = Fetched(
    url=FEED.url, final_url=FEED.url, body=BODY, etag='"1"', last_modified="Mon, 16 Nov 2026 06:00:00 GMT"
)


def feed(name: str, **named) -> Feed:
    return Feed(name=name, url=f"https://example.org/{name}", **named)


def entry(published: datetime | None, id: str = "1") -> Entry:
    return Entry(id=id, url=f"https://example.org/{id}", title="A title", summary="", published=published)


def parsed(*dates: datetime | None) -> ParsedFeed:
    return ParsedFeed(title="F", entries=tuple(entry(date, str(number)) for number, date in enumerate(dates)))


def failed(kind: FailureKind, retry_after: timedelta | None = None) -> FetchFailed:
    return FetchFailed(url=FEED.url, kind=kind, reason="why", retry_after=retry_after)


# ── due ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "next_poll, is_due",
    [
        pytest.param(None, True, id="never polled"),
        pytest.param(NOW - HOUR, True, id="overdue"),
        pytest.param(NOW, True, id="to the second"),
        pytest.param(NOW + timedelta(seconds=1), False, id="not yet"),
        pytest.param(NOW + DAY, False, id="backed off for a day"),
        pytest.param(NOW + DAY + timedelta(seconds=1), True, id="no wait is that long: the clock was wrong"),
    ],
)
def test_due(next_poll, is_due):
    assert due([FEED], {FEED.url: replace(BLANK, next_poll=next_poll)}, NOW) == ((FEED,) if is_due else ())


@pytest.mark.parametrize(
    "last_poll, is_due",
    [
        pytest.param(NOW - HOUR, False, id="as ever"),
        pytest.param(NOW + timedelta(minutes=5), False, id="clocks are set by minutes all the time"),
        pytest.param(NOW + HOUR, True, id="an hour ahead"),
        pytest.param(NOW + 23 * HOUR, True, id="the clock was set back by a day"),
    ],
)
def test_a_feed_that_was_last_asked_in_the_future_is_due(last_poll, is_due):
    state = replace(BLANK, last_poll=last_poll, next_poll=NOW + HALF_HOUR)
    assert due([FEED], {FEED.url: state}, NOW) == ((FEED,) if is_due else ())


def test_a_weekly_feed_may_wait_a_week():
    weekly = replace(FEED, every=timedelta(days=7))
    assert due([weekly], {FEED.url: replace(BLANK, next_poll=NOW + timedelta(days=6))}, NOW) == ()


def test_a_paused_feed_is_never_due():
    assert due([replace(FEED, paused="moved to a new address")], {}, NOW) == ()


def test_the_longest_waiting_feed_comes_first():
    late, later, unknown = feed("late"), feed("later"), feed("unknown")
    states = {
        late.url: FeedState(url=late.url, next_poll=NOW - HALF_HOUR),
        later.url: FeedState(url=later.url, next_poll=NOW - HOUR),
    }
    assert due([late, later, unknown], states, NOW) == (unknown, later, late)


def test_an_unknown_feed_has_a_blank_state():
    assert state_of(FEED, {}) == BLANK


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "last_full, with_validators",
    [
        pytest.param(None, False, id="never read whole"),
        pytest.param(NOW - timedelta(hours=23), True, id="read whole today"),
        pytest.param(NOW - DAY, False, id="once a day without"),
        pytest.param(NOW + HOUR, False, id="read in the future: the clock was wrong"),
    ],
)
def test_the_request(last_full, with_validators):
    state = replace(BLANK, etag='"1"', last_modified="Mon", last_full=last_full)
    plain = FetchRequest(url=FEED.url, wanted=Wanted.FEED)
    expected = replace(plain, etag='"1"', last_modified="Mon") if with_validators else plain
    assert request_for(FEED, state, NOW) == expected


# ── after a good answer ─────────────────────────────────────────────────────────────────────────────────────────


def test_after_a_read():
    troubled = replace(BLANK, failures=3.5, last_failure="404 Not Found")
    state = after_read(troubled, FEED, ANSWER, parsed(NOW - HOUR, NOW - DAY), NOW, new=2)
    assert state == FeedState(
        url=FEED.url,
        etag='"1"',
        last_modified="Mon, 16 Nov 2026 06:00:00 GMT",
        body_digest="b8a3805e669decf7180d8c7f4af5d4706d615d0678c424bd1c6b853def3bf3d2",
        next_poll=NOW + timedelta(minutes=29),
        last_poll=NOW,
        last_success=NOW,
        last_new=NOW - HOUR,
        last_full=NOW,
        failures=0.0,
        last_failure=None,
    )


@pytest.mark.parametrize(
    "every, early",
    [
        (timedelta(minutes=5), timedelta(seconds=15)),
        (HALF_HOUR, timedelta(minutes=1)),
        (DAY, timedelta(minutes=1)),
    ],
)
def test_the_next_poll_is_a_little_early(every, early):
    """A timetable that fires every half hour, give or take a second, must find a half-hourly feed due each time."""
    state = after_unchanged(BLANK, replace(FEED, every=every), NotModified(url=FEED.url), NOW)
    assert state.next_poll == NOW + every - early


def test_the_known_body_is_unchanged():
    state = after_read(BLANK, FEED, ANSWER, parsed(NOW), NOW, new=1)
    assert is_unchanged(state, BODY)
    assert not is_unchanged(state, BODY + b" ")
    assert not is_unchanged(BLANK, BODY)


def test_after_not_modified_what_is_known_stays():
    known = after_read(BLANK, FEED, ANSWER, parsed(NOW), NOW, new=1)
    state = after_unchanged(known, FEED, NotModified(url=FEED.url), NOW + HOUR)
    assert state == replace(
        known, next_poll=NOW + HOUR + timedelta(minutes=29), last_poll=NOW + HOUR, last_success=NOW + HOUR
    )


def test_a_whole_answer_with_the_known_body_counts_as_read_whole_and_renews_the_validators():
    known = after_read(BLANK, FEED, ANSWER, parsed(NOW), NOW, new=1)
    state = after_unchanged(known, FEED, replace(ANSWER, etag='"2"'), NOW + DAY)
    assert (state.etag, state.last_full, state.body_digest) == ('"2"', NOW + DAY, known.body_digest)


@pytest.mark.parametrize(
    "before, dates, new, newest",
    [
        pytest.param(None, [NOW - DAY, NOW - HOUR], 2, NOW - HOUR, id="the newest date"),
        pytest.param(None, [NOW - 40 * DAY], 1, NOW - 40 * DAY, id="dead before we first read it"),
        pytest.param(None, [NOW + HOUR], 1, NOW, id="never the future"),
        pytest.param(None, [None], 1, NOW, id="without dates, when it was new to us"),
        pytest.param(NOW - DAY, [None], 0, NOW - DAY, id="without dates and nothing new"),
        pytest.param(NOW - DAY, [NOW - HOUR], 0, NOW - HOUR, id="brought first by another feed"),
        pytest.param(NOW - DAY, [NOW - 2 * DAY], 0, NOW - DAY, id="never back"),
        pytest.param(None, [], 0, None, id="no entries"),
    ],
)
def test_the_newest_entry(before, dates, new, newest):
    state = after_read(replace(BLANK, last_new=before), FEED, ANSWER, parsed(*dates), NOW, new=new)
    assert state.last_new == newest


# ── after a failure ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "failure, weight",
    [
        pytest.param(failed(FailureKind.HARD), 1.0, id="hard"),
        pytest.param(failed(FailureKind.SOFT), 0.5, id="soft"),
        pytest.param(failed(FailureKind.TEMPORARY), 0.25, id="temporary"),
        pytest.param(ParseFailed(reason="why"), 1.0, id="not a feed"),
    ],
)
def test_weights_add_up(failure, weight):
    once = after_failure(BLANK, FEED, failure, NOW)
    twice = after_failure(once, FEED, failure, NOW)
    assert (once.failures, twice.failures, twice.last_failure) == (weight, 2 * weight, "why")


def test_a_failure_forgets_nothing():
    known = after_read(BLANK, FEED, ANSWER, parsed(NOW), NOW, new=1)
    state = after_failure(known, FEED, failed(FailureKind.HARD), NOW + HOUR)
    changed = {"next_poll": state.next_poll, "last_poll": NOW + HOUR, "failures": 1.0, "last_failure": "why"}
    assert state == replace(known, **changed)


@pytest.mark.parametrize(
    "failures_before, longest",
    [
        pytest.param(0.0, HOUR, id="one hard failure: twice the interval"),
        pytest.param(1.0, 2 * HOUR, id="two: four times"),
        pytest.param(5.0, DAY, id="six: a day"),
        pytest.param(1e6, DAY, id="years of failures: a day"),
    ],
)
def test_the_wait_doubles_up_to_a_day(failures_before, longest):
    state = after_failure(replace(BLANK, failures=failures_before), FEED, failed(FailureKind.HARD), NOW)
    assert longest * 0.9 <= state.next_poll - NOW <= longest


def test_feeds_that_fail_together_come_back_apart():
    waits = {after_failure(BLANK, feed(str(n)), failed(FailureKind.HARD), NOW).next_poll for n in range(20)}
    assert len(waits) == 20


@pytest.mark.parametrize(
    "asked_for, least, most",
    [
        pytest.param(timedelta(seconds=5), HALF_HOUR, HALF_HOUR * 1.5, id="shorter than ours"),
        pytest.param(timedelta(hours=6), timedelta(hours=6), timedelta(hours=6), id="longer than ours"),
        pytest.param(timedelta(days=20000), DAY, DAY, id="a time of day sent as seconds"),
    ],
)
def test_the_wait_that_the_server_asks_for(asked_for, least, most):
    state = after_failure(BLANK, FEED, failed(FailureKind.SOFT, asked_for), NOW)
    assert least <= state.next_poll - NOW <= most


moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
outcomes = st.sampled_from(
    [failed(kind, wait) for kind in FailureKind for wait in (None, HOUR, 400 * DAY)]
    + [ParseFailed(reason="why"), NotModified(url=FEED.url), ANSWER]
)


@given(
    st.lists(outcomes, min_size=1, max_size=40),
    moments,
    st.timedeltas(timedelta(minutes=1), timedelta(days=7)),
    st.text(max_size=20),
)
@pytest.mark.slow
def test_nothing_is_scheduled_in_the_past_or_dropped(history, now, every, url):
    one = Feed(name="A", url=url, every=every)
    state = FeedState(url=url)
    for outcome in history:
        if isinstance(outcome, FetchFailed | ParseFailed):
            state = after_failure(state, one, outcome, now)
            assert every <= state.next_poll - now <= max(DAY, every)
        else:
            state = after_unchanged(state, one, outcome, now)
            assert every * 0.94 <= state.next_poll - now <= every
        assert due([one], {url: state}, now) == ()
        now = state.next_poll
        assert due([one], {url: state}, now) == (one,)


# ── silent ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "last_new, gap, silent",
    [
        pytest.param(NOW - 6 * DAY, HOUR, False, id="a week is always granted"),
        pytest.param(NOW - 8 * DAY, HOUR, True, id="an hourly paper, eight days"),
        pytest.param(NOW - 8 * DAY, None, True, id="rhythm unknown, eight days"),
        pytest.param(NOW - 100 * DAY, 30 * DAY, False, id="a monthly bulletin, three months"),
        pytest.param(NOW - 121 * DAY, 30 * DAY, True, id="a monthly bulletin, four months"),
        pytest.param(None, None, True, id="reads well, never had an entry"),
    ],
)
def test_silence_is_relative_to_the_rhythm(last_new, gap, silent):
    assert is_silent(replace(BLANK, last_success=NOW, last_new=last_new), gap) is silent


def test_silence_is_judged_by_when_a_feed_was_last_read():
    """However long ago that is now: a poller that stopped makes no outlet silent."""
    assert not is_silent(replace(BLANK, last_success=NOW - 90 * DAY, last_new=NOW - 91 * DAY), HOUR)


def test_a_feed_that_was_never_read_is_not_silent():
    assert not is_silent(BLANK, None)


@pytest.mark.parametrize(
    "days, gap",
    [
        pytest.param([0, 1, 2, 3], DAY, id="daily"),
        pytest.param([3, 0, 10, 1, 2], DAY, id="one long pause, any order"),
        pytest.param([0, 0, 0, 0, 7], None, id="one batch and one more: too few to tell"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_the_usual_gap(days, gap):
    assert usual_gap([NOW + day * DAY for day in days]) == gap


# ── moved and gone ──────────────────────────────────────────────────────────────────────────────────────────────

THERE = "https://example.org/feed/"
MOVED = replace(BLANK, moved_to=THERE, last_success=NOW - DAY)


@pytest.mark.parametrize(
    "state, answer, moved_to",
    [
        pytest.param(BLANK, ANSWER, None, id="answered where it was asked"),
        pytest.param(BLANK, replace(ANSWER, moved_to=THERE), THERE, id="sent on for good"),
        pytest.param(BLANK, replace(ANSWER, final_url=THERE), None, id="sent on for now"),
        pytest.param(MOVED, replace(ANSWER, url=THERE), THERE, id="answered at the new address"),
        pytest.param(MOVED, replace(ANSWER, url=THERE, moved_to=FEED.url), None, id="moved back"),
        pytest.param(MOVED, ANSWER, None, id="answers at the old address again"),
    ],
)
def test_where_a_feed_is_asked_next(state, answer, moved_to):
    assert after_read(state, FEED, answer, parsed(NOW), NOW, new=1).moved_to == moved_to
    after = after_unchanged(state, FEED, answer, NOW)
    assert after.moved_to == moved_to
    assert request_for(FEED, after, NOW).url == (moved_to or FEED.url)


@pytest.mark.parametrize(
    "failure, moved_to",
    [
        pytest.param(failed(FailureKind.TEMPORARY), THERE, id="out of reach: it is still there"),
        pytest.param(failed(FailureKind.SOFT), None, id="not found"),
        pytest.param(failed(FailureKind.HARD), None, id="refused"),
        pytest.param(ParseFailed(reason="an HTML page"), None, id="no feed"),
    ],
)
def test_a_new_address_that_fails_is_forgotten(failure, moved_to):
    assert after_failure(MOVED, FEED, failure, NOW).moved_to == moved_to


def test_not_modified_at_the_new_address_keeps_it():
    assert after_unchanged(MOVED, FEED, NotModified(url=THERE), NOW).moved_to == THERE


def test_no_address_is_asked_twice():
    one, two, three = feed("one"), feed("two"), feed("three")
    states = {
        one.url: replace(BLANK, url=one.url, moved_to=two.url),
        two.url: replace(BLANK, url=two.url, moved_to=THERE),
        three.url: replace(BLANK, url=three.url, moved_to=THERE),
    }
    asked = requests_for([one, two, three], states, NOW)
    assert [(feed.name, request.url) for feed, request in asked] == [
        ("one", one.url),
        ("two", THERE),
        ("three", three.url),
    ]


def test_a_page_of_links_is_asked_for_as_a_page_is():
    assert request_for(replace(FEED, kind=FeedKind.LISTING), BLANK, NOW).wanted is Wanted.PAGE


def test_gone_is_remembered_from_its_first_day_until_it_answers():
    gone = replace(failed(FailureKind.HARD), status=410)
    first = after_failure(BLANK, FEED, gone, NOW)
    then = after_failure(
        after_failure(first, FEED, gone, NOW + DAY), FEED, failed(FailureKind.SOFT), NOW + 2 * DAY
    )
    assert (first.gone_since, then.gone_since) == (NOW, NOW)
    assert after_unchanged(then, FEED, NotModified(url=FEED.url), NOW + 3 * DAY).gone_since is None


# ── the interval ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "every, age, wait",
    [
        pytest.param(HALF_HOUR, None, HALF_HOUR, id="no entry known"),
        pytest.param(HALF_HOUR, HOUR, HALF_HOUR, id="busy: never sooner than configured"),
        pytest.param(HALF_HOUR, 2 * DAY, HOUR, id="nothing for two days"),
        pytest.param(HALF_HOUR, 60 * DAY, 2 * HOUR, id="four times at most"),
        pytest.param(2 * HOUR, 60 * DAY, 6 * HOUR, id="six hours at most"),
        pytest.param(DAY, 60 * DAY, DAY, id="a configured day stays a day"),
        pytest.param(HALF_HOUR, -HOUR, HALF_HOUR, id="an entry of the future"),
    ],
)
def test_a_feed_that_rarely_brings_anything_is_asked_less_often(every, age, wait):
    newest = None if age is None else NOW - age
    assert interval(replace(FEED, every=every), newest, NOW) == wait
    after = after_unchanged(
        replace(BLANK, last_new=newest), replace(FEED, every=every), NotModified(url=FEED.url), NOW
    )
    assert wait * 0.95 <= after.next_poll - NOW < wait


# ── a host that wants us to wait ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "status, asked_for, wait",
    [
        pytest.param(429, HOUR, HOUR, id="as it asks"),
        pytest.param(429, None, timedelta(minutes=15), id="without saying how long"),
        pytest.param(429, 400 * DAY, DAY, id="longer than we believe"),
        pytest.param(503, HOUR, None, id="a server in trouble speaks for one address"),
        pytest.param(None, None, None, id="no answer"),
    ],
)
def test_how_long_an_answer_binds_the_host(status, asked_for, wait):
    assert wait_of(replace(failed(FailureKind.SOFT, asked_for), status=status)) == wait


def test_hosts_that_still_wait():
    waits = [
        HostWait(host="over.org", until=NOW),
        HostWait(host="still.org", until=NOW + HOUR),
        HostWait(host="wrong-clock.org", until=NOW + 2 * DAY),
    ]
    assert waiting_hosts(waits, NOW) == {"still.org": HOUR}
