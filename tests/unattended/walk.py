"""Walks every point between two system calls that write: `python walk.py FOLDER PORT JOB:SHARE…`, behind the shim.

Everything is loaded and prepared once. For each point a child is forked, which runs the job on a copy of the archive,
and meets its harm at that call; then another, in which nothing befalls the runs that come next; then the folder is
looked at. A line of JSON on stdout for each point: what was done to it, how it ended, what was wrong afterwards.

Of a job's points one in SHARE is walked, spread evenly: always the same ones.
"""

import gc
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from findings import Findings, faults, findings
from kernel import Harm, Shim
from office import HOUR, MONDAY, WEEK, Office, is_single, mailed, office_config, web
from officer import Officer

from monitor.app.backups import backup
from monitor.app.housekeeping import housekeeping
from monitor.app.learning import learn_documents
from monitor.app.restoring import restore
from monitor.cli.stopping import stopping
from monitor.config.defaults import write_defaults
from monitor.errors import MonitorError

NEEDS_ROOM = ("write", "pwrite", "open", "mkdir", "link", "sendfile", "copy_file_range")
NOW = MONDAY + WEEK
MANY, ENDS, STEP = 12, 3, 7


@dataclass(frozen=True)
class Job:
    """`run` is disturbed, then nothing befalls `next`, an hour later and again."""

    begins: str  # with a copy of which folder
    run: Callable[[Path, datetime], object]
    next: Callable[[Path, datetime], object]
    is_mailed: bool = False


@dataclass(frozen=True)
class Point:
    job: str
    harm: Harm
    at: int
    call: str  # as the shim calls it, with its file


class Walk:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        config = folder / "config"
        config.mkdir()
        write_defaults(config)
        self.shim, self.office = Shim.here(), Office(office_config(), config)
        self.plain = self.office.config
        office, edited = self.office, folder / "edited.docx"

        def learn(data: Path, now: datetime) -> object:
            return learn_documents(config, data, [edited], sure=True, clock=lambda: now)

        self.jobs = {
            "poll": Job("drafted", office.poll, office.poll),
            "weekly": Job("polled", office.weekly, office.weekly),
            "mail": Job("polled", office.weekly, office.weekly, is_mailed=True),
            "learn": Job("drafted", learn, learn),
        }
        self.prepare(edited)
        self.jobs |= self.keeping(config)

    def prepare(self, edited: Path) -> None:
        """The archive after the first week's draft (`drafted`), and after the second week's news (`polled`)."""
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

    def keeping(self, config: Path) -> dict[str, Job]:
        made = backup(config, self.folder / "drafted", self.folder / "kept", clock=lambda: MONDAY + HOUR).path

        def keep(data: Path, now: datetime) -> object:
            return housekeeping(config, data, clock=lambda: now)

        def put_back(data: Path, now: datetime) -> object:
            return restore(config, data, made, clock=lambda: now)

        return {"housekeeping": Job("polled", keep, keep), "restore": Job("polled", put_back, put_back)}

    # ── one point ───────────────────────────────────────────────────────────────────────────────────────────────

    def walked(self, name: str, share: int, offset: int) -> Iterator[dict[str, object]]:
        job = self.jobs[name]
        calls, wanted = self.undisturbed(name, job)
        for number, point in enumerate(chosen(name, calls, share, offset), 1):
            yield self.disturbed(job, point, number, wanted) | {"handed_over": handed_over(calls)}

    def undisturbed(self, name: str, job: Job) -> tuple[list[str], Findings]:
        data, told = self.begun(job, f"{name}-undisturbed"), self.folder / f"{name}.calls"
        with told.open("wb") as lines:
            self.forked(lambda: self.harmed(job, data, Harm.COUNTED, 0, lines.fileno()), name, 0)
        self.forked(lambda: self.recovered(job, data), name, 0)
        return told.read_text().splitlines(), findings(data)

    def disturbed(self, job: Job, point: Point, number: int, wanted: Findings) -> dict[str, object]:
        data = self.begun(job, f"{point.job}-{number}")
        started = cpu()
        ended = self.forked(lambda: self.harmed(job, data, point.harm, point.at), point.job, number)
        after = self.forked(lambda: self.recovered(job, data), point.job, number)
        found = findings(data)
        wrong = [
            *told_wrongly(point, ended, found),
            *([] if after == "done" else [f"the runs after it: {after}"]),
        ]
        wrong += faults(found, wanted)
        if not wrong:
            shutil.rmtree(data)
        return {
            "job": point.job,
            "harm": point.harm.name,
            "at": point.at,
            "call": point.call.replace(str(data.parent), "").replace(f"{point.job}-undisturbed", "data"),
            "ended": ended,
            "faults": wrong,
            "recipient": recipient(point.job, number) if job.is_mailed else None,
            "seconds": round(cpu() - started, 3),
        }

    def begun(self, job: Job, name: str) -> Path:
        return Path(shutil.copytree(self.folder / job.begins, self.folder / name))

    def harmed(self, job: Job, data: Path, harm: Harm, at: int, told: int = -1) -> str:
        with stopping():
            self.shim.arm(harm, at, told)
            try:
                job.run(data, NOW)
            finally:
                self.shim.disarm()
        return "done"

    def recovered(self, job: Job, data: Path) -> str:
        for hours in (1, 2):
            job.next(data, NOW + HOUR * hours)
        return "done"

    def forked(self, what: Callable[[], str], job: str, number: int) -> str:
        """How it ended in a process of its own, in a word or as what was raised."""
        assert is_single(), "a process with threads cannot be forked safely"
        if self.jobs[job].is_mailed:
            self.office.config = mailed(self.plain, self.port, recipient(job, number))
        else:
            self.office.config = self.plain
        heard, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            os.write(says, ended_as(what).encode())
            os._exit(0)
        os.close(says)
        with os.fdopen(heard, "rb") as answer:
            said = answer.read().decode()
        _, status = os.waitpid(child, 0)
        return said or signal.Signals(os.WTERMSIG(status)).name


def ended_as(what: Callable[[], str]) -> str:
    try:
        return what()
    except MonitorError as error:
        return f"MonitorError: {error}"
    except KeyboardInterrupt as stopped:
        return type(stopped).__name__
    except BaseException:
        return f"BUG: {traceback.format_exc()}"


def told_wrongly(point: Point, ended: str, found: Findings) -> Iterator[str]:
    """What the disturbed run said of itself, held against what it was found to have done."""
    if point.harm in (Harm.KILLED, Harm.TORN) and ended != "SIGKILL":
        yield f"it was not killed: {ended}"
    if ended.startswith("BUG"):
        yield f"a bug for the person: {ended.strip().splitlines()[-1]}"
    if "Nothing was written" in ended and any(datetime.fromisoformat(made) == NOW for made in found.made):
        yield f"it said of an edition that is kept: {ended}"


def handed_over(calls: list[str]) -> int:
    """The call after which the relay may have the message: EHLO, MAIL, RCPT, DATA, and this."""
    sent = [at for at, call in enumerate(calls, 1) if call.startswith("send ")]
    return sent[4] if len(sent) > 4 else len(calls)


def cpu() -> float:
    """Seconds of a core that this process and its children have taken."""
    return sum(os.times()[:4])


def recipient(job: str, number: int) -> str:
    return f"{job}.{number}@desk.example"


# ── which points ────────────────────────────────────────────────────────────────────────────────────────────────


def chosen(job: str, calls: list[str], share: int, offset: int) -> list[Point]:
    """0: every harm at every call, which takes long. 1: every call; where many alike come in a row (the pages of one
    transaction), of more than a dozen of them the first, the last and some between. At a call that is one of its kind
    each harm, else one in turn; and in turn for mail, but what is said to the relay: the rest is as it is without.
    More: one in so many of these."""
    if share == 0:
        return [Point(job, harm, at, call) for at, call in enumerate(calls, 1) for harm in harms_at(call)]
    points: list[Point] = []
    for _, alike in groupby(enumerate(calls, 1), lambda numbered: numbered[1]):
        row = list(alike)
        for at, call in row if len(row) <= MANY else [*row[:ENDS], *row[ENDS:-ENDS:STEP], *row[-ENDS:]]:
            harms = harms_at(call)
            turn = [harms[len(points) % len(harms)]]
            is_alone = len(row) == 1 and job != "mail" or call.startswith("send ")
            points += (Point(job, harm, at, call) for harm in (harms if is_alone else turn))
    return points[offset % share :: share]


def harms_at(call: str) -> list[Harm]:
    """The harms that differ there."""
    kind = call.partition(" ")[0]
    harms = [Harm.KILLED, Harm.TERMINATED]
    if kind in NEEDS_ROOM:
        harms.append(Harm.FULL)
    if kind in ("write", "pwrite", "send"):
        harms.append(Harm.TORN)
    if kind == "rename":
        harms += (Harm.IO_ERROR, Harm.NO_ACCESS)
    return harms


def main() -> None:
    folder, port, *jobs = sys.argv[1:]
    walk = Walk(Path(folder), int(port))
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    for offset, (name, share) in enumerate(job.split(":") for job in jobs):
        for found in walk.walked(name, int(share), offset):
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
