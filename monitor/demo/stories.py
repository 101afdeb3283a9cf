"""Reads the stories of one outlet from its file in `week/`.

A story begins with its headline after `# `. Lines of `key: value` follow: `slug`, `when` (so many days before the day
it is served, and the time in London), `label`, `topics`, `event` (shared by all stories of one event), and `page`
where the page is not the whole story. After a blank line come the paragraphs, parted by blank lines; lines that begin
with `- ` are the items of a list, each a paragraph of its own.

Days before are one to six, so that every story lies in the seven days before it is served. The silent outlet's are
older.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from importlib.resources import files
from zoneinfo import ZoneInfo

from monitor.demo.outlets import Conduct, Outlet

WEEK = files("monitor.demo") / "week"
LONDON = ZoneInfo("Europe/London")


class Label(StrEnum):
    """What the officer would say of a story."""

    WANTED = "wanted"
    BORDERLINE = "borderline"
    UNWANTED = "unwanted"


class PageAnswer(StrEnum):
    """What the address of a story answers."""

    WHOLE = "whole"  # the story
    CONSENT = "consent"  # 200, but only a request to accept cookies
    MISSING = "missing"  # 404


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    outlet: str  # its name
    url: str
    headline: str
    paragraphs: tuple[str, ...]  # lead first; an item of a list begins with "- "
    published: datetime  # UTC
    label: Label
    topics: tuple[str, ...]  # ids, most fitting first
    event: str
    page: PageAnswer


def read_stories(outlet: Outlet, now: datetime, home: str) -> tuple[SampleStory, ...]:
    """The outlet's stories, newest first. `home` is the address of its folder; `now` is aware."""
    if outlet.conduct is Conduct.BROKEN:
        return ()
    text = (WEEK / f"{outlet.slug}.txt").read_text("utf-8")
    parts = re.split(r"^# ", text, flags=re.MULTILINE)[1:]
    stories = [_story(outlet, part, 1001 + place, now, home) for place, part in enumerate(parts)]
    return tuple(sorted(stories, key=lambda story: story.published, reverse=True))


def _story(outlet: Outlet, part: str, number: int, now: datetime, home: str) -> SampleStory:
    head, _, body = part.partition("\n\n")
    headline, *lines = head.splitlines()
    keys = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    return SampleStory(
        outlet=outlet.name,
        url=home + outlet.story_path.format(number=number, slug=keys["slug"]),
        headline=headline,
        paragraphs=_paragraphs(body),
        published=_moment(keys["when"], now),
        label=Label(keys["label"]),
        topics=tuple(keys["topics"].replace(",", " ").split()),
        event=keys["event"],
        page=PageAnswer(keys.get("page", PageAnswer.WHOLE)),
    )


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in re.split(r"\n\n|\n(?=- )", body) if p.strip())


def _moment(when: str, now: datetime) -> datetime:
    """`2 days before, 09:15` as a moment, counted from the day in London on which `now` falls."""
    days, clock = re.fullmatch(r"(\d+) days? before, (\d\d:\d\d)", when).groups()  # type: ignore[union-attr]
    day = now.astimezone(LONDON).date() - timedelta(days=int(days))
    return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)
