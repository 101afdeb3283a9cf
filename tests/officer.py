"""An officer at work on a draft: what can be done to it in Word, done to the document's bytes."""

from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.learning.compare import understand
from monitor.reporting.learning.match import Shelf


class Officer:
    """Each method is one thing she does. Items are named by the beginning of their heading."""

    def __init__(self, written: bytes):
        self.document = Document(BytesIO(written))

    def saved(self) -> bytes:
        self.document.save(written := BytesIO())
        return written.getvalue()

    # finding

    def heading(self, beginning: str) -> Paragraph:
        return next(each for each in self.headings() if each.text.startswith(beginning))

    def headings(self) -> list[Paragraph]:
        return [each for each in self.document.paragraphs if each._p.style == "Heading2"]

    def item(self, beginning: str) -> list[Paragraph]:
        """Its paragraphs, heading first."""
        paragraphs, heading = self.document.paragraphs, self.heading(beginning)._p
        start = next(place for place, each in enumerate(paragraphs) if each._p is heading)
        end = next(
            (
                place
                for place in range(start + 1, len(paragraphs))
                if paragraphs[place]._p.style == "Heading2"
            ),
            len(paragraphs),
        )
        return paragraphs[start:end]

    def paragraph(self, beginning: str) -> Paragraph:
        return next(each for each in self.document.paragraphs if each.text.startswith(beginning))

    # doing

    def strike(self, beginning: str) -> "Officer":
        for each in self.item(beginning):
            remove(each)
        return self

    def retitle(self, beginning: str, heading: str) -> "Officer":
        first, *rest = self.heading(beginning).runs
        first.text = heading
        for run in rest:
            run.text = ""
        return self

    def untitle(self, beginning: str) -> "Officer":
        remove(self.heading(beginning))
        return self

    def cut(self, beginning: str) -> "Officer":
        remove(self.paragraph(beginning))
        return self

    def rewrite(self, beginning: str, text: str) -> "Officer":
        self.paragraph(beginning).runs[0].text = text
        return self

    def note(self, below: str, text: str) -> "Officer":
        new = self.document.add_paragraph(text)
        self.paragraph(below)._p.addnext(new._p)
        return self

    def move_to_top(self, beginning: str) -> "Officer":
        top = self.headings()[0]._p
        for each in self.item(beginning) if self.heading(beginning)._p is not top else ():
            top.addprevious(each._p)
        return self

    def add(self, heading: str, *lines: str, before: str | None = None) -> "Officer":
        """An item of her own at the end, or before another; a line that is an address becomes a link."""
        written = [self.document.add_paragraph(heading, style="Heading 2")] if heading else []
        for line in lines:
            written.append(self.document.add_paragraph())
            if line.startswith("http"):
                link(written[-1], line, line)
            else:
                written[-1].add_run(line)
        for each in written if before else ():
            self.heading(before)._p.addprevious(each._p)
        return self

    def strip(self, *tags: str) -> "Officer":
        for tag in tags:
            for mark in list(self.document.element.iter(qn(tag))):
                mark.getparent().remove(mark)
        return self

    def forget_edition(self) -> "Officer":
        rels = self.document.part.package.rels
        for name in [name for name, rel in rels.items() if rel.reltype.endswith("custom-properties")]:
            del rels[name]
        return self

    def each_paragraph(self, change) -> "Officer":
        for each in self.document.paragraphs:
            change(each)
        return self


class Ticker(Officer):
    """She ticks, or types, where the notes have boxes; a story by the beginning of its heading, a box by its place."""

    def line(self, beginning: str):
        lines = [
            each for each in self.document.element.body.iter(qn("w:p")) if each.find(qn("w:sdt")) is not None
        ]
        return next(
            each for each in lines if beginning in "".join(text.text or "" for text in each.iter(qn("w:t")))
        )

    def box(self, beginning: str, place: int = 0):
        return self.line(beginning).findall(qn("w:sdt"))[place]

    def click(self, beginning: str, place: int = 0) -> "Ticker":
        box = self.box(beginning, place)
        checked = next(each for each in box.iter() if each.tag.endswith("}checked"))
        checked.set(checked.tag.replace("checked", "val"), "1")
        return self.show(beginning, "☒", place)

    def show(self, beginning: str, sign: str, place: int = 0) -> "Ticker":
        next(self.box(beginning, place).iter(qn("w:t"))).text = sign
        return self

    def delete_box(self, beginning: str) -> "Ticker":
        box = self.box(beginning)
        box.getparent().remove(box)
        return self

    def type_first(self, beginning: str, text: str) -> "Ticker":
        line = self.line(beginning)
        run = self.document.add_paragraph(text).runs[0]._r
        line.insert(1, run)
        return self

    def picture_of_a_box(self, beginning: str) -> "Ticker":
        """As Word writes a box whose sign comes from a symbol font."""
        text = next(self.box(beginning).iter(qn("w:t")))
        text.getparent().remove(text)
        return self


def remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def link(paragraph: Paragraph, url: str, text: str) -> None:
    target = OxmlElement("w:hyperlink")
    target.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    target.append(paragraph.add_run(text)._r)
    paragraph._p.append(target)


def as_word_saves(written: bytes) -> bytes:
    """Word's habits: runs cut up for spelling and revisions, links as fields in pieces, bookmarks between paragraphs."""
    officer = Officer(written)
    for paragraph in officer.document.paragraphs:
        for run in list(paragraph._p.iter(qn("w:r"))):
            _cut_up(run)
        for hyperlink in list(paragraph._p.iter(qn("w:hyperlink"))):
            _as_field(hyperlink, paragraph.part.rels[hyperlink.get(qn("r:id"))].target_ref)
        for mark in list(paragraph._p.iter(qn("w:bookmarkStart"))):
            paragraph._p.addprevious(mark)
            paragraph._p.insert(1, mark)  # within the paragraph again, but before what it marked
    return officer.saved()


def _cut_up(run) -> None:
    texts = run.findall(qn("w:t"))
    if len(texts) != 1 or run.find(qn("w:br")) is not None or len(texts[0].text) < 4:
        return
    text, half = texts[0].text, len(texts[0].text) // 2
    second = deepcopy(run)
    for piece, part in ((run, text[:half]), (second, text[half:])):
        piece.find(qn("w:t")).text = part
        piece.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.set(qn("w:rsidR"), "00AB12CD")
    wrong = OxmlElement("w:proofErr")
    wrong.set(qn("w:type"), "spellStart")
    run.addnext(wrong)
    wrong.addnext(second)


def _as_field(hyperlink, url: str) -> None:
    place = hyperlink
    for kind in ("begin", "code", "separate"):
        run = OxmlElement("w:r")
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.text = f' HYPERLINK "{url}" \\o "a tip" '
            run.append(code)
        else:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run.append(sign)
        place.addprevious(run)
    for run in list(hyperlink):
        place.addprevious(run)
    end, sign = OxmlElement("w:r"), OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), "end")
    end.append(sign)
    place.addprevious(end)
    hyperlink.getparent().remove(hyperlink)


def shelf(*stored) -> Shelf:
    return Shelf(
        identify=lambda url: article_id(normalise(url)),
        outlet=lambda url: host(url),
        stored={article.id: article for article in stored},
    )


def learned(edition, written: bytes, now, known=None):
    returned = read_back(written, "edited.docx")
    return understand(edition, returned.lines, known or shelf(), learned=now, digest="ab" * 32)


def told(given) -> list[tuple]:
    """Each decision as (said, heading as drafted, what else it says)."""
    silent = {
        "said",
        "edition",
        "story",
        "drafted",
        "articles",
        "links",
        "placed",
    }  # a document gives each a place
    lines = []
    for one in given.decisions:
        changes = {
            name: getattr(one, name)
            for name in one.__dataclass_fields__
            if name not in silent and getattr(one, name) not in (None, (), False)
        }
        for name in ("heading", "excerpt"):
            if getattr(one, name) in ("", ()):
                changes[name] = getattr(one, name)
        if one.links:
            changes["links"] = [link.url for link in one.links]
        lines.append((one.said.value, one.drafted, changes))
    return lines
