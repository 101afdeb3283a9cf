"""The cards of a page: blocks in which a headline leads elsewhere and a few lines say what is there.

Pages build them in many ways (a heading in a link, a link in a heading, a link and a `<div>`, a heading and "read
more", headings and paragraphs in a row without any block around them), and all have this in common:

1. a link that is no part of a sentence leads to another page: the heading is or holds it, or it stands for itself;
   where no four headings are links, a short one too ("More") that ends a block with a heading, or a block that a
   script opens;
2. the card is the largest block in which all such links lead to one page; where that is no more than the heading or the
   link, what stands between two of them;
3. at least four of them are built alike, with not more than three paragraphs each: the next article, a box in a story
   and a story with one link to another are no cards.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from monitor.reading.markup import one_line

FEWEST = 4  # cards that are built alike
MOST_PARAGRAPHS = 3
MOST_WORDS = 150
HEADLINE = 3  # words; a link of fewer that stands for itself is navigation
MOST_LINKS = 1_500  # that are looked at; a section page has a few hundred
AROUND = 4  # blocks around a heading that may be a link
DEEPEST = 40  # blocks around a link that may be its card
SENTENCE = 10  # words
OF_ITS_LINE = 0.6  # of the words of a line in a link that stands for itself ("Read more about … »")

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "mark", "small", "span", "strong", "sup", "time", "u")
)
WORDS = INLINE - {"a", "span"}
TEXT = frozenset(("p", "blockquote", "li"))
NOWHERE = ("#", "javascript:", "mailto:", "tel:", "data:")
SENTENCE_ENDS = (".", "!", "?", "…", "]", ":", "”", '"')
LETTERS = re.compile(r"[\W_]+")
FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Card:
    headline: str
    words: int  # of all its text
    letters: str  # of all its text, without spaces and marks


Headed = Set[HtmlElement]
"""The blocks of a page that are headings or hold one."""


@dataclass(frozen=True, slots=True)
class Head:
    """A link that leads elsewhere, and where to."""

    link: HtmlElement
    target: str


def cards(tree: HtmlElement, url: str, *, only_headings: bool = False) -> tuple[Card, ...]:
    """The cards of a page that was fetched from `url`; `only_headings`: those whose headings are links."""
    page, headed = Address(url), _headed(tree)
    found = _cards(tuple(_headings(tree, page)), False, headed)
    if found or only_headings:
        return found
    links = [(link, target) for link in islice(tree.iter("a"), MOST_LINKS) if (target := page.left_by(link))]
    alone = tuple(Head(link, target) for link, target in links if _stands_for_itself(link))
    found = _cards(alone, False, headed)
    if found or sum(1 for _ in islice(tree.iter(*HEADINGS), FEWEST)) < FEWEST:
        return found
    below = tuple(Head(link, target) for link, target in links if _ends_a_block(link))
    return _cards(below, True, headed) or _cards(tuple(_opened_by_a_script(tree, headed)), True, headed)


def _headed(tree: HtmlElement) -> Headed:
    """Asked of each block by itself, whether it holds a heading costs more than all else."""
    found: set[HtmlElement] = set()
    for heading in tree.iter(*HEADINGS):
        found.add(heading)
        for block in heading.iterancestors():
            if block in found:
                break
            found.add(block)
    return found


class Address:
    """The address of a page, against which its links are held: many, so that none is taken apart further than need
    be."""

    def __init__(self, url: str) -> None:
        self._host, _, path = url.partition("//")[2].partition("/")
        self._path = "/" + path.partition("#")[0]
        self._bare = self._path.partition("?")[0].rstrip("/")

    def left_by(self, link: HtmlElement) -> str | None:
        """Where a link leads; None where it is this page, or no page."""
        address = (link.get("href") or "").strip().partition("#")[0]
        if not address or address[:11].lower().startswith(NOWHERE):
            return None
        if "//" in address[:8]:
            host, _, path = address.partition("//")[2].partition("/")
            address = "/" + path if host == self._host else f"//{host}/{path}"
        is_here = address == self._path or (
            address.partition("?")[0].rstrip("/") == self._bare and "?" not in self._path
        )
        return None if is_here else address


def letters(text: str) -> str:
    return LETTERS.sub("", text).casefold()


def _headings(tree: HtmlElement, page: Address) -> Iterator[Head]:
    """The links that are in a heading, or that a heading is in."""
    for heading in islice(tree.iter(*HEADINGS), MOST_LINKS):
        for link in (
            *heading.iter("a"),
            *(outer for outer in islice(heading.iterancestors(), AROUND) if outer.tag == "a"),
        ):
            target = page.left_by(link)
            if target:
                yield Head(link, target)


def _opened_by_a_script(tree: HtmlElement, headed: Headed) -> Iterator[Head]:
    for count, block in enumerate(
        tree.xpath("//*[@onclick or @data-href or @data-url or @data-link or @role='link']")
    ):
        if block in headed:
            yield Head(block, f"script {count}")


def _heading(link: HtmlElement) -> HtmlElement | None:
    """The heading that a link is in, or that is in it."""
    for outer in link.iterancestors():
        if outer.tag in HEADINGS:
            return outer
        if outer.tag not in INLINE:
            break
    return next(link.iter(*HEADINGS), None)


def _stands_for_itself(link: HtmlElement) -> bool:
    words = len(link.text_content().split())
    return words >= HEADLINE and words >= OF_ITS_LINE * (words + _beside(link))


def _ends_a_block(link: HtmlElement) -> bool:
    """Whether a link is the last of its block, after a whole sentence or nothing."""
    node: HtmlElement | None = link
    while node is not None and (node is link or node.tag in INLINE):
        if (node.tail or "").strip() or node.getnext() is not None:
            return False
        node = node.getparent()
    before = link.getprevious()
    text = (before.tail if before is not None else link.getparent().text) or ""
    return bool(link.text_content().strip()) and (not text.strip() or text.rstrip().endswith(SENTENCE_ENDS))


def _beside(link: HtmlElement) -> int:
    """How many words stand in a line with a link."""
    node: HtmlElement | None = link
    count = 0
    while node is not None and (node is link or node.tag in INLINE):
        count += sum(len(text.split()) for text in _in_line(node))
        node = node.getparent()
    return count


def _in_line(node: HtmlElement) -> Iterator[str]:
    """The text around a node up to the next blocks. What stands in spans or other links is no part of its sentence."""
    yield node.tail or ""
    for after in node.itersiblings():
        if after.tag not in INLINE:
            break
        yield from (after.text_content() if after.tag in WORDS else "", after.tail or "")
    for before in node.itersiblings(preceding=True):
        yield before.tail or ""
        if before.tag not in INLINE:
            return
        yield before.text_content() if before.tag in WORDS else ""
    parent = node.getparent()
    yield (parent.text or "") if parent is not None else ""


def _cards(heads: Sequence[Head], need_headings: bool, headed: Headed) -> tuple[Card, ...]:
    if len(heads) < FEWEST:
        return ()
    targets = _targets(heads)
    roots: dict[HtmlElement, Head] = {}
    for head in heads:
        roots.setdefault(_root(head, targets), head)
    alike: dict[tuple[str, ...], list[tuple[HtmlElement, Head]]] = {}
    for root, head in roots.items():
        alike.setdefault(_built(root), []).append((root, head))
    found: list[Card] = []
    for group in (group for group in alike.values() if len(group) >= FEWEST):
        made = (
            _card(_parts(root, targets, need_headings, headed), head, need_headings, headed)
            for root, head in group
            if root in headed or need_headings or not _is_link_alone(root)
        )
        of_group = [card for card in made if card is not None]
        found += of_group if len(of_group) >= FEWEST else []
    return tuple(found)


def _targets(heads: Iterable[Head]) -> dict[HtmlElement, str | None]:
    """For every block with heads in it the page that all of them lead to; None where they lead to several."""
    found: dict[HtmlElement, str | None] = {}
    for head in heads:
        for block in (head.link, *head.link.iterancestors()):
            before = found.get(block, "")
            if before is None or before == head.target:
                break  # and so it is in all blocks around this one
            found[block] = None if before else head.target
    return found


def _root(head: Head, targets: dict[HtmlElement, str | None]) -> HtmlElement:
    root = head.link
    for block in islice(head.link.iterancestors(), DEEPEST):
        if targets[block] is None:
            break
        root = block
    return root


def _is_link_alone(root: HtmlElement) -> bool:
    """Whether an item of a list holds no other text than the one of its link: no card, and most of a page's links."""
    if root.tag not in TEXT:
        return False
    node, texts = root, 0
    while True:
        texts += bool(node.text and not node.text.isspace())
        if len(node) != 1:
            return len(node) == 0 and texts == 1
        node = node[0]
        if node.tail and not node.tail.isspace():
            return False


def _parts(
    root: HtmlElement, targets: dict[HtmlElement, str | None], need_headings: bool, headed: Headed
) -> tuple[HtmlElement, ...]:
    """The blocks of a card: one, or a headline and what follows it, or what stands above a link up to its headline."""
    if need_headings and root not in headed:
        return _up_to_heading(root)
    if root.tag in TEXT or not (_is_heading(root) or _is_bare(root)):
        return (root,)
    after: list[HtmlElement] = []
    for sibling in root.itersiblings():
        if sibling in targets or len(after) > MOST_PARAGRAPHS:
            break
        after.append(sibling)
    return (root, *after) if _is_heading(root) or not _follows_text(root) else (root,)


def _up_to_heading(root: HtmlElement) -> tuple[HtmlElement, ...]:
    before = []
    for sibling in islice(root.itersiblings(preceding=True), MOST_PARAGRAPHS + 1):
        before.append(sibling)
        if sibling.tag in HEADINGS:
            break
    return (*reversed(before), root)


def _is_heading(block: HtmlElement) -> bool:
    return block.tag in HEADINGS or (block.tag == "a" and _heading(block) is not None)


def _is_bare(block: HtmlElement) -> bool:
    """Whether a block holds one link, and no other text."""
    links = block.findall(".//a") if block.tag != "a" else [block]
    text = one_line(block.text_content())
    return any(one_line(link.text_content()) == text for link in links) and block.find(".//p") is None


def _follows_text(block: HtmlElement) -> bool:
    """Whether a paragraph stands above, in the same block: then this is a link within a story."""
    return any(
        before.tag in TEXT and len(before.text_content().split()) >= SENTENCE
        for before in block.itersiblings(preceding=True)
    )


def _card(parts: Iterable[HtmlElement], head: Head, need_heading: bool, headed: Headed) -> Card | None:
    """A card with text besides its headline; None where the blocks are none."""
    blocks = [part for part in parts if isinstance(part.tag, str)]
    heading = next((inner for block in blocks if block in headed for inner in block.iter(*HEADINGS)), None)
    if need_heading and heading is None:
        return None
    texts = [one_line(part.text_content()) for part in blocks]
    paragraphs = sum(1 for part in blocks for _ in part.iter("p"))
    words = sum(len(text.split()) for text in texts)
    headline = one_line(heading.text_content()) if heading is not None else _first_text(head.link)
    if paragraphs > MOST_PARAGRAPHS or not len(headline.split()) < words <= MOST_WORDS:
        return None
    return Card(headline=headline, words=words, letters="".join(map(letters, texts)))


def _first_text(link: HtmlElement) -> str:
    return next(filter(None, map(one_line, link.itertext())), "")


def _built(root: HtmlElement) -> tuple[str, ...]:
    """How a block is built: its name, its class without numbers, the name of what it is in."""
    parent = root.getparent()
    classes = (root.get("class") or "").split()
    name = FIGURES.sub("", classes[0]) if classes else ""
    return (str(root.tag), name, str(parent.tag) if parent is not None else "")
