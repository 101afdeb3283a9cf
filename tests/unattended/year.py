"""Simulated days of an office without a person: `python year.py FOLDER SEED DAYS RELAY BREAKING`, behind the shim.

Time is an argument, and so is the machine's clock, which may be wrong. Twice a day the jobs run that a timer would
start, and once somebody looks at `status`. Outages are drawn by the seed: of each kind at least one where the days
suffice, one after the other, so that each is known by what is told in its time.

A line of JSON on stdout: what was made when, what was told when, and what is in the archive after all.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from findings import findings
from kernel import Harm, Shim
from office import DAY, HOUR, MONDAY, PAPERS, WEEK, Office, is_single, mailed, office_config, story
from web import Web, html_page, rss

from monitor.app.state import status
from monitor.config.defaults import defaults_folder
from monitor.errors import MonitorError
from monitor.model import FailureKind, FetchFailed
from monitor.reporting.edition.cycle import weekly_moment
from monitor.store import Store

BEGIN = MONDAY - HOUR  # two minutes past six
STEPS = (HOUR, 13 * HOUR)  # of each day: two past seven, and two past seven in the evening
LISTED = 12  # stories in a paper's feed
DEAD = 9  # a port at which no relay listens


@dataclass(frozen=True)
class Kind:
    """`days`: how long at least and at most. `told`: a word of what `status` must say, within `within` of its begin;
    None where the machine is off, or so short a thing that nobody need know."""

    days: tuple[int, int]
    weekday: int | None = None  # on which it begins
    told: str | None = None
    within: timedelta = timedelta()
    is_off: bool = False  # no job runs
    skew: timedelta = timedelta()  # of the machine's clock
    is_short: bool = False  # within one run


KINDS = {
    "a feed that fails": Kind((6, 9), told="Courier", within=timedelta(days=4)),
    "no network": Kind((2, 4), told="no feed was read since", within=timedelta(days=2)),
    "no poller": Kind((2, 4), told="See whether the jobs run", within=timedelta(days=2)),
    "no relay": Kind((3, 4), weekday=0, told="the e-mail of draft", within=timedelta(days=2)),
    "a relay that breaks off": Kind((1, 1), weekday=0),
    "a full disk": Kind((2, 3), told="cannot be recorded", within=timedelta(days=2)),
    "no power": Kind((1, 5), is_off=True),
    "asleep from Friday to Wednesday": Kind((5, 5), weekday=4, is_off=True),
    "killed at work": Kind((3, 7), is_short=True),
    "a month ahead": Kind((1, 1), weekday=2, told="clock", within=timedelta(days=2), skew=timedelta(days=30)),
    "a year ahead": Kind((1, 1), weekday=2, told="clock", within=timedelta(days=2), skew=timedelta(days=365)),
    "a day back": Kind((1, 3), skew=timedelta(days=-1)),
}  # fmt: skip


@dataclass
class Outage:
    kind: str
    begins: datetime
    ends: datetime
    told: datetime | None = None
    said: list[str] = field(default_factory=list)  # what was told in its time


@dataclass
class Made:
    number: int
    at: datetime  # in truth
    outage: str | None  # what was going on


@dataclass
class Year:
    folder: Path
    chance: random.Random
    days: int
    relays: tuple[int, int]  # ports: one that works, one that breaks off after DATA
    outages: list[Outage] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    needs: list[tuple[datetime, str]] = field(default_factory=list)  # told while all was well
    bugs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        meetings = tuple((MONDAY + timedelta(days=39 + 56 * n)).date() for n in range(self.days // 56 + 3))
        self.office, self.shim = Office(office_config(meetings=meetings)), Shim.here()
        self.plain, self.data = self.office.config, self.folder / "data"
        self.outages = list(drawn(self.chance, self.days))

    def lived(self) -> None:
        for day in range(self.days):
            for step in STEPS:
                now = BEGIN + DAY * day + step
                outage = next((one for one in self.outages if one.begins <= now < one.ends), None)
                self.step(now, outage)
                if step == STEPS[-1]:
                    self.look(now, outage)

    # ── what runs ───────────────────────────────────────────────────────────────────────────────────────────────

    def step(self, now: datetime, outage: Outage | None) -> None:
        kind = outage.kind if outage else ""
        self.office.web = web_at(now, kind)
        port = {"no relay": DEAD, "a relay that breaks off": self.relays[1]}.get(kind, self.relays[0])
        self.office.config = mailed(self.plain, port, "o@desk.example")
        if outage and KINDS[kind].is_off:
            return
        clock = now + (KINDS[kind].skew if outage else timedelta())
        jobs = [self.office.weekly] if kind == "no poller" else [self.office.poll_due, self.office.weekly]
        for job in jobs:
            if kind in ("a full disk", "killed at work"):
                self.harmed(kind, lambda job=job: job(self.data, clock))
            else:
                self.tried(lambda job=job: job(self.data, clock))
        for number in self.numbers():
            if number not in [made.number for made in self.made]:
                self.made.append(Made(number, now, kind or None))

    def tried(self, job: Callable[[], object]) -> None:
        try:
            job()
        except MonitorError:
            pass
        except Exception as error:
            self.bugs.append(repr(error))

    def harmed(self, kind: str, job: Callable[[], object]) -> None:
        """In a process of its own, which has no room from some call on, or ends at one."""
        at = 1 if kind == "a full disk" else self.chance.randint(1, 150)
        end = time.monotonic() + 10
        while not is_single() and time.monotonic() < end:
            time.sleep(0.001)
        child = os.fork()
        if child == 0:
            self.shim.arm(Harm.FULL if kind == "a full disk" else Harm.KILLED, at)
            before = len(self.bugs)
            self.tried(job)
            self.shim.disarm()
            os._exit(len(self.bugs) - before)
        _, ended = os.waitpid(child, 0)
        if os.WIFEXITED(ended) and os.WEXITSTATUS(ended):
            self.bugs.append(f"a bug in {kind}")

    def numbers(self) -> list[int]:
        if not (self.data / "archive.db").exists():
            return []
        with Store.open(self.data / "archive.db", make=False) as store:
            return [edition.number for edition in store.editions.all()]

    # ── who looks ───────────────────────────────────────────────────────────────────────────────────────────────

    def look(self, now: datetime, outage: Outage | None) -> None:
        kind = KINDS[outage.kind] if outage else Kind((0, 0))
        if kind.is_off:
            return
        try:
            needs = status(defaults_folder(), self.data, now + kind.skew).needs
        except MonitorError as error:
            needs = (str(error),)
        for need in (getattr(one, "sentence", one) for one in needs):
            # A message that waits for a person does so until the next week's has been sent.
            after = WEEK if "the e-mail of draft" in need else 2 * DAY
            lately = [one for one in self.outages if one.begins <= now < one.ends + after]
            for one in lately:
                one.said.append(need)
                word = KINDS[one.kind].told
                if word and word in need and one.told is None:
                    one.told = now
            if not lately:
                self.needs.append((now, need))


def drawn(chance: random.Random, days: int) -> Iterator[Outage]:
    """One after the other, with days of peace between, in which what is still to be told is told."""
    names: list[str] = []
    day = 8
    while True:
        names = names or chance.sample(list(KINDS), len(KINDS))
        kind = KINDS[name := names.pop()]
        day += chance.randint(5, 8)
        while kind.weekday is not None and (BEGIN + DAY * day).weekday() != kind.weekday:
            day += 1
        length = chance.randint(*kind.days)
        if day + length + 7 > days:
            return
        yield Outage(name, BEGIN + DAY * day, BEGIN + DAY * (day + length))
        day += length


def web_at(now: datetime, kind: str) -> Web:
    """Each paper prints a story every other day at noon; its feed has the last dozen."""
    if kind == "no network":
        return Web()
    pages: dict[str, bytes | FetchFailed] = {}
    first = BEGIN - 24 * DAY + 6 * HOUR
    for place, paper in enumerate(PAPERS[:2]):
        count = int((now - first - place * DAY) / (2 * DAY)) + 1
        stories = [(story(paper, n), first + place * DAY + n * 2 * DAY) for n in range(count - LISTED, count)]
        pages[paper.url] = rss(*((url, headline, moment) for (url, headline, _), moment in stories))
        pages |= {url: html_page(headline, *text) for (url, headline, text), _ in stories}
    if kind == "a feed that fails":
        pages[PAPERS[0].url] = FetchFailed(
            url=PAPERS[0].url, kind=FailureKind.SOFT, reason="500 Server Error", status=500
        )
    return Web(pages)


def main() -> None:
    folder, seed, days, *ports = sys.argv[1:]
    year = Year(Path(folder), random.Random(int(seed)), int(days), (int(ports[0]), int(ports[1])))
    year.plain = year.office.config = replace(year.plain, feeds=PAPERS[:2])
    year.lived()
    after = findings(year.data)
    print(json.dumps({
        "weeks": [weekly_moment(year.plain.panel.weekly, MONDAY + WEEK * week).isoformat() for week in range(year.days // 7)],
        "made": [asdict(made) for made in year.made],
        "outages": [asdict(outage) for outage in year.outages],
        "needs": year.needs,
        "bugs": year.bugs,
        "after": asdict(after),
        "printed": [story(paper, n)[0] for place, paper in enumerate(PAPERS[:2]) for n in range(12, 12 + (year.days - place - 2) // 2)],
        "seconds": round(sum(os.times()[:4]), 1),
    }, default=str))  # fmt: skip


if __name__ == "__main__":
    main()
