"""An edited document as lines: what is left of Word's and LibreOffice's markup when reading it back."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from monitor.model import Source
from monitor.reporting.wording import one_line

_LIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u2060", "")  # where a word may be parted, and where not
)
_NOTHING = re.compile(r"(?:same text|[\W_])*", re.IGNORECASE)
_DASHES = re.compile(r" ?-+ ?")


@dataclass(frozen=True, slots=True)
class Target:
    """A link as it stands in the document."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph, tracked changes accepted."""

    text: str  # one line, with the text of links
    rest: str  # the same without links and bare addresses
    links: tuple[Target, ...] = ()
    level: int = 0  # of a heading, from 1; 0: no heading
    bullet: bool = False
    bold: bool = False  # all of it
    marks: tuple[str, ...] = ()  # names of the item bookmarks that begin here

    @property
    def paragraph(self) -> str:
        """As an excerpt has it: an item of a list begins with "- "."""
        return f"- {self.text}" if self.bullet and not self.text.startswith("- ") else self.text


def is_links(line: Line) -> bool:
    """Whether nothing but links stands in a line."""
    return bool(line.links) and says_nothing(line.rest)


def says_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A document that could be read."""

    lines: tuple[Line, ...]
    number: int | None = None  # of the edition that it says it is of
    made: str | None = None  # when that edition was made, ISO 8601
    source: Source = Source.REPORT  # the edition's report or the notes on it
    crossed: tuple[str, ...] = ()  # what is struck through, and so counts as struck, a paragraph each
    hidden: tuple[str, ...] = ()  # what is hidden, and so counts as struck


@lru_cache(maxsize=1 << 11)  # each heading and paragraph is compared with many
def plain(text: str) -> str:
    """The text as far as an editor's habits do not change it: quotation marks, dashes, spaces and ligatures are one.

    Word turns quotation marks and dashes as one types; a text that differs only so was not edited.
    """
    return _DASHES.sub(
        "-", one_line(unicodedata.normalize("NFKC", text).translate(_LIKE)).replace("...", "…")
    )
