"""Which rule acts on a text: a headline and paragraphs that a person pasted, judged as a story of this week."""

from dataclasses import dataclass

from monitor.app.desk.opened import OpenDesk
from monitor.judging.classify import prepare
from monitor.judging.explain import turn
from monitor.judging.preview.turning import Mark, marked
from monitor.model import Article, Choice, Evidence, Verdict
from monitor.settings import Config

LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    verdict: Verdict
    evidence: tuple[Evidence, ...]  # in the order of the text, headline first
    rest: int  # points that no hit gives: for what does not open with one case
    turn: str  # what would turn it
    marks: tuple[Mark, ...]
    topics: tuple[str, ...]  # names
    choice: str
    is_cut: bool


_CHOICES = {
    Choice.INCLUDE: "In the draft",
    Choice.BORDERLINE: "A near miss",
    Choice.EXCLUDE: "Not in the draft",
}


def tested(desk: OpenDesk, text: str, outlet: str = "") -> Tested | None:
    """The first line is the headline. None where there is no word."""
    config, lines = desk.config(), [line.strip() for line in text[:LONGEST].splitlines() if line.strip()]
    if not lines:
        return None
    now = desk.clock()
    article = Article(
        id="pasted",
        url="",
        outlet=outlet,
        feed="",
        title=lines[0],
        paragraphs=tuple(lines[1:]),
        published=now,
        first_seen=now,
    )
    return _judged(config, article, is_cut=len(text) > LONGEST)


def _judged(config: Config, article: Article, *, is_cut: bool) -> Tested:
    judge = prepare(config.rules, config.gazetteer)
    verdict, where = judge.verdict(article), judge.whereabouts(article)
    evidence = tuple(one for one in verdict.evidence if not one.rule.startswith("place "))
    names = {topic.id: topic.name for topic in config.rules.topics}
    return Tested(
        verdict=verdict,
        evidence=evidence,
        rest=verdict.score - sum(one.points for one in evidence) if verdict.score else 0,
        turn=turn(verdict, where, config.rules, config.panel.area.name),
        marks=tuple(marked(article, [one.phrase for one in evidence])),
        topics=tuple(names[id] for id in verdict.topics),
        choice=_CHOICES[verdict.choice],
        is_cut=is_cut,
    )
