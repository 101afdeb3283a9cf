"""Editions as they were made, frozen, and the messages that carry them."""

from dataclasses import dataclass
from datetime import datetime

import monitor.store.rows as rows
from monitor.model import Edition, KeptEdition, Message, Writing
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Editions:
    archive: Archive

    def next_number(self) -> int:
        return int(self.archive.read("SELECT coalesce(max(number), 0) + 1 AS n FROM editions")[0]["n"])

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
        timetable it was made; which of its documents are still to be written.
        """
        with self.archive.transaction(lasting=True) as db:
            db.table("editions").insert(rows.edition_row(edition, record, weekly), pk="number")
            if message:
                db.table("messages").insert(rows.message_row(message), pk="id")
            if writing:
                db.table("writings").update(writing.id, rows.writing_row(writing))

    def all(self) -> tuple[KeptEdition, ...]:
        """Every edition kept, first to last."""
        return self.archive.values(
            rows.read_kept_edition,
            "editions",
            columns="number, made, since, until, meeting, items, weekly, issued, issued_by",
            order="number",
        )

    def record(self, number: int) -> str | None:
        """The record of an edition, exactly as it was kept."""
        found = self.archive.values(rows.read_record, "editions", "number = ?", number, columns="record")
        return found[0] if found else None

    def issue(self, number: int, at: datetime, by: str) -> None:
        """It is the report of its meeting from then on."""
        with self.archive.transaction(lasting=True) as db:
            db.table("editions").update(number, {"issued": rows.moment_text(at), "issued_by": by})

    def unissue(self, number: int) -> None:
        """It is a draft again."""
        with self.archive.transaction(lasting=True) as db:
            db.table("editions").update(number, {"issued": None, "issued_by": ""})

    def seals(self) -> dict[int, int]:
        """Of each edition a number that is another when its record is; without those that are not sealed."""
        found = self.archive.read("SELECT key, seal FROM seals WHERE room = 'editions' AND seal IS NOT NULL")
        return {int(row["key"]): int(row["seal"]) for row in found}

    def save_message(self, message: Message) -> None:
        """How a kept message stands now."""
        with self.archive.transaction(lasting=True) as db:
            db.table("messages").update(message.id, rows.message_row(message))

    def messages(self) -> tuple[Message, ...]:
        """Every message, first composed first."""
        return self.archive.values(
            rows.read_message,
            "messages",
            order="composed, edition",
            by=lambda message: (message.composed, message.edition),
        )
