"""Whether the collector is dead: nothing new for longer than the archive's own rhythm allows. Pure. The specification:

*The rhythm* is the archive's own: when, in the eight weeks before the last new article, new ones came. News has a week:
fewer at night, fewer still on Sundays. So it is asked how long a stretch without anything new is usual about an hour of
the week: of each of those weeks the longest stretch that touches the six hours before and after, and of these stretches
the middle one, so that weeks in which the machine slept do not count.

*What is allowed* is the stretch that is usual about the hour of the last new article, and after that twice what is
usual about this hour, and half a day at least: what begins on Friday evening lasts over the weekend, a bank holiday
makes it longer, and neither is an outage. Twice and half a day are choices, not measurements: with a hundred feeds
the usual stretch is minutes by day and a few hours by night, so the half day decides, and a dead collector is told
within a day. With three weekly papers the stretch is days, and twice that decides.

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
TIMES = 2
LEAST = timedelta(hours=12)
LEAST_YOUNG = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull:
    """Nothing new for longer than is allowed."""

    since: datetime
    usual: timedelta  # the longest stretch that is usual about now, or about when it began
    weeks: int  # by how many weeks; 0: by all that there is


def lull(sightings: Sequence[datetime], answered: datetime) -> Lull | None:
    """`sightings` are moments at which new articles came, in order; `answered` is when a feed last did."""
    stretches = list(pairwise(sightings))
    if not stretches:
        return None
    last = sightings[-1]
    weeks, begins, lasts = WEEKS, *(_usual_about(moment, last, stretches) for moment in (last, answered))
    least = LEAST
    if begins is None or lasts is None:
        begins = lasts = max(later - earlier for earlier, later in stretches)
        weeks, least = 0, LEAST_YOUNG
    if answered - last <= begins + max(TIMES * lasts, least):
        return None
    return Lull(since=last, usual=max(begins, lasts), weeks=weeks)


def _usual_about(
    moment: datetime, last: datetime, stretches: Sequence[tuple[datetime, datetime]]
) -> timedelta | None:
    """How long a stretch is usual about this hour of the week; None where too few weeks can tell."""
    passed = max((moment - last) // WEEK, 0)  # no week after the last new article can
    hours = (moment - WEEK * (passed + back) for back in range(1, WEEKS + 1))
    weekly = sorted(found for hour in hours if (found := _longest_about(hour, stretches)))
    return weekly[(len(weekly) - 1) // 2] if len(weekly) >= ENOUGH_WEEKS else None


def _longest_about(about: datetime, stretches: Sequence[tuple[datetime, datetime]]) -> timedelta | None:
    touching = [
        later - earlier
        for earlier, later in stretches
        if earlier <= about + AROUND and later >= about - AROUND
    ]
    return max(touching, default=None)
