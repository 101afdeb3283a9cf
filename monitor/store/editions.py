"""Editions as they were made, frozen, and the messages that carry them: one panel's, numbered from 1."""

from dataclasses import dataclass
from datetime import datetime

import monitor.store.rows as rows
from monitor.errors import Busy
from monitor.model import Edition, KeptEdition, Message, Writing
from monitor.store.archive import Archive, Transaction
from monitor.store.owner import Owner, insert_into

_KEPT = "number, made, since, until, meeting, items, weekly, issued, issued_by"


@dataclass(frozen=True, slots=True)
class Editions:
    archive: Archive
    owner: Owner = Owner()

    def next_number(self) -> int:
        """Of one that is alone it comes after every number there is: its documents lie where those of another id lay, and
        drafts that are given to it later must meet none of its own."""
        which, keys = ("true", ()) if self.owner.is_alone else (self.owner.rows, self.owner.keys)
        found = self.archive.read(
            f"SELECT coalesce(max(number), 0) + 1 AS n FROM editions WHERE {which}", *keys
        )
        return int(found[0]["n"])

    def keep(
        self,
        edition: Edition,
        record: str,
        message: Message | None = None,
        *,
        weekly: datetime | None = None,
        writing: Writing | None = None,
    ) -> None:
        """Freezes an edition with its record. Its number must be `next_number`'s; none is ever replaced.

        With it or not at all are kept: its message, where it is to be mailed; for which moment of the weekly
        timetable it was made; which of its documents are still to be written. Raises Busy where one for that moment was
        kept meanwhile: a run that was frozen, or whose server was away, may find when it goes on that another did its work.
        """
        row = {"panel": self.owner.key, **rows.edition_row(edition, record, weekly)}
        with self.archive.transaction(lasting=True) as db:
            if row["weekly"] and row["weekly"] == self._last_weekly(db):
                raise Busy("Another run made this week's draft meanwhile, so this one kept none.")
            db.execute(insert_into("editions", row), row)
            if message:
                carried = {"panel": self.owner.key, **rows.message_row(message)}
                db.execute(insert_into("messages", carried), carried)
            if writing:
                db.execute(
                    "UPDATE writings SET edition = :edition, stem = :stem, formats = :formats WHERE id = :id",
                    {"id": writing.id, **rows.writing_row(writing)},
                )

    def _last_weekly(self, db: Transaction) -> str | None:
        """For which moment the last was made that was made for one."""
        found = db.execute(
            f"SELECT weekly FROM editions WHERE weekly IS NOT NULL AND {self.owner.rows} ORDER BY number DESC LIMIT 1",
            self.owner.keys,
        ).fetchone()
        return found["weekly"] if found else None

    def all(self) -> tuple[KeptEdition, ...]:
        """Every edition kept, first to last."""
        return self.archive.values(
            rows.read_kept_edition,
            "editions",
            self.owner.rows,
            *self.owner.keys,
            columns=_KEPT,
            order="number",
            by=lambda edition: edition.number,
        )

    def record(self, number: int) -> str | None:
        """The record of an edition, exactly as it was kept."""
        found = self.archive.values(
            rows.read_record,
            "editions",
            f"number = ? AND {self.owner.rows}",
            number,
            *self.owner.keys,
            columns="record",
            order="panel, number",
        )
        return found[0] if found else None

    def issue(self, number: int, at: datetime, by: str) -> None:
        """It is the report of its meeting from then on."""
        self._mark_issued(number, rows.moment_text(at), by)

    def unissue(self, number: int) -> None:
        """It is a draft again."""
        self._mark_issued(number, None, "")

    def _mark_issued(self, number: int, at: str | None, by: str) -> None:
        with self.archive.transaction(lasting=True) as db:
            db.execute(
                f"UPDATE editions SET issued = ?, issued_by = ? WHERE number = ? AND {self.owner.rows}",
                (at, by, number, *self.owner.keys),
            )

    def seals(self) -> dict[int, int]:
        """Of each edition a number that is another when its record is; without those that are not sealed."""
        found = self.archive.read(
            "SELECT editions.number AS number, seals.seal AS seal FROM editions JOIN seals ON seals.room = 'editions' "
            "AND seals.key = editions.panel || ' ' || editions.number "
            f"WHERE seals.seal IS NOT NULL AND {self.owner.rows}",
            *self.owner.keys,
        )
        return {int(row["number"]): int(row["seal"]) for row in found}

    def save_message(self, message: Message) -> None:
        """How a kept message stands now."""
        with self.archive.transaction(lasting=True) as db:
            db.execute(SAVE_MESSAGE, rows.message_row(message))

    def messages(self) -> tuple[Message, ...]:
        """Every message, first composed first."""
        return self.archive.values(
            rows.read_message,
            "messages",
            self.owner.rows,
            *self.owner.keys,
            order="composed, edition, id",
            by=lambda message: (message.composed, message.edition),
        )


SAVE_MESSAGE = (
    "UPDATE messages SET edition = :edition, composed = :composed, content = :content, state = :state, "
    "detail = :detail, tried = :tried, doubts = :doubts, receipts = :receipts WHERE id = :id"
)
