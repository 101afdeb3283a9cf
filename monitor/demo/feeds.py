"""An outlet's stories as its feed: RSS 2.0, RSS 2.0 without guids, or Atom, filled into the templates of `week/`."""

from datetime import datetime
from email.utils import format_datetime
from html import escape
from string import Template

from monitor.demo.outlets import Format, Outlet
from monitor.demo.stories import LONDON, WEEK, SampleStory

CONTENT_TYPES = {
    Format.RSS: "application/rss+xml; charset=utf-8",
    Format.PLAIN_RSS: "text/xml",
    Format.ATOM: "application/atom+xml; charset=utf-8",
}


def feed_xml(outlet: Outlet, stories: tuple[SampleStory, ...], home: str) -> bytes:
    """The feed, with the stories in the order given; that of an outlet with stories, newest first."""
    item = Template((WEEK / f"{outlet.format}-item.xml").read_text("utf-8"))
    items = "".join(item.substitute(_item_words(outlet, story)) for story in stories)
    feed = Template((WEEK / f"{outlet.format}.xml").read_text("utf-8"))
    words = feed.substitute(
        name=escape(outlet.name),
        tagline=escape(outlet.tagline),
        home=escape(home),
        updated=_written(outlet.format, stories[0].published),
        items=items,
    )
    return words.encode()


def _item_words(outlet: Outlet, story: SampleStory) -> dict[str, str]:
    lead, second = story.paragraphs[:2]
    return {
        "name": escape(outlet.name),
        "area": escape(outlet.area),
        "headline": escape(story.headline),
        "url": escape(story.url),
        "published": _written(outlet.format, story.published),
        "lead": escape(lead),
        "marked_up": escape(f"<p>{escape(lead)}</p><p>{escape(second)}</p>"),
    }


def _written(feed_format: Format, moment: datetime) -> str:
    """The moment as feeds of this kind write it."""
    local = moment.astimezone(LONDON)
    if feed_format is Format.ATOM:
        return moment.isoformat().replace("+00:00", "Z")
    if feed_format is Format.PLAIN_RSS:
        return f"{format_datetime(local).rpartition(' ')[0]} {local:%Z}"
    return format_datetime(local)
