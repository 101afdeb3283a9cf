"""How many stories each topic had, week by week. Pure.

Counted are stories that were accepted: the items of this draft, and of the last draft for each earlier meeting, as
kept. Stored articles are not judged anew for it: the rules of today would count other stories than those that were
reported. A story counts once, under its first topic, on the day of its earliest link, so the figures add up to
stories. A story that stands in two meetings' drafts counts in the earlier; one without a link has no day, and counts
in none.

A week is seven days, the last one ending on the last day of the draft's window: calendar weeks would end in a dip on
every Monday morning. At most `MOST_WEEKS` are shown; what is older is in the column "Older".
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model import Edition, Item
from monitor.reporting.wording import day_in_london, one_line

MOST_WEEKS = 8
# From none to many. Contrast of the page's text on the darkest: 10.6 to 1.
TINTS = ("FFFFFF", "E3EDF8", "C6DBF0", "A3C6E8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    counts: tuple[int, ...]  # a figure a column

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    columns: tuple[str, ...]  # "Older", "6 Oct", "13 Oct"
    rows: tuple[Row, ...]  # most stories first; never empty
    all_topics: Row  # the sums
    first_day: date  # the earliest that counts

    @property
    def most(self) -> int:
        """The largest figure of a topic in a week."""
        return max(count for row in self.rows for count in row.counts)

    def tint(self, count: int) -> str:
        """The colour behind a figure, as RRGGBB; the figure itself says the same."""
        return TINTS[-(-count * (len(TINTS) - 1) // self.most)]


def last_day(edition: Edition) -> date:
    return day_in_london(edition.basis.window.until)


def topics_over_weeks(edition: Edition, others: Sequence[Edition], names: Mapping[str, str]) -> Chart | None:
    """`others` are the last drafts for earlier meetings, first to last; `names` are of topics, by id. None where
    there is nothing to count."""
    days = [(day, _topic(item, names)) for item in _once((*others, edition)) if (day := _day(item))]
    if not days:
        return None
    end = last_day(edition)
    spans = [(max(0, (end - day).days // 7), topic) for day, topic in days]
    oldest = max(span for span, _ in spans)
    weeks = range(min(oldest, MOST_WEEKS - 1), -1, -1)
    columns = (*(["Older"] if oldest >= MOST_WEEKS else []), *(_week_name(end, week) for week in weeks))
    counted = Counter((min(span, MOST_WEEKS), topic) for span, topic in spans)
    shown = (*([MOST_WEEKS] if oldest >= MOST_WEEKS else []), *weeks)
    rows = [
        Row(name=topic, counts=tuple(counted[week, topic] for week in shown))
        for topic in {topic for _, topic in spans}
    ]
    return Chart(
        columns=columns,
        rows=tuple(sorted(rows, key=lambda row: (-row.total, row.name))),
        all_topics=Row(
            name="All topics", counts=tuple(map(sum, zip(*(row.counts for row in rows), strict=True)))
        ),
        first_day=min(day for day, _ in days),
    )


def _once(editions: Sequence[Edition]) -> Iterator[Item]:
    """The items, without those of which an article was counted before."""
    seen: set[str] = set()
    for edition in editions:
        for item in edition.items:
            articles = {link.article for link in item.links}
            if not articles & seen:
                yield item
            seen |= articles


def _day(item: Item) -> date | None:
    return min((link.published for link in item.links), default=None)


def _topic(item: Item, names: Mapping[str, str]) -> str:
    return one_line(names.get(item.topics[0], item.topics[0])) if item.topics else "No topic"


def _week_name(end: date, week: int) -> str:
    first = end - timedelta(days=7 * week + 6)
    return f"{first.day} {first:%b}"
