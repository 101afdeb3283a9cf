"""The operator's commands for the archive. What they do is in `app`, imported when one of them runs."""

from pathlib import Path

import click

from monitor.cli.door import Folders
from monitor.cli.forms import FILE, FOLDER
from monitor.cli.showing import as_json, show, show_json, show_lines
from monitor.errors import Busy, MonitorError


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=FOLDER,
    help="Write it into this folder, where none is removed. [default: as panel.yaml says]",
)
@as_json
@click.pass_obj
def backup(folders: Folders, out: Path | None, as_json: bool) -> None:
    """Copy the archive and the files into a zip file.

    The archive may be in use meanwhile. Its copy is checked before it is kept; then older backups that are not
    wanted any more are removed, as `backups` in panel.yaml says. `poll` does this once a day.
    """
    from monitor.app import backups

    done = backups.backup(folders.config, folders.data, out)
    show_json(done.record()) if as_json else show_lines(done.lines())


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar=FILE)
@as_json
@click.pass_obj
def restore(folders: Folders, file: Path, as_json: bool) -> int:
    """Put a backup's archive in the place of this one.

    FILE is a backup, or a plain copy of an archive. It is checked first; the archive that it replaces is kept beside
    it. Says what came back and what is lost. Exit code 75 where a run is at work, 1 also where the archive is back and
    another file is not.
    """
    from monitor.app import restoring

    done = restoring.restore(folders.config, folders.data, file)
    show_json(done.record()) if as_json else show_lines(done.lines())
    return 1 if done.missing else 0


@click.command()
@click.option(
    "--when-due", is_flag=True, help="Only where a day has passed since the last, as `poll` does it."
)
@click.pass_obj
def housekeeping(folders: Folders, when_due: bool) -> int:
    """Check the archive, tidy it and back it up, now.

    `poll` does so by itself once a day. Exit code 1 where something went wrong.

    Where the environment holds an address in MONITOR_PING_HOUSEKEEPING, or a file's name in
    MONITOR_PING_HOUSEKEEPING_FILE, it is pinged when this begins and ends, also where `poll` does it.
    """
    from monitor.app import housekeeping
    from monitor.app.channels import Job
    from monitor.app.telling import watched

    if when_due:
        housekeeping_when_due(folders)
        return 0
    with watched(Job.HOUSEKEEPING, *folders) as watch:
        done = housekeeping.housekeeping(folders.config, folders.data, announce=watch.begun)
        watch.ended(not done.failures, done.summary)
    show_lines(done.failures, err=True)
    show_lines(done.lines)
    return 1 if done.failures else 0


def housekeeping_when_due(folders: Folders) -> None:
    """After a poll. What went wrong is said, and is no fault of the poll's; another run at it is none at all."""
    from monitor.app import housekeeping
    from monitor.app.channels import Job
    from monitor.app.telling import watched

    if not housekeeping.is_due(folders.data):
        return
    try:
        with watched(Job.HOUSEKEEPING, *folders) as watch:
            done = housekeeping.of_the_day(folders.config, folders.data, announce=watch.begun)
            watch.ended(not done.failures, done.summary)
    except Busy:
        return
    except MonitorError as error:
        show(str(error), err=True)
        return
    show_lines(done.failures, err=True)
