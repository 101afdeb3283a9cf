"""How the report says things: clean text, days and times, what a link is called, which addresses may be one.

Text from feeds and pages is printed as it stands, but for what cannot be seen and can do harm: control characters
(XML 1.0 has no room for them, https://www.w3.org/TR/xml/#charsets), lone surrogates (no room in UTF-8), and the
marks that embed or override direction, which can turn a heading's letters round and spill over into what follows
(https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings). Right-to-left letters need none of them.
Non-breaking spaces, joiners and quotation marks stay as printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.addresses import canonical
from monitor.model import Item, ItemLink, Kinship
from monitor.settings import LinksAs

FIRST_WORDS = 10  # by which an item without a heading is called

LONDON = ZoneInfo("Europe/London")

_BLANK = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
# Joiners, fillers and choosers of a form: between letters they do their work, alone they show nothing.
_NOTHING_SEEN = re.compile(
    "[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0]*"
)
_NOT_IN_ADDRESS = re.compile(r'[\s<>"{}|\\^`]')
_BULLET = re.compile(r"[-•]\s+")


def one_line(text: str) -> str:
    """The text on one line, without what cannot be seen; empty where nothing of it can. Idempotent."""
    if text.isprintable() and "  " not in text:  # most texts, in a tenth of the time
        line = text.strip(" ")
    else:
        line = _BLANK.sub(" ", _UNSEEN.sub("", _BLANK.sub(" ", text))).strip(" ")
    return "" if _NOTHING_SEEN.fullmatch(line) else line


def day_in_london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def say_day(day: date) -> str:
    """ "14 June 2021"."""
    return f"{day.day} {day:%B %Y}"


def say_ordinal(number: int) -> str:
    """ "1st", "22nd", "13th"."""
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def say_short_day(day: date) -> str:
    """ "14 Jun"."""
    return f"{day.day} {day:%b}"


def say_moment(moment: datetime) -> str:
    """ "Monday 16 November 2026, 07:00", in London."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {say_day(local.date())}, {local:%H:%M}"


def say_meeting(meeting: date | None) -> str:
    return say_day(meeting) if meeting else "to be confirmed"


def say_count(number: int, one: str, many: str | None = None) -> str:
    """ "1 story", "1,204 stories"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def link_text(link: ItemLink) -> str:
    """What a link is called: "Wessex Gazette, 14 June 2021"; what came later than the item it stands under:
    "Also reported on 21 June 2021: Wessex Gazette"."""
    if link.text is not None:
        return one_line(link.text)
    if link.later:
        on = "seen" if link.published_is_guess else "reported"
        return f"Also {on} on {say_day(link.published)}: {one_line(link.outlet)}"
    return f"{one_line(link.outlet)}, {'seen ' if link.published_is_guess else ''}{say_day(link.published)}"


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A line of links as a report prints it."""

    text: str
    address: str | None = None  # what the text leads to; None: it is only text
    tip: str = ""  # what the text does not say and a screen reader should
    remark: str = ""  # stands after it
    is_address: bool = False  # it is the address of the line above, or alone


def link_lines(link: ItemLink, links: LinksAs) -> tuple[LinkLine, ...]:
    """A link as `report.links` in panel.yaml has it. One that is no web address is its name in every form."""
    address, name = web_address(link.url), link_text(link)
    named = LinkLine(name, address, remark=link_remark(link))
    if address is None or links is LinksAs.TITLE:
        return (named,)
    if links is LinksAs.ADDRESS:
        return (LinkLine(address, address, tip=name, is_address=True),)
    return (named, LinkLine(address, is_address=True))


def item_name(item: Item) -> str:
    """What an item is called where it is spoken of."""
    return name_of(item.heading, item.excerpt, item.links)


def name_of(heading: str, excerpt: Sequence[str], links: Sequence[ItemLink]) -> str:
    """The heading; without one the first words, else the first link."""
    if heading:
        return heading
    words = next(filter(None, map(one_line, excerpt)), "").removeprefix("- ").split(" ")
    first = " ".join(words[:FIRST_WORDS]) + " …" * (len(words) > FIRST_WORDS)
    return next(filter(None, (first, *map(link_text, links[:1]))), "An item without words")


def link_remark(link: ItemLink) -> str:
    """What stands after a link: that a copy need not be read too."""
    return "(same text)" if link.kinship is Kinship.COPY else ""


def bookmark(story: str) -> str:
    """The name of a story's bookmark. Word takes 40 letters, digits and underscores, and a letter first."""
    return f"story_{story if re.fullmatch('[A-Za-z0-9_]{1,34}', story) else sha256(story.encode()).hexdigest()[:32]}"


def web_address(url: str) -> str | None:
    """The address as it is linked and printed, or None: only http and https, with a host, become links.

    What only says where a reader came from is left out (`monitor.addresses`); a fragment that is still there names a
    place (`pipeline/places.py`). Characters that no address may hold are percent-encoded: Word refuses a whole
    document for one.
    """
    try:
        parts = urlsplit(one_line(url))
        fit = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # "http://[oops"
        return None
    return _NOT_IN_ADDRESS.sub(_percent, canonical(one_line(url), place=True)) if fit else None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs of an excerpt that stand alike: either all bullets of one list, or all running text."""

    bullets: bool
    paragraphs: tuple[str, ...]  # without their bullets


def passages(excerpt: Sequence[str]) -> tuple[Passage, ...]:
    """The excerpt with its lists told from its text; extraction marks a list's items with "- "."""
    return tuple(
        Passage(
            bullets, tuple(_BULLET.sub("", paragraph, count=1) if bullets else paragraph for paragraph in run)
        )
        for bullets, run in groupby(excerpt, key=lambda paragraph: bool(_BULLET.match(paragraph)))
    )
