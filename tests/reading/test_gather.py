"""Many addresses side by side: each answered once, hosts spared, this machine not."""

import threading
import time
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from queue import SimpleQueue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import Answer, serve

from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, Wanted
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.gather import Ask, Gathering, gather, next_event
from monitor.reading.fetch.hosts import left_alone
from monitor.settings import Network

REST = timedelta(seconds=0.05)
NONE = timedelta(0)
IN_TIME = 10.0  # seconds, on a busy machine


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


@settings(max_examples=40)
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
    list(gather([request(url) for url in urls], hosts, workers=8, spacing=REST))
    for spans in hosts.spans.values():
        rests = [later[0] - earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)]
        assert len(rests) == 3 and min(rests) >= REST.total_seconds()


def test_hosts_wait_for_themselves_and_not_for_each_other():
    """Each is answered when all others have been asked: were one to wait for another, they would wait for ever."""
    together = threading.Barrier(3)
    waited_in_vain = []

    def fetch(asked: FetchRequest) -> Fetched:
        try:
            together.wait(IN_TIME)
        except threading.BrokenBarrierError:
            waited_in_vain.append(asked.url)
        return fetched(asked)

    urls = [f"http://{host}.org/{number}" for number in range(3) for host in "abc"]
    assert len(list(gather([request(url) for url in urls], fetch, workers=3, spacing=REST))) == 9
    assert waited_in_vain == []


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
    took = []
    for _ in range(3):
        hosts = Hosts(answers={"http://a.org/1": refused("http://a.org/1", 429, wait)})
        began = time.monotonic()
        results = {
            result.url: result
            for result in gather([request(url) for url in urls], hosts, workers=2, spacing=REST)
        }
        took.append(time.monotonic() - began)
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
    assert min(took) < 0.4, "of a busy machine one of three is in time"


def test_a_host_that_refused_another_who_asks_beside_us_is_left_alone():
    urls = [f"http://a.org/{number}" for number in range(4)]
    wait = timedelta(hours=2)
    asked = []

    def fetch(request: FetchRequest) -> FetchFailed:
        asked.append(request.url)
        return left_alone(request.url, wait)

    results = list(gather([request(url) for url in urls], fetch, workers=1, spacing=NONE))
    assert asked == urls[:1]
    assert [(result.retry_after, result.was_asked) for result in results] == [(wait, False)] * 4


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
    asked, closed = [], threading.Event()

    def fetch(request: FetchRequest) -> Fetched:
        asked.append(request.url)
        if request.url != "http://0.org/":
            closed.wait(2 * IN_TIME)
        return fetched(request)

    results = gather([request(f"http://{n}.org/") for n in range(50)], fetch, workers=2, spacing=NONE)
    next(results)
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < IN_TIME, "it waits for who is being asked"
    closed.set()
    time.sleep(0.1)  # in which others could be asked
    assert len(asked) <= 6


def test_a_bug_in_the_fetcher_is_loud():
    def fetch(_: FetchRequest) -> Fetched:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(gather([request("http://a.org/")], fetch, workers=2, spacing=NONE))


@pytest.mark.slow
def test_waiting_costs_nothing():
    hosts = Hosts(seconds=0.3)
    began = time.process_time()
    list(
        gather(
            [request(f"http://a.org/{n}") for n in range(3)], hosts, workers=4, spacing=timedelta(seconds=0.2)
        )
    )
    assert time.process_time() - began < 0.1


@pytest.mark.slow
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

    list(gather([request(f"http://a.org/{n}") for n in range(4)], fetch, workers=2, spacing=REST))
    rests = [later[0] - earlier[1] for earlier, later in pairwise(hosts.spans["a.org"])]
    # Of a busy machine one of three is in time.
    assert rest <= min(rests) < rest + 0.09


@pytest.mark.parametrize("spacing", [NONE, REST], ids=["without one of ours", "beside ours"])
def test_a_rest_of_an_hour_is_cut(monkeypatch, spacing):
    monkeypatch.setattr("monitor.reading.fetch.gather.LONGEST_REST", timedelta(seconds=0.1))
    hosts = Hosts()

    def fetch(asked: FetchRequest) -> Fetched:
        return replace(hosts(asked), crawl_delay=timedelta(hours=1))

    list(gather([request(f"http://a.org/{n}") for n in range(4)], fetch, workers=2, spacing=spacing))
    rests = [later[0] - earlier[1] for earlier, later in pairwise(hosts.spans["a.org"])]
    assert 0.1 <= min(rests) < 0.2


# ── hosts that let our time run out ─────────────────────────────────────────────────────────────────────────────


def timed_out(url: str, *, by: str | None = None) -> FetchFailed:
    return FetchFailed(
        url=url, kind=FailureKind.TEMPORARY, reason="no answer within 20 s", timed_out=True, answered_by=by
    )


def reasons(urls: list[str], hosts: Hosts) -> dict[str, str | None]:
    """Why each address has no answer; None where it has one."""
    results = gather([request(url) for url in urls], hosts, workers=2, spacing=NONE)
    return {result.url: getattr(result, "reason", None) for result in results}


LATE = "no answer within 20 s"
LEFT = "not read yet: a.org twice did not answer in time"


@pytest.mark.parametrize(
    "late, came",
    [
        pytest.param([], [None, None, None, None], id="none"),
        pytest.param([1], [None, LATE, None, None], id="once"),
        pytest.param([0, 1], [LATE, LATE, LEFT, LEFT], id="twice"),
        pytest.param([0, 2], [LATE, None, LATE, LEFT], id="twice, but not one after the other"),
    ],
)
def test_a_host_that_timed_out_twice_is_left_and_no_other(late, came):
    urls = [f"http://a.org/{number}" for number in range(4)]
    hosts = Hosts(answers={urls[number]: timed_out(urls[number]) for number in late})
    assert reasons([*urls, "http://b.org/"], hosts) == {
        **dict(zip(urls, came, strict=True)),
        "http://b.org/": None,
    }
    assert [url for url in urls if url not in hosts.asked] == [
        url for url in urls if came[urls.index(url)] == LEFT
    ]


def test_a_host_that_timed_out_twice_behind_a_redirect_is_no_more_led_to():
    """The fetcher follows no redirect to a host that is barred; what it says then is 429's, and is put right."""
    asked = []

    def fetch(request: FetchRequest) -> Fetched | FetchFailed:
        asked.append(request)
        if "b.org" in request.barred:
            return left_alone(request.url, None, by="http://b.org/story")
        return timed_out(request.url, by="http://b.org/story")

    urls = [f"http://a.org/{number}" for number in range(4)]
    found = list(gather([request(url) for url in urls], fetch, workers=1, spacing=NONE))
    left = "not read yet: b.org twice did not answer in time"
    assert [result.reason for result in found] == [LATE, LATE, left, left]
    assert [result.was_asked for result in found] == [True, True, False, False]
    assert len(asked) == 4, "a.org itself answers, and is asked"


def test_a_host_that_says_429_after_a_time_out_is_one_that_wants_to_wait():
    urls = [f"http://a.org/{number}" for number in range(4)]
    answers = {urls[0]: timed_out(urls[0]), urls[1]: refused(urls[1], 429)}
    hosts = Hosts(answers=answers)
    found = {
        result.url: result
        for result in gather([request(url) for url in urls], hosts, workers=1, spacing=NONE)
    }
    assert [found[url].status for url in urls] == [None, 429, 429, 429]


# ── who hangs does not keep others waiting ──────────────────────────────────────────────────────────────────────


class Hanging:
    """A fake of the network on which hosts called `hang…` answer when all others have, or were begun."""

    def __init__(self, others: int) -> None:
        self.others, self.answered = others, 0
        self.all_answered = threading.Event()
        self.lock, self.at_once, self.most = threading.Lock(), 0, 0
        self.slow = 0  # of those that answer: on a busy machine one may look as if it hung
        self.waited_in_vain = False

    def __call__(self, asked: FetchRequest) -> Fetched | FetchFailed:
        if "hang" in asked.url:
            self.waited_in_vain |= not self.all_answered.wait(10)
            return timed_out(asked.url)
        began = time.monotonic()
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(0.01)
        with self.lock:
            self.slow += time.monotonic() - began > 0.015
            self.at_once -= 1
            self.answered += 1
            if self.answered == self.others:
                self.all_answered.set()
        return fetched(asked)


@pytest.mark.parametrize("workers, hanging", [(1, 1), (2, 9), (3, 30)])
def test_hosts_that_hang_do_not_keep_the_others_waiting(workers, hanging, monkeypatch):
    monkeypatch.setattr("monitor.reading.fetch.gather.SLOW_SECONDS", 0.02)
    urls = [f"http://hang{n}.org/" for n in range(hanging)] + [f"http://good{n}.org/" for n in range(12)]
    fetch = Hanging(others=12)
    results = [
        result.url for result in gather([request(url) for url in urls], fetch, workers=workers, spacing=NONE)
    ]
    assert not fetch.waited_in_vain and len(results) == len(urls)
    assert fetch.most <= workers + fetch.slow, "those that answer are asked by as many as ever"


def test_when_none_hang_any_more_there_are_no_more_side_by_side_than_ever(monkeypatch):
    monkeypatch.setattr("monitor.reading.fetch.gather.SLOW_SECONDS", 0.02)
    fetch = Hanging(others=6)
    gathering, finished = gathering_of(fetch, workers=2)
    gathering.add([Ask(request(f"http://hang{n}.org/")) for n in range(8)])
    gathering.add([Ask(request(f"http://good{n}.org/")) for n in range(6)])
    served(gathering, finished)
    fetch.most = 0
    # Whoever answers counts for no one that hangs, however busy this machine is.
    monkeypatch.setattr("monitor.reading.fetch.gather.SLOW_SECONDS", 60)
    gathering.add([Ask(request(f"http://other{n}.org/")) for n in range(20)])
    assert len(served(gathering, finished)) == 20
    assert fetch.most == 2


def test_no_more_hang_at_once_than_may(monkeypatch):
    monkeypatch.setattr("monitor.reading.fetch.gather.SLOW_SECONDS", 0.02)
    monkeypatch.setattr("monitor.reading.fetch.gather.MOST_SLOW", 3)
    full, lock, hanging, most = threading.Event(), threading.Lock(), [0], [0]

    def fetch(asked: FetchRequest) -> Fetched:
        with lock:
            hanging[0] += 1
            most[0] = max(most[0], hanging[0])
            if hanging[0] == 5:
                full.set()
        full.wait(10)
        time.sleep(0.1)  # in which a sixth could begin
        with lock:
            hanging[0] -= 1
        return fetched(asked)

    urls = [f"http://{number}.org/" for number in range(12)]
    assert len(list(gather([request(url) for url in urls], fetch, workers=2, spacing=NONE))) == 12
    assert most[0] == 5


# ── more while it runs ──────────────────────────────────────────────────────────────────────────────────────────


def served(gathering: Gathering, finished: SimpleQueue, *, more=None) -> list[object]:
    """What each answer is of, in their order; `more(of)` is called with each."""
    came = []
    while not gathering.is_empty:
        answers = list(gathering.begin())
        if not answers and not gathering.is_empty:
            event = next_event(finished, gathering.wakes())
            answers = [gathering.ended(event)] if event else []
        for answer in answers:
            came.append(answer.ask.of)
            if more:
                more(answer.ask.of)
    return came


def asks(host: str, *names: str) -> list[Ask]:
    return [Ask(request(f"http://{host}/{name}"), name) for name in names]


def gathering_of(fetch=fetched, *, workers=1) -> tuple[Gathering, SimpleQueue]:
    finished: SimpleQueue = SimpleQueue()
    return Gathering(fetch, workers=workers, spacing=NONE, finished=finished), finished


def test_batches_of_one_host_take_turns():
    gathering, finished = gathering_of()
    gathering.add(asks("a.org", "a1", "a2", "a3", "a4"))
    gathering.add(asks("a.org", "b1", "b2"))
    gathering.add(asks("a.org", "c1"))
    assert served(gathering, finished) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


def test_what_follows_from_what_came_takes_turns_with_what_was_there():
    """Pages of the first feed do not wait for all other feeds, nor these for all pages."""
    gathering, finished = gathering_of()
    gathering.add([Ask(request(f"http://{name}.org/"), name) for name in "abcdef"])

    def more(of):
        if of == "a":
            gathering.add([Ask(request(f"http://page{n}.org/"), n) for n in range(3)], follows=True)

    came = served(gathering, finished, more=more)
    assert sorted(map(str, came)) == sorted("abcdef012")
    assert came.index(2) < came.index("f"), "the pages were done before the last feed"
    assert came.index("c") < came.index(2), "and not all before the next"


def test_giving_up_tells_all_that_is_not_done():
    hold = threading.Event()

    def fetch(asked: FetchRequest) -> Fetched:
        hold.wait(10)
        return fetched(asked)

    gathering, _ = gathering_of(fetch)
    gathering.add(
        [*asks("a.org", "a1", "a2"), *asks("b.org", "b1"), *asks("c.org", "c1"), *asks("d.org", "d1")]
    )
    assert list(gathering.begin()) == []  # a1 is under way, and what is handed on ahead
    gathering.add(asks("a.org", "a3"))
    assert sorted(ask.of for ask in gathering.give_up()) == ["a1", "a2", "a3", "b1", "c1", "d1"]
    assert gathering.is_empty
    hold.set()
