"""Markup to plain text: what a feed calls HTML, or calls text and is HTML, as paragraphs for a reader.

1. Comments, scripts, styles, frames and captions are left out with all they hold.
2. A block (p, div, heading, list item, table row, br) ends the paragraph before it; a list item begins with "- ".
   Text without any tag has its paragraphs parted by blank lines.
3. Entities are decoded, also those that were escaped twice or thrice. Markup that was escaped too often is read as
   markup: what has a tag and its end, begins with a block, or has attributes. A tag that a text speaks of ("use the
   &lt;b&gt; tag") is none, and stays shown.
4. Whitespace is single; characters that nobody can see are dropped: controls, zero-width and direction marks (these
   can make a printed sentence read backwards), halves of surrogate pairs (no file could hold them).

Tags are found by one expression whose parts keep what they took (`*+`): without that, `<` and 80,000 letters took 14 s.
"""

import html
import re
from html.entities import html5

TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unread>script|style|iframe|noscript|svg|figcaption|template)\b"
    r"[^<]*+(?:<(?!/(?P=unread)\s*>)[^<]*+)*(?:</(?P=unread)\s*>|\Z)"
    r"|</?(?P<name>[a-z][a-z0-9]*+)[^<>]*+>"
    r"|<[!?][^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)

BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
    )
    + ("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre")
    + ("section", "table", "td", "th", "tr", "ul")
)

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff]"
)

BULLET = "- "

MOST_TIMES = 3  # that a text was escaped too often
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
KEPT_REFERENCE = re.compile(rf"(?!&(?:lt|gt|#0*60|#0*62|#[xX]0*3[cCeE]);){REFERENCE.pattern}")
SHOWN_TAG = re.compile(r"&lt;/?[a-zA-Z!]|&#0*60;/?[a-zA-Z!]|&#[xX]0*3[cC];/?[a-zA-Z!]")


def one_line(text: str) -> str:
    """Text as a single line, with single spaces and nothing invisible in it."""
    return " ".join(INVISIBLE.sub("", text).split())


def without_name(title: str, outlet: str) -> str:
    """A title without the outlet's name at its end, where search engines and aggregators put it."""
    return re.sub(rf"\s+[-–—|]\s+{re.escape(outlet)}$", "", title)


def plain(markup: str) -> str:
    """Markup as a single line of text."""
    return " ".join(paragraphs(markup))


def paragraphs(markup: str) -> tuple[str, ...]:
    """Markup as whole paragraphs, in order; empty where there is nothing to read."""
    markup = _escaped_too_often(markup)
    if TAG.search(markup) is None:
        blocks = re.split(r"\n[^\S\n]*\n", markup.replace("\r\n", "\n"))
    else:
        blocks = _blocks(markup)
    lines = (one_line(_decoded(block)) for block in blocks)
    return tuple(line for line in lines if line not in ("", BULLET.strip()))


def _escaped_too_often(text: str) -> str:
    """Markup that was escaped once or twice too often, as markup; any other text as it is."""
    deeper = text
    for _ in range(MOST_TIMES):
        if "<" in deeper or "&" not in deeper:
            break
        deeper = html.unescape(deeper)
        if _is_markup(deeper):
            return deeper
    return text


def _is_markup(text: str) -> bool:
    """Whether tags in a text are its markup, and not what it speaks of ("use the <b> tag")."""
    opened = set()
    for tag in TAG.finditer(text):
        name = (tag["name"] or tag["unread"] or "!").lower()
        if tag.group().startswith("</"):
            if name in opened:
                return True
            continue
        opened.add(name)
        before, after = text[max(tag.start() - 1, 0) : tag.start()], text[tag.end() : tag.end() + 1]
        is_glued = not (before.isspace() and after.isspace())
        starts = name in BLOCKS and not text[: tag.start()].strip() if tag.start() < 100 else False
        is_whole = tag["unread"] and "</" in tag.group()
        if starts or (is_glued and name in ("br", "hr")) or "=" in tag.group() or is_whole:
            return True
    return False


def _decoded(text: str) -> str:
    """Text with its entities decoded, also those that were escaped twice; but what shows a tag stays shown."""
    if "&" not in text:
        return text
    text = html.unescape(text)
    for _ in range(MOST_TIMES):
        if "&" not in text:
            break
        known = KEPT_REFERENCE if SHOWN_TAG.search(text) else REFERENCE
        deeper = known.sub(_character, text)
        if deeper == text:
            break
        text = deeper
    return text


def _character(reference: re.Match[str]) -> str:
    name = reference.group()[1:]
    return html.unescape(reference.group()) if name.startswith("#") or name in html5 else reference.group()


def _blocks(markup: str) -> list[str]:
    """The text between block tags, still with entities."""
    blocks, begun, at = [], "", 0
    for tag in TAG.finditer(markup):
        begun += markup[at : tag.start()]
        at = tag.end()
        name = (tag["name"] or "").lower()
        if name in BLOCKS:
            is_item = name == "li" and not tag.group().startswith("</")
            # <li><p>…</p></li> is one item
            text = begun.strip()
            if text not in ("", BULLET.strip()) or is_item:
                blocks.append(begun)
                begun = BULLET if is_item else ""
            else:  # not the blanks themselves, or each of many tags would look through all of them
                begun = BULLET if text else ""
    return [*blocks, begun + markup[at:]]
