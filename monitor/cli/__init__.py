"""Arguments and what is shown. What the commands do is in `app`; how they end is in `door`.

Results go to stdout, everything else to stderr. `app` is imported when a command runs and not before: `monitor --help`
is to answer at once.
"""

import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from click.core import ParameterSource

from monitor import __version__
from monitor.cli.archive import archive
from monitor.cli.desk import desk
from monitor.cli.door import ASKS_FOR_HELP, Door, Folders, is_of_showing, stopped, unshown
from monitor.cli.feeds import feeds
from monitor.cli.forgetting import erase, prune
from monitor.cli.forms import DAY, FILE, FOLDER, FORMATS, PUBLIC_FORMATS, day, formats, weeks, words
from monitor.cli.keeping import backup, housekeeping, housekeeping_when_due, restore
from monitor.cli.officer import drop, learn, take, unlearn
from monitor.cli.private import private_files
from monitor.cli.questions import backtest, evaluate, explain, try_
from monitor.cli.shipped import run as run_shipped
from monitor.cli.shipped import shipped
from monitor.cli.showing import (
    Unsaid,
    as_json,
    log_to_stderr,
    logs_as_json,
    show,
    show_json,
    show_lines,
    show_progress,
    show_usage,
)
from monitor.cli.stopping import stopping
from monitor.cli.streams import give_up, make_ready
from monitor.errors import Busy

if TYPE_CHECKING:
    from monitor.app.weekly import WeekDone

# Libraries that warn of what a person at the command line can do nothing about.
CHATTY = (
    "trafilatura",
    "htmldate",
    "courlan",
    "urllib3",
    "charset_normalizer",
    "weasyprint",
    "fontTools",
)


def main(arguments: Sequence[str] | None = None, *, is_job: bool = False) -> int:
    """Runs one command and returns its exit code. The jobs come through this door too: where one meets another run
    of its kind nothing is said, for the next tick makes it good, and cron would mail it each time. A run that hangs
    is told by `status`."""
    make_ready()
    Unsaid.on_stderr = False
    try:
        code = _ended(arguments)
    except Busy as busy:
        if is_job:
            return 0
        show(str(busy), err=True)
        code = busy.exit_code
    return code or int(Unsaid.on_stderr)


def say(text: str) -> int:
    """Shows a text that no command says, as the jobs' `--help`. Returns the exit code."""
    make_ready()
    try:
        show(text, nl=False)
    except OSError as error:
        return unshown(error)
    return 0


def _ended(arguments: Sequence[str] | None) -> int:
    streams = sys.stdout, sys.stderr
    try:
        with stopping(), private_files():
            code = monitor.main(args=arguments, prog_name="monitor", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:  # wrong usage, said by click with a hint
        show_usage(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as by:  # before the command began, or when it had ended
        return stopped(by)
    except OSError as error:  # click's own help and version, before any command
        if not is_of_showing(error):
            raise
        return unshown(error)
    except SystemExit:  # click's way where the reader of a pipe went away from help or version
        if sys.stdout is streams[0]:
            raise
        sys.stdout, sys.stderr = streams
        give_up(sys.stdout)
        return 0


def whole_folder(context: click.Context, option: click.Parameter, folder: Path | None) -> Path | None:
    """As a shell would have made it. A timetable's environment is not read by one, and then `~/monitor` is a folder
    called `~`, and an archive in it a new and empty one."""
    is_of_environment = context.get_parameter_source(option.name or "") is ParameterSource.ENVIRONMENT
    if is_of_environment and str(folder).startswith(("~", "$", '"', "'", "%")):
        raise click.BadParameter(
            f"{str(folder)!r} is taken as it stands, without a shell: write the whole path, without quotation marks."
        )
    return folder


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MONITOR_CONFIG",
    callback=whole_folder,
    default=Path(),
    metavar=FOLDER,
    help="Where the four YAML files are; MONITOR_CONFIG says so too. [default: the current folder]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MONITOR_DATA",
    callback=whole_folder,
    metavar=FOLDER,
    help="Where the archive and the drafts are; MONITOR_DATA says so too. [default: data/ beside the YAML files]",
)
@click.option(
    "--panel",
    metavar="NAME",
    help="Which panel is meant, where the configuration has several: the name of its folder in panels/.",
)
@click.option(
    "--metrics",
    type=click.Path(path_type=Path),
    envvar="MONITOR_METRICS",
    metavar=FILE,
    help="Write figures for Prometheus into this file (.prom) after a poll and a weekly run; MONITOR_METRICS likewise.",
)
@click.option(
    "--log-json",
    is_flag=True,
    help="Log one JSON object a line to stderr, with the run's id; MONITOR_LOG_JSON=1 likewise.",
)
@click.option("-v", "--verbose", count=True, help="Say more on stderr; twice for everything.")
@click.version_option(__version__, prog_name="monitor")
@click.pass_context
def monitor(
    context: click.Context,
    config: Path,
    data: Path | None,
    panel: str | None,
    metrics: Path | None,
    log_json: bool,
    verbose: int,
) -> None:
    """Reads local news feeds and drafts a police and crime panel's Topical Issues report."""
    from monitor.app.home import chosen, data_of

    context.obj = Folders(config, data or data_of(config), metrics, str(uuid4()))
    if (
        panel is not None and not context.meta[ASKS_FOR_HELP]
    ):  # who asks for help need not name a panel that is there
        context.obj = context.obj._replace(config=chosen(config, panel))
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    as_records = log_json or logs_as_json()
    log_to_stderr(level, "%(levelname)s %(name)s: %(message)s", run=context.obj.run, as_records=as_records)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.ERROR if verbose < 2 else logging.INFO)


@monitor.command()
@click.argument("named", nargs=-1, metavar="[FOLDER|NAME…]")
@click.option(
    "--new-archive",
    is_flag=True,
    help="Make an empty archive in the data folder, where the one that was there is lost and not to be restored.",
)
@shipped
@click.pass_obj
def init(folders: Folders, /, named: tuple[str, ...], new_archive: bool, **asked: bool) -> int:
    """Write the four default files where there are none.

    They go into FOLDER, which is made where it is missing; by default into that of --config, or the current one.

    Later, --diff says what the files of this version have that yours lack, and --update takes it in, with its
    comments: a part, all in a group, or all that is new (FOLDER|NAME…: then names, in the folder of --config). The
    result is checked before it replaces anything, and a dated copy of each changed file stays beside it. Exit code 1
    where a part could not be taken in.
    """
    if new_archive and (named or any(asked.values())):
        raise click.UsageError("--new-archive goes with --config and --data, not with a folder.")
    if new_archive:
        from monitor.app import new_archive as begun

        show_lines(begun.begin_anew(folders.data))
        return 0
    code = run_shipped(folders.config, named, **asked)
    if code is not None:
        return code
    from monitor.app import setting_up

    show_lines(setting_up.init(Path(named[0]) if named else folders.config))
    return 0


@monitor.command()
@click.option("--usage", is_flag=True, help="Say also what each phrase did in the stored weeks.")
@weeks
@click.pass_context
def check(context: click.Context, usage: bool, weeks: int) -> None:
    """Say what was understood of the YAML files, or every mistake.

    A mistake is one line: file, line, place, what is wrong, and what to write instead. Exit code 1 where there is one.
    """
    from monitor.app import channels, setting_up

    if not usage and context.get_parameter_source("weeks") is not ParameterSource.DEFAULT:
        raise click.UsageError("--weeks goes with --usage.")
    folders: Folders = context.obj

    show_lines(setting_up.check(folders.config, datetime.now(UTC)))
    show_lines(channels.understood(folders.metrics))
    if usage:
        from monitor.app import rehearsing

        show_lines(rehearsing.usage(folders.config, folders.data, weeks, datetime.now(UTC)))


@monitor.command()
@click.option("--all", "everything", is_flag=True, help="Read every feed that is on, due or not.")
@as_json
@click.argument("feeds", type=words, nargs=-1)
@click.pass_obj
def poll(folders: Folders, everything: bool, as_json: bool, feeds: tuple[str, ...]) -> int:
    """Read the feeds that are due and store what is new in them.

    FEEDS names feeds to read now, due or not: an outlet's name, in quotes where it has a space, or an address.

    A feed that fails is told and tried again later. Exit code 1 where every feed fails alike, for then the trouble
    is on this side: the network, a proxy, a firewall.

    Where the environment holds an address in MONITOR_PING_POLL, or a file's name in MONITOR_PING_POLL_FILE, it is
    pinged when a poll of what is due begins and ends; a poll of named feeds is none.
    """
    from monitor.app import runs
    from monitor.app.channels import Job
    from monitor.app.telling import watched

    with watched(None if feeds else Job.POLL, *folders) as watch:
        polled = runs.poll(
            folders.config,
            folders.data,
            everything=everything,
            names=feeds,
            progress=show_progress,
            announce=watch.begun,
        )
        watch.ended(not polled.outage, polled.outage or polled.counts)
    if as_json:
        for outcome in polled.outcomes:
            show_json(asdict(outcome))
    else:
        show_lines(polled.failures)
    if polled.outage:
        show(polled.outage, err=True)
    if not as_json:
        show_lines([polled.counts])
    if not feeds:
        housekeeping_when_due(folders)
    return 1 if polled.outage else 0


@monitor.command()
@click.option(
    "--since",
    type=day,
    metavar=DAY,
    help="Take stories first seen on this day or later. [default: since the end of the last issued report]",
)
@click.option(
    "--until",
    type=day,
    metavar=DAY,
    help="Take stories first seen on this day or earlier. [default: up to now]",
)
@click.option(
    "--meeting",
    type=day,
    metavar=DAY,
    help="Draft for the meeting of this day. [default: the next in panel.yaml]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=FOLDER,
    help="Write the documents into this folder. [default: as panel.yaml says]",
)
@click.option(
    "--format",
    "formats",
    type=formats,
    metavar="LIST",
    help="Write these, parted by commas: docx, html, md, json, pdf, atom. [default: docx,html,md,json]",
)
@click.option("--recheck", is_flag=True, help="Read the quoted pages again first, and say what changed.")
@as_json
@click.option(
    "--public",
    is_flag=True,
    help="Write the version for publication: no unlicensed excerpts, notes or comments. It is not kept as a draft.",
)
@click.pass_obj
def draft(
    folders: Folders,
    since: date | None,
    until: date | None,
    meeting: date | None,
    out: Path | None,
    formats: tuple[str, ...] | None,
    recheck: bool,
    as_json: bool,
    public: bool,
) -> None:
    """Write the draft report from the stored articles.

    Days are whole days in London. What the draft rests on is printed first, then where its documents are.
    """
    from monitor.app import runs

    if public and "json" in (formats or ()):
        raise click.BadParameter("json is the working record, reasons and all; it has no public version.")
    wanted = runs.DraftWanted(
        since=since,
        until=until,
        meeting=meeting,
        out=out,
        formats=formats or (PUBLIC_FORMATS if public else FORMATS),
        public=public,
        recheck=recheck,
    )
    drafted = runs.draft(folders.config, folders.data, wanted, progress=show_progress)
    if as_json:
        written = {
            "documents": [str(path) for path in drafted.documents],
            "left_out": drafted.left_out,
        }
        show_json({**written, **asdict(drafted.edition)})
    else:
        show_lines(runs.draft_lines(drafted))


def _show_week(done: "WeekDone") -> None:
    show_lines(done.lines)
    show_lines(done.failures, err=True)


@monitor.command()
@click.pass_obj
def weekly(folders: Folders) -> int:
    """Make this week's draft and deliver it, once: every panel's.

    Exit code 1 where one could not be made or delivered; the others are, and the next run tries again.

    Where the environment holds an address in MONITOR_PING_WEEKLY, or a file's name in MONITOR_PING_WEEKLY_FILE, it is
    pinged when a run begins and ends. panel.yaml may name an operator who is mailed where a person must act.
    """
    from monitor.app import weeks as job
    from monitor.app.channels import Job
    from monitor.app.telling import watched
    from monitor.reading.workers import cores

    with watched(Job.WEEKLY, *folders) as watch:
        done = job.weekly_of_all(
            folders.config,
            folders.data,
            progress=show_progress,
            announce=watch.begun,
            tell=_show_week,
            processes=cores(),
        )
        watch.ended(not done.failures, " ".join(done.failures or done.lines[-1:]))
    return 1 if done.failures else 0


@monitor.command()
@as_json
@click.pass_obj
def status(folders: Folders, as_json: bool) -> int:
    """Say how things stand, and what needs a person.

    Feeds, archive, last runs, last draft, next meeting, versions. Exit code 1 where something needs a person.
    """
    from monitor.app import states
    from monitor.app import workspace as workspace

    found = states.status_of_all(folders.config, folders.data, workspace.utc_now())
    if as_json:
        show_json(found.record())
    else:
        show_lines(found.lines())
    return 1 if found.needs else 0


@monitor.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-week"))
def demo(folder: Path) -> None:
    """Draft from an invented week, served from this machine.

    Everything goes into FOLDER (by default demo-week), which must be new, empty or an earlier demo's.
    """
    from monitor.app import sample

    show_lines(sample.demo(folder, progress=show_progress))


for command in (
    try_,
    explain,
    evaluate,
    backtest,
    learn,
    unlearn,
    take,
    drop,
    feeds,
    desk,
    backup,
    restore,
    housekeeping,
    prune,
    erase,
    archive,
):
    monitor.add_command(command)

if __name__ == "__main__":
    sys.exit(main())
