"""init after the first time: what newer shipped files have, shown and taken in."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.cli.showing import as_json, show_json, show_lines

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--diff", is_flag=True, help="Say what the shipped files have that yours lack, by name."),
    click.option("--all", "everything", is_flag=True, help="With --diff: also what you left out before."),
    click.option(
        "--update",
        is_flag=True,
        help="Take each NAME of --diff into your files, or the word all: what is new.",
    ),
    click.option("--dismiss", is_flag=True, help="Propose each NAME no more, or the word all."),
    as_json,
)


def shipped(command: F) -> F:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run(
    config: Path,
    words: tuple[str, ...],
    *,
    diff: bool,
    everything: bool,
    update: bool,
    dismiss: bool,
    as_json: bool,
) -> int | None:
    """The exit code; None where nothing of this was asked for. Raises UsageError."""
    if diff + update + dismiss > 1:
        raise click.UsageError("--diff, --update and --dismiss go one at a time.")
    if (everything or as_json) and not diff:
        raise click.UsageError("--all and --json go with --diff.")
    if (update or dismiss) and not words:
        raise click.UsageError("Name the parts, as `init --diff` lists them, or say all.")
    if not (update or dismiss) and len(words) > 1:
        raise click.UsageError("One folder at a time.")
    if not (update or dismiss) and words and os.path.isfile(words[0]):
        raise click.BadParameter(f"{words[0]} is a file: name a folder.")
    from monitor.app import shipped as found

    if diff:
        differences = found.differences(Path(words[0]) if words else config, everything=everything)
        show_json(differences.record()) if as_json else show_lines(differences.lines())
    elif dismiss:
        show_lines(found.dismiss(config, words))
    elif update:
        done, refused = found.update(config, words, datetime.now(UTC).date())
        show_lines(refused, err=True)
        show_lines(done)
        return 1 if refused else 0
    else:
        return None
    return 0
