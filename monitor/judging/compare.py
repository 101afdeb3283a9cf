"""How alike the articles of one window are: which pairs of them may be one event, with a score and a reason.

1. *Copies* are one article under one number of their publisher (`Article.shared_key`), or share their text: most of
   the shorter one's shingles stand in the longer. Shingles that stand in very many articles are an outlet's furniture
   and are ignored.
2. *One template* is no copy: other towns and other figures, or other figures throughout, outweigh shared sentences.
3. *Reports* were written separately. Two articles are weighed that share a rare mark (a name, a figure, a day) or
   several rare words. `signs.py` says what speaks for and against one event; the score is the sum of its points.
4. They were published within days of each other; a day that is a guess says nothing. One outlet's second report is a
   follow-up unless it came within a day. An explainer or a list of candidates names everything that the news of the
   event names, and is no report of it.
5. Small bare numbers (12, 14, 19) add to what else speaks for a pair. Alone they are no ground to suggest one event to a
   person, nor a reason that helps her.
6. A title alone joins nothing: the marks and shingles are those of the text, and an article without any has no words.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from math import fsum
from typing import NamedTuple, TypeVar

from monitor.judging.figures import is_small
from monitor.judging.grounds import grounds_of
from monitor.judging.likeness import LEAST_NEAR, STRANGER, Likeness, closeness, kin
from monitor.judging.signs import APART, POINTS, Shared, most_of_days, score, signs, spread, worth_of
from monitor.judging.sketch import Outlines, Sketch, Sketcher
from monitor.judging.spelling import spelled, written_day, written_figure, written_names
from monitor.model import Article, Kinship, Link
from monitor.settings import Gazetteer, Rules

COPY = 0.6  # of the shorter text's shingles
LEAST_SHINGLES = 3  # fewer in common are a quotation
DOUBTFUL = 0.3
LEAST_CLOSENESS = 0.25  # whatever else speaks for a pair: 19 in 20 of those that are one event have more
A_HAIR_LESS = 0.999  # than what is enough: rounding loses no pair
RARE_WORDS = 3  # that two articles without a rare mark in common must share to be compared
# Articles that have a rare word or mark. More would make pairs by the million in a long window.
MOST_HOLDERS = 20
MOST_HOLDERS_OF_MANY = 10  # likewise of a word, in a window of
MANY = 1_000  # articles and more
FOLLOW_UP = timedelta(days=1)
ALIKE_FIGURES = 1 / 2  # of the fewer figures of two texts that name other places: less is one template
ANY_FIGURES = 1 / 3  # likewise, whatever the places
FEW_FIGURES = 3

T = TypeVar("T", bound=Hashable)


_Likely = tuple[int, float]  # a later article, and how alike they are


class Pair(NamedTuple):
    one: int  # places in the window; `one` was seen first
    two: int
    kinship: Kinship
    score: float
    reason: str
    is_worth_asking: bool = True  # where it is not joined


class Comparison:
    """The articles of one window as sketches, in the order of first seen, and the `pairs` of them that are alike."""

    def __init__(
        self,
        articles: Sequence[Article],
        gazetteer: Gazetteer,
        rules: Rules,
        outlines: Outlines | None = None,
    ) -> None:
        grounds = grounds_of(gazetteer, rules)
        sketcher = Sketcher(grounds, outlines)
        ordered = sorted(articles, key=lambda article: (article.first_seen, article.id))
        self.sketches = [sketcher.sketch(article) for article in ordered]
        self._seen = sketcher.seen
        self._likeness = Likeness(self.sketches, grounds)
        self._spread = spread([one.article for one in self.sketches])
        self._rarity: dict[str, float] = {}
        self._rare = self._rare_marks()
        self._hinted = self._hints()
        self._near: list[float] = []  # how alike each is to its next of kin
        self._close: dict[tuple[int, int], float] = {}  # of those that are weighed
        self._scores: dict[tuple[int, int], float] = {}
        self.pairs = [*self._same_articles(), *self._copies(), *self._reports()]

    def score(self, one: int, two: int) -> float:
        """How much speaks for two reports to be of one event, whether they are a pair or not: a story is judged by all
        its pairs. 0 where nothing does, or they cannot be."""
        pair = (one, two)
        if pair not in self._scores:
            self._scores[pair] = self._weighed(pair)
        return self._scores[pair]

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
        shingles = [sketch.shingles for sketch in self.sketches]
        holders = Counter(chain.from_iterable(shingles))
        furniture = max(25, len(shingles) // 50)
        everywhere = {shingle for shingle, count in holders.items() if count > furniture}
        telling = {shingle for shingle, count in holders.items() if 1 < count <= furniture}
        own = [len(one) - len(one & everywhere) for one in shingles]
        for one, two, count in _sharing(map(telling.intersection, shingles), LEAST_SHINGLES):
            if (part := count / min(own[one], own[two])) < COPY or are_of_one_template(
                self.sketches[one], self.sketches[two]
            ):
                continue
            yield Pair(one, two, Kinship.COPY, part, f"{part:.0%} of the shorter text stands in the longer")

    def _reports(self) -> Iterator[Pair]:
        likely = self._likely()
        self._near = near = self._kin(likely)
        rare, told = self._rare, self._likeness.told
        worth = {mark: rarity * worth_of(mark) for mark, rarity in self._rarity.items()}
        least = (DOUBTFUL - most_of_days(self._spread)) * A_HAIR_LESS
        for one, found in enumerate(likely):
            for two, likeness in found:
                close = closeness(likeness, near[one], near[two])
                if close < LEAST_CLOSENESS or not self._may_be_one(one, two):
                    continue
                points = POINTS.closeness * close + POINTS.told * told(one, two)
                if points + sum([worth[mark] for mark in rare[one] & rare[two]]) < least:
                    continue
                self._close[one, two] = close
                if report := self._report((one, two)):
                    yield report

    def _likely(self) -> list[list[_Likely]]:
        """Of each article those that anything hints to be of its event, as far as they are so alike that they may be close
        enough to be weighed."""
        least = LEAST_CLOSENESS * LEAST_NEAR * A_HAIR_LESS
        return [
            [one for one in zip(others, self._likeness.of(place, others), strict=True) if one[1] >= least]
            for place, others in enumerate(self._hinted)
        ]

    def _kin(self, likely: Sequence[Sequence[_Likely]]) -> list[float]:
        relatives: list[list[float]] = [[] for _ in likely]
        for one, found in enumerate(likely):
            for two, likeness in found:
                if likeness > STRANGER:
                    relatives[one].append(likeness)
                    relatives[two].append(likeness)
        return list(map(kin, relatives))

    def _hints(self) -> list[list[int]]:
        """Of each article the later ones with which it shares a rare mark, or several rare words."""
        later: dict[str, list[int]] = defaultdict(list)
        hinted: list[set[int]] = []
        for place in reversed(range(len(self.sketches))):
            hinted.append(set().union(*[later[mark] for mark in self._rare[place]]))
            for mark in self._rare[place]:
                later[mark].append(place)
        hinted.reverse()
        for one, two in self._sharing_words(
            MOST_HOLDERS if len(self.sketches) < MANY else MOST_HOLDERS_OF_MANY
        ):
            hinted[one].add(two)
        return list(map(sorted, hinted))

    def _rare_marks(self) -> list[frozenset[str]]:
        """Of each article; and how rare each is."""
        marks = [one.names.difference(self._seen).union(one.figures, one.days) for one in self.sketches]
        most = min(50, max(MOST_HOLDERS, len(marks) // 30))
        total = math.log(self._likeness.total)
        holders = Counter(chain.from_iterable(marks))
        self._rarity = {
            mark: 1 - math.log(count) / total for mark, count in holders.items() if 1 < count <= most
        }
        return list(map(frozenset(self._rarity).intersection, marks))

    def _sharing_words(self, most: int) -> Iterator[tuple[int, int]]:
        common = self._likeness.common
        rare = {
            word
            for word, count in self._likeness.frequency.items()
            if 1 < count <= most and word not in common
        }
        held = (rare.intersection(sketch.words) for sketch in self.sketches)
        yield from ((one, two) for one, two, _ in _sharing(held, RARE_WORDS))

    def _report(self, places: tuple[int, int]) -> Pair | None:
        one, two = places
        first, second = self.sketches[one], self.sketches[two]
        if (points := self.score(one, two)) < DOUBTFUL:
            return None
        marks = self._rare[one] & self._rare[two]
        telling = [mark for mark in marks if not (mark in first.figures and is_small(mark))]
        plainly = points if telling or not marks else self._points(places, without_figures=True)
        reason = self._reason(first, second, marks if telling else [])
        return Pair(one, two, Kinship.REPORT, points, reason, plainly >= DOUBTFUL)

    def _weighed(self, places: tuple[int, int]) -> float:
        if not self._is_hinted(*places) or self._closeness(*places) < LEAST_CLOSENESS:
            return 0.0
        if not self._may_be_one(*places):
            return 0.0
        first, second = (self.sketches[place] for place in places)
        return 0.0 if _share_a_template(first, second) else self._points(places)

    def _may_be_one(self, one: int, two: int) -> bool:
        """By what they are and when they were published, whatever their words say."""
        first, second = self.sketches[one], self.sketches[two]
        return _are_of_one_time(first.article, second.article) and not first.explains and not second.explains

    def _is_hinted(self, one: int, two: int) -> bool:
        later = self._hinted[one]
        at = bisect_left(later, two)
        return later[at : at + 1] == [two]

    def _closeness(self, one: int, two: int) -> float:
        if (one, two) not in self._close:
            (likeness,) = self._likeness.of(one, [two])
            self._close[one, two] = closeness(likeness, self._near[one], self._near[two])
        return self._close[one, two]

    def _points(self, places: tuple[int, int], *, without_figures: bool = False) -> float:
        one, two = places
        first, second = self.sketches[one], self.sketches[two]
        marks = self._rare[one] & self._rare[two]
        figures = {mark: self._rarity[mark] for mark in marks if mark in first.figures}
        shared = Shared(
            closeness=self._closeness(one, two),
            spread=self._spread,
            told=self._likeness.told(one, two),
            names=fsum(self._rarity[mark] for mark in marks if mark in first.names),
            figures={} if without_figures else figures,
        )
        return score(signs(first, second, shared))

    def _reason(self, first: Sketch, second: Sketch, marks: Collection[str]) -> str:
        if marks:
            return f"both name {', '.join(self._said(first, marks)[:4])}"
        frequency = self._likeness.frequency
        shared = spelled(first.article, {*first.words} & {*second.words} - self._likeness.common)
        rarest = sorted(shared, key=lambda stem: (frequency[stem], shared[stem]))
        return f"both use rare words: {', '.join(shared[stem] for stem in rarest[:4])}"

    def _said(self, first: Sketch, marks: Collection[str]) -> list[str]:
        """The marks as the first article writes them, names before figures and days, and the rarest first."""
        rarest = sorted(marks, key=lambda mark: (-self._rarity[mark], mark))
        figures = [written_figure(mark) for mark in rarest if mark in first.figures]
        days = [written_day(mark) for mark in rarest if mark in first.days]
        return [*written_names(first.article, set(rarest) & first.names), *figures, *days]


def _sharing(articles: Iterable[Collection[T]], least: int) -> Iterator[tuple[int, int, int]]:
    """Every two articles that share so much of what each has, the earlier first, and how much. Counted an article at a
    time: one table of all pairs, most of which share less, took a quarter more."""
    holders: dict[T, list[int]] = defaultdict(list)
    for place, has in enumerate(articles):
        shared = Counter(chain.from_iterable([holders[one] for one in has]))
        yield from ((earlier, place, count) for earlier, count in shared.items() if count >= least)
        for one in has:
            holders[one].append(place)


def are_of_one_template(one: Sketch, two: Sketch) -> bool:
    """Whether two texts that share their sentences tell of other things: other places and figures, or other figures."""
    fewer = min(len(one.figures), len(two.figures))
    if not fewer:
        return False
    alike = len(one.figures & two.figures) / fewer
    if one.opening_places and two.opening_places and one.opening_places.isdisjoint(two.opening_places):
        return alike <= ALIKE_FIGURES
    return fewer >= FEW_FIGURES and alike < ANY_FIGURES


def _share_a_template(one: Sketch, two: Sketch) -> bool:
    fewer = min(len(one.shingles), len(two.shingles))
    shared = len(one.shingles & two.shingles)
    return shared >= LEAST_SHINGLES and shared / fewer >= COPY / 2 and are_of_one_template(one, two)


def _are_of_one_time(one: Article, two: Article) -> bool:
    if one.published_is_guess or two.published_is_guess:
        return True
    return abs(one.published - two.published) <= (FOLLOW_UP if one.outlet == two.outlet else APART)
