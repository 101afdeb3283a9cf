"""Walks every statement that goes to a PostgreSQL server: `python server_walk.py FOLDER ADDRESS JOB:SHARE…`.

As `walk.py` does it with an archive in a file, at its calls to the kernel. For each point the archive of before is copied
onto the server; a child is forked, which runs the job, and is killed before that statement goes out, or after it was
answered, or finds that its session was ended; then another, in which nothing befalls the runs that come next. Then the
archive is copied back into the folder, which is looked at as any other. A line of JSON for each point.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import Enum
from pathlib import Path

import psycopg
from findings import Findings, faults, findings
from office import HOUR, MONDAY, WEEK, Office, is_single, office_config, web
from officer import Officer
from postgres import emptying
from walk import ended_as

from monitor.app.housekeeping import housekeeping
from monitor.app.learning import learn_documents
from monitor.config.defaults import write_defaults
from monitor.store import archive_at
from monitor.store.moving import copied
from monitor.store.server import server_at

NOW = MONDAY + WEEK
COUNTED = 0  # no harm at all

Run = Callable[[Path, datetime], object]


class Harm(Enum):
    KILLED = "killed before it goes out"
    DEAF = "killed when it was answered"
    CUT = "the session is ended"


class Disturbed:
    """In the place of psycopg's connection: counts the statements, and does harm at one of them."""

    def __init__(self, harm: Harm | None, at: int) -> None:
        self.harm, self.at, self.count = harm, at, 0
        self.execute, self.executemany = psycopg.Connection.execute, psycopg.Cursor.executemany
        psycopg.Connection.execute = lambda on, *rest, **named: self.meet(
            on, self.execute, on, *rest, **named
        )  # type: ignore[method-assign]
        psycopg.Cursor.executemany = lambda on, *rest, **named: self.meet(  # type: ignore[method-assign]
            on.connection, self.executemany, on, *rest, **named
        )

    def meet(self, session, statement, *arguments, **named):
        self.count += 1
        is_here = self.count == self.at
        if is_here and self.harm is Harm.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if is_here and self.harm is Harm.CUT:
            with psycopg.connect(session.info.dsn, autocommit=True) as other:
                self.execute(other, "SELECT pg_terminate_backend(%s)", (session.info.backend_pid,))
        done = statement(*arguments, **named)
        if is_here and self.harm is Harm.DEAF:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


class Walk:
    def __init__(self, folder: Path, address: str, empty) -> None:
        self.folder, self.address, self.empty = folder, address, empty
        config = folder / "config"
        config.mkdir()
        write_defaults(config)
        self.office, edited = Office(office_config(), config), folder / "edited.docx"
        self.prepare(edited)
        self.jobs: dict[str, tuple[str, Run]] = {
            "poll": ("drafted", self.office.poll),
            "weekly": ("polled", self.office.weekly),
            "learn": (
                "drafted",
                lambda data, now: learn_documents(config, data, [edited], sure=True, clock=lambda: now),
            ),
            "housekeeping": ("polled", lambda data, now: housekeeping(config, data, clock=lambda: now)),
        }

    def prepare(self, edited: Path) -> None:
        """As `walk.py` does it, in files."""
        drafted, polled = self.folder / "drafted", self.folder / "polled"
        self.office.web = web(0, 3, MONDAY)
        self.office.poll(drafted, MONDAY - HOUR)
        self.office.weekly(drafted, MONDAY)
        (report,) = (drafted / "drafts").glob("*.docx")
        officer = Officer(report.read_bytes())
        edited.write_bytes(officer.strike(officer.headings()[0].text).saved())
        shutil.copytree(drafted, polled)
        self.office.web = web(2, 5, NOW)
        self.office.poll(polled, NOW - HOUR)

    def walked(self, name: str, share: int) -> Iterator[dict[str, object]]:
        _, wanted, count = self.point(name, None, COUNTED)
        points = [(at, tuple(Harm)[at // share % len(Harm)]) for at in range(1, count + 1, share)]
        if share == 1:
            points = [(at, harm) for at in range(1, count + 1) for harm in Harm]
        for at, harm in points:
            ended, found, _ = self.point(name, harm, at)
            wrong = list(faults(found, wanted))
            if ended != ("SIGKILL" if harm is not Harm.CUT else ended):
                wrong.append(f"it ended by {ended}")
            if harm is Harm.CUT and not (ended.startswith(("done", "StoreError")) or "went away" in ended):
                wrong.append(f"it ended by {ended}")
            yield {"job": name, "harm": harm.name, "at": at, "of": count, "ended": ended, "faults": wrong}

    def point(self, name: str, harm: Harm | None, at: int) -> tuple[str, Findings, int]:
        begins, run = self.jobs[name]
        data = Path(shutil.copytree(self.folder / begins, self.folder / f"{name}-{harm}-{at}"))
        with archive_at(data / "archive.db", make=False) as file, archive_at(self.empty()) as server:
            copied(file, server)
        (data / "archive.db").unlink()
        ended, count = self.forked(lambda: run(data, NOW), harm, at)
        for hours in (1, 2):
            after, _ = self.forked(lambda hours=hours: run(data, NOW + HOUR * hours), None, COUNTED)  # type: ignore[misc]
            if after != "done":
                ended = f"{ended}, and the run after it by {after}"
        with archive_at(server_at(self.address)) as server, archive_at(data / "archive.db") as file:
            copied(server, file)
        found = findings(data)
        shutil.rmtree(data)
        return ended, found, count

    def forked(self, what: Callable[[], object], harm: Harm | None, at: int) -> tuple[str, int]:
        """How it ended in a process of its own, and after how many statements."""
        assert is_single(), "a process with threads cannot be forked safely"
        heard, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            os.environ["MONITOR_ARCHIVE"] = self.address
            disturbed = Disturbed(harm, at)

            def run() -> str:
                what()
                return "done"

            ended = ended_as(run)
            os.write(says, f"{disturbed.count} {ended}".encode())
            os._exit(0)
        os.close(says)
        with os.fdopen(heard, "rb") as answer:
            said = answer.read().decode()
        _, status = os.waitpid(child, 0)
        if not said:
            return signal.Signals(os.WTERMSIG(status)).name, 0
        count, _, ended = said.partition(" ")
        return ended, int(count)


def main() -> None:
    folder, address = Path(sys.argv[1]), sys.argv[2]
    with emptying(address) as empty:
        walk = Walk(folder, address, empty)
        for job in sys.argv[3:]:
            name, share = job.split(":")
            for point in walk.walked(name, int(share)):
                print(json.dumps(point), flush=True)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
