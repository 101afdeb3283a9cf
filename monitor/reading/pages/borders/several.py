"""A page that goes on with other articles: the others are taken out of the tree, the sought one stays whole.

Which heading is the article's: the one that fits the feed's title best, else the page's own (`og:title`, `<title>`), but
none that leads to another page. Nothing is done where no heading fits.

What is another article: a block that the article's heading is not in, that has a heading and text, and shows by one of
these that it is one of its own.

1. It is an `<article>` (or says by `itemtype` that it is) beside the article's own, and is built like that one, or its
   heading leads elsewhere. Posts of a live report and readers' comments are within it, or built in another way.
2. It names another page as its own: `data-url`, `itemid` and the like.
3. JSON-LD names its heading as that of another article.
4. Its heading is an h1 as the article's is; or of the same level, in a block that is built like the article's; or of any
   level in such a block, where both have a time or an author; or its class says that it is the next. But no `<article>`
   holds both headings: in one `<article>` it may be a part.

A heading without a block of its own takes along what follows it, where JSON-LD names it, a rule (`<hr>`) stands above
it, or it is as long as a headline and has no word of the article's. A block of which much stands above the heading is
not the heading's. And something must be left.

A live report is whole: nothing is taken out of what JSON-LD calls one, and posts that stand beside the heading, each an
`<article>` with a time and a heading of its own, are made one with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from monitor.reading.markup import one_line
from monitor.reading.pages.borders.cards import Address, letters
from monitor.reading.pages.borders.sought import FITS, Sought, share
from monitor.reading.pages.borders.structured import Claim
from monitor.reading.urls import normalise

LEVELS = ("h1", "h2", "h3")
MOST_HEADINGS = 200  # that are looked at
DEEPEST = 40  # blocks around a heading
LEAST_TEXT = 20  # words; a block of fewer is no article
FEWEST_POSTS = 2  # of a live report
LEAST_LEFT = 20  # words of a page without what is taken out
HEADLINE = 4  # words; a sub-heading mostly has fewer
OWN_ADDRESS = (
    "data-url",
    "data-href",
    "data-permalink",
    "data-article-url",
    "data-canonical",
    "data-link",
    "itemid",
)
BESIDE = frozenset(("nav", "aside", "footer", "form"))
DIGITS = re.compile(r"\d+")
NEXT = re.compile(
    r"(?:^|[\s_-])(?:next|up-?next)[_-]?(?:article|story|post|item)s?(?:$|[\s_-])", re.IGNORECASE
)
ITEM = re.compile(r"(?:Article|BlogPosting)$")


@dataclass(frozen=True, slots=True)
class _Article:
    """The sought article on its page."""

    heading: HtmlElement
    around: frozenset[HtmlElement]  # the blocks that hold its heading
    url: str
    others: frozenset[str]  # headlines of other articles, as JSON-LD names them, in letters


def keep_the_article(tree: HtmlElement, sought: Sought, url: str, claims: Sequence[Claim]) -> None:
    """Takes what is another article's out of a page that was fetched from `url`."""
    headings = [heading for heading in islice(tree.iter(*LEVELS), MOST_HEADINGS) if _text(heading)]
    main = _main(tree, headings, sought, url) if len(headings) > 1 else None
    if main is None:
        return
    is_live = any(claim.is_live for claim in claims)
    if not is_live:
        _take_out_others(tree, main, headings, url, claims)
    _join_posts(main, url, is_live)


def _take_out_others(
    tree: HtmlElement, main: HtmlElement, headings: Sequence[HtmlElement], url: str, claims: Sequence[Claim]
) -> None:
    """Takes what belongs to other headings out, where these are other articles'."""
    headline = letters(_text(main))
    others = frozenset(letters(claim.headline) for claim in claims) - {headline, ""}
    article = _Article(main, frozenset(main.iterancestors()), url, others)
    blocks = {
        block: None
        for heading in headings
        if letters(_text(heading)) != headline
        for block in _blocks_of_another(heading, article)
    }
    outermost = [block for block in blocks if not any(outer in blocks for outer in block.iterancestors())]
    if _words(tree) - sum(map(_words, outermost)) >= LEAST_LEFT:
        for block in outermost:
            block.drop_tree()


def _join_posts(main: HtmlElement, url: str, is_live: bool) -> None:
    """Makes one `<article>` of a live report whose posts stand beside its heading, each an `<article>` of its own."""
    whole = main.getparent()
    while whole is not None and whole.tag not in ("main", "body") and not _posts(whole, main, url, is_live):
        whole = whole.getparent()
    posts = _posts(whole, main, url, is_live) if whole is not None else []
    if whole is None or not posts:
        return
    for article in [*whole.iter("article")]:
        article.tag = "div"
    if whole.tag != "body":
        whole.tag = "article"


def _posts(whole: HtmlElement, main: HtmlElement, url: str, is_live: bool) -> list[HtmlElement]:
    """The posts beside an article's heading: they have a time and, but in what says that it is live, a heading."""
    around = frozenset(main.iterancestors())
    outer = [
        one for one in whole.iter("article") if one not in around and not _is_within(one, "article", whole)
    ]
    posts = [one for one in outer if is_live or (_is_signed(one) and _own_heading(one, url))]
    return posts if len(posts) >= FEWEST_POSTS else []


def _is_within(block: HtmlElement, tag: str, whole: HtmlElement) -> bool:
    for outer in block.iterancestors():
        if outer is whole or outer.tag == tag:
            return outer is not whole
    return False


def _own_heading(block: HtmlElement, url: str) -> bool:
    heading = next(block.iter(*LEVELS), None)
    return heading is not None and not _leads_away(heading, url)


def _main(tree: HtmlElement, headings: Sequence[HtmlElement], sought: Sought, url: str) -> HtmlElement | None:
    possible = [heading for heading in headings if not _leads_away(heading, url) and not _is_beside(heading)]
    own = one_line(tree.findtext(".//title") or "")
    shared = tree.xpath("string(//meta[@property='og:title']/@content)")
    for title in filter(None, (sought.title, one_line(str(shared)), own)):
        found = max(possible, key=lambda heading: _likeness(title, _text(heading)), default=None)
        if found is not None and _likeness(title, _text(found)) >= FITS:
            return found
    return None


def _likeness(title: str, heading: str) -> float:
    """How much of a title stands in a heading: the site's own name stands in many titles."""
    return 2.0 if letters(title) == letters(heading) else share(title, heading) or 0.0


def _is_beside(heading: HtmlElement) -> bool:
    return any(block.tag in BESIDE for block in islice(heading.iterancestors(), DEEPEST))


def _leads_away(heading: HtmlElement, url: str) -> bool:
    links = [*heading.iter("a"), *(block for block in heading.iterancestors() if block.tag == "a")]
    page = Address(url)
    return any(page.left_by(link) for link in links)


def _blocks_of_another(heading: HtmlElement, article: _Article) -> Sequence[HtmlElement]:
    """What belongs to a heading, where that is another article's."""
    outer = _outer(heading, article.around)
    if not outer:
        return ()
    own = next((block for block in reversed(outer) if _is_own(block, heading, article)), None)
    if own is None and (letters(_text(heading)) in article.others or _is_level(outer, heading, article)):
        own = outer[-1]
    if own is None:
        return ()
    if own is not heading:
        return (own,) if _words(own) >= LEAST_TEXT else ()
    is_named = letters(_text(heading)) in article.others
    is_another = is_named or _below_a_rule(heading) or _speaks_of_another(heading, article)
    return tuple(_following(heading, article)) if is_another else ()


def _outer(heading: HtmlElement, around: frozenset[HtmlElement]) -> list[HtmlElement]:
    """The blocks that are a heading's and hold no other of its level, from the inside: the heading itself first."""
    found: list[HtmlElement] = []
    for block in islice((heading, *heading.iterancestors()), DEEPEST):
        if block in around:
            break
        others = sum(1 for _ in islice(block.iter(heading.tag), 2)) > 1
        if block is not heading and (others or _words_above(heading, block) > LEAST_TEXT):
            break
        found.append(block)
    return found


def _words_above(heading: HtmlElement, block: HtmlElement) -> int:
    count, node = 0, heading
    while node is not block:
        for before in node.itersiblings(preceding=True):
            count += _words(before) if isinstance(before.tag, str) else 0
            count += len((before.tail or "").split())
        node = node.getparent()
    return count


def _is_own(block: HtmlElement, heading: HtmlElement, article: _Article) -> bool:
    """Whether a block says of itself that it is an article of its own."""
    if _names_another_page(block, article.url):
        return True
    if not _is_article(block) or _shared_article(block, article):
        return False
    own = [one for one in article.heading.iterancestors() if _is_article(one)]
    is_level = heading.tag == article.heading.tag == "h1"
    return bool(own) and (
        is_level or any(_alike(one, block) for one in own) or _leads_away(heading, article.url)
    )


def _is_level(outer: Sequence[HtmlElement], heading: HtmlElement, article: _Article) -> bool:
    """Whether a heading stands as high as the article's, in a block like its own."""
    if _shared_article(heading, article):
        return False
    if heading.tag == article.heading.tag == "h1":
        return True
    if any(NEXT.search(block.get("class") or "") for block in outer):
        return True
    siblings = [block for block in outer[1:] if block.get("class")]
    pairs = [(block, one) for block in siblings for one in _own_blocks(article, block) if _alike(one, block)]
    return any(
        heading.tag == article.heading.tag or _is_signed(one) and _is_signed(block) for block, one in pairs
    )


def _own_blocks(article: _Article, block: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks that hold the article's heading, and nothing of another block."""
    beyond = frozenset(block.iterancestors())
    return (one for one in islice(article.heading.iterancestors(), DEEPEST) if one not in beyond)


def _is_signed(block: HtmlElement) -> bool:
    return bool(
        block.xpath(".//time | .//*[@rel='author'] | .//*[@itemprop='author' or @itemprop='datePublished']")
    )


def _shared_article(block: HtmlElement, article: _Article) -> bool:
    """Whether an `<article>` holds both a block and the article's heading."""
    return any(_is_article(one) for one in block.iterancestors() if one in article.around)


def _names_another_page(block: HtmlElement, url: str) -> bool:
    for name in OWN_ADDRESS:
        address = block.get(name)
        if address and "/" in address:
            try:
                return normalise(urljoin(url, address)) != normalise(url)
            except ValueError:
                return False
    return False


def _is_article(block: HtmlElement) -> bool:
    return block.tag == "article" or ITEM.search(block.get("itemtype") or "") is not None


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two blocks are built alike: of one name, and of a class in common where they have any."""
    ours, theirs = (set(DIGITS.sub("", block.get("class") or "").split()) for block in (one, other))
    return one.tag == other.tag and (bool(ours & theirs) or ours == theirs)


def _following(heading: HtmlElement, article: _Article) -> Iterator[HtmlElement]:
    yield heading
    for block in heading.itersiblings():
        if block.tag == heading.tag or block is article.heading or block in article.around:
            return
        if isinstance(block.tag, str):
            yield block


def _speaks_of_another(heading: HtmlElement, article: _Article) -> bool:
    """Whether a heading is as long as a headline, and has no word of the article's."""
    text = _text(heading)
    return len(text.split()) >= HEADLINE and share(_text(article.heading), text) == 0.0


def _below_a_rule(heading: HtmlElement) -> bool:
    before = heading.getprevious()
    return before is not None and before.tag == "hr"


def _text(block: HtmlElement) -> str:
    return one_line(block.text_content())


def _words(block: HtmlElement) -> int:
    return len(block.text_content().split())
