"""A search that found nothing, asked more easily: any of its words, or all but one of them.

Only where it is words and phrases side by side: what joins by OR, brackets or NEAR was put so on purpose, and a single word
has nothing to spare. What narrows (a field, a word left out) stays. A field counts for the whole search and cannot
stand beside OR, so the words are put in brackets where something else is there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.reporting.searching.read import words_of
from monitor.reporting.searching.signs import Kind, Sign, cut

MOST_OFFERED = 6  # words of which one is left out


@dataclass(frozen=True, slots=True)
class Easier:
    says: str  # "any of these words", "without “festival”"
    typed: str


@dataclass(frozen=True, slots=True)
class _Unit:
    typed: str
    is_sought: bool


def easier(typed: str) -> tuple[Easier, ...]:
    signs = cut(typed)
    units = tuple(_units(signs))
    sought = [one for one in units if one.is_sought]
    if len(sought) < 2 or not _is_plain(signs):
        return ()
    rest = [one.typed for one in units if not one.is_sought]
    either = " OR ".join(one.typed for one in sought)
    any_of = " ".join((f"({either})", *rest)) if rest else either
    without = (
        Easier(f"without {_quoted(one.typed)}", " ".join(each.typed for each in units if each is not one))
        for one in sought[:MOST_OFFERED]
    )
    return (Easier("any of these words", any_of), *without)


def _is_plain(signs: Sequence[Sign]) -> bool:
    joins = (Kind.OR, Kind.OPEN, Kind.CLOSE, Kind.NEAR)
    return not any(sign.kind in joins or sign.text.startswith("NEAR/") for sign in signs)


def _units(signs: Sequence[Sign]) -> Iterator[_Unit]:
    """Each word or phrase with what stands before it: a minus, a field."""
    before, narrows = "", False
    for sign in signs:
        if sign.kind is Kind.NOT:
            before, narrows = f"{before}-", True
        elif sign.kind is Kind.FIELD:
            before, narrows = f"{before}{sign.text}:", narrows or sign.text != "title"
        elif sign.kind in (Kind.WORD, Kind.PHRASE):
            text = f'"{sign.text}"' if sign.kind is Kind.PHRASE else sign.text
            if words_of(sign.text):
                yield _Unit(before + text, is_sought=not narrows)
            before, narrows = "", False


def _quoted(typed: str) -> str:
    return "“" + typed.strip('"') + "”"
