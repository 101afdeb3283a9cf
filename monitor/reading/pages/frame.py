"""The blocks that hold the story, made safe from what trafilatura prunes by name. Changes the tree it is given.

1. trafilatura drops blocks by their tags, classes and styles: "widget", "sidebar", "author", a border. Sites have such
   names on the very blocks that hold the story ("sidebar-layout"). Some of its prunings then lose the story; the others
   see that they would, and drop nothing on the whole page, not even what should go. So a block that holds most of the
   page's paragraphs loses the names that would have it pruned, and is made a plain one.
2. Paragraphs in `<div>` beside others in `<p>` would be lost, or the others beside them. So a `<div>` that holds nothing
   but text, ends as a sentence does and has a real paragraph at its side becomes a `<p>`; and where most paragraphs
   are of this kind, also one that stands alone in its part of the story.
3. A paragraph right beside the story's others is shown to the reader, whatever `aria-hidden` says.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from lxml.html import HtmlElement

from monitor.reading.pages.layout import is_leaf

PARAGRAPH = 80  # characters; shorter ones stand in menus too
PLAIN = frozenset(("article", "div", "main", "section"))
MOST = 0.5  # of the text in paragraphs
STOPS = tuple('.!?:”"’)')


def make_safe(tree: HtmlElement, is_pruned: Callable[[HtmlElement], bool]) -> tuple[HtmlElement, ...]:
    """The blocks that hold the story, the innermost first. `is_pruned`: whether trafilatura would drop it by its name."""
    paragraphs = [block for block in tree.iter("p", "div") if _is_paragraph(block)]
    holders = _holders(paragraphs)
    for block in holders:
        if is_pruned(block):
            block.attrib.clear()
            block.tag = block.tag if block.tag in PLAIN else "div"
    _name_paragraphs(paragraphs, holders[:1])
    for block in paragraphs:
        if block.getparent() in holders[:1]:
            block.attrib.pop("aria-hidden", None)
    return holders


def _is_paragraph(block: HtmlElement) -> bool:
    """Whether a block is a paragraph of some length: by its tag or, where it is a plain one, by how it ends."""
    if block.tag == "p":
        return _size([block]) >= PARAGRAPH
    return is_leaf(block) and _size([block]) >= PARAGRAPH and _ends(block)


def _ends(block: HtmlElement) -> bool:
    text: str = block.text_content()
    return text.rstrip().endswith(STOPS)


def _holders(paragraphs: Sequence[HtmlElement]) -> tuple[HtmlElement, ...]:
    held: Counter[HtmlElement] = Counter()
    for paragraph in paragraphs:
        size = len(paragraph.text_content())
        for block in paragraph.iterancestors():
            held[block] += size
    most = MOST * _size(paragraphs)
    blocks = (block for block, size in held.items() if size > most and block.tag not in ("body", "html"))
    return tuple(sorted(blocks, key=lambda block: -sum(1 for _ in block.iterancestors())))


def _size(paragraphs: Collection[HtmlElement]) -> int:
    return sum(len(paragraph.text_content()) for paragraph in paragraphs)


def _name_paragraphs(paragraphs: Sequence[HtmlElement], inner: Sequence[HtmlElement]) -> None:
    plain = [block for block in paragraphs if block.tag == "div"]
    if not plain:
        return
    beside = Counter(paragraph.getparent() for paragraph in paragraphs)
    for parent in (block for block, count in beside.items() if count > 1):
        for block in parent:
            if block.tag == "div" and is_leaf(block) and _ends(block):
                block.tag = "p"
    if 2 * _size([block for block in plain if block.tag == "p"]) > _size(paragraphs):
        around = {*inner, *(block.getparent() for block in inner)}
        for block in plain:
            if not around.isdisjoint(block.iterancestors()):
                block.tag = "p"
