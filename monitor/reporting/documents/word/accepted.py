"""What a document's body is after accepting all its changes: its paragraphs, and what is left in each. Pure.

1. *Struck* is what is deleted, or moved away, at any depth; a deleted row or cell with all in it; and what is struck
   through or hidden, by its own properties or its style's, for that is how many people strike. The latter is told.
2. *A paragraph whose mark is deleted* runs on into the next of the same cell. It has the looks of the last part of which
   words are left, for a mark holds its paragraph's looks. A bookmark in or before a paragraph of which no word is left
   is gone with it; of one that was moved it goes where its words went.
3. *A field* begins, shows and ends where its signs stand, whether these are struck or not; one that never ends, ends
   with its paragraph. Links are fields too. What a table of contents shows is no text.
4. *Once*: of `mc:AlternateContent` the first branch that has text.
5. *No text* are a content control's placeholder, a table of contents, a cover page, comments, notes, pictures, text
   boxes, the readings of ruby, and fields' codes. A tick box is the sign that it shows; where it shows none that can be
   read, ☒ or ☐ as it says of itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from docx.oxml.ns import qn

from monitor.reporting.documents.word.boxes import BoxState, read_box
from monitor.reporting.documents.word.fields import Field, address_in, is_listing, with_place
from monitor.reporting.documents.word.signs import SIGNS, SYMBOLS, symbol
from monitor.reporting.documents.word.styles import BOLD, HIDDEN, STRUCK, Styles
from monitor.reporting.wording import bookmark

_PREFIX = "story_"
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


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a paragraph."""

    text: str
    url: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What is left of a paragraph, or of those that run on into one another."""

    pieces: tuple[Piece, ...]
    marks: tuple[str, ...]  # names of the item bookmarks that begin in it, or before it
    element: Any  # the one whose looks hold
    crossed: str = ""  # what is struck through in it
    hidden: str = ""  # what is hidden
    lists: bool = False  # a part of a table of contents stood in it


def accepted(body: Any, styles: Styles, addresses: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """`addresses` are those of links, by the id of their relation."""
    steps = list(_steps(body, _Place(addresses)))
    whole = _whole_fields(steps)
    walk = _Walk(styles, whole)
    for step in steps:
        walk.take(step)
    walk.end()  # whose last mark was struck
    return tuple(_with_moved_marks(walk))


def _with_moved_marks(walk: "_Walk") -> Iterator[Paragraph]:
    for place, paragraph in enumerate(walk.found):
        marks = walk.moved_marks.get(walk.arrived.get(place, ""), ())
        yield replace(paragraph, marks=(*paragraph.marks, *marks)) if marks else paragraph


# ── the elements in their order ─────────────────────────────────────────────────────────────────────────────────


class _Kind(Enum):
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
class _Place:
    """What holds for an element by what it stands in."""

    addresses: Mapping[str, str]
    gone: bool = False
    moved: bool = False  # away or here
    url: str | None = None
    depth: int = 0

    def within(self, *, gone: bool = False, moved: bool = False, url: str | None = None) -> "_Place":
        return _Place(self.addresses, self.gone or gone, self.moved or moved, url or self.url, self.depth + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    kind: _Kind
    element: Any
    place: _Place
    text: str = ""
    box: BoxState | None = None


def _steps(element: Any, place: _Place) -> Iterator[_Step]:
    for child in element if place.depth < _DEEPEST else ():
        tag = child.tag
        if not isinstance(tag, str) or tag in _NO_TEXT or tag.endswith("Pr"):
            continue
        kind = _SINGLE.get(tag)
        if kind is not None:
            yield _Step(kind, child, place, _text(child, kind))
        elif tag in _CONTAINERS:
            yield from _CONTAINERS[tag](child, place)
        else:
            yield from _steps(child, place.within(gone=tag in _STRUCK, moved=tag in _MOVED))


def _text(element: Any, kind: _Kind) -> str:
    if kind is not _Kind.TEXT:
        return element.text or "" if kind is _Kind.CODE else ""
    if element.tag in SYMBOLS:
        return symbol(element)
    return SIGNS.get(element.tag, element.text or "")


def _paragraph(element: Any, place: _Place) -> Iterator[_Step]:
    yield _Step(_Kind.BEGINS, element, place)
    yield from _steps(element, place.within())
    yield _Step(_Kind.ENDS, element, place)


def _table(element: Any, place: _Place) -> Iterator[_Step]:
    yield _Step(_Kind.PARTS, element, place)
    yield from _steps(element, place.within())
    yield _Step(_Kind.PARTS, element, place)


def _row(element: Any, place: _Place) -> Iterator[_Step]:
    yield from _steps(element, place.within(gone=_has(element, "w:trPr", "w:del")))


def _cell(element: Any, place: _Place) -> Iterator[_Step]:
    yield from _steps(element, place.within(gone=_has(element, "w:tcPr", "w:cellDel")))
    yield _Step(_Kind.PARTS, element, place)


def _link(element: Any, place: _Place) -> Iterator[_Step]:
    target = place.addresses.get(element.get(qn("r:id"), ""))
    yield from _steps(element, place.within(url=with_place(target, element.get(qn("w:anchor")))))


def _simple_field(element: Any, place: _Place) -> Iterator[_Step]:
    code = element.get(qn("w:instr"), "")
    if is_listing(code):
        yield _Step(_Kind.LISTING, element, place)
    yield from _steps(element, place.within(gone=is_listing(code), url=address_in(code)))


def _control(element: Any, place: _Place) -> Iterator[_Step]:
    """A content control: a tick box, a placeholder, a table of contents, or just text."""
    box = read_box(element)
    galleries = element.iterfind(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    is_gallery = any(each.get(qn("w:val")) in _GALLERIES for each in galleries)
    inside = place.within(gone=is_gallery or _has(element, "w:sdtPr", "w:showingPlcHdr"))
    if is_gallery:
        yield _Step(_Kind.LISTING, element, place)
    if box:
        yield _Step(_Kind.BOX, element, place, box=box)
    for content in element.iterchildren(qn("w:sdtContent")):
        yield from _steps(content, inside)
    if box:
        yield _Step(_Kind.BOX_ENDS, element, place, box=box)


def _alternatives(element: Any, place: _Place) -> Iterator[_Step]:
    branches = list(element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"))
    with_text = (branch for branch in branches if _has_text(branch))
    branch = next(with_text, branches[0] if branches else None)
    if branch is not None:
        yield from _steps(branch, place.within())


def _has_text(branch: Any) -> bool:
    return any(
        each.tag in _IN_RUN and not any(above.tag in _NO_TEXT for above in each.iterancestors())
        for each in branch.iter()
    )


def _has(element: Any, properties: str, tag: str) -> bool:
    found = element.find(f"{qn(properties)}/{qn(tag)}")
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")


_SINGLE = {
    **dict.fromkeys(_IN_RUN, _Kind.TEXT),
    _STRUCK_TEXT: _Kind.TEXT,
    **dict.fromkeys(_CODES, _Kind.CODE),
    qn("w:fldChar"): _Kind.SIGN,
    qn("w:bookmarkStart"): _Kind.MARK,
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


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole_fields(steps: Iterable[_Step]) -> frozenset[Any]:
    """The signs with which a field begins that ends somewhere."""
    begun: list[Any] = []
    whole: set[Any] = set()
    for step in steps:
        kind = _sign(step)
        if kind == "begin":
            begun.append(step.element)
        elif kind == "end" and begun:
            whole.add(begun.pop())
    return frozenset(whole)


def _sign(step: _Step) -> str | None:
    return step.element.get(qn("w:fldCharType")) if step.kind is _Kind.SIGN else None


# ── paragraph by paragraph ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Walk:
    """What is remembered from one step to the next."""

    styles: Styles
    whole: frozenset[Any]
    found: list[Paragraph] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    broken: set[Field] = field(default_factory=set)  # those that never end
    moved_marks: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by the words that were moved away
    arrived: dict[int, str] = field(
        default_factory=dict
    )  # words that were moved here, by their place in `found`
    # of the paragraph that goes on, and of those that run on into it
    pieces: list[Piece] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    element: Any = None
    crossed: str = ""
    hidden: str = ""
    lists: bool = False
    # of its part that is being read
    current: Any = None
    style: str = ""
    away: str = ""  # what was moved away
    here: bool = False  # something was moved here
    before: int = 0  # pieces of the parts before
    begun: list[str] = field(default_factory=list)  # bookmarks
    boxes: list[int] = field(default_factory=list)

    def take(self, step: _Step) -> None:
        match step.kind:
            case _Kind.BEGINS:
                self.current, self.before = step.element, len(self.pieces)
                self.style = self.styles.style_of(step.element)
            case _Kind.ENDS:
                self._end_part(step.element)
            case _Kind.PARTS:
                self.end()
            case _Kind.TEXT:
                self._add(step)
            case _Kind.SIGN:
                self._turn(step)
            case _Kind.CODE:
                if self.fields:
                    self.fields[-1].code += step.text
            case _Kind.MARK:
                self._mark(step.element.get(qn("w:name"), ""), step.place)
            case _Kind.BOX | _Kind.BOX_ENDS:
                self._box(step)
            case _Kind.LISTING:
                self.lists = True

    def _mark(self, name: str, place: _Place) -> None:
        if name.startswith(_PREFIX) and (place.moved or not place.gone):
            self.begun.append(name)

    def _turn(self, step: _Step) -> None:
        kind = _sign(step)
        if kind == "begin":
            self.fields.append(Field())
            if step.element not in self.whole:
                self.broken.add(self.fields[-1])
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _add(self, step: _Step) -> None:
        if step.place.gone or step.element.tag == _STRUCK_TEXT:
            self.away += step.text * step.place.moved
            return
        if self.current is None or any(not each.shows for each in self.fields):
            return
        if any(each.is_listing for each in self.fields):
            self.lists = True
            return
        on = self.styles.switched_on(step.element.getparent(), self.style)
        if HIDDEN in on:
            self.hidden += step.text
        elif STRUCK & on:
            self.crossed += step.text
        else:
            url = step.place.url or next((each.url for each in reversed(self.fields) if each.url), None)
            self.pieces.append(Piece(step.text, url, BOLD in on))
            self.here = self.here or step.place.moved

    def _box(self, step: _Step) -> None:
        if step.box is None or step.place.gone:
            return
        if step.kind is _Kind.BOX:
            self._mark(bookmark(step.box.story) if step.box.story else "", step.place)
            self.boxes.append(len(self.pieces))
        elif not _words(self.pieces[self.boxes.pop() :]):
            self.pieces.append(Piece("☒" if step.box.is_ticked else "☐", step.place.url))

    def _end_part(self, element: Any) -> None:
        words = _words(self.pieces[self.before :])
        if words:
            self.marks += self.begun
            self.element = element
        elif self.begun and self.away.strip():
            self.moved_marks[self.away.strip()] = tuple(self.begun)
        if words and self.here and not self.begun:
            self.arrived[len(self.found)] = words
        self.begun, self.away, self.here = [], "", False
        self.fields = [each for each in self.fields if each not in self.broken]
        if not _mark_is_gone(element):
            self.end(element)

    def end(self, last: Any = None) -> None:
        element = self.element if self.element is not None else last
        if element is not None:
            self.found.append(
                Paragraph(
                    pieces=tuple(self.pieces),
                    marks=tuple(dict.fromkeys(self.marks)),
                    element=element,
                    crossed=self.crossed,
                    hidden=self.hidden,
                    lists=self.lists,
                )
            )
            self.lists = False
        self.pieces, self.marks, self.element = [], [], None
        self.crossed = self.hidden = ""


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _mark_is_gone(paragraph: Any) -> bool:
    marks = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return marks is not None and any(marks.find(tag) is not None for tag in _STRUCK)
