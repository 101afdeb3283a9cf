"""Lines of a page's text that speak of the page and not of the story: captions, rights, embedded things, appeals.

*Captions and rights* have a label before them ("Image source, …", "Media caption, …") or say whose the words are.
*Notices of embedded things* ("This article contains content provided by X. We ask for your permission …") speak to the
reader, of something that is shown only after a consent. The short question above such a notice and the buttons below it
go with it.
*Appeals* ask the reader for something on the paper's behalf (to follow it, to send a story). They are left out below
the story only: above its last sentence somebody may have said so.

Nothing in quotation marks is any of these, nor what is longer than a notice is.
"""

import re
from collections.abc import Sequence

from monitor.reading.markup import BULLET

LONGEST_LINE = 30  # words
LONGEST_NOTICE = 70  # words
LONGEST_QUESTION = 8  # words
LONGEST_BUTTON = 4  # words
SENTENCE = 8  # words

CAPTION = re.compile(
    r"(?:image|picture|photo|photograph|video|media|audio|graphic|illustration) ?(?:source|caption|credit|copyright|gallery)s?"
    r" ?[,:–-].*|(?:image|video|photo|media) (?:source|caption|credit)",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r".*\ball rights reserved\b.*|.*\bregistered in (?:england|scotland)\b.*|(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).*"
    r"|(?:this|the) (?:material|article|story|content|work)\b.*\bmay not be (?:published|reproduced|copied|rewritten|used)\b.*",
    re.IGNORECASE,
)

CONSENT = re.compile(
    r"\b(?:consent|cookies?|permission|accept(?:ing)?|allow|enable|tracking|privacy|third[- ]party|(?:data|cookie) settings)\b",
    re.IGNORECASE,
)
EMBEDDED = re.compile(
    r"\b(?:embed(?:ded|s)?|content|videos?|tweets?|posts?|map|player|widget|feed|load(?:ed|ing)?|displayed|shown|social media)\b",
    re.IGNORECASE,
)
TO_THE_READER = re.compile(r"\b(?:you|your|please|we (?:ask|need|want|cannot|can['’]t|use))\b", re.IGNORECASE)
OF_ITSELF = re.compile(
    r"(?:this|the) (?:article|page|story|content|video|tweet|post|map|embed|feature)\b|(?:to|in order to) (?:view|see|watch"
    r"|display|load|show|listen)\b|(?:we (?:need|ask|use|want|cannot|can['’]t)|please|allow|enable|accept|by (?:clicking|loading"
    r"|accepting|viewing)|you (?:need|must|have to|can|will need|may))\b",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"(?:accept|allow|agree|continue|load|view|show|watch|manage|change|enable|confirm|learn|open|decline|reject|ok|yes)\b.*",
    re.IGNORECASE,
)
AROUND_EMBEDDED = re.compile(
    r"(?:skip|end of) .{0,30}(?:content|post|tweet|video|embed)\b.*|the \w+ is not responsible for .*external sites.*"
    r"|\w+ content may contain adver.*|view (?:original )?(?:tweet|post|content) on \w+\.?",
    re.IGNORECASE,
)

APPEAL = re.compile(
    r"get in touch\W*|(?:follow|like|find|join) .{1,40} on (?:facebook|x|twitter|instagram|whatsapp|tiktok|bluesky|threads)\b.*"
    r"|(?:do|have|are|got|did|were) (?:you|a|an)\b.*\b(?:stor(?:y|ies)|news|newsroom|photos?|footage|get in touch|contact us"
    r"|e-?mail us|let us know|tell us)\b.*"
    r"|(?:e-?mail|contact|message|send|call|whatsapp|tell) (?:us|our|the newsdesk|the newsroom|your)\b.*"
    r"|(?:you can|to) (?:send|e-?mail|contact|message) (?:us|our|your|the newsdesk)\b.*",
    re.IGNORECASE,
)


def without_notices(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a page's text without those that speak of the page, in order."""
    notices = {at for at, line in enumerate(lines) if is_notice(line)}
    dropped = notices | {around for at in notices for around in _around(lines, at)}
    kept = [line for at, line in enumerate(lines) if at not in dropped and not is_label(line)]
    last = max((at for at, line in enumerate(kept) if _is_story(line)), default=-1)
    return tuple(line for at, line in enumerate(kept) if at <= last or not is_appeal(line))


def is_label(line: str) -> bool:
    """Whether a line is a caption, or says whose the words are."""
    line = line.removeprefix(BULLET)
    short = len(line.split()) <= LONGEST_LINE
    return short and any(form.fullmatch(line) for form in (CAPTION, RIGHTS, AROUND_EMBEDDED))


def is_notice(line: str) -> bool:
    """Whether a line says that something embedded is shown only after a consent."""
    if line[:1] in "“\"'‘" or len(line.split()) > LONGEST_NOTICE or not OF_ITSELF.match(line):
        return False
    asks = TO_THE_READER.search(line) or line.endswith("?")
    return bool(asks and CONSENT.search(line) and EMBEDDED.search(line))


def is_appeal(line: str) -> bool:
    """Whether a line asks the reader for something on the paper's behalf."""
    line = line.removeprefix(BULLET)
    return len(line.split()) <= LONGEST_LINE and APPEAL.fullmatch(line) is not None


def _around(lines: Sequence[str], at: int) -> list[int]:
    """The question above a notice, and the buttons below it."""
    found = []
    if at and len(lines[at - 1].split()) <= LONGEST_QUESTION and lines[at - 1].endswith("?"):
        found.append(at - 1)
    for below in range(at + 1, len(lines)):
        is_button = len(lines[below].split()) <= LONGEST_BUTTON and BUTTON.fullmatch(lines[below])
        if not is_button and not _goes_on(lines[below]):
            break
        found.append(below)
    return found


def _goes_on(line: str) -> bool:
    """Whether a line below a notice speaks to the reader of a consent too."""
    return bool(OF_ITSELF.match(line) and TO_THE_READER.search(line) and CONSENT.search(line))


def _is_story(line: str) -> bool:
    return len(line.split()) >= SENTENCE and line.endswith((".", "”", '"')) and not is_appeal(line)
