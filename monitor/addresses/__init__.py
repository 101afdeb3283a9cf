"""An address as a person is shown it. Pure.

1. What leads on to another address (a search engine's, a mail filter's) is that other one (`redirectors.py`).
2. What says where the reader came from, or who is reading, goes (`passing.py`): trackers, sessions, and the fragment. A
   fragment that names a page of its own (`#!/news/5`, `#/news/5`) stays: without it the link would lead elsewhere.
   So does one of which it is known that it names one of several articles on a page (`place`).
3. User name, password and default port go: they are nobody's to print.
4. All else stays letter by letter, so that the link leads where it led: scheme, `www.`, the path, the order of what is
   left. `reading/urls.py` says when two addresses are the same article; this one is always the same as that it was
   made of.
"""

from urllib.parse import urlsplit, urlunsplit

from monitor.addresses.passing import lasting, without_session
from monitor.addresses.redirectors import unwrapped

DEFAULT_PORTS = (80, 443)

OWN_PAGE = ("!", "/")  # how a fragment begins that names a page of its own


def canonical(url: str, *, place: bool = False) -> str:
    """The address without what only says where a reader came from; what is no http(s) address stays as it is."""
    try:
        parts = urlsplit(unwrapped(url))
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unclosed bracket, or a port that is no number
        return url
    if not usable:
        return url
    host = parts.netloc.rpartition("@")[2]
    if parts.port in DEFAULT_PORTS or host.endswith(":"):
        host = host.rpartition(":")[0]
    fragment = parts.fragment if place or parts.fragment.startswith(OWN_PAGE) else ""
    return urlunsplit(
        (parts.scheme, host, without_session(parts.path), "&".join(lasting(parts.query)), fragment)
    )
