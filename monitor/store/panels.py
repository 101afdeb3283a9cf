"""Which panels have rows in the archive, and whose those are that have no key yet, or another's."""

from dataclasses import dataclass

from monitor.store.archive import Archive
from monitor.store.runs import IS_SHARED

# Every table whose rows are a panel's. `main`, as in `told.py`.
OF_PANELS = ("editions", "messages", "decisions", "writings", "runs", "told")
# What was told under both keys was told; the newer key's word stands.
_TOLD_TWICE = (
    "DELETE FROM main.told WHERE panel = ? AND EXISTS (SELECT 1 FROM main.told AS other "
    "WHERE other.panel = ? AND other.kind = told.kind AND other.subject = told.subject)"
)
_OWN = {"runs": f"NOT {IS_SHARED}"}  # the others are nobody's for good


@dataclass(frozen=True, slots=True)
class Panels:
    archive: Archive

    def all(self) -> tuple[str, ...]:
        """The keys of all panels that have rows here, sorted; the empty one where there are rows of before there were keys."""
        found = self.archive.read(
            " UNION ".join(f"SELECT DISTINCT panel FROM {table} WHERE {_own(table)}" for table in OF_PANELS)
        )
        return tuple(sorted(row["panel"] for row in found))

    def editions(self, panel: str) -> int:
        """How many drafts a panel has."""
        found = self.archive.read("SELECT count(*) AS n FROM editions WHERE panel = ?", panel)
        return int(found[0]["n"])

    def may_be_given(self, old: str, new: str) -> bool:
        """Not where both have a draft of the same number: that stands in documents and cannot be changed."""
        found = self.archive.read(
            "SELECT 1 AS found FROM editions AS one JOIN editions AS other ON one.number = other.number "
            "WHERE one.panel = ? AND other.panel = ? LIMIT 1",
            old,
            new,
        )
        return not found

    def give(self, old: str, new: str) -> int:
        """What has one key has another from then on, all of it or nothing; gives how many drafts, decisions and e-mails
        those are. Only what `may_be_given`."""
        if not self._has(old):
            return 0
        with self.archive.transaction(lasting=True) as db, self.archive.renaming(old, new):
            changed = 0
            db.execute(_TOLD_TWICE, (old, new))
            for table in OF_PANELS:
                where = f"panel = ? AND {_own(table)}"
                done = db.execute(f"UPDATE main.{table} SET panel = ? WHERE {where}", (new, old)).rowcount
                changed += done if table in ("editions", "messages", "decisions") else 0
        return changed

    def _has(self, panel: str) -> bool:
        questions = (
            f"SELECT 1 AS found FROM main.{table} WHERE panel = ? AND {_own(table)}" for table in OF_PANELS
        )
        return any(self.archive.read(f"{question} LIMIT 1", panel) for question in questions)


def _own(table: str) -> str:
    return _OWN.get(table, "true")
