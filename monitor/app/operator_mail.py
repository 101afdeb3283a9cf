"""The e-mail to the operator: decided and claimed in one transaction, handed over, and kept as told.

It goes by the way of `delivery.mail` in panel.yaml, to `delivery.operator` alone. The transaction is over before the
relay is asked; a run that ends at the same time finds the claim, and tells nothing.
"""

import logging
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor.app.beside import Beside
from monitor.app.login import login_in
from monitor.app.secrets import without_secrets
from monitor.errors import OutputError
from monitor.model import MessageState, Need, Told
from monitor.reporting.delivery.mail import Envelope, Patience, put_into_folder, send
from monitor.reporting.delivery.message import envelope, mailbox_of
from monitor.reporting.delivery.state import Attempt
from monitor.reporting.telling.decide import Telling, after_telling, to_tell
from monitor.reporting.telling.letter import compose_letter, letter_id
from monitor.reporting.wording import LONDON
from monitor.settings import Mail, Panel
from monitor.store.told import Tellings

log = logging.getLogger(__name__)

USUAL = Patience(step=10, talk=20, taking=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMail:
    mail: Mail
    operator: str
    title: str
    data: Path
    panel: str  # its name, where there are several
    run: str  # its id
    ca_bundle: str | None
    patience: Patience
    is_hourly: bool  # the run is of a job that runs once an hour

    def tell(
        self, memory: Tellings | Beside, needs: Sequence[Need], left: Sequence[Told], now: datetime
    ) -> None:
        """Claims what is to be told in one transaction, hands it over, and keeps that it was. `left` is what another
        memory holds. Raises StoreError where the archive cannot be written."""
        needs = tuple(replace(need, sentence=without_secrets(need.sentence)) for need in needs)
        decided: list[Telling] = []

        def claim(told: tuple[Told, ...]) -> tuple[Told, ...]:
            both = {(one.kind, one.subject): one for one in (*left, *told)}
            decided.append(to_tell(needs, both.values(), now))
            return decided[-1].memory

        try:
            memory.change(claim)
        except OutputError as error:
            if not self._may_tell_without_memory(now):
                log.warning("%s So the operator is not mailed but on the hour of 07:00.", error)
                return
        telling = decided[-1]
        if not telling:
            return
        attempt = self._hand_over(telling, now)
        if attempt.state in (MessageState.SENT, MessageState.UNSURE):
            self._keep(memory, telling, now, unsure=attempt.state is MessageState.UNSURE)
        if attempt.state is not MessageState.SENT:
            log.warning("The operator was not mailed: %s.", attempt.detail)

    def _keep(self, memory: Tellings | Beside, telling: Telling, now: datetime, *, unsure: bool) -> None:
        with suppress(OutputError):  # said when it was claimed
            memory.change(lambda told: after_telling(telling, told, now, unsure=unsure))

    def _may_tell_without_memory(self, now: datetime) -> bool:
        """Once a day, by the one job that runs every hour: without a memory each run would tell the same."""
        return self.is_hourly and now.astimezone(LONDON).hour == 7

    def _hand_over(self, telling: Telling, now: datetime) -> Attempt:
        sender = mailbox_of(self.mail.sender)
        content = compose_letter(
            telling,
            title=self.title,
            sender=sender,
            operator=mailbox_of(self.operator),
            where=f"On {socket.gethostname()}, data in {self.data.absolute()}. Run {self.run}.",
            now=now,
        )
        if self.mail.relay is None:
            name = letter_id(telling, sender.domain).strip("<>").partition("@")[0]
            return put_into_folder(content, self.data / (self.mail.eml_folder or ""), f"{name}.eml")
        login = login_in(os.environ, self.panel)
        if isinstance(login, str):
            return Attempt(state=MessageState.COMPOSED, detail=login)
        way = Envelope(sender=envelope(self.mail.sender), recipients=(envelope(self.operator),))
        return send(content, way, self.mail.relay, login, ca_bundle=self.ca_bundle, patience=self.patience)


def operator_mail(
    panel: Panel,
    data: Path,
    *,
    name: str = "",
    run: str,
    ca_bundle: str | None,
    patience: Patience,
    is_hourly: bool,
) -> OperatorMail | None:
    """None where panel.yaml names no operator."""
    if panel.operator is None or panel.mail is None:
        return None
    return OperatorMail(
        mail=panel.mail,
        operator=panel.operator,
        title=panel.title,
        data=data,
        panel=name,
        run=run,
        ca_bundle=ca_bundle,
        patience=patience,
        is_hourly=is_hourly,
    )
