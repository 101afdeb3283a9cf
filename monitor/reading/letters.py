"""Bytes to text: which letters a body means, judged by its bytes before anybody's word. Pure.

1. A byte order mark says what it says. Zeros in turn are UTF-16 (or 32) without one.
2. UTF-8 is what is whole as UTF-8, and what has at least as many whole letters beyond ASCII as broken ones: there each
   broken one is one damaged sign (U+FFFD), as browsers show it, and everything else is right. A summary that was cut
   in the middle of a quote (`e2 80`) speaks for UTF-8, not against it.
3. Anything else is what the server says, else what the document says of itself; `iso-8859-1` and ASCII mean
   Windows-1252 (WHATWG Encoding 4.2), and so does UTF-8 that it is not. A server's `iso-8859-1` is often nobody's word,
   so a document that names an encoding of its own is believed before it. Among Windows' bytes a letter that is whole
   UTF-8 stays: feeds are put together from both.
4. Windows' quotes under the numbers of controls (U+0092) are what was meant by them.
"""

import re
from collections.abc import Iterator

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']\s*([\w:.-]+)|<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)",
    re.IGNORECASE,
)
HEAD = 4_096  # bytes in which a document says what it is in

UNICODE = frozenset(
    ("utf-8", "utf8", "utf-16", "utf16", "utf-16le", "utf-16be", "unicode", "utf-32", "ucs-2")
)
LATIN = frozenset(
    ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "l1", "ascii", "us-ascii", "ansi")
    + ("windows-1252", "cp1252", "cp-1252", "x-cp1252", "win-1252", "windows1252")
)

CUT_QUOTE = re.compile(rb"\xe2\x80(?![\x80-\xbf])")
SURE = 4  # times as many whole letters as broken ones, where another encoding is named
CONTROL = re.compile(
    "[\x80-\x9f]"
)  # asked first: to look behind each letter of a page takes a third of our time with it
MISNUMBERED = re.compile("(?<![\xc2-\xf4\x80-\xbf])[\x80-\x9f]")
# What `surrogateescape` makes of each byte that is no UTF-8, as Windows-1252 has it.
WINDOWS = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}
MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def decoded(body: bytes, content_type: str | None = None) -> str:
    """The text of a body of which the server says `content_type`; without a byte order mark."""
    text = _decoded(body, content_type)
    if text.isascii():
        return text
    if CONTROL.search(text) is None:
        return text.removeprefix("\ufeff")
    return MISNUMBERED.sub(_windows, text.removeprefix("\ufeff"))


def _decoded(body: bytes, content_type: str | None) -> str:
    if wide := _wide(body):
        return body.decode(wide, "replace")
    for mark, _ in MARKS:
        if body.startswith(mark):  # and no zeros: a mark before bytes that are none of its kind
            body = body.removeprefix(mark)
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return text
    cut = sum(1 for _ in CUT_QUOTE.finditer(body))
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    said = tuple(_said(body, content_type))
    if (sound or cut) and sound + cut >= (broken - cut) * (SURE if said else 1):
        return text
    for name in said:
        try:
            return body.decode(name, "replace")
        except (LookupError, UnicodeError):  # no encoding has this name; one that is not for texts
            continue
    return body.decode("utf-8", "surrogateescape").translate(WINDOWS)


def _wide(body: bytes) -> str | None:
    """The name of an encoding of two or four bytes a letter, where the bytes are in one."""
    sample = body[:400]
    if b"\0" not in sample:
        return None
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if sample[:4] in (b"<\0\0\0", b"\0\0\0<"):
        return "utf-32-le" if sample[:1] == b"<" else "utf-32-be"
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 3 < len(sample):  # a zero here and there
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _said(body: bytes, content_type: str | None) -> Iterator[str]:
    """Encodings that are named and may be true, the likeliest first; none for what means Windows-1252."""
    header = CHARSET.search(content_type or "")
    inside = DECLARED.search(body[:HEAD])
    names = [header[1]] if header else []
    if inside:
        names.append((inside[1] or inside[2]).decode("ascii", "replace"))
    for name in names:
        if name.lower() not in LATIN and name.lower() not in UNICODE:
            yield name


def _windows(letter: re.Match[str]) -> str:
    return letter.group().encode("latin-1").decode("windows-1252", "ignore")
