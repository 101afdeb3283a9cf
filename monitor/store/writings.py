"""Which documents are being written, and where: known from before the first byte until the last has its name.

What a run that was stopped leaves here is what the next one finishes. A folder inside the archive's own is kept as
seen from there, so that both may move to another machine together.
"""

from dataclasses import dataclass
from pathlib import Path

import monitor.store.rows as rows
from monitor.model import Writing
from monitor.store.archive import Archive
from monitor.store.owner import Owner


@dataclass(frozen=True, slots=True)
class Writings:
    archive: Archive
    owner: Owner = Owner()

    def begin(self, folder: Path) -> Writing:
        """Into this folder something will be written."""
        whole = folder.absolute()
        with self.archive.transaction() as db:
            db.execute(  # of a run that kept no edition there is nothing to finish: the next one clears its folder
                f"DELETE FROM writings WHERE edition IS NULL AND folder = ? AND {self.owner.rows}",
                [self._from_here(whole), *self.owner.keys],
            )
            begun = db.execute(
                "INSERT INTO writings (panel, folder, stem, formats) VALUES (?, ?, '', '[]') RETURNING id",
                (self.owner.key, self._from_here(whole)),
            ).fetchone()
        return Writing(id=int(begun["id"]), folder=str(whole))

    def end(self, writing: Writing) -> None:
        """All of it is there, or nothing of it is wanted any more."""
        with self.archive.transaction() as db:
            db.execute("DELETE FROM writings WHERE id = ?", [writing.id])

    def unfinished(self) -> tuple[Writing, ...]:
        """First begun first."""
        found = self.archive.read(
            f"SELECT * FROM writings WHERE {self.owner.rows} ORDER BY id", *self.owner.keys
        )
        return tuple(rows.read_writing(row, self._home) for row in found)

    @property
    def _home(self) -> Path:
        return self.archive.home

    def _from_here(self, folder: Path) -> str:
        return str(folder.relative_to(self._home) if folder.is_relative_to(self._home) else folder)
