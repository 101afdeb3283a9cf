"""What a page has become since it was read, in words. This comment is the specification.

- *Gone*: the server says so (404, 410), or the page does; or the page now shows an article only to subscribers, and did
  not when it was first read. Any other failure (a block, no answer, a cookie notice) says something about us and the
  network, not about the article, and is no change. It leaves the article *unread*: nobody knows whether it has changed,
  and that is said too.
- *Its headline*: the page's own, against the page's own as first read. Letters and digits count, case and marks do not.
- *Its text*, where the page's text was read: less than 90 % of its runs of four words stand in the page now; or the
  page has at least 30 words and a tenth more than it had. Boilerplate is left out on both sides by the caller, or a
  new newsletter box would be a change. 90 %: a corrected figure or name touches four runs, a rewritten sentence of 25
  words some 28, which is a tenth of the 250 words of a usual story.

What has become of a page is told against how it was first read. A revision is news only where it differs from the
last one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from monitor.model import (
    Article,
    FetchFailed,
    FetchResult,
    NoArticle,
    Page,
    PageCheck,
    Revision,
    TextFrom,
)
from monitor.reading.pages.boilerplate import without
from monitor.reading.pages.borders.instead import FOR_SUBSCRIBERS, NO_SUCH_PAGE
from monitor.text import normalise

CHECK_AGAIN = timedelta(days=1)  # a page that was read within this time is not asked for again
GONE = frozenset((404, 410))
RUN = 4  # words
STILL_THERE = 0.9
MORE_WORDS = 30
MORE_SHARE = 0.1


def is_due(article: Article, last: PageCheck | None, now: datetime) -> bool:
    """Whether a quoted article's page is to be read again; one that could not be read is asked for by the next draft."""
    if last and last.unread:
        return True
    return now - max(article.first_seen, last.at if last else article.first_seen) >= CHECK_AGAIN


def check(article: Article, result: FetchResult, page: Page | NoArticle, now: datetime) -> PageCheck:
    """That a page was asked for again, and why nothing can be told of it where that is so."""
    if not isinstance(page, NoArticle) or _was_walled(article, page) or _gone(result, page):
        return PageCheck(article=article.id, at=now)
    return PageCheck(article=article.id, at=now, unread=page.reason)


def revision(
    article: Article,
    result: FetchResult,
    page: Page | NoArticle,
    last: Revision | None,
    boilerplate: Collection[str],
    now: datetime,
) -> Revision | None:
    """What the article's page has become, where that is news; None where it is not, or cannot be told."""
    if isinstance(page, NoArticle):
        what = _gone(result, page)
        if what is None or _was_walled(article, page):
            return None
        found = Revision(article=article.id, at=now, what=what)
    else:
        changes = (_headline(article, page), _text(article, page, boilerplate))
        what = "; ".join(filter(None, changes))
        found = Revision(article=article.id, at=now, what=what, title=page.title, paragraphs=page.paragraphs)
    before = last.what if last else ""
    return None if found.what == before else found


def _was_walled(article: Article, page: NoArticle) -> bool:
    """Whether the page shows only the beginning, as it did when it was first read."""
    return page.reason == FOR_SUBSCRIBERS == article.text_reason


def _gone(result: FetchResult, page: NoArticle) -> str | None:
    if isinstance(result, FetchFailed):
        return f"its page is gone ({result.reason})" if result.status in GONE else None
    if page.reason == NO_SUCH_PAGE:
        return f"its page is gone: {page.reason}"
    return f"its page no longer shows it: {page.reason}" if page.reason == FOR_SUBSCRIBERS else None


def _headline(article: Article, page: Page) -> str | None:
    if not article.page_title or not page.title or normalise(article.page_title) == normalise(page.title):
        return None
    return f"its headline is now “{page.title}”"


def _text(article: Article, page: Page, boilerplate: Collection[str]) -> str | None:
    if article.text_from is not TextFrom.PAGE:
        return None
    was = normalise(" ".join(without(article.paragraphs, boilerplate))).split()
    now = normalise(" ".join(without(page.paragraphs, boilerplate))).split()
    kept = _kept(was, now)
    if kept < STILL_THERE:
        return f"{1 - kept:.0%} of its text was rewritten or taken out"
    more = len(now) - len(was)
    return f"{more} words were added to its text" if more >= max(MORE_WORDS, MORE_SHARE * len(was)) else None


def _kept(was: Sequence[str], now: Sequence[str]) -> float:
    """The share of the runs of words of one text that stand in another; 1 where there are none."""
    runs, others = _runs(was), _runs(now)
    return len(runs & others) / len(runs) if runs else 1.0


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(words[start:] for start in range(min(RUN, len(words)))), strict=False))
