"""The feeds that a page names as its own, best first.

1. Counted are `<link>` and `<a>` with `rel="alternate"` (or `feed`) and a feed's type, however spelt; their addresses are
   relative to `<base href>` where there is one. `text/xml` and `application/json` are types of much else, so they count
   only beside nothing better.
2. Feeds of comments come last: below a `comments` in the address, or below an article's own address, as WordPress
   and Blogger have them.
3. Of the others the feed below the page's own address comes first: a section's before the whole site's. Else the
   page's order stands.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from monitor.addresses.quoting import quoted
from monitor.reading.feeds.shape import shape
from monitor.reading.feeds.tree import base_of, tree_of
from monitor.reading.markup import one_line
from monitor.reading.urls import host, normalise

FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json")
    + ("application/rdf+xml", "application/rss", "application/atom", "application/x-rss+xml")
    + ("text/rss+xml", "text/rss", "text/atom+xml")
)
VAGUE_TYPES = frozenset(("text/xml", "application/xml", "application/json"))
INTERFACES = frozenset(("wp-json", "oembed", "xmlrpc.php"))  # XML and JSON of other kinds
FEED_NAMES = frozenset(("feed", "rss", "rss2", "atom", "rdf", "default", "index.xml", "feed.xml", "rss.xml"))


def feed_links(body: bytes, final_url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The addresses of feeds that a page fetched from `final_url` names, absolute, best first."""
    tree = tree_of(body, content_type)
    if tree is None:
        return ()
    base = _absolute(base_of(tree), final_url) or final_url
    found = list(_alternates(tree))
    clear = [href for href, kind in found if kind in FEED_TYPES]
    vague = [href for href, kind in found if kind in VAGUE_TYPES]
    links = (_absolute(href, base) for href in clear or vague)
    once = dict.fromkeys(link for link in links if link)
    if not clear:
        once = {link: None for link in once if not INTERFACES & set(urlsplit(link).path.split("/"))}
    return tuple(sorted(once, key=lambda link: (is_of_comments(link), not _is_below(link, final_url))))


def is_of_comments(url: str) -> bool:
    """Whether a feed's address is one of readers' comments: all of them, or those below one article."""
    parts = urlsplit(url)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    values = {value.lower() for _, value in parse_qsl(parts.query)[:20]}
    if "comments" in segments or any(value.startswith("comments") for value in values):
        return True
    if not segments or segments[-1] not in FEED_NAMES:
        return False
    above = [segment for segment in segments if segment not in FEED_NAMES]
    return shape(f"https://{parts.netloc}/{'/'.join(above)}").is_article


def _alternates(tree: object) -> Iterator[tuple[str, str]]:
    """Each address with the type that is said of it."""
    for element in tree.iter("link", "a"):  # type: ignore[attr-defined]
        relations = (element.get("rel") or "").lower().split()
        if "alternate" in relations or "feed" in relations:
            kind = (element.get("type") or "").partition(";")[0].strip().lower()
            yield element.get("href") or "", kind


def _absolute(href: str, base: str) -> str | None:
    try:
        url = urljoin(base, one_line(href)) if href.strip() else ""
    except ValueError:
        return None
    return quoted(url) if host(url) else None


def _is_below(url: str, page: str) -> bool:
    """Whether an address lies below a page's own, which is not its site's front."""
    own = normalise(page).partition("?")[0]
    return bool(urlsplit(page).path.strip("/")) and normalise(url).startswith(f"{own}/")
