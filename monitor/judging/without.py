"""What leaving one phrase out of the rules would change: the same judgement, with and without it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.judging.classify import Judge, prepare
from monitor.model import Article, Choice
from monitor.settings import Gazetteer, Rules
from monitor.text import normal_word

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Ids of articles."""

    gained: tuple[str, ...] = ()  # included only without the phrase
    lost: tuple[str, ...] = ()  # included only with it


def without(rules: Rules, rule: str, phrase: str) -> Rules:
    """The rules less one phrase. `rule` is as evidence names it: "topic roads", "cue raise figures", "body force"."""

    def less(phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in phrases if one != phrase)

    return replace(
        rules,
        topics=tuple(
            replace(topic, strong=less(topic.strong), weak=less(topic.weak))
            if rule == f"topic {topic.id}"
            else topic
            for topic in rules.topics
        ),
        raises=tuple(
            replace(cue, phrases=less(cue.phrases)) if rule == f"cue raise {cue.name}" else cue
            for cue in rules.raises
        ),
        sinks=tuple(
            replace(cue, phrases=less(cue.phrases)) if rule == f"cue sink {cue.name}" else cue
            for cue in rules.sinks
        ),
        bodies=tuple(
            replace(body, names=less(body.names)) if rule == f"body {body.name}" else body
            for body in rules.bodies
        ),
    )


def effect(articles: Sequence[Article], rules: Rules, gazetteer: Gazetteer, rule: str, phrase: str) -> Effect:
    """What would be gained and lost over the articles; only those that can hold the phrase are judged."""
    now, then = prepare(rules, gazetteer), prepare(without(rules, rule, phrase), gazetteer)
    gained: list[str] = []
    lost: list[str] = []
    for article in _holding(articles, phrase):
        before, after = _included(now, article), _included(then, article)
        if before != after:
            (gained if after else lost).append(article.id)
    return Effect(gained=tuple(gained), lost=tuple(lost))


def _holding(articles: Sequence[Article], phrase: str) -> Sequence[Article]:
    """A phrase needs its longest word, or the stem of it; a phrase of figures only may be anywhere."""
    words = _WORD.findall(re.sub(r"<\w+>|~\d+", " ", phrase))
    if not words:
        return articles
    word = normal_word(max(words, key=len))
    return [article for article in articles if word in f"{article.title}\n{article.text}".casefold()]


def _included(judge: Judge, article: Article) -> bool:
    return judge.verdict(article).choice is Choice.INCLUDE
