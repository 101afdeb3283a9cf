"""The standfirst: the sentence between a page's headline and its story, which trafilatura takes for a part of the page's head.

It is among the blocks of text near behind the headline, and is told by one of two things:

1. it says, word for word or in its beginning, what the page gives as its description;
2. it is the first block behind the headline, stands in the same block or header as the headline, and is one sentence of
   eight words or more: no dateline, byline or invitation, no link, no caption.

Mostly that is the story's own first paragraph, which has been read already: it is read once.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from monitor.reading.markup import one_line
from monitor.reading.pages.furniture import is_about, is_furniture
from monitor.reading.pages.headline import Named, letters
from monitor.reading.pages.layout import is_leaf

FEWEST_WORDS = 8
LONGEST = 400  # characters
BEGINNING = 60  # letters of a description that is cut short
LOOKED_AT = 80  # elements behind the headline
TEXT = frozenset(("p", "div", "h2", "h3", "h4", "span", "strong"))
BESIDE = (
    "a",
    "aside",
    "button",
    "dialog",
    "figcaption",
    "figure",
    "footer",
    "form",
    "li",
    "nav",
    "table",
    "time",
)
PICTURES = frozenset(("img", "picture", "video", "figure", "iframe"))
STOPS = tuple('.!?”"’')


def with_standfirst(standfirst: str | None, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """A story's paragraphs and, before them, the standfirst, unless they have it."""
    if not standfirst or not paragraphs or letters(standfirst) in letters("".join(paragraphs)):
        return paragraphs
    return (standfirst, *paragraphs)


def standfirst(tree: HtmlElement, page: Named) -> str | None:
    """The standfirst of a page that is whole, as it came; None where none can be told."""
    headings = (one for one in tree.iter("h1", "h2") if page.is_headline(one_line(one.text_content())))
    heading = next(headings, None)
    if heading is None:
        return None
    described = _descriptions(tree)
    is_first = True
    for block in islice(_behind(heading), LOOKED_AT):
        text = one_line(block.text_content()) if block.tag in TEXT and is_leaf(block) else ""
        if (
            not len(text.split()) >= FEWEST_WORDS
            or len(text) > LONGEST
            or page.is_headline(text)
            or is_furniture(text)
        ):
            continue
        if _is_described(text, described):
            return text
        if is_first and _is_sentence_of_its_own(block, text, heading):
            return text
        is_first = False
    return None


def _descriptions(tree: HtmlElement) -> list[str]:
    named = (
        (meta.get("property") or meta.get("name") or "", meta.get("content")) for meta in tree.iter("meta")
    )
    return [letters(content) for name, content in named if content and "description" in name]


def _is_described(text: str, described: Iterable[str]) -> bool:
    mine = letters(text)
    return any(mine == one or (len(one) >= BEGINNING and mine.startswith(one)) for one in described)


def _is_sentence_of_its_own(block: HtmlElement, text: str, heading: HtmlElement) -> bool:
    if not text.endswith(STOPS) or is_about(text) or next(block.iter("a", "time"), None) is not None:
        return False
    if next(block.iterancestors(*BESIDE), None) is not None or _is_at_a_picture(block):
        return False
    head = next(heading.iterancestors("header", "hgroup"), None)
    return block.getparent() is heading.getparent() or (head is not None and head in block.iterancestors())


def _is_at_a_picture(block: HtmlElement) -> bool:
    before = block.getprevious()
    return before is not None and (before.tag in PICTURES or next(before.iter(*PICTURES), None) is not None)


def _behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind it, as they stand on the page."""
    for one in (heading, *heading.iterancestors()):
        for sibling in one.itersiblings():
            yield from sibling.iter()
