"""Marks and stems as a person writes them: "both name Helena Roberts, 52 per cent", never "roberts, helena, %52"."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from monitor.judging.bare import bare_words
from monitor.judging.figures import is_share, is_sum
from monitor.judging.stems import stem_of
from monitor.model import Article

_WORD = re.compile(r"\w+")
_MILLION = 1_000_000


def spelled(article: Article, stems: Iterable[str]) -> dict[str, str]:
    """Each of these stems as a word that the article has."""
    wanted = frozenset(stems)
    words = map(str.lower, reversed(bare_words(f"{article.title} {article.text}")))
    return {stem: word for word in words if (stem := stem_of(word)) in wanted}


def written_names(article: Article, names: Iterable[str]) -> list[str]:
    """The names as the text has them, words that stand together as one: "Helena Roberts". None stands in another."""
    wanted = frozenset(names)
    runs = list(dict.fromkeys(_runs(article.text, wanted)))
    return [run for run in runs if not any(run != other and f" {run} " in f" {other} " for other in runs)]


def _runs(text: str, wanted: frozenset[str]) -> Iterator[str]:
    found = [
        match.span() for match in _WORD.finditer(text) if match[0][0].isupper() and match[0].lower() in wanted
    ]
    begins = None
    for (start, end), (following, _) in pairwise([*found, (len(text) + 2, 0)]):
        begins = start if begins is None else begins
        if text[end:following] not in (" ", "-", "’", "'"):
            yield " ".join(text[begins:end].split())
            begins = None


def written_figure(figure: str) -> str:
    if is_share(figure):
        return f"{figure[1:]} per cent"
    sign = "£" if is_sum(figure) else ""
    value = float(figure.removeprefix("£"))
    if value >= _MILLION:
        return f"{sign}{value / _MILLION:.10g} million"
    return f"{sign}{value:,.10g}"


def written_day(day: str) -> str:
    return day.title()
