"""How results are shown: lines for a person, or one JSON value a line for a script."""

import json
from collections.abc import Iterable

import click


def show_json(value: object) -> None:
    """One JSON value on one line; dates as ISO 8601 text."""
    click.echo(json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat()))


def show_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON value a line, for scripts.")
