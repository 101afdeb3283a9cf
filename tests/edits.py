"""Edits of a document's body, each done twice: at once, as Word does it, and with tracked changes on.

What is done at once is written without a look at how changes are accepted, so that one can be held against the other. Of
a paragraph all of whose words are struck the bookmark goes, and where paragraphs run together the looks are those of the
last of which words are left: so it is in Word.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

WORDS = ("the panel asked", "again", "£4.2m in all", "A new heading", "on Monday")
_SIGNS = (qn("w:fldChar"), qn("w:instrText"))


@dataclass(frozen=True)
class Edit:
    """`first` and `last` are places among the body's paragraphs, `start` and `end` shares of their letters."""

    kind: str
    first: int
    last: int
    start: float
    end: float
    to: int
    words: str
    signs: int  # which signs of a field at the border of what is struck are struck with it


def random_edit(random: Random, body: Any, top: int) -> Edit:
    """Of paragraphs below the first `top`."""
    count = len(paragraphs(body))
    first = random.randrange(top, count)
    last = min(count - 1, first + random.choice((0, 0, 1, 2, 5, 9)))
    return Edit(
        kind=random.choice(tuple(EDITS)),
        first=first,
        last=last,
        start=random.choice((0.0, 0.0, 1.0, random.random())),
        end=random.choice((0.0, 1.0, 1.0, random.random())),
        to=random.randrange(top, count),
        words=random.choice(WORDS),
        signs=random.randrange(4),
    )


def done(body: Any, edit: Edit, *, tracked: bool) -> Any:
    """A copy of the body with the edit in it."""
    body = deepcopy(body)
    EDITS[edit.kind](body, edit, Tracked() if tracked else AtOnce())
    return body


def paragraphs(body: Any) -> list[Any]:
    return list(body.iterchildren(qn("w:p")))


def words_of(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


# ── what is done ────────────────────────────────────────────────────────────────────────────────────────────────


def strike(body: Any, edit: Edit, way: "Way") -> None:
    """Whole paragraphs, with their marks."""
    for each in paragraphs(body)[edit.first : edit.last + 1]:
        way.strike(each)


def strike_from_above(body: Any, edit: Edit, way: "Way") -> None:
    """From the end of the paragraph above to the end of the last one, whose mark stays."""
    above, last = paragraphs(body)[edit.first - 1], paragraphs(body)[edit.last]
    way.delete(body, (above, len(words_of(above))), (last, len(words_of(last))), edit.signs)


def delete(body: Any, edit: Edit, way: "Way") -> None:
    way.delete(body, *_span(body, edit), edit.signs)


def replace(body: Any, edit: Edit, way: "Way") -> None:
    start, end = _span(body, edit)
    way.insert(*end, edit.words)
    way.delete(body, start, end, edit.signs)


def insert(body: Any, edit: Edit, way: "Way") -> None:
    way.insert(*_span(body, edit)[0], edit.words)


def write(body: Any, edit: Edit, way: "Way") -> None:
    """A paragraph of her own below another."""
    way.write(paragraphs(body)[edit.first], edit.words)


def split(body: Any, edit: Edit, way: "Way") -> None:
    way.split(*_span(body, edit)[0])


def join(body: Any, edit: Edit, way: "Way") -> None:
    one, other = paragraphs(body)[edit.first - 1 : edit.first + 1]
    way.delete(body, (one, len(words_of(one))), (other, 0), 0)


def move(body: Any, edit: Edit, way: "Way") -> None:
    """Whole paragraphs to below another."""
    given = paragraphs(body)
    moved, target = given[edit.first : edit.last + 1], given[edit.to]
    if target not in moved:
        way.move(moved, target)


def cut_a_run(body: Any, edit: Edit, way: "Way") -> None:
    runs = [run for run in paragraphs(body)[edit.first].iter(qn("w:r")) if words_of(run)]
    for run in runs[: 1 + edit.signs]:
        way.remove([run])


EDITS = {
    "strike": strike,
    "strike from above": strike_from_above,
    "delete": delete,
    "replace": replace,
    "insert": insert,
    "write": write,
    "split": split,
    "join": join,
    "move": move,
    "cut a run": cut_a_run,
}


def _span(body: Any, edit: Edit) -> tuple[tuple[Any, int], tuple[Any, int]]:
    first, last = paragraphs(body)[edit.first], paragraphs(body)[edit.last]
    start, end = round(edit.start * len(words_of(first))), round(edit.end * len(words_of(last)))
    return (
        ((first, min(start, end)), (last, max(start, end)))
        if first is last
        else ((first, start), (last, end))
    )


# ── the two ways ────────────────────────────────────────────────────────────────────────────────────────────────


class Way:
    def write(self, below: Any, words: str) -> None:
        new = OxmlElement("w:p")
        new.append(_run(words))
        below.addnext(new)
        self.put_in(new)

    def insert(self, paragraph: Any, at: int, words: str) -> None:
        before, after = _parted(paragraph, at)
        run = _run(words)
        if before:
            before[-1].addnext(run)
        elif after:
            after[0].addprevious(run)
        else:
            paragraph.append(run)
        self.put_in_run(run)

    def put_in(self, paragraph: Any) -> None: ...
    def put_in_run(self, run: Any) -> None: ...


class AtOnce(Way):
    """As with tracked changes off."""

    def strike(self, paragraph: Any) -> None:
        paragraph.getparent().remove(paragraph)

    def remove(self, runs: Iterable[Any]) -> None:
        for run in runs:
            if not _is_sign(run):  # Word strikes a field whole, or not
                run.getparent().remove(run)

    def delete(self, body: Any, start: tuple[Any, int], end: tuple[Any, int], signs: int) -> None:
        first, last = start[0], end[0]
        if first is last:
            self.remove(_between(first, start[1], end[1], 0))
            return
        given = paragraphs(body)
        self.remove(_between(first, start[1], len(words_of(first)), 0))
        self.remove(_between(last, 0, end[1], 0))
        for between in given[given.index(first) + 1 : given.index(last)]:
            body.remove(between)
        self._join(first, last)

    def _join(self, one: Any, other: Any) -> None:
        looks = other if words_of(other).strip() or not words_of(one).strip() else one
        properties = deepcopy(looks.find(qn("w:pPr")))
        for each in (one, other):
            if not words_of(each).strip():
                for mark in list(each.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                    mark.getparent().remove(mark)
            if (own := each.find(qn("w:pPr"))) is not None:
                each.remove(own)
        for child in list(other):
            one.append(child)
        if properties is not None:
            one.insert(0, properties)
        other.getparent().remove(other)

    def split(self, paragraph: Any, at: int) -> None:
        before, after = _parted(paragraph, at)
        second = OxmlElement("w:p")
        if (properties := paragraph.find(qn("w:pPr"))) is not None:
            second.append(deepcopy(properties))
        _carry_over(paragraph, before, after, second)
        paragraph.addnext(second)

    def move(self, moved: list[Any], target: Any) -> None:
        for each in reversed(moved):
            target.addnext(each)


class Tracked(Way):
    """As with tracked changes on."""

    def strike(self, paragraph: Any) -> None:
        self.remove(list(paragraph.iter(qn("w:r"))))
        _mark(paragraph, "w:del")

    def remove(self, runs: Iterable[Any]) -> None:
        for run in runs:
            _wrap(run, "w:del")
            _as_deleted(run)

    def delete(self, body: Any, start: tuple[Any, int], end: tuple[Any, int], signs: int) -> None:
        first, last = start[0], end[0]
        if first is last:
            self.remove(_between(first, start[1], end[1], signs))
            return
        given = paragraphs(body)
        for between in given[given.index(first) + 1 : given.index(last)]:
            self.strike(between)
        self.remove(_between(first, start[1], len(words_of(first)), signs & 2))
        self.remove(_between(last, 0, end[1], signs & 1))
        _mark(first, "w:del")

    def put_in(self, paragraph: Any) -> None:
        _mark(paragraph, "w:ins")
        for run in list(paragraph.iter(qn("w:r"))):
            _wrap(run, "w:ins")

    def put_in_run(self, run: Any) -> None:
        _wrap(run, "w:ins")

    def split(self, paragraph: Any, at: int) -> None:
        AtOnce().split(paragraph, at)
        _mark(paragraph, "w:ins")

    def move(self, moved: list[Any], target: Any) -> None:
        for each in reversed(moved):
            copy = deepcopy(each)
            for mark in list(copy.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                mark.getparent().remove(mark)  # a name stands once, and the one that is moved away keeps it
            target.addnext(copy)
            for paragraph, tag in ((each, "w:moveFrom"), (copy, "w:moveTo")):
                _mark(paragraph, tag)
                for run in list(paragraph.iter(qn("w:r"))):
                    _wrap(run, tag)


# ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _run(words: str) -> Any:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    run.append(text)
    return run


def _is_sign(run: Any) -> bool:
    return any(each.tag in _SIGNS for each in run)


def _wrap(run: Any, tag: str) -> None:
    around = OxmlElement(tag)
    run.addprevious(around)
    around.append(run)


def _as_deleted(run: Any) -> None:
    for text in list(run.iter(qn("w:t"))):
        text.tag = qn("w:delText")
    for code in list(run.iter(qn("w:instrText"))):
        code.tag = qn("w:delInstrText")


def _mark(paragraph: Any, tag: str) -> None:
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = OxmlElement("w:pPr")
        paragraph.insert(0, properties)
    marks = properties.find(qn("w:rPr"))
    if marks is None:
        marks = OxmlElement("w:rPr")
        properties.append(marks)
    marks.append(OxmlElement(tag))


def _parted(paragraph: Any, at: int) -> tuple[list[Any], list[Any]]:
    """The runs before and after so many letters; one that the place lies in is cut in two."""
    before: list[Any] = []
    after: list[Any] = []
    seen = 0
    for run in list(paragraph.iter(qn("w:r"))):
        length = len(words_of(run))
        if seen + length <= at and (length or seen < at):
            before.append(run)
        elif seen >= at:
            after.append(run)
        else:
            second = deepcopy(run)
            (text,), (rest,) = run.findall(qn("w:t")), second.findall(qn("w:t"))
            text.text, rest.text = text.text[: at - seen], rest.text[at - seen :]
            run.addnext(second)
            before.append(run)
            after.append(second)
        seen += length
    return before, after


def _between(paragraph: Any, start: int, end: int, signs: int) -> list[Any]:
    """The runs between two places. Of a field's signs at the borders those that `signs` says: 1 for the end, 2 for the
    start."""
    _parted(paragraph, start)
    _parted(paragraph, end)
    found, seen = [], 0
    for run in list(paragraph.iter(qn("w:r"))):
        length = len(words_of(run))
        inside = (
            start <= seen and seen + length <= end
            if length
            else start < seen < end
            or (_is_sign(run) and ((seen == end and signs & 1) or (seen == start and signs & 2)))
        )
        if inside:
            found.append(run)
        seen += length
    return found


def _carry_over(paragraph: Any, before: list[Any], after: list[Any], second: Any) -> None:
    """What stands after the place goes into the second paragraph, a link that is parted with its half."""
    for run in after:
        link = run.getparent()
        if link.tag != qn("w:hyperlink"):
            second.append(run)
        elif any(other.getparent() is link for other in before):
            if not len(second) or second[-1].get("half") != "1":
                half = OxmlElement("w:hyperlink")
                half.attrib.update(link.attrib)
                half.set("half", "1")
                second.append(half)
            second[-1].append(run)
        elif link.getparent() is paragraph:
            second.append(link)
