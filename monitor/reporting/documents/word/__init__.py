"""An edition -> the officer's Word document. Only this folder knows python-docx.

The order and plainness are those of the reports that were filed: `Report to …` (Heading 1), title, date of the
meeting and author, then the items: heading (Heading 2), a line for each link, the excerpt; nothing else. What the
draft rests on and why an item is there stand elsewhere, so that the body can be published as it is.

* A link is printed as `report.links` says (`wording.link_lines`). Called by outlet and day it is one that a screen
  reader need not spell out; the address beneath is text. Where it is its address, outlet and day are its tip. An
  address that is not http(s) with a host stays text.
* Each heading carries a bookmark with its story's id (`bookmark`), by which an edited document can be read back, and a
  comment with all that stands beside the item (`beside.py`). Where the officer took the heading out, both are on the
  item's first line. Deleting every comment leaves the publishable report.
* The document says in a property of its own which edition it is of (`mark.py`).
* What is written has no flaw of `accessible.py`, or it is a bug.
* Headings and links keep with what follows, so that none is stranded at the foot of a page.
* Every text is put on one line and rid of control characters here once more, whoever made the edition.
"""

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from monitor.model import Edition, Item
from monitor.reporting.documents.beside import beside
from monitor.reporting.documents.word.accessible import flaws
from monitor.reporting.documents.word.mark import set_mark
from monitor.reporting.documents.word.template import (
    DETAILS,
    LABEL,
    LINK,
    PRINTED_ADDRESS,
    Sheet,
    house_document,
    template_document,
)
from monitor.reporting.edition.basis import say_nothing
from monitor.reporting.wording import LinkLine, link_lines, one_line, passages, say_meeting
from monitor.reporting.wording import bookmark as bookmark
from monitor.settings import LinksAs

COMMENTER = "Topical Issues monitor"


def write_word(
    edition: Edition,
    template: Path | None = None,
    *,
    comments: bool = True,
    links: LinksAs = LinksAs.TITLE,
) -> bytes:
    """The document's bytes; a public version has no `comments`. Raises `InputError` where the template cannot be used; nothing is written to disk."""
    sheet = template_document(template) if template else house_document()
    _set_properties(sheet.document, edition)
    set_mark(sheet.document, edition.number, edition.made)
    brought = flaws(sheet.document)
    _write_details(sheet, edition)
    for item in edition.items:
        heading = _write_item(sheet, item, links)
        if comments and heading is not None:
            _add_comment(sheet.document, heading, beside(item, edition), edition)
    if not edition.items:
        sheet.add_paragraph("Normal", say_nothing(edition.basis))
    made = [flaw for flaw in flaws(sheet.document) if flaw not in brought]
    assert not made, made
    written = BytesIO()
    sheet.document.save(written)
    return written.getvalue()


def _set_properties(document: WordDocument, edition: Edition) -> None:
    """Every property that the blank document came with is ours or empty; Word takes 255 characters of each."""
    properties, header = document.core_properties, edition.header
    properties.title = one_line(f"{header.title}, {say_meeting(header.meeting)}")[:255]
    properties.subject = one_line(header.to)[:255]
    properties.author = properties.last_modified_by = one_line(header.author)[:255]
    properties.created = properties.modified = edition.made.astimezone(UTC)
    properties.language = "en-GB"
    properties.revision = 1
    properties.comments = properties.keywords = properties.category = ""


def _write_details(sheet: Sheet, edition: Edition) -> None:
    header = edition.header
    sheet.add_paragraph("Heading 1", one_line(header.to))
    for label, text in (
        ("Title", header.title),
        ("Date", say_meeting(header.meeting)),
        ("Author", header.author),
    ):
        line = sheet.add_paragraph(DETAILS)
        sheet.add_run(line, f"{label}:", LABEL)
        sheet.add_run(line, f" {one_line(text)}")


def _write_item(sheet: Sheet, item: Item, links: LinksAs) -> Paragraph | None:
    """Returns the paragraph that the item begins with; None where there is nothing of it to print."""
    written = [sheet.add_paragraph("Heading 2", heading)] if (heading := one_line(item.heading)) else []
    for link in item.links:
        written.append(_write_link(sheet, link_lines(link, links)))
    ahead = list(written)
    for passage in passages(item.excerpt):
        style = "List Bullet" if passage.bullets else "Normal"
        lines = filter(None, map(one_line, passage.paragraphs))
        written += [sheet.add_paragraph(style, line) for line in lines]
    if not written:
        return None
    if not heading:  # else it would look like more of the item above
        written[0].paragraph_format.space_before = Pt(18)
    sheet.add_bookmark(written[0], bookmark(item.story))
    if len(written) == len(ahead):  # else a row of such items would be one block, too long for a page
        ahead[-1].paragraph_format.keep_with_next = False
    return written[0]


def _add_comment(
    document: WordDocument, paragraph: Paragraph, lines: Sequence[str], edition: Edition
) -> None:
    runs = paragraph.runs or [run for link in paragraph.hyperlinks for run in link.runs]
    comment = document.add_comment(runs, author=COMMENTER, initials="TI")
    comment._comment_elm.date = edition.made  # else the same edition would give another document each time
    comment.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        comment.add_paragraph(line)


def _write_link(sheet: Sheet, lines: Sequence[LinkLine]) -> Paragraph:
    """One paragraph, the address on a line of its own in it: so a link is moved, struck and read back whole."""
    paragraph = sheet.add_paragraph(LINK)
    for place, line in enumerate(lines):
        if place:
            sheet.add_break(paragraph)
        if line.address:
            sheet.add_link(paragraph, line.address, line.text, line.tip)
        else:
            sheet.add_run(paragraph, line.text, PRINTED_ADDRESS if line.is_address else None)
        if line.remark:
            sheet.add_run(paragraph, f" {line.remark}")
    return paragraph
