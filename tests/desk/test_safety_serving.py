"""On which address the desk listens, what it takes there, and how it ends: real sockets."""

import os
import signal
import socket
import sys
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPException

import pytest
from desks import KEY
from served import ask, served

from monitor.cli import main
from monitor.desk import serving
from monitor.desk.application import application
from monitor.desk.safety.standing import AT_HOME, Standing
from monitor.desk.serving import LIMITS, address_of, bound
from monitor.errors import InputError

FORM = "application/x-www-form-urlencoded"


# ── where ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host, wanted",
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "::1"), ("127.0.0.9", "127.0.0.9")],
)
def test_it_listens_where_it_was_told_and_nowhere_else(host, wanted):
    with bound(host, 0) as opened:
        assert address_of(opened)[0] == wanted


@pytest.mark.parametrize(
    "host, port, said",
    [
        (
            "192.0.2.1",
            0,
            "192.0.2.1 is no address of this machine: leave --host away, or name one of its own.",
        ),
        ("nosuch.invalid", 0, "nosuch.invalid is no address of this machine"),
        ("999.1.1.1", 0, "999.1.1.1 is no address of this machine"),
        ("x" * 300, 0, "x"),
        ("a\x00b", 0, "a"),
        ("http://127.0.0.1", 0, "http://127.0.0.1 is no address"),
    ],
)
def test_a_host_that_is_not_of_this_machine(host, port, said):
    with pytest.raises(InputError) as refused:
        bound(host, port)
    assert str(refused.value).startswith(said) and "is no address of this machine" in str(refused.value)


def test_a_port_that_is_taken_or_not_for_this_user(monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"Port {port} of 127.0.0.1 is taken.*--port"):
            bound("127.0.0.1", port)
    monkeypatch.setattr(socket.socket, "bind", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(InputError, match="Port 80 is not for this user: name one above 1023 with --port."):
        bound("127.0.0.1", 80)


# ── what it takes ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def port(week):
    with served(application(week.open, KEY)) as taken:
        yield taken


def test_it_answers_on_ipv6_too(week):
    with served(application(week.open, KEY), "::1") as taken:
        assert ask(taken, "/", host="::1").status == 200
        assert ask(taken, "/", host="::1", Host="evil.example").status == 400


def test_it_says_no_name_and_no_version(port):
    answer = ask(port, "/")
    assert answer.status == 200 and not answer.headers.get("Server", "").startswith(("waitress", "Werkzeug"))
    assert "Via" not in answer.headers


@pytest.mark.parametrize(
    "path, named, wanted",
    [
        ("/" + "x" * 40_000, {}, 431),
        ("/?q=" + "x" * 40_000, {}, 431),
        ("/", {"X_Long": "x" * 40_000}, 431),
        ("/", {"Cookie": "a=" + "x" * 30_000}, 200),
        ("/nothing?" + "&".join(f"a{number}=1" for number in range(3_000)), {}, 404),
    ],
    ids=["path", "query", "header", "cookie", "many parameters"],
)  # fmt: skip
def test_a_head_that_is_too_large_is_refused(port, path, named, wanted):
    assert ask(port, path, **named).status == wanted


def test_a_body_that_is_too_large_is_refused_in_words(port):
    answer = ask(port, "/", "POST", b"x" * 5_000_000, Content_Type=FORM)
    assert answer.status == 413 and b"The form is too large" in answer.body


def test_a_body_of_which_nobody_knows_how_long_it_is(port):
    """In chunks, without an end; waitress stops reading."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
        line.sendall(head.encode())
        with pytest.raises(OSError):  # it hung up
            for _ in range(60):
                line.sendall(b"80000\r\n" + b"x" * 0x80000 + b"\r\n")
                time.sleep(0.005)
            line.sendall(b"0\r\n\r\n")
            answer = line.recv(1000)
            assert b"413" in answer.partition(b"\r\n")[0]
            raise ConnectionResetError


@pytest.mark.parametrize(
    "sent, wanted",
    [
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\nb: c\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.0\r\n\r\n", b"400"),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"404"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX_Remote_User: admin\r\n\r\n", b"200"),
    ],
)
def test_what_is_no_request_is_no_bug(port, sent, wanted, caplog):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        answer = line.recv(4096)
    assert answer.split(b" ", 2)[1] == wanted, answer
    assert b"Traceback" not in answer and "Traceback" not in caplog.text


def test_a_header_with_another_spelling_is_not_the_proxys(week):
    """`X_Remote_User` is the same to WSGI as `X-Remote-User`, which a proxy takes away."""
    stands = Standing(proxies=frozenset({"127.0.0.1"}), user_header="X-Remote-User")
    with served(application(week.open, KEY, stands)) as taken:
        assert ask(taken, "/", **{"X_Remote_User": "admin"}).status == 200  # `ask` writes it with hyphens
        with socket.create_connection(("127.0.0.1", taken), timeout=10) as line:
            line.sendall(
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX_Remote_User: admin\r\nConnection: close\r\n\r\n"
            )
            assert b" 403 " in line.recv(100)
            line.shutdown(socket.SHUT_WR)
        twice = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Remote-User: a\r\nX-Remote-User: b\r\nConnection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", taken), timeout=10) as line:
            line.sendall(twice)
            assert b" 403 " in line.recv(100)


def test_who_says_nothing_is_hung_up_on(week, monkeypatch):
    assert LIMITS["channel_timeout"] <= 60 and LIMITS["connection_limit"] >= 100
    monkeypatch.setitem(LIMITS, "channel_timeout", 0)
    monkeypatch.setitem(LIMITS, "cleanup_interval", 0)
    with (
        served(application(week.open, KEY)) as taken,
        socket.create_connection(("127.0.0.1", taken), 10) as line,
    ):
        line.sendall(b"GET / HT")
        with suppress(ConnectionResetError):
            assert line.recv(100) == b""


def test_twenty_readers_at_once_are_answered(port):
    got = []
    threads = [threading.Thread(target=lambda: got.append(ask(port, "/history").status)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [200] * 20


# ── how it ends ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sent, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.slow
def test_it_ends_though_requests_run(week, monkeypatch, capsys, sent, code):
    """Each request waits for what does not come; the desk is told to end, and does."""
    never, asked = threading.Event(), threading.Event()

    def stuck(_desk):
        asked.set()
        never.wait(30)
        return ()

    monkeypatch.setattr("monitor.app.desk.opened.OpenDesk.mistakes", stuck)
    monkeypatch.setattr("monitor.desk.serving.PARTING", 0.2)
    began, asking, kept = [], [], {}
    made = serving.server_of
    monkeypatch.setattr(serving, "server_of", lambda *given: kept.setdefault("server", made(*given)))

    def ready(lines):
        taken = int(lines[0].partition("127.0.0.1:")[2].partition("/")[0])

        def in_vain():
            with suppress(OSError, HTTPException):
                ask(taken, "/")

        def ask_and_stop():
            asking.append(threading.Thread(target=in_vain))
            asking[0].start()
            asked.wait(20)
            began.append(time.monotonic())
            os.kill(os.getpid(), sent)

        threading.Thread(target=ask_and_stop, daemon=True).start()

    monkeypatch.setattr(sys.modules["monitor.cli.desk"], "show_lines", ready)
    assert main(["--config", str(week.folder), "desk", "--port", "0"]) == code
    assert time.monotonic() - began[0] < 5
    never.set()
    asking[0].join()
    while kept["server"].task_dispatcher.threads:  # in a process of its own they would have ended with it
        time.sleep(0.01)
    serving.wasyncore.close_all(kept["server"]._map)
    err = capsys.readouterr().err
    assert "Traceback" not in err and err.endswith("run the command again to go on.\n")


@pytest.mark.slow
def test_the_command_says_where_it_is(week, monkeypatch, capsys):
    monkeypatch.setattr("monitor.desk.serving.wasyncore.loop", lambda **_: None)
    assert main(["--config", str(week.folder), "desk", "--port", "0"]) == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("The desk is at http://127.0.0.1:") and first.endswith("/ (Ctrl-C ends it).")
    assert others == [
        "No password is asked for: nobody but this machine reaches it.",
        "Its cookies are not Secure: they go by plain http, and on this machine only.",
    ]
    assert main(["--config", str(week.folder), "desk", "--host", "0.0.0.0", "--port", "0"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "it has no password: set one with" in err


def test_it_is_at_home_by_default():
    assert Standing() == AT_HOME
