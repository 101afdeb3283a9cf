"""How alike the articles of one window are: which pairs of them may be one event, with a score and a reason.

1. *Copies* are one article under one number of their publisher (`Article.shared_key`), or share their text: most of
   the shorter one's shingles stand in the longer. Shingles that stand in very many articles are an outlet's furniture
   and are ignored.
2. *Reports* were written separately. They share rare marks (names, figures, days) or several rare words. Their score
   is the likeness of their words, weighted by rarity, plus a bonus for each mark; places with one small figure give
   none. They were published within days of each other, and within three days is a little likelier.
3. A day that is a guess says nothing; then the days and years that the texts name stand in. That none of the days is
   near one of the other's counts against them, and so does a latest year that is another.
4. Against them count also days, or places, of which both name some and not one in common. One outlet's second report is
   a follow-up unless it came within a day. An explainer or a list of candidates names everything that the news of the
   event names, and is no report of it.
5. A title alone joins nothing: the marks and shingles are those of the text, and an article without any has no words.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain, combinations
from typing import NamedTuple

from monitor.judging.sketch import MONTHS, Sketch, Sketcher, spelled
from monitor.model import Article, Kinship, Link
from monitor.settings import Gazetteer

# The bounds were set on the labelled stories of tests/quality, where the pairs of one story and the others part here.
COPY = 0.6  # of the shorter text's shingles
LEAST_SHINGLES = 3  # fewer in common are a quotation
DOUBTFUL = 0.24
BONUS = 0.05  # for a mark that only one article has; rarity scales it
MOST_BONUS = 0.2
RARE_WORDS = 3  # that two articles without a rare mark in common must share to be compared
LEAST_FOR_WORDS = 100  # articles: among fewer, every word is rare
MOST_HOLDERS = 10  # articles that have a rare word: more would make pairs by the million in a long window
OTHER_DAYS = 0.05
FAR_DAYS = 0.2  # no day that one names is near one of the other's
OTHER_YEAR = 0.06
OTHER_PLACES = 0.08
NEAR = 0.05
NEAR_DAYS = timedelta(days=3)
APART = timedelta(days=10)
FOLLOW_UP = timedelta(days=1)
_EXPLAINER = re.compile(
    r"(?i)\b(?:explain(?:ed|er)|who (?:is|are|can)|what you need to know|everything you need|all you need|candidates|"
    r"q ?& ?a|how to vote|live:|as it happened)\b"
)
SMALLEST_WINDOW = 250  # in fewer articles, being rare says less than it seems to


class Pair(NamedTuple):
    one: int  # places in the window; `one` was seen first
    two: int
    kinship: Kinship
    score: float
    reason: str


class Comparison:
    """The articles of one window as sketches, in the order of first seen, and the `pairs` of them that are alike."""

    def __init__(self, articles: Sequence[Article], gazetteer: Gazetteer) -> None:
        sketcher = Sketcher()
        ordered = sorted(articles, key=lambda article: (article.first_seen, article.id))
        self.sketches = [sketcher.sketch(article) for article in ordered]
        self._total = max(len(ordered), SMALLEST_WINDOW)
        self._seen = sketcher.seen
        self._places = _place_words(gazetteer)
        self._frequency = Counter(chain.from_iterable(one.words for one in self.sketches))
        self._vectors: dict[int, tuple[dict[str, float], float]] = {}
        self._weights: dict[str, float] = {}
        self.pairs = [*self._same_articles(), *self._copies(), *self._reports()]

    def link(self, pair: Pair) -> Link:
        one, two = sorted((self.sketches[pair.one].article.id, self.sketches[pair.two].article.id))
        return Link(one=one, two=two, kinship=pair.kinship, score=round(pair.score, 3), reason=pair.reason)

    def _same_articles(self) -> Iterator[Pair]:
        first: dict[str, int] = {}
        for place, sketch in enumerate(self.sketches):
            if (key := sketch.article.shared_key) is not None:
                known = first.setdefault(key, place)
                if known != place:
                    reason = "the publisher's number is the same"
                    yield Pair(known, place, Kinship.COPY, 1.0, reason)

    def _copies(self) -> Iterator[Pair]:
        holders: dict[int, list[int]] = defaultdict(list)
        for place, sketch in enumerate(self.sketches):
            for shingle in sketch.shingles:
                holders[shingle].append(place)
        furniture = max(25, len(self.sketches) // 50)
        telling = [places for places in holders.values() if len(places) <= furniture]
        own = Counter(chain.from_iterable(telling))
        shared: Counter[tuple[int, int]] = Counter()
        for places in telling:
            if len(places) > 1:
                shared.update(combinations(places, 2))
        for (one, two), count in shared.items():
            if count >= LEAST_SHINGLES and (part := count / min(own[one], own[two])) >= COPY:
                yield Pair(
                    one, two, Kinship.COPY, part, f"{part:.0%} of the shorter text stands in the longer"
                )

    def _reports(self) -> Iterator[Pair]:
        most = min(50, max(8, len(self.sketches) // 30))
        shared = self._sharing_marks(most)
        for places in self._sharing_words(min(most, MOST_HOLDERS)):
            shared.setdefault(places, [])
        for (one, two), marks in shared.items():
            if (pair := self._report(one, two, marks)) is not None:
                yield pair

    def _sharing_marks(self, most: int) -> dict[tuple[int, int], list[str]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sketch in enumerate(self.sketches):
            for mark in sketch.marks:
                if mark[0].isdigit() or mark not in self._seen:
                    holders[mark].append(place)
        shared: dict[tuple[int, int], list[str]] = defaultdict(list)
        for mark, places in holders.items():
            if 1 < len(places) <= most:
                self._weights[mark] = self._weight(mark, len(places))
                for pair in combinations(places, 2):
                    shared[pair].append(mark)
        return shared

    def _sharing_words(self, most: int) -> Iterator[tuple[int, int]]:
        if len(self.sketches) < LEAST_FOR_WORDS:
            return
        rare = {word for word, count in self._frequency.items() if 1 < count <= most}
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sketch in enumerate(self.sketches):
            for word in rare.intersection(sketch.words):
                holders[word].append(place)
        counts: Counter[tuple[int, int]] = Counter()
        for places in holders.values():
            counts.update(combinations(places, 2))
        yield from (pair for pair, count in counts.items() if count >= RARE_WORDS)

    def _weight(self, mark: str, frequency: int) -> float:
        """From 1 for a mark that one article has down to 0 for one that all have; half for places and small figures."""
        weight = 1 - math.log(frequency) / math.log(self._total)
        return weight / 2 if self._is_common(mark) else weight

    def _is_common(self, mark: str) -> bool:
        """Places and figures below a hundred: two events of one week share some of them by chance."""
        return mark in self._places or len(mark) < 3

    def _report(self, one: int, two: int, marks: list[str]) -> Pair | None:
        first, second = self.sketches[one], self.sketches[two]
        if not _close(first.article, second.article):
            return None
        if _EXPLAINER.search(first.article.title) or _EXPLAINER.search(second.article.title):
            return None
        bonus = min(MOST_BONUS, BONUS * sum(self._weights[mark] for mark in marks))
        if all(self._is_common(mark) for mark in marks) and sum(mark[0].isdigit() for mark in marks) < 2:
            bonus = 0.0
        if _differ(first.marks & self._places, second.marks & self._places):
            bonus -= OTHER_PLACES
        score = min(1.0, self._likeness(one, two) + bonus + _timing(first, second))
        if score < DOUBTFUL:
            return None
        return Pair(one, two, Kinship.REPORT, score, self._reason(first, second, marks))

    def _reason(self, first: Sketch, second: Sketch, marks: Sequence[str]) -> str:
        if marks:
            return f"both name {_first_four(marks, self._weights)}"
        shared = spelled(first.article, {*first.words} & {*second.words})
        rarity = {word: -float(self._frequency[stem]) for stem, word in shared.items()}
        return f"both use rare words: {_first_four(list(rarity), rarity)}"

    def _likeness(self, one: int, two: int) -> float:
        """The cosine of the two texts' rarer words."""
        (left, left_norm), (right, right_norm) = self._vector(one), self._vector(two)
        return sum(left[word] * right[word] for word in left.keys() & right.keys()) / (left_norm * right_norm)

    def _vector(self, place: int) -> tuple[dict[str, float], float]:
        if place not in self._vectors:
            most = 0.15 * self._total
            vector = {
                word: math.log(self._total / self._frequency[word])
                for word in self.sketches[place].words
                if self._frequency[word] <= most
            }
            self._vectors[place] = (
                vector,
                math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0,
            )
        return self._vectors[place]


def _first_four(words: Sequence[str], weights: Mapping[str, float]) -> str:
    return ", ".join(sorted(words, key=lambda word: (-weights[word], word))[:4])


def _differ(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one) and bool(two) and one.isdisjoint(two)


def _close(one: Article, two: Article) -> bool:
    if one.published_is_guess or two.published_is_guess:
        return one.outlet != two.outlet
    return abs(one.published - two.published) <= (FOLLOW_UP if one.outlet == two.outlet else APART)


def _timing(first: Sketch, second: Sketch) -> float:
    """What the days and years of both say, as points of the score."""
    points = 0.0
    if _differ(first.days, second.days):
        points -= OTHER_DAYS
    if not _days_meet(_days_of_year(first), _days_of_year(second)):
        points -= FAR_DAYS
    one, two = first.article, second.article
    if not one.published_is_guess and not two.published_is_guess:
        return points + (NEAR if abs(one.published - two.published) <= NEAR_DAYS else 0.0)
    years = {_latest_year(first), _latest_year(second)} - {0}
    return points - (OTHER_YEAR if len(years) > 1 else 0.0)


def _latest_year(sketch: Sketch) -> int:
    """The latest that it names or was published in; 0 where neither is known."""
    return (
        sketch.year if sketch.article.published_is_guess else max(sketch.year, sketch.article.published.year)
    )


def _days_of_year(sketch: Sketch) -> list[int]:
    """The days that it names and the one on which it was published, roughly: months of 30.4 days."""
    named = [(int(day), MONTHS.index(month)) for day, month in (mark.split() for mark in sketch.days)]
    if not sketch.article.published_is_guess:
        named.append((sketch.article.published.day, sketch.article.published.month - 1))
    return [round(30.4 * month) + day for day, month in named]


def _days_meet(one: Sequence[int], two: Sequence[int]) -> bool:
    """Whether any two are near each other, round the turn of the year too; True where one side has none."""
    if not one or not two:
        return True
    return any(min(abs(a - b), 365 - abs(a - b)) <= 2 * APART.days for a in one for b in two)


def _place_words(gazetteer: Gazetteer) -> frozenset[str]:
    named = [name for council in gazetteer.councils for name in (*council.places, *council.shared)]
    named += [*gazetteer.area, *gazetteer.shared_area, *gazetteer.elsewhere]
    return frozenset(word for name in named for word in name.lower().split())
