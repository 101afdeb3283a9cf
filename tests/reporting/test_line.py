"""A talk with a relay comes to its end in time, whatever the relay, the resolver or TLS does. The relays are real,
on this machine, and drip."""

import socket
import ssl
import threading
import time

import pytest
import trustme
from loopback import serve_raw

from monitor.model import MessageState
from monitor.reporting.delivery.line import Line
from monitor.reporting.delivery.mail import Envelope, Patience, send
from monitor.settings import Relay

CONTENT = b"From: m@desk.example\r\nTo: o@desk.example\r\nSubject: Draft 3\r\n\r\n" + b"Hello\r\n" * 100
ENVELOPE = Envelope(sender="m@desk.example", recipients=("o@desk.example",))
PATIENT = Patience(step=20, talk=0.4, taking=0.4)  # each answer may take long, all of them together may not
IN_TIME = 5.0  # seconds, on a busy machine
STOP = threading.Event()


def drip(connection, piece, seconds=15.0):
    """Says the same again and again, always in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.sendall(piece)
        time.sleep(0.02)


def greets_for_ever(connection):
    drip(connection, b"220-welcome\r\n")


def a_letter_at_a_time(connection):
    connection.sendall(b"220 ")
    drip(connection, b"x")


def answering(connection, until):
    """Talks like a relay up to a command; what comes after it is left to the caller."""
    connection.sendall(b"220 hello\r\n")
    with connection.makefile("rb") as lines:
        for line in lines:
            if line[:4].upper() == until:
                return
            if line[:4].upper() == b"DATA":
                connection.sendall(b"354 go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
                if until == b".":
                    return
            connection.sendall(b"250-hello\r\n250 STARTTLS\r\n" if line[:4] == b"ehlo" else b"250 OK\r\n")


def offers_for_ever(connection):
    answering(connection, b"EHLO")
    drip(connection, b"250-SIZE\r\n")


def doubts_the_recipient_for_ever(connection):
    answering(connection, b"RCPT")
    drip(connection, b"250-wait\r\n")


def takes_it_for_ever(connection):
    answering(connection, b".")
    drip(connection, b"250-wait\r\n")


def shakes_hands_for_ever(connection):
    answering(connection, b"STAR")
    connection.sendall(b"220 go on\r\n")
    connection.recv(1 << 16)  # its greeting: who reads lines would take what follows at once for more of them
    drip(connection, b"\x16\x03\x03\x3f\xff" + b"\x02", seconds=0.02)
    drip(connection, b"\x00")


def sent(port, *, starttls=False, host="127.0.0.1", **named):
    began = time.monotonic()
    attempt = send(CONTENT, ENVELOPE, Relay(host=host, port=port, starttls=starttls), None, **named)
    assert time.monotonic() - began < IN_TIME
    return attempt.state, attempt.detail.replace(f"{host}:{port}", "RELAY")


NOBODY = (MessageState.COMPOSED, "RELAY: no answer in time")
SOMEBODY = (
    MessageState.UNSURE,
    "no answer in time after the message was handed over, so somebody may have it",
)


@pytest.mark.parametrize(
    "talk, starttls, comes_to",
    [
        (greets_for_ever, False, NOBODY),
        (a_letter_at_a_time, False, NOBODY),
        (offers_for_ever, False, NOBODY),
        (shakes_hands_for_ever, True, NOBODY),
        (doubts_the_recipient_for_ever, False, NOBODY),
        (takes_it_for_ever, False, SOMEBODY),
    ],
)
def test_a_relay_that_drips_is_listened_to_for_so_long_and_no_longer(talk, starttls, comes_to):
    with serve_raw(talk) as port:
        assert sent(port, starttls=starttls, patience=PATIENT) == comes_to


@pytest.mark.slow
def test_what_is_said_under_tls_ends_in_time_too():
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def drips_under_tls(connection):
        answering(connection, b"STAR")
        connection.sendall(b"220 go on\r\n")
        with context.wrap_socket(connection, server_side=True) as covered:
            covered.recv(100)
            drip(covered, b"250-SIZE\r\n")

    with authority.cert_pem.tempfile() as bundle, serve_raw(drips_under_tls) as port:
        assert sent(port, starttls=True, ca_bundle=bundle, patience=Patience(step=20, talk=1.0)) == NOBODY


def test_a_relay_that_reads_nothing_is_not_written_to_for_ever():
    def reads_nothing(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.sendall(b"220 hello\r\n250 OK\r\n250 OK\r\n250 OK\r\n354 go on\r\n")
        STOP.wait(15)

    began = time.monotonic()
    with serve_raw(reads_nothing) as port:
        relay = Relay(host="127.0.0.1", port=port, starttls=False)
        attempt = send(CONTENT * 20_000, ENVELOPE, relay, None, patience=PATIENT)
        STOP.set()
    assert (attempt.state, attempt.detail) == SOMEBODY
    assert time.monotonic() - began < IN_TIME


@pytest.mark.parametrize("asked, comes_to", [("getaddrinfo", NOBODY), ("getfqdn", SOMEBODY)])
def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch, asked, comes_to):
    """Half a minute is what the system's own may take. Without a name of our own a relay is still asked."""
    answered = threading.Event()
    monkeypatch.setattr("monitor.reporting.delivery.line.NAMING", 0.1)
    monkeypatch.setattr(socket, asked, lambda *_, **__: answered.wait(30))
    try:
        with serve_raw(takes_it_for_ever) as port:
            assert sent(port, patience=PATIENT) == comes_to
    finally:
        answered.set()


def test_who_is_in_no_hurry_is_told_to_hurry_and_what_comes_still_counts():
    def takes_its_time(connection):
        answering(connection, b".")
        time.sleep(0.3)
        connection.sendall(b"250 OK\r\n")

    with serve_raw(takes_its_time) as port:
        state, _ = sent(port, patience=Patience(), handing_over=Line.hurry)
    assert state is MessageState.SENT


def test_a_line_is_connected_to_the_first_address_that_answers(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as closed:
        port, shut = server.getsockname()[1], closed.getsockname()[1]
        closed.close()
        addresses = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", one)) for one in (shut, port)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
        with Line(5) as line, line.connected("relay.example", 25, 1) as connection:
            assert connection.getpeername()[1] == port
    assert not [thread for thread in threading.enumerate() if thread.name == "line"]
