"""What the officer said: documents that were read back, words without one, and acts at the desk. None is replaced or
deleted; each can be taken back, and put again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import monitor.store.rows as rows
from monitor.model import Learned
from monitor.store.archive import Archive, Transaction
from monitor.store.owner import Owner, insert_into

_DOCUMENTS = "source IN ('report', 'notes')"
# Editions are numbered anew for each panel.
_HOLDS = (
    f"withdrawn IS NULL AND (NOT {_DOCUMENTS} OR id IN "
    "(SELECT max(id) FROM decisions WHERE withdrawn IS NULL GROUP BY panel, edition, source))"
)


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A row of what was said, its record unread."""

    id: int
    record: str
    withdrawn: datetime | None
    withdrawn_by: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    archive: Archive
    owner: Owner = Owner()

    def keep(self, learned: Learned, record: str) -> bool:
        """Keeps what was said as it was understood; false, and nothing changes, where the last such document of that
        edition was this very one."""
        return self.keep_all([(learned, record)])[0] is not None

    def keep_all(self, documents: Sequence[tuple[Learned, str]]) -> tuple[int | None, ...]:
        """Keeps what several documents said, all of it or nothing: one call of `learn` is taken back as one. Gives each
        one's number; None where the last such document was this very one."""
        with self.archive.transaction() as db:
            return tuple(self._keep(db, *document) for document in documents)

    def _keep(self, db: Transaction, learned: Learned, record: str) -> int | None:
        return None if self.holds(learned) else self._add(db, learned, record)

    def add(self, learned: Learned, record: str) -> int:
        """Keeps one word or act, and gives its number."""
        with self.archive.transaction() as db:
            return self._add(db, learned, record)

    def _add(self, db: Transaction, learned: Learned, record: str) -> int:
        row = {"panel": self.owner.key, **rows.decision_row(learned, record)}
        added = db.execute(f"{insert_into('decisions', row)} RETURNING id", row).fetchone()
        return int(added["id"])

    def holds(self, learned: Learned) -> bool:
        """Whether the last such document of that edition that was not taken back was this very one."""
        last = self.archive.read(
            "SELECT digest FROM decisions WHERE edition = ? AND source = ? AND withdrawn IS NULL "
            f"AND {self.owner.rows} ORDER BY id DESC LIMIT 1",
            learned.edition,
            learned.source.value,
            *self.owner.keys,
        )
        return bool(last) and last[0]["digest"] == learned.digest

    def last_documents(self) -> tuple[tuple[int, str], ...]:
        """What came of the documents that were learned last, in one call: each row's number and record."""
        held = f"{_DOCUMENTS} AND withdrawn IS NULL AND {self.owner.rows}"
        return self.archive.values(
            _numbered,
            "decisions",
            f"{held} AND learned = (SELECT learned FROM decisions WHERE {held} ORDER BY id DESC LIMIT 1)",
            *self.owner.keys,
            *self.owner.keys,
            columns="id, record",
            order="id",
        )

    def withdraw(self, ids: Sequence[int], at: datetime, by: str = "") -> None:
        """They hold no longer: what was said before holds again."""
        self._mark_withdrawn(ids, rows.moment_text(at), by)

    def put_again(self, ids: Sequence[int]) -> None:
        """They hold again, as if they had never been taken back."""
        self._mark_withdrawn(ids, None, "")

    def _mark_withdrawn(self, ids: Sequence[int], at: str | None, by: str) -> None:
        with self.archive.transaction() as db:
            db.executemany(
                f"UPDATE decisions SET withdrawn = ?, withdrawn_by = ? WHERE id = ? AND {self.owner.rows}",
                [(at, by, id, *self.owner.keys) for id in ids],
            )

    def records(self) -> tuple[str, ...]:
        """The records that hold: of each edition the report and the notes that were learned last, every word and every
        act, but what was taken back; by edition, then as they came."""
        return tuple(record for _, record in self.numbered())

    def numbered(self) -> tuple[tuple[int, str], ...]:
        """The same, each with its number in the archive."""
        return self.archive.values(
            _numbered,
            "decisions",
            f"{_HOLDS} AND {self.owner.rows}",
            *self.owner.keys,
            columns="id, record",
            order="edition, id",
        )

    def kept(self) -> tuple[KeptRecord, ...]:
        """Every row, first to last, whether it holds or not."""
        return self.archive.values(
            _kept,
            "decisions",
            self.owner.rows,
            *self.owner.keys,
            columns=f"id, record, withdrawn, withdrawn_by, ({_HOLDS}) AS holds",
            order="id",
        )

    def all(self) -> dict[int, str]:
        """Every record, whether it holds or not, by its row."""
        found = self.archive.read(
            f"SELECT id, record FROM decisions WHERE {self.owner.rows} ORDER BY id", *self.owner.keys
        )
        return {int(row["id"]): str(row["record"]) for row in found}


def _numbered(row: Mapping[str, Any]) -> tuple[int, str]:
    return int(row["id"]), rows.read_record(row)


def _kept(row: Mapping[str, Any]) -> KeptRecord:
    return KeptRecord(
        id=int(row["id"]),
        record=rows.read_record(row),
        withdrawn=rows.read_moment(row["withdrawn"]) if row["withdrawn"] else None,
        withdrawn_by=row["withdrawn_by"],
        holds=bool(row["holds"]),
    )
