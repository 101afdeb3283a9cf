"""A section page to entries: the links to its articles, told from its navigation.

1. Only links to the page's own host count, that stand outside the page's navigation, header, footer, side column and
   forms. Several links to one address are one: a heading's words are its headline, else the longest text.
2. A link is an article's where its address has the shape of one (`shape.py`) and its text has three words or more. Where
   three such links stand in elements of one kind (same tags and classes), a link of four words in an element of that kind
   is one too, whatever its address: `/news/police-praised` among `/news/police-officers-praised-for-rescue`.
3. *Teasers.* Where three or more of these lie below the page's own address, only those are read: the others lead to other
   sections. Where fewer do, articles stand elsewhere than sections (`/article/…`, `/2026/11/…`); then the kind of
   address that recurs most, by its first segment, is read.
4. Fewer than three is no list of articles.
5. An entry's id is its address; it bears no date (the page gives one) and no summary. The first 200 are read, and it is
   said where there are more.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html

from monitor.addresses.quoting import quoted
from monitor.lengths import LONGEST_TITLE, shortened
from monitor.model import Entry, ParsedFeed, ParseFailed
from monitor.reading.feeds.shape import FURNITURE, shape
from monitor.reading.feeds.tree import base_of, tree_of
from monitor.reading.markup import one_line
from monitor.reading.urls import host, normalise

LEAST = 3
MOST_ENTRIES = 200
MOST_LINKS = 5_000
HEADLINE_WORDS, WEAK_WORDS = 3, 4
LONGEST_HEADLINE = 300  # characters; a link around a whole teaser is cut down to its heading, or is none

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OUTSIDE = frozenset(("nav", "footer", "aside", "form", "noscript", "template"))
OUTSIDE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
OUTSIDE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|cookies?|most-?(?:read|popular)|"
    r"popular|trending|related|newsletter|promo|advert|pagination)(?:$|[-_ ])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    text: str
    is_heading: bool
    kind: str  # tags and classes of the elements around it


def parse_listing(body: bytes, content_type: str | None, final_url: str) -> ParsedFeed | ParseFailed:
    """The articles that a page fetched from `final_url` links to, in its order."""
    tree = tree_of(body, content_type)
    if tree is None:
        return ParseFailed(reason="not an HTML page")
    anchors = sum(1 for _ in tree.iter("a"))
    links = _once_each(_links(tree, final_url))
    articles = _of_this_section(_articles(links), final_url)
    if len(articles) < LEAST:
        return ParseFailed(reason=f"a page with {len(articles)} links to articles, which is no list of them")
    title = shortened(one_line(tree.findtext(".//title") or ""), LONGEST_TITLE)
    entries = tuple(Entry(id=link.url, url=link.url, title=link.text, summary="") for link in articles)
    return ParsedFeed(title=title, entries=entries[:MOST_ENTRIES], left_out=_left_out(anchors, len(entries)))


def _left_out(anchors: int, articles: int) -> str | None:
    if anchors > MOST_LINKS:
        return f"the first {MOST_LINKS:,} of its {anchors:,} links are looked at"
    return (
        f"the first {MOST_ENTRIES} of its {articles:,} articles are read" if articles > MOST_ENTRIES else None
    )


def _links(tree: html.HtmlElement, final_url: str) -> Iterator[_Link]:
    """Every link to the page's own host that stands in its main part."""
    base = base_of(tree)
    own, own_page = _bare_host(final_url), normalise(final_url)
    for count, anchor in enumerate(tree.iter("a")):
        if count >= MOST_LINKS:
            return
        url = _absolute(anchor.get("href") or "", base, final_url)
        if url is None or _bare_host(url) != own or normalise(url) == own_page:
            continue
        around = [anchor, *anchor.iterancestors()]
        if any(_is_outside(element) for element in around):
            continue
        heading = next((found for found in anchor.iter(*HEADINGS)), None)
        is_heading = heading is not None or any(element.tag in HEADINGS for element in around[1:4])
        text = one_line(" ".join((anchor if heading is None else heading).itertext()))
        yield _Link(url, text if len(text) <= LONGEST_HEADLINE else "", is_heading, _kind(around))


def _absolute(href: str, base: str, final_url: str) -> str | None:
    try:
        url = urldefrag(urljoin(urljoin(final_url, base), one_line(href))).url
    except ValueError:
        return None
    return quoted(url) if href and host(url) else None


def _bare_host(url: str) -> str:
    return host(url).removeprefix("www.")


def _is_outside(element: html.HtmlElement) -> bool:
    if element.tag in OUTSIDE or element.get("role") in OUTSIDE_ROLES:
        return True
    if element.tag == "header":  # a card of an article may have one of its own
        return not any(around.tag in ("article", "li", "main") for around in element.iterancestors())
    if element.tag in ("html", "body", "main", "article"):
        return False
    return OUTSIDE_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _kind(around: list[html.HtmlElement]) -> str:
    return " ".join(f"{element.tag}.{element.get('class') or ''}" for element in around[:4])


def _once_each(links: Iterator[_Link]) -> list[_Link]:
    """One link for each address, where it first stood, with its best words."""
    best: dict[str, _Link] = {}
    for link in links:
        key = normalise(link.url)
        known = best.get(key)
        if known is None or (link.is_heading, len(link.text)) > (known.is_heading, len(known.text)):
            best[key] = link
    return list(best.values())


def _articles(links: list[_Link]) -> list[_Link]:
    certain = [link for link in links if _words(link.text) >= HEADLINE_WORDS and shape(link.url).is_article]
    recurring = {kind for kind, times in Counter(link.kind for link in certain).items() if times >= LEAST}
    sure = {link.url for link in certain}
    return [
        link
        for link in links
        if link.url in sure
        or (link.kind in recurring and _words(link.text) >= WEAK_WORDS and not _is_furniture(link.url))
    ]


def _is_furniture(url: str) -> bool:
    return any(segment.lower() in FURNITURE for segment in urlsplit(url).path.split("/"))


def _of_this_section(links: list[_Link], final_url: str) -> list[_Link]:
    own = urlsplit(final_url).path.rstrip("/") + "/"
    below = [link for link in links if urlsplit(link.url).path.startswith(own)]
    if own != "/" and len(below) >= LEAST:
        return below
    recurring = Counter(_first_segment(link.url) for link in links).most_common(1)
    return [link for link in links if _first_segment(link.url) == recurring[0][0]] if recurring else []


def _first_segment(url: str) -> str:
    """The first segment of a path, all figures alike; an address with no more than one segment counts by its shape."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return re.sub(r"\d+", "0", segments[0]) if len(segments) > 1 else ""


def _words(text: str) -> int:
    return sum(any(letter.isalpha() for letter in word) for word in text.split())
