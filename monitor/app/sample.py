"""demo: the whole pipeline on the sample week, served from this machine.

What it writes is an ordinary configuration folder with its archive, so that every other command can be tried on it
afterwards. A folder with anything else in it is never touched.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from monitor.app.lost import forget
from monitor.app.runs import DraftWanted, Polled, draft, draft_lines, poll
from monitor.app.typed import as_typed, monitor_as_called
from monitor.app.workspace import Clock, utc_now
from monitor.config.defaults import write_defaults
from monitor.demo.server import Week, serve
from monitor.errors import InputError, OutputError
from monitor.paths import exists
from monitor.pipeline import Drafted, Progress
from monitor.reporting.wording import say_count

MARK = ".sample-week"  # says that a folder is a demo's own, and may be begun anew


def demo(
    folder: Path, *, progress: Progress, clock: Clock = utc_now, program: str | None = None
) -> Iterator[str]:
    """Yields the lines to show while it goes. Raises InputError where the folder holds something else.

    `program` is what the person types to call the monitor; by default, as they did.
    """
    now = clock()
    _claim(folder)
    with serve(now) as week:
        _configure(folder, week)
        yield f"Serving {say_count(len(week.stories), 'story', 'stories')} of the sample week from this machine."
        # All of it at one moment: else which outlet's server was quickest would say which report leads a story.
        read = clock()
        polled = poll(
            folder, folder / "data", everything=True, names=(), progress=progress, clock=lambda: read
        )
        yield from _poll_lines(polled)
    drafted = draft(folder, folder / "data", DraftWanted(out=folder), progress=progress, clock=clock)
    yield from draft_lines(drafted)
    yield from _next_lines(f"{program or monitor_as_called()} --config {as_typed(folder)}", drafted)


def _is_anothers(folder: Path) -> bool:
    try:
        return exists(folder) and any(folder.iterdir()) and not exists(folder / MARK)
    except OSError as error:
        raise InputError(f"{folder} cannot be looked into: {error.strerror or error}.") from error


def _claim(folder: Path) -> None:
    if _is_anothers(folder):
        raise InputError(f"{folder} is not empty and not a demo's. Name another folder: monitor demo FOLDER")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
        for remains in ("data", "schemas"):
            shutil.rmtree(folder / remains, ignore_errors=True)
        for file in folder.glob("*.yaml"):
            file.unlink()
        forget(folder, folder / "data")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}.") from error


def _configure(folder: Path, week: Week) -> None:
    """The default files, but with the sample week's feeds. JSON strings are YAML strings."""
    lines = [
        "network:",
        '  user_agent: "TopicalIssuesMonitor/1.0 (demo; +mailto:demo@topical-issues.example)"',
        "  allow_private_addresses: true  # the sample week is served from this machine,",
        f"  proxy: {week.proxy}  # which stands in for its outlets only while the demo runs",
        "  spacing: 0s",
        "feeds:",
    ]
    for feed in week.feeds:
        lines += [f"  # {feed.note}", f"  - name: {json.dumps(feed.name, ensure_ascii=False)}"]
        lines += [f"    url: {json.dumps(feed.url)}", f"    area: {json.dumps(feed.area)}"]
    (folder / "feeds.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    write_defaults(folder)


def _poll_lines(polled: Polled) -> Iterator[str]:
    if polled.outage:
        yield polled.outage
    yield from (f"Could not be read: {failure}" for failure in polled.failures)
    yield polled.counts


def _next_lines(command: str, drafted: Drafted) -> Iterator[str]:
    """What to do with the draft; `command` is the monitor's, up to the name of what it is to do."""
    report = next(path for path in drafted.documents if path.suffix == ".docx")
    yield ""
    yield f"The draft report: {report}"
    if drafted.edition.items:
        story = drafted.edition.items[0].story
        yield f"Why its first story is in: {command} explain {story}"
    yield "Next: open the draft in Word or LibreOffice, strike, move and rewrite what you like, save and close it."
    yield f"Then let the monitor learn what you did: {command} learn {as_typed(report)}"
    yield f"The next draft starts from that: {command} draft"
    yield f"Or do all of it on pages in a browser: {command} desk"
