"""What a page says of its day.

*Its own day* is what may call it old, so it is taken from where a page speaks of this article and of its publication,
the first of these that says anything, and of several days the latest:

1. what is written for machines: `datePublished` of the JSON-LD node that is an article and not another's (another
   address and another headline), `<meta>` and `itemprop` of that sense; and where a reader is told that it was
   "published" on a day. Where these name several, the page is at odds with itself, and it is of the latest;
2. what a reader sees at the headline: `<time>`, and a line that is a date and says so by its first word or its class.
   Not in a link, a list beside the story, a caption; not behind the first real paragraph, for the text has its own days;
3. nothing of these, but a last change: then it is no later than that, which says something where that is old.

What is called updated, modified or edited is never its publication. A day that is not possible (`written.py`) is none.

*Its day* is that; else htmldate's finding, which looks at all that stands on the page and is right nine times in ten, so
it may date an article, but never call it old. That search is begun only where the page's own day is missing: it would
be most of a page's time.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from htmldate import find_date
from lxml.etree import XPath
from lxml.html import HtmlElement

from monitor.model import OLD
from monitor.reading.markup import one_line
from monitor.reading.pages.written import EARLIEST, LONDON, address_day, written_day
from monitor.reading.urls import normalise

MOST_JSON = 500_000  # characters of JSON-LD that are read; a news page has some 5,000
MOST_NODES = 2_000
MOST_AFTER_HEADLINE = 120  # elements among which a dateline is looked for
REAL_PARAGRAPH = 120  # characters
LONGEST_LINE = 100  # of a dateline

ARTICLE = re.compile(r"\w*Article|(?:Blog|LiveBlog|SocialMedia|DiscussionForum)Posting|Report")
OF_THE_ARTICLE = ("@graph", "mainEntity", "mainEntityOfPage")
BROKEN_JSON = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{4,40})"')

CHANGED = re.compile(r"updat|modif|edit(?!or)|amend|revis|correct|review|chang|lastmod", re.IGNORECASE)
PUBLISHED = re.compile(
    r"publi(?:sh|cation)|(?:pub|post)[_-]?date|(?:^|\W)(?:issued|created)$|date_?(?:created|posted|issued)",
    re.IGNORECASE,
)
NO_DAY_OF_THE_ARTICLE = re.compile(
    r"expir|copyright|publisher|embargo|unpublish|event|birth|print", re.IGNORECASE
)
SAYS_DATE = re.compile(
    r"^(?:(?:first |originally )?(?:published|posted|added|created|written)|date(?: published| posted)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"(?:^|[\W_])(?:date|dateline|byline|timestamp|posted|published|pubdate)", re.IGNORECASE
)
NAMED = XPath("//meta[@content]")
MARKED = XPath("//*[starts-with(@itemprop, 'date') and not(self::meta)]")
ASIDE = frozenset(("a", "aside", "nav", "footer", "figure", "figcaption", "form", "button", "select"))


@dataclass(frozen=True, slots=True)
class PageDays:
    own: date | None  # what may call it old
    best: date | None  # its day; a guess where there is no own


@dataclass(frozen=True, slots=True)
class _Told:
    """A date as it stands on the page, of publication or of a change."""

    text: str
    is_change: bool = False
    is_said: bool = False  # a reader is told in words that it is of publication


def page_days(tree: HtmlElement, url: str, seen: datetime) -> PageDays:
    """The days of a page fetched from `url`, whole as it came; `seen` is now."""
    today = seen.astimezone(LONDON).date()
    kinds = [list(_days_at_headline(tree)), list(_json_days(tree, url)), list(_marked_days(tree))]
    shown, in_json, marked = (_days(told, today, changes=False) for told in kinds)
    said = _days([one for one in kinds[0] if one.is_said], today, changes=False)
    own = [*in_json, *marked, *said] or shown
    if not own:
        changed = _days([one for told in kinds for one in told], today, changes=True)
        own = changed if changed and max(changed) < today - OLD else []
    address = [day for day in (address_day(url, today),) if day]
    sources = [shown, address, in_json, marked]
    found = _found_day(tree, url, today, thorough=not any(sources))
    return PageDays(own=max(own, default=None), best=_best(sources, found))


def _best(sources: list[list[date]], found: date | None) -> date | None:
    """The day that two sources name, what a reader sees before the others; else what he sees, or what was found."""
    firsts = [source[0] for source in sources if source]
    everything = [*sources, [found] if found else []]
    agreed = next((day for day in firsts if sum(day in source for source in everything) > 1), None)
    return agreed or next(iter(sources[0]), None) or found or next(iter(firsts), None)


def _days(told: Iterable[_Told], today: date, *, changes: bool) -> list[date]:
    days = (written_day(one.text, today) for one in told if one.is_change is changes)
    return [day for day in days if day]


# ── written for machines ────────────────────────────────────────────────────────────────────────────────────────


def _json_days(tree: HtmlElement, url: str) -> Iterator[_Told]:
    nodes: list[dict[str, Any]] = []
    broken: set[str] = set()
    left = MOST_JSON
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > left:
            continue
        left -= len(script.text)
        try:
            nodes += islice(_nodes(json.loads(script.text, strict=False)), MOST_NODES)
        except (ValueError, RecursionError):
            broken |= set(BROKEN_JSON.findall(script.text))
    articles = [node for node in nodes if _is_of(node, ARTICLE)]
    headlines = _headlines(tree) if len(articles) > 1 or any(node.get("url") for node in articles) else set()
    own = [node for node in articles if not _is_others(node, url, headlines)]
    mine = [node for node in own if _letters(node.get("headline")) in headlines]
    for node in mine or own:
        yield from _days_of(node)
    if not articles and len(broken) == 1:
        yield _Told(broken.pop())


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    """The nodes that speak of the page or its article: not the lists and the comments inside them."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one[:MOST_NODES]
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in OF_THE_ARTICLE if isinstance(one.get(key), dict | list)]


def _is_of(node: dict[str, Any], kinds: re.Pattern[str]) -> bool:
    named = node.get("@type")
    types = named if isinstance(named, list) else [named]
    return any(isinstance(one, str) and kinds.fullmatch(one.rpartition("/")[2]) for one in types)


def _is_others(node: dict[str, Any], url: str, headlines: set[str]) -> bool:
    """Whether a node speaks of another article: by its address and its headline."""
    address = node.get("url") or node.get("@id")
    if not isinstance(address, str) or not address.startswith("http"):
        return False
    return normalise(address.partition("#")[0]) != normalise(url) and (
        _letters(node.get("headline")) not in headlines
    )


def _days_of(node: dict[str, Any]) -> Iterator[_Told]:
    for key in ("datePublished", "dateCreated", "dateModified"):
        if isinstance(value := node.get(key), str | int):
            yield _Told(str(value), is_change=key == "dateModified")
            if key == "datePublished":
                return


def _headlines(tree: HtmlElement) -> set[str]:
    found = [heading.text_content() for heading in islice(tree.iter("h1", "h2", "title"), 50)]
    found += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    return {letters for one in found if (letters := _letters(one))}


def _letters(text: object) -> str:
    return "".join(filter(str.isalnum, text)).casefold() if isinstance(text, str) else ""


def _marked_days(tree: HtmlElement) -> Iterator[_Told]:
    for meta in NAMED(tree):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield from _named_day(name, meta.get("content") or "")
    for element in MARKED(tree):
        if not _is_beside(element):
            text = element.get("datetime") or element.get("content") or element.text_content()[:LONGEST_LINE]
            yield from _named_day(element.get("itemprop") or "", text)


def _named_day(name: str, text: str) -> Iterator[_Told]:
    if NO_DAY_OF_THE_ARTICLE.search(name):
        return
    if CHANGED.search(name):
        yield _Told(text, is_change=True)
    elif PUBLISHED.search(name):
        yield _Told(text)


# ── seen at the headline ────────────────────────────────────────────────────────────────────────────────────────


def _days_at_headline(tree: HtmlElement) -> Iterator[_Told]:
    for element in _around_headline(tree):
        if element.tag == "time":
            text, called = element.get("datetime") or element.text_content(), _called(element)
            is_change = CHANGED.search(called) is not None
            yield _Told(text, is_change=is_change, is_said=not is_change and bool(PUBLISHED.search(called)))
        elif (line := _line(element)) and (SAYS_DATE.search(line) or DATELINE.search(_named(element))):
            published, changed = _parted(line)
            is_change = CHANGED.search(published) is not None
            yield _Told(
                published, is_change=is_change, is_said=not is_change and bool(PUBLISHED.search(line))
            )
            if changed:
                yield _Told(changed, is_change=True)


def _around_headline(tree: HtmlElement) -> Iterator[HtmlElement]:
    heading = _headline(tree)
    if heading is None:
        return
    head = next(islice(heading.iterancestors("header", "hgroup"), 1), None)
    before = [] if head is None else islice(head.iter(), MOST_AFTER_HEADLINE)
    yield from (one for one in before if _may_date(one))
    for one in islice(_after(heading), MOST_AFTER_HEADLINE):
        if one.tag == "p" and len(one_line(one.text_content())) >= REAL_PARAGRAPH:
            return
        if _may_date(one):
            yield one


def _headline(tree: HtmlElement) -> HtmlElement | None:
    """The first `<h1>`; where there is none, the first `<h2>` that stands in the document's title."""
    title = _letters(tree.findtext(".//title"))
    for heading in (*tree.iter("h1"), *tree.iter("h2")):
        letters = _letters(heading.text_content())
        if letters and (heading.tag == "h1" or letters in title):
            return heading
    return None


def _after(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind it, as they stand on the page."""
    for one in (heading, *heading.iterancestors()):
        for sibling in one.itersiblings():
            yield from sibling.iter()


def _may_date(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and not _is_beside(element)


def _is_beside(element: HtmlElement) -> bool:
    return element.tag in ASIDE or next(element.iterancestors(*ASIDE), None) is not None


def _line(element: HtmlElement) -> str:
    """The text of an element that is one line at most."""
    if sum(1 for _ in islice(element.iter(), 9)) > 8:
        return ""
    line = one_line(" ".join(element.itertext()))
    return line if len(line) <= LONGEST_LINE else ""


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _called(element: HtmlElement) -> str:
    """What a `<time>` is called: by its own names, and by the words before it."""
    parent, before = element.getparent(), element.getprevious()
    words = (before.tail or before.text_content()) if before is not None else (parent.text or "")
    named = f"{_named(element)} {element.get('itemprop') or ''}"
    return f"{named} {one_line(words[-60:])} {(element.text or '')[:20]}"


def _parted(line: str) -> tuple[str, str]:
    """A dateline before what it says of a change, and from there on."""
    found = CHANGED.search(line)
    return (line[: found.start()], line[found.start() :]) if found and found.start() > 8 else (line, "")


# ── anywhere ────────────────────────────────────────────────────────────────────────────────────────────────────


def _found_day(tree: HtmlElement, url: str, today: date, *, thorough: bool) -> date | None:
    """What htmldate finds, in the whole text only where `thorough`: that takes most of a page's time."""
    return _searched(tree, url, today) or (_searched(tree, url, today, thorough=True) if thorough else None)


def _searched(tree: HtmlElement, url: str, today: date, *, thorough: bool = False) -> date | None:
    found = find_date(
        tree,
        url=url,
        original_date=True,
        extensive_search=thorough,
        min_date=EARLIEST.isoformat(),
        max_date=(today + timedelta(days=1)).isoformat(),
    )
    day = date.fromisoformat(found) if found else None
    if day is None or day > today or (thorough and (day.month, day.day) == (1, 1)):  # a copyright's year
        return None
    return day
