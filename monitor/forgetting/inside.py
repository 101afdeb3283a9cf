"""The text inside a file, so that it can be looked through: Word, pages, plain text, e-mails, copies of the archive.

What is packed (a .docx, an attachment, a zip) is unpacked, within bounds; tags and entities are taken out of what is
marked up, since a name may stand in two runs of Word. Addresses inside tags are kept: a link's is one. Of a PDF only
what stands in it plainly is seen, for its letters are drawn; so it is known by its name (`editions_in_name`). A copy
of the archive is known by how it begins, however large it is, and not looked through: it holds what the archive
does. What is no text, or only half a zip, is dark: that a name is not seen in it says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from html import unescape
from io import BytesIO
from typing import IO
from zipfile import ZipFile, is_zipfile

from monitor.zips import DAMAGED

ARCHIVE = "archive.db"  # its name in a backup
# How a file of SQLite's begins, and a log of one: pages of the archive, in which a text may stand in pieces.
_COPIES = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_ZIP = b"PK\x03\x04"
MOST = 300_000_000  # bytes that one file may unpack to
DEEPEST = 3  # a Word document attached to an e-mail in a zip

_PARAGRAPH = re.compile(r"</w:p>|<(?:br|p|div|li|h\d|tr)\b[^>]*>|</(?:p|div|li|h\d|tr|td)>", re.IGNORECASE)
_ADDRESS = re.compile(r'(?:href|Target|src)="([^"]*)"', re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_NUMBER = re.compile(r"-draft-(\d+)(?!\d)")


@dataclass(frozen=True, slots=True)
class Inside:
    texts: tuple[str, ...]
    is_archive: bool = False  # it is, or holds, a copy of the archive
    is_dark: bool = False  # nobody can look into it: a PDF, what is too large or broken


def inside(content: bytes, deep: int = 0) -> Inside:
    if is_copy(BytesIO(content)):
        return Inside((), is_archive=True)
    if deep < DEEPEST and content.startswith(b"PK") and is_zipfile(BytesIO(content)):
        return _packed(content, deep)
    text = _decoded(content)
    if deep < DEEPEST and re.match(rb"(?:[A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){2}", content):
        return _together([Inside((text,)), *_parts(message_from_bytes(content), deep)])
    return Inside((*_plain(text),), is_dark=content.startswith((b"%PDF", _ZIP)) or "\0" in text)


def is_copy(file: IO[bytes]) -> bool:
    """Whether a file is, or holds, a copy of the archive or of its log. As much of it is read as says so."""
    begins = file.read(len(_COPIES[0]))
    if begins.startswith(_COPIES):
        return True
    if not begins.startswith(_ZIP):
        return False
    try:
        with ZipFile(file) as packed:
            names = packed.namelist()
            return ARCHIVE in names or any(_begins_as_copy(packed, name) for name in names)
    except DAMAGED:
        return False


def _begins_as_copy(packed: ZipFile, name: str) -> bool:
    with packed.open(name) as member:
        return member.read(len(_COPIES[0])).startswith(_COPIES)


def _decoded(content: bytes) -> str:
    """As it was most likely written: UTF-16 with its mark, UTF-8, or what Windows wrote before."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return f"{content.decode('utf-8', 'replace')}\n{content.decode('cp1252', 'replace')}"


def _packed(content: bytes, deep: int) -> Inside:
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
            if sum(member.file_size for member in members) > MOST:
                return Inside((), is_dark=True)
            found = [inside(packed.read(member), deep + 1) for member in members]
    except DAMAGED:
        return Inside((), is_dark=True)
    return _together([Inside(tuple(member.filename for member in members)), *found])


def _parts(message: "Message[str, str]", deep: int) -> Iterator[Inside]:
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield inside(payload, deep + 1)


def _together(found: list[Inside]) -> Inside:
    return Inside(
        tuple(text for one in found for text in one.texts),
        is_archive=any(one.is_archive for one in found),
        is_dark=any(one.is_dark for one in found),
    )


def _plain(text: str) -> Iterator[str]:
    """As it stands, as JSON and tracebacks say it, and without tags."""
    yield unescaped(text)
    if "<" in text:
        yield unescape(_TAG.sub("", _PARAGRAPH.sub("\n", text)))
        yield "\n".join(map(unescape, _ADDRESS.findall(text)))


def unescaped(text: str) -> str:
    """With the letters that JSON and Python may write as figures."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text) if "\\" in text else text


def edition_in_name(name: str) -> int | None:
    """The number of the draft that a file of ours was written from."""
    found = _NUMBER.search(name)
    return int(found[1]) if found and name.lstrip(".").startswith("topical-issues") else None
