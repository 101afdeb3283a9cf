"""Pings, against real servers: what is asked for, that nobody waits, and that no word of trouble holds the address."""

import socket
import time
import urllib.request

import pytest
from loopback import Answer, serve, serve_raw
from relay import free_port

from monitor.reporting.telling.address import Signal, address_of, mistake_in
from monitor.reporting.telling.ping import LONGEST, Bell, Way, ring

UUID = "9d3f1c0e-5a7b-4c2d-8e6f-0123456789ab"
IN_TIME = 1.5  # seconds for all of it, on a busy machine
WAY = Way(user_agent="Test/1.0 (+mailto:someone@example.org)")


@pytest.mark.parametrize(
    "address, start, failure",
    [
        ("https://hc-ping.com/abc", "https://hc-ping.com/abc/start", "https://hc-ping.com/abc/fail"),
        ("https://hc.example/ping/abc/", "https://hc.example/ping/abc/start", "https://hc.example/ping/abc/fail"),
        ("https://a.example/k/s?create=1", "https://a.example/k/s/start?create=1", "https://a.example/k/s/fail?create=1"),
        ("http://10.0.0.3:8000", "http://10.0.0.3:8000/start", "http://10.0.0.3:8000/fail"),
    ],
)  # fmt: skip
def test_each_signal_has_its_address(address, start, failure):
    assert [address_of(address, signal) for signal in Signal] == [start, address, failure]


@pytest.mark.parametrize(
    "address, what",
    [
        ("https://hc-ping.com/abc", None),
        ("http://10.0.0.3:8000/ping/abc", None),
        ("http://[::1]:8000/ping/abc", None),
        ("https://a.example/k/s?create=1", None),
        (f"hc-ping.com/{UUID}", "does not begin with"),
        (UUID, "does not begin with"),
        ("//hc-ping.com/abc", "does not begin with"),
        ("ftp://hc-ping.com/abc", "does not begin with"),
        ("file:///etc/passwd", "does not begin with"),
        ("mailto:someone@example.org", "does not begin with"),
        ("https:///abc", "names no server"),
        ("https://hc-ping.com:0/abc", "names no server"),
        ("https://hc-ping.com:port/abc", "is no web address"),
        ("https://[::1/abc", "is no web address"),
        ("https://hc-ping.com/a bc", "holds a space"),
        ("https://hc-ping.com/abc\nhttps://hc-ping.com/def", "holds a space"),
        ("https://pïng.example/abc", "holds a space or a sign"),
        ("https://bob:hunter2@hc.example/abc", "carries a user name"),
        ("https://hc-ping.com/abc#weekly", "has a part after #"),
    ],
)
def test_what_is_no_address_to_ping_is_said_without_it(address, what):
    said = mistake_in(address)
    assert (said is None) == (what is None)
    assert said is None or said.startswith(what)
    assert not any(part in (said or "") for part in ("abc", UUID, "hunter2"))


def test_a_beginning_is_a_get_and_an_end_a_post_with_a_short_text():
    with serve({"/abc/start": Answer(b"OK"), "/abc": Answer(b"OK"), "/abc/fail": Answer(b"OK")}) as server:
        assert [ring(server.url("/abc"), signal, "é" * 5000, WAY) for signal in Signal] == [None] * 3
    start, success, failure = server.asked
    assert (start.method, start.path, start.body) == ("GET", "/abc/start", b"")
    assert (success.method, success.path, success.body.decode()) == ("POST", "/abc", "é" * LONGEST)
    assert (failure.method, failure.path) == ("POST", "/abc/fail")
    assert success.headers["User-Agent"] == WAY.user_agent
    assert success.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "answer, what, lasting",
    [
        (Answer(b"", 404), "the answer was 404", True),
        (Answer(b"", 410), "the answer was 410", True),
        (Answer(b"", 301, {"Location": "/elsewhere"}), "the answer was 301", True),
        (Answer(b"", 307, {"Location": "/elsewhere"}), "the answer was 307", True),
        (Answer(b"", 429), "the answer was 429", False),
        (Answer(b"", 500), "the answer was 500", False),
        (Answer(b"", 503), "the answer was 503", False),
        (Answer(b"", 204), None, False),
    ],
)
def test_an_answer_that_is_no_yes_is_trouble_and_a_redirect_is_not_followed(answer, what, lasting):
    with serve({"/abc": answer, "/elsewhere": Answer(b"OK")}) as server:
        trouble = ring(server.url("/abc"), Signal.SUCCESS, "done", WAY)
    assert (trouble and (trouble.what, trouble.lasting)) == (what and (what, lasting))
    assert [asked.path for asked in server.asked] == ["/abc"]


def says_nothing(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.recv(4096)


def drips(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 200 OK\r\n"[:1])
        time.sleep(0.02)


def speaks_another_language(connection: socket.socket) -> None:
    connection.sendall(b"220 relay.example ESMTP\r\n")


def hangs_up(connection: socket.socket) -> None:
    connection.recv(4096)


@pytest.mark.parametrize("talk", [says_nothing, drips, speaks_another_language, hangs_up])
def test_whatever_a_server_does_nobody_waits_longer_than_was_said(talk):
    with serve_raw(talk) as port:
        bell = Bell(f"http://127.0.0.1:{port}/{UUID}", WAY)
        began = time.monotonic()
        bell.ring(Signal.START)
        assert time.monotonic() - began < IN_TIME
        bell.ring(Signal.SUCCESS, "done")
        troubles = bell.troubles(0.3)
        assert time.monotonic() - began < IN_TIME
    assert troubles
    assert not any(UUID in trouble.what or str(port) in trouble.what for trouble in troubles)
    assert not any(trouble.lasting for trouble in troubles)


@pytest.mark.parametrize(
    "address, what",
    [
        ("http://127.0.0.1:PORT/abc", "Connection refused"),
        ("http://nobody.example/abc", "no names are looked up in tests"),
        ("https://127.0.0.1:PORT/abc", "Connection refused"),
        ("http://a..b/abc", ""),
    ],
)
def test_a_server_that_is_not_there_is_trouble_that_passes(address, what):
    trouble = ring(address.replace("PORT", str(free_port())), Signal.SUCCESS, "done", WAY)
    assert (what in trouble.what, trouble.lasting) == (True, False)


def test_pings_come_in_order_though_nobody_waits_for_the_first():
    answers = {"/abc/start": Answer(b"OK", delay=0.2), "/abc": Answer(b"OK")}
    with serve(answers) as server:
        bell = Bell(server.url("/abc"), WAY)
        bell.ring(Signal.START)
        bell.ring(Signal.SUCCESS, "done")
        assert bell.troubles(5) == ()
    start, success = server.asked
    assert (start.path, success.path) == ("/abc/start", "/abc")
    assert success.at - start.at >= 0.2  # when the first was answered


def test_it_goes_by_the_proxy_that_is_named_and_by_no_other(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setattr(
        urllib.request, "proxy_bypass", lambda host: False
    )  # what the environment says of this machine
    with serve({"/abc": Answer(b"OK"), "http://ping.example/abc": Answer(b"OK")}) as server:
        assert ring(server.url("/abc"), Signal.SUCCESS, "", WAY) is None
        way = Way(user_agent="Test/1.0", proxy=server.url("/").replace("//", "//bob:hunter2@"))
        assert ring("http://ping.example/abc", Signal.SUCCESS, "", way) is None
    direct, proxied = server.asked
    assert direct.path == "/abc"
    assert proxied.path == "http://ping.example/abc"
    assert "Basic Ym9iOmh1bnRlcjI=" in proxied.headers.values()
