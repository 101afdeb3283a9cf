"""What a document's body is after accepting all its changes: its paragraphs, and what is left in each. Pure.

1. *Struck* is what is deleted, or moved away, at any depth; a deleted row or cell with all in it; and what is struck
   through or hidden, by its own properties or its style's, for that is how many people strike. The latter is told.
2. *A paragraph whose mark is deleted* runs on into the next of the same cell. It has the looks of the last part of which
   words are left, for a mark holds its paragraph's looks. A bookmark in or before a paragraph of which no word is left
   is gone with it; of one that was moved it goes where its words went.
3. *A field* begins, shows and ends where its signs stand, whether these are struck or not; one that never ends, ends
   with its paragraph. Links are fields too. What a table of contents shows is no text.
4. A tick box is the sign that it shows; where it shows none that can be read, ☒ or ☐ as it says of itself.

What is no text at all, and what holds for an element by what it stands in, says `steps.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from monitor.reporting.documents.word.fields import Field
from monitor.reporting.documents.word.steps import Kind, Place, Step, mark_is_gone, steps_of
from monitor.reporting.documents.word.styles import BOLD, HIDDEN, STRUCK, Styles
from monitor.reporting.wording import bookmark

_PREFIX = "story_"


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
    steps = list(steps_of(body, Place(addresses)))
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


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole_fields(steps: Iterable[Step]) -> frozenset[Any]:
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


def _sign(step: Step) -> str | None:
    return step.element.get(qn("w:fldCharType")) if step.kind is Kind.SIGN else None


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

    def take(self, step: Step) -> None:
        match step.kind:
            case Kind.BEGINS:
                self.current, self.before = step.element, len(self.pieces)
                self.style = self.styles.style_of(step.element)
            case Kind.ENDS:
                self._end_part(step.element)
            case Kind.PARTS:
                self.end()
            case Kind.TEXT:
                self._add(step)
            case Kind.SIGN:
                self._turn(step)
            case Kind.CODE:
                if self.fields:
                    self.fields[-1].code += step.text
            case Kind.MARK:
                self._mark(step.element.get(qn("w:name"), ""), step.place)
            case Kind.BOX | Kind.BOX_ENDS:
                self._box(step)
            case Kind.LISTING:
                self.lists = True

    def _mark(self, name: str, place: Place) -> None:
        if name.startswith(_PREFIX) and (place.moved or not place.gone):
            self.begun.append(name)

    def _turn(self, step: Step) -> None:
        kind = _sign(step)
        if kind == "begin":
            self.fields.append(Field())
            if step.element not in self.whole:
                self.broken.add(self.fields[-1])
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _add(self, step: Step) -> None:
        if step.place.gone:
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

    def _box(self, step: Step) -> None:
        if step.box is None or step.place.gone:
            return
        if step.kind is Kind.BOX:
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
        if not mark_is_gone(element):
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
