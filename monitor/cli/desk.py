"""desk: the pages, served to a browser on this machine; and its password."""

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.door import Folders
from monitor.cli.showing import show, show_lines

if TYPE_CHECKING:
    from monitor.app.desk.several import PanelDesk

HOST = "127.0.0.1"
PORT = 8642


@click.command()
@click.option(
    "--host",
    default=HOST,
    show_default=True,
    help="Listen on this address; another than this machine's own asks for a password.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="And this port; 0: any."
)
@click.option(
    "--new-password",
    is_flag=True,
    help="Ask for a password and keep its hash in the data folder; who is logged in is asked for it.",
)
@click.pass_obj
def desk(folders: Folders, host: str, port: int, new_password: bool) -> None:
    """Serve the desk: pages for officer and editor, in a browser.

    It ends with Ctrl-C. What is done there is what the commands and an edited draft would have done. How others than
    this machine reach it, through a web server with https, is in docs/desk.md.
    """
    if new_password:
        _new_password(folders)
        return
    from monitor.app.desk.several import desks_of

    if desks := desks_of(folders.config, folders.data):
        _serve_all(folders, desks, host, port)
        return
    import socket

    from monitor.app.archives import kept_open
    from monitor.app.desk.entry.key import session_key
    from monitor.app.desk.entry.password import password_hash
    from monitor.app.desk.entry.way import desk_part
    from monitor.app.desk.opened import OpenDesk
    from monitor.app.desk.search.indexing import index_file, kept_current
    from monitor.app.home import home_of
    from monitor.config.panels import name_of
    from monitor.desk.application import application
    from monitor.desk.safety.password import Password, is_hash
    from monitor.desk.safety.standing import lines, standing
    from monitor.desk.serving import address_of, bound, serve

    part = desk_part(folders.config)
    home = home_of(folders.config, folders.data)
    password = Password(lambda: password_hash(home, is_hash, panel=name_of(folders.config)))
    with (
        kept_open(folders.data),
        bound(host, port) as opened,
        index_file(home) as index,
        kept_current(folders.config, folders.data, index),
    ):
        address, taken = address_of(opened)
        stands = standing(host, address, socket.gethostname(), part, has_password=password.is_asked)
        desk = OpenDesk(folders.config, folders.data, index=index)
        app = application(desk, session_key(home), stands, password)
        shown = f"[{address}]" if ":" in address else address
        said = list(lines(stands, f"http://{shown}:{taken}/", has_password=password.is_asked))
        serve(app, opened, lambda: show_lines(said))


def _serve_all(folders: Folders, desks: "tuple[PanelDesk, ...]", host: str, port: int) -> None:
    """One address for the desks of all panels, with a page to choose from."""
    import socket
    from contextlib import ExitStack

    from monitor.app.desk.entry.key import session_key
    from monitor.app.desk.entry.way import desk_part
    from monitor.app.desk.opened import OpenDesk
    from monitor.app.desk.search.indexing import all_kept_current, index_file
    from monitor.desk.application import application
    from monitor.desk.chooser import Choice, Chooser, under
    from monitor.desk.safety.password import Password, is_hash
    from monitor.desk.safety.standing import lines, standing
    from monitor.desk.serving import address_of, bound, serve

    part = desk_part(folders.config)
    passwords = {one.name: Password(partial(one.hash, is_hash)) for one in desks}
    has_password = all(one.is_asked for one in passwords.values())
    with bound(host, port) as opened, ExitStack() as stack:
        indexes = {one.name: stack.enter_context(index_file(one.home)) for one in desks}
        stack.enter_context(
            all_kept_current([(one.folder, folders.data, indexes[one.name]) for one in desks])
        )
        address, taken = address_of(opened)
        stands = standing(host, address, socket.gethostname(), part, has_password=has_password)
        apps = {
            one.name: application(
                OpenDesk(one.folder, folders.data, index=indexes[one.name]),
                session_key(one.home),
                under(stands, one.name),
                passwords[one.name],
                is_one_of_many=True,
            )
            for one in desks
        }
        choices = (Choice(one.name, one.title) for one in desks)
        shown = f"[{address}]" if ":" in address else address
        without = [name for name, one in passwords.items() if not one.is_asked]
        url = f"http://{shown}:{taken}/"
        said = [*lines(stands, url, has_password=len(without) < len(desks), without=without)]
        serve(Chooser(apps, choices, stands), opened, lambda: show_lines(said))


def _new_password(folders: Folders) -> None:
    """Twice, without echo; from a pipe, its first line."""
    from monitor.app.desk.entry.password import in_environment, keep_hash
    from monitor.app.home import home_of, the_panel
    from monitor.app.secrets import DESK_HASH
    from monitor.desk.safety.password import hashed, unfit
    from monitor.errors import InputError

    folder = the_panel(folders.config)
    home = home_of(folder, folders.data)
    if sys.stdin.isatty():
        typed = click.prompt("New password", hide_input=True, confirmation_prompt="Once more", err=True)
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if what := unfit(typed):
        raise InputError(f"{what} Nothing was changed.")
    file = keep_hash(home, hashed(typed))
    show(f"The new password's hash is in {file}. Whoever is logged in is asked for it.")
    if in_environment():
        show(
            f"It does not hold yet: {DESK_HASH} is set, and goes before. Write there what stands in the file, or unset it."
        )
