"""What a page shows in place of the article that a feed led to; where nothing says so, it is the article.

Sites answer "here it is" (status 200) with block pages, questions about cookies, section pages, notices that the
page is gone, and the first lines of what subscribers may read. What is asked, in this order:

1. *A short text* (120 words; an article of any length may speak of cookies and subscribers): a check for robots; a
   question about cookies, which is most of the text, or puts a choice before the reader (a button) on a page without
   anything that an article has; a title that says "not found"; the beginning of an article, with an invitation to
   pay or register (`walls.py`). The same question at any length where the reader was led to another site and nothing
   on the page is the sought article's.
2. *A list of headlines*: hardly any line ends as a sentence does, and most are links; or more of the text stands in
   cards (`cards.py`) than outside of them. Where the feed's title fits the page's own heading it is an article all
   the same (a round-up of ten walks), and so it is where only the page says that it is one, and its parts are long.
3. *Another page than the sought one*: no heading fits the feed's title, and of the title's words hardly any stand in
   the text; half of them where the address led elsewhere.
4. *Nothing*: fewer than fifteen words.

In doubt between an article and none the words decide; what the feed says stands for what is none, marked.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from monitor.reading.markup import BULLET
from monitor.reading.pages.borders.cards import Card, letters
from monitor.reading.pages.borders.sought import NOBODYS, Sought, fits, share
from monitor.reading.pages.borders.walls import LONGER_STUB, is_walled
from monitor.reading.pages.furniture import ends
from monitor.reading.urls import host, normalise

SHORT_TEXT = 120  # words: about four paragraphs of a local paper
SHORTEST_TEXT = 15  # words: "More on this as we have it", but not yet a story
FEWEST_HEADLINES = 6  # lines or links, from which on a page may be a list of them
HEADLINE_WORDS = 4  # a link of fewer words is navigation
FEWEST_LETTERS = 20  # of a paragraph that is looked for in the cards
INTRODUCTION = 60  # words
LONG_CARD = 45  # words; more under a headline may be a part of an article: a product, a walk, a winner
FEW_LINKS = 12  # a page that asks for consent links to its terms and little else
ABOUT = 0.5  # of the words of the feed's title, that stand on the page it led to by way of another
AT_ALL = 0.2  # of them, that stand on any page that is the article's

COOKIES = frozenset(("cookie", "cookies"))
CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|partners|personal data|personalised)\b", re.IGNORECASE)
TO_THE_READER = re.compile(
    r"\b(?:we|our|us)\b.*\byour?\b|\byour?\b.*\b(?:we|our|us)\b", re.IGNORECASE | re.DOTALL
)
CHOICE = re.compile(r"\b(?:your?|accept|agree|choose|click|manage|reject|we and our)\b", re.IGNORECASE)

BLOCKED = re.compile(
    r"\bjust a moment\.\.\.|attention required!|checking your browser|unusual traffic from your|pardon our interruption"
    r"|\bddos protection\b|access (?:to this page (?:is|has been) |is )?denied|request (?:blocked|unsuccessful)\b"
    r"|you (?:have been|are) blocked|\b(?:not|are you) a robot\b|(?:verify|confirm|that) you are (?:a )?human"
    # not the line of a comment box or a chart: "Please enable JavaScript to view the comments"
    r"|human verification|enable (?:javascript|js|cookies)\b(?! to (?:view|see|read|post|leave|load|play|watch|use) th)",
    re.IGNORECASE,
)

# The title, from its beginning.
GONE = re.compile(
    r"(?:error )?404\b|(?:(?:page|article|story|content) )?not found\b"
    r"|(?:sorry|oops)[,.!:… ]*(?:$|[|–-]|(?:we|the|that|this|something|there)\b.*"
    r"\b(?:find|found|exists?|gone|wrong|moved|removed|available|problem|page)\b)"
    r"|(?:we )?(?:can ?not|can['’]t|could not|couldn['’]t) find (?:the|that|this) (?:page|article|story)"
    r"|(?:the|this|that) (?:page|article|story) (?:is no longer|no longer|has been removed|does not|doesn['’]t|could not|cannot)",
    re.IGNORECASE,
)

BLOCK_PAGE = "the site checks for robots and shows no article"
COOKIE_NOTICE = "a cookie notice, not an article"
NO_SUCH_PAGE = "the site says that there is no such page"
FOR_SUBSCRIBERS = "the article is for the site's subscribers"
NO_ARTICLE = "no article on the page"
INDEX = "a list of headlines, not an article"
OTHER_PAGE = "another page came in the article's place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows. What costs time is asked for only where the paragraphs are few, or hardly sentences."""

    title: str
    paragraphs: Sequence[str]
    lines: Callable[[], Sequence[str]]  # all the text of the page, furniture and all
    links: Callable[[], Collection[str]] = frozenset  # what its links say
    headings: Sequence[str] = ()  # that may be the article's: the page's own and its title's
    cards: Sequence[Card] = ()
    sought: Sought = NOBODYS
    url: str = ""
    asks: bool = False  # there is a choice to make
    is_marked: bool = False  # the page says of itself that it is an article
    is_free: bool | None = None  # as it says of itself; None: it does not
    has_wall: Callable[[], bool] = bool  # a block of it is called one

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def is_sought(self) -> bool:
        """Whether a heading of the page is that of the sought article."""
        return any(fits(self.sought.title, heading) for heading in (self.title, *self.headings))

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.sought.url) and normalise(self.sought.url) != normalise(self.url)


def instead(shown: Shown) -> str | None:
    """What a page shows in place of an article, in words; None where its paragraphs are one."""
    return _asked_of_the_reader(shown) or _list(shown) or _other_page(shown) or _nothing(shown)


def without_cards(paragraphs: Sequence[str], cards: Sequence[Card]) -> tuple[str, ...]:
    """The paragraphs of an article without what belongs to headlines that lead elsewhere. The first always stays, and
    so do all where what is left would be no more than an introduction: of a round-up the cards are the text."""
    inside = _inside(paragraphs, cards) - {0}
    kept = tuple(paragraph for at, paragraph in enumerate(paragraphs) if at not in inside)
    return kept if sum(len(paragraph.split()) for paragraph in kept) >= INTRODUCTION else tuple(paragraphs)


def _asked_of_the_reader(shown: Shown) -> str | None:
    words = shown.words
    if words <= SHORT_TEXT:
        text = " ".join(shown.paragraphs) or " ".join(shown.lines())
        if BLOCKED.search(f"{shown.title}\n{text}"):
            return BLOCK_PAGE
        if _is_about_consent(shown) or _is_choice(shown):
            return COOKIE_NOTICE
        if GONE.match(shown.title):
            return NO_SUCH_PAGE
    elif _led_away(shown) and _is_choice(shown):
        return COOKIE_NOTICE
    return FOR_SUBSCRIBERS if _is_walled(shown) else None


def _is_walled(shown: Shown) -> bool:
    if not 0 < shown.words <= LONGER_STUB:
        return False  # before all the lines of the page are asked for
    return is_walled(shown.paragraphs, shown.lines(), is_free=shown.is_free, is_called=shown.has_wall)


def _is_about_consent(shown: Shown) -> bool:
    """Whether most paragraphs are about consent and speak to the reader: a report may be about consent or partners."""
    asked = shown.paragraphs or (shown.title, *shown.lines())
    found = [paragraph for paragraph in asked if CONSENT.search(paragraph)]
    if not shown.paragraphs:
        return len(found) * 2 > len(asked)
    if len(found) * 2 <= len(asked):
        return False
    text = " ".join((shown.title, *shown.paragraphs))
    return TO_THE_READER.search(text) is not None and _is_cookies(_kinds(text))


def _is_choice(shown: Shown) -> bool:
    """Whether the page has nothing of an article, and puts a choice about data before the reader."""
    if not shown.asks or shown.is_sought or shown.is_marked:
        return False
    if not _led_away(shown) and len(shown.links()) > FEW_LINKS:
        return False
    text = " ".join((shown.title, *(shown.paragraphs if shown.words >= SHORTEST_TEXT else shown.lines())))
    return _is_cookies(_kinds(text)) and CHOICE.search(text) is not None


def _kinds(text: str) -> set[str]:
    return {word.lower() for word in CONSENT.findall(text)}


def _is_cookies(kinds: set[str]) -> bool:
    return len(kinds) > 1 or not kinds.isdisjoint(COOKIES)


def _led_away(shown: Shown) -> bool:
    """Whether the reader was led to another site, where nothing is the sought article's."""
    return bool(shown.sought.url) and host(shown.sought.url) != host(shown.url) and not shown.is_sought


def _list(shown: Shown) -> str | None:
    if shown.words < SHORTEST_TEXT:
        headlines = sum(len(link.split()) >= HEADLINE_WORDS for link in shown.links())
        return INDEX if headlines >= FEWEST_HEADLINES else None
    return INDEX if _is_list(shown.paragraphs, shown.links) or _is_of_cards(shown) else None


def _is_list(paragraphs: Sequence[str], links: Callable[[], Collection[str]]) -> bool:
    """Whether hardly any line ends as a sentence does, and most are links: a list of figures or names has none."""
    if len(paragraphs) < FEWEST_HEADLINES or sum(map(ends, paragraphs)) * 4 >= len(paragraphs):
        return False
    linked = links()
    return sum(paragraph.removeprefix(BULLET) in linked for paragraph in paragraphs) * 2 > len(paragraphs)


def _is_of_cards(shown: Shown) -> bool:
    """Whether more of the text belongs to headlines that lead elsewhere than does not."""
    if not shown.cards or (shown.sought.title and shown.is_sought):
        return False
    if shown.is_marked and sum(card.words for card in shown.cards) > LONG_CARD * len(shown.cards):
        return False
    inside = _inside(shown.paragraphs, shown.cards)
    return sum(len(shown.paragraphs[at].split()) for at in inside) * 2 > shown.words


def _inside(paragraphs: Sequence[str], cards: Sequence[Card]) -> set[int]:
    """Which of the paragraphs stand in cards."""
    texts = "\n".join(card.letters for card in cards)
    found = {at: letters(paragraph) for at, paragraph in enumerate(paragraphs)} if texts else {}
    return {at for at, text in found.items() if len(text) >= FEWEST_LETTERS and text in texts}


def _other_page(shown: Shown) -> str | None:
    if not shown.paragraphs or shown.is_sought:
        return None
    about = share(shown.sought.title, " ".join((shown.title, *shown.headings, *shown.paragraphs)))
    if about is None:
        return None
    return OTHER_PAGE if about < (ABOUT if shown.is_elsewhere else AT_ALL) else None


def _nothing(shown: Shown) -> str | None:
    if shown.words >= SHORTEST_TEXT:
        return None
    return FOR_SUBSCRIBERS if shown.is_free is False else NO_ARTICLE
