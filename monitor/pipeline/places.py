"""Which addresses lead to a place on a page that several articles share (`decisions#2`), and which only carry a
fragment (`news/5#comments`). Pure.

An article is one of many on its page where its id is not its page's: it was given a mark of its own then
(`reading/recognise.py`). Its link keeps the fragment, or three decisions would have one link and a reader would be
led to the top of the page. So does the link of the one that was there first, before anybody knew that others would
come. Every other link loses its fragment before it is printed.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urldefrag

from monitor.addresses import canonical
from monitor.model import Article
from monitor.reading.urls import article_id, normalise


def with_places(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles with the addresses by which they are printed."""
    articles = tuple(articles)
    shared = {normalise(one.url) for one in articles if "#" in one.url and _is_marked(one)}
    return tuple(
        one if "#" not in one.url or normalise(one.url) in shared else _bare(one) for one in articles
    )


def _is_marked(article: Article) -> bool:
    return bool(urldefrag(article.url).fragment) and article.id != article_id(normalise(article.url))


def _bare(article: Article) -> Article:
    """`canonical` knows which fragment names a page of its own."""
    keeps = urldefrag(canonical(article.url)).fragment
    return article if keeps else replace(article, url=urldefrag(article.url).url)
