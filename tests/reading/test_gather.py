"""Many addresses side by side: each answered once, hosts spared, this machine not."""

import threading
import time
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import Answer, serve

from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, Wanted
from monitor.reading.fetch import Fetcher
from monitor.reading.fetch.gather import gather
from monitor.settings import Network

REST = timedelta(seconds=0.05)
NONE = timedelta(0)


def request(url: str) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.FEED)


def fetched(asked: FetchRequest) -> Fetched:
    return Fetched(url=asked.url, final_url=asked.url, body=b"")


class Hosts:
    """A fake of the network that notes when each host was asked and answered, and how many at once."""

    def __init__(self, seconds: float = 0.0, answers: dict[str, FetchFailed] | None = None) -> None:
        self.seconds = seconds
        self.answers = answers or {}
        self.spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.asked: list[str] = []

    def __call__(self, asked: FetchRequest) -> Fetched | FetchFailed:
        self.asked.append(asked.url)
        began = time.monotonic()
        time.sleep(self.seconds)
        self.spans[asked.url.split("/")[2]].append((began, time.monotonic()))
        return self.answers.get(asked.url) or fetched(asked)


def refused(url: str, status: int, wait: timedelta | None = timedelta(minutes=2)) -> FetchFailed:
    return FetchFailed(url=url, kind=FailureKind.SOFT, reason="why", status=status, retry_after=wait)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["http://a.org/1", "http://a.org/2", "http://b.org/", "http://127.0.0.1/", "x", "http://[::1"]
        )
    ),
    st.integers(1, 4),
)
def test_every_request_is_answered_once(urls, workers):
    results = gather([request(url) for url in urls], fetched, workers=workers, spacing=NONE)
    assert sorted(result.url for result in results) == sorted(urls)


def test_a_host_is_asked_one_thing_at_a_time_and_rested():
    hosts = Hosts(seconds=0.02)
    urls = [f"http://{host}.org/{number}" for number in range(4) for host in "abc"]
    began = time.monotonic()
    list(gather([request(url) for url in urls], hosts, workers=8, spacing=REST))
    took = time.monotonic() - began
    for spans in hosts.spans.values():
        rests = [later[0] - earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)]
        assert len(rests) == 3 and min(rests) >= REST.total_seconds()
    assert took < 0.6, "hosts wait for themselves, not for each other"


def test_a_host_keeps_its_order_and_hosts_take_turns():
    hosts = Hosts()
    urls = ["http://a.org/1", "http://a.org/2", "http://b.org/1", "http://a.org/3", "http://b.org/2"]
    list(gather([request(url) for url in urls], hosts, workers=1, spacing=timedelta(seconds=0.01)))
    assert [url for url in hosts.asked if "a.org" in url] == [url for url in urls if "a.org" in url]
    assert hosts.asked[:2] == ["http://a.org/1", "http://b.org/1"]


@pytest.mark.parametrize(
    "one, other, same",
    [
        pytest.param("http://a.org/1", "https://A.org/2", True, id="scheme and case"),
        pytest.param("http://a.org/1", "http://u@a.org/2", True, id="user"),
        pytest.param("http://a.org/1", "http://b.org/1", False, id="host"),
        pytest.param("http://127.0.0.1/1", "http://127.0.0.1/2", False, id="this machine"),
        pytest.param("http://localhost:81/1", "http://localhost:81/2", False, id="this machine by name"),
        pytest.param("http://[::1]:81/1", "http://[::1]:81/2", False, id="this machine in IPv6"),
        pytest.param("http://127.9.9.9/1", "http://127.9.9.9/2", False, id="this machine's other addresses"),
    ],
)
def test_what_is_one_host(one, other, same):
    together = threading.Barrier(2)

    def fetch(asked: FetchRequest) -> Fetched | FetchFailed:
        try:
            together.wait(timeout=0.2)
        except threading.BrokenBarrierError:
            return refused(asked.url, 500)
        return fetched(asked)

    results = list(gather([request(one), request(other)], fetch, workers=2, spacing=NONE))
    assert all(isinstance(result, Fetched) is not same for result in results)


@pytest.mark.parametrize("wait", [timedelta(minutes=2), None], ids=["with a wait", "without"])
def test_a_host_that_wants_us_to_wait_is_left_alone(wait):
    urls = [f"http://a.org/{number}" for number in range(5)] + ["http://b.org/1", "http://b.org/2"]
    hosts = Hosts(answers={"http://a.org/1": refused("http://a.org/1", 429, wait)})
    began = time.monotonic()
    results = {
        result.url: result
        for result in gather([request(url) for url in urls], hosts, workers=2, spacing=REST)
    }
    assert sorted(hosts.asked) == ["http://a.org/0", "http://a.org/1", "http://b.org/1", "http://b.org/2"]
    for unsent in urls[2:5]:
        assert results[unsent] == FetchFailed(
            url=unsent,
            kind=FailureKind.TEMPORARY,
            reason="not asked: the host wants us to wait (429 Too Many Requests)",
            status=429,
            retry_after=wait,
            was_asked=False,
        )
    assert time.monotonic() - began < 0.4


def test_a_refusing_host_may_be_the_last():
    urls = ["http://a.org/0", "http://a.org/1"]
    hosts = Hosts(answers={urls[0]: refused(urls[0], 429)})
    results = gather([request(url) for url in urls], hosts, workers=1, spacing=REST)
    assert [result.status for result in results] == [429, 429]


def test_another_refusal_speaks_for_its_own_address_only():
    urls = [f"http://a.org/{number}" for number in range(3)]
    hosts = Hosts(answers={url: refused(url, 503) for url in urls})
    list(gather([request(url) for url in urls], hosts, workers=2, spacing=NONE))
    assert hosts.asked == urls


def test_this_machine_too_is_left_alone_when_it_asks():
    waiting = Answer(status=429, headers={"Retry-After": "60"})
    answers = {"/0": waiting} | {f"/{number}": Answer(b"<rss/>") for number in range(1, 30)}
    network = Network(user_agent="Test/1.0", allow_private_addresses=True)
    with serve(answers) as server, Fetcher(network) as fetch:
        requests = [request(server.url(f"/{number}")) for number in range(30)]
        results = list(gather(requests, fetch, workers=1, spacing=NONE))
        assert len(results) == 30 and len(server.asked) < 5


def test_results_come_as_they_finish():
    release = threading.Event()

    def fetch(asked: FetchRequest) -> Fetched:
        if asked.url == "http://slow.org/":
            release.wait(5)
        return fetched(asked)

    results = gather(
        [request("http://slow.org/"), request("http://quick.org/")], fetch, workers=2, spacing=NONE
    )
    assert next(results).url == "http://quick.org/"
    release.set()
    assert [result.url for result in results] == ["http://slow.org/"]


def test_closing_early_sends_nothing_more_and_waits_for_nothing():
    hosts = Hosts(seconds=0.3)
    results = gather([request(f"http://{n}.org/") for n in range(50)], hosts, workers=2, spacing=NONE)
    next(results)
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 0.2
    time.sleep(0.5)
    assert len(hosts.asked) <= 6


def test_a_bug_in_the_fetcher_is_loud():
    def fetch(_: FetchRequest) -> Fetched:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(gather([request("http://a.org/")], fetch, workers=2, spacing=NONE))


def test_waiting_costs_nothing():
    hosts = Hosts(seconds=0.3)
    began = time.process_time()
    list(
        gather(
            [request(f"http://a.org/{n}") for n in range(3)], hosts, workers=4, spacing=timedelta(seconds=0.2)
        )
    )
    assert time.process_time() - began < 0.1


def test_loopback_feeds_are_read_as_fast_as_there_are_threads():
    """200 feeds that take 100 ms each need 2 s with 10 threads; half as much again is left to a busy machine."""
    answers = {f"/{number}": Answer(b"<rss/>", delay=0.1) for number in range(100)}
    network = Network(user_agent="Test/1.0", allow_private_addresses=True)
    with serve(answers) as server, Fetcher(network) as fetch:
        requests = [request(server.url(f"/{number}")) for number in range(100)]
        results = list(gather(requests, fetch, workers=10, spacing=timedelta(seconds=1)))
        assert all(isinstance(result, Fetched) for result in results)
        assert server.most_at_once == 10


def test_a_host_that_asked_earlier_is_not_asked_now():
    hosts = Hosts()
    urls = ["http://a.org/1", "http://a.org/2", "http://b.org/1"]
    barred = {"a.org": timedelta(minutes=9)}
    results = list(gather([request(url) for url in urls], hosts, workers=2, spacing=NONE, barred=barred))
    assert hosts.asked == ["http://b.org/1"]
    assert [result.retry_after for result in results if result.url in urls[:2]] == [timedelta(minutes=9)] * 2


@pytest.mark.parametrize(
    "asked_for, rest",
    [(timedelta(seconds=0.15), 0.15), (timedelta(seconds=0.01), 0.05), (None, 0.05)],
    ids=["longer than ours", "shorter than ours", "none"],
)
def test_the_rest_that_robots_txt_asks_for(asked_for, rest):
    hosts = Hosts()

    def fetch(asked: FetchRequest) -> Fetched:
        return replace(hosts(asked), crawl_delay=asked_for)

    list(gather([request(f"http://a.org/{n}") for n in range(3)], fetch, workers=2, spacing=REST))
    first, second, _ = hosts.spans["a.org"]
    assert rest <= second[0] - first[1] < rest + 0.09


def test_a_rest_of_an_hour_is_cut(monkeypatch):
    monkeypatch.setattr("monitor.reading.fetch.gather.LONGEST_REST", timedelta(seconds=0.1))
    hosts = Hosts()

    def fetch(asked: FetchRequest) -> Fetched:
        return replace(hosts(asked), crawl_delay=timedelta(hours=1))

    began = time.monotonic()
    list(gather([request(f"http://a.org/{n}") for n in range(2)], fetch, workers=2, spacing=NONE))
    assert time.monotonic() - began < 0.5
