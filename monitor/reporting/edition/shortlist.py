"""The twelve: which of the stories that are in a report has room for, in which order, and why not the others.

1. What the officer kept or took has its place, and counts against every limit below. What she took by a tick or a word
   has no place of hers, and stands where its part of the report is; an item of her own without a place is the last.
2. The others are taken greedily by points, the fuller of equals first: at most `per_topic` of one first topic, and one
   story a subject. The readers of five sets chose ten topics among eleven, and never two stories of one subject.
3. Of the places, `good_news` are kept for good news (an operation's totals, money for victims), one for each ground,
   where less than that has come in by points: both real reports end so.
4. *Order of the report*: its parts as the real ones have them, critical first, successes last; within a part by points.
5. *Further stories* by points too: a second dozen under the same limits, then the rest.

With `items` None every story is in the report, in the order in which it came.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model import Weight
from monitor.settings import Part, ReportSize

_PARTS = [part.value for part in Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that is in."""

    story: str  # its id
    heading: str
    weight: Weight
    topic: str  # the id of its first topic; "" where it has none
    length: int  # of the text that speaks for it, in characters
    published: datetime
    is_decided: bool = False  # the officer kept it, took it or added it
    is_placed: bool = True  # of a decided one: she gave it its place; a tick gives none
    is_last: bool = False  # without a place it stands behind all parts: an item of her own is of none


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Ids of stories. Of decided ones the order is the officer's; they stand in `report` as they came."""

    report: tuple[str, ...]
    further: tuple[str, ...]
    outside: dict[str, str] = field(
        default_factory=dict
    )  # of each further story, why it is not in the report


def shortlist(candidates: Sequence[Candidate], size: ReportSize) -> Shortlist:
    """Blind to the order in which the candidates come, but for decided ones."""
    if size.items is None:
        return Shortlist(report=tuple(one.story for one in candidates), further=())
    decided = [one for one in candidates if one.is_decided]
    ranked = sorted((one for one in candidates if not one.is_decided), key=_rank)
    room = _Room(size, decided)
    room.fill(ranked, size.items - max(size.good_news - room.good_news, 0))
    room.fill_with_good_news(ranked, size.items)
    room.fill(ranked, size.items)
    chosen = room.chosen[len(decided) :]
    left = [one for one in ranked if one not in chosen]
    placed = [one for one in decided if one.is_placed]
    adrift = [one for one in decided if not one.is_placed]
    return Shortlist(
        report=tuple(one.story for one in (*placed, *sorted((*adrift, *chosen), key=_in_report))),
        further=tuple(one.story for one in _further(left, room, size)),
        outside={one.story: room.why_not(one) for one in left},
    )


class _Room:
    """The places of a report while they are filled."""

    def __init__(self, size: ReportSize, decided: Sequence[Candidate]) -> None:
        self._size = size
        self.chosen = list(decided)

    @property
    def good_news(self) -> int:
        return len({one.weight.good_news for one in self.chosen} - {""})

    def fill(self, ranked: Sequence[Candidate], places: int) -> None:
        """Until so many places are taken in all."""
        for one in ranked:
            if len(self.chosen) >= places:
                return
            if one not in self.chosen and not self._before(one):
                self.chosen.append(one)

    def fill_with_good_news(self, ranked: Sequence[Candidate], places: int) -> None:
        """With the best of each kind that is not there yet; what counts against a story is no good news."""
        for one in ranked:
            kinds = {other.weight.good_news for other in self.chosen}
            if len(self.chosen) >= places or self.good_news >= self._size.good_news:
                return
            is_wanted = one.weight.good_news and one.weight.good_news not in kinds and one.weight.points > 0
            if is_wanted and not self._before(one):
                self.chosen.append(one)

    def _before(self, one: Candidate) -> list[Candidate]:
        """The chosen stories that keep it out: that of its subject, or as many of its topic as there may be."""
        subject = [
            other
            for other in self.chosen
            if one.weight.subject and other.weight.subject == one.weight.subject
        ]
        topic = [other for other in self.chosen if one.topic and other.topic == one.topic]
        return subject or (topic if len(topic) >= self._size.per_topic else [])

    def why_not(self, one: Candidate) -> str:
        before = self._before(one)
        named = ", ".join(f"“{other.heading}”" for other in before)
        if before and before[0].weight.subject and before[0].weight.subject == one.weight.subject:
            return f"the report has one story on a subject, and before it of the same subject: {named}"
        if before:
            return f"before it of the same topic: {named}"
        return self._lacking(one)

    def _lacking(self, one: Candidate) -> str:
        """Against the least that came in by its points."""
        last = min(
            (other for other in self.chosen if not other.is_decided),
            key=lambda other: other.weight.points,
            default=None,
        )
        if last is None:
            return "no place is left: the officer’s own choice fills the report"
        short = last.weight.points - one.weight.points
        if short <= 0:
            return (
                f"no place is left: as many stories weigh as much, and “{last.heading}” is the fuller or stands for "
                "good news"
            )
        mine = {ground.says.partition(" (“")[0] for ground in one.weight.grounds}
        grounds = [ground.says for ground in last.weight.grounds if ground.points > 0]
        lacks = [says for says in grounds if says.partition(" (“")[0] not in mine][:2]
        points = f"{short} {'point' if short == 1 else 'points'}"
        counts = f"; what counts there and not here: {', and '.join(lacks)}" if lacks else ""
        return f"{points} fewer than “{last.heading}”, the last that came in by its points{counts}"


def _rank(one: Candidate) -> tuple[object, ...]:
    return (-one.weight.points, -one.length, -one.published.timestamp(), one.story)


def _in_report(one: Candidate) -> tuple[object, ...]:
    part = one.weight.part
    return (
        one.is_last,
        _PARTS.index(part) if part in _PARTS else _PARTS.index(Part.ANNOUNCEMENTS),
        *_rank(one),
    )


def _further(left: Sequence[Candidate], room: _Room, size: ReportSize) -> Iterator[Candidate]:
    """A dozen that would be a report of their own, beside the subjects that are told; then what is left."""
    subjects = {one.weight.subject for one in room.chosen} - {""}
    topics: Counter[str] = Counter()
    dozen: list[Candidate] = []
    for one in left:
        if len(dozen) >= (size.items or 0):
            break
        if one.weight.subject not in subjects and not (one.topic and topics[one.topic] >= size.per_topic):
            dozen.append(one)
            topics[one.topic] += 1
            subjects |= {one.weight.subject} - {""}
    yield from dozen
    yield from (one for one in left if one not in dozen)
