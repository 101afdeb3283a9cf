"""The working notes -> a Word document, on the program's own blank: they are not published, so no template is asked.

The chart is a real table: a header row that repeats on the next page, a name for each row, figures in every cell. The
tints behind the figures say nothing that the figures do not.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from io import BytesIO
from zlib import crc32

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from monitor.model import Source
from monitor.reporting.documents.word.boxes import new_box
from monitor.reporting.documents.word.mark import set_mark
from monitor.reporting.documents.word.template import LABEL, Sheet, house_document
from monitor.reporting.learning.ticks import DISMISS, TAKE
from monitor.reporting.notes import Notes
from monitor.reporting.notes.parts import Line, Part
from monitor.reporting.notes.weeks import Chart, Row
from monitor.reporting.wording import bookmark

NAME, FIGURE, BOXED = "Chart Name", "Chart Figure", "Boxed Line"
MARGIN = Mm(12)
TEXT_WIDTH, FIGURE_WIDTH = Mm(186), Mm(12)  # of the page between its margins; of a week's column
CLOSE = (("Normal", 8.5, 0, 2), ("List Bullet", 8.5, 0, 1), ("Heading 1", 14, 0, 4), ("Heading 2", 10, 6, 2))
# What may follow these in their parents, whose order is fixed (ISO 29500-1, 17.4.60 and 17.4.81).
_AFTER_MARGINS = ("w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")
_AFTER_CAPTION = ("w:tblDescription", "w:tblPrChange")


def write_notes(notes: Notes) -> bytes:
    """The document's bytes; nothing is written to disk."""
    blank, styles = _blank()
    sheet = Sheet(Document(BytesIO(blank)), dict(styles))
    _set_properties(sheet.document, notes)
    set_mark(sheet.document, notes.edition, notes.made, Source.NOTES)
    sheet.add_paragraph("Heading 1", notes.title)
    sheet.add_run(sheet.add_paragraph("Normal"), notes.summary, LABEL)
    for part in notes.parts:
        _write_part(sheet, part)
    written = BytesIO()
    sheet.document.save(written)
    return written.getvalue()


@lru_cache(maxsize=1)
def _blank() -> tuple[bytes, Mapping[str, str]]:
    """The sheet of the notes as a file, and its styles: to set them takes as long as to write the notes."""
    sheet = _with_own_styles(house_document())
    sheet.document.save(written := BytesIO())
    return written.getvalue(), sheet.styles


def _with_own_styles(sheet: Sheet) -> Sheet:
    """Close set: 85 stories are to be two pages, a later week one. A style for each kind of cell: to format every run
    and paragraph of the table took half a second."""
    styles = dict(sheet.styles)
    page = sheet.document.sections[0]
    page.left_margin = page.right_margin = MARGIN
    page.top_margin = page.bottom_margin = MARGIN
    page.footer_distance = Mm(6)
    for name, size, before, after in CLOSE:
        style = sheet.document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(size)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    boxed = sheet.document.styles.add_style(BOXED, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(boxed, ParagraphStyle)
    boxed.base_style = sheet.document.styles["Normal"]
    boxed.font.size = Pt(8)
    boxed.paragraph_format.space_after = Pt(0.5)
    boxed.paragraph_format.left_indent, boxed.paragraph_format.first_line_indent = Mm(5), Mm(-5)
    styles[BOXED] = boxed.style_id
    for name, alignment in ((NAME, WD_ALIGN_PARAGRAPH.LEFT), (FIGURE, WD_ALIGN_PARAGRAPH.RIGHT)):
        style = sheet.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = sheet.document.styles["Normal"]
        style.font.size = Pt(8)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.alignment = alignment
        styles[name] = style.style_id
    return Sheet(sheet.document, styles)


def _set_properties(document: WordDocument, notes: Notes) -> None:
    properties = document.core_properties
    properties.title = notes.title[:255]
    properties.author = properties.last_modified_by = notes.author[:255]
    properties.created = properties.modified = notes.made.astimezone(UTC)
    properties.language = "en-GB"
    properties.revision = 1
    properties.subject = properties.comments = properties.keywords = properties.category = ""


def _write_part(sheet: Sheet, part: Part) -> None:
    sheet.add_paragraph("Heading 2", part.heading)
    for sentence in filter(None, [part.opening]):
        sheet.add_paragraph("Normal", sentence)
    for line in part.lines:
        _write_line(sheet, line, BOXED if line.boxes else "List Bullet" if part.bullets else "Normal")
    for sentence in filter(None, [part.closing]):
        sheet.add_paragraph("Normal", sentence)
    if part.chart:
        sheet.document.paragraphs[-1].paragraph_format.keep_with_next = True
        _write_chart(sheet, part.chart)


def _write_line(sheet: Sheet, line: Line, style: str) -> None:
    paragraph = sheet.add_paragraph(style)
    for name in line.boxes:
        _write_box(sheet, paragraph, line, name)
    if line.address:
        sheet.add_link(paragraph, line.address, line.lead)
    elif line.lead:
        sheet.add_run(paragraph, line.lead, LABEL)
    sheet.add_run(paragraph, f" {line.text}" if line.lead else line.text)
    if line.boxes:
        sheet.add_bookmark(paragraph, bookmark(line.story))


def _write_box(sheet: Sheet, paragraph: Paragraph, line: Line, name: str) -> None:
    """A box, and what it is called where there is more than one."""
    number = crc32(f"{name} {line.story}".encode()) & 0x7FFFFFFF  # an id of its own; the same each time
    what = f"{(name or TAKE).capitalize()}: {line.lead}"
    paragraph._p.append(new_box(line.story, what, number, drops=name == DISMISS))
    sheet.add_run(paragraph, f" {name}  " if name else " ")


def _write_chart(sheet: Sheet, chart: Chart) -> None:
    rows = (*chart.rows, chart.all_topics)
    table = sheet.document.add_table(rows=1 + len(rows), cols=2 + len(chart.columns))
    table.style = "Table Grid"
    table.autofit = False
    _name_table(table, "Stories by topic and week")
    _narrow_margins(table)
    lines = [
        list(line.tc_lst) for line in table._tbl.tr_lst
    ]  # `row.cells` counts the whole table for each row
    _set_widths(table, lines)
    _fill(sheet, lines[0], ("Topic", *chart.columns, "All"), strong=True)
    _repeat_on_each_page(table)
    for cells, row in zip(lines[1:], rows, strict=True):
        sums = row is chart.all_topics
        _fill(sheet, cells, (row.name, *map(str, row.counts), str(row.total)), strong=sums)
        if not sums:
            _tint(cells[1:-1], chart, row)
    sheet.add_paragraph("Normal")  # Word wants a paragraph between a table and what follows


def _set_widths(table: Table, lines: Sequence[Sequence[CT_Tc]]) -> None:
    """The name takes what the figures leave. LibreOffice heeds the columns' widths, Word those of the cells."""
    figures = len(table.columns) - 1
    widths = [Mm(TEXT_WIDTH.mm - FIGURE_WIDTH.mm * figures), *[FIGURE_WIDTH] * figures]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cells in lines:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width


def _fill(sheet: Sheet, cells: Sequence[CT_Tc], texts: Sequence[str], *, strong: bool) -> None:
    for cell, text in zip(cells, texts, strict=True):
        paragraph = Paragraph(cell.p_lst[0], sheet.document._body)
        paragraph._p.style = sheet.styles[NAME if cell is cells[0] else FIGURE]
        sheet.add_run(paragraph, text, LABEL if strong else None)


def _tint(cells: Sequence[CT_Tc], chart: Chart, row: Row) -> None:
    for cell, count in zip(cells, row.counts, strict=True):
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", chart.tint(count))):
            shade.set(qn(f"w:{name}"), value)
        cell.get_or_add_tcPr().append(shade)


def _name_table(table: Table, name: str) -> None:
    """What a screen reader calls it."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name)
    table._tbl.tblPr.insert_element_before(caption, *_AFTER_CAPTION)


def _narrow_margins(table: Table) -> None:
    """0.7 mm at each side of a cell, where Word would leave 1.9: or "10 Nov" fills two lines."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, *_AFTER_MARGINS)


def _repeat_on_each_page(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
