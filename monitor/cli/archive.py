"""The commands for the archive as a whole. What they do is in `app`, imported when one of them runs."""

import click

from monitor.cli.door import Folders
from monitor.cli.showing import show, show_lines, show_progress


@click.group()
def archive() -> None:
    """Move the archive, or give its drafts to a panel."""


@archive.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy an archive to an empty place, and compare it row by row.

    FROM and TO are data folders, files of SQLite's, or addresses of PostgreSQL's without a password
    (postgresql://user@host/database). env:MONITOR_ARCHIVE is the address that the environment holds, or the file that
    MONITOR_ARCHIVE_FILE names.

    What is copied is one state, all of it or nothing, and FROM stays as it is. End the jobs first: what they store
    meanwhile is not in the copy.
    """
    from monitor.app import copying_over

    show_lines(copying_over.copy_over(source, target, show_progress).lines())


@archive.command()
@click.argument("name")
@click.option(
    "--from",
    "old",
    default="",
    metavar="OLD",
    help="Those of the panel that was called so. [default: those of before there were several panels]",
)
@click.pass_obj
def give(folders: Folders, name: str, old: str) -> None:
    """Give drafts, decisions and e-mails to the panel NAME.

    After `panels/` was made of a folder of one panel, or a panel was renamed, the archive holds drafts that are no
    panel's of the configuration: `monitor status` says so. Nothing is changed in them.
    """
    from monitor.app import giving

    show(giving.give(folders.config, folders.data, name, old).line)
