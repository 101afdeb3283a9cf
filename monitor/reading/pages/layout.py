"""Old ways of building a page, turned into those that trafilatura knows. Changes the tree it is given.

1. Text that stands loose in a block, parted by `<br>`, becomes paragraphs: trafilatura drops the first of them together
   with the byline that it follows. Only where there is much of it (menus are parted by `<br>` too) and it is the most of
   the page's text: beside an article in paragraphs it is a notice, an address or readers' comments.
2. Tables that hold blocks and, together, most of the page's text lay out the page and are no tables of figures: they
   become plain blocks, since trafilatura would print their rows. In another table a cell becomes one line.
3. In a page that was laid out by tables the block with most of the text in paragraphs is named the article; else
   trafilatura keeps its paragraphs and loses its lists. Other pages are left as they are: there it finds the article.
"""

from lxml.html import Element, HtmlElement

from monitor.reading.markup import one_line

LEAST_SENTENCE = 40  # characters; less is a figure, or a word of a menu
LEAST_LOOSE_TEXT = 200  # characters; less is a menu or an address

TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
CONTAINERS = frozenset(("article", "body", "center", "div", "main", "section", "td"))
INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
    )
    + (
        "picture",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
BLOCKS = frozenset(
    (
        "article",
        "aside",
        "blockquote",
        "center",
        "div",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "main",
        "p",
    )
    + ("pre", "section")
)
LAID_OUT = frozenset(("p", "div", "h1", "h2", "h3", "ul", "ol", "article", "table", "br"))


def links(tree: HtmlElement) -> frozenset[str]:
    """What the page's links say."""
    return frozenset(one_line(link.text_content()) for link in tree.iter("a"))


LEAST_SENTENCE = 40  # characters; less is a figure, or a word of a menu


def is_leaf(block: HtmlElement) -> bool:
    """Whether a block holds text and nothing else, be it in several lines."""
    return all(inside.tag in INLINE or inside.tag == "br" for inside in block.iterdescendants())


def block_of(link: HtmlElement) -> HtmlElement:
    """The block in whose text a link stands."""
    block = link.getparent()
    while block.tag in INLINE and block.getparent() is not None:
        block = block.getparent()
    return block


def make_plain(tree: HtmlElement) -> None:
    blocks = {found.getparent(): None for found in tree.iter("br")}
    loose = {
        block: size
        for block in blocks
        if block is not None and block.tag in CONTAINERS and (size := _loose_text(block)) >= LEAST_LOOSE_TEXT
    }
    if loose and max(loose.values()) > sum(len(paragraph.text_content()) for paragraph in tree.iter("p")):
        for block in loose:
            _into_paragraphs(block)
    if _unfold_tables(tree) and next(tree.iter("article"), None) is None:
        _name_the_article(tree)


def _loose_text(block: HtmlElement) -> int:
    return len((block.text or "").strip()) + sum(len((child.tail or "").strip()) for child in block)


def _into_paragraphs(block: HtmlElement) -> None:
    """Makes a paragraph of each run of text and inline elements between breaks and other blocks."""
    runs = [_paragraph(block.text)]
    for child in list(block):
        if child.tag in INLINE:
            runs[-1].append(child)
            continue
        after = _paragraph(child.tail)
        child.tail = None
        runs += [after] if child.tag == "br" else [child, after]
    block.text = None
    block[:] = [run for run in runs if run.tag != "p" or run.text_content().strip()]


def _paragraph(text: str | None) -> HtmlElement:
    paragraph = Element("p")
    paragraph.text = text
    return paragraph


def _unfold_tables(tree: HtmlElement) -> bool:
    """Whether there were tables that lay out the page: together they hold most of its text. Others are of figures."""
    blocks = {_table_of(cell) for cell in tree.iter("td", "th") if any(one.tag in LAID_OUT for one in cell)}
    if not blocks:
        return False
    parts = [part for part in tree.iter(*TABLE_PARTS) if _table_of(part) in blocks]
    if not _is_in_tables(tree):
        for cell in parts:
            if cell.tag in ("td", "th"):
                _make_one_line(cell)
        return False
    for part in parts:
        part.tag = "div"
    return True


def _is_in_tables(tree: HtmlElement) -> bool:
    """Whether a good part of the page's text is: a table of figures has hardly a sentence."""
    within = without = 0
    for block in tree.iter("p", "div", "li", "td"):
        size = len(block.text_content()) if is_leaf(block) else _loose_text(block)
        if size < LEAST_SENTENCE:
            continue
        if next(block.iterancestors("table"), None) is not None:
            within += size
        else:
            without += size
    return within * 3 > without


def _make_one_line(cell: HtmlElement) -> None:
    if next(cell.iter("a"), None) is None:
        text = one_line(" ".join(cell.itertext()))
        cell.clear(keep_tail=True)
        cell.text = text


def _table_of(part: HtmlElement) -> HtmlElement | None:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _name_the_article(tree: HtmlElement) -> None:
    sizes: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        block = paragraph.getparent()
        if block is not None and block.tag == "div":
            sizes[block] = sizes.get(block, 0) + len(paragraph.text_content())
    if sizes:
        max(sizes, key=lambda block: sizes[block]).tag = "article"
