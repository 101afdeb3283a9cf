"""The one place where an exception becomes a message and an exit code.

0    done
1    something the user can mend; the message names it
2    wrong usage (said by click, in `main`)
3    a bug: the traceback goes to the log, one line to the person
75   another run of the kind is at work
130  stopped with Ctrl-C, at a safe point
143  stopped likewise by a termination signal (SIGTERM), as systemd, cron's killers and a shutdown send it
"""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from monitor import __version__
from monitor.cli.showing import fit, show
from monitor.cli.stopping import STOPPED, Terminated
from monitor.errors import MonitorError


class Folders(NamedTuple):
    """Where a command reads its configuration and keeps its archive and drafts; what it is called in logs and pings."""

    config: Path
    data: Path
    metrics: Path | None = None
    run: str = ""


class Door(click.Group):
    """The group of all commands, and the one place that catches what they raise."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except MonitorError as error:
            show(str(error), err=True)
            return error.exit_code
        except (KeyboardInterrupt, click.Abort) as by:
            return stopped(by)
        except BrokenPipeError:  # the reader of a pipe went away: not our trouble, and not a bug
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())  # or the flush at the end fails too
            return 0
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            where = keep_traceback(error, context.find_object(Folders))
            show(
                f"This is a bug in the monitor ({type(error).__name__}); the details are in {where}.",
                err=True,
            )
            return 3


def stopped(by: BaseException) -> int:
    """Says that a command was stopped, and returns its exit code. Where click heard of it first, it has its own name."""
    show(STOPPED, err=True)
    return 143 if isinstance(by, Terminated) or isinstance(by.__cause__, Terminated) else 130


def keep_traceback(error: Exception, folders: Folders | None) -> str:
    """Writes the traceback to the log in the data folder, to stderr where that cannot be. Returns where it is."""
    trace = "".join(traceback.format_exception(error))
    if folders:
        log = folders.data / "monitor.log"
        try:
            folders.data.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as out:
                out.write(
                    f"{datetime.now(UTC).isoformat(timespec='seconds')} monitor {__version__}\n{fit(trace)}\n"
                )
            return str(log)
        except OSError:
            pass  # then the screen is the only place left
    show(trace, err=True)
    return "the lines above"
