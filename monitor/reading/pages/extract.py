"""Page bytes to an article: title, paragraphs, day, the site's name. Never the author.

1. What is too large, is not HTML, or would take trafilatura minutes is not begun. What is packed is unpacked
   (`packed.py`), and its letters are what its bytes say (`letters.py`).
2. Only the sought article is left on a page that goes on with others, and nothing beside it (`borders`). Of that the
   headline (`headline.py`), the standfirst (`standfirst.py`) and the day are read, and then it is made ready: old ways of
   building a page are turned into those that trafilatura knows (`layout.py`); what it would stumble over is taken out
   (`clean.py`), what holds the story is made safe (`frame.py`), what is none of it is left out (`beside.py`).
3. trafilatura finds the article. `favor_precision` gives the best text (F1 0.964 over 181 news pages, 0.960 without);
   `deduplicate` would remember paragraphs from one page to the next.
4. Lines that belong to the page and not to the story are left out (`furniture.py`), and so is the headline where it
   stands again above the text. Where the page has no text to see, or hardly any, that of its JSON-LD stands.
5. A page that shows something in place of an article is told by what it is (`borders/instead.py`).

The day is never in the future (`days.py`).
"""

import logging
import re
from datetime import datetime

from lxml.html import Element, HtmlElement
from trafilatura import bare_extraction, load_html, settings, xpaths
from trafilatura.settings import Document

from monitor.lengths import LONGEST_NAME, LONGEST_TITLE, shortened, shortened_text
from monitor.model import NoArticle, Page
from monitor.reading.letters import decoded
from monitor.reading.markup import BULLET, one_line
from monitor.reading.markup import paragraphs as lines
from monitor.reading.packed import Sealed, is_text, unpacked
from monitor.reading.pages.beside import leave_out
from monitor.reading.pages.borders.facts import take_facts
from monitor.reading.pages.borders.instead import FOR_SUBSCRIBERS, Shown, instead, without_cards
from monitor.reading.pages.borders.notices import without_notices
from monitor.reading.pages.borders.sought import NOBODYS, Sought
from monitor.reading.pages.borders.walls import is_called_a_wall, without_invitations
from monitor.reading.pages.clean import clean, drop_drawings, unwrap_links
from monitor.reading.pages.days import page_days
from monitor.reading.pages.frame import make_safe
from monitor.reading.pages.furniture import is_sentence, story_lines
from monitor.reading.pages.headline import Named, named
from monitor.reading.pages.layout import links, make_plain
from monitor.reading.pages.standfirst import standfirst, with_standfirst

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

# What trafilatura drops by its class, id or style, and by its tag. It promises no such names, and called one otherwise
# in 2.3.0: of a release that has one no more, pages are read a little worse, and not no page. A test asks for each.
PRUNED_BY = (
    "OVERALL_DISCARD_XPATH",
    "PRECISION_DISCARD_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
    "TEASER_DISCARD_XPATH",
)
PRUNED = tuple(expression for name in PRUNED_BY for expression in getattr(xpaths, name, ()))
PRUNED_TAGS = frozenset((*getattr(settings, "MANUALLY_CLEANED", ()), "header"))

TABLE_RULE = re.compile(r"[|\s-]+")  # below the heads of a table, as trafilatura prints it
ABOVE = 3  # lines, among which the headline may stand again: its section, its day

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
    drop_drawings(tree)
    facts = take_facts(tree, sought, url)
    days = page_days(tree, url, seen)  # before the tree is changed
    page = named(tree, url)
    make_plain(tree)
    above = standfirst(tree, page)
    clean(tree)
    leave_out(tree, make_safe(tree, _is_pruned))
    unwrap_links(tree)
    document = _document(tree)
    title = page.headline
    paragraphs = with_standfirst(above, _story((document and document.text) or "", page))
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
        outlet=shortened(page.outlet, LONGEST_NAME) if page.outlet else None,
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


def _document(tree: HtmlElement) -> Document | None:
    """What trafilatura finds. Its metadata would take a quarter of its time, and names of authors are not ours to keep."""
    found = bare_extraction(tree, favor_precision=True, include_comments=False)
    return found if isinstance(found, Document) else None


def _is_pruned(block: HtmlElement) -> bool:
    """Whether trafilatura would drop a block whatever is in it: asked of itself, on a page that has nothing else."""
    alone = Element("body")
    alone.append(Element(block.tag, dict(block.attrib)))
    return block.tag in PRUNED_TAGS or any(expression(alone) for expression in PRUNED)


def _story(text: str, page: Named) -> tuple[str, ...]:
    """The story's own lines, in order."""
    lines = (one_line(line).strip("| ") for line in text.split("\n") if not TABLE_RULE.fullmatch(line))
    story = without_notices(story_lines([line for line in lines if line not in ("", BULLET.strip())]))
    above = next((at + 1 for at, line in enumerate(story[:ABOVE]) if page.is_headline(line)), 0)
    return (
        *(line for line in story[:above] if is_sentence(line) and not page.is_headline(line)),
        *story[above:],
    )
