"""Where many processes ask, the turn at a host is taken before every request, and never two at a time are held."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from fetching import OPEN, TEMPORARY, feed, outcome, page, redirect
from loopback import Answer, serve

from monitor.errors import TakenOver
from monitor.model import Fetched, FetchFailed
from monitor.reading.fetch import turn
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.hosts import is_left
from monitor.reading.fetch.turn import NoTurn, Turn, WantsRest


@dataclass
class Shared:
    """Turns as many processes share them; `waits` are the answers to the claims to come."""

    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    lost_after: int = 1000

    def claim(self, host: str, by: str) -> float:
        if len(self.said) >= self.lost_after:
            raise TakenOver("given to another")
        wait = self.waits.pop(0) if self.waits else 0.0
        self.said.append(f"{'waits for' if wait else 'takes'} {host}")
        return wait

    def release(self, host: str, by: str, rest: float) -> None:
        self.said.append(f"gives back {host}, which rests {rest:g} s")


def one(shared: Shared, *, is_over: bool = False) -> Turn:
    return Turn(shared, lambda _url: timedelta(seconds=2), lambda: is_over)


def test_a_call_is_at_one_host_at_a_time():
    shared = Shared()
    its = one(shared)
    its.take("a", "http://a/robots.txt")
    its.take("a", "http://a/robots.txt")  # nothing was asked yet
    its.sends()
    its.take("a", "http://a/1")
    its.take("b", "http://b/1")
    its.close()
    its.close()
    rests = "which rests 2 s"
    assert shared.said == [
        "takes a",
        "takes a",
        f"gives back a, {rests}",
        "takes b",
        f"gives back b, {rests}",
    ]


def test_the_first_host_is_waited_for_and_one_to_which_it_leads_only_so_long():
    shared = Shared(waits=[0.01, 0.01])
    its = one(shared)
    its.take("a", "http://a/")
    assert shared.said == ["waits for a", "waits for a", "takes a"]
    shared.waits = [9.0] * 9
    with pytest.raises(NoTurn):
        its.take("b", "http://b/", 0.0)
    its.close()
    assert shared.said[3:] == ["gives back a, which rests 2 s", "waits for b"]


def test_nobody_waits_for_a_turn_when_the_fetcher_is_closed():
    with pytest.raises(NoTurn):
        one(Shared(waits=[9.0]), is_over=True).take("a", "http://a/")


@pytest.mark.parametrize("asleep, said", [(1.0, []), (6.0, ["takes a"])])
def test_who_slept_between_its_turn_and_the_first_byte_takes_it_anew(monkeypatch, asleep, said):
    shared = Shared()
    its = one(shared)
    its.take("a", "http://a/")
    shared.said.clear()
    now = turn.time.monotonic()
    monkeypatch.setattr(turn.time, "monotonic", lambda: now + asleep)
    its.sends()
    assert shared.said == said


def test_who_slept_and_lost_its_turn_sends_nothing(monkeypatch):
    its = one(shared := Shared())
    its.take("a", "http://a/")
    shared.waits = [9.0]
    now = turn.time.monotonic()
    monkeypatch.setattr(turn.time, "monotonic", lambda: now + 60)
    with pytest.raises(NoTurn):
        its.sends()


@pytest.mark.parametrize("wait, is_waited_for", [(59.0, True), (61.0, False), (7000.0, False)])
def test_a_host_that_rests_for_longer_than_a_turn_lasts_is_not_waited_for(monkeypatch, wait, is_waited_for):
    monkeypatch.setattr(turn.time, "sleep", lambda _seconds: None)
    its = one(shared := Shared(waits=[wait]))
    if is_waited_for:
        its.take("a", "http://a/1")
    else:
        with pytest.raises(WantsRest) as told:
            its.take("a", "http://a/1")
        assert (told.value.url, told.value.wait) == ("http://a/1", timedelta(seconds=wait))
    assert ("takes a" in shared.said) is is_waited_for


def test_a_rest_that_is_configured_is_waited_for_however_long():
    its = Turn(Shared(waits=[90.0]), lambda _url: timedelta(seconds=90), lambda: True)
    with pytest.raises(NoTurn):  # the fetcher is closed meanwhile
        its.take("a", "http://a/1")


# ── as the fetcher asks ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_request_of_a_page_is_in_turn_its_robots_and_what_it_is_led_to_too():
    with (
        serve({"/story": Answer(b"<p>here</p>")}) as led,
        serve({"/out": redirect(led.url("/story"))}) as first,
    ):
        shared = Shared()
        with Fetcher(OPEN, turns=shared) as fetch:
            assert isinstance(fetch(page(first.url("/out"))), Fetched)
        a, b = f"127.0.0.1:{first.port}", f"127.0.0.1:{led.port}"
        assert [asked.path for asked in first.asked] == ["/robots.txt", "/out"]
        assert [asked.path for asked in led.asked] == ["/robots.txt", "/story"]
        assert shared.said == [
            f"takes {a}",  # before the call's time begins; for robots.txt
            f"takes {a}",
            f"gives back {a}, which rests 0 s",
            f"takes {b}",  # robots.txt
            f"takes {b}",
            f"gives back {b}, which rests 0 s",
        ]


def test_a_host_rests_as_long_as_its_robots_ask():
    fetch = Fetcher(replace(OPEN, spacing=timedelta(seconds=1)))
    with fetch:
        assert fetch._rest_at("http://www.courier.example/") == timedelta(seconds=1)
        fetch._robots.refuse(
            "http://www.courier.example/", lambda url: Fetched(url=url, final_url=url, body=SLOW)
        )
        assert fetch._rest_at("http://www.courier.example/") == timedelta(seconds=7)


SLOW = b"User-agent: *\nCrawl-delay: 7\n"


def test_what_was_not_its_turn_is_left_and_nothing_is_sent():
    with serve({"/out": redirect("http://127.0.0.2:9/x")}) as server:
        shared = Shared()
        with Fetcher(OPEN, turns=shared, seconds=0.2) as fetch:
            shared.waits = [0.0, *[9.0] * 99]
            result = fetch(feed(server.url("/out")))
        assert is_left(result) and outcome(result) == (TEMPORARY, "not read yet: another was at its host")


ASKS = {"Retry-After": "7200"}


@pytest.mark.parametrize(
    "answers, asked, rest",
    [
        pytest.param({"/1": Answer(status=429, headers=ASKS)}, page, 7200, id="for two hours"),
        pytest.param({"/1": Answer(status=429)}, page, 900, id="without saying how long"),
        pytest.param({"/robots.txt": Answer(status=429, headers=ASKS)}, page, 7200, id="at its robots.txt"),
        pytest.param({"/1": Answer(status=429, headers={"Retry-After": "999999"})}, feed, 86400, id="a day"),
        pytest.param({"/1": Answer(status=503, headers=ASKS)}, feed, 0, id="for one address only"),
    ],
)
def test_a_host_that_says_429_is_left_alone_by_all_from_then_on(answers, asked, rest):
    with serve(answers) as server:
        shared = Shared()
        with Fetcher(OPEN, turns=shared) as fetch:
            fetch(asked(server.url("/1")))
        assert shared.said[-1] == f"gives back 127.0.0.1:{server.port}, which rests {rest} s"


def test_who_asks_a_host_that_said_429_to_another_hears_so_and_sends_nothing():
    with serve({}) as server, serve({"/out": redirect(server.url("/1"))}) as first:
        shared = Shared(waits=[7000.0])
        with Fetcher(OPEN, turns=shared) as fetch:
            own = fetch(page(server.url("/1")))
            shared.waits = [0.0, 7000.0]
            led = fetch(feed(first.url("/out")))
        for result, by in ((own, None), (led, server.url("/1"))):
            assert isinstance(result, FetchFailed) and result.answered_by == by
            assert (result.status, result.was_asked) == (429, False)
            assert result.retry_after == timedelta(seconds=7000)
        assert server.asked == []


def test_who_lost_its_work_sends_nothing_more():
    with serve({"/rss": Answer(b"x")}) as server:
        with Fetcher(OPEN, turns=Shared(lost_after=1)) as fetch, pytest.raises(TakenOver):
            fetch(page(server.url("/rss")))
        assert [asked.path for asked in server.asked] == ["/robots.txt"]
