"""A page's bytes as a tree of elements: for its links to articles and to feeds."""

from lxml import etree, html

from monitor.reading.letters import decoded
from monitor.reading.packed import Sealed, is_text, unpacked

MOST_BYTES = 3_000_000


def tree_of(body: bytes, content_type: str | None) -> html.HtmlElement | None:
    """None for what is no page: nothing, no text, more than any page has."""
    content = unpacked(body, MOST_BYTES)
    if (
        isinstance(content, Sealed)
        or not content.strip()
        or len(content) > MOST_BYTES
        or not is_text(content)
    ):
        return None
    text = decoded(content, content_type).encode("utf-8", "replace")
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, AssertionError):  # nothing in it
        return None


def base_of(tree: html.HtmlElement) -> str:
    """What the page's relative addresses are relative to, as its first `<base>` with an address has it; else ""."""
    return next((href for found in tree.iter("base") if (href := (found.get("href") or "").strip())), "")
