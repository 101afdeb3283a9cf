"""The working notes as plain text: for the part of an e-mail that every reader can show. Pure.

Lines are not folded; a mail reader does that. A link's address stands behind its text, in angle brackets, where
RFC 3986, appendix C, would have it.
"""

from collections.abc import Iterator

from monitor.reporting.notes import Notes
from monitor.reporting.notes.parts import Line, Part
from monitor.reporting.notes.weeks import Chart


def write_plain(notes: Notes, opening: str = "") -> str:
    """Parts are headed by their names, underlined; `opening` is a sentence to begin with."""
    blocks = [_heading(notes.title, "="), *([opening] if opening else []), notes.summary]
    for part in notes.parts:
        blocks += [_heading(part.heading, "-"), *_part(part)]
    return "\n\n".join(blocks) + "\n"


def _heading(text: str, rule: str) -> str:
    return f"{text}\n{rule * len(text)}"


def _part(part: Part) -> Iterator[str]:
    yield from filter(None, [part.opening])
    yield "\n".join(f"{'- ' * part.bullets}{_line(line)}" for line in part.lines)
    yield from filter(None, [part.closing])
    if part.chart:
        yield "\n".join(_table(part.chart))


def _line(line: Line) -> str:
    address = f" <{line.address}>" if line.address else ""
    return f"{line.lead}{address} {line.text}".lstrip()


def _table(chart: Chart) -> Iterator[str]:
    name = max(len(row.name) for row in (*chart.rows, chart.all_topics))
    widths = [max(len(column), 3) for column in chart.columns]
    head = "  ".join(column.rjust(width) for column, width in zip(chart.columns, widths, strict=True))
    yield f"{'Topic'.ljust(name)}  {head}  All"
    for row in (*chart.rows, chart.all_topics):
        figures = "  ".join(str(count).rjust(width) for count, width in zip(row.counts, widths, strict=True))
        yield f"{row.name.ljust(name)}  {figures}  {row.total:3}"
