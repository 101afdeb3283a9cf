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

import click
from click.core import ParameterSource

from monitor import __version__
from monitor.cli.door import Door, Folders
from monitor.cli.feeds import feeds
from monitor.cli.officer import drop, learn, take
from monitor.cli.showing import as_json, show_json, show_lines

FORMATS = ("docx", "html", "md", "json")
EXTRA_FORMATS = ("pdf", "atom")
PUBLIC_FORMATS = ("docx", "html", "md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. The jobs come through this door too."""
    try:
        code = monitor.main(args=arguments, prog_name="monitor", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:  # wrong usage, said by click with a hint
        error.show()
        return error.exit_code


def show_progress(what: str, done: int, of: int) -> None:
    """One line on a terminal that counts up; nothing where stderr is a file or a pipe."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what} {done}/{of}" if done < of else "\r\033[K", nl=False, err=True)


weeks = click.option(
    "--weeks",
    type=click.IntRange(1, 5200),
    default=12,
    show_default=True,
    help="So many stored weeks, up to now.",
)


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r} is not a day: write it as 2026-11-16.") from error


def formats(written: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in written.split(",") if name.strip()))
    offered = (*FORMATS, *EXTRA_FORMATS)
    if not names or not set(names) <= set(offered):
        raise click.BadParameter(f"{written!r}: choose from {', '.join(offered)}, parted by commas.")
    return names


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MONITOR_CONFIG",
    default=Path(),
    help="Folder of the four YAML files. [default: the current folder]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MONITOR_DATA",
    help="Folder of the archive and the drafts. [default: data/ in the configuration folder]",
)
@click.option("-v", "--verbose", count=True, help="Say more on stderr; twice for everything.")
@click.version_option(__version__, prog_name="monitor")
@click.pass_context
def monitor(context: click.Context, config: Path, data: Path | None, verbose: int) -> None:
    """Reads local news feeds and drafts a police and crime panel's Topical Issues report."""
    context.obj = Folders(config, data or config / "data")
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(
        level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True
    )
    for chatty in ("trafilatura", "htmldate", "courlan", "urllib3", "charset_normalizer"):
        logging.getLogger(chatty).setLevel(logging.ERROR if verbose < 2 else logging.INFO)


@monitor.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.pass_obj
def init(folders: Folders, folder: Path | None) -> None:
    """Write the four default files where there are none."""
    from monitor.app import setting_up

    show_lines(setting_up.init(folder or folders.config))


@monitor.command()
@click.option("--usage", is_flag=True, help="Also what each phrase did in the stored weeks.")
@weeks
@click.pass_context
def check(context: click.Context, usage: bool, weeks: int) -> None:
    """Read the configuration and print what was understood, or every mistake."""
    from monitor.app import setting_up

    if not usage and context.get_parameter_source("weeks") is not ParameterSource.DEFAULT:
        raise click.UsageError("--weeks goes with --usage.")
    folders: Folders = context.obj

    show_lines(setting_up.check(folders.config, datetime.now(UTC)))
    if usage:
        from monitor.app import rehearsing

        show_lines(rehearsing.usage(folders.config, folders.data, weeks, datetime.now(UTC)))


@monitor.command()
@click.option("--all", "everything", is_flag=True, help="Every feed, due or not.")
@as_json
@click.argument("feeds", nargs=-1)
@click.pass_obj
def poll(folders: Folders, everything: bool, as_json: bool, feeds: tuple[str, ...]) -> None:
    """Read the feeds that are due, or the named FEEDS (outlet or address), and store what is new."""
    from monitor.app import runs

    polled = runs.poll(
        folders.config, folders.data, everything=everything, names=feeds, progress=show_progress
    )
    if as_json:
        for outcome in polled.outcomes:
            show_json(asdict(outcome))
    else:
        show_lines((*polled.failures, polled.counts))


@monitor.command()
@click.option("--since", type=day, help="First day to look at. [default: the end of the last issued report]")
@click.option("--until", type=day, help="Last day to look at. [default: now]")
@click.option("--meeting", type=day, help="The meeting it is for. [default: the next in panel.yaml]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the documents. [default: from panel.yaml]"
)
@click.option(
    "--format",
    "formats",
    type=formats,
    help="docx,html,md,json; pdf and atom too, if asked for. [default: the first four]",
)
@click.option("--recheck", is_flag=True, help="Read the quoted pages again first, and say what has changed.")
@as_json
@click.option(
    "--public",
    is_flag=True,
    help="The version for publication: no unlicensed excerpts, notes or comments. Not kept as a draft.",
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
    """Write the draft report from the stored articles."""
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
        show_json({"documents": [str(path) for path in drafted.documents], **asdict(drafted.edition)})
    else:
        show_lines(runs.draft_lines(drafted))


@monitor.command()
@click.pass_obj
def weekly(folders: Folders) -> int:
    """Make this week's draft and deliver it, once. Exit code 1 where it could not be delivered."""
    from monitor.app import runs

    done = runs.weekly(folders.config, folders.data, progress=show_progress)
    show_lines(done.lines)
    for failure in done.failures:
        click.echo(failure, err=True)
    return 1 if done.failures else 0


@monitor.command("try")
@as_json
@click.argument("targets", nargs=-1, required=True)
@click.pass_obj
def try_(folders: Folders, as_json: bool, targets: tuple[str, ...]) -> None:
    """Print what would be read from each TARGET: an address or a file, of a feed or a page. Stores nothing."""
    from monitor.app import answers

    for tried in answers.try_targets(folders.config, targets):
        if as_json:
            show_json(tried.record())
        else:
            show_lines(tried.lines())


@monitor.command()
@click.argument("id_or_url")
@as_json
@click.pass_obj
def explain(folders: Folders, id_or_url: str, as_json: bool) -> None:
    """Say why a stored article is in or out, and in which story."""
    from monitor.app import answers

    explained = answers.explain(folders.config, folders.data, id_or_url)
    if as_json:
        show_json(explained.record())
    else:
        click.echo(explained.text)


@monitor.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--verdicts", type=click.Path(path_type=Path, dir_okay=False), help="Write a JSON line a story here."
)
@as_json
@click.pass_obj
def evaluate(folders: Folders, file: Path, verdicts: Path | None, as_json: bool) -> None:
    """Measure rules and grouping on labelled stories (a JSON line a story)."""
    from monitor.app import answers

    measured = answers.evaluate(folders.config, file, verdicts)
    if as_json:
        show_json(measured.as_record())
    else:
        click.echo(measured.report())


@monitor.command()
@click.option("--rules", type=click.Path(path_type=Path), required=True, help="A topics.yaml to try.")
@weeks
@as_json
@click.pass_obj
def backtest(folders: Folders, rules: Path, weeks: int, as_json: bool) -> None:
    """Say what other rules would have gained and lost over the stored weeks."""
    from monitor.app import rehearsing

    found = rehearsing.backtest(folders.config, folders.data, rules, weeks, datetime.now(UTC))
    if as_json:
        show_json(found.as_record())
    else:
        show_lines(found.lines())


@monitor.command()
@as_json
@click.pass_obj
def status(folders: Folders, as_json: bool) -> int:
    """Feeds, last runs, last edition, archive, versions. Exit code 1 where something needs a person."""
    from monitor.app import state
    from monitor.app import workspace as workspace

    found = state.status(folders.config, folders.data, workspace.utc_now())
    if as_json:
        show_json(asdict(found))
    else:
        show_lines(found.lines())
    return 1 if found.needs else 0


@monitor.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-week"))
def demo(folder: Path) -> None:
    """Run the whole pipeline on the sample week, served from this machine, into FOLDER."""
    from monitor.app import sample

    show_lines(sample.demo(folder, progress=show_progress))


for command in (learn, take, drop, feeds):
    monitor.add_command(command)

if __name__ == "__main__":
    sys.exit(main())
