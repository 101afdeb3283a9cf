"""What an edition says beside its report, as parts of lines: each thing once, whatever form it is given.

1. *What this draft rests on*: when, window, feeds, counts that add up, each failing and silent feed (`basis.py`).
2. *Check before publishing*: what the comments on the headings warn of, changed pages among it (`cautions.py`).
3. *Near misses*, each with its link and its reason.
4. *Perhaps one event*: items, or an item and a near miss, that the grouping doubted (`doubts.py`).
5. *Developments*: what came after a story was reported, a link a line.
6. *Dropped by you*, and from which draft.
7. *Why each item is here*.

2, 4, 5 and 6 are left out where there is nothing to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model import Development, Edition, NearMiss
from monitor.reporting.edition.basis import basis_lines
from monitor.reporting.notes.weeks import Chart
from monitor.reporting.wording import item_name, link_text, one_line, say_day, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, of which the beginning may stand out."""

    text: str
    lead: str = ""  # stands before `text`, parted by a space: a link where there is an address, else strong
    address: str | None = None  # http or https


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    heading: str
    lines: tuple[Line, ...]
    bullets: bool = False  # the lines are items of a list
    chart: Chart | None = None  # stands after the lines


def plain_lines(lines: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text=one_line(line)) for line in lines)


def beside_report(edition: Edition) -> tuple[Part, ...]:
    """In the order above."""
    parts = (
        Part(heading="What this draft rests on", lines=plain_lines(basis_lines(edition))),
        _listed("Check before publishing", _cautions(edition)),
        _listed("Near misses", map(_near_miss, edition.near_misses), "None."),
        _listed("Perhaps one event", _doubts(edition)),
        _listed("Developments of reported stories", _developments(edition.developments)),
        _listed("Dropped by you", _dropped(edition)),
        _listed("Why each item is here", _reasons(edition), "There is none."),
    )
    return tuple(part for part in parts if part.lines)


def _listed(heading: str, lines: Iterator[Line], otherwise: str | None = None) -> Part:
    listed = tuple(lines)
    if not listed and otherwise:
        return Part(heading=heading, lines=plain_lines([otherwise]))
    return Part(heading=heading, lines=listed, bullets=True)


def _cautions(edition: Edition) -> Iterator[Line]:
    for item in edition.items:
        yield from (
            Line(lead=f"{one_line(item_name(item))}:", text=one_line(caution)) for caution in item.cautions
        )


def _near_miss(miss: NearMiss) -> Line:
    where = f"({miss.outlet}, {say_day(miss.published)})"
    return Line(
        lead=one_line(miss.title), address=web_address(miss.url), text=one_line(f"{where}: {miss.reason}")
    )


def _doubts(edition: Edition) -> Iterator[Line]:
    for doubt in edition.doubts:
        where = "the near miss " * (doubt.other_story is None)
        yield Line(
            lead=f"{one_line(doubt.heading)}:",
            text=one_line(f"with {where}“{doubt.other}” ({doubt.reason})."),
        )
    if edition.doubts:
        yield Line(
            text="To make one of two, put the links of both under one heading and strike the other item."
        )


def _developments(developments: Sequence[Development]) -> Iterator[Line]:
    for one in developments:
        said = one_line(f"on “{one.heading}”, in the report of {say_day(one.reported)}.")
        for link in one.links:
            yield Line(lead=link_text(link), address=web_address(link.url), text=said)


def _dropped(edition: Edition) -> Iterator[Line]:
    yield from (
        Line(lead=one_line(one.heading), text=f"(from draft {one.edition})") for one in edition.dropped
    )


def _reasons(edition: Edition) -> Iterator[Line]:
    yield from (
        Line(lead=f"{one_line(item_name(item))}:", text=one_line(item.reason)) for item in edition.items
    )
