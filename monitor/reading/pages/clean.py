"""What trafilatura would stumble over, taken out before it looks for the article. Changes the tree it is given.

In precision mode it drops

1. what holds a link, has less than 200 characters and stands in a block of its own, as each paragraph of today's BBC and
   Standard does, be it the lead. So a link within a sentence is unwrapped: its words stay. A paragraph that is a link
   and hardly more ("Read more: ...") keeps it, and goes.
2. all text behind an empty element: `<strong></strong>`, a picture, an advert's place. So such elements go, and what
   stands behind them stays.

What no reader sees goes first, drawings and styles before anything is asked of the page, scripts when it has been: each
later pass over the tree, and trafilatura makes dozens, is the quicker for it.
"""

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from monitor.reading.pages.layout import BLOCKS, INLINE, block_of

DRAWN = ("style", "svg", "template", "canvas", "math")
UNSEEN = ("script", "noscript", "iframe", "object")
OWN_WORDS = 6  # around its links, by which a paragraph is a sentence and not a pointer to another page


def drop_drawings(tree: HtmlElement) -> None:
    """Takes out what holds neither text nor facts, before anything is asked of the page."""
    strip_elements(tree, *DRAWN, with_tail=False)


def clean(tree: HtmlElement) -> None:
    strip_elements(tree, *UNSEEN, with_tail=False)
    for element in reversed(list(tree.iter(*INLINE))):  # the innermost first: they may leave another empty
        if not _says_something(element):
            element.tail = f"{element.text or ''}{element.tail or ''}"
            element.drop_tree()
    for element in list(tree.iter(*BLOCKS)):
        if element.tail and element.tail.strip() and not _says_something(element):
            element.clear(keep_tail=True)
            element.tag = "br"  # it parted what stands before it from what stands behind it


def _says_something(element: HtmlElement) -> bool:
    """Whether there is text in an element, or another element that may have some."""
    if element.text and element.text.strip():
        return True
    return any(child.tag != "img" or (child.tail and child.tail.strip()) for child in element)


def unwrap_links(tree: HtmlElement) -> None:
    """Takes the links out of sentences, and leaves the words."""
    for block in dict.fromkeys(block_of(link) for link in tree.iter("a")):
        if block.tag != "p":
            continue
        links = list(block.iter("a"))
        own = _words(block) - sum(map(_words, links))
        if own >= OWN_WORDS:
            for link in links:
                link.drop_tag()


def _words(element: HtmlElement) -> int:
    return len(element.text_content().split())
