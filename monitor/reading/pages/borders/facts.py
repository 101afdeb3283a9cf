"""What the borders of an article are judged by, taken from a page's tree before its text is looked for: changes the tree.

In this order: what the page says of itself for machines, its headlines and cards, whether it puts a choice before the
reader; then what stands beside the article is taken out, and then other articles.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from monitor.reading.markup import one_line
from monitor.reading.pages.borders.asides import take_out_asides
from monitor.reading.pages.borders.cards import Card, cards
from monitor.reading.pages.borders.several import keep_the_article
from monitor.reading.pages.borders.sought import Sought, fits
from monitor.reading.pages.borders.structured import Claim, claims

FEWEST_PARAGRAPHS = 2
AROUND = frozenset(("header", "nav", "footer", "aside"))
SEARCH = re.compile("search", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    claims: tuple[Claim, ...]
    headings: tuple[str, ...]
    cards: tuple[Card, ...]
    asks: bool
    is_marked: bool

    def claim(self, sought: Sought, title: str) -> Claim | None:
        """What JSON-LD says of the sought article; of several the one whose headline fits."""
        named = (sought.title, title, *self.headings)
        fitting = (one for one in self.claims if any(fits(name, one.headline) for name in named if name))
        alone = self.claims[0] if len(self.claims) == 1 and not self.claims[0].headline else None
        return max(fitting, key=lambda one: one.words, default=alone)


def take_facts(tree: HtmlElement, sought: Sought, url: str) -> Facts:
    """The facts of a page, of which only the sought article is left in the tree."""
    named = claims(tree)
    headings = _headings(tree)
    is_sought = any(fits(sought.title, heading) for heading in headings)
    found = Facts(
        claims=named,
        headings=headings,
        cards=cards(tree, url, only_headings=is_sought),
        asks=_asks(tree),
        is_marked=bool(named) or _is_marked(tree),
    )
    take_out_asides(tree)
    keep_the_article(tree, sought, url, named)
    return found


def _headings(tree: HtmlElement) -> tuple[str, ...]:
    """The headlines that the page has as a whole: its titles, and headings of the first level."""
    shared = tree.xpath("//meta[@property='og:title']/@content")
    first = (heading.text_content() for heading in tree.iter("h1"))
    return tuple(filter(None, map(one_line, (*shared, tree.findtext(".//title") or "", *first))))


def _asks(tree: HtmlElement) -> bool:
    """Whether there is something to press, other than in what stands around every page."""
    pressed = tree.xpath(
        "//button | //input[@type='submit' or @type='button'] | //*[@role='button']"
        " | //a[contains(@class, 'btn') or contains(@class, 'button')]"
    )
    return any(not _is_around(one) for one in pressed)


def _is_around(block: HtmlElement) -> bool:
    return any(
        outer.tag in AROUND
        or (outer.tag == "form" and SEARCH.search(f"{outer.get('role')} {outer.get('action')}"))
        for outer in block.iterancestors()
    )


def _is_marked(tree: HtmlElement) -> bool:
    """Whether the page says of itself that it is an article."""
    if tree.xpath(
        "//meta[@property='article:published_time'] | //meta[@property='og:type' and @content='article']"
    ):
        return True
    articles = (one for one in tree.iter("article") if next(one.iter("h1"), None) is not None)
    return any(len(one.findall(".//p")) >= FEWEST_PARAGRAPHS for one in articles)
