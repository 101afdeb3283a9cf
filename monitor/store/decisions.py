"""What the officer said: documents that were read back, and words without one. None is replaced; the documents of the
last call can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

import monitor.store.rows as rows
from monitor.model import Learned
from monitor.store.archive import Archive

_LAST_DOCUMENTS = (
    "source != 'word' AND learned = "
    "(SELECT learned FROM decisions WHERE source != 'word' ORDER BY id DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Decisions:
    archive: Archive

    def keep(self, learned: Learned, record: str) -> bool:
        """Keeps what was said as it was understood; false, and nothing changes, where the last such document of that
        edition was this very one."""
        return self.keep_all([(learned, record)])[0]

    def keep_all(self, documents: Sequence[tuple[Learned, str]]) -> tuple[bool, ...]:
        """Keeps what several documents said, all of it or nothing: one call of `learn` is taken back as one."""
        with self.archive.transaction() as db:
            return tuple(self._keep(db, *document) for document in documents)

    def _keep(self, db: Database, learned: Learned, record: str) -> bool:
        if self.holds(learned):
            return False
        db.table("decisions").insert(rows.decision_row(learned, record))
        return True

    def holds(self, learned: Learned) -> bool:
        """Whether the last such document of that edition was this very one."""
        last = self.archive.read(
            "SELECT digest FROM decisions WHERE edition = ? AND source = ? ORDER BY id DESC LIMIT 1",
            learned.edition,
            learned.source.value,
        )
        return bool(last) and last[0]["digest"] == learned.digest

    def last_documents(self) -> tuple[str, ...]:
        """The records of what came of the documents that were learned last, in one call."""
        return self.archive.values(
            rows.read_record, "decisions", _LAST_DOCUMENTS, columns="record", order="id"
        )

    def forget_last_documents(self) -> None:
        """What they said is gone: what was learned before of the same editions holds again."""
        with self.archive.transaction() as db:
            db.execute(f"DELETE FROM decisions WHERE {_LAST_DOCUMENTS}")

    def records(self) -> tuple[str, ...]:
        """The records that hold: of each edition the report and the notes that were learned last, and every word; by
        edition, then as they came."""
        return tuple(record for _, record in self.numbered())

    def numbered(self) -> tuple[tuple[int, str], ...]:
        """The same, each with its number in the archive."""
        return self.archive.values(
            lambda row: (int(row["id"]), rows.read_record(row)),
            "decisions",
            "source = 'word' OR id IN (SELECT max(id) FROM decisions GROUP BY edition, source)",
            columns="id, record",
            order="edition, id",
        )

    def all(self) -> dict[int, str]:
        """Every record, whether it holds or not, by its row."""
        found = self.archive.read("SELECT id, record FROM decisions ORDER BY id")
        return {int(row["id"]): str(row["record"]) for row in found}
