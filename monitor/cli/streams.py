"""The standard streams: what they can carry, and what happens where they cannot be written. What is shown goes by
`showing`.

1. A stream of another encoding than UTF-8 (an 8-bit locale, `PYTHONIOENCODING`, a Windows console) gets what it can
   carry: for the rest a readable substitute ("-" for a dash, "e" for "é"), else the sign's number (`\\u2713`). It
   never ends a command. JSON and OPML are escaped by their own rules instead, so that they are read as the same values.
2. A stream that was closed (`>&-`) is nowhere; and its number is given to no file that a command opens.
3. A full disk is no bug. What could not be shown is said on the other stream, the exit code is 1, and what the command
   did is kept. Where it is stderr that cannot be written nobody can be told, but for the exit code.
4. A reader that went away (a pipe closed early) wanted no more: nothing is said, the exit code is 0.
"""

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import TextIO

READABLE = "monitor.readable"  # the name under which Python knows `_readable`

_SUBSTITUTES = {
    **dict.fromkeys("‐‑‒–—―−─━", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    "…": "...",
    "•": "*",
    "·": ".",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "£": "GBP ",
    "€": "EUR ",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "œ": "oe",
    "Œ": "OE",
}


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(map(substitute, signs)), error.end


def substitute(sign: str) -> str:
    """What stands for a sign that cannot be written: in ASCII."""
    if sign in _SUBSTITUTES:
        return _SUBSTITUTES[sign]
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    if plain and unicodedata.category(sign)[0] in "LN":
        return plain
    return sign.encode("ascii", "backslashreplace").decode("ascii")


def make_ready() -> None:
    """Once a process, or more often."""
    codecs.register_error(READABLE, _readable)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if number and getattr(sys, name) is None:
            setattr(sys, name, _nowhere())
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and getattr(stream, "errors", "") != READABLE:
            reconfigure(errors=READABLE)


def _nowhere() -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.open(os.devnull, os.O_WRONLY), "w", closefd=False), "utf-8")


def carries(stream: TextIO, text: str) -> bool:
    """Whether the stream's encoding has every sign of the text."""
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_utf_8(stream: TextIO) -> bool:
    with suppress(LookupError):
        return codecs.lookup(stream.encoding or "utf-8").name == "utf-8"
    return False


def give_up(stream: TextIO) -> None:
    """Nothing more is written to it, also not by Python's own try at the end of the process."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
