"""The choice measured: a pool's events are judged, weighed and shortlisted as a draft's stories are.

    labelled reports | judge | speaker | weigh | shortlist | beside what the readers chose

The labels join reports to events, so that the choice is measured and not the grouping; whether an event is in, the
rules say. All are taken to be of the same two months, so nothing is fresh; the panel's business counts where the
meeting is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.judging.labelled import LabelledStory
from monitor.judging.pools import PoolEvent
from monitor.judging.priority import Circumstances, Scales
from monitor.model import Choice, JudgedStory, Story, Weight
from monitor.reporting.edition.assemble import speaker
from monitor.reporting.edition.cycle import coming, handled
from monitor.reporting.edition.shortlist import Candidate, shortlist
from monitor.settings import Config

DOZEN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An event in the order of the choice."""

    place: int  # from 1
    event: PoolEvent
    weight: Weight
    outside: str  # why it is not in the report; "" where it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    placed: tuple[Placed, ...]
    out: tuple[PoolEvent, ...]  # that the rules do not include

    @property
    def chosen(self) -> int:
        return sum(one.event.chosen for one in self.placed) + sum(event.chosen for event in self.out)

    def among(self, first: int) -> int:
        """How many of the chosen stand among the first so many."""
        return sum(one.event.chosen for one in self.placed[:first])

    def as_record(self) -> dict[str, Any]:
        return {
            "events": len(self.placed) + len(self.out),
            "chosen": self.chosen,
            "among_12": self.among(DOZEN),
            "among_24": self.among(2 * DOZEN),
            "order": [
                {
                    "story": one.event.story,
                    "chosen": one.event.chosen,
                    **asdict(one.weight),
                    "outside": one.outside,
                }
                for one in self.placed
            ],
            "out": [event.story for event in self.out],
        }

    def lines(self) -> Iterator[str]:
        yield f"{len(self.placed) + len(self.out)} events, {self.chosen} of them chosen by the readers"
        yield f"among the first 12: {self.among(DOZEN)} of {self.chosen}"
        yield f"among the first 24: {self.among(2 * DOZEN)} of {self.chosen}"
        for one in self.placed:
            if one.place <= DOZEN or one.event.chosen:
                grounds = "; ".join(f"{ground.points:+d} {ground.says}" for ground in one.weight.grounds)
                yield f"{one.place:4}. {'*' if one.event.chosen else ' '} {one.event.title} ({one.weight.points}: {grounds})"
                if one.outside:
                    yield f"        {one.outside}"
        for event in self.out:
            if event.chosen:
                yield f"   out  * {event.title}"


def rank(
    stories: Sequence[LabelledStory], pool: Sequence[PoolEvent], config: Config, meeting: date | None = None
) -> Ranking:
    """Raises InputError where an event has no report."""
    judged = {event.story: one for event, one in _judged(stories, pool, config)}
    included = {slug: one for slug, one in judged.items() if one.verdict.choice is Choice.INCLUDE}
    scales = Scales(config.rules, config.gazetteer, _business(config, meeting))
    weights = {slug: scales.weigh(one) for slug, one in included.items()}
    chosen = shortlist(
        [_candidate(slug, one, weights[slug]) for slug, one in included.items()], config.panel.size
    )
    events = {event.story: event for event in pool}
    return Ranking(
        placed=tuple(
            Placed(
                place=place, event=events[slug], weight=weights[slug], outside=chosen.outside.get(slug, "")
            )
            for place, slug in enumerate((*chosen.report, *chosen.further), 1)
        ),
        out=tuple(event for event in pool if event.story not in included),
    )


def _business(config: Config, meeting: date | None) -> Circumstances:
    if meeting is None:
        return Circumstances()
    panel = config.panel
    return Circumstances(coming=coming(panel.programme, meeting), handled=handled(panel.handled, meeting))


def _judged(
    stories: Sequence[LabelledStory], pool: Sequence[PoolEvent], config: Config
) -> Iterator[tuple[PoolEvent, JudgedStory]]:
    judge = prepare(config.rules, config.gazetteer)
    for event in pool:
        articles = [story.article for story in stories if story.story == event.story]
        if not articles:
            raise InputError(
                f"No labelled story is a report of {event.story}: name the file that holds its reports."
            )
        verdicts = {article.id: judge.verdict(article) for article in articles}
        yield event, speaker(Story(id=articles[0].id, articles=tuple(articles)), verdicts)


def _candidate(slug: str, one: JudgedStory, weight: Weight) -> Candidate:
    return Candidate(
        story=slug,
        heading=one.speaker.title,
        weight=weight,
        topic=one.verdict.topics[0] if one.verdict.topics else "",
        length=len(one.speaker.text),
        published=one.speaker.published,
    )
