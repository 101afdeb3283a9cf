"""The lines of an edited document -> pieces that are one item each.

1. What stands around the items is none (`frame.py`).
2. A piece begins at a heading; at a line that reads as a drafted heading, whatever it looks like; at a bold line that
   links follow, or at any bold line where no heading has a style; at a plain line above links of another item; at a
   heading with its address on the same line.
3. It begins without a heading at links or at the bookmark of another item, and at unknown links below a text and above
   another. But links of another item that were put right below a piece's own, above its text or alone, were given to it:
   so two items are made one.
4. A line of the working notes on a further story, or its heading as link, begins a piece too: so it is taken in.
5. A heading inside an item is a line of it: one below which the item's own paragraphs go on, or one of lower rank than
   the item's; links below it make it an item of its own all the same.
6. Everything else belongs to the piece above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.reporting.learning.frame import framed
from monitor.reporting.learning.lines import Line, Target, is_links, says_nothing
from monitor.reporting.learning.match import Known

LONGEST_ITEM = 200  # lines in which a paragraph of the same item is looked for
LONGEST_HEADING = 300  # letters of a line that only its place makes a heading


@dataclass(slots=True)
class Piece:
    """What may be one item. `lines` are those below the heading."""

    heading: str | None
    marks: tuple[str, ...] = ()
    links: list[Target] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    level: int = 0  # of the heading

    @property
    def text(self) -> list[Line]:
        """The lines that are no links."""
        return [line for line in self.lines if not is_links(line)]


def pieces(lines: Sequence[Line], known: Known) -> tuple[Piece, ...]:
    body = framed(lines, known).items
    has_styles = any(line.level for line in body)
    below = _texts_below(body)
    found: list[Piece] = []
    for place, line in enumerate(body):
        following = body[place + 1] if place + 1 < len(body) else None
        current = found[-1] if found else None
        if copied := known.copied(line):
            found.append(Piece(copied.text, line.marks, [copied]))
        elif _is_heading(line, following, current, known, has_styles) and not _goes_on(
            body, place, current, known
        ):
            whole = known.by_heading(line.text) is not None  # then an address in it is a word of it
            heading = line.text if whole else _heading_text(line)
            links = [] if whole else list(line.links)
            found.append(Piece(heading, line.marks, links, level=line.level))
        elif is_links(line) and _begins(line, following, below[place], current, known):
            found.append(Piece(None, line.marks, list(line.links), [line]))
        elif current and known.by_marks(line.marks) and _differs(known.by_marks(line.marks), current, known):
            found.append(Piece(None, line.marks, [], [line]))
        elif current:
            current.marks += line.marks
            current.links += line.links if is_links(line) else ()
            current.lines.append(line)
        elif known.is_paragraph(line.paragraph):
            found.append(Piece(None, line.marks, [], [line]))
    return tuple(found)


def _goes_on(body: Sequence[Line], place: int, current: Piece | None, known: Known) -> bool:
    """Whether what looks like a heading stands inside the current piece."""
    line = body[place]
    if current is None or not (current.lines or current.links) or line.links or known.by_marks(line.marks):
        return False
    if known.by_heading(line.text) is not None:
        return False
    below = list(_until_links(body, place + 1, known))
    is_linked = place + 1 + len(below) < len(body) and is_links(body[place + 1 + len(below)])
    if any(known.by_paragraphs([each.paragraph]) in _own(current, known) for each in below):
        return True
    return 0 < current.level < line.level and not (is_linked and not any(each.level for each in below))


def _until_links(body: Sequence[Line], start: int, known: Known) -> Iterator[Line]:
    """The lines up to the next links or known item."""
    for line in body[start : start + LONGEST_ITEM]:
        if is_links(line) or known.by_marks(line.marks) or known.by_heading(line.text) is not None:
            return
        yield line


def _is_heading(
    line: Line, following: Line | None, current: Piece | None, known: Known, has_styles: bool
) -> bool:
    if line.level:
        return True
    if is_links(line):
        return False
    place = known.by_heading(line.text)
    place = known.by_heading(line.rest) if place is None else place
    if place is not None:
        return not line.bullet and not (current and place in _own(current, known))
    if len(line.rest) > LONGEST_HEADING or line.bullet or known.is_paragraph(line.paragraph):
        return False
    above_links = following is not None and is_links(following)
    if line.bold and (above_links or not has_styles):
        return True
    return not line.rest.endswith((".", "”", '"', ":")) and (
        _has_its_address(line)
        or (above_links and following is not None and _is_other(following, current, known))
    )


def _has_its_address(line: Line) -> bool:
    """A heading and a bare address joined on one line, the address last."""
    return any(
        link.text == link.url and line.text.rstrip(">").endswith(link.url.rstrip(">")) for link in line.links
    )


def _texts_below(lines: Sequence[Line]) -> list[Line | None]:
    """Of each line the next one that is more than links; worked out from the end, in one go."""
    below: list[Line | None] = []
    text: Line | None = None
    for line in reversed(lines):
        below.append(text)
        text = text if is_links(line) else line
    return below[::-1]


def _begins(
    line: Line, following: Line | None, below: Line | None, current: Piece | None, known: Known
) -> bool:
    """Whether links begin an item that has no heading; `below` is the next line that is more than links."""
    if current is None:
        return True
    if _is_other(line, current, known):
        return not _is_given(line, below, current, known)
    is_unknown = not known.by_links(line.links)
    if following is None or following.level or is_links(following):
        return False
    return is_unknown and bool(current.text) and known.by_heading(following.text) is None


def _is_given(line: Line, below: Line | None, current: Piece, known: Known) -> bool:
    """Whether another item's links were put below those of the piece: what follows is its text, or nothing."""
    if line.marks or current.text or not current.links:
        return False
    if below is None or below.level or known.by_heading(below.text) is not None:
        return True
    return known.by_paragraphs([below.paragraph]) in _own(current, known)


def _is_other(line: Line, current: Piece | None, known: Known) -> bool:
    """Whether links are those of an item that the current piece is not."""
    places = known.by_links(line.links)
    if current is None or not places:
        return current is None
    return _differs(places, current, known)


def _differs(places: tuple[int, ...], current: Piece, known: Known) -> bool:
    """Whether none of the places is what the piece so far is known to be, or it is known to be none."""
    mine = _own(current, known)
    return not mine.intersection(places) and bool(mine or current.links or current.text)


def _own(current: Piece, known: Known) -> set[int]:
    by_heading = known.by_heading(current.heading)
    found = {*known.by_marks(current.marks), *known.by_links(current.links)}
    return found if by_heading is None else {*found, by_heading}


def _heading_text(line: Line) -> str:
    """The heading without links on its line; where the whole heading is a link, what the link says."""
    if says_nothing(line.rest):
        return "" if all(link.text == link.url for link in line.links) else line.text
    return line.rest
