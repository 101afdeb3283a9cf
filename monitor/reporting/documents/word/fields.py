"""A field of Word: what stands between its signs *begin* and *separate* is its code, up to *end* what it shows. Pure."""

import re
from dataclasses import dataclass

_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_WITH_ARGUMENT = ("\\l", "\\o", "\\t")  # of a link: place in the document, tip, window
_LISTINGS = ("TOC", "TOA", "INDEX")


@dataclass(slots=True, eq=False)
class Field:
    """A field while it goes on."""

    code: str = ""
    shows: bool = False

    @property
    def is_listing(self) -> bool:
        """Whether it repeats the document's headings."""
        return is_listing(self.code)

    @property
    def url(self) -> str | None:
        return address_in(self.code) if self.shows else None


def is_listing(code: str) -> bool:
    return code.split(maxsplit=1)[:1] in [[name] for name in _LISTINGS]


def address_in(code: str) -> str | None:
    """Where a link leads; None for a place in the same document, and for any other field."""
    name, *words = [(quoted or bare, bool(quoted)) for quoted, bare in _WORDS.findall(code)] or [("", False)]
    if name[0].upper() != "HYPERLINK":
        return None
    address, place = None, None
    given = iter(words)
    for word, is_quoted in given:
        if not is_quoted and word.startswith("\\"):
            argument = next(given, ("", False))[0] if word.lower() in _WITH_ARGUMENT else None
            place = argument if word.lower() == "\\l" else place
        elif address is None:
            address = word.replace("\\\\", "\\")
    return with_place(address, place)


def with_place(address: str | None, place: str | None) -> str | None:
    """Word keeps what follows the # of an address apart."""
    return f"{address}#{place}" if address and place and "#" not in address else address or None
