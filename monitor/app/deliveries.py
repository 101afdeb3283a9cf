"""Delivers what is composed and not sent: the last step of `weekly`, and what `status` says of it.

The way out comes from panel.yaml as it stands now, the secrets from the environment (`login.py`). They are read when a
message is to be sent, and are in no record of it.
"""

import os
from dataclasses import dataclass

from monitor.app.locks import Work, alone
from monitor.app.login import login_in
from monitor.app.workspace import Clock, Workspace
from monitor.model import Message, MessageState, Run
from monitor.reporting.delivery.mail import Envelope, Patience, put_into_folder, send
from monitor.reporting.delivery.message import addressed, envelope
from monitor.reporting.delivery.state import (
    Attempt,
    after_try,
    before_try,
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
    """Tries each message that nobody has yet, first composed first, and keeps what came of it. Raises Busy where another
    run does so."""
    mail = workspace.config.panel.mail
    if not mail or not is_mailed(workspace) or not to_try(workspace.store.editions.messages()):
        return Delivered((), ())
    with alone(workspace.data, Work.DELIVERY):
        return _delivered(workspace, mail, clock, patience)


def _delivered(workspace: Workspace, mail: Mail, clock: Clock, patience: Patience) -> Delivered:
    started, waiting = clock(), to_try(workspace.store.editions.messages())
    tried = tuple(_deliver(workspace, mail, message, clock, patience) for message in waiting)
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
    if to_try([message]):
        trying = before_try(message, addressed(message.content, mail), clock())
        workspace.store.editions.save_message(trying)
        message = after_try(trying, _attempt(workspace, mail, trying, wanted_by(trying, named), patience))
    workspace.store.editions.save_message(message)
    return message


def _attempt(
    workspace: Workspace, mail: Mail, message: Message, recipients: tuple[str, ...], patience: Patience
) -> Attempt:
    if mail.relay is None:
        folder = workspace.data / (mail.eml_folder or "")
        return put_into_folder(message.content, folder, f"{message.id.strip('<>').partition('@')[0]}.eml")
    login = login_in(os.environ)
    if isinstance(login, str):
        return Attempt(state=MessageState.COMPOSED, detail=login)
    return send(
        message.content,
        Envelope(sender=envelope(mail.sender), recipients=recipients),
        mail.relay,
        login,
        ca_bundle=workspace.config.network.ca_bundle,
        patience=patience,
    )
