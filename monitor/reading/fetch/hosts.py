"""Which host an address is asked of, how a host that wants to be left alone is, and one that does not answer.

A host is a name with its port, which is what answers. The one that a refusal speaks for is the one that gave it: after
a redirect that is not the one that was asked, and where robots.txt was refused it is that file's. So it is with a host
that lets our time run out.

An address is *left* for the next poll where its host let our time run out twice in this one, or where the poll's own
time was over before it was asked or answered. That says nothing about the address: it is no failure of its feed, and no
try at its page.
"""

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.model import FailureKind, FetchFailed, FetchResult

TOO_MANY_REQUESTS = 429
HOST_WAIT = timedelta(minutes=15)  # for a host that asks us to wait and does not say how long
LONGEST_WAIT = timedelta(days=1)
MOST_TIMED_OUT = 2  # of one host in a poll; then it is left for the next
LEFT = "not read yet: "  # opens the reason of what is left


def host_of(url: str) -> str:
    """Host and port; "" for what is no address, so that the fetcher says so."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def host_that_answered(failure: FetchFailed) -> str:
    return host_of(failure.answered_by or failure.url)


def wait_of(failure: FetchFailed) -> timedelta | None:
    """How long an answer binds the whole host that gave it; None where it speaks for its own address only."""
    if failure.status != TOO_MANY_REQUESTS or not failure.was_asked:
        return None
    return min(failure.retry_after or HOST_WAIT, LONGEST_WAIT)


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


def left_unanswered(url: str, host: str) -> FetchFailed:
    """The answer for an address that was not asked, since its host, or one to which it led, did not answer."""
    return _left(url, f"{host} twice did not answer in time")


def left_over(url: str) -> FetchFailed:
    """The answer for an address that was not asked, or not waited for any longer, when the poll's time was over."""
    return _left(url, "the poll's time was over")


def left_to_another(url: str) -> FetchFailed:
    """The answer for an address that was not asked, since another process or machine was at its host all the time."""
    return _left(url, "another was at its host")


def _left(url: str, reason: str) -> FetchFailed:
    return FetchFailed(url=url, kind=FailureKind.TEMPORARY, reason=f"{LEFT}{reason}", was_asked=False)


def is_left(result: FetchResult) -> bool:
    """Whether an address is left for the next poll. One whose host said 429 is not: that host named its time."""
    return isinstance(result, FetchFailed) and not result.was_asked and result.status is None


def why_left(left: FetchFailed) -> str:
    """Whose doing it is that an address is left."""
    return left.reason.removeprefix(LEFT)


def is_this_machine(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
