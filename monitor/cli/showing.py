"""How results are shown: lines for a person, or one JSON value a line for a script.

Nothing else writes to the terminal, and nothing from outside reaches it raw (`monitor/terminal.py`). What goes to
stderr or to a log holds no secret either (`monitor/striking.py`); with `--log-json` it is one JSON object a line,
whatever of it: a log's record, a message for the person, a traceback. What a stream cannot carry or take is for
`streams.py`.
"""

import io
import json
import logging
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import click

from monitor.app.secrets import without_secrets
from monitor.cli.streams import carries, give_up, is_utf_8
from monitor.terminal import printable, printable_json

OF_NO_RUN = ("jobs", "apscheduler")  # the resident scheduler, between two runs
messages = logging.getLogger("monitor")  # where stderr is records, what is shown there is one too


def fit(text: str) -> str:
    """As it may stand in a log: nothing that a terminal obeys, and no secret."""
    return printable(without_secrets(text))


def show(text: str, *, err: bool = False, nl: bool = True, level: int = logging.ERROR) -> None:
    """Text, to stdout or stderr; the level is that of a record where stderr is records. Raises OSError where stdout
    cannot be written."""
    if not err:
        click.echo(printable(text), file=sys.stdout, nl=nl)
        return
    if _is_records():
        messages.log(level, "%s", text.rstrip("\n"))
        return
    try:
        click.echo(fit(text), file=sys.stderr, nl=nl)
    except OSError:
        give_up(sys.stderr)
        Unsaid.on_stderr = True


class Unsaid:
    """What stderr could not be told. The exit code says so."""

    on_stderr = False


def _is_records() -> bool:
    return any(isinstance(handler.formatter, RecordFormatter) for handler in logging.getLogger().handlers)


def show_json(value: object) -> None:
    """One JSON value on one line; dates as ISO 8601 text."""
    text = json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())
    if not carries(sys.stdout, text):
        text = json.dumps(value, default=lambda moment: moment.isoformat())
    click.echo(printable_json(text), file=sys.stdout)


def show_xml(text: str) -> None:
    """A document that calls itself UTF-8; in ASCII where stdout is something else, which any encoding shares."""
    show(
        text if is_utf_8(sys.stdout) else text.encode("ascii", "xmlcharrefreplace").decode("ascii"), nl=False
    )


def show_lines(lines: Iterable[str], *, err: bool = False) -> None:
    for line in lines:
        show(line, err=err)


def show_usage(error: click.ClickException) -> None:
    """What click says of wrong usage, which repeats what was typed."""
    said = io.StringIO()
    error.show(file=said)
    show(said.getvalue(), err=True, nl=False)


def show_progress(what: str, done: int, of: int) -> None:
    """One line on a terminal that counts up; nothing where stderr is a file or a pipe."""
    if sys.stderr.isatty() and not _is_records():
        click.echo(f"\r\033[K{what} {done}/{of}" if done < of else "\r\033[K", nl=False, err=True)


class PlainFormatter(logging.Formatter):
    """A log's lines, tracebacks among them."""

    def format(self, record: logging.LogRecord) -> str:
        return fit(super().format(record))


class RecordFormatter(logging.Formatter):
    """A record as one JSON object on one line."""

    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        found = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "message": without_secrets(record.getMessage()),
            "logger": record.name,
        }
        if self._run and not record.name.startswith(OF_NO_RUN):
            found["run"] = self._run
        if record.exc_info:
            found["exception"] = without_secrets(self.formatException(record.exc_info))
        return printable_json(json.dumps(found, ensure_ascii=False))


def logs_as_json() -> bool:
    """Whether MONITOR_LOG_JSON says so: whatever it says, but no. A word that is neither is no reason not to run."""
    return os.environ.get("MONITOR_LOG_JSON", "").strip().lower() not in (
        "",
        "0",
        "f",
        "false",
        "n",
        "no",
        "off",
    )


def log_to_stderr(level: int, format: str, *, run: str = "", as_records: bool = False) -> None:
    """Whatever is logged goes to stderr, as what is shown does. As records with the beginning and end of each run."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RecordFormatter(run) if as_records else PlainFormatter(format))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    messages.setLevel(min(level, logging.INFO) if as_records else logging.NOTSET)


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON value a line, for scripts.")
