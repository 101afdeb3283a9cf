"""Drops that keep coming back for one reason: a phrase that spoke for stories which the officer then struck.

A phrase is named where at least FEWEST dropped stories have it as evidence for them and no kept one does. Stories are
counted once, however many drafts they stood in, and as the officer last left them. Phrases that tell of the same
stories are one reason: the longest of them, which says most, is named. Nothing changes by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.model import Decision, Learned, Said, Verdict
from monitor.reporting.edition.past import standing
from monitor.reporting.wording import say_count

FEWEST = 4
MOST = 3  # suggestions at a time
SPEAKS_FOR = ("topic ", "cue raise ", "body ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A phrase whose stories were all dropped."""

    rule: str  # as evidence names it: "topic roads", "cue raise figures", "body force"
    phrase: str
    stories: tuple[tuple[str, ...], ...]  # the article ids of each dropped story
    headings: tuple[str, ...]  # of the same, as drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Drops that keep coming back for one reason, and what leaving the phrase out would change. A person decides."""

    rule: str
    phrase: str
    dropped: int  # stories
    gained: int  # articles that only the rules without the phrase include
    lost: int  # articles that they no longer include
    lost_dropped: int  # of those, in stories that the officer dropped

    def __str__(self) -> str:
        others = self.lost - self.lost_dropped
        return (
            f"Dropped {self.dropped} of {self.dropped} with ‘{self.phrase}’ ({self.rule}). Without that phrase the stored "
            f"articles would lose {say_count(self.lost, 'article')}, {self.lost_dropped} of them of stories that you "
            f"dropped and {others} of others, and gain {self.gained}."
        )


def may_suggest(learned: Sequence[Learned]) -> bool:
    """Whether enough was dropped for anything to be repeated: asked before articles are judged."""
    return sum(one.said is Said.DROPPED for one in standing(learned)) >= FEWEST


def repeated(learned: Sequence[Learned], verdicts: Mapping[str, Verdict]) -> tuple[Repeated, ...]:
    """The likeliest reasons first. `verdicts` are by article id, of what is still stored."""
    decided = [one for one in standing(learned) if one.said is not Said.ADDED]
    dropped: dict[tuple[str, str], list[Decision]] = {}
    for one in decided:
        if one.said is Said.DROPPED:
            for reason in _reasons(one, verdicts):
                dropped.setdefault(reason, []).append(one)
    kept = {reason for one in decided if one.said is Said.KEPT for reason in _reasons(one, verdicts)}
    found = [(reason, ones) for reason, ones in dropped.items() if len(ones) >= FEWEST and reason not in kept]
    found.sort(key=lambda pair: (-len(pair[1]), -len(pair[0][1]), pair[0]))
    return tuple(
        Repeated(
            rule=rule,
            phrase=phrase,
            stories=tuple(one.articles for one in ones),
            headings=tuple(one.drafted for one in ones),
        )
        for (rule, phrase), ones in _apart(found)[:MOST]
    )


def _reasons(one: Decision, verdicts: Mapping[str, Verdict]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (hit.rule, hit.phrase)
        for article in one.articles
        if article in verdicts
        for hit in verdicts[article].evidence
        if hit.rule.startswith(SPEAKS_FOR)
    )


def _apart(
    found: Sequence[tuple[tuple[str, str], list[Decision]]],
) -> list[tuple[tuple[str, str], list[Decision]]]:
    """Without those whose stories an earlier one tells of already."""
    apart: list[tuple[tuple[str, str], list[Decision]]] = []
    for reason, ones in found:
        stories = {one.story for one in ones}
        if not any(stories <= {one.story for one in others} for _, others in apart):
            apart.append((reason, ones))
    return apart
