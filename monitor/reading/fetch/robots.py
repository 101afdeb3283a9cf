"""What a site asks of robots (RFC 9309), kept for the life of a fetcher.

No robots.txt (any 4xx but 429): everything is allowed. A server in trouble (5xx, 429) or out of reach: nothing is
allowed this time, since what it would have said is not known; a 429 binds the host as that of any address does. Either
is kept like a file, so that a site in trouble is asked once. Crawl-delay is told; whoever sends requests keeps it.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

from monitor.model import FailureKind, Fetched, FetchFailed, FetchResult
from monitor.reading.fetch.guard import Refusal


class Robots:
    """What each site's robots.txt says; safe to ask from many threads."""

    def __init__(self, user_agent: str) -> None:
        self._name = user_agent.partition("/")[0].strip()  # sites address a robot by its product's name
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._files: dict[str, Protego | FetchFailed] = {}

    def refuse(self, url: str, read: Callable[[str], FetchResult]) -> None:
        """Raises `Refusal` where the site does not want this address fetched, or cannot say.

        `read` fetches a robots.txt; it is called once for each scheme and host, by the thread that asks first.
        """
        rules = self._rules(url, read)
        if isinstance(rules, FetchFailed):
            raise Refusal(FailureKind.TEMPORARY, _unknown(rules), rules)
        if not rules.can_fetch(url, self._name):
            raise Refusal(FailureKind.HARD, "robots.txt does not allow it")

    def crawl_delay(self, url: str) -> timedelta | None:
        """The rest between two requests that the site asks for, where its file was read and names one."""
        try:
            rules = self._files.get(_origin(url))
        except ValueError:  # no address, so no site
            return None
        seconds = rules.crawl_delay(self._name) if isinstance(rules, Protego) else None
        # No longer than a day in seconds: beyond it lies what would overflow a timedelta.
        return timedelta(seconds=min(seconds, 86_400)) if seconds and seconds > 0 else None

    def _rules(self, url: str, read: Callable[[str], FetchResult]) -> Protego | FetchFailed:
        origin = _origin(url)
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._files:
                self._files[origin] = _parse(read(f"{origin}/robots.txt"))
            return self._files[origin]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _parse(answer: FetchResult) -> Protego | FetchFailed:
    if isinstance(answer, Fetched):
        return Protego.parse(answer.body.decode("utf-8", "replace"))
    if isinstance(answer, FetchFailed) and not _is_refused_as_missing(answer):
        return answer
    return Protego.parse("")


def _is_refused_as_missing(failure: FetchFailed) -> bool:
    return failure.status is not None and 400 <= failure.status < 500 and failure.status != 429


def _unknown(failure: FetchFailed) -> str:
    if failure.status is None:
        return failure.reason  # the page would have fared the same
    return f"robots.txt cannot be read ({failure.reason}), so nothing is fetched there this time"
