"""What the phrases of topics.yaml did in stored articles: the ones that never hit, and the ones that only misled.

A phrase that speaks for a story (a topic's, a raising cue's, a body's) misleads where every article that it hit was
left out. A phrase that sinks is there to hit such articles, and a `never` phrase only cancels; these are listed only
where they never hit. A hit that a `never` phrase cancels, or a name outside its time of office, is none. Names of places are not listed: a gazetteer holds what may be named one day.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.judging.classify import Judge
from monitor.judging.entries import Entry, Role
from monitor.model import Article, Choice
from monitor.settings import Gazetteer, Rules

Listed = tuple[tuple[str, tuple[str, ...]], ...]  # of each rule its phrases, in the order of the file

_LEAST = 3  # articles: fewer say nothing about a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    articles: int
    idle: Listed
    misleading: Listed

    def lines(self) -> Iterator[str]:
        yield f"Phrases of topics.yaml in {self.articles} stored articles:"
        yield from _lines("Never hit", self.idle)
        yield from _lines(f"Hit {_LEAST} articles and more, all of them left out", self.misleading)


def usage(articles: Sequence[Article], rules: Rules, gazetteer: Gazetteer) -> Usage:
    judge = Judge(rules, gazetteer)
    hit, kept = Counter[Entry](), Counter[Entry]()
    for article in articles:
        counted = judge.counted(article)
        hit.update(counted)
        if judge.verdict(article).choice is not Choice.EXCLUDE:
            kept.update(counted)
    listed = [entry for entry in judge.entries if entry.role not in (Role.NAME, Role.FIGURE)]
    return Usage(
        articles=len(articles),
        idle=_by_rule(entry for entry in listed if not hit[entry]),
        misleading=_by_rule(
            entry for entry in listed if _speaks(entry) and hit[entry] >= _LEAST and not kept[entry]
        ),
    )


def _speaks(entry: Entry) -> bool:
    return entry.role is not Role.NEVER and entry.points >= 0


def _by_rule(found: Iterator[Entry]) -> Listed:
    rules: dict[str, list[str]] = {}
    for entry in found:
        rule = f"{entry.rule or 'all'} never".strip() if entry.role is Role.NEVER else entry.rule
        rules.setdefault(rule, []).append(entry.phrase.text)
    return tuple((rule, tuple(phrases)) for rule, phrases in rules.items())


def _lines(heading: str, listed: Listed) -> Iterator[str]:
    count = sum(len(phrases) for _, phrases in listed)
    yield f"{heading}: {count or 'none'}"
    for rule, phrases in listed:
        yield f"  {rule}: {', '.join(phrases)}"
