"""Counts by week become rows. A zero is a zero; a week in which no feed was read and nothing came is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model import Counted
from monitor.reporting.overview.period import Period, monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    id: str
    name: str
    weeks: tuple[int | None, ...]  # None: nothing was read in that week, so nothing could be counted
    total: int
    before: int  # in the days with which it is compared

    @property
    def change(self) -> str:
        """Against the days before, in words."""
        more = self.total - self.before
        if not self.before:
            return "none before" if self.total else "none before either"
        return f"{'+' if more > 0 else '−' if more < 0 else '±'}{abs(more):,} (was {self.before:,})"


def blind_weeks(period: Period, read: Sequence[Counted], polled: Sequence[bool]) -> frozenset[date]:
    """The weeks in which nothing was read: no feed answered, as far as polls are still kept, and nothing came."""
    came = {one.week for one in read if one.count}
    return frozenset(
        week for week, was in zip(period.weeks, polled, strict=True) if not was and monday(week) not in came
    )


def rows(
    period: Period,
    names: Mapping[str, str],
    counted: Iterable[Counted],
    before: Mapping[str, int],
    blind: frozenset[date],
) -> tuple[Row, ...]:
    """A row a name, also of what was never counted, the most first; alike ones in the order of the names. What was
    counted and has no name (a topic that is no more) is left out."""
    found: dict[tuple[str, date], int] = {}
    for one in counted:
        found[one.value, one.week] = found.get((one.value, one.week), 0) + one.count
    made = [_row(period, id, name, found, before.get(id, 0), blind) for id, name in names.items()]
    return tuple(sorted(made, key=lambda row: -row.total))


def _row(
    period: Period,
    id: str,
    name: str,
    found: Mapping[tuple[str, date], int],
    before: int,
    blind: frozenset[date],
) -> Row:
    weeks = [None if week in blind else found.get((id, monday(week)), 0) for week in period.weeks]
    return Row(id=id, name=name, weeks=tuple(weeks), total=sum(week or 0 for week in weeks), before=before)
