"""What a failure means: how heavily it weighs, what a person is told, how long the server asks us to wait.

Weights (`FailureKind`): 401, 403 and 410 are meant, and so is every other refusal of the request itself (4xx): hard.
404, 429 and the server's own trouble (5xx) pass: soft, as are answers that bring nothing (204, 3xx without an address)
and a certificate that ran out. What happens on the way (names, connections, time-outs) is temporary.
"""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ssl import SSLCertVerificationError

from requests import exceptions as requests_errors
from urllib3 import exceptions as urllib3_errors

from monitor.model import FailureKind

SOFT_STATUSES = frozenset((404, 408, 421, 425, 429))

MEANINGS = {
    401: "the site wants a password",
    403: "the site refuses us",
    410: "the site says it is gone for good",
    429: "the site asks us to wait",
}

# By the first class that fits: requests' errors wrap urllib3's, which wrap the system's, and their own texts hold
# addresses and class names that say nothing to a person.
ERRORS: tuple[tuple[tuple[type[Exception], ...], FailureKind, str], ...] = (
    ((requests_errors.ProxyError,), FailureKind.TEMPORARY, "the proxy does not let us through"),
    (
        (requests_errors.SSLError, urllib3_errors.SSLError),
        FailureKind.SOFT,
        "no secure connection could be agreed with the site",
    ),
    (
        (requests_errors.Timeout, urllib3_errors.TimeoutError, TimeoutError),
        FailureKind.TEMPORARY,
        "the site stopped answering",
    ),
    (
        (requests_errors.InvalidURL, requests_errors.MissingSchema, requests_errors.InvalidSchema),
        FailureKind.HARD,
        "not an http or https address",
    ),
)


def weight(status: int) -> FailureKind:
    """How an answer other than 200 and 304 weighs."""
    return FailureKind.HARD if 400 <= status < 500 and status not in SOFT_STATUSES else FailureKind.SOFT


def in_words(status: int) -> str:
    """The status with its name, and what it means where the name does not say: "404 Not Found"."""
    try:
        name = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        name = f"status {status}"
    return f"{name}: {MEANINGS[status]}" if status in MEANINGS else name


def wait_asked_for(value: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` (RFC 9110 10.2.3): seconds, or a date; None where it is neither or not ahead."""
    if value is None:
        return None
    if value.strip().isdecimal():
        # Longer than the digits of a year in seconds is no wait, and would overflow a timedelta.
        return timedelta(seconds=int(value)) if len(value.strip()) <= 10 and int(value) else None
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    wait = until.replace(tzinfo=until.tzinfo or now.tzinfo) - now
    return wait if wait > timedelta(0) else None


def error_in_words(error: Exception) -> tuple[FailureKind, str]:
    """How an exception of requests, urllib3 or the system weighs, and what happened."""
    certificate = _cause(error, SSLCertVerificationError)
    if certificate is not None:
        return FailureKind.SOFT, f"the site's certificate is not accepted: {certificate.verify_message}"
    for kinds, kind, reason in ERRORS:
        if isinstance(error, kinds):
            return kind, reason
    return FailureKind.TEMPORARY, "the connection broke off"


def is_time_out(error: Exception) -> bool:
    """Whether it was the site that took too long."""
    return isinstance(error, requests_errors.Timeout | urllib3_errors.TimeoutError | TimeoutError)


def _cause(
    error: BaseException | None, wanted: type[SSLCertVerificationError]
) -> SSLCertVerificationError | None:
    """The exception of a class from which another came, however deep."""
    while error is not None and not isinstance(error, wanted):
        error = error.__cause__ or error.__context__
    return error
