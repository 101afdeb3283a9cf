"""The elements of a body in their order, told apart as far as accepting its changes needs. Pure.

* What an element stands in holds for it: it is struck, was moved, leads to an address.
* Of `mc:AlternateContent` the first branch that has text is taken, of a content control its content; a placeholder, a
  table of contents and a cover page are as good as struck. Pictures, text boxes, readings of ruby and properties are
  passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from docx.oxml.ns import qn

from monitor.reporting.documents.word.boxes import BoxState, read_box
from monitor.reporting.documents.word.fields import address_in, is_listing, with_place
from monitor.reporting.documents.word.signs import SIGNS, SYMBOLS, symbol

_GALLERIES = ("Table of Contents", "Cover Pages")
_DEEPEST = 240  # elements in elements; the parser lets through 256

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRUCK = {qn("w:del"), qn("w:moveFrom")}
_MOVED = {qn("w:moveFrom"), qn("w:moveTo")}
_NO_TEXT = {qn(f"w:{tag}") for tag in ("pict", "drawing", "object", "txbxContent", "rt", "sectPr", "tblGrid")}
_CODES = {qn("w:instrText"), qn("w:delInstrText")}
_STRUCK_TEXT = qn("w:delText")
_TEXTS = {qn("w:t"), f"{_MATH}t"}
_IN_RUN = _TEXTS | SIGNS.keys() | set(SYMBOLS)


class Kind(Enum):
    BEGINS = auto()  # a paragraph
    ENDS = auto()
    PARTS = auto()  # what stands before runs on into nothing that stands after: a table, the end of a cell
    TEXT = auto()
    SIGN = auto()  # of a field
    CODE = auto()
    MARK = auto()
    BOX = auto()
    BOX_ENDS = auto()
    LISTING = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """What holds for an element by what it stands in."""

    addresses: Mapping[str, str]
    gone: bool = False
    moved: bool = False  # away or here
    url: str | None = None
    depth: int = 0

    def within(self, *, gone: bool = False, moved: bool = False, url: str | None = None) -> "Place":
        return Place(self.addresses, self.gone or gone, self.moved or moved, url or self.url, self.depth + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    kind: Kind
    element: Any
    place: Place
    text: str = ""
    box: BoxState | None = None


def steps_of(element: Any, place: Place) -> Iterator[Step]:
    for child in element if place.depth < _DEEPEST else ():
        tag = child.tag
        if not isinstance(tag, str) or tag in _NO_TEXT or tag.endswith("Pr"):
            continue
        kind = _SINGLE.get(tag)
        if kind is not None:
            inside = place.within(gone=True) if tag == _STRUCK_TEXT else place
            yield Step(kind, child, inside, _text(child, kind))
        elif tag in _CONTAINERS:
            yield from _CONTAINERS[tag](child, place)
        else:
            yield from steps_of(child, place.within(gone=tag in _STRUCK, moved=tag in _MOVED))


def _text(element: Any, kind: Kind) -> str:
    if kind is not Kind.TEXT:
        return element.text or "" if kind is Kind.CODE else ""
    if element.tag in SYMBOLS:
        return symbol(element)
    return SIGNS.get(element.tag, element.text or "")


def _paragraph(element: Any, place: Place) -> Iterator[Step]:
    yield Step(Kind.BEGINS, element, place)
    yield from steps_of(element, place.within())
    yield Step(Kind.ENDS, element, place)


def _table(element: Any, place: Place) -> Iterator[Step]:
    yield Step(Kind.PARTS, element, place)
    yield from steps_of(element, place.within())
    yield Step(Kind.PARTS, element, place)


def _row(element: Any, place: Place) -> Iterator[Step]:
    yield from steps_of(element, place.within(gone=_has(element, "w:trPr", "w:del")))


def _cell(element: Any, place: Place) -> Iterator[Step]:
    yield from steps_of(element, place.within(gone=_has(element, "w:tcPr", "w:cellDel")))
    yield Step(Kind.PARTS, element, place)


def _link(element: Any, place: Place) -> Iterator[Step]:
    target = place.addresses.get(element.get(qn("r:id"), ""))
    yield from steps_of(element, place.within(url=with_place(target, element.get(qn("w:anchor")))))


def _simple_field(element: Any, place: Place) -> Iterator[Step]:
    code = element.get(qn("w:instr"), "")
    if is_listing(code):
        yield Step(Kind.LISTING, element, place)
    yield from steps_of(element, place.within(gone=is_listing(code), url=address_in(code)))


def _control(element: Any, place: Place) -> Iterator[Step]:
    """A content control: a tick box, a placeholder, a table of contents, or just text."""
    box = read_box(element)
    galleries = element.iterfind(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    is_gallery = any(each.get(qn("w:val")) in _GALLERIES for each in galleries)
    inside = place.within(gone=is_gallery or _has(element, "w:sdtPr", "w:showingPlcHdr"))
    if is_gallery:
        yield Step(Kind.LISTING, element, place)
    if box:
        yield Step(Kind.BOX, element, place, box=box)
    for content in element.iterchildren(qn("w:sdtContent")):
        yield from steps_of(content, inside)
    if box:
        yield Step(Kind.BOX_ENDS, element, place, box=box)


def _alternatives(element: Any, place: Place) -> Iterator[Step]:
    branches = list(element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"))
    with_text = (branch for branch in branches if _has_text(branch))
    branch = next(with_text, branches[0] if branches else None)
    if branch is not None:
        yield from steps_of(branch, place.within())


def _has_text(branch: Any) -> bool:
    return any(
        each.tag in _IN_RUN and not any(above.tag in _NO_TEXT for above in each.iterancestors())
        for each in branch.iter()
    )


def _has(element: Any, properties: str, tag: str) -> bool:
    found = element.find(f"{qn(properties)}/{qn(tag)}")
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")


_SINGLE = {
    **dict.fromkeys(_IN_RUN, Kind.TEXT),
    _STRUCK_TEXT: Kind.TEXT,
    **dict.fromkeys(_CODES, Kind.CODE),
    qn("w:fldChar"): Kind.SIGN,
    qn("w:bookmarkStart"): Kind.MARK,
}
_CONTAINERS = {
    qn("w:p"): _paragraph,
    qn("w:tbl"): _table,
    qn("w:tr"): _row,
    qn("w:tc"): _cell,
    qn("w:hyperlink"): _link,
    qn("w:fldSimple"): _simple_field,
    qn("w:sdt"): _control,
    f"{_MC}AlternateContent": _alternatives,
}


def mark_is_gone(paragraph: Any) -> bool:
    """Whether what ends the paragraph is struck or was moved away, so that it runs on into the next."""
    marks = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return marks is not None and any(marks.find(tag) is not None for tag in _STRUCK)
