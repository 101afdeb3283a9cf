"""The bare words of a text: its runs of letters, digits and underscores, without their places.

They are those of `\\w+`, which takes twice as long: news is in ASCII but for a few marks, and for ASCII Python has ways
of its own to part words and to make letters small.
"""

import re

_WORD = re.compile(r"\w+")
_MARKS = "’“”£‘–—…"  # what else parts words in news; the commonest first
_PARTS = {code: " " for code in range(128) if not _WORD.match(chr(code))}


def bare_words(text: str) -> list[str]:
    """As written."""
    plain = _parted(text)
    return plain.split() if plain.isascii() else _WORD.findall(plain)


def written_and_small(text: str) -> tuple[list[str], list[str]]:
    """The words as written, and each of them in small letters."""
    plain = _parted(text)
    if plain.isascii():
        return plain.split(), plain.lower().split()
    written = _WORD.findall(plain)
    return written, list(map(str.lower, written))


def _parted(text: str) -> str:
    """With blanks for the marks between its words, if it is then in ASCII."""
    plain = text
    for mark in _MARKS:
        if plain.isascii():
            break
        plain = plain.replace(mark, " ")
    return plain.translate(_PARTS) if plain.isascii() else text
