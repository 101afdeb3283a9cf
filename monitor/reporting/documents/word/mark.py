"""Which edition a document is of, kept in the document itself: as a custom property, which Word and LibreOffice keep
through every save and show under File, Properties.

It names the edition's number and the moment it was made: another archive has other editions under the same numbers.
Notes on an edition say that they are notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from re import fullmatch

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from monitor.model import Source
from monitor.reporting.documents.word.opened import opened

NAME = "Topical Issues edition"
PART = "/docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every custom property (ISO 29500-1, 22.3)
_EMPTY = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'.encode()


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    made: datetime
    source: Source = Source.REPORT


def set_mark(document: WordDocument, number: int, made: datetime, source: Source = Source.REPORT) -> None:
    """Adds the property; those that a template has stay, but for an older one of this name."""
    package = document.part.package
    known = next((part for part in package.iter_parts() if part.partname == PART), None)
    properties = parse_xml(known.blob if known else _EMPTY)
    for property in list(properties):
        if property.get("name") == NAME:
            properties.remove(property)
    numbers = [int(property.get("pid", "1")) for property in properties]
    property = etree.SubElement(properties, f"{{{_PROPERTIES}}}property")
    property.set("fmtid", _FORMAT)
    property.set("pid", str(max(numbers, default=1) + 1))
    property.set("name", NAME)
    value = etree.SubElement(property, f"{{{_VALUES}}}lpwstr")
    value.text = f"{number} of {made.astimezone(UTC).isoformat()}" + ", notes" * (source is Source.NOTES)
    blob = etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True)
    if known:
        known._blob = blob
    else:
        package.relate_to(Part(PackURI(PART), _TYPE, blob, package), _RELATION)


def read_mark(content: bytes) -> Mark | None:
    """The mark of a document that can be opened; None where it has none."""
    return mark_of(opened(content, "the document").properties)


def mark_of(properties: bytes | None) -> Mark | None:
    """As `read_mark`, of the part that holds the file's own properties."""
    for value in _values(properties) if properties else ():
        if found := fullmatch(r"(\d{1,9}) of ([^\s,]+)(, notes)?", value):
            try:
                made = datetime.fromisoformat(found[2])
            except ValueError:
                continue
            source = Source.NOTES if found[3] else Source.REPORT
            return Mark(int(found[1]), made, source) if made.tzinfo else None
    return None


def _values(blob: bytes) -> Iterator[str]:
    try:
        properties = parse_xml(blob)
    except etree.XMLSyntaxError:
        return
    for property in properties:
        if property.get("name") == NAME:
            yield "".join(property.itertext()).strip()
