"""What stands again and again in one outlet's articles and belongs to none of them: newsletter boxes, notices, appeals.

The archive keeps articles as they were extracted. What is boilerplate is learned from them each time they are read to
be judged, so that old articles gain too, and an outlet that drops a box drops out of the rule. It is never applied
before an article is stored: the box would then stop recurring, and be forgotten, and come back.

An outlet's articles are looked at sixty at a time, the newest sixty first. A paragraph is boilerplate where

1. it has at most 60 words (`furniture.py` knows one-liners by form; the longest notice met has 46 words);
2. it stands, word for word, in at least four of the sixty and in at least a fifth of them. A box stands in all
   articles of a layout or in those of a section; the background paragraph that a paper repeats through a long
   trial does not reach a fifth of sixty, but can in a short run of articles, hence:
3. four of those articles are about different things, for recurrence within one story is the story's. Two articles are
   about one thing where their other text shares half of its paragraphs, or three names that fewer than a third of the
   outlet's articles have, or where they have no other text.

What stands in stories of several outlets, or more seldom in one's, `everywhere.py` learns, for all of them.

An article that would have nothing left is left as it is. `docs/reading.md` has what was measured.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model import Article
from monitor.reading.pages.everywhere import nobodys

LOOKED_AT = 60  # articles of one outlet at a time
LONGEST = 60  # words
LEAST_ARTICLES = 4
LEAST_SHARE = 0.2
FEWEST = 12  # articles, below which a third of them is less than four
NAMES_SHARED = 3
RARE = 1 / 3

NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")  # a capital inside a sentence


@dataclass(frozen=True, slots=True)
class _Told:
    """What an article tells besides the paragraphs that recur."""

    paragraphs: frozenset[str]
    names: frozenset[str]


def learn(articles: Iterable[Article]) -> dict[str, frozenset[str]]:
    """The paragraphs that are boilerplate, by outlet: its own, and what is nobody's."""
    of_outlet: dict[str, list[Article]] = {}
    for article in articles:
        of_outlet.setdefault(article.outlet, []).append(article)
    shared = nobodys(article for own in of_outlet.values() for article in own)
    return {outlet: shared.union(_of_outlet(own)) for outlet, own in of_outlet.items()}


def without(paragraphs: Sequence[str], boilerplate: Collection[str]) -> tuple[str, ...]:
    """The paragraphs without boilerplate; all of them where nothing would be left."""
    return tuple(paragraph for paragraph in paragraphs if paragraph not in boilerplate) or tuple(paragraphs)


def own_words(articles: Iterable[Article], learned: Mapping[str, Collection[str]]) -> tuple[Article, ...]:
    """The articles without their outlets' boilerplate, in the same order."""
    return tuple(_own_words(article, learned.get(article.outlet, frozenset())) for article in articles)


def _own_words(article: Article, boilerplate: Collection[str]) -> Article:
    kept = without(article.paragraphs, boilerplate)
    return article if len(kept) == len(article.paragraphs) else replace(article, paragraphs=kept)


def _of_outlet(articles: Sequence[Article]) -> Iterable[str]:
    newest_first = sorted(articles, key=lambda article: (article.first_seen, article.id), reverse=True)
    starts = range(0, max(len(newest_first) - FEWEST, 0) + 1, LOOKED_AT)
    for start in starts:
        yield from _recurring(newest_first[start : start + LOOKED_AT])


def _recurring(articles: Sequence[Article]) -> Iterable[str]:
    if len(articles) < FEWEST:
        return
    carriers: dict[str, list[int]] = {}
    for place, article in enumerate(articles):
        for paragraph in set(article.paragraphs):
            carriers.setdefault(paragraph, []).append(place)
    least = max(LEAST_ARTICLES, LEAST_SHARE * len(articles))
    often = {paragraph for paragraph, places in carriers.items() if len(places) >= LEAST_ARTICLES}
    told = _told(articles, often) if often else []
    for paragraph in often:
        places = carriers[paragraph]
        if len(places) < least or len(paragraph.split()) > LONGEST:
            continue
        if _differ([told[place] for place in places]):
            yield paragraph


def _told(articles: Sequence[Article], often: Collection[str]) -> list[_Told]:
    others = [frozenset(article.paragraphs).difference(often) for article in articles]
    names = [
        frozenset(name for text in (article.title, *own) for name in NAME.findall(text))
        for article, own in zip(articles, others, strict=True)
    ]
    common = Counter(name for own in names for name in own)
    rare = frozenset(name for name, count in common.items() if count <= RARE * len(articles))
    return [_Told(own, found & rare) for own, found in zip(others, names, strict=True)]


def _differ(articles: Iterable[_Told]) -> bool:
    """Whether there are enough articles among them of which no two are about one thing."""
    chosen: list[_Told] = []
    for article in articles:
        if len(chosen) < LEAST_ARTICLES and not any(_are_one(article, other) for other in chosen):
            chosen.append(article)
    return len(chosen) == LEAST_ARTICLES


def _are_one(one: _Told, two: _Told) -> bool:
    smaller = min(len(one.paragraphs), len(two.paragraphs))
    shared = len(one.paragraphs & two.paragraphs)
    return shared * 2 >= smaller or len(one.names & two.names) >= NAMES_SHARED
