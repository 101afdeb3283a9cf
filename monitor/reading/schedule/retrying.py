"""Which pages are asked for again, and when. This comment is the specification.

*Worth it* is a page that a machine or a network kept from us for a while: no answer, a time-out, "too many requests",
"unavailable" and its like (408, 425, 429, 5xx). A refusal, a page that is gone, one without an article stay as they
are. Until the page comes the feed's summary stands.

*When.* An hour after the first try, and each time twice as long after the last; later where the server named a wait,
of which a day at most is believed. Pages are asked for with a poll, never outside one. Two days after the first try, or
after the end of the wait that was named at it, the summary stays for good: by then the story has been in a draft, and a
page that comes later would change it behind the officer's back. Where a page was not asked for, because its host wants
to be left alone, that is no try. One that was left for the next poll (`fetch/hosts.py`) is none either, and is asked for
with the very next, from its beginning.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import Article, FailureKind, FetchFailed, FetchResult, PageRetry
from monitor.reading.fetch.hosts import is_left

FIRST_WAIT = timedelta(hours=1)
FOR = timedelta(days=2)
LONGEST_WAIT = timedelta(
    days=1
)  # of those that servers name: some send a time of day where seconds are meant
PASSING = frozenset((408, 425, 429))  # request time-out, too early, too many requests


def is_passing(result: FetchResult) -> bool:
    """Whether a page that did not come may come later."""
    if not isinstance(result, FetchFailed):
        return False
    if result.status is None:
        return result.kind is FailureKind.TEMPORARY
    return result.status in PASSING or result.status >= 500


def first_retry(article: Article, result: FetchResult, now: datetime) -> PageRetry | None:
    """When to ask again for the page of a new article; None where that is no use."""
    if not is_passing(result):
        return None
    until = now + _asked_for(result) + FOR
    retry = PageRetry(
        article=article.id, url=result.url, feed=article.feed, tries=0, next_try=now, until=until
    )
    return next_retry(retry, result, now)


def next_retry(retry: PageRetry, result: FetchResult, now: datetime) -> PageRetry | None:
    """When to ask again after one more try; None where the summary stays."""
    if not is_passing(result):
        return None
    own = timedelta(0) if is_left(result) else FIRST_WAIT * 2**retry.tries
    wait = max(own, _asked_for(result))
    later = replace(retry, tries=retry.tries + _was_asked(result), next_try=now + wait)
    return later if later.next_try < retry.until else None


def _was_asked(result: FetchResult) -> bool:
    return not isinstance(result, FetchFailed) or result.was_asked


def _asked_for(result: FetchResult) -> timedelta:
    asked_for = result.retry_after if isinstance(result, FetchFailed) else None
    return min(asked_for or timedelta(0), LONGEST_WAIT)
