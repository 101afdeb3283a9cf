"""What stands around an article on its page, or in its place, known by its form. Plain text in, judgements out.

*Is this line the page's and not the story's?* Only short lines are asked, and only for forms that no sentence of a
report has: datelines, bylines, picture credits, invitations to share, subscribe, log in or read something else. A line
in doubt stays: a stray "Related stories" costs the officer a keystroke, a lost paragraph costs the story.

*Is this page something else than an article?* Sites answer "here it is" (status 200) with block pages, cookie walls,
notices that the page is gone, and the first lines of what subscribers may read. All of these are short, so an article
of any length may speak of cookies and subscribers.
"""

import re
from collections.abc import Callable, Collection, Sequence

from monitor.reading.markup import BULLET

LONGEST_LINE = 25  # words
SHORT_TEXT = 120  # words: about four paragraphs of a local paper
STUB_TEXT = 70  # words: what is shown of an article that is for subscribers
SHORTEST_TEXT = 15  # words: "More on this as we have it", but not yet a story
FEWEST_HEADLINES = 6  # lines or links, from which on a page may be a list of them
FEWEST_TEASERS = 4  # an article that ends with "more like this" has its own paragraphs besides

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d\d?/\d\d?/\d{{2,4}})"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_TIME = r"(?:(?:,| at| -| \|)? \d{1,2}[:.]\d{2} ?(?:am|pm)?(?: (?:gmt|bst))?)?"

# Each is a whole line, whatever its case.
FORMS = (
    # dates
    rf"(?:(?:first |last )?(?:published|updated|posted)(?: on)?:? )?{_DAY}{_DATE}{_TIME}(?: by [^.]{{1,40}})?",
    r"(?:(?:first |last )?(?:published|updated|posted):? )?(?:\d+|an?) (?:minute|hour|day|week)s? ago",
    # other articles
    r"(?:read more|continue reading|find out more|click here|also read|read also|read next)\b.*",
    r"(?:see also|related|recommended|more|watch|listen|gallery|in pictures) ?:.*",
    r"(?:related|recommended|more|most|latest|top|other|local)(?: (?:stories|articles|topics|news|read|popular))+",
    r"more (?:on this story|from .{2,40})|related internet links|listen live|skip to .*content|back to (?:top|.*news)",
    # joining in
    r"(?:sign up|subscribe|follow us|like us|join (?:us|our|\d)|get (?:our|all|the|local|breaking|more)|never miss|stay up"
    r"|don['’]t miss|download our|support (?:us|our|local)).*\b(?:newsletter|inbox|e-?mail|app|facebook|whatsapp|subscriber"
    r"|journalism|story)s?\b.*",
    r"(?:please )?(?:sign up|sign in|log ?in|register|subscribe)(?: (?:now|here|today))?"
    r"(?: (?:to|or) (?:read|continue|comment|leave|post|view|join|sign|log|register).*)?",
    r"(?:\d+ |no )?comments?(?: \(?\d+\)?| yet)?|(?:leave|post|add|view) (?:a |all )?comments?|have your say",
    r"share(?: (?:this|on|via))?(?: (?:story|article|page|post|facebook|x|twitter|whatsapp|e-?mail))*|copy link",
    r"(?:print|e-?mail)(?: this)?(?: (?:story|article|page))?|facebook|twitter|whatsapp",
    # credits, labels, notices
    r"(?:picture|photo|photograph|image|pic|video|caption|credit)s?(?: credit)?(?: by |: ?| - | ?\().*",
    r"(?:tags?|topics|categories|filed under|posted in) ?:.*|advertisement|advert|sponsored(?: content)?",
    r"(?:©|\(c\)|copyright (?:©|\d{4})).*",
    r"(?:we use|this (?:web)?site uses|by (?:using|continuing)|accept|manage|reject)\b.*\bcookies?\b.*",
)
FURNITURE = re.compile("|".join(FORMS), re.IGNORECASE)

# "By Newsdesk", "By Ann Other, Local Democracy Reporter": names, not a sentence.
BYLINE = re.compile(
    r"(?:By|BY|Words by):? [A-Z][\w.'’-]*(?:,? (?:[A-Z][\w'’-]*|and|of|for|the|at|@\w+|[|–-]))*"
)

CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|partners|personal data|personalised)\b", re.IGNORECASE)

BLOCKED = re.compile(
    r"\bjust a moment\.\.\.|attention required!|checking your browser|unusual traffic from your|pardon our interruption"
    r"|\bddos protection\b|access (?:to this page (?:is|has been) |is )?denied|request (?:blocked|unsuccessful)\b"
    r"|you (?:have been|are) blocked|\b(?:not|are you) a robot\b|(?:verify|confirm|that) you are (?:a )?human"
    r"|human verification|enable (?:javascript|js|cookies)\b",
    re.IGNORECASE,
)

# The title, from its beginning.
GONE = re.compile(
    r"(?:error )?404\b|(?:(?:page|article|story|content) )?not found\b|(?:sorry|oops)\b"
    r"|(?:we )?(?:can ?not|can['’]t|could not|couldn['’]t) find (?:the|that|this) (?:page|article|story)"
    r"|(?:the|this|that) (?:page|article|story) (?:is no longer|no longer|has been removed|does not|doesn['’]t|could not|cannot)",
    re.IGNORECASE,
)

SUBSCRIBERS = re.compile(
    r"\bto (?:continue|keep|carry on) reading\b|\b(?:register|sign in|log ?in|subscribe)(?: now)? to (?:read|continue|view)\b"
    r"|\b(?:article|story|content|report) is (?:only )?(?:for|available to|reserved for) (?:our )?(?:subscribers|members)\b"
    r"|\bsubscribe (?:now )?(?:and keep|to unlock|for full)\b|\breading this premium\b",
    re.IGNORECASE,
)


BLOCK_PAGE = "the site checks for robots and shows no article"
COOKIE_NOTICE = "a cookie notice, not an article"
NO_SUCH_PAGE = "the site says that there is no such page"
FOR_SUBSCRIBERS = "the article is for the site's subscribers"
NO_ARTICLE = "no article on the page"
INDEX = "a list of headlines, not an article"


def is_furniture(line: str) -> bool:
    """Whether a line of text belongs to the page and not to the story."""
    line = line.removeprefix(BULLET).strip()
    if len(line.split()) > LONGEST_LINE:
        return False
    return bool(FURNITURE.fullmatch(line) or (BYLINE.fullmatch(line) and not line.endswith(".")))


def instead(
    title: str,
    paragraphs: Sequence[str],
    page: Callable[[], str],
    *,
    headlines: int = 0,
    teasers: Collection[str] = (),
) -> str | None:
    """What a page shows in place of an article, in words; None where the paragraphs are one.

    `page` gives all the text of the page, furniture and all; it is asked for only where the paragraphs are few.
    `headlines` counts the links on the page that are headlines, `teasers` are the paragraphs that stand under one.
    """
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if words <= SHORT_TEXT:
        reason = _in_place_of_a_short_text(title, paragraphs, page())
        if reason:
            return reason
    if words < SHORTEST_TEXT:
        return INDEX if headlines >= FEWEST_HEADLINES else NO_ARTICLE
    return INDEX if _is_list(paragraphs) or _are_teasers(paragraphs, teasers) else None


def _in_place_of_a_short_text(title: str, paragraphs: Sequence[str], page: str) -> str | None:
    shown = " ".join(paragraphs) or page
    if BLOCKED.search(f"{title}\n{shown}"):
        return BLOCK_PAGE
    if _is_about_consent(paragraphs or (title, page)):
        return COOKIE_NOTICE
    if GONE.match(title):
        return NO_SUCH_PAGE
    if len(shown.split()) <= STUB_TEXT and SUBSCRIBERS.search(page):
        return FOR_SUBSCRIBERS
    return None


def _is_about_consent(paragraphs: Sequence[str]) -> bool:
    return sum(CONSENT.search(paragraph) is not None for paragraph in paragraphs) * 2 > len(paragraphs)


def _is_list(paragraphs: Sequence[str]) -> bool:
    """Whether hardly any line ends as a sentence does."""
    sentences = sum(
        paragraph.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";")) for paragraph in paragraphs
    )
    return len(paragraphs) >= FEWEST_HEADLINES and sentences * 4 < len(paragraphs)


def _are_teasers(paragraphs: Sequence[str], teasers: Collection[str]) -> bool:
    """Whether most of the paragraphs each belong to a headline that leads elsewhere."""
    found = sum(paragraph in teasers for paragraph in paragraphs)
    return found >= FEWEST_TEASERS and found * 2 > len(paragraphs)
