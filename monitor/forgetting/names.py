"""Whether a text names somebody, or an address, that is to be erased. Pure.

A *name* is found where its words stand one after the other, as whole words: in any case, with or without accents
(`Zoë Łuczak`, `ZOE LUCZAK`), with straight or curly apostrophes, hyphen or space (`Mary-Anne O’Brien`, `Mary Anne
O'Brien`), across line breaks, and before `'s`; with up to two initials between them (`Ann M. Hale`); and with the last
word first (`Hale, Ann`). Another forename is another person: `Annie Hale`, `Ann Marie Hale` and `A. Hale` are not
`Ann Hale`, so each has to be named besides. Where the last word stands alone (`Mr Hale`), the person is told, and
decides.

An *address* is found with and without `https`, `www` and what only says where a reader came from (`?utm_source=x`), and
not where another one goes on: `/news/1` is not in `/news/12`, `/news/1/2` or `/news/1?page=2`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.addresses.passing import lasting

_WORD = re.compile(r"[^\W_]+")
_MOST_INITIALS = 2
# What no decomposition takes apart, in small letters.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_RARE = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
# Accents, taken apart from their letters; and invisible signs inside words: soft hyphen, joiners, marks of direction.
_UNSEEN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)


def folded(text: str) -> str:
    """Without case, accents and what cannot be seen."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    small = _UNSEEN.sub("", plain).casefold()
    return small.translate(_LETTERS) if _RARE.search(small) else small


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


@dataclass(frozen=True)
class Name:
    """Somebody's name as its words, folded."""

    words: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        between = rf"[\W_]+(?:[^\W_][\W_]+){{0,{_MOST_INITIALS}}}"
        forms = [between.join(map(re.escape, self.words))]
        for last in range(1, len(self.words)):  # O’Brien is two words
            forms.append(r"[\W_]+".join(map(re.escape, (*self.words[-last:], *self.words[:-last]))))
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])")

    def is_in(self, text: str) -> bool:
        """Whether the folded text has it. The first look is cheap: most texts hold no word of it."""
        return self.words[-1] in text and self._pattern.search(text) is not None

    def ends_in(self, text: str) -> bool:
        """Whether the folded text has its last word."""
        return re.search(rf"(?<![^\W_]){re.escape(self.words[-1])}(?![^\W_])", text) is not None


def name_of(written: str) -> Name | None:
    """None where what was written has no word of two letters, and would be found everywhere."""
    words = words_of(written)
    return Name(words) if any(len(word) > 1 for word in words) else None


@dataclass(frozen=True)
class Sought:
    """What is to be erased wherever it stands in a text."""

    names: tuple[Name, ...] = ()
    addresses: tuple[str, ...] = ()  # as `address_inside` gives them
    quotes: tuple[str, ...] = ()  # whole titles and paragraphs, as `quote_of` gives them

    def is_in(self, text: str) -> bool:
        plain = folded(text)
        return self._is_named(plain) or any(quote in squeezed(plain) for quote in self.quotes)

    def is_named_in(self, text: str) -> bool:
        """Likewise, but for quotes: what others may have printed in the same words."""
        return self._is_named(folded(text))

    def _is_named(self, plain: str) -> bool:
        return any(name.is_in(plain) for name in self.names) or any(
            _address_is_in(address, plain) for address in self.addresses
        )


def address_inside(key: str) -> str:
    """What of an address's identity key stands in every spelling of it."""
    return folded(key.partition("://")[2] or key).rstrip("/")


def _address_is_in(address: str, plain: str) -> bool:
    if address not in plain:
        return False
    found = re.finditer(
        rf"(?<![\w.-])(?:www\.)?{re.escape(address)}(?![\w%-]|[/.&=]\w)/?(?:\?(?P<query>[\w.=&%+-]*))?", plain
    )
    return any(not lasting(one["query"] or "") for one in found)


SHORTEST_QUOTE = 25  # signs: a shorter one may stand anywhere


def quote_of(text: str) -> str | None:
    """A title or paragraph as it is looked for; None where it is too short to be known by."""
    found = squeezed(folded(text))
    return found if len(found) >= SHORTEST_QUOTE else None


def quotes_of(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote for text in texts if (quote := quote_of(text))))


def squeezed(plain: str) -> str:
    """A folded text as its words alone."""
    return " ".join(_WORD.findall(plain))


def last_word_alone(names: Sequence[Name], text: str) -> bool:
    """Whether the text has the last word of a name and not the name: it may be the same person."""
    plain = folded(text)
    return any(len(name.words) > 1 and name.ends_in(plain) and not name.is_in(plain) for name in names)
