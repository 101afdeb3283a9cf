"""The one place where an exception becomes a message and an exit code.

0    done
1    something the user can mend; the message names it. Also where the message, or the result, could not be written
2    wrong usage (said by click, in `main`)
3    a bug: the traceback goes to the log, one line to the person
75   another run of the kind is at work (for a job, nothing to tell: 0; see `main`)
130  stopped with Ctrl-C, at a safe point
143  stopped likewise by a termination signal (SIGTERM), as systemd, cron's killers and a shutdown send it
"""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import click

from monitor import __version__
from monitor.cli.showing import fit, show
from monitor.cli.stopping import STOPPED, Terminated
from monitor.cli.streams import give_up
from monitor.errors import Busy, MonitorError

ASKS_FOR_HELP = "monitor.help"  # whether the command that was typed is only to be explained


class Folders(NamedTuple):
    """Where a command reads its configuration and keeps its archive and drafts; what it is called in logs and pings."""

    config: Path
    data: Path
    metrics: Path | None = None
    run: str = ""


class Door(click.Group):
    """The group of all commands, and the one place that catches what they raise."""

    def invoke(self, context: click.Context) -> Any:
        context.meta[ASKS_FOR_HELP] = not {"-h", "--help"}.isdisjoint(context.args)
        try:
            return super().invoke(context)
        except Busy:
            raise  # what is said of it is for `main`
        except MonitorError as error:
            show(str(error), err=True)
            return error.exit_code
        except (KeyboardInterrupt, click.Abort) as by:
            return stopped(by)
        except click.NoSuchOption as error:
            raise _of_all(error, self) or error from None
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            if is_of_showing(error):
                return unshown(error)
            where = keep_traceback(error, context.find_object(Folders))
            show(
                f"This is a bug in the monitor ({type(error).__name__}); the details are in {where}.",
                err=True,
            )
            return 3


def _of_all(error: click.NoSuchOption, door: click.Group) -> click.UsageError | None:
    """`monitor draft --panel NAME`: what goes before the command is the mistake to be expected."""
    if not error.ctx or not any(error.option_name in option.opts for option in door.params):
        return None
    program, _, command = error.ctx.command_path.partition(" ")
    return click.UsageError(
        f"{error.option_name} goes before the command: {program} {error.option_name} … {command}", error.ctx
    )


def stopped(by: BaseException) -> int:
    """Says that a command was stopped, and returns its exit code. Where click heard of it first, it has its own
    name."""
    show(STOPPED, err=True)
    return 143 if isinstance(by, Terminated) or isinstance(by.__cause__, Terminated) else 130


def is_of_showing(error: BaseException) -> TypeGuard[OSError]:
    """Whether it is stdout that could not be written: everything that is shown goes by one function."""
    frames = traceback.walk_tb(error.__traceback__)
    return isinstance(error, OSError) and any(frame.f_code is click.echo.__code__ for frame, _ in frames)


def unshown(error: OSError) -> int:
    """Says that stdout cannot be written. Returns the exit code."""
    give_up(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return 0
    show(
        f"The output cannot be written: {error.strerror or error}. What the command did is kept; only what it says is "
        "lost.",
        err=True,
    )
    return 1


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
