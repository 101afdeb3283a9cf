"""The blank document that a report is written on: our own, or the officer's template.

Our own is plain A4 for a public body's agenda pack: Arial, dark headings, a rule under the details,
"Page 1 of 3" at the foot. It is python-docx's default document with its look taken out: that one
is US Letter, with blue theme fonts, a thumbnail of an empty page, and the claim to come from Word for Mac.

A template (.docx, .dotx, .docm or .dotm; macros stay behind) keeps its own look, page and footer. It must hold the
styles in `NEEDED`; the report's own styles and the look of a link are added where it lacks them, so that it can restyle
them and need not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from monitor.errors import InputError
from monitor.reporting.documents.word.opened import opened
from monitor.zips import DAMAGED

NEEDED = ("Normal", "Heading 1", "Heading 2", "List Bullet")
DETAILS = "Report Details"
LINK = "Report Link"
LABEL = "Strong"
ADDRESS = "Hyperlink"
PRINTED_ADDRESS = "Report Address"

LONGEST_TIP = 255  # letters that Word takes of one
FONT = "Arial"
# Contrast on white: 13.6 and 8.2 to 1; 4.5 is asked of public bodies (WCAG 2.2, 1.4.3).
HEADING_COLOUR = RGBColor(0x1B, 0x2F, 0x4B)
LINK_COLOUR = RGBColor(0x0B, 0x4F, 0x9E)
RULE_COLOUR = "8A94A3"

# What python-docx lets through when a file is missing, no zip, damaged, encrypted, or holds other XML than Word's
# (an AttributeError then); found by damaging documents at random.
UNREADABLE = (
    PackageNotFoundError,
    XMLSyntaxError,
    AttributeError,
    KeyError,
    *DAMAGED,
)

# Parts of the default document: its picture, Word for Mac's figures, and its styles once more for Word 2010.
_STRANGE = ("/thumbnail", "/extended-properties", "/stylesWithEffects")
# It has 98 coloured looks of tables besides, nine tenths of its styles, which Word and LibreOffice bring themselves:
# without them a document is half as large, and is written, opened and learned in half the time.
_TABLES = ("TableNormal", "TableGrid")

_MACROS = ("/vbaProject", "/wordVbaData", "/attachedToolbars", "/keyMapCustomizations")
_TYPES = "[Content_Types].xml"
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_KINDS = (  # .dotx, .docm, .dotm
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)

# What may follow these two in a paragraph's properties, whose order is fixed (ISO 29500-1, 17.3.1.26).
_AFTER_CONTEXTUAL_SPACING = ("w:jc", "w:outlineLvl")
_AFTER_BORDER = (
    "w:shd",
    "w:tabs",
    "w:bidi",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    *_AFTER_CONTEXTUAL_SPACING,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to write on, and the ids of its styles by name. Texts are single lines.

    Paragraphs, runs and links are made here and not by python-docx, which reads every style each time one is set by
    name, every relation for each link, and every letter for each run: of the 0.7 s that a report of 30 items took, the
    styles were 0.5; of what was left, the others were a third.
    """

    document: WordDocument
    styles: dict[str, str]
    relations: dict[str, str] = field(default_factory=dict)  # of links, by address
    bookmarks: list[int] = field(default_factory=list)  # the highest number that was brought, then ours

    def add_paragraph(self, style: str, text: str = "") -> Paragraph:
        element = OxmlElement("w:p")
        element.append(_with_style("w:pPr", "w:pStyle", self.styles[style]))
        body = self.document.element.body
        if len(body) and body[-1].tag == qn("w:sectPr"):  # it stays last
            body[-1].addprevious(element)
        else:
            body.append(element)
        paragraph = Paragraph(element, self.document._body)
        if text:
            self.add_run(paragraph, text)
        return paragraph

    def add_run(self, paragraph: Paragraph, text: str, style: str | None = None) -> BaseOxmlElement:
        run = OxmlElement("w:r")
        if style:
            run.append(_with_style("w:rPr", "w:rStyle", self.styles[style]))
        words = OxmlElement("w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = text
        run.append(words)
        paragraph._p.append(run)
        return run

    def add_break(self, paragraph: Paragraph) -> None:
        """The next line of the same paragraph."""
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:br"))
        paragraph._p.append(run)

    def add_bookmark(self, paragraph: Paragraph, name: str) -> None:
        """Around all of the paragraph: by it a story is found again in what comes back. Those of the template are
        looked for once: to look for every bookmark with each took a third of the time of notes on 370 stories."""
        if not self.bookmarks:
            brought = self.document.part.element.iter(qn("w:bookmarkStart"))
            self.bookmarks.append(max((int(mark.get(qn("w:id"), "0")) for mark in brought), default=0))
        self.bookmarks.append(self.bookmarks[-1] + 1)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.bookmarks[-1]))
        start.set(qn("w:name"), name)
        first = next(paragraph._p.iterchildren(qn("w:r"), qn("w:hyperlink"), qn("w:sdt")))
        first.addprevious(start)
        paragraph._p.append(end)

    def add_link(self, paragraph: Paragraph, address: str, text: str, tip: str = "") -> None:
        """A link at the end of the paragraph; `address` is one that `web_address` let through. The tip is what Word
        shows beside the pointer and a screen reader says."""
        target = OxmlElement("w:hyperlink")
        target.set(qn("r:id"), self._relation(address))
        target.set(qn("w:history"), "1")
        if tip:
            target.set(qn("w:tooltip"), tip[:LONGEST_TIP])
        target.append(self.add_run(paragraph, text, ADDRESS))
        paragraph._p.append(target)

    def _relation(self, address: str) -> str:
        if address not in self.relations:
            known = self.document.part.rels
            name = next(
                name for number in count(len(self.relations) + 1) if (name := f"link{number}") not in known
            )
            known.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
            self.relations[address] = name
        return self.relations[address]


def _with_style(properties: str, tag: str, style: str) -> BaseOxmlElement:
    element, named = OxmlElement(properties), OxmlElement(tag)
    named.set(qn("w:val"), style)
    element.append(named)
    return element


def house_document() -> Sheet:
    """Our own sheet, to be written on."""
    written, styles = _house()
    return Sheet(Document(BytesIO(written)), dict(styles))


@lru_cache(maxsize=1)
def _house() -> tuple[bytes, Mapping[str, str]]:
    """What it looks like, as a file, and its styles: a fifth of a second of setting them, for two documents a draft."""
    document = Document()
    _drop_strange_parts(document)
    _drop_looks_of_tables(document)
    _set_page(document)
    _set_fonts(document)
    _set_look(document)
    _number_pages(document.sections[0].footer.paragraphs[0])
    _ready(document)
    document.save(written := BytesIO())
    return written.getvalue(), _sheet(document).styles


def template_document(template: Path) -> Sheet:
    """The officer's template, to be written on below what it holds. Raises `InputError` if it cannot be used."""
    try:
        document = Document(BytesIO(_as_document(template.read_bytes())))
        missing = [name for name in NEEDED if name not in document.styles]
        paragraphs = document.paragraphs
        document.core_properties.title  # noqa: B018 - parsed when first asked for, and may be damaged too
    except FileNotFoundError as flaw:
        raise InputError(f"{template}: not a Word document: there is no such file") from flaw
    except UNREADABLE as flaw:
        raise InputError(
            f"{template}: not a Word document that can be written on: {_why_not(template)}"
        ) from flaw
    _drop_parts(document.part.rels, _MACROS)
    if missing:
        raise InputError(f"{template}: the template lacks the styles {', '.join(missing)}")
    if (
        len(paragraphs) == 1 and not paragraphs[0].runs
    ):  # the blank first line that Word puts into a new document
        document.element.body.remove(paragraphs[0]._p)
    _ready(document)
    return _sheet(document)


def _why_not(template: Path) -> str:
    try:
        opened(template.read_bytes(), "it")
    except (InputError, OSError) as reason:
        return str(reason)
    return "save it in Word as a template (.dotx) or a document (.docx), not as Strict Open XML."


def _as_document(content: bytes) -> bytes:
    """The package with a document's type, where it is a template's or one with macros: a report is none of these."""
    with ZipFile(BytesIO(content)) as given:
        types = given.read(_TYPES)
        if not any(kind in types for kind in _OTHER_KINDS):
            return content
        for kind in _OTHER_KINDS:
            types = types.replace(kind, _DOCUMENT)
        with ZipFile(written := BytesIO(), "w") as changed:
            for part in given.infolist():
                changed.writestr(part, types if part.filename == _TYPES else given.read(part))
    return written.getvalue()


def _ready(document: WordDocument) -> None:
    _add_own_styles(document)
    _set_language(document)


def _sheet(document: WordDocument) -> Sheet:
    return Sheet(document, {style.name: style.style_id for style in document.styles if style.name})


def _drop_strange_parts(document: WordDocument) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        _drop_parts(relations, _STRANGE)
    # 15 is Word 2013 and later; at the default's 14 the window's title says "Compatibility Mode".
    for setting in _all(document.settings.element, "w:compatSetting"):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _drop_looks_of_tables(document: WordDocument) -> None:
    for style in _all(document.styles.element, "w:style"):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLES:
            document.styles.element.remove(style)


def _drop_parts(relations: Relationships, kinds: tuple[str, ...]) -> None:
    """A part that nothing is related to is not written."""
    for name, relation in list(relations.items()):
        if relation.reltype.endswith(kinds):
            del relations[name]


def _set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)


def _set_fonts(document: WordDocument) -> None:
    """One font in one place: a style that names a theme's font would win over it."""
    for fonts in _all(document.styles.element, "w:rFonts"):
        parent = fonts.getparent()
        if parent is not None:
            parent.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for defaults in _all(document.styles.element, "w:rPrDefault"):
        defaults[0].insert(0, fonts)


def _set_look(document: WordDocument) -> None:
    normal = _paragraph_style(document, "Normal")
    normal.font.size = Pt(11)
    _space(normal, before=0, after=8)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    for name, size, before, after in (("Heading 1", 17, 0, 12), ("Heading 2", 13, 18, 4)):
        heading = _paragraph_style(document, name)
        heading.font.size, heading.font.bold = Pt(size), True
        heading.font.color.rgb = HEADING_COLOUR
        _space(heading, before=before, after=after)
    bullet = _paragraph_style(document, "List Bullet")
    _space(bullet, before=0, after=4)
    # With it LibreOffice leaves a heading alone at the foot of a page, the list beginning on the next.
    for spacing in _all(bullet.element, "w:contextualSpacing"):
        bullet.element.get_or_add_pPr().remove(spacing)
    footer = _paragraph_style(document, "Footer")
    footer.font.size = Pt(9)
    footer.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_own_styles(document: WordDocument) -> None:
    if DETAILS not in document.styles:
        details = _paragraph_style(document, DETAILS)
        _space(details, before=0, after=10)
        details.paragraph_format.line_spacing = 1.3
        _keep_together(details)
    if LINK not in document.styles:
        link = _paragraph_style(document, LINK)
        _space(link, before=0, after=4)
        link.paragraph_format.keep_with_next = True
    if PRINTED_ADDRESS not in document.styles:
        _character_style(document, PRINTED_ADDRESS, builtin=False).font.size = Pt(9)
    if LABEL not in document.styles:
        _character_style(document, LABEL).font.bold = True
    if ADDRESS not in document.styles:
        address = _character_style(document, ADDRESS)
        address.font.color.rgb, address.font.underline = LINK_COLOUR, True


def _set_language(document: WordDocument) -> None:
    """British English wherever a language is named, and as the language of all text."""
    styles = document.styles
    normal = styles["Normal"].element.get_or_add_rPr()
    if not _all(normal, "w:lang"):
        normal.append(OxmlElement("w:lang"))
    for named in (*_all(styles.element, "w:lang"), *_all(document.settings.element, "w:themeFontLang")):
        named.set(qn("w:val"), "en-GB")


def _number_pages(paragraph: Paragraph) -> None:
    """As fields: Word and LibreOffice put the right numbers when they lay the pages out."""
    paragraph.style = "Footer"
    for words, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), code)
        number.append(paragraph.add_run("1")._r)
        paragraph._p.append(number)


def _paragraph_style(document: WordDocument, name: str) -> ParagraphStyle:
    """The style of that name; a new one, based on Normal, where there is none."""
    known = name in document.styles
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if not known:
        style.base_style = document.styles["Normal"]
        style.quick_style = True
    return style


def _character_style(document: WordDocument, name: str, *, builtin: bool = True) -> CharacterStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=builtin)
    assert isinstance(style, CharacterStyle)
    return style


def _space(style: ParagraphStyle, *, before: int, after: int) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _keep_together(style: ParagraphStyle) -> None:
    """One rule and one space below a run of paragraphs in this style: Word joins the borders of like neighbours."""
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "6"), ("color", RULE_COLOUR)):
        line.set(qn(f"w:{name}"), value)
    border = OxmlElement("w:pBdr")
    border.append(line)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(border, *_AFTER_BORDER)
    properties.insert_element_before(OxmlElement("w:contextualSpacing"), *_AFTER_CONTEXTUAL_SPACING)


def _all(element: BaseOxmlElement, tag: str) -> Sequence[BaseOxmlElement]:
    return list(element.iter(qn(tag)))
