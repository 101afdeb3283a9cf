"""One small office, for runs that are disturbed: three papers, a fake network, and the commands as a timer says them.

The configuration is read once and handed to each run, and what would be taken apart in worker processes is taken apart
in this one (`InPlace`): a process that is forked at any moment must not share pipes with others. All else is real: the
archive, the documents, the locks, the relay, and how SIGTERM is heard.
"""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from papers import PRECEPT
from web import Web, html_page, rss

import monitor.app.runs as runs
import monitor.app.weekly as weekly
import monitor.app.workspace as workspace
import monitor.reading.workers as workers
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.reading.worker import called
from monitor.settings import Config, DeliverTo, Feed, Mail, Relay, WeeklyTime

MONDAY = datetime(2026, 11, 16, 7, 2, tzinfo=UTC)  # the first weekly draft; London is at UTC
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

PAPERS = tuple(
    Feed(name=name, url=f"https://{name.split()[1].lower()}.example/rss")
    for name in ("Thames Courier", "Kennet Gazette", "Chiltern Echo")
)
SUBJECTS = ("precept", "response times", "custody", "vetting", "stop and search", "call handling")


def office_config(**panel) -> Config:
    default = read_config(defaults_folder())
    return replace(
        default,
        feeds=PAPERS,
        network=replace(default.network, spacing=timedelta(0), workers=2),
        panel=replace(default.panel, weekly=WeeklyTime(weekday=0, at=time(7)), **panel),
    )


def mailed(config: Config, port: int, *recipients: str) -> Config:
    mail = Mail(
        sender="monitor@desk.example",
        recipients=recipients,
        relay=Relay(host="127.0.0.1", port=port, starttls=False),
    )
    return replace(config, panel=replace(config.panel, deliver_to=DeliverTo.E_MAIL, mail=mail))


def story(paper: Feed, number: int) -> tuple[str, str, tuple[str, ...]]:
    """Address, headline and text of a paper's story; each is its own, and all are for the panel."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    headline = f"Police {subject} in question after figure {number} in {paper.name}"
    text = (
        f"Thames Valley Police’s {subject} will be looked at again, {paper.name} has learned, after {number + 11} "
        "complaints from residents in a year.",
        *PRECEPT[1:],
    )
    return f"{paper.url.removesuffix('/rss')}/news/{number}", headline, text


def web(first: int, last: int, now: datetime) -> Web:
    """The network as it is at `now`: each paper has these stories, an hour apart."""
    pages: dict[str, bytes] = {}
    for paper in PAPERS:
        stories = [(story(paper, number), now - HOUR * (last - number + 1)) for number in range(first, last)]
        pages[paper.url] = rss(*((url, headline, moment) for (url, headline, _), moment in stories))
        pages |= {url: html_page(headline, *text) for (url, headline, text), _ in stories}
    return Web(pages)


class InPlace:
    """In the place of a worker process."""

    is_done = False

    def __init__(self, limits) -> None:
        pass

    def is_ready(self) -> bool:
        return True

    def answer(self, task, deadline: float):
        return called(task.call)(*task.arguments)

    def kill(self) -> None:
        pass

    close = kill


class Office:
    """What runs in this process meet: the configuration and the network, either of which may be changed."""

    def __init__(self, config: Config, folder: Path = Path()) -> None:
        """`folder` is where the configuration would be, and what is noted beside it."""
        self.config, self.folder, self.web = config, folder, Web()
        workers._Worker = InPlace  # type: ignore[misc]
        workspace.read_config = lambda folder: self.config
        runs.fetcher_in_turn = self._fetcher

    @contextmanager
    def _fetcher(self, network, data, here=None):
        yield self.web

    def poll(self, data: Path, now: datetime) -> runs.Polled:
        return runs.poll(self.folder, data, everything=True, names=(), progress=quietly, clock=lambda: now)

    def poll_due(self, data: Path, now: datetime) -> runs.Polled:
        return runs.poll(self.folder, data, everything=False, names=(), progress=quietly, clock=lambda: now)

    def weekly(self, data: Path, now: datetime) -> weekly.WeekDone:
        return weekly.weekly(self.folder, data, progress=quietly, clock=lambda: now)


def quietly(what: str, done: int, of: int) -> None:
    """No progress is shown."""


def is_single() -> bool:
    """Whether this process may be forked: locks that another thread holds would never be let go of."""
    return threading.active_count() == 1
