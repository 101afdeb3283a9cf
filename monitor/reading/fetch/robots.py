"""What a site asks of robots (RFC 9309), kept for the life of a fetcher.

No robots.txt (any 4xx but 429): everything is allowed. A server in trouble (5xx, 429) or out of reach: nothing is
allowed this time, since what it would have said is not known; a 429 binds the host as that of any address does. Either
is kept like a file, so that a site in trouble is asked once. Crawl-delay is told; whoever sends requests keeps it.

The file is text in whatever its bytes say (a byte order mark, UTF-16, gzip, any line ends). A group is ours where its
product token is ours, whole and in any case, whatever version or comment follows it; all groups of ours are one.
"""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

from monitor.model import FailureKind, Fetched, FetchFailed, FetchResult
from monitor.reading.fetch.guard import Refusal
from monitor.reading.letters import decoded
from monitor.reading.packed import Sealed, unpacked

MOST_BYTES = 3_000_000
TOKEN = re.compile(r"[A-Za-z_-]+")
COMPATIBLE = re.compile(r"compatible;\s*([^;)]+)", re.IGNORECASE)
USER_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*(.*)", re.IGNORECASE)
ANOTHER = "another-robot"  # a token that is no part of ours

# RFC 9309 asks for 500 KiB at the least. Three megabytes of lines take protego nine seconds, which nothing could cut.
MOST_READ = 512_000


class Robots:
    """What each site's robots.txt says; safe to ask from many threads."""

    def __init__(self, user_agent: str) -> None:
        self._name = token_of(user_agent)
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
                self._files[origin] = _read(read(f"{origin}/robots.txt"), self._name)
            return self._files[origin]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def token_of(user_agent: str) -> str:
    """The name by which sites address a robot: its product token, the one after "compatible" where it plays a browser."""
    plays = COMPATIBLE.search(user_agent)
    name = TOKEN.match(plays[1] if plays else user_agent.strip())
    return name[0] if name else user_agent.partition("/")[0].strip()


def _read(answer: FetchResult, name: str) -> Protego | FetchFailed:
    if isinstance(answer, Fetched):
        content = unpacked(answer.body, MOST_BYTES, whole=True)
        if isinstance(content, Sealed):
            return FetchFailed(url=answer.url, kind=FailureKind.SOFT, reason=_unreadable(content.reason))
        return Protego.parse(_addressed(decoded(content[:MOST_READ]).replace("\ufeff", ""), name))
    if isinstance(answer, FetchFailed) and not _is_refused_as_missing(answer):
        return answer
    return Protego.parse("")


def _addressed(rules: str, name: str) -> str:
    """The rules with each group's robot by its product token alone (RFC 9309 2.2.1): ours, all, or another.

    protego would take `TopicalIssuesMonitor/1.0` for another robot, and `Topical` for us.
    """
    lines = []
    for line in rules.splitlines():
        said = USER_AGENT.match(line)
        lines.append(f"User-agent: {_robot(said[1], name)}" if said else line)
    return "\n".join(lines)


def _robot(value: str, name: str) -> str:
    value = value.partition("#")[0].strip().strip("\"'")
    if value == "*":
        return value
    token = TOKEN.match(value.strip("* "))
    return name if token and token[0].casefold() == name.casefold() else ANOTHER


def _is_refused_as_missing(failure: FetchFailed) -> bool:
    return failure.status is not None and 400 <= failure.status < 500 and failure.status != 429


def _unknown(failure: FetchFailed) -> str:
    """Why nothing is fetched. What is no status and not of the file itself, the page would have met with as well."""
    return failure.reason if failure.status is None else _unreadable(failure.reason)


def _unreadable(reason: str) -> str:
    return f"robots.txt cannot be read ({reason}), so nothing is fetched there this time"
