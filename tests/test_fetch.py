"""Fetching, against real sockets on this machine: what is asked, what each answer means, and what is survived."""

import _socket
import gzip
import socket
import ssl
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Answer, serve, serve_raw

from monitor.errors import MonitorError
from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, NotModified, Wanted
from monitor.reading.fetch import Fetcher, guard
from monitor.reading.fetch.answers import wait_asked_for
from monitor.reading.fetch.fetcher import refuse_replaced_urllib3
from monitor.reading.fetch.guard import is_public
from monitor.settings import Network

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
AGENT = "TopicalIssuesMonitor/1.0 (+mailto:someone@example.org)"
OPEN = Network(user_agent=AGENT, allow_private_addresses=True)
GUARDED = Network(user_agent=AGENT)
TLS = Path(__file__).parent / "data" / "tls"
HARD, SOFT, TEMPORARY = FailureKind.HARD, FailureKind.SOFT, FailureKind.TEMPORARY


def feed(url: str, **named) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.FEED, **named)


def page(url: str) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.PAGE)


def redirect(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


@pytest.fixture
def fetch():
    with Fetcher(OPEN, seconds=5, clock=lambda: NOW) as fetcher:
        yield fetcher


def outcome(result) -> tuple[FailureKind, str]:
    assert isinstance(result, FetchFailed), result
    return result.kind, result.reason


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────


def test_who_we_are_and_what_we_have_is_said(fetch):
    with serve({"/rss": Answer(b"<rss/>")}) as server:
        fetch(feed(server.url("/rss"), etag='"1"', last_modified="Mon, 16 Nov 2026 06:00:00 GMT"))
    (asked,) = server.asked
    assert dict(asked.headers) == {
        "Host": f"127.0.0.1:{server.port}",
        "User-Agent": AGENT,
        "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
        "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en-GB, en;q=0.8",
        "If-None-Match": '"1"',
        "If-Modified-Since": "Mon, 16 Nov 2026 06:00:00 GMT",
    }


def test_a_page_is_asked_for_as_html(fetch):
    with serve({"/a": Answer(b"<html>")}) as server:
        fetch(page(server.url("/a")))
    assert server.asked[-1].headers["Accept"] == "text/html, application/xhtml+xml, */*;q=0.5"


def test_nothing_is_taken_from_the_environment_and_no_cookie_is_kept(fetch, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login reader password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serve({"/rss": Answer(b"<rss/>", headers={"Set-Cookie": "reader=1"})}) as server:
        results = [fetch(feed(server.url("/rss"))) for _ in range(2)]
    assert all(isinstance(result, Fetched) for result in results)
    assert all(not {"Authorization", "Cookie"} & set(asked.headers) for asked in server.asked)


def test_a_connection_is_kept(fetch):
    with serve({"/rss": Answer(b"<rss/>")}) as server:
        for _ in range(3):
            fetch(feed(server.url("/rss")))
    assert len({asked.by for asked in server.asked}) == 1


def test_a_kept_connection_that_was_closed_meanwhile_is_no_failure(fetch):
    """The server answers one request a connection, but promises more."""
    connections = []

    def talk(connection: socket.socket) -> None:
        connections.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")
        if len(connections) == 1:
            connection.recv(65536)  # the second request: read, and not answered

    with serve_raw(talk) as port:
        first, second = (fetch(feed(f"http://127.0.0.1:{port}/")) for _ in range(2))
    assert (first.body, second.body, len(connections)) == (b"<rss/>", b"<rss/>", 2)


# ── what each answer means ──────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_answer(fetch):
    headers = {
        "Content-Type": "application/rss+xml",
        "ETag": 'W/"7"',
        "Last-Modified": "Mon, 16 Nov 2026 06:00:00 GMT",
    }
    with serve({"/rss": Answer(b"<rss/>", headers=headers)}) as server:
        url = server.url("/rss")
        assert fetch(feed(url)) == Fetched(
            url=url,
            final_url=url,
            body=b"<rss/>",
            content_type="application/rss+xml",
            etag='W/"7"',
            last_modified="Mon, 16 Nov 2026 06:00:00 GMT",
        )


def test_not_modified(fetch):
    with serve({"/rss": Answer(status=304)}) as server:
        assert fetch(feed(server.url("/rss"), etag='"1"')) == NotModified(url=server.url("/rss"))
        assert outcome(fetch(feed(server.url("/rss")))) == (SOFT, "304 Not Modified"), (
            "to one who has nothing"
        )


@pytest.mark.parametrize(
    "status, kind, reason",
    [
        (204, SOFT, "204 No Content"),
        (300, SOFT, "300 Multiple Choices"),
        (400, HARD, "400 Bad Request"),
        (401, HARD, "401 Unauthorized: the site wants a password"),
        (403, HARD, "403 Forbidden: the site refuses us"),
        (404, SOFT, "404 Not Found"),
        (410, HARD, "410 Gone: the site says it is gone for good"),
        (429, SOFT, "429 Too Many Requests: the site asks us to wait"),
        (451, HARD, "451 Unavailable For Legal Reasons"),
        (500, SOFT, "500 Internal Server Error"),
        (503, SOFT, "503 Service Unavailable"),
        (599, SOFT, "status 599"),
    ],
)
def test_a_refusal(fetch, status, kind, reason):
    with serve({"/rss": Answer(status=status)}) as server:
        url = server.url("/rss")
        assert fetch(feed(url)) == FetchFailed(url=url, kind=kind, reason=reason, status=status)


@pytest.mark.parametrize(
    "value, wait",
    [
        ("120", timedelta(minutes=2)),
        (" 5 ", timedelta(seconds=5)),
        ("Mon, 16 Nov 2026 08:00:00 GMT", timedelta(hours=1)),
        ("Mon, 16 Nov 2026 08:00:00 -0000", timedelta(hours=1)),
        ("Mon, 16 Nov 2026 06:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
        ("\u0665", timedelta(seconds=5)),
        (None, None),
    ],
)
def test_the_wait_asked_for(value, wait):
    assert wait_asked_for(value, NOW) == wait


def test_the_wait_comes_with_the_refusal(fetch):
    with serve(
        {"/rss": Answer(status=503, headers={"Retry-After": "Mon, 16 Nov 2026 09:00:00 GMT"})}
    ) as server:
        assert fetch(feed(server.url("/rss"))).retry_after == timedelta(hours=2)


# ── redirects ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "statuses, moved",
    [
        pytest.param([301], True, id="for good"),
        pytest.param([308, 301], True, id="for good, twice"),
        pytest.param([302], False, id="for now"),
        pytest.param([301, 302], False, id="for good, then for now"),
        pytest.param([303, 307, 301, 301, 301], False, id="five"),
    ],
)
def test_redirects_are_followed(fetch, statuses, moved):
    hops = {f"/{number}": redirect(f"/{number + 1}", status) for number, status in enumerate(statuses)}
    with serve({**hops, f"/{len(statuses)}": Answer(b"<rss/>")}) as server:
        result = fetch(feed(server.url("/0")))
        end = server.url(f"/{len(statuses)}")
        assert (result.url, result.final_url, result.moved_to) == (
            server.url("/0"),
            end,
            end if moved else None,
        )


@pytest.mark.parametrize(
    "location, kind, reason",
    [
        pytest.param("/0", HARD, "more than 5 redirects", id="to itself"),
        pytest.param("ftp://example.org/rss", HARD, "not an http or https address", id="to another scheme"),
        pytest.param("file:///etc/passwd", HARD, "not an http or https address", id="to a file"),
        pytest.param(
            "http://me:secret@127.0.0.1/",
            HARD,
            "the address carries a user name or password",
            id="to a login",
        ),
        pytest.param(
            "http://[::1", SOFT, "the site redirects to something that is no address", id="to nonsense"
        ),
        pytest.param("http://nowhere.invalid/", TEMPORARY, "the name does not resolve", id="to no host"),
    ],
)
def test_redirects_that_lead_nowhere(fetch, location, kind, reason):
    with serve({"/0": redirect(location)}) as server:
        assert outcome(fetch(feed(server.url("/0")))) == (kind, reason)
        assert server.counts["/0"] <= 6


def test_a_redirects_own_body_is_not_read(fetch):
    bomb = gzip.compress(bytes(50_000_000))
    answers = {
        "/0": Answer(bomb, 301, {"Location": "/1", "Content-Encoding": "gzip"}),
        "/1": Answer(b"<rss/>"),
    }
    with serve(answers) as server:
        assert fetch(feed(server.url("/0"))).body == b"<rss/>"


def test_a_redirect_in_utf8(fetch):
    with serve(
        {"/0": redirect("/caf\u00e9".encode().decode("latin-1")), "/caf%C3%A9": Answer(b"<rss/>")}
    ) as server:
        assert fetch(feed(server.url("/0"))).body == b"<rss/>"


# ── where sockets may go ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address, public",
    [
        ("8.8.8.8", True),
        ("151.101.0.81", True),
        ("2a04:4e42::81", True),
        ("127.0.0.1", False),
        ("127.255.0.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("203.0.113.7", False),
        ("224.0.0.251", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


@pytest.fixture
def numbers_are_names(monkeypatch):
    """The system's reading of numbers as addresses, which asks nobody; else tests look up no names."""

    def look_up(host, port, type=0):
        if host == "localhost":
            host = "127.0.0.1"
        return _socket.getaddrinfo(host, port, type=type, flags=socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


THIS_MACHINE = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1", "0"]


@pytest.mark.parametrize("name", THIS_MACHINE)
def test_this_machine_is_not_asked_under_any_name(numbers_are_names, name):
    with serve({"/rss": Answer(b"<rss/>")}) as server, Fetcher(GUARDED, seconds=5) as fetch:
        result = fetch(feed(f"http://{name}:{server.port}/rss"))
        assert outcome(result) == (HARD, "the address is not on the public internet")
    assert server.asked == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_unless_it_is_allowed(numbers_are_names, fetch, name):
    with serve({"/rss": Answer(b"<rss/>")}) as server:
        assert fetch(feed(f"http://{name}:{server.port}/rss")).body == b"<rss/>"


def test_a_name_with_one_public_address_is_asked_there_only(monkeypatch):
    """What a name leads to is judged address by address; 192.0.2.1 stands for a neighbour here."""
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    with serve({"/rss": Answer(b"<rss/>")}) as server, Fetcher(GUARDED, seconds=5) as fetch:
        places = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, server.port))
            for ip in ("192.0.2.1", "127.0.0.1")
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
        assert fetch(feed(f"http://news.invalid:{server.port}/rss")).body == b"<rss/>"


def test_a_redirect_to_a_neighbour_is_not_followed(monkeypatch):
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    with Fetcher(GUARDED, seconds=5) as fetch, serve({"/rss": redirect("http://127.0.0.2/")}) as server:
        result = fetch(feed(server.url("/rss")))
    assert outcome(result) == (HARD, "the address is not on the public internet")


@pytest.mark.parametrize(
    "url, kind, reason",
    [
        ("", HARD, "not an http or https address"),
        ("example.org/rss", HARD, "not an http or https address"),
        ("ftp://example.org/", HARD, "not an http or https address"),
        ("http://", HARD, "not an http or https address"),
        ("http://[::1", HARD, "not an http or https address"),
        ("http://exa mple.org/", HARD, "not an http or https address"),
        ("http://example.org:99999/", HARD, "not an http or https address"),
        ("http://.example.org/", HARD, "not an http or https address"),
        ("http://reader:secret@127.0.0.1/", HARD, "the address carries a user name or password"),
        ("http://nowhere.invalid/rss", TEMPORARY, "the name does not resolve"),
        (f"http://{'a' * 64}.invalid/rss", TEMPORARY, "the name does not resolve"),
    ],
)
def test_addresses_that_cannot_be_fetched(fetch, url, kind, reason):
    assert outcome(fetch(feed(url))) == (kind, reason)


def test_a_port_where_nobody_listens(fetch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert outcome(fetch(feed(f"http://127.0.0.1:{port}/"))) == (TEMPORARY, "the connection was refused")


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


def say(answer: bytes):
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

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
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("talk", [stall, drip(b"\x16\x03\x03\x40\x00", b"\0")], ids=["stalls", "drips"])
def test_the_total_time_cuts_a_handshake_that(talk):
    with serve_raw(talk) as port, Fetcher(OPEN, seconds=0.4) as fetch:
        began = time.monotonic()
        result = fetch(feed(f"https://127.0.0.1:{port}/"))
        assert outcome(result) == (TEMPORARY, "no answer within 0.4 s")
        assert time.monotonic() - began < 1.5


def test_the_total_time_holds_for_all_redirects_together():
    slow = Answer(status=302, headers={"Location": "/0"}, delay=0.2)
    with serve({"/0": slow}) as server, Fetcher(OPEN, seconds=0.5) as fetch:
        assert outcome(fetch(feed(server.url("/0")))) == (TEMPORARY, "no answer within 0.5 s")


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
            OK + b"Content-Encoding: gzip\r\n\r\nnot gzip",
            SOFT,
            "the answer is compressed in a way that cannot be read",
            id="gzip that is none",
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
        assert outcome(results[0]) == (TEMPORARY, "stopped before it was done")
        assert outcome(fetch(feed(f"http://127.0.0.1:{port}/"))) == (TEMPORARY, "stopped before it was done")


def test_many_fetches_leave_no_file_open():
    with serve({"/rss": Answer(b"<rss/>")}) as server, Fetcher(OPEN, seconds=5) as fetch:
        fetch(feed(server.url("/rss")))
        before = len(list(Path("/proc/self/fd").iterdir()))
        for path in ("/rss", "/none") * 20:
            fetch(feed(server.url(path)))
        assert len(list(Path("/proc/self/fd").iterdir())) <= before + 2


# ── TLS and proxies ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def secure_server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    with serve({"/rss": Answer(b"<rss/>")}, tls=context) as server:
        yield server


def test_a_certificate_that_nobody_vouches_for(fetch, secure_server):
    kind, reason = outcome(fetch(feed(secure_server.url("/rss"))))
    assert (kind, reason) == (SOFT, "the site's certificate is not accepted: self-signed certificate")


def test_the_configured_bundle_vouches(secure_server):
    with Fetcher(
        Network(user_agent=AGENT, allow_private_addresses=True, ca_bundle=str(TLS / "certificate.pem"))
    ) as fetch:
        assert fetch(feed(secure_server.url("/rss"))).body == b"<rss/>"


def test_a_site_that_does_not_speak_tls(fetch):
    with serve_raw(say(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        assert outcome(fetch(feed(f"https://127.0.0.1:{port}/"))) == (
            SOFT,
            "no secure connection could be agreed with the site",
        )


def proxied(server_url: str, **named) -> Network:
    return Network(user_agent=AGENT, proxy=server_url, **named)


def test_through_the_proxy():
    """The proxy may be a neighbour; what lies behind it is named to it, and it resolves."""
    with serve({"http://news.invalid/rss": Answer(b"<rss/>")}) as proxy:
        fetch = Fetcher(proxied(proxy.url().replace("//", "//reader:secret@")))
        assert fetch(feed("http://news.invalid/rss")).body == b"<rss/>"
        fetch.close()
    assert proxy.asked[0].headers["Proxy-Authorization"] == "Basic cmVhZGVyOnNlY3JldA=="


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://localhost/", "http://127.0.0.1/", "https://[::1]/"]
)
def test_the_proxy_is_not_asked_for_neighbours(url):
    with serve({"http://news.invalid/rss": redirect(url)}) as proxy, Fetcher(proxied(proxy.url())) as fetch:
        refused = (HARD, "the address is not on the public internet")
        assert outcome(fetch(feed(url))) == refused
        assert outcome(fetch(feed("http://news.invalid/rss"))) == refused
    assert len(proxy.asked) == 1


@pytest.mark.parametrize("url", ["http://news.invalid/rss", "https://news.invalid/rss"])
def test_a_proxy_that_is_down_keeps_its_password(url):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Fetcher(proxied(f"http://reader:secret@127.0.0.1:{port}")) as fetch:
        assert outcome(fetch(feed(url))) == (TEMPORARY, "the proxy: the connection was refused")


def test_a_proxy_that_refuses():
    talk = say(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    with serve_raw(talk) as port, Fetcher(proxied(f"http://127.0.0.1:{port}")) as fetch:
        result = fetch(feed("https://news.invalid/rss"))
    assert outcome(result) == (TEMPORARY, "the proxy does not let us through")


def test_no_secret_is_logged(fetch, caplog):
    caplog.set_level("DEBUG", logger="monitor")
    fetch(feed("http://reader:secret@127.0.0.1/rss?token=secret"))
    assert "127.0.0.1/rss" in caplog.text and "secret" not in caplog.text


@pytest.mark.parametrize(
    "version, real", [("2.8.0", True), ("2.10.12", True), ("3.0", True), ("2.25.904", False)]
)
def test_another_package_in_urllib3s_place_is_refused(version, real):
    if real:
        refuse_replaced_urllib3(version)
    else:
        with pytest.raises(MonitorError, match="pip uninstall"):
            refuse_replaced_urllib3(version)
