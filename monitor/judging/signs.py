"""What speaks for and against two reports being of one event, and how much.

Each sign is a number: how strong it is, or 1 where it is there. `POINTS` says what one of it is worth. They were set on
stories told by several outlets and on families of look-alikes (tests/quality), each set by what the others taught.

- *Closeness* weighs most: how alike the words are, beside how alike either is to others (`likeness.py`).
- *Figures* that both name, most of all those that are not round: 183 says more than 100,000. Against: each names
  figures, shares in per cent, or sums of money, and they have none in common; likewise the figures in the headlines.
- *Places*: that headline and opening name others speaks against. A story from elsewhere
  and one of ours are hardly one event, however alike: every force has its precept and its week against knives.
- *Days*: published within three days, or within ten; where a day is not known, the days and the latest years that the
  texts name stand in.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from math import fsum
from operator import mul
from typing import NamedTuple

from monitor.judging.figures import digits_that_count
from monitor.judging.grounds import is_elsewhere
from monitor.judging.sketch import MONTHS, Sketch
from monitor.model import Article

SOON = timedelta(days=3)
APART = timedelta(days=10)
RARELY_SOON = 0.02  # of the pairs: as in the windows of years on which the points were set
LEAST_SPREAD = 0.3
ENOUGH = 4  # figures without one in common: more say no more


class Shared(NamedTuple):
    """What both have, as far as the whole window says how rare it is."""

    closeness: float
    spread: float  # of the days: how much it says that two were published soon after each other
    told: float
    names: float
    figures: Mapping[str, float]


class Signs(NamedTuple):
    closeness: float
    told: float  # how much of each headline the other tells
    names: float
    telling_figures: float  # of two digits that count and more
    great_figures: float  # of three and more
    soon: float
    within_days: float
    named_day: float  # one of the days that one names is near one of the other's, where a day is not known
    other_figures: float  # how many the one that names fewer names, none of them the other's
    other_shares: float
    other_sums: float
    other_headline_figures: float
    other_places: float
    elsewhere: float
    same_outlet: float
    other_days: float
    other_year: float


POINTS = Signs(
    closeness=0.48,
    told=0.115,
    names=0.005,
    telling_figures=0.075,
    great_figures=0.12,
    soon=0.27,
    within_days=0.16,
    named_day=0.075,
    other_figures=-0.03,
    other_shares=-0.1,
    other_sums=-0.03,
    other_headline_figures=-0.06,
    other_places=-0.12,
    elsewhere=-0.35,
    same_outlet=-0.115,
    other_days=-0.155,
    other_year=-0.045,
)


def score(found: Signs) -> float:
    points: float = sum(map(mul, found, POINTS))
    return max(0.0, min(1.0, points))


def most_of_days(spread: float) -> float:
    """What being told or published within days of each other can give at most."""
    return max(POINTS.soon * spread, POINTS.within_days * spread, POINTS.named_day)


@lru_cache(maxsize=1 << 15)
def worth_of(mark: str) -> float:
    """What a mark that two have gives at most, where nothing is as rare: a name, a figure, or a day ("9 february")."""
    if " " in mark:
        return 0.0
    digits = digits_that_count(mark) if mark[0] in "£%0123456789" else 0
    figure = POINTS.telling_figures * (digits >= 2) + POINTS.great_figures * (digits >= 3)
    return max(POINTS.names, figure)


def spread(articles: Sequence[Article]) -> float:
    """From `LEAST_SPREAD` in a week's window, where any two were published soon, to 1 where hardly any were."""
    days = sorted(one.published for one in articles if not one.published_is_guess)
    pairs = len(days) * (len(days) - 1) / 2
    soon = sum(bisect_right(days, day + SOON) - place - 1 for place, day in enumerate(days))
    return max(LEAST_SPREAD, min(1.0, math.log((soon + 1) / (pairs + 1)) / math.log(RARELY_SOON)))


def signs(one: Sketch, two: Sketch, shared: Shared) -> Signs:
    first, second = one.article, two.article
    known = not first.published_is_guess and not second.published_is_guess
    apart = abs(first.published - second.published) if known else None
    days = None if known else _nearest(_days_of_year(one), _days_of_year(two))
    years = {_latest_year(one), _latest_year(two)} - {0}
    return Signs(
        closeness=shared.closeness,
        told=shared.told,
        names=shared.names,
        telling_figures=_rarity_of_figures(shared, 2),
        great_figures=_rarity_of_figures(shared, 3),
        soon=shared.spread if apart is not None and apart <= SOON else 0.0,
        within_days=shared.spread if apart is not None and SOON < apart <= APART else 0.0,
        named_day=days is not None and days <= SOON.days and len(years) < 2,
        other_figures=min(len(one.figures), len(two.figures), ENOUGH)
        if one.figures.isdisjoint(two.figures)
        else 0,
        other_shares=_differ(one.shares, two.shares),
        other_sums=_differ(one.sums, two.sums),
        other_headline_figures=_differ(one.headline_figures, two.headline_figures),
        other_places=_differ(_told_places(one), _told_places(two)),
        elsewhere=_sides(one) * _sides(two) < 0,
        same_outlet=first.outlet == second.outlet,
        other_days=days is not None and days > 2 * APART.days,
        other_year=not known and len(years) > 1,
    )


def _rarity_of_figures(shared: Shared, digits: int) -> float:
    return fsum(rarity for figure, rarity in shared.figures.items() if digits_that_count(figure) >= digits)


def _differ(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one) and bool(two) and one.isdisjoint(two)


def _told_places(sketch: Sketch) -> frozenset[str]:
    return sketch.opening_places - {"ours"}


def _sides(sketch: Sketch) -> int:
    """1 where all places are ours, -1 where none is, 0 where it names none or both."""
    theirs = sum(map(is_elsewhere, sketch.places))
    return (len(sketch.places) > theirs) - (theirs > 0)


def _latest_year(sketch: Sketch) -> int:
    """The latest that it names or was published in; 0 where neither is known."""
    article = sketch.article
    return sketch.year if article.published_is_guess else max(sketch.year, article.published.year)


def _days_of_year(sketch: Sketch) -> list[int]:
    """The days that it names and the one on which it was published, roughly: months of 30.4 days."""
    named = [(int(day), MONTHS.index(month)) for day, month in (mark.split() for mark in sketch.days)]
    if not sketch.article.published_is_guess:
        named.append((sketch.article.published.day, sketch.article.published.month - 1))
    return [round(30.4 * month) + day for day, month in named]


def _nearest(one: Sequence[int], two: Sequence[int]) -> int | None:
    """The days between the nearest two, round the turn of the year too; None where one side has none."""
    return min((min(abs(a - b), 365 - abs(a - b)) for a in one for b in two), default=None)
