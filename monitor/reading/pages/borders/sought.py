"""What led to a page, and whether a heading is about it.

A feed's title and the page's are often worded differently ("Desk to go", "Police desk in Reading to close"), and a page
that came in the article's place (a section, a question about cookies) shares next to nothing with it. So words are
compared, those that tell something: of four letters and more, with a figure, or in capitals; by their first five
letters, since they are bent ("close", "closes").
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"\w+")
TELLING = 4  # letters
STEM = 5
FITS = 0.5  # of the words of one in the other
FEWEST = 2  # words of a heading, below which it says too little of an article ("Police")


@dataclass(frozen=True, slots=True)
class Sought:
    """The entry or article for which a page was fetched; "" where nobody knows."""

    title: str = ""
    url: str = ""


NOBODYS = Sought()


def fits(title: str, heading: str) -> bool:
    """Whether a heading on the page may be that of the article with this title."""
    ours, theirs = _words(title), _words(heading)
    shared = len(ours & theirs)
    if not shared:
        return False
    return shared >= FITS * len(ours) or (len(theirs) >= FEWEST and shared >= FITS * len(theirs))


def share(title: str, text: str) -> float | None:
    """Which share of a title's telling words stands in a text; None where it has none."""
    ours = _words(title)
    return len(ours & _words(text)) / len(ours) if ours else None


def _words(text: str) -> frozenset[str]:
    words = WORD.findall(text)
    if len(words) > 1 and text.isupper():  # a heading in capitals throughout: they tell nothing
        words = text.lower().split()
    return frozenset(word.casefold()[:STEM] for word in words if _tells(word))


def _tells(word: str) -> bool:
    return len(word) >= TELLING or word.isupper() and len(word) > 1 or any(map(str.isdigit, word))
