"""The lines of an edited document -> pieces that are one item each.

1. What comes before the items (the report's first line, title, date and author, wrapped or not, and whatever a template
   puts there) is no item.
2. A piece begins at a heading; at a line that reads as a drafted heading, whatever it looks like; at a bold line that
   links follow, or at any bold line where no heading has a style; at a plain line above links of another item; at a
   heading with its address on the same line.
3. It begins without a heading at links or at the bookmark of another item, and at unknown links below a text and above
   another. But links of another item that were put right below a piece's own, above its text or alone, were given to it:
   so two items are made one.
4. A line of the working notes on a further story, or its heading as link, begins a piece too: so it is taken in.
5. Everything else belongs to the piece above it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.model import ReportHeader
from monitor.reporting.learning.lines import Line, Target, plain
from monitor.reporting.learning.match import Known

LONGEST_HEADING = 300  # letters of a line that only its place makes a heading
_NOTHING = re.compile(r"(?:same text|[\W_])*", re.IGNORECASE)
_LABELS = re.compile(r"(?:title|date|author):", re.IGNORECASE)
_HEAD = 30  # lines in which title, date and author are looked for


@dataclass(slots=True)
class Piece:
    """What may be one item. `lines` are those below the heading."""

    heading: str | None
    marks: tuple[str, ...] = ()
    links: list[Target] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> list[Line]:
        """The lines that are no links."""
        return [line for line in self.lines if not is_links(line)]


def is_links(line: Line) -> bool:
    """Whether nothing but links stands in a line."""
    return bool(line.links) and _NOTHING.fullmatch(line.rest) is not None


def pieces(lines: Sequence[Line], known: Known) -> tuple[Piece, ...]:
    body = lines[_head_end(lines, known.edition.header) :]
    has_styles = any(line.level for line in body)
    below = _texts_below(body)
    found: list[Piece] = []
    for place, line in enumerate(body):
        following = body[place + 1] if place + 1 < len(body) else None
        current = found[-1] if found else None
        if copied := known.copied(line):
            found.append(Piece(copied.text, line.marks, [copied]))
        elif _is_heading(line, following, current, known, has_styles):
            whole = known.by_heading(line.text) is not None  # then an address in it is a word of it
            heading = line.text if whole else _heading_text(line)
            found.append(Piece(heading, line.marks, [] if whole else list(line.links)))
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


def _head_end(lines: Sequence[Line], header: ReportHeader) -> int:
    """The place of the first line after title, date and author, and the rest of the author's."""
    labelled = [place for place, line in enumerate(lines[:_HEAD]) if _LABELS.match(line.text)]
    end = max(labelled, default=-1) + 1
    author = plain(header.author)
    while labelled and end < len(lines) and not lines[end].level and plain(lines[end].text) in author:
        end += 1
    if not labelled:
        titles = {plain(header.to), plain(header.title)}
        end = next((place + 1 for place, line in enumerate(lines[:_HEAD]) if plain(line.text) in titles), 0)
    return end


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
    if _NOTHING.fullmatch(line.rest):
        return "" if all(link.text == link.url for link in line.links) else line.text
    return line.rest
