"""What the operator was told: a row for each thing that needs a person, gone when the all-clear is."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import monitor.store.rows as rows
from monitor.model import Told
from monitor.store.archive import Archive
from monitor.store.owner import Owner

Memory = tuple[Told, ...]

# `main`, because who only reads may see the tables through views of the same names (`clocks.py`).
_INSERT = (
    "INSERT INTO main.told (panel, kind, subject, says, since, told, tried, doubts) "
    "VALUES (:panel, :kind, :subject, :says, :since, :told, :tried, :doubts)"
)


@dataclass(frozen=True, slots=True)
class Tellings:
    archive: Archive
    owner: Owner = Owner()

    def all(self) -> Memory:
        found = self.archive.read(
            "SELECT kind, subject, says, since, told, tried, doubts FROM main.told "
            f"WHERE {self.owner.rows} ORDER BY since, kind, subject",
            *self.owner.keys,
        )
        return tuple(map(read_told, found))

    def change(self, decide: Callable[[Memory], Memory]) -> Memory:
        """What is remembered becomes what `decide` makes of it, in one transaction: two runs that end together do not
        tell the same twice. Returns the new memory."""
        with self.archive.transaction() as db:
            after = decide(self.all())
            db.execute(f"DELETE FROM main.told WHERE {self.owner.rows}", self.owner.keys)
            db.executemany(_INSERT, [{"panel": self.owner.key, **told_row(one)} for one in after])
        return after


def told_row(told: Told) -> rows.Row:
    moments = {
        name: rows.moment_text(moment) if (moment := getattr(told, name)) else None
        for name in ("since", "told", "tried")
    }
    return {**asdict(told), **moments}


def read_told(row: rows.Row) -> Told:
    found = Told(**{**dict(row), "since": rows.read_moment(row["since"])})
    return replace(
        found,
        told=rows.read_moment(row["told"]) if row["told"] else None,
        tried=rows.read_moment(row["tried"]) if row["tried"] else None,
    )
