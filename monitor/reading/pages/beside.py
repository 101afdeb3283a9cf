"""What stands in the midst of a story and is none of it, told by its form. Changes the tree it is given.

1. *A pointer*: a paragraph that is links and at most three words besides: "Read more: ...", "DON'T MISS ...". What ends
   as a sentence does is none.
2. *A list of links*, each long enough for a headline, with the heading above it ("Most read in ...", "You may also
   like"). A line of text above it that leads to it ("These schemes were named:") is the story's.
3. *A form* (a field, a button) with the few words around it: a newsletter, a box for comments.
4. *What the page itself says is beside the story*: a dialog, a search, a landmark (`role`), what is `hidden`.
5. *An invitation*: a line that holds a link or a mail address and speaks to the reader, by an imperative or as "we" to
   "you", and is set apart: wholly in bold or italics, or in a box that holds no paragraph of the story; in a box it
   needs to say no more than "we". The same words among the story's own paragraphs are its own: "Take part in our
   survey" is what a council's release is about, and "Call 101" says that a case is open.

What holds the story (`frame.py`) is never one of these.
"""

import re
from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

from monitor.reading.pages.layout import block_of, is_leaf

FEW_OWN_WORDS = 3  # beside links
HEADLINE_WORDS = 4  # of the links in a pointer
LINK_WORDS = 3  # of each link in a list
LONGEST_HEADING = 8  # words above a list of links
FEW_WORDS = 40  # around a form
LONG_PARAGRAPH = 15  # words, which are a story's
LONGEST_INVITATION = 60  # words

FIELDS = ("form", "input", "textarea", "select", "button")
WHOLE = frozenset(("html", "body", "main", "article"))
ROLES = frozenset(("dialog", "alertdialog", "search", "complementary", "navigation", "contentinfo", "form"))
EMPHASIS = frozenset(("b", "strong", "em", "i"))
AROUND_EMPHASIS = frozenset(("a", "span", "u"))
LINES = frozenset(("p", "div", "li", "h2", "h3", "h4"))
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong"))

# What an outlet asks of its reader. Not "call", "contact", "visit", "report": these are a police appeal's.
ASKS = re.compile(
    r"(?:please )?(?:sign up|join|follow|get|subscribe|download|click|check out|listen|share|register|log in|sign in|support"
    r"|tell us|send us|like us|never miss|don['’]t miss|stay (?:up|ahead|informed|connected)|keep up|read|watch|see|e-?mail"
    r"|got an?|do you|have you|are you|want (?:to|more)|would you like|looking for|enjoy|enjoying|discover|explore"
    r"|for (?:the )?(?:latest|more))\b",
    re.IGNORECASE,
)
YOU = re.compile(r"\byour?\b", re.IGNORECASE)
OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")  # and not the US
MAIL = re.compile(r"\S@\S")
QUOTED = re.compile(r"[“”\"]")


def leave_out(tree: HtmlElement, holders: Collection[HtmlElement]) -> None:
    """`holders`: the blocks that hold the story, the innermost first."""
    inner = next(iter(holders), None)
    for found in (
        _said_beside(tree),
        _around_fields(tree),
        _lists(tree),
        _pointers(tree),
        _invitations(tree, inner),
    ):
        for block in list(found):
            if block not in holders and block.getparent() is not None and block.tag not in ("body", "html"):
                block.drop_tree()


def _said_beside(tree: HtmlElement) -> Iterator[HtmlElement]:
    for block in tree.xpath(".//*[@role or @hidden or self::dialog]"):
        is_beside = block.get("role") in ROLES or block.get("hidden") is not None or block.tag == "dialog"
        if is_beside and not _has_headline(block):
            yield block


def _has_headline(block: HtmlElement) -> bool:
    return next(block.iter("h1", "article", "main"), None) is not None


def _around_fields(tree: HtmlElement) -> Iterator[HtmlElement]:
    is_small: dict[HtmlElement, bool] = {}  # many fields stand in few blocks
    for field in tree.iter(*FIELDS):
        widest = None
        for block in (field, *field.iterancestors()):
            if block not in is_small:
                is_small[block] = (
                    block.tag not in WHOLE and _words(block) <= FEW_WORDS and not _holds_story(block)
                )
            if not is_small[block]:
                break
            widest = block
        if widest is not None:
            yield widest


def _holds_story(block: HtmlElement) -> bool:
    if next(block.iter("h1"), None) is not None:
        return True
    return any(_words(one) >= LONG_PARAGRAPH and not _speaks_to_reader(one) for one in block.iter("p"))


def _lists(tree: HtmlElement) -> Iterator[HtmlElement]:
    for block in tree.iter("ul", "ol"):
        links = [_words(link) for link in block.iter("a")]
        if len(links) < 2 or min(links) < LINK_WORDS or _words(block) - sum(links) > FEW_OWN_WORDS:
            continue
        above = block.getprevious()
        if above is not None and above.tag in HEADINGS and 0 < _words(above) <= LONGEST_HEADING:
            if above.text_content().rstrip().endswith((":", ".")) and above.tag in ("p", "div"):
                continue
            yield above
        yield block


def _pointers(tree: HtmlElement) -> Iterator[HtmlElement]:
    for block in tree.iter("p"):
        linked = sum(map(_words, block.iter("a")))
        is_one = linked >= HEADLINE_WORDS and _words(block) - linked <= FEW_OWN_WORDS
        if is_one and not block.text_content().rstrip().endswith((".", "”", '"')):
            yield block


def _invitations(tree: HtmlElement, inner: HtmlElement | None) -> Iterator[HtmlElement]:
    with_links = (block_of(link) for link in tree.iter("a"))
    with_mail = (block for block in tree.iter("p") if MAIL.search(block.text_content()))
    for block in dict.fromkeys((*with_links, *with_mail)):
        if block.tag not in LINES or not is_leaf(block) or not _may_invite(block):
            continue
        speaks = _speaks_to_reader(block)
        may_stand_in_a_box = speaks or (block.tag in ("p", "div") and _is_ours(block))
        if (speaks and _is_emphasised(block)) or (may_stand_in_a_box and _is_in_a_box(block, inner)):
            yield block


def _may_invite(block: HtmlElement) -> bool:
    text = block.text_content()
    if QUOTED.search(text) or len(text.split()) > LONGEST_INVITATION:
        return False
    return next(block.iterancestors("blockquote"), None) is None


def _speaks_to_reader(block: HtmlElement) -> bool:
    text = block.text_content().strip()
    return ASKS.match(text) is not None or (_is_ours(block) and YOU.search(text) is not None)


def _is_ours(block: HtmlElement) -> bool:
    return OURS.search(block.text_content()) is not None


def _is_emphasised(block: HtmlElement) -> bool:
    """Whether all its words are in bold or italics."""
    loose = (block.text, *(one.tail for one in block))
    if any(part and any(map(str.isalnum, part)) for part in loose):
        return False
    inside = [one for one in block if one.text_content().strip()]
    return bool(inside) and all(
        one.tag in EMPHASIS or (one.tag in AROUND_EMPHASIS and _is_emphasised(one)) for one in inside
    )


def _is_in_a_box(block: HtmlElement, inner: HtmlElement | None) -> bool:
    """Whether what is around it holds no paragraph of the story, and is not how each of them is wrapped."""
    box = block.getparent()
    if box is inner:
        return False
    while box.getparent() is not None and box.getparent() is not inner and len(box.getparent()) == 1:
        box = box.getparent()
    alike = (one for one in box.itersiblings(box.tag, preceding=True) if one.get("class") == box.get("class"))
    alike_below = (one for one in box.itersiblings(box.tag) if one.get("class") == box.get("class"))
    return not any(map(_has_story, (box, *alike, *alike_below)))


def _has_story(box: HtmlElement) -> bool:
    long = (one for one in box.iter("p") if _words(one) >= LONG_PARAGRAPH)
    return any(not _speaks_to_reader(one) and not _is_ours(one) for one in long)


def _words(element: HtmlElement) -> int:
    return len(element.text_content().split())
