r"""What may be written to a terminal or a log: text with nothing in it that a terminal would obey.

Titles, addresses, names of feeds and files, values of a YAML file: any of them may hold what clears the screen, moves
the cursor, sets the window's title or writes to the clipboard (C0 and C1 control signs, DEL), or turns the letters that
follow round (the marks of direction). None is dropped, for it is evidence: `\x1b`, `\u202e` stand in its place. Line
breaks and tabs stay. `cli/showing.py` is the one place that writes, and everything goes through here.
"""

import re

UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """The text as a terminal may have it. Idempotent."""
    return UNFIT.sub(lambda sign: sign[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def printable_json(text: str) -> str:
    """JSON likewise, and still the same value: such signs stand inside texts alone."""
    return UNFIT.sub(lambda sign: "".join(f"\\u{unit:04x}" for unit in _utf_16(sign[0])), text)


def _utf_16(sign: str) -> list[int]:
    pair = sign.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(pair[at : at + 2], "big") for at in range(0, len(pair), 2)]
