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
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain, combinations
from math import fsum
from typing import NamedTuple

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

_Pairs = dict[tuple[int, int], list[str]]


# A pair that is close enough to be weighed: how close, and the rare marks that both have.
_Close = tuple[float, list[str]]


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
        self._close: dict[tuple[int, int], _Close] = {}  # the pairs that may be weighed
        self._scores: dict[tuple[int, int], float] = {}
        self.pairs = [*self._same_articles(), *self._copies(), *self._reports()]

    def score(self, one: int, two: int) -> float:
        """How much speaks for two reports to be of one event, whether they are a pair or not: a story is judged by all
        its pairs. 0 where nothing does, or they cannot be."""
        pair = (one, two)
        if pair not in self._scores:
            self._scores[pair] = self._weighed(pair) if pair in self._close else 0.0
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
            if count < LEAST_SHINGLES or (part := count / min(own[one], own[two])) < COPY:
                continue
            if not are_of_one_template(self.sketches[one], self.sketches[two]):
                reason = f"{part:.0%} of the shorter text stands in the longer"
                yield Pair(one, two, Kinship.COPY, part, reason)

    def _reports(self) -> Iterator[Pair]:
        shared = self._candidates()
        likenesses = self._likeness.of(shared, LEAST_CLOSENESS * LEAST_NEAR * A_HAIR_LESS)
        relatives: dict[int, list[float]] = defaultdict(list)
        for (one, two), likeness in likenesses.items():
            if likeness > STRANGER:
                relatives[one].append(likeness)
                relatives[two].append(likeness)
        near = [kin(relatives.get(place, ())) for place in range(len(self.sketches))]
        worth = {mark: rarity * worth_of(mark) for mark, rarity in self._rarity.items()}
        least, told = (DOUBTFUL - most_of_days(self._spread)) * A_HAIR_LESS, self._likeness.told
        for pair, likeness in likenesses.items():
            one, two = pair
            close, marks = closeness(likeness, near[one], near[two]), shared[pair]
            if close < LEAST_CLOSENESS:
                continue
            self._close[pair] = close, marks
            points = POINTS.closeness * close + sum([worth[mark] for mark in marks])
            if points + POINTS.told * told(one, two) >= least and (report := self._report(pair)):
                yield report

    def _candidates(self) -> _Pairs:
        count = len(self.sketches)
        shared = self._sharing_marks(min(50, max(MOST_HOLDERS, count // 30)))
        for places in self._sharing_words(MOST_HOLDERS if count < MANY else MOST_HOLDERS_OF_MANY):
            shared.setdefault(places, [])
        return shared

    def _sharing_marks(self, most: int) -> _Pairs:
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sketch in enumerate(self.sketches):
            for mark in chain(sketch.names - self._seen, sketch.figures, sketch.days):
                holders[mark].append(place)
        shared: _Pairs = defaultdict(list)
        total = math.log(self._likeness.total)
        for mark, places in holders.items():
            if 1 < len(places) <= most:
                self._rarity[mark] = 1 - math.log(len(places)) / total
                for pair in combinations(places, 2):
                    shared[pair].append(mark)
        return shared

    def _sharing_words(self, most: int) -> Iterator[tuple[int, int]]:
        common = self._likeness.common
        rare = {
            word
            for word, count in self._likeness.frequency.items()
            if 1 < count <= most and word not in common
        }
        holders: dict[str, list[int]] = defaultdict(list)
        for place, sketch in enumerate(self.sketches):
            for word in rare.intersection(sketch.words):
                holders[word].append(place)
        counts: Counter[tuple[int, int]] = Counter()
        for places in holders.values():
            counts.update(combinations(places, 2))
        yield from (pair for pair, count in counts.items() if count >= RARE_WORDS)

    def _report(self, places: tuple[int, int]) -> Pair | None:
        one, two = places
        first, second = self.sketches[one], self.sketches[two]
        close, marks = self._close[places]
        if (points := self.score(one, two)) < DOUBTFUL:
            return None
        telling = [mark for mark in marks if not (mark in first.figures and is_small(mark))]
        plainly = points if telling or not marks else self._points(places, without_figures=True)
        reason = self._reason(first, second, marks if telling else [])
        return Pair(one, two, Kinship.REPORT, points, reason, plainly >= DOUBTFUL)

    def _weighed(self, places: tuple[int, int]) -> float:
        first, second = (self.sketches[place] for place in places)
        if first.explains or second.explains or not _may_be_one(first.article, second.article):
            return 0.0
        return 0.0 if _share_a_template(first, second) else self._points(places)

    def _points(self, places: tuple[int, int], *, without_figures: bool = False) -> float:
        one, two = places
        first, second = self.sketches[one], self.sketches[two]
        close, marks = self._close[places]
        figures = {mark: self._rarity[mark] for mark in marks if mark in first.figures}
        shared = Shared(
            closeness=close,
            spread=self._spread,
            told=self._likeness.told(one, two),
            names=fsum(self._rarity[mark] for mark in marks if mark in first.names),
            figures={} if without_figures else figures,
        )
        return score(signs(first, second, shared))

    def _reason(self, first: Sketch, second: Sketch, marks: Sequence[str]) -> str:
        if marks:
            return f"both name {', '.join(self._said(first, marks)[:4])}"
        frequency = self._likeness.frequency
        shared = spelled(first.article, {*first.words} & {*second.words} - self._likeness.common)
        rarest = sorted(shared, key=lambda stem: (frequency[stem], shared[stem]))
        return f"both use rare words: {', '.join(shared[stem] for stem in rarest[:4])}"

    def _said(self, first: Sketch, marks: Sequence[str]) -> list[str]:
        """The marks as the first article writes them, names before figures and days, and the rarest first."""
        rarest = sorted(marks, key=lambda mark: (-self._rarity[mark], mark))
        figures = [written_figure(mark) for mark in rarest if mark in first.figures]
        days = [written_day(mark) for mark in rarest if mark in first.days]
        return [*written_names(first.article, set(rarest) & first.names), *figures, *days]


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


def _may_be_one(one: Article, two: Article) -> bool:
    if one.published_is_guess or two.published_is_guess:
        return True
    return abs(one.published - two.published) <= (FOLLOW_UP if one.outlet == two.outlet else APART)
