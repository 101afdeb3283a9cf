"""An edition -> the officer's Word document. Only this folder knows python-docx.

The order and plainness are those of the reports that were filed: `Report to …` (Heading 1), title, date of the
meeting and author, then the items: heading (Heading 2), a line for each link, the excerpt; nothing else. What the
draft rests on and why an item is there stand elsewhere, so that the body can be published as it is.

* A link is called by outlet and day; its address is its target, not its text, because a screen reader would spell
  it out. An address that is not http(s) with a host stays text.
* Each heading carries a bookmark with its story's id (`bookmark`), by which an edited document can be read back.
* Headings and links keep with what follows, so that none is stranded at the foot of a page.
* Every text is put on one line and rid of control characters here once more, whoever made the edition.
"""

from datetime import UTC
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from re import fullmatch

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from monitor.model import Edition, Item, ItemLink
from monitor.reporting.basis import say_nothing
from monitor.reporting.word.house import (
    DETAILS,
    LABEL,
    LINK,
    Sheet,
    house_document,
    template_document,
)
from monitor.reporting.wording import (
    link_remark,
    link_text,
    one_line,
    passages,
    say_meeting,
    web_address,
)


def write_word(edition: Edition, template: Path | None = None) -> bytes:
    """The document's bytes. Raises `InputError` where the template cannot be used; nothing is written to disk."""
    sheet = template_document(template) if template else house_document()
    _set_properties(sheet.document, edition)
    _write_details(sheet, edition)
    for item in edition.items:
        _write_item(sheet, item)
    if not edition.items:
        sheet.add_paragraph("Normal", say_nothing(edition.basis))
    written = BytesIO()
    sheet.document.save(written)
    return written.getvalue()


def bookmark(story: str) -> str:
    """The name of a story's bookmark. Word takes 40 letters, digits and underscores, and a letter first."""
    return f"story_{story if fullmatch('[A-Za-z0-9_]{1,34}', story) else sha256(story.encode()).hexdigest()[:32]}"


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
        sheet.add_run(line, LABEL, f"{label}:")
        line.add_run(f" {one_line(text)}")


def _write_item(sheet: Sheet, item: Item) -> None:
    last = sheet.add_paragraph("Heading 2", one_line(item.heading))
    _set_bookmark(last, bookmark(item.story))
    for link in item.links:
        last = sheet.add_paragraph(LINK)
        _write_link(sheet, last, link)
    for passage in passages(item.excerpt):
        for paragraph in passage.paragraphs:
            sheet.add_paragraph("List Bullet" if passage.bullets else "Normal", one_line(paragraph))
    if not item.excerpt:  # else a row of such items would be one block, too long for a page
        last.paragraph_format.keep_with_next = False


def _set_bookmark(paragraph: Paragraph, name: str) -> None:
    taken = (int(mark.get(qn("w:id"), "0")) for mark in paragraph.part.element.iter(qn("w:bookmarkStart")))
    number = str(max(taken, default=0) + 1)  # a template may have bookmarks of its own
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(end)


def _write_link(sheet: Sheet, paragraph: Paragraph, link: ItemLink) -> None:
    address = web_address(link.url)
    if address is None:
        paragraph.add_run(link_text(link))
    else:
        sheet.add_link(paragraph, address, link_text(link))
    if remark := link_remark(link):
        paragraph.add_run(f" {remark}")
