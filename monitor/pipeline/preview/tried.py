"""The rules in force beside those that are tried, and the stored articles that the difference can touch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from monitor.judging.classify import Judge, prepare
from monitor.judging.preview.difference import Difference, difference, hits_of, touches
from monitor.model import Article, Verdict, Window
from monitor.pipeline.pages import Progress
from monitor.settings import Config, Rules
from monitor.store import Store

Narrowed = Callable[[Difference, Window], Iterable[Article] | None]
"""The articles of a window that may hold a changed phrase, from an index; None where there is none that can say."""


def not_narrowed(_found: Difference, _window: Window) -> Iterable[Article] | None:
    return None


@dataclass(frozen=True)
class Tried:
    """The rules in force and those that are tried; what was made of them is kept while they are tried."""

    config: Config  # with the rules in force
    rules: Rules  # that are tried
    _brief: dict[str, tuple[Article, Verdict]] = field(default_factory=dict, compare=False)
    _hits: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @property
    def after(self) -> Config:
        return replace(self.config, rules=self.rules)

    @cached_property
    def found(self) -> Difference:
        return difference(self.config.rules, self.rules)

    @cached_property
    def judges(self) -> tuple[Judge, Judge]:
        """Not `prepare`d, which remembers two sets of rules for all who judge."""
        gazetteer = self.config.gazetteer
        return prepare(self.config.rules, gazetteer), Judge(self.rules, gazetteer)

    def in_brief(self, article: Article) -> Verdict:
        """By the tried rules: an article of the draft's window is mostly one of the weeks too."""
        known = self._brief.get(article.id)
        if known is None or known[0] != article:
            known = self._brief[article.id] = (article, self.judges[1].in_brief(article))
        return known[1]

    def hits(self, text: str) -> frozenset[str]:
        """Which of the changed phrases hit it."""
        found = self._hits.get(text)
        if found is None:
            found = self._hits[text] = self._asked(text)
        return found

    @cached_property
    def _asked(self) -> Callable[[str], frozenset[str]]:
        return hits_of(self.found.words)


def touched_in(
    store: Store, tried: Tried, window: Window, narrowed: Narrowed, progress: Progress
) -> tuple[Article, ...]:
    """The articles of the window that a change can touch."""
    offered = narrowed(tried.found, window)
    articles = tuple(offered) if offered is not None else store.articles.of(window)
    touched, kept = touches(tried.found, tried.hits), []
    for done, article in enumerate(articles, 1):
        if touched(article):
            kept.append(article)
        progress("Looking for what the change touches", done, len(articles))
    return tuple(kept)


def hits_by_phrase(touched: Iterable[Article], tried: Tried) -> dict[str, frozenset[str]]:
    """The ids of the articles that each changed phrase hits."""
    by_phrase: dict[str, set[str]] = {phrase: set() for phrase in tried.found.words}
    for article in touched:
        for phrase in tried.hits(f"{article.title}\n{article.text}"):
            by_phrase[phrase].add(article.id)
    return {phrase: frozenset(ids) for phrase, ids in by_phrase.items()}
