"""Bytes that may be compressed, as what they hold: judged by the bytes, whatever a header says of them. Pure.

1. gzip and zlib are known by how they begin. Bare deflate has no beginning of its own: it is tried where it was
   announced, or where the bytes are no text. Up to three layers are taken off, never to more than the bytes allowed.
2. A stream whose end mark, length or check sum is missing or wrong is whole where its text is: browsers show it. Of
   one that breaks off in the middle what is there is given, as of a feed that breaks off; but not where it must be
   whole: half a story would be taken for all of it, and half of a robots.txt for leave.
3. Brotli and the like are never asked for and not read; the reason says so.
"""

import re
import zlib
from dataclasses import dataclass

MOST_LAYERS = 3
MOST_MEMBERS = 100  # gzip files one after the other, which are one
GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
PLAIN = frozenset(
    ("", "identity", "none", "utf-8", "utf8", "binary", "8bit", "7bit")
)  # no compression at all

END = re.compile(rb"(?:</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex|opml)\s*>|\})\s*\Z", re.IGNORECASE)
NO_TEXT = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1b"))
SAMPLE = 1_000
MOST_CONTROLS = 0.02  # of a text's first bytes; of compressed ones a tenth are controls

ARCHIVES = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (ZSTANDARD, "compressed with Zstandard, which was not asked for"),
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is packed and cannot be unpacked."""

    reason: str  # for a person
    is_too_large: bool = False


TRUNCATED = Sealed("compressed, and broken off in the middle")
DAMAGED = Sealed("compressed, and damaged")


def announced(body: bytes, coding: str | None, most: int, *, whole: bool = False) -> bytes | Sealed:
    """An answer's body without what its `Content-Encoding` says, where that is true."""
    names = [name for part in (coding or "").lower().split(",") if (name := part.strip()) not in PLAIN]
    left = body
    for _ in names[:MOST_LAYERS]:
        peeled = _peeled(left, most, whole=whole, is_announced=any("deflate" in name for name in names))
        if isinstance(peeled, Sealed):
            return peeled
        if peeled is None:
            break
        left = peeled
    if names and left is body and not is_text(body) and not _is_packed(body):
        return Sealed(f"compressed in a way that was not asked for ({names[-1][:20]})")
    return left


def unpacked(body: bytes, most: int, *, whole: bool = False) -> bytes | Sealed:
    """What a body holds, however often it is packed; itself where it is not. At most `most` bytes."""
    for _ in range(MOST_LAYERS):
        peeled = _peeled(body, most, whole=whole, is_announced=False)
        if peeled is None:
            break
        if isinstance(peeled, Sealed):
            return peeled
        body = peeled
    for beginning, what in ARCHIVES:
        if body.startswith(beginning):
            return Sealed(what)
    return body


def is_text(body: bytes) -> bool:
    """Whether bytes may be text, in any encoding: without many controls, zeros in turn (UTF-16) aside."""
    sample = body[:SAMPLE]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if max(sample[::2].count(0), sample[1::2].count(0)) * 3 > len(sample):
        return True
    controls = len(sample) - len(sample.translate(None, NO_TEXT))
    return controls <= MOST_CONTROLS * len(sample)


def _is_packed(body: bytes) -> bool:
    return body.startswith(GZIP) or _is_zlib(body)


def _is_zlib(body: bytes) -> bool:
    return len(body) > 2 and body[0] & 0x8F == 8 and int.from_bytes(body[:2]) % 31 == 0


def _peeled(body: bytes, most: int, *, whole: bool, is_announced: bool) -> bytes | Sealed | None:
    """One layer taken off; None where there is none."""
    if body.startswith(GZIP):
        return _gunzipped(body, most, whole=whole)
    if _is_zlib(body):
        found = _inflated(body[2:], most, whole=whole or not is_announced)
        if isinstance(found, tuple):
            return found[0]
    if body and (is_announced or not is_text(body)) and not body.startswith(ZSTANDARD):
        found = _inflated(body, most, whole=True)
        if isinstance(found, tuple) and found[0]:
            return found[0]
    return None


def _gunzipped(body: bytes, most: int, *, whole: bool) -> bytes | Sealed:
    """gzip without a look at its check sums, which servers get wrong more often than the text."""
    text = b""
    for _ in range(MOST_MEMBERS):
        start = _after_header(body)
        if start is None:
            break
        found = _inflated(body[start:], most - len(text), whole=whole)
        if isinstance(found, Sealed):
            return found
        text += found[0]
        body = found[1][8:]
    else:
        return DAMAGED
    return text or DAMAGED


def _after_header(body: bytes) -> int | None:
    """Where the stream begins, behind the names and notes of a gzip file (RFC 1952); None where there is no header."""
    if not body.startswith(GZIP) or len(body) < 10:
        return None
    flags, at = body[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(body[at : at + 2], "little")
    for flag in (8, 16):
        if flags & flag:
            at = body.find(b"\0", at) + 1
            if not at:
                return None
    return at + 2 if flags & 2 else at


def _inflated(stream: bytes, most: int, *, whole: bool) -> tuple[bytes, bytes] | Sealed:
    """A deflate stream's text, and what comes after it."""
    inflating = zlib.decompressobj(-15)
    try:
        text = inflating.decompress(stream, max(most, 0) + 1)
    except zlib.error:
        return DAMAGED
    if len(text) > most:
        return Sealed(f"larger than {most / 1_000_000:g} MB", is_too_large=True)
    if whole and not inflating.eof and END.search(text, max(len(text) - 200, 0)) is None:
        return TRUNCATED
    return text, inflating.unused_data
