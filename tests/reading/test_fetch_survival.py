"""What servers do to those who fetch, on real sockets: each ends in time, in words, and leaves nothing open."""

import gzip
import socket
import threading
import time
import zlib
from pathlib import Path

import pytest
from fetching import HARD, OPEN, SOFT, TEMPORARY, feed, outcome, page, redirect, say
from loopback import Answer, serve, serve_raw

from monitor.model import Wanted
from monitor.reading.fetch.fetcher import Fetcher
from monitor.reading.fetch.hosts import host_that_answered


@pytest.fixture
def fetch():
    with Fetcher(OPEN, seconds=5) as fetcher:
        yield fetcher


# ── what is survived ────────────────────────────────────────────────────────────────────────────────────────────


def drip(beginning: bytes, drop: bytes):
    """A server that says its beginning, and then a drop each 50 ms for as long as it is listened to."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(beginning)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return talk


def stall(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(stall, id="no answer"),
        pytest.param(drip(OK, b"X-More: drops\r\n"), id="headers dripped"),
        pytest.param(drip(OK + b"Content-Length: 100000\r\n\r\n", b"<"), id="body dripped"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n<\r\n"), id="chunks dripped"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"), id="a chunk's size dripped"),
        pytest.param(drip(OK + b"\r\n", b"<"), id="body without an end dripped"),
        pytest.param(
            drip(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10], b"\0\0\0\xff\xff"),
            id="gzip dripped",
        ),
        pytest.param(
            drip(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n", b"X-More: drops\r\n"), id="redirect dripped"
        ),
    ],
)
def test_the_total_time_cuts_a_server_that(talk):
    with serve_raw(talk) as port, Fetcher(OPEN, seconds=0.4) as fetch:
        began = time.monotonic()
        result = fetch(feed(f"http://127.0.0.1:{port}/"))
        assert outcome(result) == (TEMPORARY, "no answer within 0.4 s")
        assert result.timed_out
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("talk", [stall, drip(b"\x16\x03\x03\x40\x00", b"\0")], ids=["stalls", "drips"])
@pytest.mark.slow
def test_the_total_time_cuts_a_handshake_that(talk):
    """Time enough that it is under way on a busy machine too; a server that drips would go on for ever."""
    with serve_raw(talk) as port, Fetcher(OPEN, seconds=1.0) as fetch:
        began = time.monotonic()
        result = fetch(feed(f"https://127.0.0.1:{port}/"))
        assert outcome(result) == (TEMPORARY, "no answer within 1 s")
        assert time.monotonic() - began < 2.1


def test_the_total_time_holds_for_all_redirects_together():
    slow = Answer(status=302, headers={"Location": "/0"}, delay=0.2)
    with serve({"/0": slow}) as server, Fetcher(OPEN, seconds=0.5) as fetch:
        assert outcome(fetch(feed(server.url("/0")))) == (TEMPORARY, "no answer within 0.5 s")


@pytest.mark.parametrize("sent_on", ["/robots.txt", "/page"])
def test_it_is_the_host_that_let_the_time_run_out_that_is_told(sent_on):
    with serve_raw(stall) as port, serve({}) as server, Fetcher(OPEN, seconds=0.4) as fetch:
        server.answers[sent_on] = redirect(f"http://127.0.0.1:{port}{sent_on}")
        result = fetch(page(server.url("/page")))
        assert (result.timed_out, host_that_answered(result)) == (True, f"127.0.0.1:{port}")


def test_a_machine_that_does_not_let_us_connect_lets_our_time_run_out(monkeypatch):
    def connect(*_):
        raise TimeoutError

    monkeypatch.setattr("monitor.reading.fetch.guard._connect_to", connect)
    with Fetcher(OPEN, seconds=5) as fetch:
        result = fetch(feed("http://127.0.0.1:9/"))
    assert (*outcome(result), result.timed_out) == (
        TEMPORARY,
        "no connection: the machine does not answer",
        True,
    )


def bomb(window: int) -> bytes:
    """A gigabyte of nothing, squeezed: after a full flush each megabyte has the same bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, window)
    first, other = (squeeze.compress(bytes(2**20)) + squeeze.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + other * 1023


@pytest.mark.parametrize(
    "encoding, body",
    [
        pytest.param("gzip", bomb(31), id="gzip"),
        pytest.param("deflate", bomb(15), id="deflate"),
        pytest.param("gzip, gzip", gzip.compress(bomb(31)), id="gzip in gzip"),
    ],
)
def test_a_bomb_is_cut_at_the_cap(fetch, encoding, body):
    with serve({"/rss": Answer(body, headers={"Content-Encoding": encoding})}) as server:
        began = time.process_time()
        assert outcome(fetch(feed(server.url("/rss")))) == (HARD, "larger than 5 MB")
        assert time.process_time() - began < 1


def test_a_body_without_end_is_cut_at_the_cap(fetch):
    def pour(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(OK + b"Content-Type: application/rss+xml\r\n\r\n")
        while True:
            connection.sendall(bytes(65536))

    with serve_raw(pour) as port:
        assert outcome(fetch(feed(f"http://127.0.0.1:{port}/"))) == (HARD, "larger than 5 MB")


@pytest.mark.parametrize("size, fits", [(1000, True), (1001, False)])
@pytest.mark.parametrize("declared", [True, False])
def test_the_cap(size, fits, declared):
    length = b"Content-Length: %d\r\n" % size if declared else b""
    talk = say(OK + length + b"\r\n" + b"x" * size)
    with serve_raw(talk) as port, Fetcher(OPEN, seconds=5, caps={Wanted.FEED: 1000}) as fetch:
        result = fetch(feed(f"http://127.0.0.1:{port}/"))
    if fits:
        assert result.body == b"x" * size
    else:
        assert outcome(result) == (HARD, "larger than 0.001 MB")


def test_a_page_has_a_cap_of_its_own(fetch):
    with serve({"/a": Answer(bytes(3_000_001))}) as server:
        assert outcome(fetch(page(server.url("/a")))) == (HARD, "larger than 3 MB")
        assert len(fetch(feed(server.url("/a"))).body) == 3_000_001


@pytest.mark.parametrize(
    "answer, kind, reason",
    [
        pytest.param(b"", TEMPORARY, "the connection broke off", id="nothing"),
        pytest.param(b"hello\r\n\r\n", TEMPORARY, "the connection broke off", id="not HTTP"),
        pytest.param(
            OK + b"Content-Length: 100\r\n\r\nshort", TEMPORARY, "the connection broke off", id="cut short"
        ),
        pytest.param(
            OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
            TEMPORARY,
            "the connection broke off",
            id="chunk cut short",
        ),
        pytest.param(
            OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello",
            TEMPORARY,
            "the connection broke off",
            id="no chunk size",
        ),
        pytest.param(
            OK + b"X: y\r\n" * 200 + b"\r\n", TEMPORARY, "the connection broke off", id="200 headers"
        ),
        pytest.param(
            OK + b"X: " + b"y" * 100_000, TEMPORARY, "the connection broke off", id="a header of 100 kB"
        ),
        pytest.param(
            OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03not deflate",
            SOFT,
            "the answer is compressed, and damaged",
            id="gzip that is none",
        ),
        pytest.param(
            OK + b"Content-Encoding: br\r\n\r\n" + bytes(range(256)),
            SOFT,
            "the answer is compressed in a way that was not asked for (br)",
            id="Brotli",
        ),
    ],
)
def test_a_broken_answer(fetch, answer, kind, reason):
    with serve_raw(say(answer)) as port:
        assert outcome(fetch(feed(f"http://127.0.0.1:{port}/"))) == (kind, reason)


@pytest.mark.parametrize(
    "answer, body",
    [
        pytest.param(OK + b"Content-Length: 4\r\n\r\n<rss/>", b"<rss", id="length too small"),
        pytest.param(
            OK + b"Content-Length: many\r\nConnection: close\r\n\r\n<rss/>", b"<rss/>", id="length no number"
        ),
        pytest.param(
            OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>")[:-8],
            b"<rss/>",
            id="gzip cut short",
        ),
        pytest.param(OK + b"Content-Encoding: klingon\r\n\r\n<rss/>", b"<rss/>", id="unknown encoding"),
    ],
)
def test_what_can_be_read_is_read(fetch, answer, body):
    with serve_raw(say(answer)) as port:
        assert fetch(feed(f"http://127.0.0.1:{port}/")).body == body


def test_closing_cuts_what_is_under_way():
    with serve_raw(stall) as port:
        fetch = Fetcher(OPEN, seconds=30)
        results: list[object] = []
        thread = threading.Thread(target=lambda: results.append(fetch(feed(f"http://127.0.0.1:{port}/"))))
        thread.start()
        time.sleep(0.2)
        fetch.close()
        thread.join(timeout=2)
        assert outcome(results[0]) == (TEMPORARY, "stopped before it was done") and not results[0].timed_out
        assert outcome(fetch(feed(f"http://127.0.0.1:{port}/"))) == (TEMPORARY, "stopped before it was done")


def test_many_fetches_leave_no_file_open():
    with serve({"/rss": Answer(b"<rss/>")}) as server, Fetcher(OPEN, seconds=5) as fetch:
        fetch(feed(server.url("/rss")))
        before = len(list(Path("/proc/self/fd").iterdir()))
        for path in ("/rss", "/none") * 20:
            fetch(feed(server.url(path)))
        assert len(list(Path("/proc/self/fd").iterdir())) <= before + 2
