"""init and check: what comes before the first run. Imports nothing that reads the web, so both answer at once."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from monitor.app.home import home_of
from monitor.app.network import proxy_in
from monitor.app.typed import as_typed, monitor_as_called
from monitor.config.folder import misfits_in, read_installation, read_with_looks
from monitor.config.panels import called, is_several, name_of, panels_in
from monitor.config.understood import summary
from monitor.config.updating import begin
from monitor.errors import ConfigError, InputError, Mistake
from monitor.reporting.edition.cycle import NO_ARCHIVE, next_meeting, say_papers, went_out
from monitor.reporting.wording import day_in_london, say_day
from monitor.settings import DeliverTo, Panel


def init(folder: Path) -> tuple[str, ...]:
    """Writes the default files where there are none, and says which."""
    written = begin(folder)
    if not written:
        return (f"{folder} has all the files already; none was touched.",)
    config = "" if folder == Path() else f" --config {as_typed(folder)}"
    return (*(f"Written: {path}" for path in written), f"Next: {monitor_as_called()}{config} check")


def check(folder: Path, now: datetime) -> tuple[str, ...]:
    """What was understood of the configuration, of each panel. Raises ConfigError with every mistake, also of what does
    not fit, and InputError where the environment holds one."""
    if name_of(folder) or not is_several(folder):
        return _checked(folder, now)
    read_installation(folder)
    panels = panels_in(folder)
    if misfits := tuple(dict.fromkeys(misfit for panel in panels for misfit in misfits_in(panel))):
        raise ConfigError(misfits)
    understood = {panel.name: _checked(panel, now) for panel in panels}
    return tuple(
        line
        for name, lines in understood.items()
        for line in (f"Panel {name}:", *(f"  {one}" for one in lines))
    )


def _checked(folder: Path, now: datetime) -> tuple[str, ...]:
    config, looks = read_with_looks(folder)
    if misfits := misfits_in(folder):
        raise ConfigError(misfits)
    today = day_in_london(now)
    understood = (*summary(config, today, looks, home_of(folder, Path())), *_papers(config.panel, today))
    looked_at = _check_environment(config.panel, name_of(folder))
    _check_template(config.panel, folder / "panel.yaml")
    return (*understood, *looked_at)


def _check_environment(panel: Panel, name: str) -> tuple[str, ...]:
    """What a run would stop at, or a delivery: neither is to be found out on a Monday. Gives what to look at."""
    proxy_in(os.environ)
    if panel.deliver_to is not DeliverTo.FOLDER and panel.mail and panel.mail.relay:
        from monitor.app.login import login_in, unused  # which brings smtplib along

        if isinstance(wrong := login_in(os.environ, name), str):
            raise InputError(f"{wrong}.")
        if what := unused(os.environ, name):
            return (f"Needs a look: {what}",)
    return ()


def _check_template(panel: Panel, file: Path) -> None:
    """It is opened as a draft will open it: what is wrong with it is not to be found out by the weekly run."""
    if panel.template:
        from monitor.reporting.documents.word.template import template_document  # slow to import

        try:
            template_document(Path(panel.template))
        except InputError as error:
            lines = enumerate(file.read_text("utf-8").splitlines(), 1)
            line = next((number for number, text in lines if text.lstrip().startswith("template:")), 1)
            raise ConfigError([Mistake(called(file), line, "report.template", str(error))]) from error


def _papers(panel: Panel, today: date) -> Iterator[str]:
    """Between a meeting's papers and the meeting the summary's next meeting is not the one that a draft is for."""
    gone = went_out(panel.meetings, panel.papers_days, today, NO_ARCHIVE)
    if gone is None:
        return
    yield f"Next draft: {say_papers(panel.meetings, panel.papers_days, today, NO_ARCHIVE)}"
    if next_meeting(panel.meetings, panel.papers_days, today, NO_ARCHIVE) is None:
        yield (
            f"Needs a look: panel.yaml: no meeting after {say_day(gone)} is known; "
            "add its date, or the draft carries none"
        )
