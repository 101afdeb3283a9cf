"""Whether the collector is dead: nothing new for longer than the archive's own rhythm allows. Pure. The specification:

*The rhythm* is the archive's own: when, in the eight weeks before the last new article, new ones came. News has a week:
fewer at night, fewer still on Sundays. So it is asked how long a stretch without anything new was usual about this hour
of the week: of each of those weeks the longest stretch that touches the six hours before and after, and of these
stretches the one that three quarters do not exceed, so that a week in which the machine slept does not count.

*What is allowed* is three times that, and half a day at least: a bank holiday, or a rule of an outlet's that keeps its
stories back, is no outage. These two are choices, not measurements: with a hundred feeds the usual stretch is some
minutes by day and a few hours by night, so half a day decides, and a dead collector is told within it. With three weekly
papers the stretch is days, and the three decide.

*A young archive* of less than three such weeks knows only its longest stretch so far, and is given two days at least;
one that saw new articles but once knows nothing.

*Until when* is the moment at which a feed last answered, not now: while no feed is asked, nothing can be new. That is
another trouble, and told as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

WEEK = timedelta(days=7)
WEEKS = 8
LOOKED_AT = WEEK * (WEEKS + 1)  # how far back before the last new article
AROUND = timedelta(hours=6)
ENOUGH_WEEKS = 3
TIMES = 3
LEAST = timedelta(hours=12)
LEAST_YOUNG = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull:
    """Nothing new for longer than is allowed."""

    since: datetime
    usual: timedelta  # the longest usual stretch
    weeks: int  # by how many weeks; 0: by all that there is


def lull(sightings: Sequence[datetime], answered: datetime) -> Lull | None:
    """`sightings` are moments at which new articles came, in order; `answered` is when a feed last did."""
    stretches = list(pairwise(sightings))
    if not stretches:
        return None
    last = sightings[-1]
    weekly = [found for about in _same_hours(answered, last) if (found := _longest_about(about, stretches))]
    if len(weekly) < ENOUGH_WEEKS:
        usual, least, weekly = max(later - earlier for earlier, later in stretches), LEAST_YOUNG, []
    else:
        usual, least = sorted(weekly)[(3 * len(weekly) + 3) // 4 - 1], LEAST
    if answered - last <= max(TIMES * usual, least):
        return None
    return Lull(since=last, usual=usual, weeks=len(weekly))


def _same_hours(answered: datetime, last: datetime) -> list[datetime]:
    """This hour of the week in the weeks before the last new article."""
    passed = max((answered - last) // WEEK, 0)
    return [answered - WEEK * (passed + back) for back in range(1, WEEKS + 1)]


def _longest_about(about: datetime, stretches: Sequence[tuple[datetime, datetime]]) -> timedelta | None:
    touching = [
        later - earlier
        for earlier, later in stretches
        if earlier <= about + AROUND and later >= about - AROUND
    ]
    return max(touching, default=None)
