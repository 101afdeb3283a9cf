"""Whether other rules put articles together otherwise. Grouping knows no verdicts; but a word that stands in the rules
is less telling than it was, and no rare name (`judging/grounds.py`). Where no article has such a word, nothing changes.
"""

from collections.abc import Iterable

from monitor.judging.common import SHARES
from monitor.judging.grounds import grounds_of
from monitor.judging.sketch import CAPITAL
from monitor.judging.stems import stem_of
from monitor.model import Article
from monitor.settings import Gazetteer, Rules


def same_stories(articles: Iterable[Article], gazetteer: Gazetteer, before: Rules, after: Rules) -> bool:
    """Whether both put the articles together alike for certain."""
    one, other = grounds_of(gazetteer, before), grounds_of(gazetteer, after)
    if (one.everyday, one.names) != (other.everyday, other.names):
        return False
    words = one.own ^ other.own
    if any(not word.isalpha() for word in words):
        return False  # figures
    stems = (set(map(stem_of, one.own)) ^ set(map(stem_of, other.own))) - SHARES.keys()
    names = one.common_names ^ other.common_names
    if not stems and not names:
        return True  # most phrases are of words that the rules have anyway
    return not any(_has(article, stems, names) for article in articles)


def _has(article: Article, stems: Iterable[str], names: Iterable[str]) -> bool:
    text = f"{article.title}\n{article.text}"
    small = text.lower()
    if any(stem in small for stem in stems):
        return True
    return any(name in small for name in names) and not {
        word.lower() for word in CAPITAL.findall(text)
    }.isdisjoint(names)
