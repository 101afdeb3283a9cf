"""The stories that one set of rules has in and the other has not, and what made the difference.

A *ground* is what is tried on: the stories of some weeks, put together once, and which of their articles the rules in
force include. With it, only touched articles are judged; what comes out is what `judging/backtest.py` says when all are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.judging.backtest import Backtest, Turned, is_in, turned_story
from monitor.judging.classify import Judge
from monitor.judging.forms import Phrase
from monitor.judging.phrases import matcher_of
from monitor.judging.preview.difference import Changed, Difference, hits_of
from monitor.model import Article, Evidence, Story, Verdict, Window
from monitor.text import sentences

Members = tuple[str, ...]  # ids of a story's articles, its lead first


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What other rules are tried on."""

    window: Window
    articles: int
    textless: int  # of them, headlines without a text
    stories: tuple[Members, ...]
    included: frozenset[str]  # ids of articles that the rules in force include
    is_whole: bool = True  # False: only what is in by one of the rules was put together


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """What became of the touched articles."""

    judged: int  # how many of them there were
    into: frozenset[str]  # ids: included by the tried rules only
    out: frozenset[str]  # by those in force only

    @property
    def ids(self) -> frozenset[str]:
        return self.into | self.out


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence with the changed phrases that hit in it."""

    text: str
    spans: tuple[tuple[int, int], ...]  # characters of the text, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that was counted by one of the two, or otherwise."""

    rule: str
    phrase: str
    before: int | None  # points; None: it was not counted at all
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A turned story for a person."""

    turned: Turned
    marks: tuple[Mark, ...]  # where the changed phrases stand
    by: tuple[Changed, ...]  # the changed phrases that hit it
    counted: tuple[Counted, ...]  # what is counted otherwise
    held_by: tuple[str, ...]  # of a lost one: what still speaks for it, though not enough


def flips(
    articles: Iterable[Article],
    *,
    before: Judge,
    after: Callable[[Article], Verdict],
    included: Collection[str] | None = None,
) -> Flips:
    """`after`: what the tried rules say of one in brief. `included`: the ids of those that the rules in force include,
    where that is known."""
    into: set[str] = set()
    out: set[str] = set()
    judged = 0
    for article in articles:
        judged += 1
        was = article.id in included if included is not None else is_in(before.in_brief(article))
        becomes = is_in(after(article))
        if was != becomes:
            (into if becomes else out).add(article.id)
    return Flips(judged=judged, into=frozenset(into), out=frozenset(out))


def turned_members(ground: Ground, found: Flips) -> tuple[tuple[Members, ...], int]:
    """The stories that are gained or lost, in their order, and how many are in by both."""
    after = (ground.included - found.out) | found.into
    turned, kept = [], 0
    for members in ground.stories:
        was, becomes = not ground.included.isdisjoint(members), not after.isdisjoint(members)
        kept += was and becomes
        if was != becomes:
            turned.append(members)
    return tuple(turned), kept


def compared(
    ground: Ground,
    found: Flips,
    articles: Mapping[str, Article],
    *,
    before: Judge,
    after: Judge,
) -> Backtest:
    """`articles` are those of the turned stories, by id."""
    members, kept = turned_members(ground, found)
    stories = [story_of(one, articles) for one in members]
    turned = [turned_story(story, before, after) for story in stories]
    return Backtest(
        articles=ground.articles,
        stories=len(ground.stories),
        kept=kept,
        gained=tuple(one for one in turned if is_in(one.after)),
        lost=tuple(one for one in turned if is_in(one.before)),
    )


def story_of(members: Members, articles: Mapping[str, Article]) -> Story:
    return Story(id=members[0], articles=tuple(articles[id] for id in members if id in articles))


def shown(one: Turned, changes: Difference) -> Shown:
    article = one.article
    found = hits_of(changes.words)(f"{article.title}\n{article.text}")
    return Shown(
        turned=one,
        marks=tuple(marked(article, found)),
        by=tuple(change for change in changes.phrases if change.phrase in found),
        counted=tuple(_counted(one.before.evidence, one.after.evidence)),
        held_by=tuple(_holding(one.after)) if is_in(one.before) else (),
    )


def marked(article: Article, phrases: Collection[str]) -> Iterator[Mark]:
    """The headline and the sentences in which one of the phrases hits, with the hits."""
    matcher = matcher_of(tuple(map(Phrase, sorted(phrases))))
    for text in (article.title, article.text):
        hits = sorted((hit.start, hit.end) for hit in matcher.hits(text))
        for start, end in sentences(text):
            inside = [(first - start, last - start) for first, last in hits if start <= first and last <= end]
            if inside:
                yield Mark(text[start:end], tuple(_apart(inside)))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch or overlap are one."""
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _counted(before: Iterable[Evidence], after: Iterable[Evidence]) -> Iterator[Counted]:
    """By rule and phrase: places in the text are the same for both."""
    old, new = _points(before), _points(after)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield Counted(rule=key[0], phrase=key[1], before=old.get(key), after=new.get(key))


def _points(evidence: Iterable[Evidence]) -> dict[tuple[str, str], int]:
    points: dict[tuple[str, str], int] = {}
    for one in evidence:
        if not one.rule.startswith("place "):
            points[one.rule, one.phrase] = points.get((one.rule, one.phrase), 0) + one.points
    return points


def _holding(verdict: Verdict) -> Iterator[str]:
    """What still speaks for a story, the strongest first."""
    points = _points(verdict.evidence)
    for (rule, phrase), worth in sorted(points.items(), key=lambda one: -one[1]):
        if worth > 0:
            yield f"“{phrase}” ({rule}, {worth:+d})"
