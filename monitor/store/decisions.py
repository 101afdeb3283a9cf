"""What the officer said: the documents that were read back, none ever replaced."""

from dataclasses import dataclass

import monitor.store.rows as rows
from monitor.model import Learned
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Decisions:
    archive: Archive

    def keep(self, learned: Learned, record: str) -> bool:
        """Keeps an edited document as it was understood; false, and nothing changes, where the last document of that
        edition was this very one."""
        with self.archive.transaction() as db:
            last = self.archive.read(
                "SELECT digest FROM decisions WHERE edition = ? ORDER BY id DESC LIMIT 1", learned.edition
            )
            if last and last[0]["digest"] == learned.digest:
                return False
            db.table("decisions").insert(rows.decision_row(learned, record))
        return True

    def records(self) -> tuple[str, ...]:
        """The records of the documents that hold: of each edition the one learned last, by edition."""
        found = self.archive.read(
            "SELECT record FROM decisions WHERE id IN (SELECT max(id) FROM decisions GROUP BY edition) "
            "ORDER BY edition"
        )
        return tuple(str(row["record"]) for row in found)
