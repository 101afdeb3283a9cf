"""What the guide for the officer says that she does to a draft of the invented week, each a function:
docs/report.md."""

import zipfile
from io import BytesIO

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from edits import Edit, done
from officer import Officer, link, remove

CELLS, SEARCHES, COMPLAINTS, CAMERAS, SHOPS, PROTESTS, CALLS, FARMS, HUB, FUND, CAMPS, LINES = (
    "Police cells found safer", "Black people 3.4", "Complaints about", "Speed cameras", "Shop theft", "Policing protests",
    "Fewer give up", "Farms see less", "City’s cameras", "Fund keeps", "Fewer unauthorised", "Crackdown on county",
)  # fmt: skip
OWN, ASKED = "https://www.vale.example/minutes", "The panel asked for this in June."
ADDED = "https://www.vale.example/paper"
OUTLOOK = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.vale.example%2Fminutes"
    "&data=05%7C02%7Cofficer%40council.example&reserved=0"
)
BOX = "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Not for publication</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
CHOICE = (
    f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Choose an item.</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt>"
)
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS, TEMPLATE = b"application/vnd.ms-word.document.macroEnabled.main+xml", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"  # fmt: skip
STRICT = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip


def look(officer: Officer, beginning: str, tag: str, only: int | None = None) -> Officer:
    """Of a whole item, or of one of its paragraphs."""
    paragraphs = officer.item(beginning)
    for paragraph in paragraphs if only is None else paragraphs[only : only + 1]:
        for run in paragraph._p.iter(qn("w:r")):
            run.get_or_add_rPr().append(OxmlElement(tag))
    return officer


def strike_word(officer: Officer, beginning: str) -> Officer:
    """The first word of its text."""
    (run,) = officer.item(beginning)[2].runs
    first, _, run.text = run.text.partition(" ")
    struck = officer.document.add_paragraph().add_run(f"{first} ")
    struck.font.strike = True
    run._r.addprevious(struck._r)
    return officer


def links_of(officer: Officer, beginning: str):
    return officer.item(beginning)[1]


def delete_link(officer: Officer, beginning: str) -> Officer:
    remove(links_of(officer, beginning))
    return officer


def delete_address_alone(officer: Officer, beginning: str) -> Officer:
    for run in list(links_of(officer, beginning)._p.iter(qn("w:r"))):
        if any((each.text or "").startswith("https:") for each in run.iter(qn("w:t"))):
            run.getparent().remove(run)
            return officer
    raise LookupError(beginning)


def add_link(officer: Officer, beginning: str, url: str) -> Officer:
    link(new := officer.document.add_paragraph(), url, url)
    links_of(officer, beginning)._p.addnext(new._p)
    return officer


def give_links(officer: Officer, one: str, other: str) -> Officer:
    links_of(officer, other)._p.addnext(links_of(officer, one)._p)
    return officer.strike(one)


def own_link(officer: Officer) -> Officer:
    """An item of a link and text, without a heading."""
    return officer.add("", OWN, "They are out.")


def under(officer: Officer, beginning: str, text: str, style: str | None = None) -> Officer:
    """A paragraph above the last one of an item."""
    new = officer.document.add_paragraph(text, style=style)
    officer.item(beginning)[-1]._p.addprevious(new._p)
    return officer


def above(officer: Officer, *lines: tuple[str, str | None], item: str | None = None) -> Officer:
    """Above an item, or above everything."""
    place = officer.heading(item)._p if item else officer.document.paragraphs[0]._p
    for text, style in lines:
        place.addprevious(officer.document.add_paragraph(text, style=style)._p)
    return officer


def contents(officer: Officer) -> Officer:
    """As Word puts it in: a field over paragraphs in a control."""
    entries = "".join(
        f"<w:p><w:r><w:t>{each.text.replace('&', '&amp;')}</w:t><w:tab/><w:t>{place}</w:t></w:r></w:p>"
        for place, each in enumerate(officer.headings(), 1)
    )

    def sign(kind: str) -> str:
        return f'<w:p><w:r><w:fldChar w:fldCharType="{kind}"/></w:r></w:p>'

    code = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt {nsdecls('w')}>{gallery}<w:sdtContent>{code}{sign('separate')}{entries}{sign('end')}</w:sdtContent></w:sdt>"
    officer.headings()[0]._p.addprevious(parse_xml(control))
    return officer


def typed_contents(officer: Officer) -> Officer:
    entries = [(f"{each.text} ..... {place}", None) for place, each in enumerate(officer.headings(), 1)]
    return above(officer, ("Contents", "Heading 2"), *entries[:3], item=officer.headings()[0].text)


def at_the_end(officer: Officer, *lines: tuple[str, str | None]) -> Officer:
    for text, style in lines:
        officer.document.add_paragraph(text, style=style)
    return officer


def edit(officer: Officer, beginning: str) -> Officer:
    (run,) = officer.item(beginning)[2].runs
    run.text = run.text.replace("a", "an", 1)
    return officer


def short(officer: Officer, beginning: str) -> Officer:
    remove(officer.item(beginning)[3])
    return officer


def looks(officer: Officer) -> Officer:
    for run in officer.paragraph("Inspectors from").runs:
        run.font.name, run.font.underline, run.font.size = "Arial", True, 200_000
    run = officer.paragraph("Inspectors from").runs[0]._r
    run.append(parse_xml(f"<w:r {nsdecls('w')} {VML}>{BOX}</w:r>")[0])
    run.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="7"/>'))
    officer.document.sections[0].header.paragraphs[0].text = "Confidential"
    officer.document.sections[0].footer.paragraphs[0].text = "Page 1"
    return officer


def comments(officer: Officer) -> Officer:
    for each in officer.document.part.package.iter_parts():
        if each.partname == "/word/comments.xml":
            part = each
    words = list(part.element.iter(qn("w:t"))) if hasattr(part, "element") else []
    if words:
        words[0].text = "I have looked at this."
    else:
        part._blob = part.blob.replace(b"</w:t>", b" I have looked at this.</w:t>")
    return above(officer, ("Since the last meeting the papers wrote of this.", None), item=CELLS)


def choices(officer: Officer) -> Officer:
    officer.paragraph("Inspectors from")._p.addnext(parse_xml(CHOICE))
    return officer


def without_styles(officer: Officer) -> Officer:
    for each in officer.document.paragraphs:
        if each.style.name.startswith("Heading"):
            each.style = "Normal"
            for run in each.runs:
                run.bold = True
    return officer


def bold_line(officer: Officer) -> Officer:
    officer.document.add_paragraph().add_run("Stations to close").bold = True
    return at_the_end(officer, ("Two counters close.", None))


def plain_line(officer: Officer) -> Officer:
    return at_the_end(officer, ("Stations to close", None), ("Two counters close.", None))


def tracked(officer: Officer, kind: str, first: int, last: int) -> Officer:
    """Of paragraphs of the whole document, the draft's four lines first."""
    body = officer.document.element.body
    edited = done(body, Edit(kind, first, last, 0, 1, 0, "", 3), tracked=True)
    officer.document.element.replace(body, edited)
    return officer


def kind_of(written: bytes, kind: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(written)) as given, zipfile.ZipFile(made := BytesIO(), "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(KIND, kind))
    return made.getvalue()


def strict(written: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(written)) as given, zipfile.ZipFile(made := BytesIO(), "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(*map(str.encode, STRICT)))
    return made.getvalue()


def address_on_the_heading(officer: Officer) -> Officer:
    heading, links = officer.item(CELLS)[:2]
    address = next(each for each in links.hyperlinks if each.address).address
    remove(links)
    heading.add_run(f" {address}")
    return officer


def typed_quotes(officer: Officer) -> Officer:
    paragraph = officer.paragraph("They found “clear")
    paragraph.runs[0].text = (
        paragraph.runs[0].text.replace("“", '"').replace("”", '"').replace(" and ", "\u00a0and ")
    )
    return officer


def tails(officer: Officer) -> Officer:
    for each in officer.document.part.rels.values():
        if each.is_external:
            each._target += "?utm_source=newsletter&fbclid=IwAR0"
    return officer


def comments_gone(officer: Officer) -> Officer:
    return officer.strip("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


def unmarked(officer: Officer) -> Officer:
    return officer.strip("w:bookmarkStart", "w:bookmarkEnd")


def words_alone(officer: Officer) -> Officer:
    """Neither bookmark nor link nor heading."""
    return unmarked(delete_link(officer, CELLS)).untitle(CELLS)
