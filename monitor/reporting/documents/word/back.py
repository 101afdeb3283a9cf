"""A saved document -> its lines, whether Word or LibreOffice saved it, and whatever was done to its looks.

    opened   which file it is | accepted   what is left of it after all changes | lines   as the officer sees them

* Word cuts text into runs at will (spelling, revision numbers) and writes links in three ways: as `w:hyperlink`, as a
  simple field, and as a field in pieces. All are read; so is an address that is typed and never made a link. Addresses
  are as a person means them (`links.py`), in links and in text.
* A bookmark may stand between two paragraphs, or slip to the next when a heading is retyped; it counts for the
  paragraph in or before which it begins, and `segments.py` copes with the rest. A tick box carries the id of its story,
  which counts as a bookmark does.
* A heading is known by its style's name or outline level, also through the styles that it is based on.
* A table of contents is none of the lines, nor is the heading right above it.

Raises InputError, in one line and before anything else happens, for what cannot be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Source
from monitor.reporting.documents.word.accepted import Paragraph, Piece, accepted
from monitor.reporting.documents.word.links import ADDRESS, addresses_in, meant, with_meant
from monitor.reporting.documents.word.mark import mark_of
from monitor.reporting.documents.word.opened import Opened, opened
from monitor.reporting.documents.word.styles import Styles
from monitor.reporting.learning.lines import Line, Returned, Target
from monitor.reporting.wording import one_line

_NOTES = re.compile(r"Working notes on draft (\d{1,9})\b")
_LONGEST_TITLE = 60  # letters of the heading of a table of contents


def read_back(content: bytes, name: str) -> Returned:
    """The document's lines; `name` is what the messages call it."""
    return read(opened(content, name))


def read(document: Opened) -> Returned:
    """As `read_back`, of the parts. Pure."""
    mark = mark_of(document.properties)
    styles = Styles(document.styles)
    paragraphs = accepted(document.body, styles, document.addresses)
    lines = tuple(_lines(paragraphs, styles))
    return Returned(
        lines=lines,
        number=mark.number if mark else _number_of_notes(lines),
        made=mark.made.isoformat() if mark else None,
        source=mark.source if mark else Source.REPORT if _number_of_notes(lines) is None else Source.NOTES,
        crossed=_said(each.crossed for each in paragraphs),
        hidden=_said(each.hidden for each in paragraphs),
    )


def _number_of_notes(lines: Sequence[Line]) -> int | None:
    """Of the draft that notes without a mark are on, by their first lines."""
    found = next(filter(None, (_NOTES.match(line.text) for line in lines[:5])), None)
    return int(found[1]) if found else None


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, (with_meant(one_line(text)) for text in texts)))


def _lines(paragraphs: Sequence[Paragraph], styles: Styles) -> Iterator[Line]:
    """Those that say something. The line above a table of contents is held back until it is known to be no title."""
    held: Line | None = None
    for paragraph in paragraphs:
        line = _line(paragraph, styles)
        if paragraph.lists or (line.text and styles.is_listing(paragraph.element)):
            if held and not _is_title(held):
                yield held
            held = None
            continue
        if line.text:
            if held:
                yield held
            held = line
    if held:
        yield held


def _is_title(line: Line) -> bool:
    looks_so = line.level or line.bold or not line.rest.endswith((".", ":", "”", '"'))
    return bool(looks_so) and not (line.marks or line.links) and len(line.text) <= _LONGEST_TITLE


def _line(paragraph: Paragraph, styles: Styles) -> Line:
    pieces = paragraph.pieces
    outside = "".join("\x00" if _target(piece) else piece.text for piece in pieces)
    level, bullet = styles.looks(paragraph.element)
    text = with_meant(one_line("".join(piece.text for piece in pieces)))
    if paragraph.crossed and not any(letter.isalnum() for letter in text):
        text = ""  # a full stop that the pen missed
    return Line(
        text=text,
        rest=one_line(ADDRESS.sub(" ", outside.replace("\x00", " "))),
        links=tuple(_targets(pieces)),
        level=level,
        bullet=bullet and not level,
        bold=bool(text) and all(piece.bold for piece in pieces if piece.text.strip()),
        marks=paragraph.marks,
    )


def _targets(pieces: Iterable[Piece]) -> Iterator[Target]:
    """Links, and addresses in plain text; the pieces of one link are one."""
    text, url = "", None
    for piece in [*pieces, Piece("")]:
        target = _target(piece)
        if target != url or not piece.text:
            if url is None:
                yield from (Target(found, found) for found in addresses_in(text))
            elif one_line(text):
                yield Target(with_meant(one_line(text)), meant(url))
            text, url = "", target
        text += piece.text


def _target(piece: Piece) -> str | None:
    """The page that a piece leads to; a mailbox or a file is none."""
    if piece.url is None:
        return None
    url = f"http://{piece.url}" if piece.url.startswith("www.") else piece.url.strip()
    return url if url.lower().startswith(("http://", "https://")) else None
