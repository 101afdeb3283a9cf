"""A saved document -> its lines, whether Word or LibreOffice saved it, and whatever was done to its looks.

* Tracked changes are read as accepted: what is inserted or moved here counts, what is deleted or moved away does not;
  a paragraph whose mark is deleted runs on into the next.
* Word cuts text into runs at will (spelling, revision numbers) and writes links in three ways: as `w:hyperlink`, as a
  simple field, and as a field in pieces. All are read; so is an address that is typed and never made a link.
* A bookmark may stand between two paragraphs, or slip to the next when a heading is retyped; it counts for the
  paragraph in or before which it begins, and `segments.py` copes with the rest.
* A heading is known by its style's name or outline level, also through the styles that it is based on.
* A tick box is the sign that it shows; where it shows none that can be read, ☒ or ☐ as it says of itself. It carries the
  id of its story, which counts as a bookmark does.
* Comments, footnotes, pictures, text boxes and fields' codes are no text.

Raises InputError, in one line and before anything else happens, for what cannot be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from monitor.errors import InputError
from monitor.model import Source
from monitor.reporting.documents.word.boxes import BoxState, read_box
from monitor.reporting.documents.word.mark import read_mark
from monitor.reporting.documents.word.template import UNREADABLE
from monitor.reporting.learning.lines import Line, Returned, Target
from monitor.reporting.wording import bookmark, one_line

_PREFIX = "story_"
_NOTES = re.compile(r"Working notes on draft (\d{1,9})\b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an OLE container: an encrypted .docx, or a .doc of before 2007
_ADDRESS = re.compile(r"<?\bhttps?://[^\s<>\"“”]+>?")
_FIELD = re.compile(r"\s*HYPERLINK\s+(?:\\\S+\s+)*\"([^\"]*)\"", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_DEEPEST = 60  # styles based on styles, and elements in elements

_NO_TEXT = {qn(f"w:{tag}") for tag in ("del", "moveFrom", "pPr", "rPr", "pict", "drawing", "object", "ruby")}
_NO_TEXT |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_back(content: bytes, name: str) -> Returned:
    """The document's lines; `name` is what the messages call it."""
    document = _opened(content, name)
    mark = read_mark(content)
    lines = tuple(_lines(document))
    return Returned(
        lines=lines,
        number=mark.number if mark else _number_of_notes(lines),
        made=mark.made.isoformat() if mark else None,
        source=mark.source if mark else Source.REPORT if _number_of_notes(lines) is None else Source.NOTES,
    )


def _number_of_notes(lines: Sequence[Line]) -> int | None:
    """Of the draft that notes without a mark are on, by their first lines."""
    found = next(filter(None, (_NOTES.match(line.text) for line in lines[:5])), None)
    return int(found[1]) if found else None


def _opened(content: bytes, name: str) -> WordDocument:
    if content.startswith(_OLE):
        raise InputError(
            f"{name} is protected with a password, or of before Word 2007: save it as a .docx without a password."
        )
    if not content.startswith(b"PK"):
        raise InputError(f"{name} is not a Word document (.docx).")
    try:
        document = Document(BytesIO(content))
        document.paragraphs  # noqa: B018 - read when first asked for
        document.styles  # noqa: B018
    except UNREADABLE as flaw:
        raise InputError(
            f"{name} is no whole Word document: it may have been saved only in part. Save it again."
        ) from flaw
    return document


@dataclass(slots=True)
class _Piece:
    text: str
    url: str | None
    bold: bool


@dataclass(slots=True)
class _Field:
    """A field in pieces, while it goes on: its code, then what it shows."""

    code: str = ""
    shows: bool = False

    @property
    def url(self) -> str | None:
        return found[1] if self.shows and (found := _FIELD.match(self.code)) else None


@dataclass(slots=True)
class _Walk:
    """What is remembered from one element of the body to the next."""

    document: WordDocument
    fields: list[_Field] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def _lines(document: WordDocument) -> Iterator[Line]:
    styles = _Styles(document)
    walk = _Walk(document)
    for element in document.element.body.iter(qn("w:p"), qn("w:bookmarkStart")):
        if element.tag == qn("w:bookmarkStart"):
            if next(element.iterancestors(qn("w:p")), None) is None:
                _note_mark(element, walk)
            continue
        if any(parent.tag in _NO_TEXT for parent in element.iterancestors()):
            continue  # a text box, once more for older readers
        _read(element, None, walk, 0)
        if element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            continue  # its mark is deleted: the next paragraph goes on here
        line = _line(walk, styles, element)
        if line.text:
            yield line
        walk.pieces, walk.marks = [], []  # a mark on nothing that is left is of an item that was struck


def _note_mark(element: Any, walk: _Walk) -> None:
    name = element.get(qn("w:name"), "")
    if name.startswith(_PREFIX):
        walk.marks.append(name)


def _read(element: Any, url: str | None, walk: _Walk, depth: int) -> None:
    """Gathers the text below an element; `url` is that of the link it is in."""
    for child in element if depth < _DEEPEST else ():
        if child.tag == qn("w:bookmarkStart"):
            _note_mark(child, walk)
        elif child.tag == qn("w:t"):
            _add(child.text or "", child, url, walk)
        elif child.tag in _SIGNS:
            _add(_SIGNS[child.tag], child, url, walk)
        elif child.tag == qn("w:fldChar"):
            _turn_field(child.get(qn("w:fldCharType")), walk)
        elif child.tag == qn("w:instrText") and walk.fields:
            walk.fields[-1].code += child.text or ""
        elif child.tag == qn("w:sdt") and (box := read_box(child)):
            _read_box(child, box, url, walk, depth)
        elif child.tag not in _NO_TEXT:
            _read(child, _url_of(child, walk.document) or url, walk, depth + 1)


def _read_box(element: Any, box: BoxState, url: str | None, walk: _Walk, depth: int) -> None:
    if box.story:
        walk.marks.append(bookmark(box.story))
    before = len(walk.pieces)
    for content in element.iterchildren(qn("w:sdtContent")):
        _read(content, url, walk, depth + 1)
    if not "".join(piece.text for piece in walk.pieces[before:]).strip():
        walk.pieces.append(_Piece("☒" if box.is_ticked else "☐", url, False))


def _url_of(element: Any, document: WordDocument) -> str | None:
    if element.tag == qn("w:hyperlink"):
        relation = document.part.rels.get(element.get(qn("r:id"), ""))
        return relation.target_ref if relation is not None and relation.is_external else None
    if element.tag == qn("w:fldSimple") and (found := _FIELD.match(element.get(qn("w:instr"), ""))):
        return found[1]
    return None


def _turn_field(kind: str | None, walk: _Walk) -> None:
    if kind == "begin":
        walk.fields.append(_Field())
    elif kind == "separate" and walk.fields:
        walk.fields[-1].shows = True
    elif kind == "end" and walk.fields:
        walk.fields.pop()


def _add(text: str, element: Any, url: str | None, walk: _Walk) -> None:
    if any(not each.shows for each in walk.fields):
        return
    in_field = next((each.url for each in reversed(walk.fields) if each.url), None)
    walk.pieces.append(_Piece(text, url or in_field, _is_bold(element.getparent())))


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}") if run is not None else None
    return bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false", "off")


def _line(walk: _Walk, styles: "_Styles", paragraph: Any) -> Line:
    whole = "".join(piece.text for piece in walk.pieces)
    outside = "".join("\x00" if piece.url else piece.text for piece in walk.pieces)
    level, bullet = styles.looks(paragraph)
    text = one_line(whole)
    return Line(
        text=text,
        rest=one_line(_ADDRESS.sub(" ", outside.replace("\x00", " "))),
        links=tuple(_targets(walk.pieces)),
        level=level,
        bullet=bullet and not level,
        bold=bool(text) and all(piece.bold for piece in walk.pieces if piece.text.strip()),
        marks=tuple(dict.fromkeys(walk.marks)),
    )


def _targets(pieces: Iterable[_Piece]) -> Iterator[Target]:
    """Links, and addresses in plain text; the pieces of one link are one."""
    text, url = "", None
    for piece in [*pieces, _Piece("", None, False)]:
        if piece.url != url or not piece.text:
            if url is None:
                yield from (Target(found, found) for found in _addresses(text))
            elif one_line(text):
                yield Target(one_line(text), url)
            text, url = "", piece.url
        text += piece.text


def _addresses(text: str) -> list[str]:
    return [found.strip("<>").rstrip(".,;:)") for found in _ADDRESS.findall(text)]


class _Styles:
    """The looks of paragraphs, by their styles and their own properties."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))
        }
        self._known: dict[str, tuple[int, bool]] = {}

    def looks(self, paragraph: Any) -> tuple[int, bool]:
        """The level as a heading, 0 for none, and whether it is an item of a list."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return 0, False
        style = properties.find(qn("w:pStyle"))
        level, bullet = self._style_looks(style.get(qn("w:val")) if style is not None else "")
        return _own_level(properties) or level, bullet or _is_listed(properties)

    def _style_looks(self, style_id: str) -> tuple[int, bool]:
        if style_id not in self._known:
            chain = list(self._chain(style_id))
            names = [style.find(qn("w:name")).get(qn("w:val"), "") for style in chain]
            level = next((int(found[1]) for name in names if (found := _HEADING.fullmatch(name))), 0)
            level = level or next((own for style in chain if (own := _own_level(style.find(qn("w:pPr"))))), 0)
            level = level or int(any(name.casefold() == "title" for name in names))
            listed = any(
                name.casefold().startswith("list") or _is_listed(style.find(qn("w:pPr")))
                for name, style in zip(names, chain, strict=True)
            )
            self._known[style_id] = (level, listed)
        return self._known[style_id]

    def _chain(self, style_id: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None or style.find(qn("w:name")) is None:
                return
            yield style
            base = style.find(qn("w:basedOn"))
            style_id = base.get(qn("w:val")) if base is not None else ""


def _own_level(properties: Any) -> int:
    outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
    value = outline.get(qn("w:val"), "9") if outline is not None else "9"
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _is_listed(properties: Any) -> bool:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return False
    number = numbering.find(qn("w:numId"))
    return number is None or number.get(qn("w:val")) != "0"
