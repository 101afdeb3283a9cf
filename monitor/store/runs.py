"""The runs of jobs, each with how it ended. What is done for all panels (`SHARED`) is a run of nobody's, seen by each."""

from dataclasses import dataclass
from datetime import datetime

import monitor.store.rows as rows
from monitor.model import Run
from monitor.store.archive import Archive
from monitor.store.owner import NOBODY, Owner, insert_into

# As `app` names them; tests/project/test_panels_apart.py compares.
SHARED = (
    *(
        "backup",
        "clock",
        "erase",
        "housekeeping",
        "integrity check",
        "poll",
        "prune",
        "quick check",
        "restore",
    ),
    "give",
)
IS_SHARED = "job IN ('" + "', '".join(SHARED) + "')"


@dataclass(frozen=True, slots=True)
class Runs:
    archive: Archive
    owner: Owner = Owner()

    @property
    def rows(self) -> str:
        """Whose runs are seen, with the owner's keys for its parameters."""
        return self.owner.rows if self.owner.panel is None else f"({self.owner.rows} OR {IS_SHARED})"

    def record(self, run: Run) -> None:
        key = NOBODY if run.job in SHARED else self.owner.key
        row = {"panel": key, **rows.run_row(run)}
        with self.archive.transaction() as db:
            db.execute(insert_into("runs", row), row)

    def last_success(self, job: str) -> datetime | None:
        """When the last run of a job that went well began."""
        return self._moment("max(started)", "job = ? AND ok = 1", job)

    def first(self, job: str) -> datetime | None:
        """When the first run of a job began, however it ended."""
        return self._moment("min(started)", "job = ?", job)

    def last_end(self, job: str) -> datetime | None:
        """When the last run of a job ended, however it did."""
        return self._moment("max(ended)", "job = ?", job)

    def last_before(self, job: str, now: datetime, *, tried: bool = False) -> datetime | None:
        """When the last run of a job that went well began, or was `tried` at all; none of after now is believed."""
        which = "job = ? AND (ok = 1 OR ? = 1) AND started <= ?"
        return self._moment("max(started)", which, job, int(tried), rows.moment_text(now))

    def _moment(self, wanted: str, where: str, *parameters: object) -> datetime | None:
        found = self.archive.read(
            f"SELECT {wanted} AS moment FROM runs WHERE {where} AND {self.rows}",
            *parameters,
            *self.owner.keys,
        )
        return rows.read_moment(found[0]["moment"]) if found[0]["moment"] else None

    def last(self) -> tuple[Run, ...]:
        """The last run of each job, by job."""
        return self.archive.values(
            rows.read_run,
            "runs",
            f"rowid IN (SELECT max(rowid) FROM runs WHERE {self.rows} GROUP BY job)",
            *self.owner.keys,
            order="job",
            by=lambda run: run.job,
        )

    def last_successes(self) -> dict[str, datetime]:
        """By job, when its last run that went well began."""
        found = self.archive.read(
            f"SELECT job, max(started) AS started FROM runs WHERE ok = 1 AND {self.rows} GROUP BY job",
            *self.owner.keys,
        )
        return {row["job"]: rows.read_moment(row["started"]) for row in found}

    def counts(self) -> dict[tuple[str, bool], int]:
        """How many are kept, by job and whether they went well."""
        found = self.archive.read(
            f"SELECT job, ok, count(*) AS n FROM runs WHERE {self.rows} GROUP BY job, ok", *self.owner.keys
        )
        return {(row["job"], bool(row["ok"])): row["n"] for row in found}
