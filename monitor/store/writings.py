"""Which documents are being written, and where: known from before the first byte until the last has its name.

What a run that was stopped leaves here is what the next one finishes. A folder inside the archive's own is kept as
seen from there, so that both may move to another machine together.
"""

from dataclasses import dataclass
from pathlib import Path

import monitor.store.rows as rows
from monitor.model import Writing
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Writings:
    archive: Archive

    def begin(self, folder: Path) -> Writing:
        """Into this folder something will be written."""
        whole = folder.absolute()
        with self.archive.transaction() as db:
            db.execute(  # of a run that kept no edition there is nothing to finish: the next one clears its folder
                "DELETE FROM writings WHERE edition IS NULL AND folder = ?", [self._from_here(whole)]
            )
            begun = db.table("writings").insert(
                {"folder": self._from_here(whole), "stem": "", "formats": "[]"}, pk="id"
            )
        return Writing(id=int(str(begun.last_pk)), folder=str(whole))

    def end(self, writing: Writing) -> None:
        """All of it is there, or nothing of it is wanted any more."""
        with self.archive.transaction() as db:
            db.execute("DELETE FROM writings WHERE id = ?", [writing.id])

    def unfinished(self) -> tuple[Writing, ...]:
        """First begun first."""
        found = self.archive.read("SELECT * FROM writings ORDER BY id")
        return tuple(rows.read_writing(row, self._home) for row in found)

    @property
    def _home(self) -> Path:
        return Path(self.archive.path).absolute().parent

    def _from_here(self, folder: Path) -> str:
        return str(folder.relative_to(self._home) if folder.is_relative_to(self._home) else folder)
