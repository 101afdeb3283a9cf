"""What stands around an article on its page, known by its form. Plain text in, judgements out.

*Is this line the page's and not the story's?* Only short lines are asked, and only for forms that no sentence of a
report has: picture credits, invitations to share, subscribe, log in or read something else. Datelines and bylines are
the page's above the story and below it; between its sentences a day is a step of the story. A line in doubt stays: a
stray "Related stories" costs the officer a keystroke, a lost paragraph costs the story.
"""

import re
from collections.abc import Sequence

from monitor.reading.markup import BULLET

LONGEST_LINE = 25  # words
LONGEST_CREDIT = 45  # words
SENTENCE = 8  # words; a shorter line that ends with a stop may be a notice

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d\d?/\d\d?/\d{{2,4}})"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_TIME = r"(?:(?:,| at| -| \|)? ?\d{1,2}(?:[:.]\d{2} ?(?:am|pm)?|[ap]m)(?: (?:gmt|bst))?)?"

_SHORT_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}})?(?:,? \d{{4}})?"

# Each is a whole line, whatever its case. What ends as a sentence does may be one of the report, so the forms that begin
# as such a sentence could ("Pictures by pupils hang in the hall.") are without the final stop.
FORMS = (
    # other articles
    r"(?:read more|continue reading|also read|read also|read next)\b.*",
    r"(?:find out more|click here)\b.*[^.]",
    r"(?:see also|related|recommended|more|watch|listen|gallery|in pictures) ?:.*",
    r"(?:related|recommended|more|most|latest|top|other|local)(?: (?:stories|articles|topics|news|read|popular))+",
    r"most (?:read|popular|viewed|watched|shared|commented)(?: (?:in|on|from|today|this week)\b.{0,40}[^.])?",
    r"you (?:may|might) (?:also|like)\b.{0,60}[^.]|don['’]t miss(?: ?(?::|\.\.\.|…|[–-] ).*| (?:out|this|these))?\W{0,3}",
    r"more (?:on this story|from .{2,40}[^.])|related internet links|listen live|skip to .*content|back to (?:top|.*news)",
    # joining in
    r"(?:sign up|subscribe\b|follow us|like us|join (?:us|our|\d)|get (?:our|all|the|local|breaking|more)|never miss|stay up"
    r"|don['’]t miss|download our|support (?:us|our|local)).*\b(?:newsletters?|inbox|(?:daily|weekly|free|news) e-?mails?|"
    r"e-?mail alerts|(?:our|news) app|facebook|whatsapp|subscribers?|journalism|never miss a story|miss a story)\b.*",
    r"never miss a story.{0,3}",
    r"for (?:the latest|more|all the(?: latest)?|breaking)\b.{0,80}\b(?:news|stories|headlines|updates)\b.*\b(?:sign up|follow"
    r"|subscribe|join|download|click|visit|like|check out|check our|see our|go to|head to)\b.*",
    r"want (?:to|more|the latest)\b.*\? .+|(?:like|enjoy(?:ed|ing)?|love) (?:this|our latest) (?:story|article|content)\b.*[?!]?.*",
    r"(?:got|have you got|do you have|have) (?:a|any|an interesting) (?:story|news|tip|photos?|pictures?|views?)\b.*\?.*",
    r"(?:tell us|let us know) (?:what you think|your (?:views?|thoughts|opinions?|story))\b.*",
    r"(?:please )?(?:sign up|sign in|log ?in|register|subscribe)(?: (?:now|here|today))?(?: (?:to|or)"
    r"(?: (?:read|continue|comment|leave|post|view|join|sign in|sign up|log ?in|register|subscribe|reading|on|in|this|the|a"
    r"|an|your|our|full|more|article|story|stories|comments?|conversation|discussion|or|and|to))+)?",
    r"(?:\d+ |no )?comments?(?: \(?\d+\)?| yet| (?:are|have been|is)(?: now)? closed)?\.?|(?:leave|post|add|view) (?:a |all )?comments?|have your say",
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
    rf"(?:(?:first |last )?(?:published|updated|posted)(?: (?:on|at))?)(?: ?: ?| )?(?:{_DAY}{_SHORT_DATE})?{_TIME}",
)
DATELINE = re.compile("|".join(_DATELINES), re.IGNORECASE)

# Who else had a hand in it, and what is still to come; some of them are sentences.
_CREDITS = (
    r"\(?(?:(?:additional|further|extra) )?(?:reporting|writing|editing|words|photography) (?:by|from)\b.*",
    r".{3,300}\bcontributed (?:to th(?:is|e) (?:report|story|article)|reporting)\b.*|sources? ?:.{2,60}|with .{2,30} wires",
    r"(?:this is a )?(?:breaking|developing)(?: news| new)? story\b.*|more (?:to follow|follows|soon)\b.{0,20}",
    r"(?:follow|like|join|reach|read|see|watch|listen|more) (?!.*[.!?]$).*(?:https?://|\bwww\.)\S+",
)
CREDIT = re.compile("|".join(_CREDITS), re.IGNORECASE)

# "By Newsdesk", "By Ann Other, Local Democracy Reporter": names, not a sentence.
BYLINE = re.compile(
    r"(?:By|BY|Words by):? [A-Z][\w.'’-]*(?:,? (?:[A-Z][\w'’-]*|and|of|for|the|at|@\w+|[|–-]))*"
)

# Behind the end of a sentence, or behind the marks of what is cut short.
POINTER = re.compile(
    r"(?<=[.!?…”\"’\]]) ?(?:continue reading|keep reading|read more|read (?:the )?(?:full|rest|whole)\b[\w ]{0,40})\W{0,6}$",
    re.IGNORECASE,
)
LONGEST_POINTER = 80  # characters


def story_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a page's text that are its story's, in order."""
    kept = [line for line in lines if not is_furniture(line)]
    sentences = [at for at, line in enumerate(kept) if is_sentence(line)]
    if not sentences:
        return tuple(line for line in kept if not is_about(line))
    first, last = sentences[0], sentences[-1]
    return tuple(line for at, line in enumerate(kept) if first < at < last or not is_about(line))


def without_pointer(lines: Sequence[str]) -> tuple[str, ...]:
    """What a feed says of an article, without the words at its end that lead to the page: "Continue reading..."."""
    kept = list(lines)
    while kept and is_furniture(kept[-1]):
        kept.pop()
    if kept and (found := POINTER.search(kept[-1], max(len(kept[-1]) - LONGEST_POINTER, 0))):
        kept[-1] = kept[-1][: found.start()].rstrip()
    return tuple(kept)


def is_furniture(line: str) -> bool:
    """Whether a line of text belongs to the page and not to the story, wherever it stands."""
    line = line.removeprefix(BULLET).strip()
    return len(line.split()) <= LONGEST_LINE and FURNITURE.fullmatch(line) is not None


def is_about(line: str) -> bool:
    """Whether a line is a dateline or a byline, which above or below a story is the page's."""
    line = line.removeprefix(BULLET).strip()
    if len(line.split()) > LONGEST_CREDIT:
        return False
    if CREDIT.fullmatch(line):
        return True
    if len(line.split()) > LONGEST_LINE:
        return False
    return bool(DATELINE.fullmatch(line) or (BYLINE.fullmatch(line) and not line.endswith(".")))


def ends(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";"))


def is_sentence(line: str) -> bool:
    return len(line.split()) >= SENTENCE and ends(line)
