"""Which backups are kept: of the last days, weeks and months that have any, the newest of each.

A backup of after now (a clock that went wrong) counts for nothing and is left alone until its time has come.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from monitor.settings import Backups


def superfluous(made: Iterable[datetime], now: datetime, rule: Backups) -> tuple[datetime, ...]:
    """Those that need not be kept, oldest first; never the newest."""
    past = sorted((moment for moment in made if moment <= now), reverse=True)
    kept = set(past[:1])
    kept |= _newest_of_each(past, rule.daily, lambda moment: moment.date())
    kept |= _newest_of_each(past, rule.weekly, lambda moment: moment.isocalendar()[:2])
    kept |= _newest_of_each(past, rule.monthly, lambda moment: (moment.year, moment.month))
    return tuple(moment for moment in reversed(past) if moment not in kept)


def _newest_of_each(past: list[datetime], most: int, span: Callable[[datetime], object]) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for moment in past:
        newest.setdefault(span(moment), moment)
    return set(list(newest.values())[:most])
