"""What an article is reduced to when it is compared with others. `compare.py` compares.

Its *outline* is what it says by itself, whoever compares; its *sketch* is that as one panel sees it, which knows places
and common names. So panels that draft one after the other make each outline once (`Outlines`). What is asked only of two
that may be one event (places, shares, sums, whether it explains) a sketch finds when it is asked: of 10,000 articles of
two weeks some 1,500 were.

- *Shingles*: runs of four words of the text (never of the title), hashed. One in four is kept, by the CRC-32 of its
  first word, so that two texts keep the same ones. They find copied text. The hashes are Python's own, a third of the
  cost of a CRC: they hold within one run, and nobody stores them.
- *Names*: words in capitals inside a sentence, but none of a body, an office, a place, or of the panel's own rules.
- *Figures* with what they count (`figures.py`), *days* ("9 february") and the latest *year*. The year tells this year's
  news from last year's.
- *Places*: those of title and first paragraph say where the event is.
- *Words*: all words of three letters and more, title and text, once each and without the commonest endings: a report
  says "funded" where another says "funding". A title alone has none: titles join nothing.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from monitor.judging.bare import Small, bare_words
from monitor.judging.figures import figures_of, is_share, is_sum
from monitor.judging.grounds import Grounds
from monitor.judging.stems import Stems, stem_of
from monitor.model import Article

# A capital at the beginning of a sentence says nothing.
# (What stands before is looked at after the capital: searching for a capital is quick.)
CAPITAL = re.compile(r"[A-Z](?<=[\w,;:)’'-] [A-Z])[^\W\d_]{2,}")
_EXPLAINER = re.compile(
    r"(?i)\b(?:explain(?:ed|er)|who (?:is|are|can)|what you need to know|everything you need|all you need|candidates|"
    r"q ?& ?a|how to vote|live:|as it happened)\b"
)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTHS = tuple(_MONTH.split("|"))
_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b|\b({_MONTH}) (\d{{1,2}})\b")
_MONTHS = frozenset(MONTHS)
_MONTH_STEMS = frozenset(map(stem_of, MONTHS))
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
_SHINGLE = 4
MOST_KEPT = 20_000  # outlines, some 8 kB each
_ONE_IN = 4  # of 200 words that leaves some fifty shingles: enough to tell 90 % from 60 %, and a quarter of the memory


class Outline(NamedTuple):
    written: Sequence[str]  # the words of the text, as written
    shingles: frozenset[int]
    capitals: frozenset[str]  # that may be names
    figures: frozenset[str]  # of title and text
    headline_figures: frozenset[str]
    days: frozenset[str]
    year: int  # the latest that it names, or 0
    words: tuple[str, ...]
    headline: tuple[str, ...]  # the words of the title


@dataclass(frozen=True)
class Sketch:
    article: Article
    shingles: frozenset[int]
    names: frozenset[str]
    figures: frozenset[str]
    headline_figures: frozenset[str]
    days: frozenset[str]
    year: int
    words: tuple[str, ...]
    headline: tuple[str, ...]
    grounds: Grounds = field(repr=False, compare=False)

    @property
    def places(self) -> frozenset[str]:
        return self._placed[0]

    @property
    def opening_places(self) -> frozenset[str]:
        """Those of the title and the first paragraph."""
        return self._placed[1]

    @cached_property
    def _placed(self) -> tuple[frozenset[str], frozenset[str]]:
        title, paragraphs = self.article.title, self.article.paragraphs
        opening = bare_words("\n".join((title, *paragraphs[:1])))
        places = self.grounds.places([*opening, *bare_words("\n".join(paragraphs[1:]))])
        everywhere = frozenset([place for _, place in places])
        return everywhere, frozenset([place for at, place in places if at < len(opening)])

    @property
    def shares(self) -> frozenset[str]:
        """The figures that are per cent."""
        return frozenset(filter(is_share, self.figures))

    @property
    def sums(self) -> frozenset[str]:
        """Those that are money."""
        return frozenset(filter(is_sum, self.figures))

    @cached_property
    def explains(self) -> bool:
        """The event that others report."""
        return bool(_EXPLAINER.search(self.article.title))


class Outlines:
    """Those of many articles, with each word in memory once. It keeps those that are asked for again: `again` says
    whether one of the feed is."""

    def __init__(self, again: Callable[[str], bool] = lambda feed: False) -> None:
        self._again = again
        self._known: dict[str, tuple[int, Outline]] = {}
        self._small = Small()
        self._stems = Stems()
        self._once: dict[str, str] = {}
        self._sampled = _Sampled()

    def of(self, article: Article) -> Outline:
        is_kept = self._again(article.feed) and len(self._known) < MOST_KEPT
        if not is_kept and article.id not in self._known:
            return self._made(article)
        content, known = hash((article.title, article.paragraphs)), self._known.get(article.id)
        if known and known[0] == content:
            return known[1]
        outline = self._made(article)
        if is_kept:
            once = self._once.setdefault
            outline = outline._replace(written=tuple([once(word, word) for word in outline.written]))
            self._known[article.id] = content, outline
        return outline

    def _made(self, article: Article) -> Outline:
        text = article.text
        written = bare_words(text)
        small = list(map(self._small.__getitem__, written))
        small_title = list(map(self._small.__getitem__, bare_words(article.title)))
        stems = self._stems.of(small, small_title)
        headline_figures, headline_year = figures_of(article.title, small_title, stems)
        figures, year = figures_of(text, small, stems)
        return Outline(
            written=written,
            shingles=frozenset(self._shingles(small)),
            capitals=self._kept_once(set(map(str.lower, CAPITAL.findall(text))) - _NO_NAMES),
            figures=self._kept_once(figures | headline_figures),
            headline_figures=frozenset(headline_figures),
            days=frozenset() if _MONTH_STEMS.isdisjoint(stems) else self._kept_once(set(_days(text.lower()))),
            year=max(year, headline_year),
            words=tuple(stems) if small else (),
            headline=tuple(self._stems.of(small_title)) if small else (),
        )

    def _kept_once(self, marks: set[str]) -> frozenset[str]:
        once = self._once.setdefault
        return frozenset([once(mark, mark) for mark in marks])

    def _shingles(self, words: Sequence[str]) -> Iterator[int]:
        runs = zip(*(words[at:] for at in range(_SHINGLE)), strict=False)
        return map(hash, compress(runs, map(self._sampled.__getitem__, words)))


class Sketcher:
    """Sketches the articles of one window as a panel sees them, and knows which words are written small."""

    def __init__(self, grounds: Grounds, outlines: Outlines | None = None) -> None:
        self._grounds = grounds
        self._outlines = outlines or Outlines()
        self.seen: set[str] = set()  # words as written: a name that is here in small letters is none

    def sketch(self, article: Article) -> Sketch:
        outline = self._outlines.of(article)
        self.seen.update(outline.written)
        return Sketch(
            article=article,
            shingles=outline.shingles,
            names=outline.capitals - self._grounds.common_names,
            figures=outline.figures - self._grounds.own,
            headline_figures=outline.headline_figures,
            days=outline.days,
            year=outline.year,
            words=outline.words,
            headline=outline.headline,
            grounds=self._grounds,
        )


class _Sampled(dict[str, bool]):
    """Whether the shingles that begin with a word are kept."""

    def __missing__(self, word: str) -> bool:
        sampled = self[word] = zlib.crc32(word.encode("utf-8", "replace")) % _ONE_IN == 0
        return sampled


def _days(small: str) -> Iterator[str]:
    """No day goes over the end of a line, and few lines name a month: the others need not be gone through."""
    for line in small.split("\n"):
        if any(map(line.__contains__, MONTHS)):
            for day, month, other_month, other_day in _DAY.findall(line):
                yield f"{day or other_day} {month or other_month}"
