"""desk: the pages, served to a browser on this machine."""

import click

from monitor.cli.door import Folders
from monitor.cli.showing import show

HOST = "127.0.0.1"
PORT = 8642


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Listen on this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="And this port; 0: any."
)
@click.pass_obj
def desk(folders: Folders, host: str, port: int) -> None:
    """Serve the desk: pages for the officer and the editor, in a browser on this machine.

    It ends with Ctrl-C. What is done there is what the commands and an edited draft would have done.
    """
    from monitor.app.desk.indexing import index_file, kept_current
    from monitor.app.desk.key import session_key
    from monitor.app.desk.opened import OpenDesk
    from monitor.desk.application import application
    from monitor.desk.serving import serve

    with index_file(folders.data) as index, kept_current(folders.config, folders.data, index):
        opened = OpenDesk(folders.config, folders.data, index=index)
        app = application(opened, session_key(folders.data))
        serve(
            app,
            host,
            port,
            lambda host, port: show(f"The desk is at http://{host}:{port}/ (Ctrl-C ends it)."),
        )
