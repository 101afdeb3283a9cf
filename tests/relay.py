"""A real mail relay on 127.0.0.1, whose habits are arguments: what it refuses, when it is slow, when it breaks off."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as POLICY

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Habits:
    """How the relay behaves; may be changed between two messages."""

    refuses: tuple[str, ...] = ()  # recipients
    not_now: tuple[str, ...] = ()  # recipients that it refuses for the moment
    takes: bool = True  # False: 554 to the message
    delay: float = 0.0  # seconds before it answers to the message
    waits_for: threading.Event | None = None  # before it answers to the message
    breaks_off: bool = False  # closes the connection instead of answering to the message
    keeps: bool = True  # False: what it broke off over is lost, too
    login: tuple[str, str] | None = None  # who must log in
    tls: ssl.SSLContext | None = None  # then STARTTLS is offered, and asked for


@dataclass
class Relay:
    port: int
    habits: Habits
    taken: list[tuple[str, tuple[str, ...], bytes]] = field(
        default_factory=list
    )  # sender, recipients, content
    heard: list[str] = field(default_factory=list)  # who logged in

    @property
    def messages(self):
        return [message_from_bytes(content, policy=POLICY) for _, _, content in self.taken]


@dataclass
class _Handler:
    """What aiosmtpd asks. It looks at each attribute of this at every connection, so the relay itself, whose messages
    would be parsed each time, is none of its business."""

    relay: Relay

    @property
    def habits(self) -> Habits:
        return self.relay.habits

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.habits.refuses:
            return "550 no such mailbox"
        if address in self.habits.not_now:
            return "451 4.2.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.habits.delay)
        while (waited := self.habits.waits_for) and not waited.is_set():
            await asyncio.sleep(0.01)
        if not self.habits.takes:
            return "554 looks like an advertisement"
        if self.habits.keeps:
            self.relay.taken.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        if self.habits.breaks_off:
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, credentials):
        given = (credentials.login.decode(), credentials.password.decode())
        self.relay.heard.append(given[0])
        return AuthResult(success=given == self.habits.login, handled=False)


@contextmanager
def serve_relay(**habits) -> Iterator[Relay]:
    relay = Relay(free_port(), Habits(**habits))
    handler = _Handler(relay)
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=relay.port,  # 0 would be refused: https://github.com/aio-libs/aiosmtpd/issues/276
        server_hostname="relay.example",  # else it looks up its own name
        tls_context=relay.habits.tls,
        require_starttls=relay.habits.tls is not None,
        authenticator=handler.authenticate,
        auth_required=relay.habits.login is not None,
    )
    controller.start()
    try:
        yield relay
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
