"""`python -m jobs --cluster`: where a worker finds its folders and its server, and what ends it before it began."""

import logging
import os
from collections.abc import Mapping
from pathlib import Path

from jobs.arguments import Said
from jobs.many.limits import LIMITS, Limits
from monitor.app.archives import archive_of
from monitor.app.home import data_of
from monitor.app.secrets import ADDRESS
from monitor.cli.private import private_files
from monitor.cli.showing import show
from monitor.errors import InputError, MonitorError
from monitor.store.server import Server


def begin(said: Said, environment: Mapping[str, str] = os.environ, limits: Limits = LIMITS) -> int:
    """Works until it is told to stop. Returns the exit code."""
    try:
        from jobs.many.worker import Asked, Worker
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("procrastinate", "psycopg", "psycopg_pool"):
            raise
        show(
            f"`--cluster` needs {error.name}: install the monitor with its extra, as in "
            "`pip install 'topical-issues-monitor[cluster]'`.",
            err=True,
        )
        return 1
    try:
        config, data = _folders(environment)
        metrics = environment.get("MONITOR_METRICS")
        asked = Asked(
            config_folder=config,
            data=data,
            metrics=Path(metrics) if metrics else None,
            server=_server(data),
            side_by_side=said.side_by_side,
            queues=said.only,
        )
        show(f"A worker for {', '.join(said.only)} runs. Ctrl-C ends it.", err=True, level=logging.INFO)
        with private_files():
            return Worker(asked, limits).run()
    except MonitorError as error:
        show(str(error), err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return 0


def _server(data: Path) -> Server:
    where = archive_of(data)
    if not isinstance(where, Server):
        raise InputError(
            f"`--cluster` needs a PostgreSQL server, which all workers share: let {ADDRESS} hold its address, or "
            f"{ADDRESS}_FILE name a file that does. Without one, `python -m jobs` does all the work on one machine."
        )
    return where


def _folders(environment: Mapping[str, str]) -> tuple[Path, Path]:
    config = Path(environment.get("MONITOR_CONFIG") or ".")
    data = environment.get("MONITOR_DATA")
    for folder in (str(config), data or ""):
        if folder.startswith(("~", "$", '"', "'", "%")):
            raise InputError(f"{folder} is taken as it stands, without a shell: write the whole path.")
    return config, Path(data) if data else data_of(config)
