"""What an article is reduced to when it is compared with others. `compare.py` compares.

- *Shingles*: runs of four words of the text (never of the title), hashed. One in four is kept, by the CRC-32 of its
  first word, so that two texts keep the same ones. They find copied text. The hashes are Python's own, a third of the
  cost of a CRC: they hold within one run, and nobody stores them.
- *Marks*: what a report of an event can hardly leave out. Words in capitals inside a sentence, but none that names a
  body or an office; figures (not years); and days ("9 february"). They find the same event in other words. The latest
  year stands apart: it tells this year's news from last year's.
- *Words*: all words of three letters and more, title and text, once each and without the commonest endings: a report
  says "funded" where another says "funding". A title alone has none: titles join nothing.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import compress, count
from typing import NamedTuple

from monitor.model import Article

_WORD = re.compile(r"\w+")
# A capital at the beginning of a sentence says nothing.
# (What stands before is looked at after the capital: searching for a capital is quick.)
_CAPITAL = re.compile(r"[A-Z](?<=[\w,;:)’'-] [A-Z])[^\W\d_]{2,}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTHS = tuple(_MONTH.split("|"))
_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b|\b({_MONTH}) (\d{{1,2}})\b")
_MONTHS = frozenset(MONTHS)
_CALENDAR = _MONTHS | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
# Words of the names of bodies, offices and acts. Two stories of one week that name the inspectorate are two inspections,
# and two that name the Freedom of Information Act are two requests.
_INSTITUTIONS = frozenset(
    re.findall(
        r"\w+",
        "majesty inspectorate constabulary inspector inspectors fire rescue services hmicfrs hmic iopc police force "
        "commissioner deputy chief constable superintendent home office secretary minister ministry justice government "
        "crown court magistrates council councillor cllr cabinet panel sergeant supt insp freedom information act",
    )
)
_NO_NAMES = _CALENDAR | _INSTITUTIONS
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s")
_LEAST_LEFT = 4  # letters: "sing" keeps its ending
_SHINGLE = 4
_ONE_IN = 4  # of 200 words that leaves some fifty shingles: enough to tell 90 % from 60 %, and a quarter of the memory


class Sketch(NamedTuple):
    article: Article
    shingles: frozenset[int]
    marks: frozenset[str]  # days among them
    days: frozenset[str]
    year: int  # the latest that the text names, or 0
    words: tuple[str, ...]


class Sketcher:
    """Sketches the articles of one window. It keeps each word in memory once, and knows which are written small."""

    def __init__(self) -> None:
        self._kept = _Kept()
        self._marks: dict[str, str] = {}
        self._sampled = _Sampled()
        self.seen: set[str] = set()  # words as written: a name that is here in small letters is none

    def sketch(self, article: Article) -> Sketch:
        text = article.text
        written = _WORD.findall(text)
        small = list(map(str.lower, written))
        self.seen.update(written)
        words = {*small, *_WORD.findall(article.title.lower())} if small else set()
        days = frozenset() if _MONTHS.isdisjoint(words) else frozenset(_days(text.lower()))
        figures = _FIGURE.findall(text)
        marks = {*_names(text), *(one for one in figures if len(one) > 1 and not _is_year(one)), *days}
        once = self._marks.setdefault
        return Sketch(
            article=article,
            shingles=frozenset(self._shingles(small)),
            marks=frozenset([once(mark, mark) for mark in marks]),
            days=days,
            year=max(map(int, filter(_is_year, figures)), default=0),
            words=tuple(filter(None, set(map(self._kept.__getitem__, words)))),
        )

    def _shingles(self, words: list[str]) -> Iterator[int]:
        sampled = map(self._sampled.__getitem__, words[: 1 - _SHINGLE])
        return (hash(tuple(words[at : at + _SHINGLE])) for at in compress(count(), sampled))


class _Kept(dict[str, str]):
    """Each word of three letters and more without its ending, once; nothing for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._stems: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        stem = _stem(word) if len(word) > 2 and word.isalpha() else ""
        kept = self[word] = self._stems.setdefault(stem, stem)
        return kept


def spelled(article: Article, stems: Iterable[str]) -> dict[str, str]:
    """Each of these stems as a word that the article has: a person is shown words."""
    wanted = frozenset(stems)
    words = _WORD.findall(f"{article.title} {article.text}".lower())
    return {stem: word for word in reversed(words) if (stem := _stem(word)) in wanted}


def _stem(word: str) -> str:
    """Crude, and enough to compare two texts; `spelled` finds the word again."""
    for ending in _ENDINGS:
        if len(word) >= len(ending) + _LEAST_LEFT and word.endswith(ending):
            return word.removesuffix(ending)
    return word


class _Sampled(dict[str, bool]):
    """Whether the shingles that begin with a word are kept."""

    def __missing__(self, word: str) -> bool:
        sampled = self[word] = zlib.crc32(word.encode("utf-8", "replace")) % _ONE_IN == 0
        return sampled


def _names(text: str) -> Iterator[str]:
    return (word for name in _CAPITAL.findall(text) if (word := name.lower()) not in _NO_NAMES)


def _is_year(figure: str) -> bool:
    return len(figure) == 4 and figure[:2] in ("19", "20") and figure.isdigit()


def _days(small: str) -> Iterator[str]:
    for day, month, other_month, other_day in _DAY.findall(small):
        yield f"{day or other_day} {month or other_month}"
