"""The desk, served by waitress on one address of this machine."""

import logging
from collections.abc import Callable

from flask import Flask
from waitress.server import create_server

THREADS = 8  # 20 readers at once wait for one another a moment; a page takes milliseconds

log = logging.getLogger("monitor.desk")


def serve(app: Flask, host: str, port: int, ready: Callable[[str, int], None]) -> None:
    """Answers until the process is told to end. `ready` hears the address once requests are taken; port 0: any that is
    free. waitress listens on every address of the machine unless it is told one, so it always is.
    """
    server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    try:
        ready(host, server.effective_port)
        server.run()
    finally:
        server.close()
        server.task_dispatcher.shutdown(timeout=1)
