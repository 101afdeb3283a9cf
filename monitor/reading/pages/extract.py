"""Page bytes to an article: title, paragraphs, day, the site's name. Never the author.

1. What is too large, is not HTML, or would take trafilatura minutes is not begun. What is packed is unpacked
   (`packed.py`), and its letters are what its bytes say (`letters.py`).
2. Only the sought article is left on a page that goes on with others, and nothing beside it (`borders`). Old ways of
   building a page are turned into those that trafilatura knows (`layout.py`).
3. trafilatura finds the article. `favor_precision` gives the best text (F1 0.964 over 181 news pages, 0.960 without);
   `deduplicate` would remember paragraphs from one page to the next.
4. Lines that belong to the page and not to the story are left out (`furniture.py`), and so is the headline where it
   stands again above the text. Where the page has no text to see, or hardly any, that of its JSON-LD stands.
5. A page that shows something in place of an article is told by what it is (`borders/instead.py`).
6. The title is the page's heading, without the outlet's name. The day is never in the future (`days.py`).
"""

import logging
import re
from collections.abc import Sequence
from datetime import datetime

from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from monitor.lengths import LONGEST_NAME, LONGEST_TITLE, shortened, shortened_text
from monitor.model import NoArticle, Page
from monitor.reading.letters import decoded
from monitor.reading.markup import BULLET, one_line
from monitor.reading.markup import paragraphs as lines
from monitor.reading.packed import Sealed, is_text, unpacked
from monitor.reading.pages.borders.facts import take_facts
from monitor.reading.pages.borders.instead import FOR_SUBSCRIBERS, Shown, instead, without_cards
from monitor.reading.pages.borders.notices import without_notices
from monitor.reading.pages.borders.sought import NOBODYS, Sought
from monitor.reading.pages.borders.walls import is_called_a_wall, without_invitations
from monitor.reading.pages.days import page_days
from monitor.reading.pages.furniture import story_lines
from monitor.reading.pages.layout import links, make_plain
from monitor.reading.urls import host

MOST_BYTES = 3_000_000
MUCH_MORE = 2  # times the words that are to be seen, from which on the text of JSON-LD stands for them

# Elements of a page. trafilatura's time grows with their square: 25,000 paragraphs take 6 s, 100,000 took 21 s; a news
# page has a few thousand.
MOST_ELEMENTS = 25_000
ELEMENT = re.compile(rb"<[a-zA-Z]")
NO_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)

NOT_HTML = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)

SEPARATORS = re.compile(r"\s+(?:[|–—·•»-]|::)\s+|\s*\|\s*")

SECTION = re.compile(r"^(?:home|politics|sport|crime|local|news)$|\bnews$", re.IGNORECASE)

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they log each page without an article; we return it


def extract(
    body: bytes, url: str, seen: datetime, sought: Sought = NOBODYS, content_type: str | None = None
) -> Page | NoArticle:
    """The article on a page fetched from `url`, with what the server called it; `seen` is now, `sought` what led there."""
    content = unpacked(body, MOST_BYTES, whole=True)
    unfit = content.reason if isinstance(content, Sealed) else _unfit(content)
    text = "" if isinstance(content, Sealed) or unfit else decoded(content, content_type)
    tree = None if unfit else load_html(text)
    if tree is None:
        return NoArticle(reason=unfit or "not an HTML page")
    facts = take_facts(tree, sought, url)
    days = page_days(tree, url, seen)  # before the tree is changed
    heading, *headings = _headings(tree)
    make_plain(tree)
    document = _document(tree, url)
    outlet = _outlet(document)
    title = _title(heading, headings, outlet, url)
    paragraphs = _story((document and document.text) or "", title)
    claim = facts.claim(sought, title)
    if claim and claim.is_free is not False and claim.words > MUCH_MORE * sum(map(_words, paragraphs)):
        paragraphs = story_lines(claim.paragraphs)
    shown = Shown(
        title=title,
        paragraphs=without_invitations(paragraphs),
        lines=lambda: lines(text),
        links=lambda: links(load_html(text)),  # trafilatura has taken the tree apart
        headings=facts.headings,
        cards=facts.cards,
        sought=sought,
        url=url,
        asks=facts.asks,
        is_marked=facts.is_marked,
        is_free=claim.is_free if claim else None,
        has_wall=lambda: is_called_a_wall(load_html(text)),
    )
    reason = instead(shown)
    if reason == FOR_SUBSCRIBERS:
        beginning = shortened_text(tuple(shown.paragraphs))
        return NoArticle(reason=reason, title=shortened(title, LONGEST_TITLE), beginning=beginning)
    if reason:
        return NoArticle(reason=reason)
    return Page(
        title=shortened(title, LONGEST_TITLE),
        paragraphs=shortened_text(without_cards(shown.paragraphs, shown.cards)),
        published=days.best,
        own_day=days.own,
        outlet=shortened(outlet, LONGEST_NAME) if outlet else None,
    )


def _words(paragraph: str) -> int:
    return len(paragraph.split())


def _unfit(body: bytes) -> str | None:
    """Why a body is not worth beginning with; None where it is."""
    if len(body) > MOST_BYTES:
        return f"larger than {MOST_BYTES / 1_000_000:g} MB"
    if not body.strip():
        return "an empty page"
    for beginning, what in NOT_HTML:
        if body.startswith(beginning):
            return f"{what}, not an HTML page"
    if not is_text(body):
        return "no text, or compressed in a way that cannot be read"
    if (
        len(ELEMENT.findall(body)) > MOST_ELEMENTS
        and len(ELEMENT.findall(NO_MARKUP.sub(b"", body))) > MOST_ELEMENTS
    ):
        return f"more than {MOST_ELEMENTS:,} elements: no news page has so many"
    return None


def _headings(tree: HtmlElement) -> tuple[str, ...]:
    """The document's title, then the headings on the page that may be the article's."""
    title = one_line(tree.findtext(".//title") or "")
    found = (one_line(" ".join(heading.itertext())) for heading in tree.iter("h1", "h2"))
    headings = [heading for heading in found if heading]
    return (title or (headings[0] if headings else ""), *headings)


def _document(tree: HtmlElement, url: str) -> Document | None:
    found = bare_extraction(
        tree,
        url=url,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "outputformat": "none"
        },  # the day is known: htmldate gives up at this at once
    )
    return found if isinstance(found, Document) else None


def _story(text: str, title: str) -> tuple[str, ...]:
    """The story's own lines, in order."""
    lines = (one_line(line) for line in text.split("\n"))
    story = without_notices(story_lines([line for line in lines if line not in ("", BULLET.strip())]))
    return story[1:] if story and _letters(story[0]) == _letters(title) else story


def _title(title: str, headings: Sequence[str], outlet: str | None, url: str) -> str:
    """The document's title without the outlet's name: the heading on the page that stands in it, else what is left."""
    left = _without_outlet(title, outlet, url)
    for heading in headings:
        # "News" stands in a title too: the headline is most of it, or what remains when a section's name is gone.
        if heading in left and (len(heading) * 2 > len(left) or _is_last_of(heading, left)):
            return heading
    return left


def _without_outlet(title: str, outlet: str | None, url: str) -> str:
    parts = SEPARATORS.split(title)
    if _is_outlet(parts[-1], outlet, url):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-") or title
    if _is_outlet(parts[0], outlet, url):
        return title[len(parts[0]) :].lstrip(" |–—·•»:-") or title
    return title


def _is_last_of(heading: str, title: str) -> bool:
    """Whether a title is names of sections and then the heading: "Local News - Fete fun"."""
    *before, last = SEPARATORS.split(title)
    return last == heading and bool(before) and all(SECTION.search(part) for part in before)


def _is_outlet(name: str, outlet: str | None, url: str) -> bool:
    """Whether a part of a title is the name of the site: its own word for itself, or that of its address."""
    label = max(host(url).removeprefix("www.").split("."), key=len)
    return _letters(name) == _letters(outlet or "") or (len(label) >= 3 and _letters(label) in _letters(name))


def _outlet(document: Document | None) -> str | None:
    """The site's own name for itself; where it has none, trafilatura gives the host's name, which is nobody's."""
    name = one_line((document and document.sitename) or "")
    return name if name and "." not in name else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
