"""Builders of editions, and texts that a hostile or careless feed may send."""

from datetime import UTC, date, datetime

from monitor.model import (
    Basis,
    Edition,
    FeedTrouble,
    Item,
    ItemLink,
    NearMiss,
    ReadingHealth,
    ReportHeader,
    Window,
)

MADE = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
WEEK = Window(since=datetime(2026, 11, 9, 7, 0, tzinfo=UTC), until=MADE)

# What comes in, and how it must read when it comes out.
HOSTILE = {
    "control characters": ("Panel\x00 asks\x07 why\x1b[31m", "Panel asks why[31m"),
    "direction overrides": ("Force\u202egnihton sdneps\u202c £2m\u2066", "Forcegnihton sdneps £2m"),
    "markup": ("Crime & Courts <review> </w:t><script>alert(1)</script>", None),
    "template": ("{{ edition.header }} {% raw %} ${x}", None),
    "formula": ('=HYPERLINK("https://bad.example","click")', None),
    "line breaks": (
        "Precept rises\r\nBcc: all@example.org\u2028again",
        "Precept rises Bcc: all@example.org again",
    ),
    "tabs and vertical tabs": ("Precept\trises\x0bby\x0c£15", "Precept rises by £15"),
    "very long": ("word " * 600 + "end", None),
    "one very long word": ("w" * 3000, None),
    "right to left": ("شرطة وادي التايمز تنشر أرقاماً", None),
    "emoji": ("Officers 👮🏽‍♀️ back campaign 🚓", None),
    "quotation marks": ("“Not good enough”, says 'one' member – and \"another\"", None),
    "non-breaking space": ("£14\u00a0million", None),
    "noncharacters": ("Count\ufffe the\uffff ways\ufeff", "Count the ways"),
    "lone surrogate": ("Broken \ud83d emoji", "Broken emoji"),
    "markdown": ("# 1. *Not* a [heading](javascript:alert(1)) `code` ~~gone~~ | cell &lt;", None),
    "entity": ("Fish &amp; chips &#x3c;b&#x3e;", None),
}


def printed(name: str) -> str:
    given, wanted = HOSTILE[name]
    return given if wanted is None else wanted


def link(outlet: str = "Thames Courier", **changes) -> ItemLink:
    values = {
        "outlet": outlet,
        "url": f"https://{outlet.lower().replace(' ', '')}.example/news/1",
        "published": date(2026, 11, 12),
        "published_is_guess": False,
        "kinship": None,
        "article": "one",
    }
    return ItemLink(**{**values, **changes})


def item(story: str = "0123456789ab", **changes) -> Item:
    values = {
        "story": story,
        "heading": f"Heading {story}",
        "links": (link(),),
        "excerpt": ("First paragraph.", "Second paragraph."),
        "area": "thames-valley",
        "topics": ("finance",),
        "councils": (),
        "score": 9,
        "reason": "Figures for the whole force.",
    }
    return Item(**{**values, **changes})


def near_miss(**changes) -> NearMiss:
    values = {
        "title": "Officer dismissed after hearing",
        "outlet": "Vale Gazette",
        "url": "https://gazette.example/2",
        "published": date(2026, 11, 11),
        "reason": "One case, though it puts the force itself in question.",
    }
    return NearMiss(**{**values, **changes})


def health(**changes) -> ReadingHealth:
    values = {
        "feeds": 6,
        "read": 5,
        "failing": (
            FeedTrouble(outlet="Chiltern Echo", url="https://echo.example/rss", what="404 Not Found"),
        ),
        "last_poll": datetime(2026, 11, 16, 6, 55, tzinfo=UTC),  # in vain
        "last_read": datetime(2026, 11, 16, 6, 50, tzinfo=UTC),
    }
    return ReadingHealth(**{**values, **changes})


def edition(*items: Item, near: tuple[NearMiss, ...] = (), out: int = 40, **changes) -> Edition:
    stories = len(items) + len(near) + out
    values = {
        "number": 3,
        "made": MADE,
        "header": ReportHeader(
            to="Report to the Thames Valley Police & Crime Panel",
            title="Topical Issues",
            author="Scrutiny Officer, Thames Valley Police & Crime Panel",
            meeting=date(2026, 11, 27),
        ),
        "items": items,
        "near_misses": near,
        "basis": Basis(
            window=WEEK,
            articles=stories + 5,
            stories=stories,
            included=len(items),
            near=len(near),
            out=out,
            health=health(),
        ),
        "rules_digest": "ab" * 32,
        "articles": tuple(sorted(link.article for item in items for link in item.links)),
    }
    return Edition(**{**values, **changes})
