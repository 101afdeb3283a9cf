"""A verdict in plain English, for a person who has never seen the code.

In this order: that an article is old, where it is; the choice and its reason; the three answers, the first with the
names that decided it; what would turn it; the points, hit by hit; topics and councils; the sentences in which something
counted, with the hits marked «so»; and the other reports of the story.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.judging.classify import LEAST_RAISED
from monitor.judging.marked import merged
from monitor.judging.whereabouts import Whereabouts
from monitor.model import Area, Article, Choice, Evidence, Field, Kinship, Story, Verdict
from monitor.settings import Rules
from monitor.text import sentences

_CHOICES = {
    Choice.INCLUDE: "In the draft",
    Choice.BORDERLINE: "A near miss: named beside the draft, not in it",
    Choice.EXCLUDE: "Not in the draft",
}
_AREAS = {
    Area.OWN: "yes, {area}",
    Area.NATIONAL: "national; it needs a stronger case",
    Area.ELSEWHERE: "no, elsewhere",
}
FIELDS = {Field.TITLE: "headline", Field.LEAD: "first paragraph", Field.BODY: "text"}


class Asked(NamedTuple):
    """A question that every verdict answers."""

    question: str
    says: tuple[str, ...]  # the answer, then what it rests on


def explain(
    article: Article,
    verdict: Verdict,
    where: Whereabouts,
    rules: Rules,
    area: str,
    *,
    story: Story | None = None,
) -> str:
    """Several paragraphs of plain text, ending in a line break. `area` is the name of the panel's."""
    blocks = [
        [article.title, f"{article.outlet}, {article.url}"],
        *([[_old(article)]] if article.is_old else []),
        [f"{_by_rules(article, verdict)}. {verdict.reason}"],
        [line for one in answers(verdict, where, rules, area) for line in _answered(one)],
        _points(verdict),
        _subjects(verdict, rules),
        _marked(article, verdict),
        _reports(article, story),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _old(article: Article) -> str:
    day, seen = article.published, article.first_seen
    return (
        f"Left out as old. Its page, its feed or its address says that it is of {day.day} {day:%B %Y}; we first saw it on "
        f"{seen.day} {seen:%B %Y}, {(seen - day).days:,} days later. `monitor take {article.id}` takes it in all the same."
    )


def _by_rules(article: Article, verdict: Verdict) -> str:
    said = _CHOICES[verdict.choice]
    return f"By the rules alone: {said[0].lower()}{said[1:]}" if article.is_old else said


def answers(verdict: Verdict, where: Whereabouts, rules: Rules, area: str) -> tuple[Asked, ...]:
    sunk = sum(one.points for one in verdict.evidence if one.points < 0)
    systemic = (
        f"{verdict.score - sunk} points for, {-sunk} against: {verdict.score}, "
        f"and {_needed(verdict, rules)} are needed"
    )
    ours = f"{_AREAS[verdict.area].format(area=area)}: {where.locality.why}"
    return (
        Asked("Is it ours?", (ours, *where.sides())),
        Asked("Is it of policing?", (_policing(verdict),)),
        Asked("Is it systemic?", (systemic,)),
        Asked("What would turn it:", (turn(verdict, where, rules, area),)),
    )


def _answered(one: Asked) -> Iterator[str]:
    yield f"{one.question:20}{one.says[0]}"
    yield from (f"{'':22}{line}" for line in one.says[1:])


def _policing(verdict: Verdict) -> str:
    named = [one.phrase for one in verdict.evidence if one.rule.startswith("body")]
    return f"it names {', '.join(dict.fromkeys(named[:4]))}" if named else "it names no police body"


def _needed(verdict: Verdict, rules: Rules) -> int:
    thresholds = rules.thresholds
    return thresholds.national if verdict.area is Area.NATIONAL else thresholds.include


def turn(verdict: Verdict, where: Whereabouts, rules: Rules, area: str) -> str:
    """The smallest change that would make it an include, or stop it being one, and the smallest by its area."""
    by_area = where.change(area)
    if verdict.area is Area.ELSEWHERE:
        return f"a tie to {area}: {by_area or 'the force, its commissioner or a place that is only there'}"
    by_points = _turn_by_points(verdict, rules)
    return f"{by_points}; by its area: {by_area}" if by_area else by_points


def _turn_by_points(verdict: Verdict, rules: Rules) -> str:
    gap = verdict.score - _needed(verdict, rules)
    if verdict.choice is Choice.INCLUDE:
        fitting = [one for one in verdict.evidence if one.points > gap or _alone_raises(one, verdict)]
        if fitting:
            one = min(fitting, key=lambda one: (one.points, one.start))
            return f"without “{one.phrase}” ({one.points:+d}) it would not be in"
        return f"no single phrase: it is {gap} points above what is needed"
    if gap >= 0:
        if verdict.choice is Choice.BORDERLINE:
            return "one raise cue more: so far it hardly does more than name somebody"
        return "more in the headline or first paragraph that speaks of the police, or of who inspects them"
    raises = "one raise cue more" if gap >= -2 else f"{-gap} points of raise cues more"
    sinks = _lifting(verdict, rules, -gap)
    return (
        f"{raises}, or without the sink {'cues' if len(sinks) > 1 else 'cue'} {_and(sinks)}"
        if sinks
        else raises
    )


def _alone_raises(one: Evidence, verdict: Verdict) -> bool:
    """Whether the cues raise by too little without it, however many points being named brings."""
    cues = [each.points for each in verdict.evidence if each.rule.startswith("cue raise ")]
    return one.points > 0 and one.rule.startswith("cue raise ") and sum(cues) - one.points < LEAST_RAISED


def _lifting(verdict: Verdict, rules: Rules, lack: int) -> list[str]:
    """The fewest sink cues without which the points would do; none where all of them are not enough."""
    sinks = sorted(
        (one for one in verdict.evidence if one.points < 0), key=lambda one: (one.points, one.start)
    )
    for count in range(1, len(sinks) + 1):
        if _taken(sinks, rules) - _taken(sinks[count:], rules) >= lack:
            return [f"‘{sink.phrase}’" for sink in sinks[:count]]
    return []


def _taken(sinks: Sequence[Evidence], rules: Rules) -> int:
    """What these sinks take from the score, less what a story has that opens with no case (`classify.py`, rule 3)."""
    cases = {f"cue sink {cue.name}" for cue in rules.sinks if cue.case}
    taken = -sum(one.points for one in sinks)
    if any(one.rule not in cases or one.field is not Field.BODY for one in sinks):
        return taken
    return min(taken, taken if rules.sunk_below is None else rules.sunk_below) - rules.unsunk


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _points(verdict: Verdict) -> list[str]:
    counted = sorted(
        (one for one in verdict.evidence if one.points), key=lambda one: (-one.points, one.start)
    )
    width = max((len(one.phrase) for one in counted), default=0)
    lines = [
        f"{one.points:+4d}  {one.phrase:{width}}  {one.rule}, in the {FIELDS[one.field]}" for one in counted
    ]
    unsunk = verdict.score - sum(one.points for one in counted)
    return [*lines, f"{unsunk:+4d}  it does not open with one case"] if unsunk else lines


def _subjects(verdict: Verdict, rules: Rules) -> list[str]:
    names = {topic.id: topic.name for topic in rules.topics}
    topics = ", ".join(names.get(topic, topic) for topic in verdict.topics)
    councils = ", ".join(verdict.councils)
    return [f"Topics:   {topics or 'none'}", f"Councils: {councils or 'none named'}"]


def _marked(article: Article, verdict: Verdict) -> list[str]:
    title = [one for one in verdict.evidence if one.field is Field.TITLE]
    text = [one for one in verdict.evidence if one.field is not Field.TITLE]
    lines = [_with_marks(article.title, 0, len(article.title), title)] if title else []
    return [*lines, *_marked_sentences(article.text, text)]


def _marked_sentences(text: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    in_order = sorted(evidence, key=lambda one: one.start)
    starts = [one.start for one in in_order]
    for start, end in sentences(text):
        begun = in_order[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [one for one in begun if one.end <= end]
        if inside:
            yield _with_marks(text, start, end, inside)


def _with_marks(text: str, start: int, end: int, evidence: Sequence[Evidence]) -> str:
    """The sentence with each hit between « and »; hits that touch or overlap are marked as one."""
    pieces, at = [], start
    for first, last, _ in merged(evidence):
        pieces += [text[at:first], "«", text[first:last], "»"]
        at = last
    return " ".join("".join([*pieces, text[at:end]]).split())


def _reports(article: Article, story: Story | None) -> list[str]:
    if story is None or len(story.articles) == 1:
        return []
    why = {
        article_id: link
        for link in story.links
        for article_id in (link.one, link.two)
        if article_id != article.id
    }
    lines = ["Other reports of this story:"]
    for other in story.articles:
        if other.id != article.id:
            link = why.get(other.id)
            kind = "a copy" if link and link.kinship is Kinship.COPY else "a report"
            lines.append(f"  {other.outlet}: {other.title} ({kind}{f'; {link.reason}' if link else ''})")
    return lines
