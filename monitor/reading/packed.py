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
MOST_MEMBERS = 1_000  # gzip files one after the other, which are one
GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
PLAIN = frozenset(
    ("", "identity", "none", "utf-8", "utf8", "binary", "8bit", "7bit")
)  # no compression at all

END = re.compile(rb"(?:</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex|opml)\s*>|\})\s*\Z", re.IGNORECASE)
NO_TEXT = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1b"))
SAMPLE = 1_000
CHUNK = 65_536
LEFT_OVER = 16  # bytes that may stand behind a bare stream
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
    is_bytes = is_announced or not is_text(body)
    if _is_zlib(body) and (is_bytes or not 0x20 <= body[1] < 0x7F):
        found = _inflated(body, 2, most, whole=whole)
        if found is not DAMAGED:
            return found if isinstance(found, Sealed) else found[0]
    if body and is_bytes and not body.startswith(ZSTANDARD):
        found = _inflated(body, 0, most, whole=True)
        # Other bytes may begin like a stream, but they are not one from end to end.
        if isinstance(found, tuple) and found[0] and found[1] >= len(body) - LEFT_OVER and is_text(found[0]):
            return found[0]
    return None


def _gunzipped(body: bytes, most: int, *, whole: bool) -> bytes | Sealed:
    """gzip without a look at its check sums, which servers get wrong more often than the text."""
    texts: list[bytes] = []
    left, at = most, _after_header(body, 0)
    while at is not None and len(texts) < MOST_MEMBERS:
        found = _inflated(body, at, left, whole=whole)
        if isinstance(found, Sealed):
            return _too_large(most) if found.is_too_large else found
        texts.append(found[0])
        left -= len(found[0])
        at = _after_header(body, found[1] + 8)
    return b"".join(texts) if any(texts) and at is None else DAMAGED


def _too_large(most: int) -> Sealed:
    return Sealed(f"larger than {most / 1_000_000:g} MB", is_too_large=True)


def _after_header(body: bytes, at: int) -> int | None:
    """Where the stream begins, behind the names and notes of a gzip file (RFC 1952); None where there is no header."""
    if not body.startswith(GZIP, at) or len(body) < at + 10:
        return None
    flags = body[at + 3]
    at += 10
    if flags & 4:
        at += 2 + int.from_bytes(body[at : at + 2], "little")
    for flag in (8, 16):
        if flags & flag:
            at = body.find(b"\0", at) + 1
            if not at:
                return None
    return at + 2 if flags & 2 else at


def _inflated(body: bytes, start: int, most: int, *, whole: bool) -> tuple[bytes, int] | Sealed:
    """The text of the deflate stream that begins at `start`, and where it ends."""
    inflating = zlib.decompressobj(-15)
    texts: list[bytes] = []
    left, at = most, start
    try:
        while at < len(body) and not inflating.eof and left >= 0:
            texts.append(inflating.decompress(body[at : at + CHUNK], left + 1))
            left -= len(texts[-1])
            at += CHUNK
    except zlib.error:
        return DAMAGED
    if left < 0:
        return _too_large(most)
    text = b"".join(texts)
    if whole and not inflating.eof and END.search(text, max(len(text) - 200, 0)) is None:
        return TRUNCATED
    return text, min(at, len(body)) - len(inflating.unused_data)
