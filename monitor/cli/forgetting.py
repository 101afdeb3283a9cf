"""What is forgotten: by itself, and on request. What the commands do is in `app`, imported when one of them runs."""

from dataclasses import asdict

import click

from monitor.cli.door import Folders
from monitor.cli.showing import as_json, show_json, show_lines


@click.command()
@click.option("--dry-run", is_flag=True, help="Say only how much would go.")
@as_json
@click.pass_obj
def prune(folders: Folders, dry_run: bool, as_json: bool) -> None:
    """Forget what is kept longer than panel.yaml says.

    `retention` there says how long what is kept. What an open draft, a decision of the officer's, or an e-mail that is
    still to be sent needs stays in any case.
    """
    from monitor.app import forgetting

    run = forgetting.rehearse_prune if dry_run else forgetting.prune_now
    pruned = run(folders.config, folders.data)
    show_json(pruned.record()) if as_json else show_lines(pruned.lines())


@click.command()
@click.argument("targets", nargs=-1, metavar="[ID_OR_URL…]")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Everything that names this person.")
@click.option("--yes", is_flag=True, help="Erase what was shown; it cannot be brought back.")
@click.option("--copies", is_flag=True, help="Delete the archive's copies in the data folder too.")
@click.option("--list", "listed", is_flag=True, help="Say when something was erased, by whom, and how much.")
@as_json
@click.pass_obj
def erase(
    folders: Folders,
    targets: tuple[str, ...],
    names: tuple[str, ...],
    yes: bool,
    copies: bool,
    listed: bool,
    as_json: bool,
) -> int:
    """Remove an article, an address or a name everywhere.

    [ID_OR_URL…] are articles. What would go is shown, and nothing is touched before you say --yes: articles with their
    texts, what drafts and the officer's decisions say of them, e-mails, files. It does not come back with the next
    poll. docs/data.md says what is matched, and what to do about copies that are elsewhere.
    """
    from monitor.app import erasing
    from monitor.pipeline.erase import Wanted

    if listed:
        done = erasing.erasures(folders.config, folders.data)
        if as_json:
            for one in done:
                show_json(asdict(one))
        else:
            show_lines(erasing.erasure_lines(done))
        return 0
    if not targets and not names:
        raise click.UsageError("Name an article by its id or address, or somebody with --name.")
    wanted = Wanted(targets=targets, names=names)
    if yes:
        shown = erasing.erase_now(folders.config, folders.data, wanted, with_copies=copies)
    else:
        shown = erasing.show(folders.config, folders.data, wanted)
    show_json(shown.record()) if as_json else show_lines(shown.lines())
    if not yes:
        show_lines(["Nothing was touched. Say the same with --yes to erase it for good."], err=True)
    return 0 if yes else 1
