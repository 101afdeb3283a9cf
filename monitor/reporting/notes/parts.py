"""What an edition says beside its report, as parts of lines: each thing once, whatever form it is given.

1. *Check before publishing*: what the comments on the headings warn of, changed pages among it (`cautions.py`).
2. *Near misses*, each with its link, its reason and two boxes: to take it into the report, to see it never again.
3. *Perhaps one event*: items, or an item and a near miss, that the grouping doubted (`doubts.py`).
4. *Put off* to the next report, each with its link.
5. *Developments*: what came after a story was reported, a link a line.
6. *What this draft rests on*, in one paragraph: when, window, feeds, counts that add up, each failing and silent feed
   (`basis.py`).

1, 3, 4 and 5 are left out where there is nothing to say. Why an item is here stands in the comment on its heading, and what
was dropped is told once, among what changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model import Development, Edition, Item, NearMiss
from monitor.reporting.edition.basis import basis_lines
from monitor.reporting.notes.weeks import Chart
from monitor.reporting.wording import item_name, link_text, one_line, say_day, say_short_day, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, of which the beginning may stand out."""

    text: str
    lead: str = ""  # stands before `text`, parted by a space: a link where there is an address, else strong
    address: str | None = None  # http or https
    boxes: tuple[
        str, ...
    ] = ()  # before it, in the Word document: what each is called, "" where it is the only one
    story: str = ""  # that they are about


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    heading: str
    lines: tuple[Line, ...]
    bullets: bool = False  # the lines are items of a list
    chart: Chart | None = None  # stands after the lines
    opening: str = ""  # a sentence before the lines
    closing: str = ""  # a sentence after them


def plain_lines(lines: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text=one_line(line)) for line in lines)


def to_check(edition: Edition) -> tuple[Part, ...]:
    return _told(_listed("Check before publishing", _cautions(edition)))


def beside_report(edition: Edition) -> tuple[Part, ...]:
    """What comes after the further stories."""
    return _told(
        _near_misses(edition),
        _listed("Perhaps one event", _doubts(edition)),
        _listed("Put off to the next report", map(_put_off, edition.later)),
        _listed("Developments of reported stories", _developments(edition.developments)),
        Part(heading="What this draft rests on", lines=plain_lines([" ".join(basis_lines(edition))])),
    )


def _told(*parts: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.lines)


def _listed(heading: str, lines: Iterator[Line]) -> Part:
    return Part(heading=heading, lines=tuple(lines), bullets=True)


def _near_misses(edition: Edition) -> Part:
    if not edition.near_misses:
        return Part(heading="Near misses", lines=plain_lines(["None."]))
    return _listed("Near misses", map(_near_miss, edition.near_misses))


def _cautions(edition: Edition) -> Iterator[Line]:
    for item in edition.items:
        yield from (
            Line(lead=f"{one_line(item_name(item))}:", text=one_line(caution)) for caution in item.cautions
        )


def _near_miss(miss: NearMiss) -> Line:
    where = f"({miss.outlet}, {say_short_day(miss.published)})"
    return Line(
        boxes=("take", "dismiss") if miss.story else (),
        story=miss.story,
        lead=one_line(miss.title),
        address=web_address(miss.url),
        text=one_line(f"{where}: {miss.reason}"),
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


def _put_off(item: Item) -> Line:
    name = one_line(item_name(item))
    if not item.links:
        return Line(text=name)
    return Line(lead=name, address=web_address(item.links[0].url), text=f"({link_text(item.links[0])})")


def _developments(developments: Sequence[Development]) -> Iterator[Line]:
    for one in developments:
        said = one_line(f"on “{one.heading}”, in the report of {say_day(one.reported)}.")
        for link in one.links:
            yield Line(lead=link_text(link), address=web_address(link.url), text=said)
