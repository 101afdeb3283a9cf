"""The commands of the feed list. What they do is in `app`, imported when one of them runs."""

from dataclasses import asdict
from pathlib import Path

import click

from monitor.cli.door import Folders
from monitor.cli.forms import words
from monitor.cli.showing import as_json, show, show_json, show_lines, show_xml


@click.group()
def feeds() -> None:
    """Show, try and change the feed list."""


@feeds.command("list")
@as_json
@click.pass_obj
def list_feeds(folders: Folders, as_json: bool) -> None:
    """Show every feed with how it stands and what you could do."""
    from monitor.app import feed_states, workspace

    listed = feed_states.list_feeds(folders.config, folders.data, workspace.utc_now())
    if as_json:
        for feed in listed:
            show_json(asdict(feed))
    else:
        show_lines(line for feed in listed for line in feed.lines())


@feeds.command("try")
@click.argument("address", type=words)
@as_json
@click.pass_obj
def try_feed(folders: Folders, address: str, as_json: bool) -> int:
    """Say what could be read at ADDRESS, and what to add.

    A feed, else the feeds that the page links, a list of articles, the site's sitemaps; then the lines for feeds.yaml.
    Nothing is changed. Exit code 1 where nothing can be read.
    """
    from monitor.app import feed_trial

    tried = feed_trial.try_feed(folders.config, address)
    if as_json:
        show_json(tried.record())
    else:
        show_lines(tried.lines())
    return 0 if tried.best else 1


@feeds.command("add")
@click.argument("address", type=words)
@click.option(
    "--name",
    type=words,
    metavar="NAME",
    help="Call the outlet so in the report. [default: as the feed has it]",
)
@click.option("--area", type=words, metavar="AREA", help="Put it into this part of the list, as in Wessex.")
@click.option("--anyway", is_flag=True, help="Add it even if nothing can be read there now.")
@click.pass_obj
def add_feed(folders: Folders, address: str, name: str | None, area: str | None, anyway: bool) -> None:
    """Try ADDRESS and add what can be read there to feeds.yaml."""
    from monitor.app import feed_list

    show_lines(feed_list.add(folders.config, address, name=name, area=area, anyway=anyway))


@feeds.command("pause")
@click.argument("name", type=words)
@click.option("--reason", type=words, metavar="TEXT", required=True, help="Say why, and since when.")
@click.pass_obj
def pause_feed(folders: Folders, name: str, reason: str) -> None:
    """Stop reading an outlet, or one address.

    NAME is the outlet's name, in quotes where it has a space, or a feed's address.
    """
    from monitor.app import feed_list

    show_lines(feed_list.pause(folders.config, name, reason))


@feeds.command("resume")
@click.argument("name", type=words)
@click.pass_obj
def resume_feed(folders: Folders, name: str) -> None:
    """Read a paused outlet, or one address, again.

    NAME is the outlet's name, in quotes where it has a space, or a feed's address.
    """
    from monitor.app import feed_list

    show_lines(feed_list.resume(folders.config, name))


@feeds.command("import")
@click.argument("opml", type=click.Path(path_type=Path))
@click.pass_obj
def import_feeds(folders: Folders, opml: Path) -> None:
    """Add the feeds of another reader's list, an OPML file.

    Those that feeds.yaml has already are left out, and said.
    """
    from monitor.app import feed_list

    show_lines(feed_list.import_opml(folders.config, opml))


@feeds.command("export")
@click.pass_obj
def export_feeds(folders: Folders) -> None:
    """Print the feed list as OPML 2.0, for other readers."""
    from monitor.app import feed_list, installed

    opml, left_out = feed_list.export_opml(installed.known(folders.config).list)
    show_xml(opml)
    for line in left_out:
        show(line, err=True)
