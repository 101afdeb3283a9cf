"""Two panels in one installation: the default configuration and examples/hampshire, each with its files in `panels/`,
over three outlets on this machine: one of Berkshire, one of Hampshire, and one of the nation for both."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loopback import Answer, Server, serve
from pytest import MonkeyPatch
from relay import Relay, serve_relay
from web import html_page, rss
from where import ROOT

from monitor.app.weekly import WeekDone
from monitor.app.weeks import weekly_of_all
from monitor.app.workspace import Clock, utc_now
from monitor.cli import main
from monitor.store import Store
from monitor.store.server import Where, server_at

THAMES, HANTS = "thames-valley", "hampshire"
PANELS = {THAMES: ROOT, HANTS: ROOT / "examples" / "hampshire"}

OF_THAMES = (
    "Precept for Reading's police to rise by £14",
    "Police and Crime Commissioner Matthew Barber wants households in Reading and Slough to pay £14 more for policing "
    "next year, and the Thames Valley Police and Crime Panel will vote on his precept in Aylesbury.",
    "Thames Valley Police says that without the money it would lose 48 officers. Figures show that it has answered 89 "
    "per cent of 999 calls within ten seconds this year, against 81 per cent a year before.",
)
OF_HANTS = (
    "Precept for Southampton's police to rise by £15",
    "Police and Crime Commissioner Donna Jones wants households in Southampton and Portsmouth to pay £15 more for "
    "policing next year, and the Police and Crime Panel will vote on her precept in Winchester.",
    "Hampshire and Isle of Wight Constabulary says that without the money it would lose 37 officers. Figures show that "
    "it has answered 88 per cent of 999 calls within ten seconds this year, against 80 per cent a year before.",
)
OF_BOTH = (
    "Inspectors find that all 43 police forces answer 999 calls too late",
    "HMICFRS has inspected all 43 police forces in England and Wales, and found that they answer too few 999 calls within "
    "ten seconds. Figures show that one in five callers waits for longer than a minute.",
    "The inspectorate says that every force must improve by the spring. The Home Secretary told Parliament that police and "
    "crime commissioners will report to their police and crime panels on call handling.",
)
STORIES = {"berkshire": OF_THAMES, "solent": OF_HANTS, "national": OF_BOTH}
FEEDS = {"berkshire": "Berkshire Lantern", "solent": "Solent Courier", "national": "The Nation"}
AREAS = {"berkshire": "Berkshire", "solent": "Hampshire", "national": "National"}


@dataclass(frozen=True)
class At:
    """A clock that stands still, and may be given to another process."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


def ends(*_: object) -> None:
    """What a process does that the system ends."""
    os._exit(1)


def meets_a_bug(*_: object) -> None:
    raise ZeroDivisionError


@dataclass(frozen=True)
class Side:
    """The installation's folder, and what runs in it; its archive is a file there, or on a server at that address."""

    folder: Path
    address: str = ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def archive(self) -> Where:
        return server_at(self.address, self.data) if self.address else self.data / "archive.db"

    @contextmanager
    def at_its_archive(self) -> Iterator[None]:
        with MonkeyPatch.context() as environment:
            if self.address:
                environment.setenv("MONITOR_ARCHIVE", self.address)
            yield

    def run(self, *arguments: str, panel: str = "") -> int:
        with self.at_its_archive():
            return main(["--config", str(self.folder), *(["--panel", panel] if panel else []), *arguments])

    def week(self, clock: Clock = utc_now) -> WeekDone:
        with self.at_its_archive():
            return weekly_of_all(self.folder, self.data, progress=lambda *_: None, clock=clock)

    def panel(self, name: str) -> Path:
        return self.folder / "panels" / name

    def home(self, name: str) -> Path:
        return self.data / "panels" / name

    def store(self, name: str | None = None) -> Store:
        return Store.open(self.archive, panel=name)

    def edit(self, name: str, file: str, old: str, new: str) -> None:
        path = self.panel(name) / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def copied(self, to: Path) -> "Side":
        shutil.copytree(self.folder, to)
        return Side(to)


def installed(folder: Path, server: Server, moment: datetime | None = None, address: str = "") -> Side:
    """The files, and the outlets on the server; nothing read yet."""
    moment = moment or datetime.now(UTC) - timedelta(hours=3)
    for name, source in PANELS.items():
        (folder / "panels" / name).mkdir(parents=True)
        for file in ("panel.yaml", "topics.yaml", "places.yaml"):
            shutil.copy(source / file, folder / "panels" / name / file)
    for path, story in STORIES.items():
        server.answers |= {f"/{path}": Answer(html_page(*story))}
        server.answers |= {f"/{path}/rss": Answer(rss((server.url(f"/{path}"), story[0], moment)))}
    feeds = [
        f"  - {{name: {name}, url: '{server.url(f'/{path}/rss')}', area: {AREAS[path]}}}\n"
        for path, name in FEEDS.items()
    ]
    (folder / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true, spacing: 0s}\n"
        "feeds:\n" + "".join(feeds)
    )
    return Side(folder, address)


def mailed(side: Side, name: str, port: int) -> None:
    """The panel's week goes to its own officer, by a relay at this port."""
    side.edit(
        name,
        "panel.yaml",
        "\n  to: folder\n  folder: drafts\n",
        f"\n  to: e-mail\n  folder: drafts\n  mail: {{from: monitor@{name}.example, recipients: [officer@{name}.example], "
        f"host: 127.0.0.1, port: {port}, starttls: false}}\n",
    )


def headings(side: Side, name: str) -> list[str]:
    """Of the panel's newest draft: its report and further stories."""
    from monitor.reporting.edition.record import read_edition

    with side.store(name) as store:
        record = store.editions.record(store.editions.all()[-1].number)
    edition = read_edition(record or "")
    return [one.heading for one in (*edition.items, *edition.further)]


@contextmanager
def first_week(
    folder: Path, address: str = ""
) -> Iterator[tuple[Side, dict[str, int], dict[str, Relay], WeekDone]]:
    """Read and drafted, each mailed by a relay of its own: the files, what the outlets were asked, what the relays took,
    what the run came to."""
    with serve({}) as server, serve_relay() as of_thames, serve_relay() as of_hants:
        side = installed(folder, server, address=address)
        for name, relay in ((THAMES, of_thames), (HANTS, of_hants)):
            mailed(side, name, relay.port)
        assert side.run("poll") == 0
        done = side.week()
        yield side, dict(server.counts), {THAMES: of_thames, HANTS: of_hants}, done
