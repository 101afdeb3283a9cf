"""What a page says of itself for machines: the articles that its JSON-LD names.

1. Every script whose type says JSON-LD is read, however it is wrapped (`<![CDATA[`, a comment) and whatever is around
   it; several values in a row are several values. What JSON refuses and pages hold all the same is mended: raw line
   breaks, commas before a bracket, backslashes before what needs none, entities for the quotes. What is broken beyond
   that is looked through for the text alone.
2. An article is what has an article's type or text, wherever it stands: alone, in a list, in `@graph`, in `mainEntity`.
   The posts of a live report and readers' comments are none.
3. Its text comes as text or as HTML, once or twice escaped, with marks of Markdown in it (they are taken off), and with
   line breaks or blank lines between paragraphs. Where it comes as one piece, sentences that were glued to each other are parted.
4. Where the page says what may be read free of charge (`isAccessibleForFree`), that is kept.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from monitor.reading.markup import one_line, paragraphs, plain

MOST_IN_A_ROW = 100  # values in one script
MOST_VALUES = 5_000  # of JSON-LD on a page that are looked at
ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
LIVE = "LiveBlogPosting"
NOT_WITHIN = frozenset(("liveBlogUpdate", "comment", "itemListElement", "hasPart", "isPartOf", "review"))

WRAPPING = re.compile(r"/\*.{0,40}?\*/|(?://)?\s{0,5}<!\[CDATA\[|(?://)?\s{0,5}\]\]>|<!--|-->")
COMMA_TOO_MANY = re.compile(r",(?=\s*+[}\]])")
BACKSLASH = re.compile(r"\\(?:([\"\\/bfnrt]|u[0-9a-fA-F]{4})|)")
BETWEEN = re.compile(r"[\s,;]*+")

ENDS = (".", "!", "?", ":", "”", "’", '"', "'", ")")
MARKDOWN = re.compile(
    r"^\+\+\+.{0,80}$|!?\[#\w[^\]\n]{0,200}\]|!?\[([^\]\n]{1,200})\]\([^)\s]{1,500}\)|^#{1,6} (?=\S)|\{: [^}\n]{0,80}\}",
    re.MULTILINE,
)
GLUED = re.compile(r"(?<=[a-z0-9)][.!?])(?=[A-Z“‘\"])|(?<=[.!?][”’\"])(?=[A-Z“‘])")
PIECE = 60  # words; a text of more that comes as one piece is parted
PARAGRAPH = 20  # words, from which on a paragraph made of such a piece is long enough
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.!?])\s+(?=[A-Z“‘\"])|(?<=[.!?][”’\"])\s+(?=[A-Z“‘\"])")


@dataclass(frozen=True, slots=True)
class Claim:
    """An article that the page's JSON-LD names."""

    headline: str = ""
    url: str = ""
    paragraphs: tuple[str, ...] = ()
    is_live: bool = False
    is_free: bool | None = None  # None: it does not say

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def claims(tree: HtmlElement) -> tuple[Claim, ...]:
    """The articles that a page's JSON-LD names, in order."""
    scripts = (script.text or "" for script in tree.iter("script") if _is_linked_data(script))
    return tuple(claim for text in scripts for value in _values(text) for claim in _articles(value))


def _is_linked_data(script: HtmlElement) -> bool:
    kind = (script.get("type") or "").lower()
    return "json" in kind and "ld" in re.split(r"[^a-z]", kind)


def _values(text: str) -> Iterator[Any]:
    text = WRAPPING.sub("", text).strip()
    for mended in (str, _mended, _unescaped):
        try:
            yield from _in_a_row(mended(text))
        except (ValueError, RecursionError):
            continue
        return
    yield from _found(text)


def _in_a_row(text: str) -> list[Any]:
    decoder, at = json.JSONDecoder(strict=False), 0
    found: list[Any] = []
    while at < len(text) and len(found) < MOST_IN_A_ROW:
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
    return found


def _mended(text: str) -> str:
    return BACKSLASH.sub(lambda found: found.group() if found[1] else "", COMMA_TOO_MANY.sub("", text))


def _unescaped(text: str) -> str:
    return _mended(html.unescape(text)) if "&quot;" in text or "&#34;" in text else text


def _found(text: str) -> Iterator[Any]:
    """The text of an article in what is no JSON, up to the name of the next value."""
    begun = re.search(r'"articleBody"\s{0,9}:\s{0,9}"', text)
    if begun is None:
        return
    end = re.compile(r'"\s{0,9},\s{0,9}"[@\w]+"\s{0,9}:|"\s{0,9}\}').search(text, begun.end())
    if end is not None:
        body = text[begun.end() : end.start()]
        yield {"articleBody": body.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/")}


def _articles(value: Any) -> Iterator[Claim]:
    waiting, seen = [value], 0
    while waiting and seen < MOST_VALUES:
        value, seen = waiting.pop(), seen + 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if _is_article(value):
                yield _claim(value)
            within = [part for name, part in value.items() if name not in NOT_WITHIN]
            waiting.extend(part for part in reversed(within) if isinstance(part, list | dict))


def _is_article(value: dict[str, Any]) -> bool:
    return bool(value.get("articleBody")) or any(ARTICLE.search(kind) for kind in _kinds(value))


def _kinds(value: dict[str, Any]) -> tuple[str, ...]:
    return tuple(kind for kind in _list(value.get("@type")) if isinstance(kind, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _claim(value: dict[str, Any]) -> Claim:
    return Claim(
        headline=_text(value.get("headline")) or _text(value.get("name")),
        url=_text(value.get("url")) or _text(value.get("@id")),
        paragraphs=body_paragraphs(
            [part for part in _list(value.get("articleBody")) if isinstance(part, str)]
        ),
        is_live=any(LIVE in kind for kind in _kinds(value)),
        is_free=_is_free(value.get("isAccessibleForFree")),
    )


def _text(value: Any) -> str:
    return plain(value) if isinstance(value, str) else ""


def _is_free(value: Any) -> bool | None:
    told = str(value).strip().lower().removeprefix("http://schema.org/").removeprefix("https://schema.org/")
    return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(told)


def body_paragraphs(parts: Sequence[str]) -> tuple[str, ...]:
    """The text of an article as JSON-LD has it, as paragraphs."""
    found = tuple(line for part in parts for line in _part(part))
    if len(found) == 1 and len(found[0].split()) > PIECE:
        return tuple(_parted(GLUED.sub(" ", found[0])))
    return found


def _part(text: str) -> Iterator[str]:
    text = MARKDOWN.sub(lambda found: found[1] or "", text)
    text = html.unescape(text) if "&amp;" in text or ("<" not in text and "&lt;" in text) else text
    if re.search(r"<[a-zA-Z/!]", text) or "&lt;" in text:
        yield from paragraphs(text)
        return
    begun = ""
    for line in (one_line(html.unescape(line)) for line in text.splitlines()):
        begun = f"{begun} {line}".strip()
        if not line or line.endswith(ENDS):
            yield from filter(None, (begun,))
            begun = ""
    yield from filter(None, (begun,))


def _parted(text: str) -> Iterator[str]:
    """A long piece as paragraphs of whole sentences."""
    begun: list[str] = []
    for sentence in SENTENCE_END.split(text):
        begun.append(sentence)
        if sum(len(one.split()) for one in begun) >= PARAGRAPH:
            yield " ".join(begun)
            begun = []
    if begun:
        yield " ".join(begun)
