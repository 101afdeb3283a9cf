"""The forms in which a word of a phrase matches, and those that a word of a text has. `phrases.py` finds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.text import NUMBER_WORDS, chunk_words

Form = tuple[str, str]  # how a word of a phrase matches, and what
COUNTED: frozenset[Form] = frozenset(("kind", kind) for kind in ("number", "many", "large"))
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_FEW = frozenset(re.findall(r"\w+", "two three four five six seven eight nine"))
_FORM = re.compile(r"<(\w+)>|([^<>*]+)(\*?)")
_TIME = re.compile(r"\d{1,2}(?:\.\d{2})?[ap]m")
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)*)(m|bn|k|million|billion)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    is_name: bool = False


@lru_cache(maxsize=1 << 14)  # a nation's panels have most of their phrases in common
def forms_of(phrase: Phrase) -> tuple[Form, ...]:
    """The words of a phrase, each as the form in which it matches."""
    return tuple(_forms(phrase))


def _forms(phrase: Phrase) -> Iterator[Form]:
    for kind, plain, star in (
        match.groups() for chunk in phrase.text.split() for match in _FORM.finditer(chunk)
    ):
        if kind:
            yield "kind", kind
            continue
        words = chunk_words(plain)
        for word in words:
            is_stem = bool(star) and word is words[-1]
            if _ACRONYM.fullmatch(word.raw):
                yield ("capital stem" if is_stem else "capitals"), word.raw
            elif is_stem:
                yield "stem", word.normal
            elif phrase.is_name and word.raw[0].isupper():
                yield "name", word.normal
            else:
                yield "word", word.normal


@lru_cache(maxsize=1 << 15)  # as many as `text.py` remembers: one matcher after another meets the same words
def meanings_of(raw: str, normal: str) -> tuple[Form, ...]:
    """The forms, stems apart, that a word of a text can match."""
    name = (("name", normal),) if raw[0].isupper() else ()
    return (("word", normal), ("capitals", raw), *name, *(("kind", kind) for kind in _kinds(normal)))


def _kinds(word: str) -> Iterator[str]:
    if word in NUMBER_WORDS:
        yield "number"
        if word not in _FEW:
            yield "many"
    elif word[0] in "£€$":
        yield "money"
        if word[0] == "$":
            yield "dollars"
    elif _TIME.fullmatch(word):
        yield "time"
    elif (figure := _FIGURE.fullmatch(word)) is not None:
        digits, unit = figure.groups()
        is_plain = digits.isdecimal() and not unit
        if is_plain and len(digits) >= 8:
            yield "reference"
        elif is_plain and len(digits) == 4 and digits[:2] in ("19", "20"):
            yield "year"
        else:
            yield "number"
            if unit or len(digits.partition(".")[0].replace(",", "")) >= 3:
                yield from ("large", "many")
            elif is_plain and len(digits) == 2:
                yield from ("age", "many")
