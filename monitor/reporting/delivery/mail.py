"""Hands a message to the mail relay, or puts it into a folder. Only this file knows smtplib.

The conversation is held step by step, because what a failure means depends on where it happens: before the message
was handed over nobody has it; after that, and until the relay answers, nobody can say; after the answer it is known.

Nothing that a relay or a network does raises, and nothing that it does takes longer than we wait (`line.py`). What a
relay says is shown, on one line and cut short, but never what it says to a log-in: some repeat the name. A password
is sent over a protected connection only.
"""

import os
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.model import Answer, MessageState, Receipt
from monitor.reporting.delivery.line import Line
from monitor.reporting.delivery.state import Attempt, say_receipts
from monitor.reporting.documents.folder import lasting, write_aside
from monitor.reporting.wording import one_line
from monitor.settings import Relay

# RFC 5321, 4.5.3.2, would give minutes to each step; a relay of one's own answers in seconds, but may look through
# attachments before it takes a message.
STEP, TALK, TAKING, WHOLE = 30.0, 60.0, 300.0, 600.0


@dataclass(frozen=True, slots=True)
class Login:
    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a relay is waited for, in seconds."""

    step: float = STEP  # for each answer
    talk: float = TALK  # from looking its name up until it says that the message may come
    taking: float = TAKING  # for the message to go over, and for the answer to the whole of it
    whole: float = WHOLE  # for all that waits to be delivered in one run

    @property
    def last_begin(self) -> float:
        """Until when in a run a message may be begun, so that the run ends in time."""
        return max(self.whole - self.talk - self.taking, 0.0)


class _Smtp(smtplib.SMTP):
    """As the library's, over a line that ends in time."""

    def __init__(self, relay: Relay, line: Line, step: float) -> None:
        self._line = line
        super().__init__(relay.host, relay.port, local_hostname=line.own_name(), timeout=step)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._line.connected(host, port, timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    sender: str  # bare addresses
    recipients: tuple[str, ...]


class _Said(Exception):
    """The relay said no; the message is for a person."""


class _NobodyTaken(_Said):
    """The relay refused every recipient."""

    def __init__(self, receipts: tuple[Receipt, ...]) -> None:
        super().__init__("; ".join(f"{one.said} to {one.address}" for one in receipts))
        self.receipts = receipts


def send(
    content: bytes,
    envelope: Envelope,
    relay: Relay,
    login: Login | None,
    *,
    ca_bundle: str | None = None,
    patience: Patience = Patience(),
    handing_over: Callable[[Line], None] = lambda _line: None,
) -> Attempt:
    """Hands the message over. `ca_bundle` names certificates to trust beside the system's. `handing_over` is called
    when the relay has said that the message may come, before the first byte of it goes: from then on somebody may
    have it."""
    if login and not relay.starttls:
        return _refused(
            "a password is never sent without STARTTLS: set `starttls: true`, or take the log-in away"
        )
    where, smtp = f"{relay.host}:{relay.port}", None
    with Line(patience.talk) as line:
        try:
            smtp = _Smtp(relay, line, patience.step)
            _introduce(smtp, relay, login, ca_bundle)
            receipts = _name_addresses(smtp, envelope)
            _expect(smtp.docmd("DATA"), 354)
            line.give(patience.taking)
            handing_over(line)
            return _hand_over(smtp, content, receipts, patience, line)
        except _NobodyTaken as no:
            return replace(_refused(f"{where} says {no}"), receipts=no.receipts)
        except _Said as no:
            return _refused(f"{where} says {no}")
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(state=MessageState.COMPOSED, detail=f"{where}: {_reason(error, line)}")
        finally:
            if smtp:
                _take_leave(smtp)


def _take_leave(smtp: smtplib.SMTP) -> None:
    """Whatever is said to this, the outcome stands. (As a context manager, smtplib raises for a strange good-bye.)"""
    with suppress(OSError, smtplib.SMTPException):
        smtp.putcmd("quit")
    smtp.close()


def _introduce(smtp: smtplib.SMTP, relay: Relay, login: Login | None, ca_bundle: str | None) -> None:
    smtp.ehlo_or_helo_if_needed()
    if relay.starttls:
        if not smtp.has_extn("starttls"):
            raise _Said("nothing of STARTTLS: `starttls: false` is for a server inside your own network only")
        context = ssl.create_default_context()
        if ca_bundle:
            context.load_verify_locations(ca_bundle)
        smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
    if login:
        _log_in(smtp, login)


def _log_in(smtp: smtplib.SMTP, login: Login) -> None:
    try:
        smtp.login(login.user, login.password)
    except smtplib.SMTPAuthenticationError as error:
        raise _Said(f"no to MONITOR_SMTP_USER and its password ({error.smtp_code})") from None
    except smtplib.SMTPNotSupportedError:
        raise _Said("nothing of log-in: take MONITOR_SMTP_USER away") from None
    except UnicodeEncodeError:  # its message would show the password
        raise _Said("nothing yet: the user name or password has a letter that log-in cannot carry") from None


def _name_addresses(smtp: smtplib.SMTP, envelope: Envelope) -> tuple[Receipt, ...]:
    """What the relay says of each recipient. Raises _NobodyTaken where it refuses all."""
    _expect(smtp.mail(envelope.sender), 250)
    receipts = tuple(_receipt(recipient, *smtp.rcpt(recipient)) for recipient in envelope.recipients)
    if all(one.answer is not Answer.TAKEN for one in receipts):
        raise _NobodyTaken(receipts)
    return receipts


def _receipt(recipient: str, code: int, said: bytes) -> Receipt:
    """A 4xx is for the moment (RFC 5321, 4.2.1); 421 closes the connection, so it holds for the others too."""
    if code == 421:
        raise _Said(_quote(code, said))
    if code in (250, 251):
        return Receipt(address=recipient, answer=Answer.TAKEN)
    answer = Answer.LATER if 400 <= code < 500 else Answer.REFUSED
    return Receipt(address=recipient, answer=answer, said=_quote(code, said))


def _hand_over(
    smtp: smtplib.SMTP, content: bytes, receipts: tuple[Receipt, ...], patience: Patience, line: Line
) -> Attempt:
    """From here on nobody can say who has the message, until the relay answers."""
    try:
        if smtp.sock:
            smtp.sock.settimeout(patience.taking)
        smtp.send(re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, said = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        detail = f"{_reason(error, line)} after the message was handed over, so somebody may have it"
        return Attempt(state=MessageState.UNSURE, detail=detail)
    if code != 250:
        raise _Said(_quote(code, said))
    return Attempt(state=MessageState.SENT, detail=say_receipts(receipts), receipts=receipts)


def _expect(answer: tuple[int, bytes], code: int) -> None:
    if answer[0] != code:
        raise _Said(_quote(*answer))


def _quote(code: int, said: bytes) -> str:
    words = one_line(said.decode("utf-8", "replace"))[:200]
    return f"“{code} {words}”" if code > 0 else f"“…{words}”, which no mail relay would"


def _refused(detail: str) -> Attempt:
    return Attempt(state=MessageState.REFUSED, detail=detail)


def _reason(error: Exception, line: Line) -> str:
    if line.is_hurried:
        return "the run was asked to stop"
    if line.is_over or isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the connection was lost"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return error.strerror or str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _quote(error.smtp_code, said if isinstance(said, bytes) else said.encode())
    return one_line(str(error))[:200]


def put_into_folder(content: bytes, folder: Path, name: str) -> Attempt:
    """The message as a file, whole or not at all. Put again, it is the same file; what a run that was killed left
    half of it is written over."""
    path = folder / name
    try:
        os.replace(write_aside(path, content), path)
        lasting({folder})
    except OSError as error:
        return Attempt(state=MessageState.COMPOSED, detail=f"{folder}: {error.strerror or error}")
    return Attempt(state=MessageState.SENT, detail=f"put into {path}")
