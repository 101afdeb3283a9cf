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


class Small(dict[str, str]):
    """Each word in small letters, by itself as written: the same object whenever it is asked for, whose hash Python
    then knows. Words are looked up several times each; with new ones, grouping took a tenth more."""

    def __missing__(self, word: str) -> str:
        small = word.lower()
        self[word] = small = word if small == word else self.setdefault(small, small)
        return small


def _parted(text: str) -> str:
    """With blanks for the marks between its words, if it is then in ASCII."""
    plain = text
    for mark in _MARKS:
        if plain.isascii():
            break
        plain = plain.replace(mark, " ")
    return plain.translate(_PARTS) if plain.isascii() else text
