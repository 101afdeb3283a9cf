"""The outlets of the sample week: how each one's feed answers, and how its pages are laid out.

No name is that of a real outlet; `tests/commands/test_demo_week.py` lists the real ones. Between them they show what a poll
meets on an ordinary day: three formats, a feed that has moved, one that knows what the reader has already, one that
is no longer a feed, and one that has fallen silent.
"""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """A kind of page. The value begins the names of its templates in `week/`."""

    NEWSGROUP = (
        "newsgroup"  # nested boxes, teasers and a newsletter form among the paragraphs, a cookie notice
    )
    JOURNAL = "journal"  # one clean article, with JSON-LD and meta tags
    RADIO = "radio"  # tables, a sidebar, the date inside the text


class Format(StrEnum):
    """A kind of feed. The value begins the names of its templates in `week/`."""

    RSS = "rss"  # RSS 2.0 with guids, categories, and markup in its summaries
    PLAIN_RSS = "plain-rss"  # RSS 2.0 without guids, and with times in GMT or BST by name
    ATOM = "atom"


class Conduct(StrEnum):
    """How a feed's address answers."""

    PLAIN = "plain"  # 200
    MOVED = "moved"  # 301 to where the feed is now
    CONDITIONAL = "conditional"  # 200 with an ETag; 304 to a reader that sends it back
    BROKEN = "broken"  # 200, but a web page that breaks off and not a feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    slug: str  # names its folder on the server and its file of stories in `week/`
    name: str
    area: str
    tagline: str
    story_path: str  # below its folder; {number} and {slug} are filled in
    layout: Layout
    format: Format
    conduct: Conduct = Conduct.PLAIN
    note: str  # for a person: what its feed is there to show


OUTLETS = (
    Outlet(
        slug="thames-courier",
        name="The Thames Courier",
        area="Berkshire",
        tagline="News from Reading, Slough, Maidenhead and Windsor",
        story_path="news/{number}.{slug}/",
        layout=Layout.NEWSGROUP,
        format=Format.RSS,
        note="RSS 2.0",
    ),
    Outlet(
        slug="kennet-loddon-gazette",
        name="Kennet & Loddon Gazette",
        area="Berkshire",
        tagline="Newbury, Thatcham, Hungerford and Wokingham, every day",
        story_path="news/{number}.{slug}/",
        layout=Layout.NEWSGROUP,
        format=Format.RSS,
        note="RSS 2.0, and one page that shows only a request for consent",
    ),
    Outlet(
        slug="chiltern-vale-messenger",
        name="Chiltern Vale Messenger",
        area="Buckinghamshire",
        tagline="Independent news for Buckinghamshire",
        story_path="articles/{slug}-{number}",
        layout=Layout.JOURNAL,
        format=Format.ATOM,
        note="Atom",
    ),
    Outlet(
        slug="spires-recorder",
        name="The Spires Recorder",
        area="Oxfordshire",
        tagline="Oxford and Oxfordshire",
        story_path="articles/{slug}-{number}",
        layout=Layout.JOURNAL,
        format=Format.RSS,
        conduct=Conduct.MOVED,
        note="RSS 2.0 behind a permanent redirect (301)",
    ),
    Outlet(
        slug="grid-square-news",
        name="Grid Square News",
        area="Milton Keynes",
        tagline="Milton Keynes, square by square",
        story_path="news/{slug}/{number}",
        layout=Layout.JOURNAL,
        format=Format.RSS,
        conduct=Conduct.CONDITIONAL,
        note="RSS 2.0 that answers 304 to its own ETag",
    ),
    Outlet(
        slug="towpath-fm",
        name="Towpath FM",
        area="Oxfordshire",
        tagline="The sound of the river",
        story_path="story.php?id={number}",
        layout=Layout.RADIO,
        format=Format.PLAIN_RSS,
        note="RSS 2.0 without guids, times by name of zone, and one page that is gone (404)",
    ),
    Outlet(
        slug="otmoor-bulletin",
        name="Otmoor Bulletin",
        area="Oxfordshire",
        tagline="For the seven towns",
        story_path="{slug}/{number}",
        layout=Layout.JOURNAL,
        format=Format.ATOM,
        note="silent: valid Atom, but nothing new for 40 days",
    ),
    Outlet(
        slug="wycombe-lantern",
        name="Wycombe Lantern",
        area="Buckinghamshire",
        tagline="Light on Wycombe",
        story_path="{slug}/{number}",
        layout=Layout.JOURNAL,
        format=Format.RSS,
        conduct=Conduct.BROKEN,
        note="broken: a web page that breaks off, where the feed used to be",
    ),
)
