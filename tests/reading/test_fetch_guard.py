"""Where sockets may go: public addresses, trusted certificates, through the proxy; and no secret goes astray."""

import _socket
import socket
import ssl

import pytest
from fetching import AGENT, GUARDED, HARD, OPEN, SOFT, TEMPORARY, feed, outcome, redirect, say
from loopback import Answer, serve, serve_raw
from where import DATA

from monitor.errors import MonitorError
from monitor.reading.fetch import guard
from monitor.reading.fetch.fetcher import Fetcher, refuse_replaced_urllib3
from monitor.reading.fetch.guard import is_public
from monitor.settings import Network

TLS = DATA / "tls"


@pytest.fixture
def fetch():
    with Fetcher(OPEN, seconds=5) as fetcher:
        yield fetcher


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


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("http://127.0.0.2/", id="IPv4"),
        pytest.param("http://10.0.0.1/", id="a neighbour"),
        pytest.param("http://169.254.169.254/latest/", id="link-local"),
        pytest.param("http://2130706434/", id="decimal"),
        pytest.param("http://[::1]/", id="IPv6"),
        pytest.param("http://[fd00::1]/", id="IPv6 neighbour"),
        pytest.param("http://[::ffff:127.0.0.2]/", id="mapped"),
        pytest.param("http://[64:ff9b::7f00:2]/", id="NAT64"),
    ],
)
def test_a_redirect_to_a_neighbour_is_not_followed(monkeypatch, numbers_are_names, target):
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    refreshed = Answer(b"<rss/>", headers={"Refresh": f"0;url={target}"})
    with Fetcher(GUARDED, seconds=5) as fetch, serve({"/1": redirect(target), "/2": refreshed}) as server:
        for path in ("/1", "/2"):
            result = fetch(feed(server.url(path)))
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
