"""How results are shown: lines for a person, or one JSON value a line for a script.

Nothing else writes to the terminal, and nothing from outside reaches it raw (`monitor/terminal.py`). What a stream cannot
carry or take is for `streams.py`.
"""

import io
import json
import logging
import sys
from collections.abc import Iterable

import click

from monitor.cli.streams import carries, give_up, is_utf_8
from monitor.terminal import printable, printable_json


def show(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Text, to stdout or stderr. Raises OSError where stdout cannot be written."""
    if not err:
        click.echo(printable(text), file=sys.stdout, nl=nl)
        return
    try:
        click.echo(printable(text), file=sys.stderr, nl=nl)
    except OSError:
        give_up(sys.stderr)
        Unsaid.on_stderr = True


class Unsaid:
    """What stderr could not be told. The exit code says so."""

    on_stderr = False


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
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what} {done}/{of}" if done < of else "\r\033[K", nl=False, err=True)


class PlainFormatter(logging.Formatter):
    """A log's lines, tracebacks among them."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def log_to_stderr(level: int, format: str) -> None:
    """Whatever is logged goes to stderr, as what is shown does."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter(format))
    logging.basicConfig(level=level, handlers=[handler], force=True)


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON value a line, for scripts.")
