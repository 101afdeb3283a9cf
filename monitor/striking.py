"""What is secret, struck out of whatever leaves the program for a log, a person or a service. Pure.

The one place for it: stderr, logs, `monitor.log`, pings and the operator's e-mail go through `struck_out`. Two ways to
know a secret, and both are used:

    known values   what the environment and the files that it names hold: passwords, the proxy, addresses to ping
    forms          what looks like one wherever it comes from, a library's message say: names and passwords in
                   addresses, log-in headers, `token=…` in an address, `password=…` in a text, an address's UUID,
                   which is what lets one in at services that are called by an address alone

What is struck out is marked, so that a reader sees that something stood there. Idempotent.
"""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, unquote, urlsplit

STRUCK = "[struck out]"
SHORTEST = 4  # of a known value: one letter, struck out everywhere, would leave no text

_NAMES = r"pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?"
_IN_ADDRESS = rf"{_NAMES}|key|auth|sig|signature|session|sid|code"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled when first asked for: it takes a twentieth of the time of `monitor --help`, which strikes nothing."""
    return (
        # https://name:password@host, and the last @ counts: a password may hold one.
        (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}://)[^\s/?#\"'<>]{1,500}@"), rf"\1{STRUCK}@"),
        # name:password@host:3128, a proxy without its scheme; not mailto:name@host
        (
            re.compile(r"(?i)(?<![\w.%/+-])(?!mailto:)[\w.%+-]{1,100}:[^\s/@]{1,200}@(?=[\w.-]{1,253}:\d)"),
            f"{STRUCK}@",
        ),
        # a header of a conversation that was logged
        (
            re.compile(
                r"(?i)((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]{0,20}(?:key|token))"
                r"([\"']?\s{0,3}[:=]\s{0,3})(?![\s\[])[^\r\n]{1,4000}"
            ),
            rf"\1\2{STRUCK}",
        ),
        (
            re.compile(r"(?i)\b(bearer|basic|digest)(\s{1,3})(?=[^\s]{0,200}[0-9=])[\w.~+/=-]{6,2000}"),
            rf"\1\2{STRUCK}",
        ),
        # ?token=… in an address, also where & is written as &amp;
        (
            re.compile(
                rf"(?i)([?&;#](?:[a-z]{{1,20}}[_-]){{0,3}}(?:{_IN_ADDRESS})=)(?!\[)[^&\s#\"'<>]{{1,4000}}"
            ),
            rf"\1{STRUCK}",
        ),
        # password=…, "password": "…"; `password: no such key` of a mistake in a file is none
        (
            re.compile(
                rf"(?i)(?<![a-z.])((?:[a-z]{{1,20}}[_-]){{0,4}}(?:{_NAMES})(?:[_-][a-z]{{1,20}})?\s{{0,2}}=\s{{0,2}}"
                rf"|(?P<mark>[\"'])(?:[a-z]{{1,20}}[_-]){{0,4}}(?:{_NAMES})(?P=mark)\s{{0,2}}[:=]\s{{0,2}})"
                r"(?!\[struck)(?:\"[^\"\r\n]{0,500}\"|'[^'\r\n]{0,500}'|[^\s,;&)}\"']{1,500})"
            ),
            rf"\1{STRUCK}",
        ),
        # an address that is itself the key: https://…/9d3f1c0e-…
        (
            re.compile(
                r"(?i)(https?://[^\s\"'<>]{1,500}?/)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f-])"
            ),
            rf"\1{STRUCK}",
        ),
    )


def struck_out(text: str, known: Iterable[str] = ()) -> str:
    """The text without the known secrets, the longest first, and without what has the form of one."""
    for secret in sorted(known, key=len, reverse=True):
        text = text.replace(secret, STRUCK)
    for form, instead in _forms():
        text = form.sub(instead, text)
    return text


_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?=[\w-]{1,63}\.)[\w.-]{1,253}\w")


def without_mailboxes(text: str) -> str:
    """For who is no part of the office: that somebody's address is wrong may be told, and not whose."""
    return _MAILBOX.sub("[a mailbox]", text)


def spellings(secret: str) -> frozenset[str]:
    """A secret as it may stand in a text: as it is, in percents, and without them; of an address its parts too."""
    written = {secret, quote(secret, safe=""), quote(secret), unquote(secret), *_parts(secret)}
    return frozenset(one for one in written if len(one.strip()) >= SHORTEST and one != STRUCK)


def _parts(address: str) -> Iterable[str]:
    """Of an address: what comes after the scheme, the path, the password. Libraries quote each of them alone."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    if not parts.netloc:
        return
    yield address.partition("://")[2].rstrip("/")
    yield parts.netloc.rpartition("@")[0]
    yield parts.password or ""
    yield unquote(parts.password or "")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for one in (path, path.strip("/")):
        if len(one) >= 8:  # `/ping`, which says nothing, stays
            yield one
