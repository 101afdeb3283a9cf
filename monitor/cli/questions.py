"""What the editor asks of stories and rules, with nothing stored. What the commands do is in `app`, imported when
one runs."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from monitor.cli.door import Folders
from monitor.cli.forms import FILE, day, weeks, words
from monitor.cli.showing import as_json, show, show_json, show_lines


@click.command("try")
@as_json
@click.argument("targets", nargs=-1, required=True)
@click.pass_obj
def try_(folders: Folders, as_json: bool, targets: tuple[str, ...]) -> int:
    """Print what would be read from an address or a file.

    TARGETS are addresses (http or https) or files, of feeds or pages, one or many. Nothing is stored. Exit code 1 where
    any of them is neither a feed nor an article; the others are printed all the same.
    """
    from monitor.app import answers

    code = 0
    addresses = [words(target) if "://" in target else target for target in targets]
    for tried in answers.try_targets(folders.config, addresses):
        code = 1 if isinstance(tried, answers.TriedNothing) else code
        if as_json:
            show_json(tried.record())
        else:
            show_lines(tried.lines())
    return code


@click.command()
@click.argument("id_or_url", type=words, nargs=-1, required=True, metavar="ID_OR_URL_OR_WORDS…")
@as_json
@click.pass_obj
def explain(folders: Folders, id_or_url: tuple[str, ...], as_json: bool) -> None:
    """Say why a stored article is in or out, and in which story.

    ID_OR_URL_OR_WORDS… is its address, in any spelling, its id, as a draft's JSON has it, or words of its headline:
    where several articles have them, they are listed.
    """
    from monitor.app import answers

    explained = answers.explain(folders.config, folders.data, " ".join(id_or_url))
    if as_json:
        show_json(explained.record())
    else:
        show(explained.text)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--verdicts",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=FILE,
    help="Write each story's verdict into this file, a JSON line a story.",
)
@click.option(
    "--shortlist",
    "pool",
    metavar="POOL",
    type=click.Path(path_type=Path),
    help="Measure the choice of the twelve on the events of this pool, whose reports stand in FILE.",
)
@click.option(
    "--meeting", type=day, help="With --shortlist: the panel's business around this meeting counts."
)
@as_json
@click.pass_obj
def evaluate(
    folders: Folders,
    files: tuple[Path, ...],
    verdicts: Path | None,
    pool: Path | None,
    meeting: date | None,
    as_json: bool,
) -> None:
    """Measure rules and grouping on labelled stories.

    Each FILE… holds stories with their labels, a JSON line a story.
    """
    from monitor.app import answers

    if pool:
        ranking = answers.evaluate_choice(folders.config, files, pool, meeting)
        show_json(ranking.as_record()) if as_json else show_lines(ranking.lines())
        return
    measured = answers.evaluate(folders.config, files, verdicts)
    if as_json:
        show_json(measured.as_record())
    else:
        show(measured.report())


@click.command()
@click.option(
    "--rules", type=click.Path(path_type=Path), metavar=FILE, required=True, help="Try this topics.yaml."
)
@weeks
@as_json
@click.pass_obj
def backtest(folders: Folders, rules: Path, weeks: int, as_json: bool) -> None:
    """Say what other rules would have gained and lost.

    The rules of --rules and those in force both judge the articles of the stored weeks; nothing is changed.
    """
    from monitor.app import rehearsing

    found = rehearsing.backtest(folders.config, folders.data, rules, weeks, datetime.now(UTC))
    if as_json:
        show_json(found.as_record())
    else:
        show_lines(found.lines())
