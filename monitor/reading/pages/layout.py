"""Old ways of building a page, turned into those that trafilatura knows. Changes the tree it is given.

1. Text that stands loose in a block, parted by `<br>`, becomes paragraphs: trafilatura drops the first of them together
   with the byline that it follows. Only where there is much of it (menus are parted by `<br>` too) and it is the most of
   the page's text: beside an article in paragraphs it is a notice, an address or readers' comments.
2. Tables that hold blocks lay out the page and are no tables of figures: they become plain blocks, since trafilatura
   would print their rows.
3. In a page that was laid out by tables the block with most of the text in paragraphs is named the article; else
   trafilatura keeps its paragraphs and loses its lists. Other pages are left as they are: there it finds the article.
"""

from lxml.html import Element, HtmlElement

from monitor.reading.markup import one_line

LEAST_LOOSE_TEXT = 200  # characters; less is a menu or an address

TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
CONTAINERS = frozenset(("article", "body", "center", "div", "main", "section", "td"))
INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    )
)
LAID_OUT = frozenset(("p", "div", "h1", "h2", "h3", "ul", "ol", "article", "table", "br"))


def links(tree: HtmlElement) -> frozenset[str]:
    """What the page's links say."""
    return frozenset(one_line(link.text_content()) for link in tree.iter("a"))


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
    """Whether there were tables that lay out the page."""
    laid_out = {
        _table_of(cell) for cell in tree.iter("td", "th") if any(child.tag in LAID_OUT for child in cell)
    }
    for part in [part for part in tree.iter(*TABLE_PARTS) if _table_of(part) in laid_out]:
        part.tag = "div"
    return bool(laid_out)


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
