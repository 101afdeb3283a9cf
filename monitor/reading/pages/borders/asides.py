"""What stands beside an article on its page, taken out of the tree before the text is looked for.

1. Captions and credits: `<figcaption>`; what a class, an id or an `itemprop` calls so; and the words that share a box
   with a picture and nothing else, whatever the box is called. A picture in a paragraph makes no caption of it.
2. Questions about cookies that lie over a page: dialogs, and what a class or id calls a consent or cookie box.
3. Walls: what a class or id calls so, where it speaks of an account (`walls.py`).

Each only where it is short: a name may also be given to what holds the whole page.
"""

import re
from enum import Enum
from functools import lru_cache
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from monitor.reading.pages.borders.walls import NAMED, speaks_of_an_account

LONGEST_CAPTION = 60  # words
LONGEST_QUESTION = 400  # words; those that list every partner are longer, and are no overlay
DEEPEST = 4  # blocks around a picture that may be its box
MOST_PICTURES = 300
MOST_NAMES = 40  # each is looked for on the whole page

# What classes and ids there are on a page, as plain text, and the blocks that one stands on.
NAMES = tuple(
    (XPath(f"//@{kind}", smart_strings=False), XPath(f"//*[@{kind} = $name]")) for kind in ("class", "id")
)

NAME = re.compile(r"[a-z]+|[A-Z][a-z]*")
CAPTIONS = frozenset(("caption", "captions", "figcaption", "credit", "credits", "copyright", "attribution"))
QUESTIONS = frozenset(("cookie", "cookies", "consent", "gdpr", "cmp", "onetrust", "didomi"))
SAID = (
    "//figcaption | //dialog | //*[@itemprop or @aria-modal='true' or @role='dialog' or @role='alertdialog']"
)
CAPTION_PROPERTIES = frozenset(("caption", "creditText", "copyrightHolder", "copyrightNotice"))
PICTURES = ("img", "picture", "video", "amp-img")
BOXES = frozenset(("a", "div", "figure", "section", "span"))
PAGE = frozenset(("html", "head", "body", "main", "article", "h1"))
TEXT = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "table", "blockquote", "article"))
SENTENCE = 8  # words


class Kind(Enum):
    """What a block is by its name."""

    CAPTION = "a caption or credit"
    QUESTION = "a question about cookies"
    WALL = "a wall"


def take_out_asides(tree: HtmlElement) -> None:
    """Takes captions and overlays out of a page."""
    named = [block for block in _worth_a_look(tree) if _is_named_so(block)]
    said = [block for block in tree.xpath(SAID) if _says_so(block)]
    boxes = [box for picture in islice(tree.iter(*PICTURES), MOST_PICTURES) for box in _box(picture)]
    for block in dict.fromkeys((*named, *said, *boxes)):
        if block.tag not in PAGE and block.getparent() is not None:
            block.drop_tree()


def _worth_a_look(tree: HtmlElement) -> list[HtmlElement]:
    """The blocks whose class or id may say so, asked for by name: a page has few names, and lxml makes an object of every
    block that is looked at, a tenth of our time with a page."""
    names = [
        (find, name) for list_, find in NAMES for name in dict.fromkeys(list_(tree)) if _kind(name, None)
    ]
    if len(names) > MOST_NAMES:
        return list(tree.xpath("//*[@class or @id]"))
    return [block for find, name in names for block in find(tree, name=name)]


def _is_named_so(block: HtmlElement) -> bool:
    kind = _kind(block.get("class"), block.get("id"))
    if kind is None:
        return False
    if kind is Kind.WALL:
        return speaks_of_an_account(block)
    return _is_short(block, LONGEST_CAPTION if kind is Kind.CAPTION else LONGEST_QUESTION)


@lru_cache(maxsize=4096)  # a page has few names, and many blocks
def _kind(classes: str | None, identity: str | None) -> Kind | None:
    names = f"{classes} {identity}"
    found = {name.lower() for name in NAME.findall(names)}
    if found & CAPTIONS:
        return Kind.CAPTION
    if found & QUESTIONS:
        return Kind.QUESTION
    return Kind.WALL if NAMED.search(names) else None


def _says_so(block: HtmlElement) -> bool:
    if block.tag == "figcaption" or block.get("itemprop") in CAPTION_PROPERTIES:
        return True
    is_dialog = block.tag == "dialog" or block.get("aria-modal") or "dialog" in (block.get("role") or "")
    return bool(is_dialog) and _is_short(block, LONGEST_QUESTION)


def _is_short(block: HtmlElement, words: int) -> bool:
    return next(block.iter("h1", "article"), None) is None and len(block.text_content().split()) <= words


def _box(picture: HtmlElement) -> tuple[HtmlElement, ...]:
    """The box that a picture shares with its caption alone; empty where there is none."""
    for block in islice(picture.iterancestors(), DEEPEST):
        if block.tag not in BOXES or next(block.iter(*TEXT), None) is not None:
            break
        words = len(block.text_content().split())
        if words:
            loose = len((block.text or "").split()) + sum(len((part.tail or "").split()) for part in block)
            return (block,) if words <= LONGEST_CAPTION and loose < SENTENCE else ()
    return ()
