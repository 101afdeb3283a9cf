"""Which files can be read back, and what is said of those that cannot."""

import struct
import zipfile
from io import BytesIO

import pytest
from editions import MADE, edition, item
from lxml import etree

from monitor.errors import InputError
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.documents.word.opened import LARGEST_PART, MOST_TAGS

WRITTEN = write_word(edition(item("aaaaaaaaaaaa"), item("bbbbbbbbbbbb")))
AS_WRITTEN = read_back(WRITTEN, "draft.docx")
TYPES, MAIN, RELATIONS = "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"
KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def repacked(change=lambda parts: None, name=lambda name: name) -> bytes:
    """The draft with its parts changed: a dict of bytes by name."""
    with zipfile.ZipFile(BytesIO(WRITTEN)) as given:
        parts = {part: given.read(part) for part in given.namelist()}
    change(parts)
    return packed({name(part): content for part, content in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(written := BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return written.getvalue()


def kind(new: bytes):
    return lambda parts: parts.update({TYPES: parts[TYPES].replace(KIND, new)})


def swap(part: str, old: bytes, new: bytes):
    return lambda parts: parts.update({part: parts[part].replace(old, new)})


def related(relation: bytes, part: str = RELATIONS):
    return swap(part, b"</Relationships>", relation + b"</Relationships>")


def strict(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and "Content_Types" not in name:
            parts[name] = (
                content.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/")
                .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties", b"http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties")
                .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
            )  # fmt: skip


def moved_styles(parts: dict[str, bytes]) -> None:
    parts["word/looks2.xml"] = parts.pop("word/styles.xml")
    swap(RELATIONS, b'"styles.xml"', b'"/word/looks2.xml"')(parts)


MACROS = b'<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
READ = {
    "as it was written": lambda parts: None,
    "a .docm": lambda parts: [kind(b"application/vnd.ms-word.document.macroEnabled.main+xml")(parts), related(MACROS)(parts)],
    "a .dotx": kind(b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    "a .dotm": kind(b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "Strict": strict,
    "a relation to nothing": related(b'<Relationship Id="n" Type="http://x/image" Target="NULL"/>'),
    "a relation to an empty place": related(b'<Relationship Id="n" Type="http://x/image" Target=""/>'),
    "a relation to a file of the author's machine": related(b'<Relationship Id="n" Type="http://x/attachedTemplate" Target="file:///C:\\x.dotm" TargetMode="External"/>'),
    "a thumbnail that is not there": related(b'<Relationship Id="n" Type="http://x/thumbnail" Target="docProps/thumbnail.jpeg"/>', "_rels/.rels"),
    "two links with one id": related(b'<Relationship Id="n" Type="http://x/hyperlink" Target="https://x.example" TargetMode="External"/>' * 2),
    "styles elsewhere": moved_styles,
    "an absolute address of the document": swap("_rels/.rels", b'"word/document.xml"', b'"/word/document.xml"'),
    "a damaged picture, footer and comments": lambda parts: parts.update({"word/footer1.xml": b"<oops", "word/comments.xml": b"", "word/media/p.png": b"?"}),
    "no kinds": lambda parts: parts.pop(TYPES),
    "comments and instructions in the XML": swap(MAIN, b"<w:body>", b"<?mso-x y?><!-- a comment --><w:body>"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_is_read(name):
    assert read_back(repacked(READ[name]), "draft.docx") == AS_WRITTEN


def test_is_read_with_names_as_windows_writes_them():
    assert (
        read_back(repacked(name=lambda part: part.replace("/", "\\").upper()), "d").lines == AS_WRITTEN.lines
    )


def test_without_styles_and_links_the_words_are_there():
    bare = repacked(lambda parts: [parts.pop("word/styles.xml"), parts.pop(RELATIONS)])
    given = read_back(bare, "draft.docx")
    assert [line.text for line in given.lines] == [line.text for line in AS_WRITTEN.lines]
    assert given.number == 3 and given.made == MADE.isoformat()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def broken_promise() -> bytes:
    """The document's size in the directory of the zip is less than what it unpacks to."""
    content = bytearray(WRITTEN)
    at = content.rindex(MAIN.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", content, at + 24, 100)
    return bytes(content)


def encrypted() -> bytes:
    """As the zip's directory says it."""
    content = bytearray(WRITTEN)
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(sign, at + 1)
    return bytes(content)


REFUSED = {
    "nothing": (b"", "e.docx is empty: if it lies in the cloud, open it once"),
    "text": (b"Dear officer", "e.docx is not a Word document (.docx)."),
    "a password": (ole("EncryptedPackage"), "e.docx is protected with a password or a rights label: save it without"),
    "a .doc": (ole("WordDocument"), "e.docx is a .doc of before Word 2007: open it in Word, save it as a Word document (.docx)"),
    "a mail": (ole("__substg1.0_"), "e.docx is a saved e-mail: save the document that is attached"),
    "an old spreadsheet": (ole("Workbook"), "e.docx is a spreadsheet"),
    "another old file": (OLE, "e.docx is protected with a password, or of before Word 2007"),
    "Rich Text": (b"{\\rtf1\\ansi x}", "e.docx is Rich Text (.rtf), whatever its name says"),
    "a PDF": (b"%PDF-1.7", "e.docx is a PDF"),
    "a web page": (b"\xef\xbb\xbf\r\n<HTML><body>", "e.docx is a web page (HTML)"),
    "a web page of today": (b"<!DOCTYPE html><html>", "e.docx is a web page (HTML)"),
    "a web archive": (b"MIME-Version: 1.0\r\n", "e.docx is a web archive (.mht)"),
    "Word's XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "e.docx is an XML file"),
    "an .odt": (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "e.docx is an OpenDocument text (.odt): open it in LibreOffice, save it as Word 2007-365 (.docx)"),
    "an .ods": (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "e.docx is a spreadsheet or a presentation"),
    "an .xlsx": (packed({"xl/workbook.xml": b"<x/>"}), "e.docx is a spreadsheet or a presentation"),
    "Pages": (packed({"Index/Document.iwa": b"x"}), "e.docx is a Pages document: export it"),
    "a zip with the draft in it": (packed({"for you/draft.docx": WRITTEN}), "e.docx is a zip with draft.docx in it: take that out"),
    "a zip of nothing": (packed({}), "e.docx is a zip without a Word document in it"),
    "a zip of pictures": (packed({"a.jpg": b"x"}), "e.docx is a zip without a Word document in it"),
    "another XML in its place": (repacked(swap(MAIN, b"w:body", b"w:glossary")), "e.docx is a zip without a Word document in it"),
    "half of it": (WRITTEN[: len(WRITTEN) // 2], "e.docx is no whole Word document"),
    "XML that breaks off": (repacked(lambda parts: parts.update({MAIN: parts[MAIN][:900]})), "e.docx is no whole Word document"),
    "more than it says": (broken_promise(), "e.docx is no whole Word document"),
    "elements in elements": (repacked(swap(MAIN, b"<w:body>", b"<w:body>" + b"<w:sdt>" * 400)), "e.docx is no whole Word document"),
    "a bomb": (repacked(lambda parts: parts.update({MAIN: bytes(LARGEST_PART + 1)})), "e.docx unpacks to more than 20 MB of text in word/document.xml"),
    "a bomb of styles": (repacked(lambda parts: parts.update({"word/styles.xml": bytes(LARGEST_PART + 1)})), "e.docx unpacks to more than 20 MB of text in word/styles.xml"),
    "very many tags": (repacked(swap(MAIN, b"<w:body>", b"<w:body>" + b"<w:p/>" * MOST_TAGS)), "e.docx has more than 600000 tags in word/document.xml"),
    "a zip with a password": (encrypted(), "e.docx is a zip with a password: take the document out of it"),
    "a zip of very many files": (b"PK\x01\x02" * 20_001, "e.docx is a zip of more than 20000 files"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_its_reason(name):
    content, beginning = REFUSED[name]
    with pytest.raises(InputError) as said:
        read_back(content, "e.docx")
    assert str(said.value).startswith(beginning) and "\n" not in str(said.value)


def test_entities_are_not_unfolded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    given = repacked(lambda parts: parts.update({MAIN: bomb + etree.tostring(etree.fromstring(parts[MAIN]))}))
    assert read_back(given, "draft.docx").lines == AS_WRITTEN.lines
