"""Fetching, against a real server on this machine: what is asked, and what each answer means."""

import gzip
import socket
from datetime import UTC, datetime, timedelta

import pytest
from fetching import AGENT, HARD, OPEN, SOFT, TEMPORARY, feed, outcome, page, redirect
from loopback import Answer, serve, serve_raw

from monitor.model import Fetched, FetchFailed, NotModified
from monitor.reading.fetch.answers import wait_asked_for
from monitor.reading.fetch.fetcher import Fetcher

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)


@pytest.fixture
def fetch():
    with Fetcher(OPEN, seconds=5, clock=lambda: NOW) as fetcher:
        yield fetcher


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


@pytest.mark.parametrize("answer", [Answer(b"<rss/>"), Answer(status=304)], ids=["a body", "not modified"])
def test_a_connection_is_kept(fetch, answer):
    with serve({"/rss": answer}) as server:
        for _ in range(3):
            fetch(feed(server.url("/rss"), etag='"1"'))
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
