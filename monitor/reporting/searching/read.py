"""What a person typed into the search, read as a value. Whatever is typed is read or told of; nothing raises.

- All words must be in a story; `OR` or `|` between two: one of them. "Words in quotation marks" stand side by side.
- `-word` or `NOT word`: not in it. An exclusion alone means all stories without it.
- Brackets group. `NEAR` between two: at most five words apart, `NEAR/9` nine. `burgl*`: words that begin so, from three
  letters on.
- `title:word` stands in the headline. `outlet:`, `topic:`, `area:`, `council:`, `verdict:`, `after:` and `before:` narrow
  the whole search, so they stand neither in brackets nor beside `OR`. Other words with a colon are words.
- Case, accents, hyphens and apostrophes make no difference.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model import EVERYTHING, All, AnyOf, Facet, Near, Term, Words
from monitor.reporting.searching.signs import FIELDS, Kind, Sign, cut
from monitor.text import plain_words

LONGEST = 1_000  # characters; a headline has a hundred
MOST_WORDS = 60
DEEPEST = 20  # brackets in brackets
APART = 5
LEAST_BEGUN = 3  # letters before a star

_WORD = re.compile(r"[^\W_]+")
_FACETS = {facet.value: facet for facet in Facet}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Typed:
    """A facet as it was typed: what it stands for is told by who knows outlets, topics and councils."""

    facet: Facet
    value: str
    is_not: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    term: Term = EVERYTHING
    only: tuple[Typed, ...] = ()
    since: date | None = None
    until: date | None = None
    remarks: tuple[str, ...] = ()  # how something was read that may have been meant otherwise
    mistakes: tuple[str, ...] = ()  # with one of these it is not searched
    instead: str | None = None  # what may have been meant

    @property
    def is_empty(self) -> bool:
        return self.term == EVERYTHING and not (self.only or self.since or self.until)


def read(typed: str) -> Read:
    if len(typed) > LONGEST:
        return Read(mistakes=(f"A search has at most {LONGEST:,} characters; this one has {len(typed):,}.",))
    signs = cut(typed)
    if found := _out_of_balance(signs):
        return Read(mistakes=(found,))
    if sum(map(_count, signs)) > MOST_WORDS:
        return Read(mistakes=(f"A search has at most {MOST_WORDS} words. Keep those that tell most.",))
    return _Reader(signs).read(typed)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them."""
    return tuple(_WORD.findall(plain_words(text)))


def _count(sign: Sign) -> int:
    return len(words_of(sign.text)) if sign.kind in (Kind.WORD, Kind.PHRASE) else 0


def _out_of_balance(signs: Sequence[Sign]) -> str:
    opened: list[int] = []
    for sign in signs:
        if sign.kind is Kind.OPEN:
            opened.append(sign.at)
            if len(opened) > DEEPEST:
                return f"Brackets stand at most {DEEPEST} deep in one another: see character {sign.at}."
        elif sign.kind is Kind.CLOSE:
            if not opened:
                return f"The bracket “)” at character {sign.at} closes none. Take it away, or open one before it."
            opened.pop()
    if opened:
        return f"The bracket “(” at character {opened[-1]} is never closed. Close it, or take it away."
    return ""


class _Reader:
    """One pass over the signs, which are in balance."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._signs = signs
        self._next = 0
        self._depth = 0
        self._only: list[Typed] = []
        self._days: dict[str, date] = {}
        self._remarks: dict[str, None] = {}
        self._mistakes: dict[str, None] = {}
        self._fields: list[tuple[str, bool]] = []  # each as typed, and whether it stood where it may
        self._has_or = False

    def read(self, typed: str) -> Read:
        term = self._any_of()
        for field, is_alone in self._fields:
            if not is_alone or self._has_or:
                self._mistakes[
                    f"“{field}” counts for the whole search: it can stand neither in brackets nor beside OR."
                ] = None
        since, until = self._days.get("after"), self._days.get("before")
        if since and until and since > until:
            self._mistakes[
                "The day after which is later than the day before which, so nothing can be found."
            ] = None
        found = Read(
            term=term or EVERYTHING,
            only=tuple(self._only),
            since=since,
            until=until,
            remarks=tuple(self._remarks),
            mistakes=tuple(self._mistakes),
            instead=_with_or(typed, self._signs),
        )
        if typed.strip() and found.is_empty and not found.mistakes:
            return replace(found, mistakes=("There is no word in this search. Type a word, or a few.",))
        return found

    # ── the grammar ─────────────────────────────────────────────────────────────────────────────────────────────

    def _any_of(self) -> Term | None:
        parts = [self._all()]
        while self._is(Kind.OR):
            self._next += 1
            self._has_or = self._has_or or self._depth == 0
            parts.append(self._all())
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) and len(parts) > 1:
            self._remarks["An OR without something to search for on both sides was left out."] = None
        return AnyOf(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def _all(self) -> Term | None:
        parts: list[Term] = []
        without: list[Term] = []
        while self._next < len(self._signs) and not self._is(Kind.OR) and not self._is(Kind.CLOSE):
            is_not = self._nots()
            term = self._one(is_not=is_not)
            if term is not None:
                (without if is_not else parts).append(term)
        if not parts and not without:
            return None
        return parts[0] if len(parts) == 1 and not without else All(tuple(parts), tuple(without))

    def _nots(self) -> bool:
        """Passes any number of them; twice not is not not."""
        found = False
        while self._is(Kind.NOT):
            self._next += 1
            found = not found
        return found

    def _one(self, *, is_not: bool = False) -> Term | None:
        if self._next >= len(self._signs) or self._is(Kind.OR) or self._is(Kind.CLOSE):
            self._remarks["A NOT with nothing after it was left out."] = None
            return None
        sign = self._take()
        if sign.kind is Kind.OPEN:
            return self._group()
        if sign.kind is Kind.FIELD:
            return self._field(sign, is_not=is_not)
        if sign.kind is Kind.NEAR:
            return self._words(replace(sign, kind=Kind.WORD))
        one = self._words(sign)
        return self._near(one) if one and self._is_near() else one

    def _group(self) -> Term | None:
        self._depth += 1
        term = self._any_of()
        self._depth -= 1
        self._next += 1  # its end, which is there
        return term

    def _is_near(self) -> bool:
        """Whether NEAR follows, and then something to be near."""
        if not self._at_near(self._next) or self._next + 1 >= len(self._signs):
            return False
        other = self._signs[self._next + 1]
        return other.kind in (Kind.WORD, Kind.PHRASE) and bool(words_of(other.text))

    def _at_near(self, place: int) -> bool:
        if place >= len(self._signs):
            return False
        sign = self._signs[place]
        return sign.kind is Kind.NEAR or bool(
            sign.kind is Kind.WORD and re.fullmatch(r"NEAR/\d{1,2}", sign.text)
        )

    def _near(self, one: Words) -> Term:
        """Of a chain each is near the one before."""
        found: list[Term] = []
        while self._is_near():
            within = int(self._take().text[5:] or APART)
            other = self._words(self._take())
            if other:
                found.append(Near(one, other, within))
                one = other
        return found[0] if len(found) == 1 else All(tuple(found))

    def _words(self, sign: Sign) -> Words | None:
        if sign.is_open and words_of(sign.text):
            self._remarks["The phrase in quotation marks had no end, so it was closed at the end."] = None
        words = words_of(sign.text)
        if not words:
            return None
        if sign.kind is Kind.WORD and sign.text[-1] == ":" and sign.text[:-1].lower() in FIELDS:
            self._remarks[
                f"“{sign.text}” was read as a word; with a value right after it, without a blank, it is a filter."
            ] = None
        is_stem = sign.kind is Kind.WORD and sign.text.endswith("*") or self._takes_star(sign)
        if is_stem and len(words[-1]) < LEAST_BEGUN:
            self._remarks[
                f"“{words[-1]}*” needs {LEAST_BEGUN} letters before the star, so it was read as the word “{words[-1]}”."
            ] = None
            is_stem = False
        return Words(words, is_stem)

    def _takes_star(self, sign: Sign) -> bool:
        """A star right after a phrase's end belongs to it."""
        if sign.kind is not Kind.PHRASE or not self._is(Kind.WORD):
            return False
        following = self._signs[self._next]
        if following.text != "*" or following.at != sign.at + len(sign.text) + 2:
            return False
        self._next += 1
        return True

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _field(self, sign: Sign, *, is_not: bool) -> Term | None:
        following = self._signs[self._next] if self._next < len(self._signs) else None
        if sign.text == "title":
            return self._title()
        if following is None or following.kind not in (Kind.WORD, Kind.PHRASE):
            return Words((sign.text,))  # "topic:(" narrows nothing
        value = self._take().text
        self._fields.append((f"{sign.text}:{value}", self._depth == 0))
        if sign.text in _FACETS:
            self._only.append(Typed(_FACETS[sign.text], value, is_not))
        else:
            self._day(sign.text, value, is_not=is_not)
        return None

    def _title(self) -> Term | None:
        if self._next >= len(self._signs):
            return Words(("title",))
        term = self._one()
        return in_title(term) if term else None

    def _day(self, field: str, value: str, *, is_not: bool) -> None:
        day = day_of(value, is_last=field == "before")
        if is_not:
            self._mistakes[f"“-{field}:” cannot be left out: write {_OTHER[field]}:{value} instead."] = None
        elif day is None:
            self._mistakes[
                f"“{field}:{value}” is no day. Write it as {field}:2026-11-28, {field}:28/11/2026 or {field}:2026-11."
            ] = None
        else:
            self._days[field] = day

    # ── signs ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _is(self, kind: Kind) -> bool:
        return self._next < len(self._signs) and self._signs[self._next].kind is kind

    def _take(self) -> Sign:
        self._next += 1
        return self._signs[self._next - 1]


_OTHER = {"after": "before", "before": "after"}


def in_title(term: Term) -> Term:
    """The same, looked for in headlines."""
    if isinstance(term, Words):
        return replace(term, in_title=True)
    if isinstance(term, Near):
        return Near(replace(term.one, in_title=True), replace(term.other, in_title=True), term.within)
    if isinstance(term, AnyOf):
        return AnyOf(tuple(map(in_title, term.parts)))
    return All(tuple(map(in_title, term.parts)), tuple(map(in_title, term.without)))


def day_of(written: str, *, is_last: bool) -> date | None:
    """2026-11-28, 28/11/2026; of a month or a year its first day or its last."""
    try:
        if british := _BRITISH_DAY.fullmatch(written.strip()):
            day, month, year = map(int, british.groups())
            return date(year, month, day)
        if found := _DAY.fullmatch(written.strip()):
            year, month, day = (int(part) if part else 0 for part in found.groups())
            month = month or (12 if is_last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if is_last else 1))
    except ValueError:
        pass
    return None


def _with_or(typed: str, signs: Sequence[Sign]) -> str | None:
    """With the first small "or" between two words as an OR."""
    for before, sign, after in zip(signs, signs[1:], signs[2:], strict=False):
        plain = (Kind.WORD, Kind.PHRASE)
        if sign.kind is Kind.WORD and sign.text == "or" and before.kind in plain and after.kind in plain:
            return f"{typed[: sign.at - 1]}OR{typed[sign.at + 1 :]}".strip()
    return None
