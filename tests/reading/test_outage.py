"""When every feed fails alike: one sentence with what to look at; and failures told by reason where they are many."""

from datetime import UTC, datetime

import pytest

from monitor.model import FailureKind, FeedState, PollOutcome, PollResult
from monitor.reading.schedule.outage import failure_lines, left_lines, outage
from monitor.settings import Feed

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
NO_NAME, TIMED_OUT = "the name does not resolve", "no answer within 20 s"
CERTIFICATE = "the site's certificate is not accepted: self-signed certificate in certificate chain"
WAY, SOFT, HARD = FailureKind.TEMPORARY, FailureKind.SOFT, FailureKind.HARD

ON_THE_NETWORK = (
    "Is this machine on the network? Where the web is reached through a proxy, put the proxy's address into "
    "`network.proxy` of feeds.yaml, or, where it needs a password, into the environment variable MONITOR_PROXY."
)


def failed(
    name: str, reason: str = NO_NAME, kind: FailureKind | None = WAY, path: str = "rss"
) -> PollOutcome:
    url = f"https://{name}.example/{path}"
    return PollOutcome(feed=url, at=NOW, result=PollResult.FAILED, reason=reason, failure=kind)


def left(name: str, path: str = "rss", reason: str = "the poll's time was over") -> PollOutcome:
    return PollOutcome(feed=f"https://{name}.example/{path}", at=NOW, result=PollResult.LEFT, reason=reason)


def read(name: str) -> PollOutcome:
    return PollOutcome(feed=f"https://{name}.example/rss", at=NOW, result=PollResult.UNCHANGED)


def said(*outcomes: PollOutcome, besides: FeedState | None = None, proxy: str | None = None) -> str | None:
    """What is said of a poll; `besides` is the state of a feed that was not due."""
    states = {
        one.feed: FeedState(url=one.feed, left=one.reason, left_since=NOW)
        if one.result is PollResult.LEFT
        else FeedState(url=one.feed, last_poll=NOW, last_failure=one.reason)
        for one in outcomes
    }
    feeds = [Feed(name=url, url=url) for url in states]
    if besides:
        states[besides.url] = besides
        feeds.append(Feed(name="Besides", url=besides.url))
    return outage(outcomes, feeds, states, proxy)


BESIDES = "https://besides.example/rss"


@pytest.mark.parametrize(
    "outcomes, named",
    [
        pytest.param(
            [failed("a"), failed("b"), failed("c")],
            f"None of the 3 feeds could be read: {NO_NAME}. {ON_THE_NETWORK}",
            id="no network",
        ),
        pytest.param(
            [failed("a"), failed("b", TIMED_OUT), failed("c")],
            f"None of the 3 feeds could be read: {NO_NAME} (2); {TIMED_OUT} (1). {ON_THE_NETWORK}",
            id="all on the way, though not in the same words",
        ),
        pytest.param(
            [failed("a", TIMED_OUT), failed("a", TIMED_OUT, path="2"), left("a", "3"), failed("b", TIMED_OUT)],
            f"None of the 4 feeds could be read: {TIMED_OUT}. {ON_THE_NETWORK}",
            id="nobody answers, so one host's third feed was left",
        ),
        pytest.param(
            [failed("a", CERTIFICATE, SOFT), failed("b", CERTIFICATE, SOFT)],
            f"None of the 2 feeds could be read: {CERTIFICATE}. Where an office inspects secure connections, its "
            "certificates go into a file that `network.ca_bundle` of feeds.yaml names. Does this machine's clock show "
            "the right day?",
            id="an office that opens TLS",
        ),
        pytest.param(
            [failed("a", "an HTML page, not a feed", None), failed("b", "an HTML page, not a feed", None)],
            "None of the 2 feeds could be read: an HTML page, not a feed. Perhaps a firewall or a log-in page answers "
            "in their place. Where there is a proxy, put the proxy's address into `network.proxy` of feeds.yaml, or, "
            "where it needs a password, into the environment variable MONITOR_PROXY.",
            id="a log-in page in front of everything",
        ),
    ],
)  # fmt: skip
def test_every_feed_that_fails_alike_is_one_sentence_with_what_to_look_at(outcomes, named):
    assert said(*outcomes) == named


def test_where_a_proxy_is_used_it_is_named():
    told = said(failed("a", "the proxy: the connection was refused"), failed("b"), proxy="MONITOR_PROXY")
    assert told is not None
    assert told.endswith("Is this machine on the network, and is the proxy right that MONITOR_PROXY names?")


def test_of_a_demos_outlets_it_is_said_that_they_are_nowhere():
    told = said(
        failed("a", "the proxy: refused"),
        failed("b", "the proxy: refused"),
        proxy="`network.proxy` of feeds.yaml",
    )
    assert told == (
        "None of the 2 feeds could be read: the proxy: refused. These are the demo’s outlets, which this machine stood in "
        "for only while the demo ran: `monitor demo` makes the week anew, and `monitor init` in another folder begins with "
        "real feeds."
    )


ANSWERED = FeedState(url="https://besides.example/rss", last_poll=NOW, last_success=NOW)


@pytest.mark.parametrize(
    "proxy, look",
    [
        ("`network.proxy` of feeds.yaml", "These are the demo’s outlets, which this machine stood in for only while"),
        ("MONITOR_PROXY", "Is this machine on the network, and is the proxy right that MONITOR_PROXY names?"),
    ],
)  # fmt: skip
def test_where_the_proxy_does_not_answer_one_feed_is_enough(proxy, look):
    told = said(failed("a", "the proxy: the connection was refused"), besides=ANSWERED, proxy=proxy)
    assert told and told.startswith(
        f"The feed could not be read: the proxy: the connection was refused. {look}"
    )


@pytest.mark.parametrize(
    "outcomes, besides",
    [
        pytest.param([], None, id="nothing was due"),
        pytest.param([read("a"), failed("b"), failed("c")], None, id="one answered"),
        pytest.param([failed("a", path="1"), failed("a", path="2")], None, id="all of one host"),
        pytest.param([failed("a", "404 Not Found", SOFT), failed("b", "503", SOFT)], None, id="each in its way"),
        pytest.param([failed("a"), failed("b", "404 Not Found", SOFT)], None, id="one of them reached its host"),
        pytest.param(
            [failed("a"), failed("b")],
            FeedState(url=BESIDES, last_poll=NOW, last_success=NOW),
            id="another answered the last time it was asked",
        ),
        pytest.param([failed("a"), failed("b")], FeedState(url=BESIDES), id="another was never asked"),
        pytest.param(
            [failed("a", "the proxy does not let us through"), failed("b", "the proxy does not let us through")],
            ANSWERED,
            id="a proxy that refuses some hosts",
        ),
    ],
)  # fmt: skip
def test_it_is_no_outage_where(outcomes, besides):
    assert said(*outcomes, besides=besides) is None


def test_a_paused_feed_says_nothing_of_the_network():
    outcomes = [failed("a"), failed("b")]
    states = {one.feed: FeedState(url=one.feed, last_failure=one.reason) for one in outcomes}
    paused = Feed(name="Old", url=BESIDES, paused="it closed")
    assert outage(outcomes, [paused, *(Feed(name=url, url=url) for url in states)], states, None)


def test_failures_have_a_line_each_but_one_where_many_share_a_reason():
    outcomes = [
        failed("a"),
        failed("odd", "404 Not Found", SOFT),
        read("well"),
        failed("b"),
        failed("c"),
        failed("a", path="sport"),
    ]
    outlets = {one.feed: one.feed.split("/")[2].split(".")[0].upper() for one in outcomes}
    assert failure_lines(outcomes, outlets) == (
        f"4 feeds: {NO_NAME}: A, B, C. `monitor feeds list` has their addresses.",
        "ODD: 404 Not Found (https://odd.example/rss)",
    )
    assert failure_lines(outcomes[:4], outlets) == (
        f"A: {NO_NAME} (https://a.example/rss)",
        f"B: {NO_NAME} (https://b.example/rss)",
        "ODD: 404 Not Found (https://odd.example/rss)",
    )


def test_what_was_left_has_a_line_a_reason():
    twice = "c.example twice did not answer in time"
    outcomes = [read("a"), left("b"), left("c", reason=twice), left("c", "2", reason=twice), left("d")]
    outlets = {one.feed: one.feed[8].upper() for one in outcomes}
    assert left_lines(outcomes, outlets) == (
        "Left for the next poll, as the poll's time was over: B, D",
        "Left for the next poll, as c.example twice did not answer in time: C",
    )
