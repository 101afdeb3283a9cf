"""Delivers what is composed and not sent: the last step of `weekly`, and what `status` says of it.

The way out comes from panel.yaml as it stands now, the secrets from the environment (`login.py`). They are read when a
message is to be sent, and are in no record of it.

While a relay is asked no lock is held but that of delivery itself, and nothing is being written: polls, drafts and
`learn` go on. All of it ends in time (`Patience.whole`), whatever a relay does; what was not begun by then is for
the next run.
"""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from monitor.app.locks import Work, alone
from monitor.app.login import login_in
from monitor.app.unbroken import unbroken
from monitor.app.workspace import Clock, Workspace
from monitor.config.panels import name_of
from monitor.model import Message, MessageState, Run
from monitor.reporting.delivery.line import Line
from monitor.reporting.delivery.mail import Envelope, Patience, put_into_folder, send
from monitor.reporting.delivery.message import addressed, envelope
from monitor.reporting.delivery.state import (
    Attempt,
    after_try,
    before_try,
    needs_of,
    say_message,
    still_wanted,
    to_try,
    wanted_by,
)
from monitor.reporting.wording import say_count
from monitor.settings import DeliverTo, Mail

USUAL = Patience()
DELIVERY = "delivery"  # the job's name in the record of runs


@dataclass(frozen=True, slots=True)
class Delivered:
    lines: tuple[str, ...]  # a sentence a message
    failures: tuple[str, ...]  # of those, what a person should hear as a failure


def is_mailed(workspace: Workspace) -> bool:
    return workspace.config.panel.deliver_to is not DeliverTo.FOLDER


def deliver(workspace: Workspace, clock: Clock, patience: Patience = USUAL) -> Delivered:
    """Tries each message that nobody has yet, first composed first, and keeps what came of it. Raises Busy where
    another run does so."""
    mail = workspace.config.panel.mail
    if not mail or not is_mailed(workspace) or not to_try(workspace.store.editions.messages(), clock()):
        return Delivered((), ())
    with alone(workspace.home, Work.DELIVERY):
        return _delivered(workspace, mail, clock, patience)


def undelivered(workspace: Workspace, now: datetime) -> tuple[str, ...]:
    """What a person should do about messages that nobody has, or not everybody; a sentence each."""
    return tuple(needs_of(workspace.store.editions.messages(), now)) if is_mailed(workspace) else ()


def _delivered(workspace: Workspace, mail: Mail, clock: Clock, patience: Patience) -> Delivered:
    started, began = clock(), time.monotonic()
    tried: list[Message] = []
    for message in to_try(workspace.store.editions.messages(), started):
        if tried and time.monotonic() - began > patience.last_begin:
            break
        tried.append(_deliver(workspace, mail, message, clock, patience))
    sent = [message for message in tried if message.state is MessageState.SENT]
    failures = tuple(say_message(message) for message in tried if message.state is not MessageState.SENT)
    counts = f"{len(sent)} of {say_count(len(tried), 'message')} sent."
    summary = " ".join((*failures, counts))
    workspace.store.runs.record(
        Run(job=DELIVERY, started=started, ended=clock(), ok=not failures, summary=summary)
    )
    return Delivered(tuple(map(say_message, sent)), failures)


def _deliver(workspace: Workspace, mail: Mail, message: Message, clock: Clock, patience: Patience) -> Message:
    named = tuple(map(envelope, mail.recipients))
    message = still_wanted(message, named, clock())
    with ExitStack() as until_it_is_kept:
        if to_try([message], clock()):
            trying = before_try(message, addressed(message.content, mail), clock())

            def handing_over(line: Line) -> None:
                until_it_is_kept.enter_context(unbroken(line.hurry))
                workspace.store.editions.save_message(trying)

            attempt = _attempt(workspace, mail, trying, wanted_by(trying, named), patience, handing_over)
            message = after_try(trying, attempt)
        workspace.store.editions.save_message(message)
    return message


def _attempt(
    workspace: Workspace,
    mail: Mail,
    message: Message,
    recipients: tuple[str, ...],
    patience: Patience,
    handing_over: Callable[[Line], None],
) -> Attempt:
    if mail.relay is None:
        folder = workspace.home / (mail.eml_folder or "")
        return put_into_folder(message.content, folder, f"{message.id.strip('<>').partition('@')[0]}.eml")
    login = login_in(os.environ, name_of(workspace.config_folder))
    if isinstance(login, str):
        return Attempt(state=MessageState.COMPOSED, detail=login)
    return send(
        message.content,
        Envelope(sender=envelope(mail.sender), recipients=recipients),
        mail.relay,
        login,
        ca_bundle=workspace.config.network.ca_bundle,
        patience=patience,
        handing_over=handing_over,
    )
