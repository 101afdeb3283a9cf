"""Other rules over stored articles: which stories they would have brought into the draft, and which they would lose.

A story is in where one of its articles is included; the strongest of them speaks for it, as in a draft. Grouping knows
no phrases, so both sets of rules judge the same stories.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.judging.classify import Judge
from monitor.judging.group import group
from monitor.model import Article, Choice, Story, Verdict
from monitor.settings import Gazetteer

_STRENGTH = {Choice.INCLUDE: 2, Choice.BORDERLINE: 1, Choice.EXCLUDE: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A story that the two sets of rules choose differently."""

    story: str  # its id
    article: Article  # the one that speaks for it where it is in
    before: Verdict
    after: Verdict
    outlets: tuple[str, ...] = ()  # of the story's reports, each once

    def record(self) -> dict[str, object]:
        return {
            "story": self.story,
            "title": self.article.title,
            "outlet": self.article.outlet,
            "url": self.article.url,
            "before": _record(self.before),
            "after": _record(self.after),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    articles: int
    stories: int
    kept: int  # stories in by both sets of rules
    gained: tuple[Turned, ...]
    lost: tuple[Turned, ...]

    def as_record(self) -> dict[str, object]:
        return {
            "articles": self.articles,
            "stories": self.stories,
            "kept": self.kept,
            "gained": [turned.record() for turned in self.gained],
            "lost": [turned.record() for turned in self.lost],
        }

    def lines(self) -> Iterator[str]:
        for heading, stories in (("Gained", self.gained), ("Lost", self.lost)):
            for turned in stories:
                yield f"{heading}: {turned.article.outlet}: {turned.article.title}"
                yield f"    {turned.article.url}"
                yield f"    now    {_said(turned.before)}"
                yield f"    then   {_said(turned.after)}"
        yield (
            f"{self.stories} stories from {self.articles} articles: "
            f"{self.kept} in as before, {len(self.gained)} gained, {len(self.lost)} lost."
        )


def backtest(articles: Sequence[Article], gazetteer: Gazetteer, *, before: Judge, after: Judge) -> Backtest:
    """`before` are the rules as they are, `after` those that are tried."""
    stories = group(articles, gazetteer, before.rules)
    turned = [turned_story(story, before, after) for story in stories]
    return Backtest(
        articles=len(articles),
        stories=len(stories),
        kept=sum(is_in(one.before) and is_in(one.after) for one in turned),
        gained=tuple(one for one in turned if is_in(one.after) and not is_in(one.before)),
        lost=tuple(one for one in turned if is_in(one.before) and not is_in(one.after)),
    )


def turned_story(story: Story, before: Judge, after: Judge) -> Turned:
    old = [(article, before.verdict(article)) for article in story.articles]
    new = [(article, after.verdict(article)) for article in story.articles]
    spoke, was = max(old, key=_strength)
    speaks, becomes = max(new, key=_strength)
    return Turned(
        story=story.id,
        article=speaks if is_in(becomes) else spoke,
        before=was,
        after=becomes,
        outlets=tuple(dict.fromkeys(article.outlet for article in story.articles)),
    )


def _strength(judged: tuple[Article, Verdict]) -> tuple[int, int]:
    return _STRENGTH[judged[1].choice], judged[1].score


def is_in(verdict: Verdict) -> bool:
    return verdict.choice is Choice.INCLUDE


def _said(verdict: Verdict) -> str:
    return f"{verdict.choice}, {verdict.score} points: {verdict.reason}"


def _record(verdict: Verdict) -> dict[str, object]:
    return {"decision": str(verdict.choice), "score": verdict.score, "reason": verdict.reason}
