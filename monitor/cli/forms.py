"""The forms that arguments take: a day, a list of formats, a number of weeks; and how `--help` shows them."""

from datetime import date

import click

DAY = "YYYY-MM-DD"
FOLDER, FILE = "FOLDER", "FILE"

FORMATS = ("docx", "html", "md", "json")
EXTRA_FORMATS = ("pdf", "atom")
PUBLIC_FORMATS = ("docx", "html", "md")

weeks = click.option(
    "--weeks",
    type=click.IntRange(1, 5200),
    metavar="N",
    default=12,
    help="Look at so many stored weeks, up to now. [default: 12]",
)


def words(written: str) -> str:
    """Text, as UTF-8, which terminals send also where an ASCII locale made of it what no archive can be asked for; what
    is no text at all is a replacement sign. A path is left as it came: files are found by their bytes."""
    return written.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter(
            f"{written!r} is not a day: write year-month-day, as in 2026-11-16."
        ) from error


def formats(written: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in written.split(",") if name.strip()))
    offered = (*FORMATS, *EXTRA_FORMATS)
    if not names or not set(names) <= set(offered):
        raise click.BadParameter(f"{written!r}: choose from {', '.join(offered)}, parted by commas.")
    return names
