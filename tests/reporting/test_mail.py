"""Handing a message to a relay: what it comes to, whatever the relay does. The relays are real, on this machine."""

import logging
import socket
import ssl
import time

import pytest
import trustme
from loopback import serve_raw
from relay import free_port, serve_relay

from monitor.model import MessageState
from monitor.reporting.delivery.mail import Envelope, Login, Patience, put_into_folder, send
from monitor.settings import Relay

CONTENT = b"From: m@desk.example\r\nTo: o@desk.example\r\nSubject: Draft 3\r\n\r\nHello\r\n.\r\n..dots\r\n"
ENVELOPE = Envelope(sender="m@desk.example", recipients=("o@desk.example", "p@desk.example"))
QUICK = Patience(step=2, taking=2)
SECRET = "correct horse"


def handed(port, *, starttls=False, login=None, host="127.0.0.1", **named):
    relay = Relay(host=host, port=port, starttls=starttls)
    attempt = send(CONTENT, ENVELOPE, relay, login, patience=named.pop("patience", QUICK), **named)
    return attempt.state, attempt.detail.replace(f"{host}:{port}", "RELAY")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def bundle(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def server_tls(authority, name="127.0.0.1"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_message_arrives_as_it_was_composed():
    with serve_relay() as relay:
        assert handed(relay.port) == (MessageState.SENT, "to o@desk.example, p@desk.example")
    assert relay.taken == [(ENVELOPE.sender, ENVELOPE.recipients, CONTENT)]


@pytest.mark.parametrize(
    "habits, state, detail",
    [
        pytest.param(
            {"refuses": ("p@desk.example",)},
            MessageState.SENT,
            "to o@desk.example, but not to p@desk.example: “550 no such mailbox”",
            id="one recipient refused",
        ),
        pytest.param(
            {"not_now": ("p@desk.example",)},
            MessageState.SENT,
            "to o@desk.example, not yet to p@desk.example: “451 4.2.1 greylisted, try again later”",
            id="one recipient refused for the moment",
        ),
        pytest.param(
            {"refuses": ENVELOPE.recipients},
            MessageState.REFUSED,
            "RELAY says “550 no such mailbox” to o@desk.example; “550 no such mailbox” to p@desk.example",
            id="all refused",
        ),
        pytest.param(
            {"takes": False},
            MessageState.REFUSED,
            "RELAY says “554 looks like an advertisement”",
            id="the message refused",
        ),
        pytest.param(
            {"breaks_off": True},
            MessageState.UNSURE,
            "the connection was lost after the message was handed over, so somebody may have it",
            id="breaks off after the message",
        ),
        pytest.param(
            {"delay": 1.5},
            MessageState.UNSURE,
            "no answer in time after the message was handed over, so somebody may have it",
            id="slow to take the message",
        ),
        pytest.param(
            {"login": ("desk", SECRET)},
            MessageState.REFUSED,
            "RELAY says “530 5.7.0 Authentication required”",
            id="log-in wanted and none given",
        ),
    ],
)
def test_what_a_relay_says_is_known_afterwards(habits, state, detail):
    with serve_relay(**habits) as relay:
        assert handed(relay.port, patience=Patience(step=2, taking=0.3)) == (state, detail)


def silent(connection):
    connection.recv(1)


def hangs_up(connection):
    connection.close()


def busy(connection):
    connection.sendall(b"421 too many connections\r\n")


def babble(connection):
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def chatter(connection):
    connection.sendall(b"220 " + b"x" * 100_000 + b"\r\n")


@pytest.mark.parametrize(
    "talk, detail",
    [
        (silent, "RELAY: no answer in time"),
        (hangs_up, "RELAY: the connection was lost"),
        (busy, "RELAY: “421 too many connections”"),
        (babble, "RELAY: “…/1.1 400 Bad Request”, which no mail relay would"),
        (chatter, "RELAY: “500 Line too long.”"),
    ],
)
def test_a_relay_that_never_begins_leaves_the_message_where_it_was(talk, detail):
    with serve_raw(talk) as port:
        assert handed(port, patience=Patience(step=0.3)) == (MessageState.COMPOSED, detail)


def test_a_relay_that_is_down_or_unknown_leaves_the_message_where_it_was():
    assert handed(free_port()) == (MessageState.COMPOSED, "RELAY: Connection refused")
    state, detail = handed(25, host="relay.desk.example")
    assert (state, detail.partition(": ")[0]) == (MessageState.COMPOSED, "RELAY")


def rude_after_taking(connection):
    """Takes the message, and says no to the good-bye."""
    answers = {b"EHLO": b"250 hello", b"MAIL": b"250 OK", b"RCPT": b"250 OK", b"DATA": b"354 go on"}
    connection.sendall(b"220 hello\r\n")
    with connection.makefile("rb") as lines:
        for line in lines:
            if line == b".\r\n":
                connection.sendall(b"250 taken\r\n")
            elif line == b"quit\r\n":
                connection.sendall(b"550 no good-bye\r\n")
            elif answer := answers.get(line[:4].upper()):
                connection.sendall(answer + b"\r\n")


def test_what_is_said_at_the_good_bye_changes_nothing():
    with serve_raw(rude_after_taking) as port:
        state, _ = handed(port)
    assert state is MessageState.SENT


# ── protection and log-in ───────────────────────────────────────────────────────────────────────────────────────


def test_with_starttls_and_a_login_the_message_arrives(authority, bundle):
    with serve_relay(tls=server_tls(authority), login=("desk", SECRET)) as relay:
        state, _ = handed(relay.port, starttls=True, login=Login("desk", SECRET), ca_bundle=bundle)
    assert (state, relay.heard, len(relay.taken)) == (MessageState.SENT, ["desk"], 1)


def test_a_wrong_password_is_said_and_not_shown(authority, bundle, caplog):
    caplog.set_level(logging.DEBUG)
    with serve_relay(tls=server_tls(authority), login=("desk", SECRET)) as relay:
        state, detail = handed(relay.port, starttls=True, login=Login("desk", "wrong one"), ca_bundle=bundle)
    assert state is MessageState.REFUSED
    assert detail == "RELAY says no to MONITOR_SMTP_USER and its password (535)"
    assert "wrong one" not in caplog.text + repr(Login("desk", "wrong one"))


def test_a_password_that_cannot_be_sent_is_not_shown_either(authority, bundle):
    with serve_relay(tls=server_tls(authority), login=("desk", SECRET)) as relay:
        state, detail = handed(relay.port, starttls=True, login=Login("desk", "Käse"), ca_bundle=bundle)
    assert state is MessageState.REFUSED
    assert "has a letter that log-in cannot carry" in detail and "Käse" not in detail


def test_a_password_never_goes_over_an_open_line():
    with serve_relay(login=("desk", SECRET)) as relay:
        state, detail = handed(relay.port, login=Login("desk", SECRET))
    assert (state, relay.heard) == (MessageState.REFUSED, [])
    assert detail.startswith("a password is never sent without STARTTLS")


@pytest.mark.parametrize(
    "name, trusted, said",
    [
        ("127.0.0.1", False, "its certificate is not to be trusted (unable to get local issuer certificate)"),
        ("other.example", True, "its certificate is not to be trusted (IP address mismatch"),
    ],
)
def test_a_certificate_that_is_not_the_relays_ends_it(authority, bundle, name, trusted, said):
    with serve_relay(tls=server_tls(authority, name)) as relay:
        state, detail = handed(relay.port, starttls=True, ca_bundle=bundle if trusted else None)
    assert (state, relay.taken) == (MessageState.COMPOSED, [])
    assert said in detail


def test_a_relay_without_starttls_gets_nothing_where_it_is_asked_for():
    with serve_relay() as relay:
        state, detail = handed(relay.port, starttls=True)
    assert (state, relay.taken) == (MessageState.REFUSED, [])
    assert detail.startswith("RELAY says nothing of STARTTLS")


def test_a_relay_without_login_is_said(authority, bundle):
    with serve_relay(tls=server_tls(authority)) as relay:
        relay.habits.login = None
        state, _ = handed(relay.port, starttls=True, login=Login("desk", SECRET), ca_bundle=bundle)
    assert state is MessageState.REFUSED


def test_no_connection_is_left_open_and_time_is_bounded():
    began = time.monotonic()
    with serve_raw(silent) as port:
        handed(port, patience=Patience(step=0.2))
    assert time.monotonic() - began < 5
    with socket.create_server(("127.0.0.1", port), reuse_port=False):
        pass


# ── a folder instead of a relay ─────────────────────────────────────────────────────────────────────────────────


def test_a_message_can_be_put_into_a_folder(tmp_path):
    attempt = put_into_folder(CONTENT, tmp_path / "out" / "box", "draft-3.eml")
    assert (attempt.state, attempt.detail) == (MessageState.SENT, f"put into {tmp_path}/out/box/draft-3.eml")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out" / "box").iterdir()} == {
        "draft-3.eml": CONTENT
    }


def test_a_folder_that_cannot_be_written_leaves_the_message_where_it_was(tmp_path):
    (tmp_path / "out").write_text("a file")
    attempt = put_into_folder(CONTENT, tmp_path / "out", "draft-3.eml")
    assert (attempt.state, attempt.detail) == (MessageState.COMPOSED, f"{tmp_path}/out: File exists")
