"""What the officer said: documents that were read back, and words without one; none is ever replaced."""

from dataclasses import dataclass

import monitor.store.rows as rows
from monitor.model import Learned
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Decisions:
    archive: Archive

    def keep(self, learned: Learned, record: str) -> bool:
        """Keeps what was said as it was understood; false, and nothing changes, where the last such document of that
        edition was this very one."""
        with self.archive.transaction() as db:
            last = self.archive.read(
                "SELECT digest FROM decisions WHERE edition = ? AND source = ? ORDER BY id DESC LIMIT 1",
                learned.edition,
                learned.source.value,
            )
            if last and last[0]["digest"] == learned.digest:
                return False
            db.table("decisions").insert(rows.decision_row(learned, record))
        return True

    def records(self) -> tuple[str, ...]:
        """The records that hold: of each edition the report and the notes that were learned last, and every word; by
        edition, then as they came."""
        found = self.archive.read(
            "SELECT record FROM decisions WHERE source = 'word' "
            "OR id IN (SELECT max(id) FROM decisions GROUP BY edition, source) ORDER BY edition, id"
        )
        return tuple(str(row["record"]) for row in found)
