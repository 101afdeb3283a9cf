"""What is wrong with the address of a proxy, in words that do not repeat it: it may hold a password. Pure.

A proxy is a server that speaks HTTP, by `http://` or `https://`, its host and mostly its port; a name and a password in
front of the host, in percents where they hold a sign of their own: `@` is `%40`, `/` is `%2F`, `#` is `%23`, `?` is
`%3F`, `%` is `%25`. What passes here is taken by our HTTP library as it is meant, whatever else may be wrong with it.
"""

import re
from urllib.parse import SplitResult, unquote, urlsplit

EXAMPLES = "http://proxy.example.org:3128 or http://name:password@proxy.example.org:3128"
PERCENTS = "@ is %40, / is %2F, # is %23, ? is %3F, % is %25, a space is %20"

_HOST = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)
_UNQUOTED = re.compile(r"%(?![0-9a-fA-F]{2})")


def wrong_with_proxy(written: str) -> str | None:
    """What is wrong and what to write instead, as the end of a sentence that begins with what names the proxy; None
    where nothing is."""
    if re.match(r"[\"'“‘]", written):
        return f"begins with a quotation mark: leave the marks out, as in {EXAMPLES}"
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", written):
        return f"has no http:// in front: write it in full, as in {EXAMPLES}"
    if not re.match(r"https?://", written, re.IGNORECASE):
        return (
            f"names another protocol than http or https, which is not spoken here: write it as in {EXAMPLES}"
        )
    if "@" in written and (what := _wrong_login(written)):
        return what
    if re.search(r"\s", written) or not written.isprintable():
        return f"holds a space or an unprintable character: write it as one word, as in {EXAMPLES}"
    try:
        parts = urlsplit(written)
        host = parts.hostname or ""
    except ValueError:  # half a bracket
        return f"names no server: write its name, as in {EXAMPLES}"
    return _wrong_place(parts, host)


def _wrong_login(written: str) -> str | None:
    """The last `@` ends name and password, whatever else they hold: that is how it was meant."""
    login = written.partition("://")[2].rpartition("@")[0]
    if re.search(r"[@/?#\s]", login) or not login.isprintable() or _UNQUOTED.search(login):
        return f"has a name or password with signs that must be written in percents: {PERCENTS}"
    try:
        unquote(login, errors="strict").encode("latin-1")
    except UnicodeError:
        return "has a name or password with a letter that no log-in carries: ask for another password"
    return None


def _wrong_place(parts: SplitResult, host: str) -> str | None:
    if not _HOST.fullmatch(host):
        return f"names no server: write its name, as in {EXAMPLES}"
    try:
        port = parts.port
    except ValueError:  # letters, or more than 65535
        port = 0
    if port == 0 or parts.netloc.endswith(":"):
        return f"has a port that is none: write a number from 1 to 65535, as in {EXAMPLES}"
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return (
            "goes on after the port, as the address of a page or of a PAC file does: open that file, and write the proxy "
            f"that it names, as in {EXAMPLES}"
        )
    return None
