"""What stands around an article on its page, or in its place, known by its form. Plain text in, judgements out.

*Is this line the page's and not the story's?* Only short lines are asked, and only for forms that no sentence of a
report has: picture credits, invitations to share, subscribe, log in or read something else. Datelines and bylines are
the page's above the story and below it; between its sentences a day is a step of the story. A line in doubt stays: a
stray "Related stories" costs the officer a keystroke, a lost paragraph costs the story.

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
HEADLINE_WORDS = 4  # a link of fewer words is navigation
SENTENCE = 8  # words; a shorter line that ends with a stop may be a notice
COOKIES = frozenset(("cookie", "cookies"))
FEWEST_TEASERS = 4  # an article that ends with "more like this" has its own paragraphs besides

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d\d?/\d\d?/\d{{2,4}})"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_TIME = r"(?:(?:,| at| -| \|)? \d{1,2}[:.]\d{2} ?(?:am|pm)?(?: (?:gmt|bst))?)?"

# Each is a whole line, whatever its case. What ends as a sentence does may be one of the report, so the forms that begin
# as such a sentence could ("Pictures by pupils hang in the hall.") are without the final stop.
FORMS = (
    # other articles
    r"(?:read more|continue reading|also read|read also|read next)\b.*",
    r"(?:find out more|click here)\b.*[^.]",
    r"(?:see also|related|recommended|more|watch|listen|gallery|in pictures) ?:.*",
    r"(?:related|recommended|more|most|latest|top|other|local)(?: (?:stories|articles|topics|news|read|popular))+",
    r"more (?:on this story|from .{2,40}[^.])|related internet links|listen live|skip to .*content|back to (?:top|.*news)",
    # joining in
    r"(?:sign up|subscribe|follow us|like us|join (?:us|our|\d)|get (?:our|all|the|local|breaking|more)|never miss|stay up"
    r"|don['’]t miss|download our|support (?:us|our|local)).*\b(?:newsletters?|inbox|(?:daily|weekly|free|news) e-?mails?|"
    r"e-?mail alerts|(?:our|news) app|facebook|whatsapp|subscribers?|journalism|never miss a story|miss a story)\b.*",
    r"never miss a story.{0,3}",
    r"(?:please )?(?:sign up|sign in|log ?in|register|subscribe)(?: (?:now|here|today))?(?: (?:to|or)"
    r"(?: (?:read|continue|comment|leave|post|view|join|sign in|sign up|log ?in|register|subscribe|reading|on|in|this|the|a"
    r"|an|your|our|full|more|article|story|stories|comments?|conversation|discussion|or|and|to))+)?",
    r"(?:\d+ |no )?comments?(?: \(?\d+\)?| yet)?|(?:leave|post|add|view) (?:a |all )?comments?|have your say",
    r"share(?: (?:this|on|via))?(?: (?:story|article|page|post|facebook|x|twitter|whatsapp|e-?mail))*|copy link",
    r"(?:print|e-?mail)(?: this)?(?: (?:story|article|page))?|facebook|twitter|whatsapp",
    # credits, labels, notices
    r"(?:picture|photo|photograph|image|pic|video|caption|credit)s?(?: credit)?(?: by |: ?| - | ?\().*[^.]",
    r"(?:tags?|topics|categories|filed under|posted in) ?:.*|advertisement|advert|sponsored(?: content)?",
    r"(?:©|\(c\)|copyright (?:©|\d{4})).*",
    r"(?:we use|this (?:web)?site uses|by (?:using|continuing)|accept|manage|reject)\b.*\bcookies?\b.*",
)
FURNITURE = re.compile("|".join(FORMS), re.IGNORECASE)

_DATELINES = (
    rf"(?:(?:first |last )?(?:published|updated|posted)(?: on)?:? )?{_DAY}{_DATE}{_TIME}(?: by [^.]{{1,40}})?",
    r"(?:(?:first |last )?(?:published|updated|posted):? )?(?:\d+|an?) (?:minute|hour|day|week)s? ago",
)
DATELINE = re.compile("|".join(_DATELINES), re.IGNORECASE)

# "By Newsdesk", "By Ann Other, Local Democracy Reporter": names, not a sentence.
BYLINE = re.compile(
    r"(?:By|BY|Words by):? [A-Z][\w.'’-]*(?:,? (?:[A-Z][\w'’-]*|and|of|for|the|at|@\w+|[|–-]))*"
)

CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|partners|personal data|personalised)\b", re.IGNORECASE)
TO_THE_READER = re.compile(
    r"\b(?:we|our|us)\b.*\byour?\b|\byour?\b.*\b(?:we|our|us)\b", re.IGNORECASE | re.DOTALL
)

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


def story_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a page's text that are its story's, in order."""
    kept = [line for line in lines if not is_furniture(line)]
    sentences = [at for at, line in enumerate(kept) if _is_sentence(line)]
    if not sentences:
        return tuple(line for line in kept if not is_about(line))
    first, last = sentences[0], sentences[-1]
    return tuple(line for at, line in enumerate(kept) if first < at < last or not is_about(line))


def is_furniture(line: str) -> bool:
    """Whether a line of text belongs to the page and not to the story, wherever it stands."""
    line = line.removeprefix(BULLET).strip()
    return len(line.split()) <= LONGEST_LINE and FURNITURE.fullmatch(line) is not None


def is_about(line: str) -> bool:
    """Whether a line is a dateline or a byline, which above or below a story is the page's."""
    line = line.removeprefix(BULLET).strip()
    if len(line.split()) > LONGEST_LINE:
        return False
    return bool(DATELINE.fullmatch(line) or (BYLINE.fullmatch(line) and not line.endswith(".")))


def instead(
    title: str,
    paragraphs: Sequence[str],
    page: Callable[[], str],
    *,
    links: Callable[[], Collection[str]] = frozenset,
    teasers: Collection[str] = (),
) -> str | None:
    """What a page shows in place of an article, in words; None where the paragraphs are one.

    `page` gives all the text of the page, furniture and all, and `links` what its links say; they are asked for only
    where the paragraphs are few, or hardly sentences. `teasers` are the short paragraphs under a headline that leads
    elsewhere.
    """
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if words <= SHORT_TEXT:
        reason = _in_place_of_a_short_text(title, paragraphs, page())
        if reason:
            return reason
    if words < SHORTEST_TEXT:
        headlines = sum(len(link.split()) >= HEADLINE_WORDS for link in links())
        return INDEX if headlines >= FEWEST_HEADLINES else NO_ARTICLE
    return INDEX if _is_list(paragraphs, links) or _are_teasers(paragraphs, teasers) else None


def _in_place_of_a_short_text(title: str, paragraphs: Sequence[str], page: str) -> str | None:
    shown = " ".join(paragraphs) or page
    if BLOCKED.search(f"{title}\n{shown}"):
        return BLOCK_PAGE
    if _is_about_consent(title, paragraphs, page):
        return COOKIE_NOTICE
    if GONE.match(title):
        return NO_SUCH_PAGE
    if len(shown.split()) <= STUB_TEXT and SUBSCRIBERS.search(page):
        return FOR_SUBSCRIBERS
    return None


def _is_about_consent(title: str, paragraphs: Sequence[str], page: str) -> bool:
    """Whether most paragraphs are about consent and speak to the reader: a report may be about consent or partners."""
    asked = paragraphs or (title, page)
    found = [paragraph for paragraph in asked if CONSENT.search(paragraph)]
    if len(found) * 2 <= len(asked):
        return False
    if not paragraphs:
        return True
    text = " ".join((title, *paragraphs))
    words = {word.lower() for word in CONSENT.findall(text)}
    return TO_THE_READER.search(text) is not None and (len(words) > 1 or not words.isdisjoint(COOKIES))


def _is_list(paragraphs: Sequence[str], links: Callable[[], Collection[str]]) -> bool:
    """Whether hardly any line ends as a sentence does, and most are links: a list of figures or names has none."""
    if len(paragraphs) < FEWEST_HEADLINES or sum(map(_ends, paragraphs)) * 4 >= len(paragraphs):
        return False
    linked = links()
    return sum(paragraph.removeprefix(BULLET) in linked for paragraph in paragraphs) * 2 > len(paragraphs)


def _ends(line: str) -> bool:
    return line.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";"))


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= SENTENCE and _ends(line)


def _are_teasers(paragraphs: Sequence[str], teasers: Collection[str]) -> bool:
    """Whether most of the paragraphs each belong to a headline that leads elsewhere."""
    found = sum(paragraph in teasers for paragraph in paragraphs)
    return found >= FEWEST_TEASERS and found * 2 > len(paragraphs)
