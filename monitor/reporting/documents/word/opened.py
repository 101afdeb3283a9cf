"""A file's bytes -> the parts of a Word document that are read, whoever saved it; or why it is none, and what to do.

* Read are .docx, .docm, .dotx and .dotm, transitional or Strict: the kind is told by what is in the file, not by its
  name. Of a package only four parts are looked at (the document, its relations, its styles, the file's own properties),
  found as the relations say; what else is missing, damaged or related to nothing costs nothing.
* Each part is bounded before it is unpacked: 3 MB of zeros in a zip are 3 GB, and more as a tree.
* Everything else is refused for what it is: password, .doc, .odt, RTF, PDF, a web page, a spreadsheet, a zip with the
  draft inside, half a file.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from monitor.errors import InputError
from monitor.zips import DAMAGED

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _R,
}
LARGEST_PART = (
    20_000_000  # bytes unpacked; a draft is 0.05 MB, a hundred pages with every change tracked are 5
)
MOST_TAGS = 600_000  # a tag of seven letters becomes a kilobyte in memory
MOST_PARTS = 20_000
_MEGABYTE = 1_000_000

_SAVE_AS = "open it in Word, save it as a Word document (.docx), and name that"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE container is by the streams in it, whose names are UTF-16; the first that is found.
_STREAMS = (
    ("EncryptedPackage", "is protected with a password or a rights label: save it without, and name that"),
    ("WordDocument", f"is a .doc of before Word 2007: {_SAVE_AS}"),
    ("__substg1.0_", "is a saved e-mail: save the document that is attached to it, and name that"),
    ("Workbook", "is a spreadsheet, not the Word document"),
    ("PowerPoint Document", "is a presentation, not the Word document"),
)
_BEGINNINGS = (
    (b"{\\rtf", f"is Rich Text (.rtf), whatever its name says: {_SAVE_AS}"),
    (b"%pdf", "is a PDF, which cannot be read back: name the Word document that it was made from"),
    (b"mime-version:", f"is a web archive (.mht), not a Word document: {_SAVE_AS}"),
    (b"<!doctype html", f"is a web page (HTML), whatever its name says: {_SAVE_AS}"),
    (b"<html", f"is a web page (HTML), whatever its name says: {_SAVE_AS}"),
    (b"<?xml", f"is an XML file, not a Word document (.docx): {_SAVE_AS}"),
)
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Opened:
    """What is looked at. The namespaces are the transitional ones."""

    body: Any
    styles: Any | None  # the root of the styles' part
    addresses: Mapping[str, str]  # of links, by the id of their relation
    properties: bytes | None  # those that the file bears of its own


def opened(content: bytes, name: str) -> Opened:
    """Raises InputError, in one line that calls the file by `name`, for what cannot be read."""
    if reason := _other_form(content):
        raise InputError(f"{name} {reason}.")
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise InputError(f"{name} is a zip of more than {MOST_PARTS} files: no Word document is.")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _read(_Package(archive, name), name)
    except (*DAMAGED, KeyError, etree.XMLSyntaxError) as flaw:
        if type(flaw) is RuntimeError:  # what zipfile says of an encrypted member
            raise InputError(
                f"{name} is a zip with a password: take the document out of it, and name that."
            ) from flaw
        raise InputError(
            f"{name} is no whole Word document: it may have been saved only in part. Save it again."
        ) from flaw


def _other_form(content: bytes) -> str | None:
    """Why it is not even a zip."""
    if not content:
        return (
            "is empty: if it lies in the cloud, open it once so that it is on this machine, and save it again"
        )
    if content.startswith(_OLE):
        found = (reason for stream, reason in _STREAMS if stream.encode("utf-16-le") in content)
        return next(found, f"is protected with a password, or of before Word 2007: {_SAVE_AS}")
    if content.startswith(b"PK"):
        return None
    beginning = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = (reason for begins, reason in _BEGINNINGS if beginning.startswith(begins))
    return next(found, "is not a Word document (.docx)")


class _Package:
    """The parts of the zip, by names as relations say them."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self.parts = {_folded(part.filename): part for part in archive.infolist()}

    def bytes_of(self, part: str) -> bytes | None:
        found = self.parts.get(_folded(part))
        if found is None:
            return None
        if found.file_size > LARGEST_PART:
            raise InputError(
                f"{self._name} unpacks to more than {LARGEST_PART // _MEGABYTE} MB of text in {found.filename}: "
                "that is no report. Copy the items into a new document, and name that."
            )
        content = self._archive.read(found)
        if content.count(b"<") > MOST_TAGS:
            raise InputError(
                f"{self._name} has more than {MOST_TAGS} tags in {found.filename}: that is no report. "
                "Copy the items into a new document, and name that."
            )
        return content

    def tree(self, part: str) -> Any | None:
        content = self.bytes_of(part)
        return None if content is None else _parsed(content)

    def relations(self, part: str) -> Iterator[Any]:
        folder, file = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        yield from root.iterchildren("{*}Relationship") if root is not None else ()

    def related(self, part: str, kind: str) -> str | None:
        """The part that a relation of this kind leads to, if it is there."""
        for relation in self.relations(part):
            if _kind(relation) == kind and relation.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(part), unquote(relation.get("Target", "")))
                if _folded(target) in self.parts:
                    return posixpath.normpath(target).lstrip("/")
        return None


def _folded(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").casefold()


def _kind(relation: Any) -> str:
    """The last word of a relation's type, which Strict spells without hyphens."""
    return str(relation.get("Type", "")).rpartition("/")[2].replace("-", "").casefold()


def _read(package: _Package, name: str) -> Opened:
    main = package.related("", "officedocument") or "word/document.xml"
    root = package.tree(main)
    body = root.find(f"{{{W}}}body") if root is not None else None
    if body is None:
        raise InputError(f"{name} {_other_zip(package)}.")
    styles = package.related(main, "styles")
    return Opened(
        body=body,
        styles=package.tree(styles) if styles else None,
        addresses={
            relation.get("Id", ""): relation.get("Target", "")
            for relation in package.relations(main)
            if _kind(relation) == "hyperlink" and relation.get("TargetMode") == "External"
        },
        properties=package.bytes_of(package.related("", "customproperties") or "docProps/custom.xml"),
    )


def _other_zip(package: _Package) -> str:
    """What a zip without a Word document's body is."""
    kind = (package.bytes_of("mimetype") or b"").decode("ascii", "replace").strip()
    if kind.startswith(_ODF + "text"):
        return (
            "is an OpenDocument text (.odt): open it in LibreOffice, save it as Word 2007-365 (.docx), "
            "and name that"
        )
    names = list(package.parts)
    if kind.startswith(_ODF) or any(part.startswith(("xl/", "ppt/")) for part in names):
        return "is a spreadsheet or a presentation, not the Word document"
    if any(part.startswith("index/") and part.endswith(".iwa") for part in names):
        return "is a Pages document: export it from Pages as Word (.docx), and name that"
    if inside := next((part for part in names if part.endswith((".docx", ".docm"))), None):
        return f"is a zip with {posixpath.basename(inside)} in it: take that out, and name it"
    return "is a zip without a Word document in it"


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    if etree.QName(root).namespace in _STRICT:
        for element in root.iter("{*}*"):
            element.tag = _transitional(element.tag)
            for key in [key for key in element.attrib if key.startswith("{")]:
                element.set(_transitional(key), element.attrib.pop(key))
    return root


def _transitional(tag: str) -> str:
    space, _, local = tag[1:].partition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}"
