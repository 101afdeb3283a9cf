"""What stands in stories of several outlets, or now and then in one outlet's, and belongs to none: "Follow us on ...".

`boilerplate.py` learns what an outlet prints again and again, from a dozen articles of it. An outlet that brings three
stories a week teaches nothing so, and its furniture would end the draft's items. So all articles are looked at together
too. A paragraph is nobody's where

1. it stands, word for word, in three articles of at least two outlets (a publisher's titles are several), or in four of
   one; the newest two dozen that have it are looked at;
2. these are about different things, no two about one. An agency's report and a story that a publisher prints in all its
   titles share all their paragraphs, and keep them: two articles are about one thing where they have one number of
   their publisher, one title, half of the words of the shorter in common, or three names that are rare;
3. it has 6 to 60 words: "The trial continues." is the story's, wherever it stands;
4. it quotes nobody: a force says the same of many things, and each time it is said of that one;
5. it asks for no witnesses: an appeal says that a case is open, and the rules want to know.

An outlet's own rule still takes 4 and 5 where they stand in a fifth of its articles, for then they are a box.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from monitor.model import Article

SHORTEST, LONGEST = 6, 60  # words
OUTLETS = 2
OF_OUTLETS, OF_ONE = 3, 4  # articles about different things
LOOKED_AT = 24  # carriers of a paragraph
FEWEST = 12  # articles, below which nothing tells which names are rare
SAMPLE = 300  # articles, to tell which names are rare
RARE = 1 / 10
COPIES = 8  # articles of one event make no name common
OTHERS = 1  # articles besides
NAMES_SHARED = 3

NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")  # a capital inside a sentence
_QUOTED = re.compile(r"[“”\"]|(?:^|\s)['‘]\w|\b(?:said|says|added|told)\b")
_APPEAL = re.compile(
    r"\bwitness|\binformation\b|Crimestoppers|\b101\b|\barrest|\bcharged\b|\bcourt\b|\bbail\b"
)


class _Compared:
    """The articles, with what is worked out of few of them, however many there are."""

    def __init__(self, articles: Sequence[Article], often: frozenset[str]) -> None:
        self.articles = articles
        self._often = often
        self._names: dict[int, frozenset[str]] = {}
        self._sample = range(0, len(articles), max(len(articles) // SAMPLE, 1)) if often else range(0)
        count = Counter(name for place in self._sample for name in self.names(place))
        # No name that fewer have is common, whoever the carriers are.
        self._count = {name: times for name, times in count.items() if times > min(COPIES, OTHERS)}

    def names(self, place: int) -> frozenset[str]:
        if place not in self._names:
            article = self.articles[place]
            own = [paragraph for paragraph in article.paragraphs if paragraph not in self._often]
            found = (NAME.findall(text) for text in (article.title, *(own or article.paragraphs)))
            self._names[place] = frozenset(chain.from_iterable(found))
        return self._names[place]

    def common(self, carriers: Sequence[int]) -> frozenset[str]:
        """The force's name, the county's: those that many articles have, or many that are no carriers."""
        inside = [place for place in carriers if place in self._sample]
        own = Counter(name for place in inside for name in self.names(place))
        many = max(RARE * len(self._sample), COPIES)
        many_others = max(RARE * (len(self._sample) - len(inside)), OTHERS)
        return frozenset(
            name for name, times in self._count.items() if times > many or times - own[name] > many_others
        )

    def are_one(self, one: int, two: int, common: frozenset[str]) -> bool:
        first, second = self.articles[one], self.articles[two]
        if first.title == second.title or (first.shared_key and first.shared_key == second.shared_key):
            return True
        if len((self.names(one) & self.names(two)) - common) >= NAMES_SHARED:
            return True
        shared = set(first.paragraphs) & set(second.paragraphs)
        return _size(shared) * 2 >= min(_size(first.paragraphs), _size(second.paragraphs))


def nobodys(articles: Iterable[Article]) -> frozenset[str]:
    """The paragraphs that are no story's own, whoever prints them."""
    newest = sorted(articles, key=lambda article: (article.first_seen, article.id), reverse=True)
    if len(newest) < FEWEST:
        return frozenset()
    count = Counter(chain.from_iterable(article.paragraphs for article in newest))
    often = frozenset(paragraph for paragraph, times in count.items() if times >= OF_OUTLETS)
    carriers: dict[str, list[int]] = {paragraph: [] for paragraph in filter(_may_be_furniture, often)}
    for place, article in enumerate(newest):
        for paragraph in carriers.keys() & article.paragraphs:
            carriers[paragraph].append(place)
    compared = _Compared(newest, often)
    return frozenset(
        paragraph for paragraph, places in carriers.items() if _differ(places[:LOOKED_AT], compared)
    )


def _may_be_furniture(paragraph: str) -> bool:
    if not SHORTEST <= len(paragraph.split()) <= LONGEST:
        return False
    return not _QUOTED.search(paragraph) and not _APPEAL.search(paragraph)


def _differ(places: Sequence[int], compared: _Compared) -> bool:
    """Whether enough of the articles are about different things."""
    if len(places) < OF_OUTLETS:
        return False
    common = compared.common(places)
    chosen: list[int] = []
    for place in places:
        if any(compared.are_one(place, other, common) for other in chosen):
            continue
        chosen.append(place)
        outlets = {compared.articles[one].outlet for one in chosen}
        if len(chosen) >= (OF_OUTLETS if len(outlets) >= OUTLETS else OF_ONE):
            return True
        if len(chosen) > OF_ONE:
            break
    return False


def _size(paragraphs: Iterable[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
