"""Invitations to pay or to register, and whether one stands in the place of an article's rest.

*An invitation* is a short line that speaks to the reader, of an account or a price, and of reading: "Register for free to
read the rest of this article", "Already a subscriber? Log in", "Get unlimited access from £1", "You have reached your
limit of free articles"; or that says whom this article is for. Each of the three alone is in many stories, all three are
in none: "Residents can register to read the plans" speaks of somebody, "Register to view the plans at the library" of no
article. Such lines are no paragraphs, wherever they stand; nor are short ones around them below the story ("It takes a
minute").

*A wall.* What an article shows to everybody is short (70 words), and something says that there is more for others: an
invitation below the last paragraph; JSON-LD that calls it not free; a block that is called a paywall. Where two of them
say so, it may have 150 words. A paper's offers stand under free articles too: those that do not speak of reading
count only right below the text.
"""

import re
from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

STUB = 70  # words
LONGER_STUB = 150  # words, where two kinds of evidence speak
LONGEST_LINE = 30  # words
SHORT_LINE = 10  # words
LONGEST_WALL = 150  # words
RIGHT_BELOW = 6  # lines

NAMED = re.compile(
    r"pay-?wall|reg-?wall|registration-?wall|subscri(?:ber|ption)-?(?:only|wall|required|prompt|barrier|gate)|premium-?(?:wall|only|gate)"
    r"|metered|article-?gate|content-?gate|regi-?gate|locked-?(?:content|article)|piano-?(?:offer|template|inline|container)|tp-container",
    re.IGNORECASE,
)

TO_THE_READER = re.compile(
    r"(?:please )?(?:register|subscribe|sign|log ?in|login|join|get|unlock|create|start|try|choose|become|continue|keep|carry"
    r"|read|want|enter|upgrade|buy|purchase|support|enjoy|unlimited|finish|access|discover|don['’]t|not (?:a|yet)|already|if you"
    r"|you|you['’](?:ve|re)|your|to (?:continue|keep|read|unlock|access|view|see|finish|carry)|thank|thanks|sorry|hello|hi|welcome"
    r"|like what|it['’]s free|there['’]s more|for (?:just|only|full|unlimited)|only|just|view|see)\b",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"\b(?:subscri(?:be|ber|bers|bing|ption|ptions)|members?(?:hip)?|premium|register(?:ed)?|registration|sign(?:ed)?[ -](?:in|up)"
    r"|log(?:ged)?[ -]?in|account|free trial|limit|free (?:articles?|stor(?:y|ies))|e-?mail address|articles? (?:left|remaining)"
    r"|password|digital edition|join (?:now|today|us|our))\b|[£$€]\d|\b\d+p\b",
    re.IGNORECASE,
)
READING = re.compile(
    r"\bread(?:ing)? (?:on|more|further|the (?:rest|full|whole|entire|story|article)|this|all|in full|without|for free|every|our|it)\b"
    r"|\b(?:continue|keep|carry on|finish|start|before) (?:to )?read(?:ing)?\b|\bto read\b[.!]?$|\bread now\b"
    r"|\b(?:this|the full|full|whole|entire|premium|exclusive|free|unlimited|more|our|every|all)(?: \w+){0,2} (?:articles?|stor(?:y|ies)|contents?"
    r"|journalism|reporting|coverage)\b|\b(?:rest|remainder) of (?:the|this)\b|\barticles? (?:left|remaining)\b"
    r"|\b(?:unlimited|full|digital|instant|premium|complete|immediate)(?: \w+)? (?:access|reading)\b|\baccess (?:to )?(?:this|all|our|the full|everything)\b"
    r"|\bunlock\b|\b(?:view|see) (?:this|the (?:full|rest|whole)) ",
    re.IGNORECASE,
)
FOR_WHOM = re.compile(
    r"(?:(?:sorry|oops)[,.!]? )?(?:this|the (?:rest of (?:this|the)|full))\b.{0,40}\b(?:is|are|content is)\b.{0,30}"
    r"\b(?:for|to|by)\b.{0,25}\b(?:subscribers?|members?|subscription|premium|registered)\b.*"
    r"|(?:this is )?(?:an? )?(?:exclusive|only|premium|subscribers?|members?)[ -](?:only|exclusive|(?:content )?(?:for|to) (?:our )?(?:subscribers|members)"
    r"|article|story|content)\b.{0,30}",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:already (?:a |an )?(?:\w+ )?(?:subscriber|member|subscribed|registered|signed up|have (?:a|an) (?:account|subscription)|got an account)"
    r"|(?:not|don['’]t) (?:a|yet|have an?)(?: \w+)? (?:subscriber|member|account|subscription)|have an account|want to read (?:more|on|the (?:rest|full))"
    r"|(?:new|returning) (?:here|subscriber|member))\b.{0,60}",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"(?:please )?(?:subscribe|join|sign up|become|start|try|get|support|upgrade|buy)\b.*(?:[£$€]\d|\b\d+p\b|\bfree trial\b).*"
    r"|(?:please )?subscribe(?: (?:now|today|here))?[.!]?|(?:cancel (?:any ?time|whenever)|no commitment|limited[- ]time offer).*"
    r"|(?:see|view|choose|compare|show)(?: \w+){0,3} (?:subscriptions?|plans?|offers?|options|packages)(?: options)?[.!]?",
    re.IGNORECASE,
)

# In any line of a page that shows hardly more than the beginning.
BEYOND = re.compile(
    r"\bto (?:continue|keep|carry on) reading\b|\b(?:register|sign in|log ?in|subscribe)(?: now)? to (?:read|continue|view)\b"
    r"|\b(?:article|story|content|report) is (?:only )?(?:for|available to|reserved for) (?:our )?(?:subscribers|members)\b"
    r"|\bsubscribe (?:now )?(?:and keep|to unlock|for full)\b|\breading this premium\b",
    re.IGNORECASE,
)


def is_invitation(line: str) -> bool:
    """Whether a line invites the reader to pay or to register for the article, or for all of them."""
    return _speaks_of_reading(line) or _is_offer(line)


def without_invitations(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a page's text without invitations, in order; nor the short lines around one that is below the story."""
    invitations = [at for at, line in enumerate(lines) if is_invitation(line)]
    if not invitations:
        return tuple(lines)
    story = [at for at, line in enumerate(lines) if at not in invitations and _is_story(line)]
    last = story[-1] if story else -1
    is_below = invitations[-1] > last
    kept = (at for at in range(len(lines)) if at not in invitations)
    return tuple(lines[at] for at in kept if at <= last or not is_below)


def _is_story(line: str) -> bool:
    return len(line.split()) > SHORT_LINE


def is_called_a_wall(tree: HtmlElement) -> bool:
    """Whether a block of the page is called a paywall or the like, and speaks of an account."""
    return any(
        speaks_of_an_account(block)
        for block in tree.xpath("//*[@class or @id]")
        if NAMED.search(f"{block.get('class')} {block.get('id')}")
    )


def speaks_of_an_account(block: HtmlElement) -> bool:
    text = block.text_content()
    return SHORT_LINE <= len(text.split()) <= LONGEST_WALL and ACCOUNT.search(text) is not None


def is_walled(
    story: Sequence[str], page: Sequence[str], *, is_free: bool | None, is_called: Callable[[], bool]
) -> bool:
    """Whether what is shown of an article is its beginning. `page` is all the page's text, in lines."""
    words = sum(len(line.split()) for line in story)
    if not 0 < words <= LONGER_STUB:
        return False
    invites = _invites(story, page)
    evidence = (invites, is_free is False, is_free is None and is_called())
    return any(evidence) and (words <= STUB or sum(evidence) > 1)


def _invites(story: Sequence[str], page: Sequence[str]) -> bool:
    last = story[-1] if story else ""
    below = max((at for at, line in enumerate(page) if last and last in line), default=-1) + 1
    after = page[below:]
    if any(BEYOND.search(line) for line in page if line not in story) or any(map(_speaks_of_reading, after)):
        return True
    return below > 0 and any(map(_is_offer, after[:RIGHT_BELOW]))


def _speaks_of_reading(line: str) -> bool:
    if len(line.split()) > LONGEST_LINE or line[:1] in "“‘\"'":
        return False
    if FOR_WHOM.fullmatch(line):
        return True
    return bool(TO_THE_READER.match(line) and ACCOUNT.search(line) and READING.search(line))


def _is_offer(line: str) -> bool:
    return len(line.split()) <= LONGEST_LINE and (ASKED.fullmatch(line) or OFFER.fullmatch(line)) is not None
