"""An entry's feed, its address and its page -> the day of its article, and whether that is to be believed.

*What counts*, for both: the page's own day (`days.py`), the feed's date, the day in the address. What is written down
once speaks before what is made anew each time:

1. *The page's own day.* Recent, it is new, whatever the feed says. Old, it is old, though the feed, a sitemap's
   `lastmod` and we ourselves see it today: sites give all their articles a new date when they move, and evergreen pages
   one each morning. Two exceptions: an address with a recent day, and a day that differs from the feed's by
   just a year (a slip at the keyboard, each January): then it is new.
2. *The day in the address*, year, month and day, where the page gives none: likewise. Where the feed gives none either,
   a year and a month will do.
3. *The feed's date*, where both are silent. One that is old is believed: a new feed begins with what it has.

Old is what was 60 days old when we first saw it. Its day is the one it names, so that nobody takes it for today's; it
stays out of the drafts (`reporting/edition/fates.py`). In all doubt an article is new: an old one in a draft is struck
in a moment, a new one left out is never seen.

*Its time*, where it is new: the feed's, never later than the moment we first saw it; one that was still to come by a
day, or that is old beside a recent page, is not believed. Else the page's day at noon, at best its own, at least the one
that htmldate found, if it is not old (it is taken from footers and forms too often); else the moment we first saw it,
marked as a guess.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from monitor.model import OLD, Article, Entry, NoArticle, Page
from monitor.reading.pages.written import LONDON, address_day, address_month

NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article was published; `is_guess`: nobody says, so it is when we first saw it."""

    published: datetime
    is_guess: bool = False


def dated(entry: Entry, page: Page | NoArticle | None, seen: datetime) -> Dated:
    """The date of an entry's article first seen at `seen`."""
    today = seen.astimezone(LONDON).date()
    told = entry.published if entry.published and _day(entry.published) <= today else None
    return _dated(told, page if isinstance(page, Page) else None, entry.url, seen)


def dated_again(article: Article, page: Page) -> Dated:
    """The date of an article on which the feed's summary stood, now that its page is there."""
    told = None if article.published_is_guess else article.published
    return _dated(told, page, article.url, article.first_seen)


def _dated(told: datetime | None, page: Page | None, url: str, seen: datetime) -> Dated:
    today = seen.astimezone(LONDON).date()
    own = page.own_day if page and page.own_day and page.own_day <= today else None
    written = address_day(url, today)
    if old := _old_day(told, own, written or (None if told else address_month(url, today)), today):
        is_told = told is not None and abs(_day(told) - old) <= NEAR
        return Dated(told if told and is_told else _noon(old))
    best = own if own and not _is_old(own, today) else page.published if page else None
    recent = [
        told if told and not _is_old(_day(told), today) else None,
        *(
            _noon(day) if day and day <= today and not _is_old(day, today) else None
            for day in (best, written)
        ),
    ]
    for moment in recent:
        if moment is not None:
            return Dated(min(moment, seen))
    return Dated(seen, is_guess=True)


def _old_day(told: datetime | None, own: date | None, written: date | None, today: date) -> date | None:
    """The day of an article that is old; None for one that is new."""
    feed = _day(told) if told else None
    if written and not _is_old(written, today):
        return None
    first = own or written or feed
    if first is None or not _is_old(first, today):
        return None
    if feed and not _is_old(feed, today) and _is_slip(first, feed):
        return None
    return first


def _is_slip(one: date, other: date) -> bool:
    """Whether two days are the same one, of one year and the next."""
    apart = abs((one - other).days)
    return one.year != other.year and 364 <= apart <= 367


def _is_old(day: date, today: date) -> bool:
    return day < today - OLD


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON).astimezone(UTC)
