"""An entry and what its page gave -> the article that is stored.

*Identity* is the normalised address; where entries of a feed share one, that and what marks each (`recognise.py`): then the
page is no article of theirs, and what the feed says of each stands. Where a publisher prints one article under several titles, the number that they
share is kept beside it: the copies stay, each with its own link, and grouping knows them for one.
*Title*: the feed's; else the page's; else the beginning of the text; else the address.
*Text*: the page's paragraphs. Where the page gave no article, or was not to be had, what the feed says stands, marked
with the reason; or, of an article that is for subscribers, what the page shows to everybody, where that is more. An
outlet whose pages are never fetched has the feed's text, and no reason is needed.
*Date*: `dating.py` says whose word is taken.
*Outlet*: the feed's name. Only an aggregator's entries have their own: the one it names, else the page's own word for its
site, else the name of the site at the headline's end, else its host; and a headline ends without it.
"""

from dataclasses import replace
from datetime import datetime

from monitor.model import Article, Entry, FetchFailed, NoArticle, NotModified, Page, TextFrom
from monitor.reading.markup import without_name
from monitor.reading.pages.dating import dated, dated_again
from monitor.reading.recognise import id_of
from monitor.reading.urls import article_key, host, normalise, site_name
from monitor.settings import Feed

AGGREGATORS = frozenset(
    {"news.google.com", "www.bing.com"}
)  # links that carry nothing; else their form tells
TITLE_FROM_TEXT = 100  # characters
NO_PAGE_OF_ITS_OWN = NoArticle(reason="the feed gives it no page of its own")


def article_of(entry: Entry, feed: Feed, page: Page | NoArticle | None, seen: datetime) -> Article:
    """The article of an entry first seen at `seen`. `page` None: this outlet's pages are not fetched."""
    paragraphs, text_from, reason = _text(entry, page)
    when = dated(entry, page, seen)
    key = article_key(entry.url, feed.publisher)
    outlet = _outlet(entry, feed, page)
    return Article(
        id=id_of(entry),
        url=entry.url,
        outlet=outlet,
        feed=feed.url,
        title=_title(entry, page, paragraphs, outlet),
        paragraphs=paragraphs,
        published=when.published,
        published_is_guess=when.is_guess,
        first_seen=seen,
        text_from=text_from,
        text_reason=reason,
        shared_key=key if key != normalise(entry.url) else None,
        page_title=page.title or None if isinstance(page, Page) else None,
    )


def retold(article: Article, page: Page) -> Article:
    """An article on which the feed's summary stood, with the text of its page."""
    when = dated_again(article, page)
    return replace(
        article,
        paragraphs=page.paragraphs,
        published=when.published,
        published_is_guess=when.is_guess,
        text_from=TextFrom.PAGE,
        text_reason=None,
        page_title=page.title or None,
    )


def no_page(result: FetchFailed | NotModified) -> NoArticle:
    """What an answer without a page comes to."""
    return NoArticle(reason=result.reason if isinstance(result, FetchFailed) else "it was not sent again")


def _text(entry: Entry, page: Page | NoArticle | None) -> tuple[tuple[str, ...], TextFrom, str | None]:
    if isinstance(page, Page):
        return page.paragraphs, TextFrom.PAGE, None
    from_feed = entry.paragraphs or ((entry.summary,) if entry.summary else ())
    if page is None:
        return from_feed, TextFrom.FEED, None
    said = max(from_feed, page.beginning, key=_words)
    return said, TextFrom.SUMMARY, page.reason


def _words(paragraphs: tuple[str, ...]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _title(entry: Entry, page: Page | NoArticle | None, paragraphs: tuple[str, ...], outlet: str) -> str:
    if entry.title:
        return (without_name(entry.title, outlet) if entry.is_passed_on else entry.title) or entry.title
    if page is not None and page.title:
        return page.title
    beginning = paragraphs[0][:TITLE_FROM_TEXT].rstrip() if paragraphs else ""
    return beginning or entry.url


def _outlet(entry: Entry, feed: Feed, page: Page | NoArticle | None) -> str:
    if not entry.is_passed_on:
        return entry.source if entry.source and host(feed.url) in AGGREGATORS else feed.name
    own = page.outlet if isinstance(page, Page) else None
    return entry.source or own or _named_in(entry) or host(entry.url).removeprefix("www.")


def _named_in(entry: Entry) -> str | None:
    """The outlet's name at the end of a headline, where its site is called so: "… - Kennet Gazette" at kennetgazette.example."""
    _, sign, name = entry.title.rpartition(" - ")
    words = "".join(filter(str.isalnum, name)).casefold()
    label = site_name(entry.url).replace("-", "")
    return (
        name if sign and len(label) >= 4 and (label in words or words in label) and len(words) >= 4 else None
    )
