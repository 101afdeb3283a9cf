"""Which host an address is asked of, and how a host that wants to be left alone is.

A host is a name with its port, which is what answers. The one that a refusal speaks for is the one that gave it: after
a redirect that is not the one that was asked, and where robots.txt was refused it is that file's.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from monitor.model import FailureKind, FetchFailed

TOO_MANY_REQUESTS = 429


def host_of(url: str) -> str:
    """Host and port; "" for what is no address, so that the fetcher says so."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def host_that_answered(failure: FetchFailed) -> str:
    return host_of(failure.answered_by or failure.url)


def left_alone(url: str, wait: timedelta | None, *, by: str | None = None) -> FetchFailed:
    """The answer for an address that was not asked, since its host, or that of `by` to which it led, wants us to wait."""
    return FetchFailed(
        url=url,
        kind=FailureKind.TEMPORARY,
        reason="not asked: the host wants us to wait (429 Too Many Requests)",
        status=TOO_MANY_REQUESTS,
        retry_after=wait,
        answered_by=by,
        was_asked=False,
    )
