"""The runs of jobs, each with how it ended."""

from dataclasses import dataclass
from datetime import datetime

import monitor.store.rows as rows
from monitor.model import Run
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Runs:
    archive: Archive

    def record(self, run: Run) -> None:
        with self.archive.transaction() as db:
            db.table("runs").insert(rows.run_row(run))

    def last_success(self, job: str) -> datetime | None:
        """When the last run of a job that went well began."""
        found = self.archive.read("SELECT max(started) AS started FROM runs WHERE job = ? AND ok", job)
        return rows.read_moment(found[0]["started"]) if found[0]["started"] else None

    def first(self, job: str) -> datetime | None:
        """When the first run of a job began, however it ended."""
        found = self.archive.read("SELECT min(started) AS started FROM runs WHERE job = ?", job)
        return rows.read_moment(found[0]["started"]) if found[0]["started"] else None

    def last_end(self, job: str) -> datetime | None:
        """When the last run of a job ended, however it did."""
        found = self.archive.read("SELECT max(ended) AS ended FROM runs WHERE job = ?", job)
        return rows.read_moment(found[0]["ended"]) if found[0]["ended"] else None

    def last_before(self, job: str, now: datetime, *, tried: bool = False) -> datetime | None:
        """When the last run of a job that went well began, or was `tried` at all; none of after now is believed."""
        found = self.archive.read(
            "SELECT max(started) AS started FROM runs WHERE job = ? AND (ok OR ?) AND started <= ?",
            job,
            int(tried),
            rows.moment_text(now),
        )
        return rows.read_moment(found[0]["started"]) if found[0]["started"] else None

    def last(self) -> tuple[Run, ...]:
        """The last run of each job, by job."""
        return self.archive.values(
            rows.read_run,
            "runs",
            "rowid IN (SELECT max(rowid) FROM runs GROUP BY job)",
            order="job",
            by=lambda run: run.job,
        )

    def last_successes(self) -> dict[str, datetime]:
        """By job, when its last run that went well began."""
        found = self.archive.read("SELECT job, max(started) AS started FROM runs WHERE ok GROUP BY job")
        return {row["job"]: rows.read_moment(row["started"]) for row in found}

    def counts(self) -> dict[tuple[str, bool], int]:
        """How many are kept, by job and whether they went well."""
        found = self.archive.read("SELECT job, ok, count(*) AS n FROM runs GROUP BY job, ok")
        return {(row["job"], bool(row["ok"])): row["n"] for row in found}
